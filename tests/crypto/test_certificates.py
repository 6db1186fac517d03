"""Real TLS 1.3 handshakes, pinned to a domain of which only the key is known."""

import socket
import ssl
import threading
import time
from dataclasses import dataclass

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from crypto import certificates, signed
from crypto.errors import PackageError
from crypto.secret import Secret
from tests.crypto.issued import DOMAIN, DOMAIN_KEY, DOMAIN_PRIVATE, OTHER_KEY, OTHER_PRIVATE, SERIAL, TEL

NOW = int(time.time())
CRS_KEY = Secret(bytes([0x77]) * 32)
PHONE_KEY = Secret(bytes([0x78]) * 32)
DAY = 86_400


def server_certificate(
    *, by=DOMAIN_PRIVATE, domain=DOMAIN, names=("crs.sv.example", "192.0.2.1"), start=NOW - DAY
):
    return certificates.issue_server(
        by, domain, names=names, public=signed.public_key(CRS_KEY), not_before=start, days=2
    )


def phone_certificate(*, by=DOMAIN_PRIVATE, start=NOW - DAY):
    der = certificates.issue_phone(
        by,
        DOMAIN,
        tel=TEL,
        serial=SERIAL,
        device_public=signed.public_key(PHONE_KEY),
        not_before=start,
        days=2,
    )
    return certificates.certificate_pem(der)


@dataclass
class End:
    """One end of a handshake: what it trusts and what it shows."""

    trusts: str
    certificate: str | None = None
    key: Secret | None = None


def context(end, side, folder):
    made = ssl.SSLContext(side)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    made.load_verify_locations(cadata=end.trusts)
    if end.certificate is not None:
        (folder / "crt").write_text(end.certificate)
        (folder / "key").write_text(certificates.private_key_pem(end.key))
        made.load_cert_chain(folder / "crt", folder / "key")
    return made


def handshake(folder, crs, phone, *, host="crs.sv.example"):
    """Return (what the CRS learned of the phone, TLS version), or raise what either end raised."""
    server = context(crs, ssl.PROTOCOL_TLS_SERVER, folder)
    client = context(phone, ssl.PROTOCOL_TLS_CLIENT, folder)
    ours, theirs = socket.socketpair()
    ours.settimeout(5)
    theirs.settimeout(5)
    outcome = []

    def serve():
        try:
            with server.wrap_socket(theirs, server_side=True) as connection:
                outcome.append((connection.getpeercert(binary_form=True), connection.version()))
                connection.sendall(b"!")
        except (ssl.SSLError, OSError) as error:
            outcome.append(error)
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(ours, server_hostname=host) as connection:
            connection.recv(1)
    finally:
        ours.close()
        thread.join(10)
    [result] = outcome
    if isinstance(result, Exception):
        raise result
    return result


OUR_ANCHOR = certificates.trust_anchor(DOMAIN, DOMAIN_KEY)
OTHER_ANCHOR = certificates.trust_anchor(DOMAIN, OTHER_KEY)


@pytest.mark.parametrize("host", ["crs.sv.example", "192.0.2.1"])
def test_phone_and_crs_know_each_other_by_the_domain_key_alone(tmp_path, host):
    crs = End(OUR_ANCHOR, server_certificate(), CRS_KEY)
    phone = End(OUR_ANCHOR, phone_certificate(), PHONE_KEY)
    certificate, version = handshake(tmp_path, crs, phone, host=host)
    assert version == "TLSv1.3"
    assert certificates.subject_tel(certificate) == (TEL, SERIAL)


