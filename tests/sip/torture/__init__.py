"""The torture messages of RFC 4475, octet for octet, for whoever wants to send them somewhere."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Torture:
    """One message. `group` is 'valid', 'invalid' or 'other'."""

    name: str
    section: str
    group: str
    digest: str
    octets: bytes

    @property
    def is_the_rfcs(self) -> bool:
        """True if the octets are those in the public copy of the RFC's archive."""
        return hashlib.sha256(self.octets).hexdigest() == self.digest


def _octets(text: bytes) -> bytes:
    """Undo the notation of RFC 4475 §2."""
    joined = re.sub(
        rb"<allOneLine>\n(.*?)\n</allOneLine>",
        lambda match: match[1].replace(b"\n", b""),
        text,
        flags=re.DOTALL,
    )
    lines = joined.replace(b"\n", b"\r\n")
    repeated = re.sub(
        rb"<repeat count=([0-9]+)>(.*?)</repeat>", lambda match: match[2] * int(match[1]), lines
    )
    return re.sub(rb"<hex>(.*?)</hex>", lambda match: bytes.fromhex(match[1].decode()), repeated)


def _read() -> dict[str, Torture]:
    text = (Path(__file__).parent / "rfc4475.txt").read_bytes()
    parts = (part.partition(b"\n") for part in re.split(rb"(?m)^==== ", text)[1:])
    messages = (Torture(*head.decode().split(), _octets(body)) for head, _, body in parts)
    return {message.name: message for message in messages}


MESSAGES = _read()
