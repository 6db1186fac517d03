"""What may stand in a card, a pack or a roster: numbers, months, names, addresses, in compact form."""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime

from crypto.cbor import damaged

DEFAULT_SIP_PORT = 5061
MAX_DOMAIN_OCTETS = 63
MAX_CRS_OCTETS = 80
MAX_NAME_OCTETS = 48
MAX_SERIAL = 2**64 - 1
MAX_TIME = 2**40

_TEL = re.compile(r"\+[1-9][0-9]{1,14}")
_PREFIX = re.compile(r"\+[1-9][0-9]{2,14}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def check_tel(tel: str) -> str:
    """Return the number. Raises ValueError unless it is '+' and 2 to 15 digits (E.164)."""
    if not _TEL.fullmatch(tel):
        raise ValueError(f"{tel!r} is not an international number such as +447700900123")
    return tel


def check_prefix(prefix: str) -> str:
    """Return what numbers begin with. Raises ValueError unless it is '+' and 3 to 15 digits (E.164)."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is not the beginning of international numbers such as +44163296")
    return prefix


def tel_to_int(tel: str) -> int:
    """Return the digits of a number as an integer, its compact form."""
    return int(check_tel(tel)[1:])


def tel_from_int(number: int) -> str:
    """Inverse of `tel_to_int`. Raises PackageError E03."""
    try:
        return check_tel(f"+{number}")
    except ValueError as error:
        raise damaged("not a telephone number") from error


def month_to_int(month: str) -> int:
    """Return 'YYYY-MM' as year x 12 + month - 1. Raises ValueError for anything else."""
    if not _MONTH.fullmatch(month):
        raise ValueError(f"{month!r} is not a month such as 2026-11")
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_from_int(number: int) -> str:
    """Inverse of `month_to_int`. Raises PackageError E03 outside the years 2000 to 9998."""
    if not 2000 * 12 <= number < 9999 * 12:
        raise damaged("not a month")
    return f"{number // 12:04}-{number % 12 + 1:02}"


def month_start(month: str) -> int:
    """Return the first second of a month (UTC), Unix seconds."""
    year, index = divmod(month_to_int(month), 12)
    return int(datetime(year, index + 1, 1, tzinfo=UTC).timestamp())


def month_end(month: str) -> int:
    """Return the first second after a month (UTC), Unix seconds."""
    return month_start(month_from_int(month_to_int(month) + 1))


def month_moment(month: str) -> datetime:
    """Return the first moment of a month (UTC), for `crypto.identifier.monthly`."""
    return datetime.fromtimestamp(month_start(month), UTC)


def month_of(unix: int) -> str:
    """Return the month (UTC) in which a moment lies."""
    return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m")


def check_domain(domain: str) -> str:
    """Return the domain name. Raises ValueError unless it is lower-case DNS of at most 63 octets."""
    if len(domain) > MAX_DOMAIN_OCTETS or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"{domain!r} is not a domain such as sv.example (lower case, at most 63 characters)")
    return domain


def split_crs(crs: str) -> tuple[str, int]:
    """Split 'host:port' ('[v6]:port' for IPv6). Raises ValueError for anything else."""
    host, colon, port = crs.rpartition(":")
    if not colon or not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65535:
        raise ValueError(f"{crs!r} is not host:port such as crs.sv.example:{DEFAULT_SIP_PORT}")
    if host.startswith("[") and host.endswith("]"):
        host = str(ipaddress.IPv6Address(host[1:-1]))
    elif len(host) > MAX_CRS_OCTETS or not _DOMAIN.fullmatch(host):
        raise ValueError(f"{host!r} is neither a host name nor an address")
    return host, int(port)


def join_crs(host: str, port: int) -> str:
    """Inverse of `split_crs`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def check_text(what: str, text: str, max_octets: int) -> str:
    """Return a display text. Raises ValueError if it is empty, not printable, or too long in UTF-8."""
    octets = len(text.encode())
    if not text or not text.isprintable() or text != text.strip():
        raise ValueError(f"the {what} must be printable text without spaces at its ends")
    if octets > max_octets:
        raise ValueError(f"the {what} takes {octets} octets, at most {max_octets} fit: shorten it")
    return text


def check_time(unix: int) -> int:
    """Return a moment in Unix seconds. Raises PackageError E03 outside the years 1970 to 36812."""
    if not 0 <= unix < MAX_TIME:
        raise damaged("not a time")
    return unix


def check_serial(serial: int) -> int:
    """Return a card's serial, 1 to 2^64 - 1. Raises PackageError E03 otherwise."""
    if not 0 < serial <= MAX_SERIAL:
        raise damaged("not a serial")
    return serial


def check_length(what: str, octets: bytes, length: int) -> bytes:
    """Return octets of a fixed length. Raises PackageError E03 otherwise."""
    if len(octets) != length:
        raise damaged(f"{what} is not {length} octets")
    return octets
