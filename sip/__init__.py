"""SIP and SDP without I/O: messages, transactions, dialogs, offer and answer."""
