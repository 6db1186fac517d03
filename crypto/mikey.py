"""What an I_MESSAGE is for: initiating and accepting a call (RFC 6509). Octets: `crypto.mikey_message`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from crypto import eccsi, sakke
from crypto.errors import CryptoError, MessageRejected
from crypto.identifier import check_tel, month_of, monthly
from crypto.kdf import RAND_OCTETS, srtp_master
from crypto.kms import KMSCertificate
from crypto.mikey_message import PRF_HMAC_SHA_256, IMessage, parse
from crypto.mikey_payloads import (
    SRTP,
    Encapsulation,
    Identity,
    IDRole,
    IDScheme,
    IDType,
    MapType,
    Payload,
    Rand,
    SecurityPolicy,
    SRTPSession,
    Timestamp,
)
from crypto.replays import ReplayCache
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys

__all__ = [
    "Accepted",
    "Callee",
    "CalleeKMS",
    "Caller",
    "IMessage",
    "Initiated",
    "ReplayCache",
    "accept",
    "initiate",
    "parse",
]

SSV_OCTETS = 16
TIME_WINDOW = timedelta(minutes=5)
"""How far T may be from our clock, either way: the CRS gives both phones the time, and a call is set up in
seconds. The replay cache holds a message for as long as T stays inside."""

CALLER_CS, CALLEE_CS = 1, 2
"""Crypto sessions by who sends in them; a CS ID is the place in the SRTP-ID map."""

# Parameter types of SP for SRTP (RFC 3830 §6.10.1; 20: RFC 7714 §14.4) and the one value of each we speak.
_ENCRYPTION = 0
_AES_GCM = 6
_OFFERED = ((_ENCRYPTION, _AES_GCM), (1, 16), (4, 12), (5, 0), (6, 0), (20, 16))
_ACCEPTED = {**dict(_OFFERED), 7: 1, 8: 1, 10: 1}
"""Also accepted: saying that SRTP and SRTCP encryption and SRTP authentication are on."""


KMSBook = Callable[[str, str, str], KMSCertificate | None]
"""KMS URI, number, month ('YYYY-MM') -> that KMS, if we believe it about that number in that month."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the number and the signing key of the month of the call (RFC 6507)."""

    tel: str
    ssk: Secret
    pvt: bytes
    kms: KMSCertificate


@dataclass(frozen=True, slots=True)
class CalleeKMS:
    """The KMS of whoever is called, its public key loaded."""

    kms_uri: str
    public_key: sakke.KMSPublicKey


@dataclass(frozen=True, slots=True)
class Callee:
    """Who is called: the number, its KMS, and the receiver keys by month (``YYYY-MM``)."""

    tel: str
    kms_uri: str
    receiver_keys: Mapping[str, sakke.ReceiverKey]


@dataclass(frozen=True, slots=True)
class Initiated:
    """A signed I_MESSAGE and the session keys it carries, from the caller's side."""

    octets: bytes
    keys: SRTPKeys


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who verifiably called and when, and the session keys, from the callee's side."""

    caller_tel: str
    caller_kms_uri: str
    when: datetime
    keys: SRTPKeys


def initiate(
    *, caller: Caller, callee_tel: str, callee_kms: CalleeKMS, when: datetime, ssrc: int
) -> Initiated:
    """Make an I_MESSAGE to a number, with fresh session keys (RFC 6509 §2.1).

    `when` decides the month of both identifiers, so the caller's key must be of that month; `ssrc` is the one
    the caller will send with, 32 bits. Raises ValueError for a number not in global form, a naive `when` or
    an impossible SSRC.
    """
    return _initiate(caller, callee_tel, callee_kms, when, ssrc, secrets.token_bytes)


def _initiate(
    caller: Caller,
    callee_tel: str,
    callee_kms: CalleeKMS,
    when: datetime,
    ssrc: int,
    entropy: Callable[[int], bytes],
) -> Initiated:
    if not 0 <= ssrc < 1 << 32:
        raise ValueError("an SSRC has 32 bits")
    caller_identifier, callee_identifier = monthly(caller.tel, when), monthly(callee_tel, when)
    csb_id, rand = int.from_bytes(entropy(4), "big"), entropy(RAND_OCTETS)
    with Secret(entropy(SSV_OCTETS)) as ssv:
        sed = callee_kms.public_key.encapsulate(ssv.expose(), callee_identifier)
        keys = _session_keys(ssv, csb_id, rand, send=CALLER_CS, receive=CALLEE_CS)
    payloads: tuple[Payload, ...] = (
        Timestamp.at(when),
        Rand(rand),
        _uri(IDRole.INITIATOR, f"tel:{caller.tel}"),
        _uri(IDRole.RESPONDER, f"tel:{callee_tel}"),
        _uri(IDRole.INITIATOR_KMS, caller.kms.kms_uri),
        _uri(IDRole.RESPONDER_KMS, callee_kms.kms_uri),
        SecurityPolicy(0, SRTP, tuple((kind, value.to_bytes(1, "big")) for kind, value in _OFFERED)),
        Encapsulation(IDScheme.MONTHLY_TEL, sed),
    )
    sessions = (SRTPSession(policy=0, ssrc=ssrc, roc=0), SRTPSession(policy=0, ssrc=0, roc=0))
    unsigned = IMessage(csb_id, MapType.SRTP_ID, sessions, payloads, signature=b"").signed_part()
    signature = eccsi.sign(
        unsigned,
        ssk=caller.ssk.expose(),
        pvt=caller.pvt,
        identifier=caller_identifier,
        kpak=caller.kms.eccsi_public_key,
    )
    return Initiated(octets=unsigned + signature, keys=keys)


