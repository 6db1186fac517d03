"""TLS 1.3 to our CRS and to nobody else: one trust anchor, and the host that the card names.

A board may have no battery for its clock: the system's is not asked, the vault's is (docs/decisions/0020).
It is a lower bound of the time, so a certificate is refused whose end is before it. One whose beginning is
after it is not: a phone that has just started cannot know better, and only our domain's CA makes such a one.
"""

from __future__ import annotations

import os
import ssl
from contextlib import ExitStack

from firmware.sealed_memory import seal

NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL: no certificate is held against the system's clock."""
HAS_EXPIRED = 10
"""X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL."""


def split_host(crs: str) -> tuple[str, int]:
    """Split 'host:port' or '[v6]:port'. Raises ValueError."""
    host, _, port = crs.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


class VaultTimeContext(ssl.SSLContext):
    """A context for which it is `moment` (Unix seconds) or later. The end of the CA is not looked at: an
    anchor has none (crypto/certificates.py).
    """

    moment: int


class _Object(ssl.SSLObject):
    """What asyncio speaks TLS through."""

    def do_handshake(self) -> None:
        super().do_handshake()
        _check_end(self)


class _Socket(ssl.SSLSocket):
    """What a blocking caller speaks TLS through."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        _check_end(self)


def _check_end(line: ssl.SSLObject | ssl.SSLSocket) -> None:
    """Raise ssl.SSLCertVerificationError if the certificate shown, verified but for time, has ended."""
    context, shown = line.context, line.getpeercert() or {}
    assert isinstance(context, VaultTimeContext)
    if ssl.cert_time_to_seconds(str(shown["notAfter"])) < context.moment:
        error = ssl.SSLCertVerificationError("certificate verify failed: certificate has expired")
        error.verify_code, error.verify_message = HAS_EXPIRED, "certificate has expired"
        raise error


def client_context(
    trust_anchor: str, certificate: str | None = None, key: int | None = None, *, moment: int
) -> ssl.SSLContext:
    """Build a client context that trusts `trust_anchor` (PEM) alone, at `moment` (Unix seconds) or later.

    `certificate` is the PEM of our certificate and `key` a descriptor of its PEM key; OpenSSL reads the key
    from the descriptor, so it never passes through this interpreter. Raises ssl.SSLError if they do not fit.
    """
    context = VaultTimeContext(ssl.PROTOCOL_TLS_CLIENT)
    context.moment = moment
    context.sslobject_class, context.sslsocket_class = _Object, _Socket
    context.verify_flags |= NO_CHECK_TIME
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
