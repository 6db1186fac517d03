"""The keys of whoever builds images: one signs release folders, one update bundles.

    python -m image.update_keys DIRECTORY [--name "Example Ltd"] [--no-passphrase]

    release.key  release.pub    Ed25519: SHA256SUMS of a release folder
    bundle-ca.key bundle-ca.crt P-256: the anchor that every phone of these builds trusts for updates
    bundle.key   bundle.crt     P-256, issued by it: signs RAUC bundles, and is replaced when it expires

Phones hold bundle-ca.crt and nothing else of these. Keep bundle-ca.key off the computer that builds.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_YEARS = 20
SIGNER_YEARS = 3
MIN_PASSPHRASE = 12
_DAY = timedelta(days=1)
_Key = Ed25519PrivateKey | ec.EllipticCurvePrivateKey


def make(name: str, passphrase: bytes | None, *, now: datetime) -> Mapping[str, bytes]:
    """Return every file by its name. `name` is the organisation's, as it stands in the certificates."""
    release = Ed25519PrivateKey.generate()
    anchor, signer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    sealed: KeySerializationEncryption = (
        NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    )
    issuer = _subject(name, "update anchor")
    anchor_certificate = (
        _certificate(issuer, issuer, anchor.public_key(), now, CA_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(anchor.public_key()), critical=False)
        .sign(anchor, hashes.SHA256())
    )
    signer_certificate = (
        _certificate(_subject(name, "update signer"), issuer, signer.public_key(), now, SIGNER_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        # RAUC checks by default that the certificate may sign S/MIME, as CMS came to be.
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]),
            critical=False,
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(anchor.public_key()), critical=False
        )
        .sign(anchor, hashes.SHA256())
    )
    return {
        "release.key": _private(release, sealed),
        "release.pub": release.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "bundle-ca.key": _private(anchor, sealed),
        "bundle-ca.crt": anchor_certificate.public_bytes(Encoding.PEM),
        "bundle.key": _private(signer, sealed),
        "bundle.crt": signer_certificate.public_bytes(Encoding.PEM),
    }


def write(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write the keys into a new directory: all of them or none. Raises FileExistsError if it is there."""
    if directory.exists():
        raise FileExistsError(f"{directory} exists: keys are not overwritten, choose another directory")
    unfinished = directory.with_name(f".{directory.name}.new")
    unfinished.mkdir(mode=0o700, parents=True)
    for name, octets in files.items():
        mode = 0o600 if name.endswith(".key") else 0o644
        descriptor = os.open(unfinished / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
    unfinished.rename(directory)


def _private(key: _Key, sealed: KeySerializationEncryption) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)


def _subject(organisation: str, what: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Sottovoce {what}"),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    """A certificate to be signed, valid since yesterday: a phone's clock may be a little behind."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + years * 365 * _DAY)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def ask_passphrase() -> bytes:
    """Ask twice on the terminal. Raises ValueError for two that differ, or a short one."""
    first = getpass.getpass(f"Passphrase for the private keys (at least {MIN_PASSPHRASE} characters): ")
    if len(first) < MIN_PASSPHRASE:
        raise ValueError(f"at least {MIN_PASSPHRASE} characters: nothing was written")
    if first != getpass.getpass("Once more: "):
        raise ValueError("the two differ: nothing was written")
    return first.encode()


def main(argv: list[str] | None = None) -> int:
    """Make the keys; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="image.update_keys",
        description="Make the keys that sign releases and updates.",
        epilog="example: python -m image.update_keys /media/safe/update-keys --name 'Example Ltd'",
    )
    parser.add_argument("directory", type=Path, help="a directory that does not exist yet")
    parser.add_argument("--name", default="Sottovoce builder", help="the organisation in the certificates")
    parser.add_argument(
        "--no-passphrase", action="store_true", help="leave the private keys unencrypted: for trials only"
    )
    arguments = parser.parse_args(argv)
    try:
        passphrase = None if arguments.no_passphrase else ask_passphrase()
        write(arguments.directory, make(arguments.name, passphrase, now=datetime.now(UTC)))
    except (OSError, ValueError) as error:
        print(f"update-keys: {error}", file=sys.stderr)
        return 1
    print(f"update-keys: written to {arguments.directory}")
    print(
        "Next: build with  make image UPDATE_KEYS=DIRECTORY  and store bundle-ca.key and a copy of the rest"
    )
    print("in a safe: whoever has bundle.key can put software on every phone of yours.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
