"""The KMS certificate file: what one organisation gives to another, so that their phones may call each other.

    version 1 ‖ CBOR { 1 partner, 2 number, 3 issued, 4 revoked } ‖ Ed25519 signature by the domain key within

It carries the key that it is signed with, so a signature says only that the file is whole. Whose it is,
people say: the check code is the fingerprint of that key (`crypto.fingerprint`), read aloud over the
telephone. After that, files of the same key follow each other, by their number. Nothing in it is secret.
"""

from __future__ import annotations

from dataclasses import dataclass

from crypto import cbor, domain, eccsi, revocation, sakke, signed
from crypto.domain import Partner
from crypto.errors import InvalidKey, PackageError
from crypto.fields import check_time
from crypto.fingerprint import fingerprint
from crypto.revocation import RevocationList
from crypto.secret import Secret

VERSION = 1
MAX_OCTETS = revocation.MAX_OCTETS + 64 * 1024
_LABEL = "KMS certificate"
_WHAT = "KMS certificate"
_PARTNER, _NUMBER, _ISSUED, _REVOKED = range(1, 5)
_FIELDS = {_PARTNER: list, _NUMBER: int, _ISSUED: int, _REVOKED: dict}


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """What a KMS certificate file says. A higher `number` replaces a lower; `issued` is in Unix seconds.

    `revoked` holds the signing keys of that domain that are not to be believed any more.
    """

    partner: Partner
    number: int
    issued: int
    revoked: RevocationList

    @property
    def check_code(self) -> str:
        """What people compare: the fingerprint of the domain key that has signed it."""
        return fingerprint(self.partner.domain.domain_key)


def build(content: PartnerFile, *, domain_private: Secret) -> bytes:
    """Return the signed file. Raises ValueError if the domain key in it is another one."""
    if content.partner.domain.domain_key != signed.public_key(domain_private):
        raise ValueError("a certificate is signed by the key that it names")
    [row] = domain.to_rows([content.partner])
    body = {
        _PARTNER: row,
        _NUMBER: content.number,
        _ISSUED: content.issued,
        _REVOKED: content.revoked.body(),
    }
    return signed.sign(_LABEL, VERSION, body, domain_private)


def parse(octets: bytes) -> PartnerFile:
    """Read a file, whoever has made it: compare its check code before you believe it.

    Raises PackageError E02 (newer version), E03 (damaged), E04 (not whole, or of two domains), E09 (its keys
    are none).
    """
    body, _ = signed.split(octets, version=VERSION, what=_WHAT, max_octets=MAX_OCTETS)
    values = cbor.fields(body, _FIELDS)
    [partner] = domain.from_rows([values[_PARTNER]], home="")
    signed.verify(_LABEL, octets, partner.domain.domain_key, what=_WHAT)
    revoked = RevocationList.from_body(values[_REVOKED])
    if revoked.domain != partner.name:
        raise PackageError("E04", "the revocation list in this certificate is of another domain")
    if values[_NUMBER] < 1:
        raise cbor.damaged("not the number of a certificate")
    try:
        for one in partner.domain.generations:
            sakke.KMSPublicKey(one.sakke_public_key)
            eccsi.compress_point(one.eccsi_public_key)
    except InvalidKey as error:
        raise PackageError("E09", "the KMS keys in this certificate are no keys: ask for another") from error
    return PartnerFile(partner, values[_NUMBER], check_time(values[_ISSUED]), revoked)
