"""The RTP packets of a capture: pcap or pcapng, as tcpdump and its like write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import dpkt

from media import rtp

MOST_STREAMS = 4096
MOST_PACKETS = 20_000_000
Address = tuple[bytes, int]
_LINKS = {
    dpkt.pcap.DLT_EN10MB: dpkt.ethernet.Ethernet,
    dpkt.pcap.DLT_LINUX_SLL: dpkt.sll.SLL,
    dpkt.pcap.DLT_LINUX_SLL2: dpkt.sll2.SLL2,
    dpkt.pcap.DLT_NULL: dpkt.loopback.Loopback,
}
_RAW = {dpkt.pcap.DLT_RAW, 101, 228, 229}
"""IP without a link layer: LINKTYPE_RAW, LINKTYPE_IPV4, LINKTYPE_IPV6."""


@dataclass(slots=True)
class Stream:
    """What one place sent to another under one SSRC: seconds and octets of each packet, as they came."""

    source: Address
    target: Address
    ssrc: int
    packets: list[tuple[float, bytes]] = field(default_factory=list)


def streams(file: BinaryIO) -> list[Stream]:
    """Read a capture and sort its RTP by source, target and SSRC.

    Frames that are no RTP over UDP are passed over; fragments are not put together. Raises ValueError for
    what is no capture, or more than 4,096 streams or 20 million frames.
    """
    found: dict[tuple[Address, Address, int], Stream] = {}
    try:
        reader = dpkt.pcap.UniversalReader(file)
        link = reader.datalink()
        for count, (at, frame) in enumerate(reader):
            if count >= MOST_PACKETS:
                raise ValueError(f"more than {MOST_PACKETS} frames: cut the capture into parts")
            for source, target, octets in _datagram(link, frame):
                ssrc = int.from_bytes(octets[8:12], "big")
                if (source, target, ssrc) not in found and len(found) >= MOST_STREAMS:
                    raise ValueError(f"more than {MOST_STREAMS} streams: cut the capture into parts")
                stream = found.setdefault((source, target, ssrc), Stream(source, target, ssrc))
                stream.packets.append((float(at), octets))
    except (dpkt.Error, IndexError, KeyError, OverflowError, MemoryError) as error:
        raise ValueError("not a whole capture in pcap or pcapng form") from error
    return list(found.values())


def _datagram(link: int, frame: bytes) -> Iterator[tuple[Address, Address, bytes]]:
    """Yield the one RTP packet of a frame, if it holds one."""
    try:
        if link in _RAW:
            packet = dpkt.ip.IP(frame) if frame[:1] and frame[0] >> 4 == 4 else dpkt.ip6.IP6(frame)
        elif link in _LINKS:
            packet = _LINKS[link](frame).data
        else:
            raise ValueError(f"a capture of link type {link}: capture on Ethernet, or on any interface")
        if not isinstance(packet, dpkt.ip.IP | dpkt.ip6.IP6) or not isinstance(packet.data, dpkt.udp.UDP):
            return
    except (dpkt.Error, IndexError):
        return  # a frame that was cut short: others are whole
    datagram = packet.data
    octets = bytes(datagram.data)
    if rtp.HEADER_OCTETS <= len(octets) <= rtp.MAX_OCTETS and octets[0] >> 6 == 2 and not rtp.is_rtcp(octets):
        yield (packet.src, datagram.sport), (packet.dst, datagram.dport), octets
