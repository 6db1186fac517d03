"""Two KMS, three numbers, two months: whoever may call whom in the tests of I_MESSAGEs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from crypto import eccsi, sakke
from crypto.identifier import month_of, monthly
from crypto.kms import KMSCertificate
from crypto.mikey import Callee, CalleeKMS, Caller
from crypto.secret import Secret

NOW = datetime(2026, 11, 22, 18, 0, 0, 250_000, tzinfo=UTC)
ALICE, BOB, CAROL = "+447700900123", "+447700900124", "+447700900125"


@dataclass(frozen=True)
class KMS:
    """A KMS for tests: its secrets are hashes of its name."""

    uri: str

    @property
    def master_secret(self) -> bytes:
        return hashlib.sha256(b"SAKKE " + self.uri.encode()).digest().rjust(128, b"\0")

    @property
    def ksak(self) -> bytes:
        return hashlib.sha256(b"ECCSI " + self.uri.encode()).digest()[:31].rjust(32, b"\0")

    @property
    def certificate(self) -> KMSCertificate:
        return KMSCertificate(
            self.uri, sakke.kms_public_key(self.master_secret), eccsi.kms_public_key(self.ksak)
        )

    def caller(self, tel: str, when: datetime = NOW) -> Caller:
        """Return a number with its signing key of a month; the same key every time."""
        v = hashlib.sha256(f"{tel} {month_of(when)}".encode()).digest()[:31].rjust(32, b"\0")
        ssk, pvt = eccsi.extract_ssk(self.ksak, monthly(tel, when), v=v)
        return Caller(tel, Secret(ssk), pvt, self.certificate)

    def receiver_key(self, tel: str, when: datetime = NOW) -> sakke.ReceiverKey:
        identifier = monthly(tel, when)
        return sakke.ReceiverKey(
            sakke.extract_rsk(self.master_secret, identifier),
            identifier=identifier,
            kms_public_key=self.certificate.sakke_public_key,
        )

    def callee(self, tel: str, *months: datetime) -> Callee:
        """Return a number with its receiver keys of some months, by default of this one."""
        keys = {month_of(when): self.receiver_key(tel, when) for when in months or (NOW,)}
        return Callee(tel, self.uri, keys)

    def called(self) -> CalleeKMS:
        return CalleeKMS(self.uri, sakke.KMSPublicKey(self.certificate.sakke_public_key))


HOME, PARTNER, STRANGER = KMS("sv.example"), KMS("partner.example"), KMS("stranger.example")
TRUSTED = {kms.uri: kms.certificate for kms in (HOME, PARTNER)}
