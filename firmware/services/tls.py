"""TLS 1.3 to our CRS and to nobody else: one trust anchor, and the host that the card names."""

from __future__ import annotations

import os
import ssl
from contextlib import ExitStack

from firmware.sealed_memory import seal


def split_host(crs: str) -> tuple[str, int]:
    """Split 'host:port' or '[v6]:port'. Raises ValueError."""
    host, _, port = crs.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def client_context(
    trust_anchor: str, certificate: str | None = None, key: int | None = None
) -> ssl.SSLContext:
    """Build a client context that trusts `trust_anchor` (PEM) alone.

    `certificate` is the PEM of our certificate and `key` a descriptor of its PEM key; OpenSSL reads the key
    from the descriptor, so it never passes through this interpreter. Raises ssl.SSLError if they do not fit.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=trust_anchor)
    if certificate is not None and key is not None:
        with ExitStack() as stack:
            sealed = seal(certificate.encode(), name="certificate")
            stack.callback(os.close, sealed)
            context.load_cert_chain(f"/proc/self/fd/{sealed}", f"/proc/self/fd/{key}")
    return context


def trouble_of(error: Exception) -> str:
    """Return the code to show for an error of connecting: E22 not genuine, E23 not accepted, E20, E21."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "E22"
    if isinstance(error, ssl.SSLError) and "ALERT" in (error.reason or ""):
        return "E23"
    if isinstance(error, OSError) and error.errno in (100, 101):  # ENETDOWN, ENETUNREACH
        return "E20"
    return "E21"
