"""What the operators may agree on for the phones of the domain, and what has to be there first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cms.errors import OperatorMistake
from cms.slots import Head
from crypto.policy import DomainPolicy, Mode, Rotation

VALUES: Mapping[str, tuple[str, ...]] = {
    "mode": tuple(Mode),
    "rotate": tuple(Rotation),
    "call-log": ("on", "off"),
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
    if policy.mode is Mode.FORWARD_SECRET and policy.rotate is Rotation.NEVER:
        raise OperatorMistake(
            "without rotation no master secret is ever destroyed: first  "
            "cms policy set rotate monthly   (or another mode)"
        )
