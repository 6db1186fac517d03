"""The network's fence: everything is dropped but an address, names, and one server.

    python3 -I -m firmware.system.fence ORDER

ORDER is what the phone service wrote: a line `address:port` for each address of its server, and nothing else.
The rules are made here, by a user that may change them and nothing else; the phone service may not.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MOST_ADDRESSES = 8
LARGEST_ORDER = MOST_ADDRESSES * 64
PHONE, MEDIA = 902, 903
"""User numbers, as image/layers/50-services fixes them."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_LINE = re.compile(r"(?:(?P<four>[0-9.]{7,15})|\[(?P<six>[0-9a-f:.]{2,45})\]):(?P<port>[1-9][0-9]{0,4})")
_log = logging.getLogger("sottovoce.fence")


class OrderRefused(ValueError):
    """This is no order; the fence stays as it is."""


@dataclass(frozen=True, slots=True)
class Order:
    """The one server. SIP is at `port`, HTTPS at the next (docs/decisions/0002)."""

    addresses: tuple[Address, ...]
    port: int


def read_order(octets: bytes) -> Order:
    """Read an order. Raises OrderRefused."""
    if len(octets) > LARGEST_ORDER:
        raise OrderRefused("an order is shorter")
    try:
        lines = octets.decode("ascii").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise OrderRefused("an order is ASCII") from error
    if not 0 < len(lines) <= MOST_ADDRESSES:
        raise OrderRefused(f"an order has one to {MOST_ADDRESSES} addresses")
    found, ports = set(), set()
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise OrderRefused("a line is not address:port")
        found.add(_address(match["four"] or match["six"]))
        ports.add(int(match["port"]))
    if len(ports) != 1 or not 1 <= (port := ports.pop()) <= 65534:
        raise OrderRefused("an order has one port, and another must follow it")
    return Order(tuple(sorted(found, key=lambda address: (address.version, int(address)))), port)


def write_order(addresses: list[str], port: int) -> bytes:
    """Write an order, of the first addresses if there are too many. Raises ValueError for a bad address."""
    known = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    shown = sorted({str(address) if address.version == 4 else f"[{address}]" for address in known})
    return "".join(f"{address}:{port}\n" for address in shown[:MOST_ADDRESSES]).encode()


def _address(text: str) -> Address:
    try:
        address = ipaddress.ip_address(text)
    except ValueError as error:
        raise OrderRefused("a line has no address") from error
    if address.is_loopback or address.is_multicast or address.is_unspecified or address.is_link_local:
        raise OrderRefused("a server has an address of its own")
    return address


def ruleset(order: Order | None) -> str:
    """The whole fence for nft(8), replacing what was there in one step. Without an order it is closed."""
    addresses = order.addresses if order else ()
    fours = ", ".join(str(address) for address in addresses if address.version == 4)
    sixes = ", ".join(str(address) for address in addresses if address.version == 6)
    into = _NEIGHBOURS_IN if sixes else ""
    out = _NEIGHBOURS_OUT if sixes else ""
    for family, elements in (("ip", fours), ("ip6", sixes)):
        if order and elements:
            ports = f"{order.port}, {order.port + 1}"
            out += f"\t\tmeta skuid {PHONE} {family} daddr {{ {elements} }} tcp dport {{ {ports} }} accept\n"
            out += f"\t\tmeta skuid {MEDIA} {family} daddr {{ {elements} }} udp dport 1024-65535 accept\n"
    return _FENCE.format(into=into, out=out, phone=PHONE, media=MEDIA)


_NEIGHBOURS_IN = """\
\t\tip6 hoplimit 255 icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
"""
_NEIGHBOURS_OUT = """\
\t\tip6 hoplimit 255 icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
"""
_FENCE = """\
# Made by firmware/system/fence.py.
table inet sottovoce
delete table inet sottovoce
table inet sottovoce {{
\tchain input {{
\t\ttype filter hook input priority filter; policy drop;
\t\tct state invalid drop
\t\tct state established,related accept
\t\tiifname "lo" udp dport 53 accept
\t\tiifname != "lo" udp sport 67 udp dport 68 accept
{into}\t}}
\tchain forward {{
\t\ttype filter hook forward priority filter; policy drop;
\t}}
\tchain output {{
\t\ttype filter hook output priority filter; policy drop;
\t\tct state invalid drop
\t\tct state established,related accept
\t\toifname "lo" meta skuid {phone} udp dport 53 accept
\t\toifname "lo" drop
\t\tudp sport 68 udp dport 67 accept
\t\tmeta skuid != {{ {phone}, {media} }} meta l4proto {{ tcp, udp }} th dport 53 accept
{out}\t}}
}}
"""


def main() -> None:
    """Enter here; exit status 1, with the fence as it was, if the order is none or nft refuses."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        with Path(sys.argv[1]).open("rb") as file:
            order = read_order(file.read(LARGEST_ORDER + 1))
    except (OrderRefused, OSError) as error:
        _log.error("the fence stays as it is: %s", error)
        sys.exit(1)
    done = subprocess.run(["/usr/sbin/nft", "-f", "-"], input=ruleset(order).encode(), check=False)
    if done.returncode != 0:
        _log.error("the fence stays as it is: nft said %d", done.returncode)
        sys.exit(1)
    _log.info("the fence is open towards the server")


if __name__ == "__main__":
    main()
