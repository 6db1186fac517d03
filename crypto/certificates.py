"""The domain key as a certification authority for TLS 1.3: an anchor anyone can build, certificates only the
CMS can.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from crypto.errors import PackageError
from crypto.fields import check_domain, check_serial, check_tel
from crypto.secret import Secret

SERVER_DAYS = 400
PHONE_DAYS = 100
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # RFC 5280 §4.1.2.5: no well-defined expiry


def trust_anchor(domain: str, domain_key: bytes) -> str:
    """Return the PEM of the domain's CA certificate, built from its name and key (32 octets, Ed25519) alone.

    Its own signature is by a throwaway key that everybody can derive: an anchor is trusted for the key in it,
    and TLS libraries do not check what it says of itself (docs/decisions/0003). The same input gives the same
    PEM.
    """
    key = Ed25519PublicKey.from_public_bytes(domain_key)
    throwaway = hashlib.sha256(b"sottovoce anchor\0" + domain_key).digest()
    name = _name(check_domain(domain))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key)
        .serial_number(1)
        .not_valid_before(_BEGINNING)
        .not_valid_after(_NO_END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .sign(Ed25519PrivateKey.from_private_bytes(throwaway), None)
    )
    return _pem(certificate)


def issue_server(
    domain_private: Secret,
    domain: str,
    *,
    names: Sequence[str],
    public: bytes,
    not_before: int,
    days: int = SERVER_DAYS,
) -> str:
    """Return the PEM certificate of a CRS for host names or IP addresses and its Ed25519 key (32 octets).

    It is a server's for phones, and a client's for the CRS of a partner (`subject_domain`).
    """
    if not names:
        raise ValueError("a server certificate needs at least one name")
    alternative = x509.SubjectAlternativeName(
        [*map(_host, names), x509.UniformResourceIdentifier(f"sip:{domain}")]
    )
    return _pem(
        _issue(
            domain_private,
            domain,
            subject=_name(names[0][:64]),
            alternative=alternative,
            public=public,
            serial=_server_serial(domain, names, public, not_before, days),
            usages=[ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH],
            not_before=not_before,
            days=days,
        )
    )


def issue_phone(
    domain_private: Secret,
    domain: str,
    *,
    tel: str,
    serial: int,
    device_public: bytes,
    not_before: int,
    days: int = PHONE_DAYS,
) -> bytes:
    """Return the DER certificate of a phone: number as ``sip:+E164@domain``, card serial as serial."""
    uri = f"sip:{check_tel(tel)}@{check_domain(domain)}"
    return _issue(
        domain_private,
        domain,
        subject=_name(tel),
        alternative=x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)]),
        public=device_public,
        serial=check_serial(serial),
        usages=[ExtendedKeyUsageOID.CLIENT_AUTH],
        not_before=not_before,
        days=days,
    ).public_bytes(serialization.Encoding.DER)


def _server_serial(domain: str, names: Sequence[str], public: bytes, not_before: int, days: int) -> int:
    """A serial of 121 bits (RFC 5280 §4.1.2.2) that is another for every other certificate."""
    said = repr((domain, tuple(names), public, not_before, days)).encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:15], "big") | 1 << 120


def subject_tel(certificate_der: bytes) -> tuple[str, int]:
    """Return (number, card serial) of a phone's certificate that TLS has already verified.

    Raises PackageError E04 if it is not the certificate of a phone.
    """
    try:
        certificate = x509.load_der_x509_certificate(certificate_der)
        name, usages = _sip_name(certificate)
        tel, at, domain = name.partition("@")
        if not at or ExtendedKeyUsageOID.CLIENT_AUTH not in usages:
            raise ValueError("not a phone")
        check_domain(domain)
        return check_tel(tel), check_serial(certificate.serial_number)
    except (ValueError, x509.ExtensionNotFound, PackageError) as error:
        raise PackageError("E04", "this is not the certificate of a phone") from error


def subject_domain(certificate_der: bytes) -> str:
    """Return the domain that a CRS serves, by the certificate of it that TLS has already verified.

    Raises PackageError E04 if it is not the certificate of a CRS, or one that may not be shown by a client.
    """
    try:
        name, usages = _sip_name(x509.load_der_x509_certificate(certificate_der))
        if not {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH} <= set(usages):
            raise ValueError("not a CRS")
        return check_domain(name)
    except (ValueError, x509.ExtensionNotFound) as error:
        raise PackageError("E04", "this is not the certificate of a CRS") from error


def is_issued_by(certificate_der: bytes, domain: str, domain_key: bytes) -> bool:
    """Say whether a certificate names this domain as its issuer and is signed with this domain's key.

    For whoever lets TLS trust several domains at once, and must know which of them a certificate is of.
    """
    try:
        certificate = x509.load_der_x509_certificate(certificate_der)
        if certificate.issuer != _name(check_domain(domain)):
            return False
        key = Ed25519PublicKey.from_public_bytes(domain_key)
        key.verify(certificate.signature, certificate.tbs_certificate_bytes)
    except (ValueError, InvalidSignature):
        return False
    return True


def _sip_name(certificate: x509.Certificate) -> tuple[str, list[x509.ObjectIdentifier]]:
    """What follows 'sip:' in the one URI of a certificate, and what it may be used for."""
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    [uri] = alternative.get_values_for_type(x509.UniformResourceIdentifier)
    scheme, _, name = uri.partition(":")
    if scheme != "sip":
        raise ValueError("not a SIP name")
    return name, list(usage)


def certificate_pem(certificate_der: bytes) -> str:
    """Return the PEM of a DER certificate. Raises PackageError E03 if it is none."""
    try:
        return _pem(x509.load_der_x509_certificate(certificate_der))
    except ValueError as error:
        raise PackageError("E03", "damaged: not a certificate") from error


def private_key_pem(private: Secret) -> str:
    """Return the PEM (PKCS #8) of an Ed25519 private key, as TLS libraries want it. It is secret."""
    key = Ed25519PrivateKey.from_private_bytes(private.expose())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _issue(
    domain_private: Secret,
    domain: str,
    *,
    subject: x509.Name,
    alternative: x509.SubjectAlternativeName,
    public: bytes,
    serial: int,
    usages: Sequence[x509.ObjectIdentifier],
    not_before: int,
    days: int,
) -> x509.Certificate:
    issuer = Ed25519PrivateKey.from_private_bytes(domain_private.expose())
    key = Ed25519PublicKey.from_public_bytes(public)
    start = datetime.fromtimestamp(not_before, UTC)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name(check_domain(domain)))
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .add_extension(alternative, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(authority, critical=False)
        .sign(issuer, None)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key_usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
