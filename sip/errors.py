"""Two kinds of error: theirs, which has an answer on the wire, and ours, which is a bug."""


class TheirMistake(Exception):
    """The peer sent something we refuse.

    `status` is the SIP status that answers it (RFC 3261 §21); `reason` is short, ASCII and ours: it never
    quotes what the peer sent.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


class OurMistake(Exception):
    """This room was used wrongly: a line break put into a header, an answer to a call that does not exist."""
