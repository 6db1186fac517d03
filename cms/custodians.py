"""A store in the hands of custodians: k of n shares open it, together with an operator's passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cms import policy, slots
from cms.files import StagedFolder
from cms.store import Store


def appoint(held: Store, *, threshold: int, number: int, hand: Callable[[list[str]], None]) -> str:
    """Put a store into the hands of custodians; return what to tell. `hand` gives the shares to them: it
    raises OperatorMistake if somebody did not get theirs, and nothing was changed.
    """
    head, data_key, words = slots.to_custodians(held.head, threshold=threshold, number=number)
    # The shares first: a store that none of them opens would be lost.
    hand(words)
    held.rekey(head, data_key, held.act(f"custodians: {threshold} of {number}"))
    return f"{threshold} of {number} shares open the store now. Backups made before still open as before."


def dismiss(held: Store) -> str:
    """Let operators open a store alone again; return what to tell. Raises OperatorMistake."""
    head, data_key = slots.under_new_key(replace(held.head, custody=None))
    policy.check(held.domain.policy, head=head, two_person=held.policy.two_person)
    held.rekey(head, data_key, held.act("custodians: none"))
    return "There are no custodians: an operator's passphrase opens the store. Destroy the shares."


def write(folder: Path, words: Sequence[str]) -> None:
    """Write shares to a new folder, a file for each. Raises OperatorMistake."""
    with StagedFolder(folder) as staged:
        files = {f"share-{at}": f"{share}\n".encode() for at, share in enumerate(words, 1)}
        staged.fill(files, written=lambda: None)
        staged.appear()


def lines(share: str) -> list[str]:
    """Return the words of a share, numbered, five on a line."""
    numbered = [f"{place:>2} {word:<10}" for place, word in enumerate(share.split(), 1)]
    return ["".join(numbered[row : row + 5]) for row in range(0, len(numbered), 5)]
