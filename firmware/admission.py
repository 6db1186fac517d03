"""From an opened card to a pending identity, from its first pack to an enrolled one. Stores nothing."""

from __future__ import annotations

import base64
from dataclasses import replace

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import load_der_x509_certificate

from crypto import certificates, eccsi, enrolment, pack, sakke
from crypto.card import Card, CardSecrets
from crypto.errors import InvalidKey, PackageError
from crypto.fields import month_of
from crypto.kms import KMSCertificate
from crypto.pack import Pack, PackKind
from crypto.revocation import RevocationList
from crypto.sealing import transport_key
from crypto.secret import Secret
from crypto.signed import public_key
from firmware.interfaces import FirstContact, Refused
from firmware.vault_format import Enrolled, HeldMonth, Identity, Pending


def identity(read: Card, opened: CardSecrets) -> Identity:
    """Copy what the vault keeps of an opened card; the device seed itself is not among it."""
    return Identity(
        tel=read.tel,
        name=read.name,
        organisation=read.organisation,
        crs=read.crs,
        serial=read.serial,
        domain=read.domain,
        domain_key=read.domain_key,
        months=(
            HeldMonth(
                read.month, Secret(opened.rsk.expose()), Secret(opened.ssk.expose()), read.pvt, read.kms
            ),
        ),
        tls_key=opened.tls_key,
        transport_key=opened.transport_key,
    )


def first_contact(pending: Pending, now: int) -> FirstContact:
    """Return what a pending identity says to its CRS at `now` (Unix seconds), signed with its month's key.

    Refused E13 before and E05 after the month of the keys.
    """
    who, month = pending.identity, month_of(now)
    held = next((held for held in who.months if held.month == month), None)
    if held is None:
        early = month < min(held.month for held in who.months)
        raise Refused(code="E13" if early else "E05", text="the card is not of this month: ask for a new one")
    body = enrolment.build(
        serial=who.serial,
        tel=who.tel,
        when=now,
        nonce=pending.nonce,
        ssk=held.ssk,
        pvt=held.pvt,
        kpak=held.kms.eccsi_public_key,
    )
    return FirstContact(
        crs=who.crs,
        domain=who.domain,
        body=base64.b64encode(body).decode(),
        trust_anchor=certificates.trust_anchor(who.domain, who.domain_key),
        moment=now,
    )


def admit(who: Identity, octets: bytes) -> Enrolled:
    """Open the first pack: the identity, enrolled, with the transport key that the next pack is sealed to.

    Raises PackageError E02, E03, E04, E09.
    """
    first = pack.open(
        octets,
        transport_private=who.transport_key,
        domain_key=who.domain_key,
        serial=who.serial,
        tel=who.tel,
    )
    if first.kind is not PackKind.FIRST:
        raise PackageError("E04", "this is not the answer to a first contact")
    check_certificate(first.client_certificate, who)
    months = with_month(who, first)
    with first.next_transport_seed as seed:
        next_key = transport_key(seed)
    return Enrolled(
        identity=replace(who, transport_key=next_key, months=months),
        client_certificate=first.client_certificate,
        partners=(),
        policy={},
        directory=(),
        revoked=RevocationList(who.domain, 0, 0, frozenset()),
        bulletin_keys=((first.month, first.bulletin_key),),
        packed=first.month,
    )


def check_certificate(der: bytes, who: Identity) -> None:
    """Raise PackageError E04 unless this is our certificate, for our key."""
    if certificates.subject_tel(der) != (who.tel, who.serial):
        raise PackageError("E04", "this certificate is for another phone")
    try:
        key = load_der_x509_certificate(der).public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PackageError("E04", "this is not the certificate of a phone") from error
    if not isinstance(key, Ed25519PublicKey) or key.public_bytes_raw() != public_key(who.tls_key):
        raise PackageError("E04", "this certificate is for another key")


def with_month(who: Identity, brought: Pack) -> tuple[HeldMonth, ...]:
    """Return the months of the card and of the pack, if it brings one. Raises PackageError E09.

    The pack is signed by the domain key, so its month may be under other KMS public keys than the card's.
    """
    if brought.keys is None:
        return who.months
    keys, identifier = brought.keys, who.identifier(brought.month)
    try:
        eccsi.validate_ssk(keys.ssk.expose(), keys.pvt, identifier=identifier, kpak=keys.eccsi_public_key)
        sakke.validate_rsk(keys.rsk.expose(), identifier=identifier, kms_public_key=keys.sakke_public_key)
    except InvalidKey as error:
        raise PackageError("E09", "the keys of this pack do not match: ask for a new card") from error
    others = [held for held in who.months if held.month != brought.month]
    kms = KMSCertificate(who.domain, keys.sakke_public_key, keys.eccsi_public_key)
    new = HeldMonth(brought.month, keys.rsk, keys.ssk, keys.pvt, kms)
    return tuple(sorted((*others, new), key=lambda held: held.month))
