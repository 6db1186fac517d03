"""The I_MESSAGE as octets: read, bounded, and written back unchanged (RFC 3830 §5.1 and §6, RFC 6509 §4)."""

from __future__ import annotations

from dataclasses import dataclass

from crypto.errors import MalformedMessage
from crypto.mikey_payloads import (
    ECCSI_SIGNATURE,
    PAYLOADS,
    SIGN_PAYLOAD,
    SIGNATURE_OCTETS,
    CryptoSession,
    Encapsulation,
    GenericSession,
    Identity,
    IDRole,
    MapType,
    Payload,
    Rand,
    Reader,
    SecurityPolicy,
    SRTPSession,
    Timestamp,
)

VERSION = 1
SAKKE_INITIATION = 26
"""Data type of the common header."""
PRF_HMAC_SHA_256 = 1
MESSAGE_OCTETS = 4096
PAYLOAD_COUNT = 32


@dataclass(frozen=True, slots=True)
class IMessage:
    """An I_MESSAGE as it was read or is to be sent; the payloads in their order, SIGN last."""

    csb_id: int
    map_type: MapType
    sessions: tuple[CryptoSession, ...]
    payloads: tuple[Payload, ...]
    signature: bytes
    """129 octets over everything before them (RFC 3830 §5.2)."""
    prf: int = PRF_HMAC_SHA_256
    verification_wanted: bool = False

    def encode(self) -> bytes:
        """Return the octets of the message."""
        return self.signed_part() + self.signature

    def signed_part(self) -> bytes:
        """Return everything that the signature covers: all octets but the signature's own."""
        following = [payload.NUMBER for payload in self.payloads] + [SIGN_PAYLOAD]
        header = bytes([VERSION, SAKKE_INITIATION, following[0], self.verification_wanted << 7 | self.prf])
        header += self.csb_id.to_bytes(4, "big") + bytes([len(self.sessions), self.map_type])
        header += b"".join(session.encode() for session in self.sessions)
        body = b"".join(
            after.to_bytes(1, "big") + payload.encode()
            for payload, after in zip(self.payloads, following[1:], strict=True)
        )
        return header + body + (ECCSI_SIGNATURE << 12 | SIGNATURE_OCTETS).to_bytes(2, "big")

    @property
    def timestamp(self) -> Timestamp:
        """T: exactly one in every message that `parse` returns; so too the next two."""
        return next(payload for payload in self.payloads if isinstance(payload, Timestamp))

    @property
    def rand(self) -> bytes:
        return next(payload.rand for payload in self.payloads if isinstance(payload, Rand))

    @property
    def encapsulation(self) -> Encapsulation:
        return next(payload for payload in self.payloads if isinstance(payload, Encapsulation))

    def identity(self, role: IDRole) -> Identity | None:
        """Return the identity in this role, if there is one."""
        identities = (payload for payload in self.payloads if isinstance(payload, Identity))
        return next((payload for payload in identities if payload.role == role), None)

    @property
    def policies(self) -> tuple[SecurityPolicy, ...]:
        """Return the SP payloads."""
        return tuple(payload for payload in self.payloads if isinstance(payload, SecurityPolicy))


def parse(octets: bytes) -> IMessage:
    """Read one I_MESSAGE; its `encode` gives back the same octets.

    Raises MalformedMessage for all that is not exactly one message of at most 4096 octets and 32 payloads,
    with one T, one RAND, one SAKKE, at most one identity in each role, and an ECCSI signature at its end.
    """
    if len(octets) > MESSAGE_OCTETS:
        raise MalformedMessage("the message is too long")
    try:
        return _read(Reader(octets))
    except ValueError as error:  # a number outside one of the enumerations
        raise MalformedMessage("the message has a field that we do not know") from error


def _read(reader: Reader) -> IMessage:
    version, data_type, following, v_and_prf = reader.take(4)
    if version != VERSION or data_type != SAKKE_INITIATION:
        raise MalformedMessage("the message is not a MIKEY-SAKKE I_MESSAGE")
    csb_id, count, map_type = reader.number(4), reader.number(1), MapType(reader.number(1))
    sessions: list[CryptoSession] = []
    if map_type is MapType.EMPTY and count:
        raise MalformedMessage("an empty map has no crypto sessions")
    for _ in range(count):
        sessions.append((SRTPSession if map_type is MapType.SRTP_ID else GenericSession).read(reader))
    payloads: list[Payload] = []
    while following != SIGN_PAYLOAD:
        if following not in PAYLOADS or len(payloads) == PAYLOAD_COUNT:
            raise MalformedMessage("the message has a payload that we do not know, or too many")
        kind, following = PAYLOADS[following], reader.number(1)
        payloads.append(kind.read(reader))
    if reader.number(2) != ECCSI_SIGNATURE << 12 | SIGNATURE_OCTETS:
        raise MalformedMessage("the signature is not an ECCSI signature")
    signature = reader.take(SIGNATURE_OCTETS)
    if not reader.exhausted:
        raise MalformedMessage("something follows the signature")
    _check_payloads(payloads)
    return IMessage(
        csb_id=csb_id,
        map_type=map_type,
        sessions=tuple(sessions),
        payloads=tuple(payloads),
        signature=signature,
        prf=v_and_prf & 0x7F,
        verification_wanted=bool(v_and_prf >> 7),
    )


def _check_payloads(payloads: list[Payload]) -> None:
    for kind in (Timestamp, Rand, Encapsulation):
        if sum(isinstance(payload, kind) for payload in payloads) != 1:
            raise MalformedMessage(f"the message has no {kind.__name__} payload, or more than one")
    roles = [payload.role for payload in payloads if isinstance(payload, Identity)]
    if len(roles) != len(set(roles)):
        raise MalformedMessage("the message has two identities in one role")
