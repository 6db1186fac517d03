"""SIP messages: immutable, read once, checked once, edited by copying (RFC 3261 §7, §8, §16, §20).

`parse` is the only way in for foreign octets. What it returns has every mandatory header, and every typed
header that is present has been read without fault, so the properties here never fail on it (URIs of foreign
schemes excepted, see `Address.uri`).
"""

from __future__ import annotations

import email.utils
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from sip.address import URI, Address, CSeq, Via, is_token, parse_cseq, parse_uri
from sip.errors import OurMistake, TheirMistake
from sip.headers import Headers, unfold
from sip.reasons import reason_phrase

MAX_SCALAR = 2**32 - 1
DEFAULT_MAX_FORWARDS = 70

_START_RESPONSE = re.compile(r"SIP/2\.0 ([1-6][0-9]{2}) ([^\r\n]*)", re.IGNORECASE)
_ONCE = ("From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type", "Expires", "Date")
_MANDATORY = ("Via", "From", "To", "Call-ID", "CSeq")
_CALL_ID = re.compile(r"[!-~]{1,512}")
_DIGITS = re.compile(r"[0-9]{1,20}")
_URI_TEXT = re.compile(r"[!-~]{1,2048}")
_VERSION = re.compile(r"SIP/[0-9]+\.[0-9]+")


class Message:
    """What requests and responses share: headers and a body."""

    headers: Headers
    body: bytes

    @cached_property
    def via(self) -> tuple[Via, ...]:
        """Every Via, topmost first."""
        return tuple(Via.parse(element) for element in self.headers.elements("Via"))

    @cached_property
    def from_(self) -> Address:
        """The From header."""
        return Address.parse(self._one("From"))

    @cached_property
    def to(self) -> Address:
        """The To header."""
        return Address.parse(self._one("To"))

    @cached_property
    def call_id(self) -> str:
        """The Call-ID header."""
        value = self._one("Call-ID")
        if not _CALL_ID.fullmatch(value):
            raise TheirMistake(400, "Malformed Call-ID")
        return value

    @cached_property
    def cseq(self) -> CSeq:
        """The CSeq header: `.sequence` and `.method`."""
        return parse_cseq(self._one("CSeq"))

    @cached_property
    def contact(self) -> tuple[Address, ...]:
        """Every Contact; empty for `Contact: *`, which `contact_is_star` tells."""
        return () if self.contact_is_star else self._addresses("Contact")

    @cached_property
    def contact_is_star(self) -> bool:
        """True for `Contact: *`: remove all bindings (RFC 3261 §10.2.2)."""
        return self.headers.all("Contact") == ["*"]

    @cached_property
    def routes(self) -> tuple[Address, ...]:
        """Every Route, topmost first."""
        return self._addresses("Route")

    @cached_property
    def record_routes(self) -> tuple[Address, ...]:
        """Every Record-Route, topmost first."""
        return self._addresses("Record-Route")

    @cached_property
    def expires(self) -> int | None:
        """The Expires header in seconds."""
        return self._scalar("Expires", MAX_SCALAR)

    @cached_property
    def max_forwards(self) -> int | None:
        """The Max-Forwards header, 0 to 255."""
        return self._scalar("Max-Forwards", 255)

    @cached_property
    def content_type(self) -> str | None:
        """The media type in lower case, without its parameters."""
        value = self.headers.get("Content-Type")
        return None if value is None else value.partition(";")[0].strip().lower()

    @cached_property
    def require(self) -> tuple[str, ...]:
        """Option tags of Require, in lower case."""
        return self._tokens("Require")

    @cached_property
    def proxy_require(self) -> tuple[str, ...]:
        """Option tags of Proxy-Require, in lower case."""
        return self._tokens("Proxy-Require")

    @cached_property
    def supported(self) -> tuple[str, ...]:
        """Option tags of Supported, in lower case."""
        return self._tokens("Supported")

    @cached_property
    def date(self) -> datetime | None:
        """The Date header, aware, in UTC (RFC 3261 §20.17: always GMT)."""
        value = self.headers.get("Date")
        if value is None:
            return None
        try:
            date = email.utils.parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            raise TheirMistake(400, "Malformed Date") from None
        if date.tzinfo is None or not value.rstrip().endswith("GMT"):
            raise TheirMistake(400, "Malformed Date")
        return date.astimezone(UTC)

    @property
    def branch(self) -> str:
        """The branch of the topmost Via: with the method, the name of the transaction."""
        return self.via[0].branch

    def _one(self, name: str) -> str:
        value = self.headers.get(name)
        if value is None:
            raise TheirMistake(400, f"Missing {name}")
        return value

    def _addresses(self, name: str) -> tuple[Address, ...]:
        return tuple(Address.parse(element) for element in self.headers.elements(name))

    def _tokens(self, name: str) -> tuple[str, ...]:
        tokens = tuple(element.lower() for element in self.headers.elements(name))
        if not all(is_token(token) for token in tokens):
            raise TheirMistake(400, f"Malformed {name}")
        return tokens

    def _scalar(self, name: str, most: int) -> int | None:
        value = self.headers.get(name)
        if value is None:
            return None
        if not _DIGITS.fullmatch(value) or int(value) > most:
            raise TheirMistake(400, f"{name} out of range")
        return int(value)

    def _encode(self, start: str) -> bytes:
        fields = self.headers.remove("Content-Length").encode()
        return f"{start}\r\n{fields}Content-Length: {len(self.body)}\r\n\r\n".encode() + self.body

    def _check(self) -> None:
        for name in _ONCE:
            if len(self.headers.all(name)) > 1:
                raise TheirMistake(400, f"More than one {name}")
        for name in _MANDATORY:
            self._one(name)
        if not self.via:
            raise TheirMistake(400, "Missing Via")
        # Reading a property keeps its value, or raises what is wrong with it.
        _ = (self.from_, self.to, self.call_id, self.cseq, self.contact, self.routes, self.record_routes)
        _ = (self.expires, self.max_forwards, self.require, self.proxy_require, self.supported, self.date)
        for contact in self.contact:
            expires = contact.parameters.get("expires")
            if expires is not None and (not _DIGITS.fullmatch(expires) or int(expires) > MAX_SCALAR):
                raise TheirMistake(400, "Contact expires out of range")


