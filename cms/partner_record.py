"""A partner as the store keeps it: its certificate file, as it came, and when."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from cms.errors import OperatorMistake
from crypto import partner_file
from crypto.domain import Partner
from crypto.errors import PackageError
from crypto.partner_file import PartnerFile


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """`octets` were checked and believed when they were `imported` (Unix seconds)."""

    name: str
    octets: bytes
    imported: int

    @property
    def file(self) -> PartnerFile:
        """What its certificate says. Raises OperatorMistake if the store was tampered with."""
        return _read(self.octets)

    @property
    def partner(self) -> Partner:
        """Its keys, its CRS and its numbers."""
        return self.file.partner


@functools.lru_cache(maxsize=256)
def _read(octets: bytes) -> PartnerFile:
    try:
        return partner_file.parse(octets)
    except PackageError as error:
        raise OperatorMistake(
            f"the store holds a partner's certificate that cannot be read ({error}): import it again"
        ) from error
