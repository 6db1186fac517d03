"""Somebody else on the phone's cable: sends what they like, and sees all that the phone says.

QEMU carries frames to the machine's network card and back (Machine.station); each is preceded by its length
in 4 octets, big-endian. The station says that it is behind the gateway, so the phone does not look for it.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PHONE_MAC, GATEWAY_MAC = bytes.fromhex("525400123456"), bytes.fromhex("52550a000202")
"""QEMU's own numbers: the machine's card, and the gateway of its network."""
PHONE, STRANGER = "10.0.2.15", "192.0.2.200"
IP, ARP = 0x0800, 0x0806
ICMP, TCP, UDP = 1, 6, 17
SYN, ACK, RST = 0x02, 0x10, 0x04
OURS = 40000
"""The port from which the station asks."""
AGAIN_S = 10.0
"""A machine's card loses a frame that comes while it is busy: what was not taken is sent again after this."""
BATCH = 128
"""Frames after which the station waits until the phone has taken them: a network card's queue is not long."""
LONGEST_FRAME = 65535


def checksum(octets: bytes) -> int:
    """The Internet's (RFC 1071)."""
    total: int = sum(struct.unpack(f">{len(octets) // 2}H", octets[: len(octets) // 2 * 2]))
    total += octets[-1] << 8 if len(octets) % 2 else 0
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ip_packet(protocol: int, payload: bytes) -> bytes:
    """A frame to the phone with an IPv4 packet (RFC 791) of the stranger."""
    source, target = socket.inet_aton(STRANGER), socket.inet_aton(PHONE)
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0, source, target)
    head = head[:10] + struct.pack(">H", checksum(head)) + head[12:]
    return PHONE_MAC + GATEWAY_MAC + struct.pack(">H", IP) + head + payload


def _pseudo(protocol: int, length: int) -> bytes:
    return socket.inet_aton(STRANGER) + socket.inet_aton(PHONE) + struct.pack(">BBH", 0, protocol, length)


def syn(port: int) -> bytes:
    """A frame that asks to open a TCP connection (RFC 9293)."""
    head = struct.pack(">HHIIBBHHH", OURS, port, 1, 0, 5 << 4, SYN, 64240, 0, 0)
    total = checksum(_pseudo(TCP, len(head)) + head)
    return ip_packet(TCP, head[:16] + struct.pack(">H", total) + head[18:])


def datagram(port: int) -> bytes:
    """A frame with an empty UDP datagram (RFC 768)."""
    head = struct.pack(">HHHH", OURS, port, 8, 0)
    total = checksum(_pseudo(UDP, len(head)) + head) or 0xFFFF
    return ip_packet(UDP, head[:6] + struct.pack(">H", total))


def echo() -> bytes:
    """A frame with an echo request (RFC 792)."""
    head = struct.pack(">BBHHH", 8, 0, 0, 1, 1)
    return ip_packet(ICMP, head[:2] + struct.pack(">H", checksum(head)) + head[4:])


def asker(batch: int) -> bytes:
    """Who, on the phone's network, asks for it after a batch: the answer says to whom it is."""
    return socket.inet_aton(f"10.0.2.{100 + batch % 100}")


def who_has(batch: int) -> bytes:
    """A frame that asks who has the phone's address (RFC 826)."""
    request = struct.pack(">HHBBH", 1, IP, 6, 4, 1) + GATEWAY_MAC + asker(batch)
    return PHONE_MAC + GATEWAY_MAC + struct.pack(">H", ARP) + request + bytes(6) + socket.inet_aton(PHONE)


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back to the stranger: protocol and port of what was open (an echo: protocol 1), or closed."""

    opened: frozenset[tuple[str, int]]
    closed: frozenset[tuple[str, int]]


@dataclass
class Station:
    """At the two sockets of a machine's `folder`/run; a context manager. Raises OSError.

    A machine has one in its life: QEMU's filters listen to nobody after the first has gone.
    """

    folder: Path
    timeout_s: float = 60.0
    _send: socket.socket = field(init=False)
    _hear: socket.socket = field(init=False)
    _rest: bytes = field(default=b"", init=False)

    def __enter__(self) -> Station:
        self._send, self._hear = (self._connect(name) for name in ("inject.sock", "heard.sock"))
        return self

    def __exit__(self, *_: object) -> None:
        self._send.close()
        self._hear.close()

    def _connect(self, name: str) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(self.timeout_s)
        connection.connect(str(self.folder / "run" / name))
        return connection

    def ask(self, tcp: Sequence[int] = (), udp: Sequence[int] = ()) -> Answers:
        """Knock at ports, and send one echo request; return what was answered.

        Raises TimeoutError if the phone does not even say where it is (ARP).
        """
        frames = [echo(), *(syn(port) for port in tcp), *(datagram(port) for port in udp)]
        opened: set[tuple[str, int]] = set()
        closed: set[tuple[str, int]] = set()
        for number, begin in enumerate(range(0, len(frames), BATCH)):
            batch = [*frames[begin : begin + BATCH], who_has(number)]
            for frame in self._taken(batch, asker(number)):
                if answer := _answer(frame):
                    kind, port, is_open = answer
                    (opened if is_open else closed).add((kind, port))
        return Answers(frozenset(opened), frozenset(closed))

    def _taken(self, batch: list[bytes], us: bytes) -> Iterator[bytes]:
        """Send a batch; everything that the phone says until it answers `us` at its end, for it takes frames
        in order.
        """
        octets = b"".join(struct.pack(">I", len(frame)) + frame for frame in batch)
        answer = (struct.pack(">H", ARP), b"\0\2", us)
        ends = time.monotonic() + self.timeout_s
        while time.monotonic() < ends:
            self._send.sendall(octets)
            again = time.monotonic() + AGAIN_S
            while (frame := self._frame(again)) is not None:
                if (frame[12:14], frame[20:22], frame[38:42]) == answer:
                    return
                yield frame
        raise TimeoutError("the phone does not say where it is")

    def _frame(self, until: float) -> bytes | None:
        """The next frame; None if none has come whole by then (monotonic seconds)."""
        while (length := self._length()) is None or len(self._rest) < 4 + length:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._hear], [], [], left)[0]:
                return None
            octets = self._hear.recv(65536)
            if not octets:
                raise ConnectionError("the machine's network is gone")
            self._rest += octets
        frame, self._rest = self._rest[4 : 4 + length], self._rest[4 + length :]
        return frame

    def _length(self) -> int | None:
        """How long the frame is that comes next, if that has come."""
        if len(self._rest) < 4:
            return None
        length = int.from_bytes(self._rest[:4])
        if length > LONGEST_FRAME:
            raise OSError(f"a frame of {length} octets on the cable")
        return length


def _answer(frame: bytes) -> tuple[str, int, bool] | None:
    """What a frame of the phone answers to the stranger: protocol, port, and whether it is open; or None."""
    packet = frame[14:]
    if frame[12:14] != struct.pack(">H", IP) or packet[16:20] != socket.inet_aton(STRANGER):
        return None
    payload = packet[(packet[0] & 15) * 4 :]
    protocol = packet[9]
    if protocol == TCP:
        return "tcp", int.from_bytes(payload[:2]), not payload[13] & RST
    if protocol == UDP:
        return "udp", int.from_bytes(payload[:2]), True
    if protocol == ICMP and payload[0] != 0:
        # Unreachable: the packet that could not be delivered is in it (RFC 792).
        inner = payload[8:]
        return "tcp" if inner[9] == TCP else "udp", int.from_bytes(inner[22:24]), False
    return f"protocol {protocol}", 0, True
