"""What the CMS keeps of people, cards, months and openings: records, and nothing that acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from crypto.secret import Secret


class CardState(IntEnum):
    """What became of a card, as far as the CMS can know: nothing ever comes back to it."""

    ISSUED = 0
    BLOCKED = 1


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class IssuedMonth:
    """What the CMS keeps of a card's keys for a later month: all else follows from it and the masters.

    `order` counts every signing key that the domain has made; `next_transport_seed` travels in the pack.
    """

    month: str
    order: int
    issued: int
    pvt: bytes
    next_transport_seed: Secret


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class IssuedCard:
    """What the CMS keeps of a card: public keys, the seed of the phone's next transport key, later months.

    `used` and `destroyed` say when its letter was, in Unix seconds; 0: not yet, as far as anybody has told.
    """

    tel: str
    serial: int
    month: str
    issued: int
    expires: int
    state: CardState
    check_code: str
    pvt: bytes
    transport_public: bytes
    device_public: bytes
    next_transport_seed: Secret
    order: int
    months: tuple[IssuedMonth, ...] = ()
    used: int = 0
    destroyed: int = 0

    @property
    def newest(self) -> str:
        """The last month that this card's holder has keys for."""
        return self.months[-1].month if self.months else self.month


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class IssuedOpening:
    """What the CMS keeps of a month that was opened for a case. It stands in the issuance list of `listed`.

    `order` counts as that of signing keys does; `nonce` proves which leaf is this opening's.
    """

    order: int
    listed: str
    opened: int
    tel: str
    month: str
    case: str
    nonce: bytes


@dataclass(frozen=True, slots=True)
class User:
    """A person with a number. `marking` stands on their letters instead of the domain's, unless it is empty.

    `suspended` says that the CRS is to refuse their card until they are resumed.
    """

    tel: str
    name: str
    added: int
    marking: str = ""
    suspended: bool = False


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MasterSecrets:
    """The domain key, which never leaves the CMS, and the CRS's TLS key, which does so on the CRS media.

    What keys are made from changes more often, and is apart (`cms.generations`).
    """

    domain: Secret
    crs_tls: Secret
