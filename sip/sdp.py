"""Offer and answer in the house profile, and nothing else (RFC 4566, RFC 3264, RFC 4567, RFC 7587).

One audio stream, RTP/SAVP, Opus, one `a=key-mgmt:mikey` in the offer. With one stream both of its places mean
the same (RFC 4567 §3.1); ours is the session level, where dissectors open it, and we read either. Everything
that could lead to a call with other keys, or none, is refused with 488: there is no fallback.

    v=0
    o=- 4611686018427387904 1 IN IP4 192.0.2.7
    s=-
    c=IN IP4 192.0.2.7
    t=0 0
    a=key-mgmt:mikey AQAFgP…
    m=audio 40000 RTP/SAVP 96
    a=rtpmap:96 opus/48000/2
    a=fmtp:96 maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;cbr=1;useinbandfec=1;usedtx=0
    a=ptime:20
    a=sendrecv
    a=rtcp-mux
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import secrets
from dataclasses import dataclass, field

from sip.errors import OurMistake, TheirMistake

CONTENT_TYPE = "application/sdp"
PAYLOAD_TYPE = 96
MAX_SDP = 16384
MAX_MIKEY = 4096
"""Octets of a MIKEY message after base64."""

FMTP = "maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;cbr=1;useinbandfec=1;usedtx=0"

_LINE = re.compile(r"([a-z])=(.*)", re.DOTALL)
_MEDIA = re.compile(r"audio ([0-9]{1,5}) RTP/SAVP ([0-9]{1,3})")
_CONNECTION = re.compile(r"IN IP([46]) ([0-9A-Fa-f.:]{2,45})")
_ORIGIN = re.compile(r"[!-~]+ [0-9]{1,20} [0-9]{1,20} IN IP[46] [!-~]+")
_SESSION = re.compile(rb"(?m)^o=[!-~]+ ([0-9]{1,20}) ([0-9]{1,20}) ")
_OPUS = re.compile(r"opus/48000/2", re.IGNORECASE)
_FORBIDDEN = frozenset(
    {"crypto", "fingerprint", "setup", "tls-id", "candidate", "ice-ufrag", "ice-pwd", "zrtp-hash", "identity"}
)
"""Attributes of other ways to agree on keys or addresses."""

_DIRECTIONS = frozenset({"sendrecv", "sendonly", "recvonly", "inactive"})


@dataclass(frozen=True)
class Session:
    """What both an offer and an answer say. `direction` is seen from the sender of the SDP."""

    address: str
    port: int
    payload_type: int
    direction: str
    ptime_ms: int


@dataclass(frozen=True)
class Offer(Session):
    """An offer. `mikey` is the I_MESSAGE, not yet looked into."""

    mikey: bytes = field(repr=False)


@dataclass(frozen=True)
class Answer(Session):
    """An answer; with one MIKEY message it carries no key-mgmt of its own (RFC 4567 §4.1, RFC 6509)."""


def offer(
    address: str,
    port: int,
    mikey: bytes,
    *,
    payload_type: int = PAYLOAD_TYPE,
    session_id: int | None = None,
    version: int = 1,
    direction: str = "sendrecv",
) -> bytes:
    """Build an offer. Raises OurMistake for an address, port or I_MESSAGE that cannot be offered."""
    if not 0 < len(mikey) <= MAX_MIKEY:
        raise OurMistake("an I_MESSAGE has 1 to 4096 octets")
    key = f"a=key-mgmt:mikey {base64.b64encode(mikey).decode()}\r\n"
    return _build(address, port, payload_type, key, session_id, version, direction)


def answer(
    address: str,
    port: int,
    *,
    payload_type: int = PAYLOAD_TYPE,
    session_id: int | None = None,
    version: int = 1,
    direction: str = "sendrecv",
) -> bytes:
    """Build an answer with the payload type of the offer. Raises OurMistake for a bad address or port."""
    return _build(address, port, payload_type, "", session_id, version, direction)


def parse_offer(octets: bytes) -> Offer:
    """Read an offer of the house profile.

    Raises TheirMistake(488) for any other: another transport than RTP/SAVP, `a=crypto`, a fingerprint, no
    key-mgmt or several, another codec, bad base64, more than 16384 octets.
    """
    session, keys = _parse(octets)
    if len(keys) != 1:
        raise TheirMistake(488, "No key-mgmt" if not keys else "More than one key-mgmt")
    return Offer(**vars(session), mikey=_mikey(keys[0]))


def parse_answer(octets: bytes) -> Answer:
    """Read an answer of the house profile, which has no key-mgmt. Raises TheirMistake(488) for any other."""
    session, keys = _parse(octets)
    if keys:
        raise TheirMistake(488, "Unexpected key-mgmt")
    return Answer(**vars(session))


def origin(octets: bytes) -> tuple[int | None, int]:
    """Return session id and version of the o= line (RFC 4566 §5.2); (None, 1) if there is none to read."""
    match = _SESSION.search(octets)
    return (int(match[1]), int(match[2])) if match else (None, 1)


def relay_rewrite(octets: bytes, address: str, port: int) -> bytes:
    """Point an offer or answer at a relay: change the address in o= and c= and the port in m=, nothing else.

    Raises TheirMistake(488) for SDP without exactly one m= line and a c= line, OurMistake for a bad address.
    """
    family = _family(address, port)
    if len(octets) > MAX_SDP:
        raise TheirMistake(488, "SDP too large")
    text = octets.decode("latin-1")  # one character an octet, so that nothing else can change
    place = f"IN IP{family} {address}"
    text, connections = _RELAY_C.subn(lambda match: f"{match[1]}{place}", text)
    text, media = _RELAY_M.subn(lambda match: f"{match[1]}{port}{match[2]}", text)
    text, origins = _RELAY_O.subn(lambda match: f"{match[1]}{place}", text)
    if len(_RELAY_ANY_M.findall(text)) != 1 or media != 1 or origins != 1 or connections < 1:
        raise TheirMistake(488, "SDP is not for one stream")
    return text.encode("latin-1")


_RELAY_C = re.compile(r"(?m)^(c=)IN IP[46] [^\r\n ]+")
_RELAY_M = re.compile(r"(?m)^(m=audio )[0-9]{1,5}( [^\r\n]*)")
_RELAY_O = re.compile(r"(?m)^(o=[^\r\n ]+ [0-9]+ [0-9]+ )IN IP[46] [^\r\n ]+")
_RELAY_ANY_M = re.compile(r"(?m)^m=")


def _family(address: str, port: int) -> int:
    try:
        family = ipaddress.ip_address(address).version
    except ValueError:
        raise OurMistake("not an IP address") from None
    if not 0 < port < 65536:
        raise OurMistake("not a UDP port")
    return family


def _build(
    address: str,
    port: int,
    payload_type: int,
    key: str,
    session_id: int | None,
    version: int,
    direction: str,
) -> bytes:
    place = f"IN IP{_family(address, port)} {address}"
    session_id = secrets.randbits(62) if session_id is None else session_id
    return (
        f"v=0\r\no=- {session_id} {version} {place}\r\ns=-\r\nc={place}\r\nt=0 0\r\n{key}"
        f"m=audio {port} RTP/SAVP {payload_type}\r\n"
        f"a=rtpmap:{payload_type} opus/48000/2\r\na=fmtp:{payload_type} {FMTP}\r\na=ptime:20\r\n"
        f"a={direction}\r\na=rtcp-mux\r\n"
    ).encode()


def _lines(octets: bytes) -> list[tuple[str, str]]:
    if len(octets) > MAX_SDP:
        raise TheirMistake(488, "SDP too large")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise TheirMistake(488, "SDP is not UTF-8") from None
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    matches = [_LINE.fullmatch(line) for line in lines]
    if "\r" in text.replace("\r\n", "") or "\0" in text:
        raise TheirMistake(488, "Malformed SDP")
    pairs = [(match[1], match[2]) for match in matches if match is not None]
    if len(pairs) != len(lines) or [kind for kind, _ in pairs[:2]] != ["v", "o"] or pairs[0][1] != "0":
        raise TheirMistake(488, "Malformed SDP")
    return pairs


def _only(pairs: list[tuple[str, str]], kind: str) -> str:
    values = [value for letter, value in pairs if letter == kind]
    if len(values) != 1:
        raise TheirMistake(488, f"SDP needs one {kind}= line")
    return values[0]


def _parse(octets: bytes) -> tuple[Session, list[str]]:
    pairs = _lines(octets)
    if not _ORIGIN.fullmatch(_only(pairs, "o")):
        raise TheirMistake(488, "Malformed SDP")
    media = _MEDIA.fullmatch(_only(pairs, "m"))
    if media is None:
        raise TheirMistake(488, "Only audio over RTP/SAVP with one codec")
    port, payload_type = int(media[1]), int(media[2])
    if not 0 < port < 65536 or not 96 <= payload_type <= 127:
        raise TheirMistake(488, "Port or payload type out of range")
    start = next(place for place, (kind, _) in enumerate(pairs) if kind == "m")
    everywhere = [_attribute(value) for kind, value in pairs if kind == "a"]
    if any(name.lower() in _FORBIDDEN for name, _ in everywhere) or any(kind == "k" for kind, _ in pairs):
        raise TheirMistake(488, "Only MIKEY may carry keys")
    attributes = [_attribute(value) for kind, value in pairs[start:] if kind == "a"]
    keys = [value for name, value in everywhere if name == "key-mgmt"]
    if len(keys) != sum(name.lower() == "key-mgmt" for name, _ in everywhere):
        raise TheirMistake(488, "Malformed key-mgmt")
    address = _address(pairs, start)
    _check_codec(attributes, payload_type)
    return Session(address, port, payload_type, _direction(everywhere), _ptime(attributes)), keys


def _attribute(value: str) -> tuple[str, str]:
    name, _, rest = value.partition(":")
    return name.strip(), rest


def _address(pairs: list[tuple[str, str]], start: int) -> str:
    """The c= line of the media, or else of the session; never two of one level."""
    for level in (pairs[start:], pairs[:start]):
        values = [value for kind, value in level if kind == "c"]
        if len(values) > 1:
            raise TheirMistake(488, "More than one c= line")
        if values:
            match = _CONNECTION.fullmatch(values[0])
            try:
                address = ipaddress.ip_address(match[2] if match else "")
            except ValueError:
                raise TheirMistake(488, "Malformed address") from None
            if match is None or address.version != int(match[1]):
                raise TheirMistake(488, "Malformed address")
            return match[2]
    raise TheirMistake(488, "No address")


def _check_codec(attributes: list[tuple[str, str]], payload_type: int) -> None:
    maps = [value.partition(" ") for name, value in attributes if name == "rtpmap"]
    if len(maps) != 1 or maps[0][0] != str(payload_type) or not _OPUS.fullmatch(maps[0][2]):
        raise TheirMistake(488, "Only Opus")


def _direction(attributes: list[tuple[str, str]]) -> str:
    directions = [name for name, _ in attributes if name in _DIRECTIONS]
    if len(directions) > 1:
        raise TheirMistake(488, "More than one direction")
    return directions[0] if directions else "sendrecv"


def _ptime(attributes: list[tuple[str, str]]) -> int:
    values = [value.strip() for name, value in attributes if name == "ptime"]
    if values not in ([], ["20"]):
        raise TheirMistake(488, "Only packets of 20 ms")
    return 20


def _mikey(value: str) -> bytes:
    protocol, _, data = value.partition(" ")
    if protocol != "mikey":
        raise TheirMistake(488, "Only MIKEY may carry keys")
    try:
        octets = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise TheirMistake(488, "Malformed key-mgmt") from None
    # A second spelling of the same octets would let a relay mark a call.
    if not 0 < len(octets) <= MAX_MIKEY or base64.b64encode(octets).decode() != data:
        raise TheirMistake(488, "Malformed key-mgmt")
    return octets
