"""Who and where: URIs, name-addr, Via, and the parameters that hang on them (RFC 3261 §19.1, §20, §25.1).

`sipmessage` knows the grammar of URIs. Its parameter type does not survive a round trip (it escapes
`+sip.instance="<urn:uuid:…>"`) and minds case, so parameters and the headers that carry them are read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import sipmessage

from sip.errors import TheirMistake

URI = sipmessage.URI
CSeq = sipmessage.CSeq

MAX_ELEMENTS = 128
"""The most elements one comma-separated header may have."""

MAX_CSEQ = 2**31 - 1

# Whitespace is space or tab: folding is undone before anything gets here. Quantifiers are possessive, so that
# no hostile value can make a pattern take more than one pass.
_TOKEN = r"[A-Za-z0-9\-.!%*_+`'~]++"
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
# A parameter value is a token, a host (IPv6 in brackets included) or a quoted string.
_PARAMETER = re.compile(
    rf"[ \t]*+;[ \t]*+({_TOKEN})(?:[ \t]*+=[ \t]*+({_QUOTED}|[A-Za-z0-9\-.!%*_+`'~\[\]:]++))?[ \t]*+",
    re.DOTALL,
)
_NAME_ADDR = re.compile(
    rf"[ \t]*+({_QUOTED}|(?:{_TOKEN}[ \t]++)*+(?:{_TOKEN})?+)[ \t]*+<([^<> \t]++)>", re.DOTALL
)
_ADDR_SPEC = re.compile(r"[ \t]*+([^ \t<>;,?\"]++)")
_VIA = re.compile(
    rf"SIP[ \t]*+/[ \t]*+2\.0[ \t]*+/[ \t]*+({_TOKEN})[ \t]++([A-Za-z0-9.\-_]++|\[[0-9A-Fa-f:.]++\])"
    r"(?:[ \t]*+:[ \t]*+([0-9]{1,5}))?",
    re.IGNORECASE | re.ASCII,
)
_ABSOLUTE_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!-~]+")
_LONGEST_URI = 2048
_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)

NO_PARAMETERS: Mapping[str, str | None] = MappingProxyType({})


def is_token(text: str) -> bool:
    """Say whether the text is an RFC 3261 token (a method, a header name, an option tag)."""
    return re.fullmatch(_TOKEN, text) is not None


def split_list(value: str) -> list[str]:
    """Split a header value at its commas, but not inside quotes or angle brackets (RFC 3261 §7.3.1).

    Raises TheirMistake(400) for unbalanced quotes, empty elements, or more than 128 of them.
    """
    if "," not in value:
        elements = [value.strip(" \t")]
    elif '"' not in value and "<" not in value:
        elements = [element.strip(" \t") for element in value.split(",")]
    else:
        elements = _split_carefully(value)
    if not all(elements):
        raise TheirMistake(400, "Empty element in a list")
    if len(elements) > MAX_ELEMENTS:
        raise TheirMistake(400, "Too many elements in a list")
    return elements


def _split_carefully(value: str) -> list[str]:
    elements: list[str] = []
    start = position = 0
    in_quotes = in_brackets = False
    while position < len(value):
        character = value[position]
        if in_quotes:
            if character == "\\":
                position += 1
            elif character == '"':
                in_quotes = False
        elif character == '"':
            in_quotes = True
        elif character == "<":
            in_brackets = True
        elif character == ">":
            in_brackets = False
        elif character == "," and not in_brackets:
            elements.append(value[start:position].strip(" \t"))
            start = position + 1
        position += 1
    if in_quotes or in_brackets:
        raise TheirMistake(400, "Unbalanced quotes or brackets")
    elements.append(value[start:].strip(" \t"))
    return elements


def parse_uri(text: str) -> URI:
    """Read a SIP, SIPS or TEL URI.

    Raises TheirMistake(416) for any other scheme and TheirMistake(400) for a URI that breaks the grammar.
    """
    scheme = text.partition(":")[0].lower()
    if scheme not in ("sip", "sips", "tel"):
        if _ABSOLUTE_URI.fullmatch(text):
            raise TheirMistake(416, "Unsupported URI Scheme")
        raise TheirMistake(400, "Malformed URI")
    if not text.isascii():
        raise TheirMistake(400, "Malformed URI")
    try:
        uri = URI.parse(scheme + text[len(scheme) :])
    except (ValueError, TypeError):
        # TypeError: sipmessage passes parameters as keywords and stumbles over one that is called `self`.
        raise TheirMistake(400, "Malformed URI") from None
    if uri.port is not None and not 0 < uri.port < 65536:
        raise TheirMistake(400, "Port out of range")
    return uri


def telephone(uri: URI) -> str | None:
    """Return the E.164 number of a URI as `+digits`, or None if it does not name one."""
    number = uri.user if uri.scheme == "tel" else (uri.user or "").partition(";")[0]
    number = re.sub(r"[-.()]", "", number or "")
    return number if re.fullmatch(r"\+[0-9]{3,15}", number) else None


def address_of_record(uri: URI) -> str:
    """Return the key of a URI in a location service: no port, no parameters, host in lower case (§10.3)."""
    if uri.scheme == "tel":
        return f"tel:{uri.user}"
    return f"{uri.scheme}:{uri.user + '@' if uri.user else ''}{uri.host.lower()}"


def parse_parameters(text: str) -> Mapping[str, str | None]:
    """Read `;name=value;flag` to the end of the text: names in lower case, quotes taken off.

    Raises TheirMistake(400), also for a name given twice.
    """
    if not text.strip(" \t"):
        return NO_PARAMETERS
    parameters: dict[str, str | None] = {}
    position = 0
    while position < len(text):
        match = _PARAMETER.match(text, position)
        if match is None:
            raise TheirMistake(400, "Malformed parameters")
        name, value = match.group(1).lower(), match.group(2)
        if name in parameters:
            raise TheirMistake(400, "Parameter given twice")
        if value is not None and value.startswith('"'):
            value = _UNESCAPE.sub(r"\1", value[1:-1])
        parameters[name] = value
        position = match.end()
    return MappingProxyType(parameters)


@dataclass(frozen=True)
class Address:
    """A From, To, Contact, Route or Record-Route element: display name, URI as written, header parameters."""

    text: str
    """The URI exactly as it was written, without angle brackets."""
    display: str = ""
    parameters: Mapping[str, str | None] = field(default_factory=lambda: NO_PARAMETERS, hash=False)

    @classmethod
    def parse(cls, value: str) -> Address:
        """Read one element (RFC 3261 §20.10). Raises TheirMistake(400)."""
        match = _NAME_ADDR.match(value)
        if match is not None:
            display, text = match.group(1).strip(" \t"), match.group(2)
            if display.startswith('"'):
                display = _UNESCAPE.sub(r"\1", display[1:-1])
        else:
            # Without brackets, `;` belongs to the header, and `?` and `,` are forbidden.
            match = _ADDR_SPEC.match(value)
            if match is None:
                raise TheirMistake(400, "Malformed address")
            display, text = "", match.group(1)
        if len(text) > _LONGEST_URI or not _ABSOLUTE_URI.fullmatch(text):
            raise TheirMistake(400, "Malformed URI")
        address = cls(text, display, parse_parameters(value[match.end() :]))
        if text.partition(":")[0].lower() in ("sip", "sips", "tel"):
            _ = address.uri
        return address

    @cached_property
    def target(self) -> str:
        """The URI as it may stand in a start line: without headers (`?Route=…`), which we never follow."""
        question_mark = self.text.find("?", self.text.rfind("@") + 1)
        return self.text if question_mark < 0 else self.text[:question_mark]

    @cached_property
    def uri(self) -> URI:
        """The URI, read, without headers. Raises TheirMistake(416) if its scheme is not sip, sips or tel."""
        return parse_uri(self.target)

    @property
    def tag(self) -> str | None:
        """The tag of a From or To."""
        return self.parameters.get("tag")


@dataclass(frozen=True)
class Via:
    """One Via element: where the response goes and which transaction it belongs to (RFC 3261 §20.42)."""

    transport: str
    host: str
    port: int | None
    parameters: Mapping[str, str | None] = field(default_factory=lambda: NO_PARAMETERS, hash=False)

    @classmethod
    def parse(cls, value: str) -> Via:
        """Read one element. Raises TheirMistake(400)."""
        match = _VIA.match(value)
        if match is None:
            raise TheirMistake(400, "Malformed Via")
        port = int(match.group(3)) if match.group(3) else None
        if port is not None and not 0 < port < 65536:
            raise TheirMistake(400, "Port out of range")
        return cls(match.group(1).upper(), match.group(2), port, parse_parameters(value[match.end() :]))

    @property
    def branch(self) -> str:
        """The branch parameter, or the empty string."""
        return self.parameters.get("branch") or ""

    @property
    def sent_by(self) -> str:
        """host[:port] in lower case, as it takes part in transaction matching (RFC 3261 §17.2.3)."""
        return self.host.lower() + (f":{self.port}" if self.port else "")


def parse_cseq(value: str) -> CSeq:
    """Read a CSeq. Raises TheirMistake(400), also for a number not below 2**31 (RFC 3261 §8.1.1.5)."""
    match = re.fullmatch(rf"([0-9]{{1,20}})[ \t]+({_TOKEN})", value.strip(" \t"))
    if match is None or int(match.group(1)) > MAX_CSEQ:
        raise TheirMistake(400, "Malformed CSeq")
    return CSeq(int(match.group(1)), match.group(2))
