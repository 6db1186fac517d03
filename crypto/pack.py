"""The pack: what one phone receives from its CMS through a CRS that cannot read it.

    version 3 ‖ CBOR { 1 serial, 2 kind, 3 month, 4 sealed content } ‖ Ed25519 signature by the domain key

The content is sealed to the phone's transport key and repeats serial, kind and month. The keys of a month
come with the KMS public keys that they were made under, which may be others than the month before. Each pack
brings the seed of the next transport key, so that an old key opens nothing new; so packs are opened in the
order of their months, and none may be left out. What all phones are to know travels in `crypto.bulletin`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from crypto import cbor, sealing, signed
from crypto.errors import PackageError
from crypto.fields import (
    check_length,
    check_serial,
    check_tel,
    check_time,
    month_from_int,
    month_to_int,
    tel_from_int,
    tel_to_int,
)
from crypto.secret import Secret

VERSION = 3
MAX_OCTETS = 4096

_LABEL = "pack"
_SERIAL, _KIND, _MONTH, _SEALED = range(1, 5)
_OUTER = {_SERIAL: int, _KIND: int, _MONTH: int, _SEALED: bytes}
_TEL, _ISSUED, _RSK, _SSK, _PVT, _SEED, _CERTIFICATE, _BULLETIN_KEY, _Z, _KPAK = range(4, 14)
_INNER = {
    _SERIAL: int, _KIND: int, _MONTH: int, _TEL: int, _ISSUED: int, _SEED: bytes, _CERTIFICATE: bytes,
    _BULLETIN_KEY: bytes,
}  # fmt: skip
_KEYS = {_RSK: bytes, _SSK: bytes, _PVT: bytes, _Z: bytes, _KPAK: bytes}


class PackKind(IntEnum):
    """A first pack answers a first contact; a monthly pack brings the keys of a month."""

    FIRST = 0
    MONTHLY = 1


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MonthKeys:
    """The keys of one number for one month: RSK 257 octets, SSK 32, PVT 65.

    They were made under the KMS public keys Z (257 octets) and KPAK (65).
    """

    rsk: Secret
    ssk: Secret
    pvt: bytes
    sakke_public_key: bytes
    eccsi_public_key: bytes


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pack:
    """What a pack says. `client_certificate` is DER; `next_transport_seed` (`sealing.transport_key`) and
    `bulletin_key` have 32 octets.

    `keys` may be absent in a first pack, because the card has brought them. `issued` is in Unix seconds.
    """

    kind: PackKind
    tel: str
    serial: int
    month: str
    issued: int
    next_transport_seed: Secret
    client_certificate: bytes
    bulletin_key: Secret
    keys: MonthKeys | None = None


@dataclass(frozen=True, slots=True)
class PackAddress:
    """The outside of a pack: whose it is, readable by the CRS."""

    serial: int
    kind: PackKind
    month: str


def build(
    pack: Pack, *, transport_public: bytes, domain_private: Secret, draw_from: Secret | None = None
) -> bytes:
    """Seal a pack to a transport key (X25519, 32 octets) and sign it.

    With a secret to `draw_from` the same pack gives the same octets (`sealing.seal_to`).
    """
    outside: dict[int, object] = {
        _SERIAL: check_serial(pack.serial),
        _KIND: int(pack.kind),
        _MONTH: month_to_int(pack.month),
    }
    inside = outside | {
        _TEL: tel_to_int(check_tel(pack.tel)),
        _ISSUED: pack.issued,
        _SEED: check_length("the seed", pack.next_transport_seed.expose(), 32),
        _CERTIFICATE: pack.client_certificate,
        _BULLETIN_KEY: check_length("the bulletin key", pack.bulletin_key.expose(), 32),
    }
    if pack.keys is not None:
        inside |= {
            _RSK: pack.keys.rsk.expose(),
            _SSK: pack.keys.ssk.expose(),
            _PVT: pack.keys.pvt,
            _Z: pack.keys.sakke_public_key,
            _KPAK: pack.keys.eccsi_public_key,
        }
    sealed = sealing.seal_to(
        transport_public, cbor.encode(inside), context=_context(outside), draw_from=draw_from
    )
    octets = signed.sign(_LABEL, VERSION, {**outside, _SEALED: sealed}, domain_private)
    if len(octets) > MAX_OCTETS:
        raise ValueError(f"a pack of {len(octets)} octets; at most {MAX_OCTETS} are read")
    return octets


def address(octets: bytes, domain_key: bytes) -> PackAddress:
    """Verify a pack's signature and return whose it is, without opening it. Raises PackageError E02, E03,
    E04.
    """
    return _address(_outside(octets, domain_key))


def open(octets: bytes, *, transport_private: Secret, domain_key: bytes, serial: int, tel: str) -> Pack:
    """Verify, open and read a pack for one card and number.

    Raises PackageError E02 (newer version), E03 (damaged, or sealed to another key), E04 (not signed by the
    domain, or for somebody else).
    """
    outside = _outside(octets, domain_key)
    where = _address(outside)
    if where.serial != serial:
        raise PackageError("E04", "this pack is for another phone")
    sealed = outside.pop(_SEALED)
    plain = sealing.open_sealed(transport_private, sealed, context=_context(outside))
    values = cbor.fields(cbor.decode(plain, max_octets=MAX_OCTETS), _INNER, _KEYS)
    if any(values[key] != outside[key] for key in outside) or tel_from_int(values[_TEL]) != tel:
        raise PackageError("E04", "this pack is for another phone")
    return Pack(
        kind=where.kind,
        tel=tel,
        serial=serial,
        month=where.month,
        issued=check_time(values[_ISSUED]),
        next_transport_seed=Secret(check_length("the seed", values[_SEED], 32)),
        client_certificate=values[_CERTIFICATE],
        bulletin_key=Secret(check_length("the bulletin key", values[_BULLETIN_KEY], 32)),
        keys=_month_keys(values, where.kind),
    )


def _outside(octets: bytes, domain_key: bytes) -> dict[int, Any]:
    body = signed.read(_LABEL, octets, domain_key, version=VERSION, what="pack", max_octets=MAX_OCTETS)
    return cbor.fields(body, _OUTER)


def _address(outside: dict[int, Any]) -> PackAddress:
    try:
        kind = PackKind(outside[_KIND])
    except ValueError as error:
        raise cbor.damaged("an unknown kind of pack") from error
    return PackAddress(check_serial(outside[_SERIAL]), kind, month_from_int(outside[_MONTH]))


def _context(outside: Mapping[int, object]) -> bytes:
    return b"pack\0" + cbor.encode(dict(outside))


def _month_keys(values: dict[int, Any], kind: PackKind) -> MonthKeys | None:
    present = [key for key in _KEYS if key in values]
    if not present and kind is PackKind.FIRST:
        return None
    if len(present) != len(_KEYS):
        raise cbor.damaged("the keys of the month are not complete")
    return MonthKeys(
        Secret(check_length("RSK", values[_RSK], 257)),
        Secret(check_length("SSK", values[_SSK], 32)),
        check_length("PVT", values[_PVT], 65),
        check_length("Z", values[_Z], 257),
        check_length("KPAK", values[_KPAK], 65),
    )
