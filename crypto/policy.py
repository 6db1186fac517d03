"""What a domain has agreed on for its phones. It travels in the bulletin: signed, and for every phone.

mode      'compatible'      the CMS can recover keys; nothing more is promised
          'escrow'          custodians together can open calls, and every opening is logged
          'forward-secret'  old master secrets are destroyed: nobody opens calls of a key period that is over
rotate    how often master secrets change: 'never', 'monthly', 'quarterly'
call_log  whether a phone may keep a list of its calls
escrow_months  in escrow mode, how many months after their last one master secrets stay; left out: no end
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from crypto.bulletin import PolicyValue
from crypto.errors import PackageError


class Mode(StrEnum):
    """Who can open calls afterwards."""

    COMPATIBLE = "compatible"
    ESCROW = "escrow"
    FORWARD_SECRET = "forward-secret"


class Rotation(StrEnum):
    """How often master secrets change."""

    NEVER = "never"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


MAX_ESCROW_MONTHS = 1200
_Words = TypeVar("_Words", Mode, Rotation)


@dataclass(frozen=True, slots=True)
class DomainPolicy:
    """A domain's policy; as new, it says what holds where nothing was agreed."""

    mode: Mode = Mode.COMPATIBLE
    rotate: Rotation = Rotation.NEVER
    call_log: bool = True
    escrow_months: int = 0

    @property
    def values(self) -> dict[str, PolicyValue]:
        """The policy as a bulletin carries it."""
        said: dict[str, PolicyValue] = {
            "mode": str(self.mode),
            "rotate": str(self.rotate),
            "call_log": self.call_log,
        }
        return said | {"escrow_months": self.escrow_months} if self.escrow_months else said


def read(values: Mapping[str, PolicyValue]) -> DomainPolicy:
    """Read what a bulletin carries: what is left out is as new, and names that we do not know are ignored.

    Raises PackageError E02 for a value that we do not know: to guess what is allowed would be worse.
    """
    usual = DomainPolicy()
    call_log = values.get("call_log", usual.call_log)
    if not isinstance(call_log, bool):
        raise _unknown("call_log")
    months = values.get("escrow_months", usual.escrow_months)
    if type(months) is not int or not 0 <= months <= MAX_ESCROW_MONTHS:
        raise _unknown("escrow_months")
    return DomainPolicy(
        mode=_word(values, "mode", Mode, usual.mode),
        rotate=_word(values, "rotate", Rotation, usual.rotate),
        call_log=call_log,
        escrow_months=months,
    )


def _word(values: Mapping[str, PolicyValue], name: str, kind: type[_Words], usual: _Words) -> _Words:
    value = values.get(name, usual)
    try:
        return kind(str(value))
    except ValueError as error:
        raise _unknown(name) from error


def _unknown(name: str) -> PackageError:
    return PackageError("E02", f"the policy {name!r} has a value that this phone does not know: update it")
