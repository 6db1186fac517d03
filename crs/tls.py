"""TLS 1.3 for the domain: our certificate for the phones, and only the domain's phones for us."""

from __future__ import annotations

import ssl
from pathlib import Path

from crs.errors import OperatorError

IDENTITY_FILE = "tls.pem"
"""Our certificate and its private key in one file, so that they are replaced together."""


def server_context(home: Path, trust_anchor: str, *, client_certificate: bool) -> ssl.SSLContext:
    """Build a TLS 1.3 server context from `tls.pem` in the home directory.

    `trust_anchor` (PEM) is the only one. With `client_certificate` a handshake without one fails; otherwise
    one is asked for, and verified if it is given. Raises OperatorError if our file is unusable.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED if client_certificate else ssl.CERT_OPTIONAL
    # A resumed session would skip the certificate of a phone that has been blocked since.
    context.num_tickets = 0
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