@dataclass(frozen=True)
class Request(Message):
    """A request. `uri` is the Request-URI as written."""

    method: str
    uri: str
    headers: Headers
    body: bytes = field(default=b"", repr=False)

    @cached_property
    def request_uri(self) -> URI:
        """The Request-URI, read. On a parsed request this does not fail."""
        return parse_uri(self.uri)

    def encode(self) -> bytes:
        """Return the octets for the wire; Content-Length is always ours.

        Raises OurMistake if method or URI cannot stand in a start line.
        """
        if not is_token(self.method) or not _URI_TEXT.fullmatch(self.uri):
            raise OurMistake("method or URI cannot stand in a start line")
        return self._encode(f"{self.method} {self.uri} SIP/2.0")

    def with_uri(self, uri: str) -> Request:
        """Return a copy for another target."""
        return replace(self, uri=uri)

    def with_headers(self, headers: Headers) -> Request:
        """Return a copy with other headers."""
        return replace(self, headers=headers)

    def with_body(self, body: bytes) -> Request:
        """Return a copy with another body of the same type."""
        return replace(self, body=body)

    def push(self, name: str, value: str) -> Request:
        """Put a Via, Record-Route or Route above the others."""
        return replace(self, headers=self.headers.push(name, value))

    def pop(self, name: str) -> Request:
        """Drop the topmost Via or Route. Raises OurMistake if there is none."""
        return replace(self, headers=self.headers.pop(name))

    def hop(self) -> Request:
        """Return a copy with Max-Forwards less by one, 70 if it was missing (RFC 3261 §16.6).

        Raises TheirMistake(483) if none is left.
        """
        left = self.max_forwards
        if left == 0:
            raise TheirMistake(483, "Too Many Hops")
        value = DEFAULT_MAX_FORWARDS if left is None else left - 1
        return replace(self, headers=self.headers.set("Max-Forwards", str(value)))


@dataclass(frozen=True)
class Response(Message):
    """A response. `status` is 100 to 699."""

    status: int
    reason: str
    headers: Headers
    body: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """Return the octets for the wire; Content-Length is always ours.

        Raises OurMistake if status or reason cannot stand in a start line.
        """
        if not 100 <= self.status <= 699 or "\r" in self.reason or "\n" in self.reason:
            raise OurMistake("status or reason cannot stand in a start line")
        return self._encode(f"SIP/2.0 {self.status} {self.reason}")

    def with_headers(self, headers: Headers) -> Response:
        """Return a copy with other headers."""
        return replace(self, headers=headers)

    def with_body(self, body: bytes) -> Response:
        """Return a copy with another body of the same type."""
        return replace(self, body=body)

    def pop(self, name: str) -> Response:
        """Drop the topmost Via, as a proxy does with a response. Raises OurMistake if there is none."""
        return replace(self, headers=self.headers.pop(name))


