"""The card: one QR code that makes a blank phone somebody's phone.

    SV1: base45( version 1 ‖ CBOR map ‖ Ed25519 signature by the domain key )            at most 640 octets

The map has integer keys: 1 number, 2 name, 3 organisation, 4 domain, 5 serial, 6 month, 7 issued, 8 expires,
9 CRS, 10 public keys (domain key 32 ‖ Z 129 ‖ KPAK 33 ‖ PVT 33, points compressed), 11 cost of the seal
(absent: no seal), 12 secret part (RSK 129, compressed ‖ SSK 32 ‖ device seed 32, sealed under the transfer
code). A reader asks in this order: ours? a version we know? whole? signed? in date? confirmed by a person?
opens? fits?
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import base45

from crypto import cbor, eccsi, identifier, sakke, sealing, signed
from crypto.errors import InvalidKey, PackageError
from crypto.fields import (
    DEFAULT_SIP_PORT,
    MAX_NAME_OCTETS,
    check_domain,
    check_length,
    check_serial,
    check_tel,
    check_text,
    check_time,
    join_crs,
    month_end,
    month_from_int,
    month_moment,
    month_start,
    month_to_int,
    split_crs,
    tel_from_int,
    tel_to_int,
)
from crypto.kms import KMSCertificate
from crypto.sealing import Cost
from crypto.secret import Secret

PREFIX = "SV1:"
VERSION = 1
MAX_OCTETS = 640
LIFETIME_S = 7 * 24 * 3600
MAX_COST = Cost(memory=16, passes=4)
"""What a card may ask of a phone that does not know its issuer yet: 64 MiB, four passes."""
CHECK_CODE_COST = Cost(memory=14, passes=2)

_LABEL = "card"
_BASE45 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_MAX_TEXT = len(PREFIX) + MAX_OCTETS // 2 * 3 + 2
_TEL, _NAME, _ORGANISATION, _DOMAIN, _SERIAL, _MONTH, _ISSUED, _EXPIRES, _CRS = range(1, 10)
_KEYS, _COST, _SECRET = range(10, 13)
_REQUIRED = {
    _TEL: int, _NAME: str, _ORGANISATION: str, _DOMAIN: str, _SERIAL: int, _MONTH: int,
    _ISSUED: int, _EXPIRES: int, _CRS: str, _KEYS: bytes, _SECRET: bytes,
}  # fmt: skip
_OPTIONAL = {_COST: list}
_DOMAIN_KEY_END = 32
_Z_END = _DOMAIN_KEY_END + 129
_KPAK_END = _Z_END + 33
_PVT_END = _KPAK_END + 33
_RSK_END = 129
_SSK_END = _RSK_END + 32
_SECRET_OCTETS = _SSK_END + 32


@dataclass(frozen=True, slots=True)
class CardDetails:
    """Everything on a card that is not secret. Times are Unix seconds; `month` is 'YYYY-MM' in UTC.

    `crs` is host:port of SIP over TLS (its HTTPS service is on the next port); `domain` is also the KMS URI;
    `domain_key` is 32 octets, `sakke_public_key` (Z) 257, `eccsi_public_key` (KPAK) and `pvt` 65.
    """

    tel: str
    name: str
    organisation: str
    domain: str
    serial: int
    month: str
    issued: int
    expires: int
    crs: str
    domain_key: bytes
    sakke_public_key: bytes
    eccsi_public_key: bytes
    pvt: bytes

    @property
    def kms(self) -> KMSCertificate:
        """The public side of the KMS that issued this card."""
        return KMSCertificate(self.domain, self.sakke_public_key, self.eccsi_public_key)

    @property
    def identifier(self) -> bytes:
        """The identifier of this number in this month (RFC 6509 §3.2)."""
        return identifier.monthly(self.tel, month_moment(self.month))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CardSecrets:
    """What the card brings into the vault: RSK (257 octets), SSK (32), device seed (32)."""

    rsk: Secret
    ssk: Secret
    device_seed: Secret

    @property
    def transport_key(self) -> Secret:
        """The X25519 key to which the first pack is sealed."""
        return sealing.transport_key(self.device_seed)

    @property
    def tls_key(self) -> Secret:
        """The Ed25519 key of the phone's TLS client certificate."""
        return sealing.device_tls_key(self.device_seed)

    def wipe(self) -> None:
        """Wipe all three."""
        for secret in (self.rsk, self.ssk, self.device_seed):
            secret.wipe()


