"""TLS 1.3 for the domain: our certificate for phones and partners, and only those that we know for us."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from crs.errors import OperatorError

IDENTITY_FILE = "tls.pem"
"""Our certificate and its private key in one file, so that they are replaced together."""

NEXT_IDENTITY_FILE = "tls.pem.next"
"""The same of a domain that is about to take the place of the one in the database."""


class TellingContext(ssl.SSLContext):
    """A context whose failed handshakes leave their last words where the socket's owner can send them.

    asyncio closes the socket of a failed handshake before the alert has left: the phone would take us for a
    server that is out of order. The SSLError that ends such a handshake has the octets in `last_words`.
    """

    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *arguments: Any, **keywords: Any
    ) -> ssl.SSLObject:
        tls = super().wrap_bio(incoming, outgoing, *arguments, **keywords)
        assert isinstance(tls, _TellingObject)
        tls.outgoing = outgoing
        return tls


class _TellingObject(ssl.SSLObject):
    outgoing: ssl.MemoryBIO

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            error.last_words = self.outgoing.read()  # type: ignore[attr-defined]
            raise


def last_words(error: OSError) -> bytes:
    """Return the TLS alert that a failed handshake has left unsent, empty if there is none."""
    octets = getattr(error, "last_words", b"")
    return octets if isinstance(octets, bytes) else b""


def server_context(home: Path, trust_anchor: str, *, client_certificate: bool) -> ssl.SSLContext:
    """Build a TLS 1.3 server context from `tls.pem` in the home directory.

    `trust_anchor` (PEM, one or several) is all that is trusted. With `client_certificate` a handshake without
    one fails; otherwise one is asked for, and verified if it is given. Raises OperatorError if our file is
    unusable.
    """
    context = TellingContext(ssl.PROTOCOL_TLS_SERVER)
    context.sslobject_class = _TellingObject
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED if client_certificate else ssl.CERT_OPTIONAL
    # A resumed session would skip the certificate of a phone that has been blocked since.
    context.num_tickets = 0
    context.load_verify_locations(cadata=trust_anchor)
    load_certificate(context, home)
    return context


def client_context(home: Path, trust_anchor: str) -> ssl.SSLContext:
    """Build a TLS 1.3 client context that shows `tls.pem` and trusts one anchor (PEM): a partner's.

    Raises OperatorError if our file is unusable.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=trust_anchor)
    load_certificate(context, home)
    return context


def load_certificate(context: ssl.SSLContext, home: Path) -> None:
    """Give a context what is in `tls.pem` now. Raises OperatorError if it is unusable."""
    path = home / IDENTITY_FILE
    try:
        context.load_cert_chain(path)
    except OSError as error:
        raise OperatorError(f"{path}: {error}; load newer CRS media with `crs load`") from error


def check_identity(home: Path, trust_anchor: str) -> None:
    """Check that `tls.pem` holds a certificate of this domain (its anchor in PEM) with its own key.

    Raises OperatorError.
    """
    server_context(home, trust_anchor, client_certificate=False)
    if not is_identity_of(home / IDENTITY_FILE, trust_anchor):
        raise OperatorError(f"{IDENTITY_FILE} is not a certificate of this domain; nothing was changed")


def certificate_until(home: Path) -> int:
    """Return when our certificate ends, in Unix seconds. Raises OperatorError if `tls.pem` is unusable."""
    path = home / IDENTITY_FILE
    try:
        return int(x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc.timestamp())
    except (OSError, ValueError) as error:
        raise OperatorError(f"{path}: {error}; load newer CRS media with `crs load`") from error


def is_identity_of(path: Path, trust_anchor: str) -> bool:
    """Say whether the certificate in a file is of this domain (its anchor in PEM)."""
    try:
        ours, anchor = (
            x509.load_pem_x509_certificate(octets) for octets in (path.read_bytes(), trust_anchor.encode())
        )
        ours.verify_directly_issued_by(anchor)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