def parse(octets: bytes) -> Request | Response:
    """Read one message, as long as its Content-Length says or else to the end (RFC 3261 §7, §18.3).

    Octets after the body are ignored. Raises TheirMistake: 400 for a malformed message, 416 for a Request-URI
    of a foreign scheme, 505 for another SIP version.
    """
    head, end, rest = octets.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if not end:
        raise TheirMistake(400, "No end of headers")
    lines = unfold(head)
    headers = Headers.parse(lines[1:])
    length = _content_length(headers)
    if length is not None and length > len(rest):
        raise TheirMistake(400, "Body shorter than Content-Length")
    return _assemble(lines[0], headers, rest[:length])


def _content_length(headers: Headers) -> int | None:
    """Return the Content-Length, if there is one. Raises TheirMistake(400) if malformed or not alone."""
    values = headers.all("Content-Length")
    if not values:
        return None
    if len(values) > 1 or not _DIGITS.fullmatch(values[0]):
        raise TheirMistake(400, "Malformed Content-Length")
    return int(values[0])


def _assemble(start_line: str, headers: Headers, body: bytes) -> Request | Response:
    """Make and check a message from its parts. Raises TheirMistake as `parse` does."""
    message: Request | Response
    response = _START_RESPONSE.fullmatch(start_line)
    if response is not None:
        message = Response(int(response.group(1)), response.group(2), headers, body)
        message._check()
        return message
    method, uri = _request_line(start_line)
    message = Request(method, uri, headers, body)
    message._check()
    if message.cseq.method != method:
        raise TheirMistake(400, "CSeq method does not match")
    _ = message.request_uri
    return message


def _request_line(start_line: str) -> tuple[str, str]:
    parts = start_line.split(" ")
    if len(parts) != 3 or not is_token(parts[0]) or not _URI_TEXT.fullmatch(parts[1]):
        raise TheirMistake(400, "Malformed start line")
    version = parts[2].upper()
    if version != "SIP/2.0":
        if _VERSION.fullmatch(version):
            raise TheirMistake(505, "Version Not Supported")
        raise TheirMistake(400, "Malformed start line")
    return parts[0], parts[1]


def response_to(
    request: Request,
    status: int,
    *,
    reason: str | None = None,
    to_tag: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    content_type: str | None = None,
) -> Response:
    """Build the response to a request (RFC 3261 §8.2.6).

    Via, From, To, Call-ID and CSeq are copied as written, and Record-Route where a dialog may begin
    (101 to 299). To gets `to_tag`, or a random tag if none is given and the status is above 100.
    """
    copied = [(name, value) for name in ("Via", "Record-Route") for value in request.headers.all(name)]
    if not 100 < status < 300:
        copied = [field for field in copied if field[0] == "Via"]
    to_value = request.headers.get("To") or ""
    if request.to.tag is None and status > 100:
        # Parameters after an addr-spec without brackets belong to the header, so a tag may simply follow.
        to_value += f";tag={to_tag or secrets.token_hex(8)}"
    built = Headers(
        [
            *copied,
            ("From", request.headers.get("From") or ""),
            ("To", to_value),
            ("Call-ID", request.call_id),
            ("CSeq", request.headers.get("CSeq") or ""),
            *headers,
            *([("Content-Type", content_type)] if content_type else []),
        ]
    )
    return Response(status, reason or reason_phrase(status), built, body)


def answer_to_mistake(head: bytes, mistake: TheirMistake) -> Response | None:
    """Build the answer to a request too broken to parse, from the headers that can be copied, or None.

    `head` is start line and headers, without the empty line. Nothing answers a response, an ACK, or a request
    without the five headers to copy.
    """
    try:
        lines = unfold(head)
        headers = Headers.parse(line for line in lines[1:] if ":" in line)
    except TheirMistake:
        return None
    method, _, rest = lines[0].partition(" ")
    if method == "ACK" or not is_token(method) or "SIP/" not in rest.upper():
        return None
    if any(name not in headers for name in _MANDATORY):
        return None
    copied = [("Via", value) for value in headers.all("Via")]
    copied += [(name, headers.get(name) or "") for name in _MANDATORY[1:]]
    return Response(mistake.status, mistake.reason, Headers(copied))
