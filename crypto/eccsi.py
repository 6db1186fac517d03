"""ECCSI on P-256 with SHA-256 (RFC 6507): signatures by whoever owns an identifier.

Integers are 32 octets big-endian, points 65 octets `04‖x‖y`, signatures 129 octets `r‖s‖PVT`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

from ._core import Output, check, ffi, is_octets, lib, view
from .errors import InvalidKey, SignatureRejected

SCALAR_OCTETS: Final = 32
POINT_OCTETS: Final = 65
COMPRESSED_OCTETS: Final = 33
SIGNATURE_OCTETS: Final = 129
MAX_IDENTIFIER_OCTETS: Final = 1024

SIGNERS_KEPT: Final = 64

_HASH_OCTETS: Final = 32
_PVT_START: Final = 64
_REJECTED: Final = "the signature did not verify"


def generate_ksak() -> bytes:
    """Draw a new KMS Secret Authentication Key, 32 octets, uniform in 1..q−1 (RFC 6507 §4.2)."""
    output = Output(SCALAR_OCTETS)
    check(lib.eccsi_generate_ksak(output.view, SCALAR_OCTETS), InvalidKey("no KSAK was drawn"))
    return output.take()


def kms_public_key(ksak: bytes) -> bytes:
    """Compute KPAK = [KSAK]G, 65 octets (RFC 6507 §4.2). Raises InvalidKey unless KSAK is in 1..q−1."""
    _require_ksak(ksak)
    output = Output(POINT_OCTETS)
    status = lib.eccsi_kms_public_key(output.view, POINT_OCTETS, view(ksak), SCALAR_OCTETS)
    check(status, InvalidKey("a KSAK must lie in 1..q−1"))
    return output.take()


def extract_ssk(ksak: bytes, identifier: bytes, *, v: bytes | None = None) -> tuple[bytes, bytes]:
    """Make a signing key: SSK, 32 octets, and its Public Validation Token, 65 octets (RFC 6507 §5.1.1).

    `v` is drawn at random; give one (32 octets) only to recompute a vector. Raises InvalidKey for a KSAK out
    of range, or a `v` that makes no key.
    """
    _require_ksak(ksak)
    _require_identifier(identifier)
    if v is not None and not is_octets(v, SCALAR_OCTETS):
        raise InvalidKey(f"v is {SCALAR_OCTETS} octets")
    ssk, pvt = Output(SCALAR_OCTETS), Output(POINT_OCTETS)
    status = lib.eccsi_extract_ssk(
        ssk.view,
        SCALAR_OCTETS,
        pvt.view,
        POINT_OCTETS,
        view(ksak),
        SCALAR_OCTETS,
        view(identifier),
        len(identifier),
        ffi.NULL if v is None else view(v),
        0 if v is None else SCALAR_OCTETS,
    )
    check(status, InvalidKey("KSAK and v must lie in 1..q−1 and make a key that is not zero"))
    return ssk.take(), pvt.take()


def validate_ssk(ssk: bytes, pvt: bytes, *, identifier: bytes, kpak: bytes) -> None:
    """Check that SSK and PVT belong to this identifier and KMS (RFC 6507 §5.1.2). Raises InvalidKey."""
    _require_identifier(identifier)
    _require_signing_key(ssk, pvt, kpak)
    status = lib.eccsi_validate_ssk(
        view(ssk),
        SCALAR_OCTETS,
        view(pvt),
        POINT_OCTETS,
        view(identifier),
        len(identifier),
        view(kpak),
        POINT_OCTETS,
    )
    check(status, InvalidKey("this SSK and PVT do not fit the identifier and the KMS"))


def sign(message: bytes, *, ssk: bytes, pvt: bytes, identifier: bytes, kpak: bytes) -> bytes:
    """Sign a message of any length: 129 octets `r‖s‖PVT` (RFC 6507 §5.2.1).

    Raises InvalidKey for an SSK out of range or a PVT or KPAK off the curve. Signatures are malleable
    (s and q−s both verify, §5.2.1): never use one as the key of a replay cache.
    """
    _require_identifier(identifier)
    _require_signing_key(ssk, pvt, kpak)
    _require_message(message)
    output = Output(SIGNATURE_OCTETS)
    status = lib.eccsi_sign(
        output.view,
        SIGNATURE_OCTETS,
        view(message),
        len(message),
        view(ssk),
        SCALAR_OCTETS,
        view(pvt),
        POINT_OCTETS,
        view(identifier),
        len(identifier),
        view(kpak),
        POINT_OCTETS,
    )
    check(status, InvalidKey("SSK must lie in 1..q−1, PVT and KPAK on P-256"))
    return output.take()


def verify(signature: bytes, message: bytes, *, identifier: bytes, kpak: bytes) -> None:
    """Check a signature of 129 octets (RFC 6507 §5.2.2).

    A signer met before costs a quarter less. Raises SignatureRejected for every fault of the signature,
    InvalidKey for a KPAK that is no point.
    """
    _require_identifier(identifier)
    _require_kpak(kpak)
    _require_message(message)
    if not is_octets(signature, SIGNATURE_OCTETS):
        raise SignatureRejected(_REJECTED)
    signer = _Signer(bytes(identifier), bytes(signature[_PVT_START:]), bytes(kpak))
    known = _signers.get(signer)
    if known is not None:
        hs, y = known
        status = lib.eccsi_verify_signer(
            view(signature),
            SIGNATURE_OCTETS,
            view(message),
            len(message),
            view(hs),
            len(hs),
            view(y),
            len(y),
        )
    else:
        status = lib.eccsi_verify(
            view(signature),
            SIGNATURE_OCTETS,
            view(message),
            len(message),
            view(identifier),
            len(identifier),
            view(kpak),
            POINT_OCTETS,
        )
        if status == lib.STATUS_INVALID_KEY:
            raise InvalidKey("this KPAK is not a point of P-256")
    check(status, SignatureRejected(_REJECTED))
    _signers.verified(signer)


class _Signer(NamedTuple):
    """Who signed: several devices of one identifier have each a PVT of their own (RFC 6509 §2.3)."""

    identifier: bytes
    pvt: bytes
    kpak: bytes


class _Signers:
    """HS and Y = [HS]PVT + KPAK of those who call again; the least recent leaves first.

    Only a signature that verified brings anybody in, so that nobody else can push our callers out.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # None: met once.
        self._kept: OrderedDict[_Signer, tuple[bytes, bytes] | None] = OrderedDict()

    def get(self, signer: _Signer) -> tuple[bytes, bytes] | None:
        with self._lock:
            return self._kept.get(signer)

    def verified(self, signer: _Signer) -> None:
        """Note that a signature of theirs verified; the second time, compute what they have in common."""
        with self._lock:
            again = signer in self._kept
            computed = self._kept.setdefault(signer, None) is not None
            self._kept.move_to_end(signer)
            if len(self._kept) > SIGNERS_KEPT:
                self._kept.popitem(last=False)
        if not again or computed:
            return
        hs, y = Output(_HASH_OCTETS), Output(POINT_OCTETS)
        status = lib.eccsi_signer_load(
            hs.view,
            _HASH_OCTETS,
            y.view,
            POINT_OCTETS,
            view(signer.pvt),
            POINT_OCTETS,
            view(signer.identifier),
            len(signer.identifier),
            view(signer.kpak),
            POINT_OCTETS,
        )
        check(status, SignatureRejected(_REJECTED))
        with self._lock:
            if signer in self._kept:
                self._kept[signer] = hs.take(), y.take()