@pytest.mark.parametrize(
    ("crs", "phone", "host", "why"),
    [
        (
            End(OUR_ANCHOR, server_certificate(by=OTHER_PRIVATE), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "a CRS of another domain that bears our name",
        ),
        (
            End(OUR_ANCHOR, server_certificate(by=OTHER_PRIVATE, domain="other.example"), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "a CRS of another domain",
        ),
        (
            End(OUR_ANCHOR, server_certificate(start=NOW - 3 * DAY), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "an expired CRS",
        ),
        (
            End(OUR_ANCHOR, server_certificate(start=NOW + DAY), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "a CRS not yet valid",
        ),
        (
            End(OUR_ANCHOR, server_certificate(), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs2.sv.example",
            "a CRS of another name",
        ),
        (
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            End(OUR_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "a phone that plays the CRS",
        ),
        (
            End(OUR_ANCHOR, server_certificate(), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(by=OTHER_PRIVATE), PHONE_KEY),
            "crs.sv.example",
            "a phone of another domain",
        ),
        (
            End(OUR_ANCHOR, server_certificate(), CRS_KEY),
            End(OUR_ANCHOR, phone_certificate(start=NOW - 3 * DAY), PHONE_KEY),
            "crs.sv.example",
            "a phone whose certificate has expired",
        ),
        (
            End(OUR_ANCHOR, server_certificate(), CRS_KEY),
            End(OUR_ANCHOR),
            "crs.sv.example",
            "a phone without a certificate",
        ),
        (
            End(OUR_ANCHOR, server_certificate(), CRS_KEY),
            End(OTHER_ANCHOR, phone_certificate(), PHONE_KEY),
            "crs.sv.example",
            "a phone of a card with another domain key",
        ),
    ],
)
def test_who_is_refused(tmp_path, crs, phone, host, why):
    with pytest.raises((ssl.SSLError, OSError)):
        handshake(tmp_path, crs, phone, host=host)


def test_a_crs_shows_its_certificate_to_the_crs_of_a_partner_and_is_no_phone(tmp_path):
    partner = certificates.trust_anchor("partner.example", OTHER_KEY)
    theirs = server_certificate(by=OTHER_PRIVATE, domain="partner.example", names=("crs.partner.example",))
    crs = End(partner, server_certificate(), CRS_KEY)
    certificate, _ = handshake(
        tmp_path, crs=End(OUR_ANCHOR, theirs, CRS_KEY), phone=crs, host="crs.partner.example"
    )
    assert certificates.subject_domain(certificate) == DOMAIN
    with pytest.raises(PackageError):
        certificates.subject_tel(certificate)


def test_the_throwaway_key_of_the_anchor_issues_nothing_that_is_trusted(tmp_path):
    throwaway = Secret(certificates.hashlib.sha256(b"sottovoce anchor\0" + DOMAIN_KEY).digest())
    forged = End(OUR_ANCHOR, server_certificate(by=throwaway), CRS_KEY)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(tmp_path, forged, End(OUR_ANCHOR, phone_certificate(), PHONE_KEY))


def test_the_anchor_is_the_same_for_everybody_who_knows_the_key():
    assert certificates.trust_anchor(DOMAIN, DOMAIN_KEY) == OUR_ANCHOR
    assert OUR_ANCHOR != OTHER_ANCHOR


def test_an_anchor_of_something_else_is_refused():
    for domain, key in ((DOMAIN, bytes(31)), ("NOT A DOMAIN", DOMAIN_KEY)):
        with pytest.raises(ValueError):
            certificates.trust_anchor(domain, key)


def test_a_server_without_a_name_is_not_issued():
    with pytest.raises(ValueError):
        server_certificate(names=())


def der_of(pem):
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("der", [b"", b"\x30\x00", der_of(server_certificate()), der_of(OUR_ANCHOR)])
def test_only_the_certificate_of_a_phone_names_a_number(der):
    with pytest.raises(PackageError) as refused:
        certificates.subject_tel(der)
    assert refused.value.code == "E04"


@pytest.mark.parametrize("der", [b"", b"\x30\x00", der_of(phone_certificate()), der_of(OUR_ANCHOR)])
def test_only_the_certificate_of_a_crs_names_a_domain(der):
    with pytest.raises(PackageError) as refused:
        certificates.subject_domain(der)
    assert refused.value.code == "E04"


def test_a_certificate_is_issued_by_whoever_has_signed_it():
    assert certificates.is_issued_by(der_of(server_certificate()), DOMAIN, DOMAIN_KEY)
    assert certificates.is_issued_by(der_of(phone_certificate()), DOMAIN, DOMAIN_KEY)


@pytest.mark.parametrize(
    ("der", "domain", "key"),
    [
        (der_of(server_certificate(by=OTHER_PRIVATE)), DOMAIN, DOMAIN_KEY),
        (der_of(server_certificate(by=OTHER_PRIVATE, domain="other.example")), DOMAIN, OTHER_KEY),
        (der_of(server_certificate()), "other.example", DOMAIN_KEY),
        (der_of(OUR_ANCHOR), DOMAIN, DOMAIN_KEY),
        (der_of(server_certificate()), "NOT A DOMAIN", DOMAIN_KEY),
        (der_of(server_certificate()), DOMAIN, bytes(31)),
        (b"", DOMAIN, DOMAIN_KEY),
    ],
    ids=["our name alone", "another name", "our key alone", "the anchor", "no domain", "no key", "nothing"],
)
def test_a_certificate_is_issued_by_nobody_else(der, domain, key):
    assert not certificates.is_issued_by(der, domain, key)


def test_what_is_not_a_certificate_has_no_pem():
    with pytest.raises(PackageError):
        certificates.certificate_pem(b"not a certificate")
