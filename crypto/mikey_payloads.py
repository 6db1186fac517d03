"""The payloads of a MIKEY-SAKKE I_MESSAGE, octet by octet (RFC 3830 §6, RFC 6043 §6, RFC 6509 §4).

Each payload encodes itself without the number of the payload after it, which stands first on the wire. All
that was read is kept, so that a message we can read encodes to the very octets it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import ClassVar

from crypto.errors import MalformedMessage

SIGN_PAYLOAD = 4
SED_OCTETS = 273
SIGNATURE_OCTETS = 129
SAKKE_PARAMETER_SET_1 = 1
ECCSI_SIGNATURE = 2
SRTP = 0
"""Prot type of SP and GENERIC-ID (RFC 3830 §6.10)."""
ID_OCTETS = 512
"""The longest identity we read."""
RAND_MINIMUM = 16

_NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
_ERA_SECONDS = 1 << 32


class Reader:
    """Octets taken from the front; raises MalformedMessage when there are not enough."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    def take(self, count: int) -> bytes:
        taken = self._octets[self._at : self._at + count]
        if len(taken) != count:
            raise MalformedMessage("the message ends in the middle of a field")
        self._at += count
        return taken

    def number(self, octets: int) -> int:
        return int.from_bytes(self.take(octets), "big")

    @property
    def exhausted(self) -> bool:
        return self._at == len(self._octets)


class IDRole(IntEnum):
    """Whose identity an IDR payload carries (RFC 6043 §6.6; 8 and 9: 3GPP TS 33.180 E.7)."""

    INITIATOR = 1
    RESPONDER = 2
    KMS = 3
    PSK = 4
    APPLICATION = 5
    INITIATOR_KMS = 6
    RESPONDER_KMS = 7
    INITIATOR_UID = 8
    RESPONDER_UID = 9


class IDType(IntEnum):
    """How an identity is written (RFC 3830 §6.7, RFC 6043 §6.6)."""

    NAI = 0
    URI = 1
    OCTETS = 2


class IDScheme(IntEnum):
    """What the SAKKE identifier is made of (RFC 6509 §4.2): number and month, or the 3GPP hashed UID."""

    MONTHLY_TEL = 1
    HASHED_UID = 2


class TimestampType(IntEnum):
    """RFC 3830 §6.6. COUNTER is not read: it names no month."""

    NTP_UTC = 0
    NTP = 1


class MapType(IntEnum):
    """CS ID map types: SRTP-ID (RFC 3830 §6.1.1), empty (RFC 4563 §3), GENERIC-ID (RFC 6043 §6.1.1)."""

    SRTP_ID = 0
    EMPTY = 1
    GENERIC_ID = 2


@dataclass(frozen=True, slots=True)
class SRTPSession:
    """One entry of the SRTP-ID map: its policy, the sending SSRC (0: not known yet) and its rollover."""

    policy: int
    ssrc: int
    roc: int

    def encode(self) -> bytes:
        return self.policy.to_bytes(1, "big") + self.ssrc.to_bytes(4, "big") + self.roc.to_bytes(4, "big")

    @classmethod
    def read(cls, reader: Reader) -> SRTPSession:
        return cls(policy=reader.number(1), ssrc=reader.number(4), roc=reader.number(4))


@dataclass(frozen=True, slots=True)
class GenericSession:
    """One entry of the GENERIC-ID map."""

    cs_id: int
    protocol: int
    flag: bool
    """S: for SRTP, whether ROC and SEQ are part of the session data."""
    policies: bytes
    data: bytes
    spi: bytes

    def encode(self) -> bytes:
        return (
            bytes([self.cs_id, self.protocol, self.flag << 7 | len(self.policies)])
            + self.policies
            + len(self.data).to_bytes(2, "big")
            + self.data
            + len(self.spi).to_bytes(1, "big")
            + self.spi
        )

    @classmethod
    def read(cls, reader: Reader) -> GenericSession:
        cs_id, protocol, flag_and_count = reader.take(3)
        return cls(
            cs_id=cs_id,
            protocol=protocol,
            flag=bool(flag_and_count >> 7),
            policies=reader.take(flag_and_count & 0x7F),
            data=reader.take(reader.number(2)),
            spi=reader.take(reader.number(1)),
        )


CryptoSession = SRTPSession | GenericSession