@dataclass(frozen=True, slots=True, repr=False)
class Card(CardDetails):
    """A card that was read: whole and signed by the domain key that it carries."""

    octets: bytes
    cost: Cost | None
    secret_part: bytes

    @property
    def sealed(self) -> bool:
        """Whether a transfer code is needed to open it."""
        return self.cost is not None

    def check_code(self) -> str:
        """Return the eight hexadecimal digits that are also on the letter; they cover everything on the card.

        Stretched by Argon2id, because 32 bits of a plain hash could be matched by trying forgeries.
        """
        digest = hashlib.sha256(b"sottovoce check code\0" + self.octets).hexdigest()
        code = sealing.stretch(digest, salt=b"check code".ljust(16), cost=CHECK_CODE_COST, length=4)
        return code.expose().hex().upper()

    def check_dates(self, now: int, *, built: int) -> None:
        """Hold the dates against the clock; `built` is when this software was built (Unix seconds).

        Raises PackageError E06 if the clock cannot be right, E13 before and E05 after the card's time or
        month.
        """
        if now < built:
            raise PackageError("E06", "the clock of this phone is wrong: set it first")
        if now < max(self.issued, month_start(self.month)):
            raise PackageError("E13", "this card is not valid yet: use it later, or check the clock")
        if now >= min(self.expires, month_end(self.month)):
            raise PackageError("E05", "this card has expired: ask for a new one")

    def open(self, code: str | None) -> CardSecrets:
        """Open the secret part with the transfer code (spaces are ignored; None if the card is not sealed).

        Raises PackageError E10 for a wrong code, E09 if what it opens is not a point.
        """
        plain = self.secret_part
        if self.cost is not None:
            public = _map_without_secret(self, self.cost)
            digits = (code or "").replace(" ", "")
            plain = sealing.uncover_with_code(
                plain, digits, salt=_salt(public), context=public, cost=self.cost
            )
        if len(plain) != _SECRET_OCTETS:
            raise cbor.damaged("the secret part has the wrong length")
        try:
            rsk = sakke.decompress_point(plain[:_RSK_END])
        except InvalidKey as error:
            raise _mismatch() from error
        return CardSecrets(Secret(rsk), Secret(plain[_RSK_END:_SSK_END]), Secret(plain[_SSK_END:]))

    def validate(self, secrets: CardSecrets) -> None:
        """Check RSK and SSK against identity and KMS (RFC 6508 §6.1.2, RFC 6507 §5.1.2).

        Raises PackageError E09 if they do not fit.
        """
        try:
            eccsi.validate_ssk(
                secrets.ssk.expose(), self.pvt, identifier=self.identifier, kpak=self.eccsi_public_key
            )
            sakke.validate_rsk(
                secrets.rsk.expose(), identifier=self.identifier, kms_public_key=self.sakke_public_key
            )
        except InvalidKey as error:
            raise _mismatch() from error


def encode(
    details: CardDetails,
    card_secrets: CardSecrets,
    *,
    domain_private: Secret,
    code: str | None,
    cost: Cost = sealing.DEFAULT_COST,
) -> str:
    """Return the text of the QR code. `code` None leaves the secret part open, for display straight on a
    screen.

    Raises ValueError if a detail is not acceptable or the card would not fit into 640 octets.
    """
    _check(details)
    plain = (
        sakke.compress_point(card_secrets.rsk.expose())
        + card_secrets.ssk.expose()
        + card_secrets.device_seed.expose()
    )
    body = _map(details)
    if code is None:
        body[_SECRET] = plain
    else:
        public = _map_without_secret(details, cost)
        body[_COST] = [cost.memory, cost.passes]
        body[_SECRET] = sealing.close_with_code(plain, code, salt=_salt(public), context=public, cost=cost)
    octets = signed.sign(_LABEL, VERSION, body, domain_private)
    if len(octets) > MAX_OCTETS:
        excess = len(octets) - MAX_OCTETS
        raise ValueError(
            f"the card takes {len(octets)} octets, {MAX_OCTETS} fit: "
            f"shorten name, organisation, domain or CRS by {excess}"
        )
    return PREFIX + str(base45.b45encode(octets), "ascii")


def size(details: CardDetails) -> int:
    """Return how many octets the sealed card of these details takes; `MAX_OCTETS` fit. Raises ValueError."""
    _check(details)
    body = _map(details)
    body[_COST] = [sealing.DEFAULT_COST.memory, sealing.DEFAULT_COST.passes]
    body[_SECRET] = bytes(_SECRET_OCTETS + sealing.TAG_OCTETS)
    return 1 + len(cbor.encode(body)) + signed.SIGNATURE_OCTETS


