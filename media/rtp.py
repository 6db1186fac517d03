"""RTP packets (RFC 3550 §5.1): ours are twelve octets and a payload; theirs may carry more, which we skip."""

from __future__ import annotations

import struct
from dataclasses import dataclass

HEADER_OCTETS = 12
MAX_OCTETS = 1400
"""Longer than any packet of ours and shorter than any MTU; what is longer is refused unread."""

OPUS_PAYLOAD_TYPE = 96
DYNAMIC_PAYLOAD_TYPES = range(96, 128)

_HEADER = struct.Struct("!BBHII")


class MalformedPacket(ValueError):
    """Octets that are not an RTP packet we can read."""


@dataclass(frozen=True, slots=True)
class RTPPacket:
    """One RTP packet: `sequence` has 16 bits, `timestamp` (48,000 a second, RFC 7587) and `ssrc` have 32."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False

    def encode(self) -> bytes:
        """Return the packet: no padding, no CSRC, no header extension."""
        return (
            _HEADER.pack(
                0x80,
                (0x80 if self.marker else 0) | self.payload_type,
                self.sequence,
                self.timestamp,
                self.ssrc,
            )
            + self.payload
        )


def is_rtcp(octets: bytes) -> bool:
    """Tell RTCP from RTP on one port by the packet type, 192 to 223 (RFC 5761 §4)."""
    return len(octets) >= 2 and 192 <= octets[1] <= 223


def parse(octets: bytes) -> RTPPacket:
    """Read a packet, skipping CSRCs, a header extension and padding. Raises MalformedPacket."""
    if len(octets) < HEADER_OCTETS:
        raise MalformedPacket(f"{len(octets)} octets are too few for an RTP header")
    if len(octets) > MAX_OCTETS:
        raise MalformedPacket(f"an RTP packet of more than {MAX_OCTETS} octets is not for us")
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(octets)
    if first >> 6 != 2:
        raise MalformedPacket(f"RTP version {first >> 6}")
    start = HEADER_OCTETS + 4 * (first & 0x0F)
    if first & 0x10:
        if len(octets) < start + 4:
            raise MalformedPacket("the packet ends inside its header extension")
        start += 4 + 4 * int.from_bytes(octets[start + 2 : start + 4], "big")
    end = len(octets)
    if first & 0x20:
        padding = octets[-1]
        if padding == 0:
            raise MalformedPacket("padding of no octets")
        end -= padding
    if start > end:
        raise MalformedPacket("the packet ends inside its header or padding")
    return RTPPacket(
        payload_type=second & 0x7F,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        payload=octets[start:end],
        marker=bool(second & 0x80),
    )