@dataclass(frozen=True, slots=True)
class Timestamp:
    """T: when the message was made, as a 64-bit NTP timestamp."""

    NUMBER: ClassVar[int] = 5

    kind: TimestampType
    value: bytes
    """8 octets: seconds since 1900 modulo 2^32, then the fraction."""

    @classmethod
    def at(cls, when: datetime) -> Timestamp:
        """T of type NTP-UTC, to the microsecond. Raises ValueError for a naive datetime."""
        if when.tzinfo is None or when.utcoffset() is None:
            raise ValueError("a timestamp needs a time zone")
        since = when - _NTP_EPOCH
        seconds = since.days * 86400 + since.seconds
        fraction = -(-since.microseconds * _ERA_SECONDS // 1_000_000)
        octets = (seconds % _ERA_SECONDS).to_bytes(4, "big") + fraction.to_bytes(4, "big")
        return cls(TimestampType.NTP_UTC, octets)

    @property
    def when(self) -> datetime:
        """The moment in UTC. The era ends in 2036; seconds with a clear top bit belong to the next one."""
        seconds = int.from_bytes(self.value[:4], "big")
        if not seconds >> 31:
            seconds += _ERA_SECONDS
        microseconds = (int.from_bytes(self.value[4:], "big") * 1_000_000) // _ERA_SECONDS
        return _NTP_EPOCH + timedelta(seconds=seconds, microseconds=microseconds)

    def encode(self) -> bytes:
        return self.kind.to_bytes(1, "big") + self.value

    @classmethod
    def read(cls, reader: Reader) -> Timestamp:
        return cls(TimestampType(reader.number(1)), reader.take(8))


@dataclass(frozen=True, slots=True)
class Rand:
    """RAND: fresh octets that make the session keys of this message its own; at least 16."""

    NUMBER: ClassVar[int] = 11

    rand: bytes

    def encode(self) -> bytes:
        return len(self.rand).to_bytes(1, "big") + self.rand

    @classmethod
    def read(cls, reader: Reader) -> Rand:
        rand = reader.take(reader.number(1))
        if len(rand) < RAND_MINIMUM:
            raise MalformedMessage("RAND is shorter than 16 octets")
        return cls(rand)


@dataclass(frozen=True, slots=True)
class Identity:
    """IDR: an identity and its role."""

    NUMBER: ClassVar[int] = 14

    role: IDRole
    kind: IDType
    identity: bytes

    def encode(self) -> bytes:
        return bytes([self.role, self.kind]) + len(self.identity).to_bytes(2, "big") + self.identity

    @classmethod
    def read(cls, reader: Reader) -> Identity:
        role, kind = IDRole(reader.number(1)), IDType(reader.number(1))
        length = reader.number(2)
        if not 1 <= length <= ID_OCTETS:
            raise MalformedMessage("an identity is empty or too long")
        return cls(role, kind, reader.take(length))


@dataclass(frozen=True, slots=True)
class SecurityPolicy:
    """SP: parameters of a security protocol, in the order they came (RFC 3830 §6.10)."""

    NUMBER: ClassVar[int] = 10

    policy: int
    protocol: int
    parameters: tuple[tuple[int, bytes], ...]

    def encode(self) -> bytes:
        body = b"".join(bytes([kind, len(value)]) + value for kind, value in self.parameters)
        return bytes([self.policy, self.protocol]) + len(body).to_bytes(2, "big") + body

    @classmethod
    def read(cls, reader: Reader) -> SecurityPolicy:
        policy, protocol = reader.take(2)
        body = Reader(reader.take(reader.number(2)))
        parameters = []
        while not body.exhausted:
            parameters.append((body.number(1), body.take(body.number(1))))
        return cls(policy, protocol, tuple(parameters))


@dataclass(frozen=True, slots=True)
class GeneralExtension:
    """General Extension: kept and ignored (RFC 3830 §6.15)."""

    NUMBER: ClassVar[int] = 21

    kind: int
    data: bytes

    def encode(self) -> bytes:
        return self.kind.to_bytes(1, "big") + len(self.data).to_bytes(2, "big") + self.data

    @classmethod
    def read(cls, reader: Reader) -> GeneralExtension:
        return cls(kind=reader.number(1), data=reader.take(reader.number(2)))


@dataclass(frozen=True, slots=True)
class Encapsulation:
    """SAKKE: 273 octets of Encapsulated Data under parameter set 1 (RFC 6509 §4.2)."""

    NUMBER: ClassVar[int] = 26

    scheme: IDScheme
    data: bytes

    def encode(self) -> bytes:
        return bytes([SAKKE_PARAMETER_SET_1, self.scheme]) + len(self.data).to_bytes(2, "big") + self.data

    @classmethod
    def read(cls, reader: Reader) -> Encapsulation:
        parameters, scheme, length = reader.number(1), IDScheme(reader.number(1)), reader.number(2)
        if parameters != SAKKE_PARAMETER_SET_1 or length != SED_OCTETS:
            raise MalformedMessage("SAKKE is not 273 octets of parameter set 1")
        return cls(scheme, reader.take(SED_OCTETS))


Payload = Timestamp | Rand | Identity | SecurityPolicy | GeneralExtension | Encapsulation

PAYLOADS: dict[int, type[Payload]] = {
    kind.NUMBER: kind for kind in (Timestamp, Rand, Identity, SecurityPolicy, GeneralExtension, Encapsulation)
}
