"""Cards and letters on their way out: known to the store first, for a card that got out without being known
could never be blocked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cms import domain as domains
from cms.database import summary
from cms.domain import Domain, Letter, active_cards
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter_files import StagedLetters
from cms.progress import Bar
from cms.records import User
from cms.store import Store


def card(
    store: Store,
    tel: str,
    *,
    at: int,
    stage: Callable[[StagedFiles, Letter], None],
    how: str,
    sealed: bool = True,
    reissue: bool = False,
) -> Letter:
    """Make somebody's card; `stage` writes the files that appear once the store knows it. `how` says in the
    log how it leaves: a file, or the screen.

    Raises OperatorMistake as `domain.issue_card` does, or if a file cannot be written; nothing was changed.
    """
    with StagedFiles() as staged:
        after, letter = domains.issue_card(store.domain, tel=tel, now=at, sealed=sealed, reissue=reissue)
        stage(staged, letter)
        store.save(after, act=store.act(f"{summary(store.domain, after)}; {how}"))
        staged.appear()
    return letter


def addressees(domain: Domain, *, everybody: bool) -> list[User]:
    """Return who gets a letter: who has no card yet, or everybody; nobody who is suspended.

    Raises OperatorMistake if nobody does.
    """
    active = active_cards(domain)
    users = [user for user in domain.users if not user.suspended and (everybody or user.tel not in active)]
    if not users:
        raise OperatorMistake("nobody needs a letter: see  cms user list")
    return users


def replaced(domain: Domain, users: Sequence[User]) -> int:
    """Return how many of these people have a card that new letters would block."""
    active = active_cards(domain)
    return sum(user.tel in active for user in users)


def letters(
    store: Store,
    users: Sequence[User],
    staged: StagedLetters,
    codes: Path,
    bar: Bar,
    *,
    at: int,
    reissue: bool,
) -> None:
    """Make letters for many, their transfer codes apart from them. Raises OperatorMistake as `card` does."""
    after = made(store.domain, users, staged, codes, bar, at=at, reissue=reissue)
    store.save(after)
    staged.appear()


def made(
    domain: Domain,
    users: Sequence[User],
    staged: StagedLetters,
    codes: Path,
    bar: Bar,
    *,
    at: int,
    reissue: bool,
) -> Domain:
    """Make letters for many that are about to appear; return the domain as it is then."""
    making = bar.add_task("Letters", total=len(users))

    def one(letter: Letter) -> None:
        staged.add(letter)
        bar.advance(making)

    after = domains.issue_cards(domain, users, now=at, made=one, reissue=reissue)
    staged.finish(codes, marking=domain.marking)
    return after
