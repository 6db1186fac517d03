"""Two KMS, three numbers, two months: whoever may call whom in the tests of I_MESSAGEs."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from crypto import eccsi, sakke
from crypto.domain import DomainCertificate, Generation
from crypto.identifier import month_of, monthly
from crypto.kms import KMSCertificate
from crypto.mikey import Callee, CalleeKMS, Caller, KMSBook
from crypto.secret import Secret

NOW = datetime(2026, 11, 22, 18, 0, 0, 250_000, tzinfo=UTC)
ALICE, BOB, CAROL = "+447700900123", "+447700900124", "+447700900125"


@dataclass(frozen=True)
class KMS:
    """A KMS for tests: its secrets are hashes of its name, and of which generation they are."""

    uri: str
    generation: str = ""

    @property
    def _seed(self) -> bytes:
        return (self.uri + self.generation).encode()

    @property
    def master_secret(self) -> bytes:
        return hashlib.sha256(b"SAKKE " + self._seed).digest().rjust(128, b"\0")

    @property
    def ksak(self) -> bytes:
        return hashlib.sha256(b"ECCSI " + self._seed).digest()[:31].rjust(32, b"\0")

    @property
    def certificate(self) -> KMSCertificate:
        return _certificate(self)

    def caller(self, tel: str, when: datetime = NOW) -> Caller:
        """Return a number with its signing key of a month; the same key every time."""
        ssk, pvt = _ssk(self, monthly(tel, when))
        return Caller(tel, Secret(ssk), pvt, self.certificate)

    def rsk(self, tel: str, when: datetime = NOW) -> bytes:
        return _rsk(self, monthly(tel, when))

    def receiver_key(self, tel: str, when: datetime = NOW) -> sakke.ReceiverKey:
        identifier = monthly(tel, when)
        return sakke.ReceiverKey(
            self.rsk(tel, when),
            identifier=identifier,
            kms_public_key=self.certificate.sakke_public_key,
        )

    def callee(self, tel: str, *months: datetime) -> Callee:
        """Return a number with its receiver keys of some months, by default of this one."""
        keys = {month_of(when): self.receiver_key(tel, when) for when in months or (NOW,)}
        return Callee(tel, self.uri, keys)

    @property
    def domain(self) -> DomainCertificate:
        """Return the domain of this KMS, with one generation of keys and a domain key like no other."""
        z, kpak = self.certificate.sakke_public_key, self.certificate.eccsi_public_key
        key = hashlib.sha256(b"domain key " + self.uri.encode()).digest()
        return DomainCertificate(self.uri, key, (Generation("2026-11", z, kpak),))

    def called(self) -> CalleeKMS:
        return CalleeKMS(self.uri, sakke.KMSPublicKey(self.certificate.sakke_public_key))


@functools.cache
def _certificate(kms: KMS) -> KMSCertificate:
    return KMSCertificate(kms.uri, sakke.kms_public_key(kms.master_secret), eccsi.kms_public_key(kms.ksak))


@functools.cache
def _rsk(kms: KMS, identifier: bytes) -> bytes:
    return sakke.extract_rsk(kms.master_secret, identifier)


@functools.cache
def _ssk(kms: KMS, identifier: bytes) -> tuple[bytes, bytes]:
    v = hashlib.sha256(identifier).digest()[:31].rjust(32, b"\0")
    return eccsi.extract_ssk(kms.ksak, identifier, v=v)


HOME, PARTNER, STRANGER = KMS("sv.example"), KMS("partner.example"), KMS("stranger.example")


def believing(*trusted: KMS) -> KMSBook:
    """Return a book of these KMS, each believed about every number."""
    known = {kms.uri: kms.certificate for kms in trusted}
    return lambda uri, tel, month: known.get(uri)


TRUSTED = believing(HOME, PARTNER)
