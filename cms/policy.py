"""What the operators may agree on for the phones of the domain, and what has to be there first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cms.errors import OperatorMistake
from cms.slots import Head
from crypto.policy import DomainPolicy, Mode, Rotation

_NO_END = "no-end"

VALUES: Mapping[str, tuple[str, ...]] = {
    "mode": tuple(Mode),
    "rotate": tuple(Rotation),
    "call-log": ("on", "off"),
    "escrow-months": (_NO_END, "1", "3", "6", "12", "24", "36", "60", "120"),
}
"""Each policy of the phones and its values, as an operator types them."""

MEANING: Mapping[str, str] = {
    Mode.COMPATIBLE: "the CMS can recover keys; phones say COMPATIBLE",
    Mode.ESCROW: "custodians can open calls, logged; phones say ESCROW",
    Mode.FORWARD_SECRET: "old master secrets are destroyed; phones say FORWARD-SECRET",
}

_CHANGES: Mapping[str, Callable[[DomainPolicy, str], DomainPolicy]] = {
    "mode": lambda policy, value: replace(policy, mode=Mode(value)),
    "rotate": lambda policy, value: replace(policy, rotate=Rotation(value)),
    "call-log": lambda policy, value: replace(policy, call_log=value == "on"),
    "escrow-months": lambda policy, value: replace(
        policy, escrow_months=0 if value == _NO_END else int(value)
    ),
}


def changed(policy: DomainPolicy, name: str, value: str) -> DomainPolicy:
    """Return the policy with one value changed. Raises OperatorMistake for a value that does not exist."""
    if value not in VALUES[name]:
        raise OperatorMistake(f"{name} cannot be {value!r}: take {' or '.join(VALUES[name])}")
    return _CHANGES[name](policy, value)


def check(policy: DomainPolicy, *, head: Head, two_person: bool) -> None:
    """Raise OperatorMistake if a mode would promise what this store does not keep."""
    if policy.mode is Mode.ESCROW:
        if head.custody is None:
            raise OperatorMistake(
                "escrow is for custodians to open, and there are none: first  "
                "cms custodians --threshold 2 --shares 3   (or another mode)"
            )
        if not two_person:
            raise OperatorMistake(
                "escrow is never one operator's work: first  cms policy set two-person on   (or another mode)"
            )
    if policy.escrow_months and policy.rotate is Rotation.NEVER:
        raise OperatorMistake(
            "without rotation no master secret is ever over, and none destroyed: first  "
            f"cms policy set rotate monthly   (or  escrow-months {_NO_END})"
        )
    if policy.mode is Mode.FORWARD_SECRET and policy.rotate is Rotation.NEVER:
        raise OperatorMistake(
            "without rotation no master secret is ever destroyed: first  "
            "cms policy set rotate monthly   (or another mode)"
        )


def kept(policy: DomainPolicy) -> str:
    """Return how long master secrets stay for escrow, in words."""
    months = policy.escrow_months
    if not months:
        return f"escrow-months {_NO_END}: in escrow mode master secrets stay"
    return (
        f"escrow-months {months}: in escrow mode master secrets are destroyed, with an export,"
        f" {months} month{'' if months == 1 else 's'} after their last one"
    )
