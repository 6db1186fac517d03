"""What several commands of the console ask for alike: a place, a name typed again, shares of custodians."""

from __future__ import annotations

from pathlib import Path

from cms import custodians
from cms.console.forms import Field, Typed
from cms.errors import OperatorMistake
from cms.session import share_in
from cms.store import Store

_CONFIRMED = "confirmed"
_SHARE = "share-{}"


def place(typed: str, missing: str = "name a place for it") -> Path:
    """Return where something goes. Raises OperatorMistake, saying what is missing, if nothing was typed."""
    if not typed.strip():
        raise OperatorMistake(missing)
    return Path(typed.strip()).expanduser()


def confirmation(what: str) -> Field:
    """Return the field for the name of what ends: `what` says of whom or of what."""
    return Field(_CONFIRMED, f"Type {what}")


def check_confirmed(typed: Typed, name: str) -> None:
    """Raise OperatorMistake unless this name was typed."""
    if typed[_CONFIRMED].strip() != name:
        raise OperatorMistake(f"that is not {name}: nothing was changed")


def shares(held: Store) -> list[Field]:
    """Return a field for each share that opens the store; none if there are no custodians."""
    custody = held.head.custody
    if custody is None:
        return []
    return [
        Field(_SHARE.format(at), f"Share {at} of {custody.threshold}", secret=True)
        for at in range(1, custody.threshold + 1)
    ]


def check_shares(held: Store, typed: Typed) -> None:
    """Raise OperatorMistake unless the shares that were typed, or are in the files that were, open the store.

    They opened it for this sitting already. What is done in the custodians' name needs them here again.
    """
    if held.head.custody is None:
        return
    came: list[tuple[str, str]] = []
    for at in range(1, held.head.custody.threshold + 1):
        words = typed[_SHARE.format(at)].strip()
        one = words if len(words.split()) != 1 else share_in(Path(words).expanduser())
        came.append((f"share {at}", one))
    custodians.check_present(held, came)