_signers: Final = _Signers()


def compress_point(point: bytes) -> bytes:
    """Shorten a point `04‖x‖y` (65 octets) to `02|03‖x` (33). Raises InvalidKey if it is not on P-256."""
    if not is_octets(point, POINT_OCTETS):
        raise InvalidKey(f"a point of P-256 is {POINT_OCTETS} octets 04‖x‖y")
    output = Output(COMPRESSED_OCTETS)
    status = lib.eccsi_compress_point(output.view, COMPRESSED_OCTETS, view(point), POINT_OCTETS)
    check(status, InvalidKey("this point is not on P-256"))
    return output.take()


def decompress_point(octets: bytes) -> bytes:
    """Restore a point from `02|03‖x` (33 octets) to `04‖x‖y` (65). Raises InvalidKey if there is none."""
    if not is_octets(octets, COMPRESSED_OCTETS):
        raise InvalidKey(f"a compressed point of P-256 is {COMPRESSED_OCTETS} octets")
    output = Output(POINT_OCTETS)
    status = lib.eccsi_decompress_point(output.view, POINT_OCTETS, view(octets), COMPRESSED_OCTETS)
    check(status, InvalidKey("no point of P-256 has these octets"))
    return output.take()


def _require_ksak(ksak: bytes) -> None:
    if not is_octets(ksak, SCALAR_OCTETS):
        raise InvalidKey(f"a KSAK is {SCALAR_OCTETS} octets")


def _require_kpak(kpak: bytes) -> None:
    if not is_octets(kpak, POINT_OCTETS):
        raise InvalidKey(f"a KPAK is {POINT_OCTETS} octets 04‖x‖y")


def _require_signing_key(ssk: bytes, pvt: bytes, kpak: bytes) -> None:
    _require_kpak(kpak)
    if not is_octets(ssk, SCALAR_OCTETS):
        raise InvalidKey(f"an SSK is {SCALAR_OCTETS} octets")
    if not is_octets(pvt, POINT_OCTETS):
        raise InvalidKey(f"a PVT is {POINT_OCTETS} octets 04‖x‖y")


def _require_identifier(identifier: bytes) -> None:
    if not isinstance(identifier, (bytes, bytearray)) or not 1 <= len(identifier) <= MAX_IDENTIFIER_OCTETS:
        raise ValueError(f"an identifier is 1 to {MAX_IDENTIFIER_OCTETS} octets")


def _require_message(message: bytes) -> None:
    if not isinstance(message, (bytes, bytearray)):
        raise ValueError("a message to sign or verify is bytes")
