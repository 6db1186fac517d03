"""The voice path without I/O: RTP, SRTP, jitter buffer, codec, tones."""
