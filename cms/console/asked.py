"""What several commands of the console ask for alike: places, new passphrases, a name typed again, shares."""

from __future__ import annotations

from pathlib import Path

from cms import slots
from cms.console.forms import Field, Typed
from cms.errors import OperatorMistake
from cms.passphrase import check_same
from cms.session import share_in
from cms.store import Store

_CONFIRMED = "confirmed"
_SHARE = "share-{}"
_AGAIN = "{}-again"


def place(typed: str, missing: str = "name a place for it") -> Path:
    """Return where something goes. Raises OperatorMistake, saying what is missing, if nothing was typed."""
    if not typed.strip():
        raise OperatorMistake(missing)
    return Path(typed.strip()).expanduser()


def place_or_none(typed: str) -> Path | None:
    """Return where something goes, None if nothing was typed."""
    return place(typed) if typed.strip() else None


def new_passphrase(label: str, name: str = "words") -> list[Field]:
    """Return the two fields for a new passphrase."""
    return [
        Field(name, label, secret=True),
        Field(_AGAIN.format(name), "The same once more", secret=True),
    ]


def chosen_passphrase(typed: Typed, name: str = "words") -> str:
    """Return a new passphrase. Raises OperatorMistake unless it was typed twice."""
    check_same(typed[name], typed[_AGAIN.format(name)])
    return typed[name]


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
    slots.data_key(held.head, held.acting, came).wipe()