def parse(text: str, *, domain_key: bytes | None = None) -> Card:
    """Read the text of a QR code.

    With `domain_key`, only that domain's cards are genuine; without, the card's own key is used and the check
    code is the proof. Raises PackageError E01, E02, E03, E04, or E09 if a public point is not on its curve.
    """
    octets = _octets(text)
    body, _ = signed.split(octets, version=VERSION, what="card", max_octets=MAX_OCTETS)
    values = cbor.fields(body, _REQUIRED, _OPTIONAL)
    keys = check_length("the key block", values[_KEYS], _PVT_END)
    own_key = keys[:_DOMAIN_KEY_END]
    signed.verify(_LABEL, octets, own_key if domain_key is None else domain_key, what="card")
    if domain_key is not None and own_key != domain_key:
        raise PackageError("E04", "this card is of another domain: do not use it, tell security")
    try:
        card = Card(
            tel=tel_from_int(values[_TEL]),
            name=values[_NAME],
            organisation=values[_ORGANISATION],
            domain=values[_DOMAIN],
            serial=check_serial(values[_SERIAL]),
            month=month_from_int(values[_MONTH]),
            issued=check_time(values[_ISSUED]),
            expires=check_time(values[_EXPIRES]),
            crs=_crs_from_compact(values[_CRS]),
            domain_key=own_key,
            sakke_public_key=sakke.decompress_point(keys[_DOMAIN_KEY_END:_Z_END]),
            eccsi_public_key=eccsi.decompress_point(keys[_Z_END:_KPAK_END]),
            pvt=eccsi.decompress_point(keys[_KPAK_END:]),
            octets=octets,
            cost=_cost(values.get(_COST)),
            secret_part=values[_SECRET],
        )
        _check(card)
    except InvalidKey as error:
        raise _mismatch() from error
    except ValueError as error:
        raise cbor.damaged("a field has an impossible value") from error
    return card


def _octets(text: str) -> bytes:
    if text[:2] == "SV" and text[2:3].isdecimal() and text[3:4] == ":" and text[:4] != PREFIX:
        raise PackageError("E02", "this card is of a newer kind: update this phone first")
    content = text[len(PREFIX) :]
    if not text.startswith(PREFIX) or not _BASE45.issuperset(content):
        raise PackageError("E01", "not an enrolment code: ask for a phone enrolment code")
    if len(text) > _MAX_TEXT:
        raise cbor.damaged("too long for a card")
    try:
        return bytes(base45.b45decode(content))
    except ValueError as error:
        raise cbor.damaged("not whole: ask for a new print") from error


def _check(details: CardDetails) -> None:
    """Raise ValueError unless every public detail is acceptable."""
    check_tel(details.tel)
    check_text("name", details.name, MAX_NAME_OCTETS)
    check_text("organisation", details.organisation, MAX_NAME_OCTETS)
    check_domain(details.domain)
    split_crs(details.crs)
    if not details.issued < details.expires:
        raise ValueError("a card must expire after it was issued")


def _map(details: CardDetails) -> dict[int, object]:
    return {
        _TEL: tel_to_int(details.tel),
        _NAME: details.name,
        _ORGANISATION: details.organisation,
        _DOMAIN: details.domain,
        _SERIAL: check_serial(details.serial),
        _MONTH: month_to_int(details.month),
        _ISSUED: details.issued,
        _EXPIRES: details.expires,
        _CRS: _crs_to_compact(details.crs),
        _KEYS: check_length("the domain key", details.domain_key, _DOMAIN_KEY_END)
        + sakke.compress_point(details.sakke_public_key)
        + eccsi.compress_point(details.eccsi_public_key)
        + eccsi.compress_point(details.pvt),
    }


def _map_without_secret(details: CardDetails, cost: Cost) -> bytes:
    """What the seal is bound to: the whole public part and the cost."""
    return cbor.encode({**_map(details), _COST: [cost.memory, cost.passes]})


def _salt(public: bytes) -> bytes:
    # Serial and PVT are random for every card, so this salt never repeats, and costs no room on the card.
    return hashlib.sha256(b"sottovoce card salt\0" + public).digest()[: sealing.SALT_OCTETS]


def _cost(value: list[object] | None) -> Cost | None:
    if value is None:
        return None
    [(memory, passes)] = cbor.rows([value], (int, int), at_most=1)
    if memory > MAX_COST.memory or passes > MAX_COST.passes:
        raise cbor.damaged("the seal asks for too much work")
    return Cost(memory=memory, passes=passes)


def _crs_to_compact(crs: str) -> str:
    """The usual port is left out: five octets saved."""
    host, port = split_crs(crs)
    return crs.removesuffix(f":{port}") if port == DEFAULT_SIP_PORT else join_crs(host, port)


def _crs_from_compact(crs: str) -> str:
    has_port = ":" in crs.rpartition("]")[2]
    host, port = split_crs(crs if has_port else f"{crs}:{DEFAULT_SIP_PORT}")
    if has_port and port == DEFAULT_SIP_PORT:
        raise ValueError("not the compact form")
    return join_crs(host, port)


def _mismatch() -> PackageError:
    return PackageError("E09", "the keys on this card do not match: ask for a new card")