def accept(
    octets: bytes,
    *,
    callee: Callee,
    kms: KMSBook,
    now: datetime,
    replays: ReplayCache,
    revoked: Mapping[str, Container[bytes]] = MappingProxyType({}),
) -> Accepted:
    """Verify an I_MESSAGE to us and open it: the signature first, then the pairing (RFC 6509 §2.2).

    `kms` says whom we trust with which number; `revoked` holds SHA-256 hashes of revoked PVTs by the KMS that
    made them, for none revokes keys of another. `now` has a time zone. A message whose signature verified is
    entered in `replays`, opened or not, so that repeating it costs us no second pairing. Raises
    MessageRejected, always with the same words, for a message that is malformed, not for us, stale, repeated,
    of a KMS that is unknown or has no say about the number, wrongly signed, of a revoked signer, or that does
    not open.
    """
    try:
        return _accept(octets, callee, kms, now, replays, revoked)
    except (CryptoError, _Refusal):
        raise MessageRejected("the I_MESSAGE was refused") from None


class _Refusal(Exception):
    """One of our own checks failed; which one stays inside."""


def _accept(
    octets: bytes,
    callee: Callee,
    kms: KMSBook,
    now: datetime,
    replays: ReplayCache,
    revoked: Mapping[str, Container[bytes]],
) -> Accepted:
    message = parse(octets)
    _check_profile(message)
    _require(_tel(message, IDRole.RESPONDER) == callee.tel)
    _require(_text(message, IDRole.RESPONDER_KMS) == callee.kms_uri)
    caller_tel, caller_kms_uri = _tel(message, IDRole.INITIATOR), _text(message, IDRole.INITIATOR_KMS)
    when = message.timestamp.when
    caller_kms = kms(caller_kms_uri, caller_tel, month_of(when))
    if caller_kms is None:
        raise _Refusal
    _require(abs(now - when) <= TIME_WINDOW)
    _require(month_of(when) in callee.receiver_keys)
    initiator = f"{caller_tel} {caller_kms_uri}".encode()
    _require(not replays.knows(initiator, message.rand))
    eccsi.verify(
        message.signature,
        message.signed_part(),
        identifier=monthly(caller_tel, when),
        kpak=caller_kms.eccsi_public_key,
    )
    pvt_hash = hashlib.sha256(message.signature[64:]).digest()
    _require(pvt_hash not in revoked.get(caller_kms_uri, ()))
    _require(replays.record(initiator, message.rand, until=when + TIME_WINDOW, now=now))
    with Secret(callee.receiver_keys[month_of(when)].decapsulate(message.encapsulation.data)) as ssv:
        keys = _session_keys(ssv, message.csb_id, message.rand, send=CALLEE_CS, receive=CALLER_CS)
    return Accepted(caller_tel, caller_kms_uri, when, keys)


def _check_profile(message: IMessage) -> None:
    """Our one profile: PRF-HMAC-SHA-256, number and month, two SRTP sessions under AEAD_AES_128_GCM."""
    _require(message.prf == PRF_HMAC_SHA_256)
    _require(message.encapsulation.scheme is IDScheme.MONTHLY_TEL)
    _require(message.map_type is MapType.SRTP_ID and len(message.sessions) == CALLEE_CS)
    _require(len(message.policies) <= 1)
    for policy in message.policies:  # none: the default profile, which is the same (3GPP TS 33.180 E.3)
        parameters = {kind: int.from_bytes(value, "big") for kind, value in policy.parameters}
        _require(len(parameters) == len(policy.parameters))
        _require(policy.protocol == SRTP and parameters.get(_ENCRYPTION) == _AES_GCM)
        _require(all(_ACCEPTED.get(kind) == value for kind, value in parameters.items()))
        _require(all(isinstance(s, SRTPSession) and s.policy == policy.policy for s in message.sessions))


def _tel(message: IMessage, role: IDRole) -> str:
    scheme, _, tel = _text(message, role).partition(":")
    _require(scheme == "tel")
    try:
        return check_tel(tel)
    except ValueError:
        raise _Refusal from None


def _text(message: IMessage, role: IDRole) -> str:
    identity = message.identity(role)
    if identity is None or identity.kind is not IDType.URI:
        raise _Refusal
    try:
        return identity.identity.decode("ascii")
    except UnicodeDecodeError:
        raise _Refusal from None


def _require(condition: bool) -> None:
    if not condition:
        raise _Refusal


def _uri(role: IDRole, uri: str) -> Identity:
    return Identity(role, IDType.URI, uri.encode("ascii"))


def _session_keys(tgk: Secret, csb_id: int, rand: bytes, *, send: int, receive: int) -> SRTPKeys:
    return SRTPKeys(
        send=srtp_master(tgk, cs_id=send, csb_id=csb_id, rand=rand),
        receive=srtp_master(tgk, cs_id=receive, csb_id=csb_id, rand=rand),
    )
