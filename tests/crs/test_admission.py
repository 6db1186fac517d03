"""Whose certificate it is decides what its holder may be; what it says of itself does not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from crs.admission import NotAdmitted, admitted, crs_of
from crs.database import Account
from crs.effects import Identity
from crs.partners import Partner, Partners
from crs.roster import Roster
from crypto import certificates, signed
from crypto.secret import Secret
from tests.crs.border import ASHA, AWAY, HOME, KARL, THIRD
from tests.crs.office import Office

HERE, THERE = Office(HOME, key=1), Office(AWAY, key=2)
PARTNER = Partner(AWAY, THERE.key, "192.0.2.2:5061", ("+4930",))
PARTNERS = Partners([PARTNER, Partner(THIRD, Office(THIRD, key=3).key, "192.0.2.3:5061", ("+331",))])
ROSTER = Roster(
    [Account(ASHA, "101", True, 2**40, bytes(32), True), Account(KARL, "201", False, 0, bytes(32))]
)
CRS_URI = f"sip:{AWAY}"
CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH


def made(
    uris: list[str],
    usages: list[x509.ObjectIdentifier],
    *,
    issuer: str = AWAY,
    by: Office = THERE,
    serial: int = 101,
) -> bytes:
    """Return a certificate (DER) that says anything, signed with a domain's key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32).public_key())
        .serial_number(serial)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if uris:
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri) for uri in uris])
        builder = builder.add_extension(names, critical=False)
    key = Ed25519PrivateKey.from_private_bytes(by.private.expose())
    return builder.sign(key, None).public_bytes(Encoding.DER)


def server(office: Office, domain: str) -> bytes:
    pem = certificates.issue_server(
        office.private,
        domain,
        names=["192.0.2.2"],
        public=signed.public_key(Secret(bytes([9]) * 32)),
        not_before=int(time.time()) - 3600,
    )
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


def far_end(certificate: bytes) -> Identity:
    return admitted(
        certificate, domain=HOME, domain_key=HERE.key, roster=ROSTER, partners=PARTNERS, host="192.0.2.2"
    )


def test_a_partners_server_is_a_partner_and_nobody_in_particular() -> None:
    assert far_end(server(THERE, AWAY)) == Identity("", "", AWAY)


def test_a_phone_of_ours_is_its_number_and_card() -> None:
    assert far_end(made([f"sip:{ASHA}@{HOME}"], [CLIENT], issuer=HOME, by=HERE)) == Identity(ASHA, "101")


@pytest.mark.parametrize(
    ("uris", "usages"),
    [
        ([f"sip:{ASHA}@{HOME}"], [CLIENT]),
        ([f"sip:{ASHA}@{HOME}"], [CLIENT, SERVER]),
        ([f"sip:{KARL}@{AWAY}"], [CLIENT]),
        ([f"sip:{HOME}"], [CLIENT, SERVER]),
        ([f"sip:{THIRD}"], [CLIENT, SERVER]),
        ([CRS_URI], [CLIENT]),
        ([CRS_URI], [SERVER]),
        ([CRS_URI], []),
        ([CRS_URI, f"sip:{THIRD}"], [CLIENT, SERVER]),
        ([f"tel:{AWAY}"], [CLIENT, SERVER]),
        ([], [CLIENT, SERVER]),
    ],
    ids=[
        "our phone", "our phone and a server", "its phone", "our domain", "a third domain", "client alone",
        "server alone", "for nothing", "two names", "another scheme", "no name",
    ],
)  # fmt: skip
def test_with_a_partners_key_nothing_but_its_server_is_admitted(
    uris: list[str], usages: list[x509.ObjectIdentifier]
) -> None:
    certificate = made(uris, usages)
    with pytest.raises(NotAdmitted) as refused:
        far_end(certificate)
    assert refused.value.alarm.event == "certificate-refused"
    assert refused.value.alarm.detail == {"partner": AWAY, "host": "192.0.2.2"}


@pytest.mark.parametrize(
    "certificate",
    [
        made([CRS_URI], [CLIENT, SERVER], issuer=HOME, by=HERE),
        made([f"sip:{HOME}"], [CLIENT, SERVER], issuer=HOME, by=HERE),
        made([CRS_URI], [CLIENT, SERVER], issuer=HOME),
        made([CRS_URI], [CLIENT, SERVER], by=HERE),
        made([CRS_URI], [CLIENT, SERVER], issuer=THIRD),
        made([CRS_URI], [CLIENT, SERVER], issuer="nobody.example"),
        b"",
    ],
    ids=["ours", "our server", "our name", "our key", "a third name", "no name of ours", "none"],
)
def test_nobody_else_is_taken_for_a_partner(certificate: bytes) -> None:
    with pytest.raises(NotAdmitted) as refused:
        far_end(certificate)
    assert refused.value.alarm.event == "certificate-refused"


def test_a_blocked_card_of_ours_is_not_admitted() -> None:
    with pytest.raises(NotAdmitted) as refused:
        far_end(made([f"sip:{KARL}@{HOME}"], [CLIENT], issuer=HOME, by=HERE, serial=201))
    assert refused.value.alarm.event == "not-admitted"


def test_who_is_dialled_must_be_that_very_partner() -> None:
    assert crs_of(server(THERE, AWAY), PARTNER, "192.0.2.2").partner == AWAY
    for other in (server(HERE, HOME), server(Office(AWAY, key=3), AWAY), server(Office(THIRD, key=3), THIRD)):
        with pytest.raises(NotAdmitted):
            crs_of(other, PARTNER, "192.0.2.2")
