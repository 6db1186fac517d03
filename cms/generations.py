"""A generation of master secrets: what every RSK and SSK of some months is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cms.errors import OperatorMistake
from crypto import eccsi, sakke
from crypto.domain import Generation
from crypto.secret import Secret

GONE = Secret(b"")
"""What stands in the place of a secret that was destroyed."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MasterGeneration:
    """Master secrets that serve from the month `first` until those of the next generation do.

    `sakke` is z (128 octets, RFC 6508), `eccsi` KSAK (32, RFC 6507); both are empty once `destroyed` (Unix
    seconds; 0: they are not). `made` is in Unix seconds.
    """

    first: str
    made: int
    sakke: Secret
    eccsi: Secret
    sakke_public_key: bytes
    eccsi_public_key: bytes
    destroyed: int = 0

    @property
    def public(self) -> Generation:
        """What everybody may know of it."""
        return Generation(self.first, self.sakke_public_key, self.eccsi_public_key)

    def check_kept(self) -> MasterGeneration:
        """Return it. Raises OperatorMistake if its secrets are destroyed."""
        if self.destroyed:
            raise OperatorMistake(
                f"the master secrets that serve from {self.first} on are destroyed: "
                "no key of their months can be made again"
            )
        return self

    def without_secrets(self, now: int) -> MasterGeneration:
        """Return it destroyed. The secrets themselves are wiped when nobody holds them any more."""
        return replace(self, sakke=GONE, eccsi=GONE, destroyed=now)


def generate(first: str, *, now: int) -> MasterGeneration:
    """Return fresh master secrets that serve from a month on."""
    z, ksak = sakke.generate_master_secret(), eccsi.generate_ksak()
    return MasterGeneration(
        first, now, Secret(z), Secret(ksak), sakke.kms_public_key(z), eccsi.kms_public_key(ksak)
    )


def serving(generations: tuple[MasterGeneration, ...], month: str) -> MasterGeneration:
    """Return the generation of a month, the first one for months before all of them."""
    begun = [one for one in generations if one.first <= month]
    return begun[-1] if begun else generations[0]
