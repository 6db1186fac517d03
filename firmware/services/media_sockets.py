"""The UDP sockets of calls to come: bound at Open, handed over at Connect, each with an SSRC of its own."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

from firmware.interfaces import Refused
from media.call import new_ssrc

NO_NETWORK = "E41"
SO_TIMESTAMPNS = 35  # asm-generic/socket.h; the socket module does not name it


class Sockets:
    """Sockets that wait for their call, by its number."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[socket.socket, int]] = {}

    def __contains__(self, call: int) -> bool:
        return call in self._waiting

    def open(self, call: int, address: str, *, at_most: int) -> tuple[int, int]:
        """Bind a socket on `address` for a call; return its port and the SSRC to send with. Refused E41.

        The oldest give way if there would be more than `at_most`: no call came of them.
        """
        family, host = parse_address(address)
        self.close(call)
        while len(self._waiting) >= at_most:
            self.close(next(iter(self._waiting)))
        sock = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        try:
            sock.bind((host, 0))
            _prepare(sock)
        except OSError as error:
            sock.close()
            raise Refused(code=NO_NETWORK, text=f"no socket on {host}: {error.strerror}") from error
        ssrc = new_ssrc()
        self._waiting[call] = sock, ssrc
        return sock.getsockname()[1], ssrc

    def take(self, call: int) -> tuple[socket.socket, int]:
        """Hand over socket and SSRC of a call. They are given once: an SSRC never serves twice."""
        return self._waiting.pop(call)

    def close(self, call: int) -> None:
        """Close the socket that waits for a call, if one does."""
        if call in self._waiting:
            self.take(call)[0].close()

    def close_all(self) -> None:
        """Close every socket that waits."""
        for call in list(self._waiting):
            self.close(call)


def point(sock: socket.socket, host: str, port: int) -> None:
    """Let a socket speak to, and hear, one far side; what came before is thrown away. Refused E41."""
    _, literal = parse_address(host)
    try:
        sock.connect((literal, port))
    except (OSError, OverflowError) as error:
        raise Refused(code=NO_NETWORK, text=f"no way to {literal} port {port}: {error}") from error
    with contextlib.suppress(OSError):
        while True:
            sock.recv_into(bytearray(1))


def parse_address(text: str) -> tuple[int, str]:
    """Return address family and address. Refused E41 for anything but a literal: no name is looked up."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError as error:
        raise Refused(code=NO_NETWORK, text="an IP address is needed here") from error
    return (socket.AF_INET6 if address.version == 6 else socket.AF_INET), str(address)


def _prepare(sock: socket.socket) -> None:
    """Make a UDP socket fit for voice: never blocking, and noting when each datagram came."""
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    with contextlib.suppress(OSError):
        # Expedited forwarding, RFC 3246.
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0xB8)
        else:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xB8)
