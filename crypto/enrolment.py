"""First contact: a phone with a new card proves to the CRS that it holds the card's signing key.

    version 1 ‖ CBOR { 1 serial, 2 number, 3 when, 4 device nonce } ‖ ECCSI signature (129) by the new
    identity

The nonce (16 octets) is chosen once per enrolment and kept with the stored card. The same nonce again is the
same phone after a power cut, and gets the same answer; another nonce is a second phone with a copy of the
card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from crypto import cbor, eccsi, identifier
from crypto.errors import PackageError, SignatureRejected
from crypto.fields import check_length, check_serial, check_time, tel_from_int, tel_to_int
from crypto.revocation import pvt_hash
from crypto.secret import Secret

VERSION = 1
NONCE_OCTETS = 16
SIGNATURE_OCTETS = 129
MAX_OCTETS = 256
WINDOW_S = 24 * 3600
_LABEL = b"sottovoce first contact\0"
_SERIAL, _TEL, _WHEN, _NONCE = range(1, 5)
_FIELDS = {_SERIAL: int, _TEL: int, _WHEN: int, _NONCE: bytes}
_PVT_AT = 64  # an ECCSI signature is r (32) ‖ s (32) ‖ PVT (65), RFC 6507 §5.2.1


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A first contact that could be read; nothing in it is proven before `verify`. `when`: Unix seconds."""

    serial: int
    tel: str
    when: int
    nonce: bytes
    signature: bytes
    signed_octets: bytes

    @property
    def pvt_hash(self) -> bytes:
        """SHA-256 of the PVT that signed, for comparison with the roster's."""
        return pvt_hash(self.signature[_PVT_AT:])


def build(*, serial: int, tel: str, when: int, nonce: bytes, ssk: Secret, pvt: bytes, kpak: bytes) -> bytes:
    """Return the body of POST /v1/enrol, signed by the identity of `tel` in the month (UTC) of `when`."""
    body = {
        _SERIAL: check_serial(serial),
        _TEL: tel_to_int(tel),
        _WHEN: when,
        _NONCE: check_length("the nonce", nonce, NONCE_OCTETS),
    }
    unsigned = bytes([VERSION]) + cbor.encode(body)
    return unsigned + eccsi.sign(
        _LABEL + unsigned, ssk=ssk.expose(), pvt=pvt, identifier=_identifier(tel, when), kpak=kpak
    )


def parse(octets: bytes) -> EnrolmentRequest:
    """Read a first contact. Raises PackageError E02 for a newer version, E03 for anything malformed."""
    if not 1 + SIGNATURE_OCTETS < len(octets) <= MAX_OCTETS:
        raise cbor.damaged(f"a first contact of {len(octets)} octets")
    if octets[0] != VERSION:
        raise PackageError("E02" if octets[0] > VERSION else "E03", "a first contact of an unknown version")
    unsigned, signature = octets[:-SIGNATURE_OCTETS], octets[-SIGNATURE_OCTETS:]
    values = cbor.fields(cbor.decode(unsigned[1:], max_octets=MAX_OCTETS), _FIELDS)
    return EnrolmentRequest(
        serial=check_serial(values[_SERIAL]),
        tel=tel_from_int(values[_TEL]),
        when=check_time(values[_WHEN]),
        nonce=check_length("the nonce", values[_NONCE], NONCE_OCTETS),
        signature=signature,
        signed_octets=unsigned,
    )


def verify(
    request: EnrolmentRequest, *, kpak: bytes, now: int, card_pvt_hash: bytes, window_s: int = WINDOW_S
) -> None:
    """Check that the card's own signing key signed this request, about now.

    `card_pvt_hash` comes from the roster: an older card of the same number does not pass for the new one.
    Raises PackageError E06 if the phone's clock is further than `window_s` from ours (tell it the time and
    let it try again), SignatureRejected for everything else.
    """
    if abs(now - request.when) > window_s:
        raise PackageError(
            "E06", "the phone's clock is wrong: set it by the Date of this answer, then try again"
        )
    if request.pvt_hash != card_pvt_hash:
        raise SignatureRejected("not signed by the key of this card")
    eccsi.verify(
        request.signature,
        _LABEL + request.signed_octets,
        identifier=_identifier(request.tel, request.when),
        kpak=kpak,
    )


def _identifier(tel: str, when: int) -> bytes:
    return identifier.monthly(tel, datetime.fromtimestamp(when, UTC))
