"""A recovery, whole: new keys made, known to the store, and only then on paper and on media."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cms import disc, exports, issuing, recovery, recovery_words, store
from cms.domain import Letter
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter_files import StagedLetters
from cms.progress import Bar
from cms.recovery import Recovered
from cms.store import Store
from cms.store_renewal import renewal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What becomes of the old store of a CMS that is compromised (kept in a new file, or nothing kept), what
    happened, and where everybody's letters and transfer codes go, if they are made at once.
    """

    kept: Path | None
    reason: str = "not said"
    output: Path | None = None
    codes: Path | None = None


def user(
    held: Store,
    tel: str,
    stage: Callable[[StagedFiles, Letter], None],
    medium: Path | None,
    bar: Bar,
    *,
    at: int,
) -> Recovered:
    """Put a new card in the place of a lost one; `stage` writes the files that appear once the store knows
    it. With a `medium`, the media for the CRS are written at once.

    Raises OperatorMistake as `recovery.user` does, or if a file cannot be written; nothing was changed.
    """
    with ExitStack() as stack:
        staged = stack.enter_context(StagedFiles())
        media = None if medium is None else disc.staged(medium, at=at)
        if media is not None:
            stack.enter_context(media)
        done = recovery.user(held.domain, tel=tel, now=at)
        after = done.domain
        stage(staged, done.letter)
        if media is not None:
            after = exports.write(after, media, bar, at=at)
        # The store first: a card that got out without being known could never be blocked.
        exported = f"; export {after.exports}" if media else ""
        held.save(after, act=held.act(recovery_words.told(done) + exported))
        staged.appear()
        if media is not None:
            media.appear()
    return done


def check(wanted: Wanted, *, destroyed: bool) -> None:
    """Raise OperatorMistake unless it is said what becomes of the old store, and letters go two ways.

    `destroyed`: nothing of the old store is kept.
    """
    if (wanted.kept is None) != destroyed:
        raise OperatorMistake("say what becomes of the old store:  --keep-old FILE  or  --destroy-old")
    if (wanted.output is None) != (wanted.codes is None):
        raise OperatorMistake("letters and codes go different ways: name both,  -o DIR --codes FILE")


def everything(held: Store, passphrases: Sequence[str], wanted: Wanted, bar: Bar, *, at: int) -> str:
    """Give the whole domain new keys, and the store new ones; return what to tell the operator.

    `passphrases` are the new ones of the acting and of the second operator. Raises OperatorMistake as
    `renewal` does, or if a file cannot be written; then nothing was changed.
    """
    old = held.domain
    with ExitStack() as stack:
        after = recovery.renewed(old, now=at)
        act = held.act(recovery_words.bridge(old, after, held.octets(), wanted.kept, wanted.reason))
        prepared = renewal(held.head, held.actors, passphrases, act, cost=store.COST)
        aside = stack.enter_context(StagedFiles())
        if wanted.kept is not None:
            aside.add(wanted.kept, held.octets())
        letters = None
        if wanted.output is not None and wanted.codes is not None:
            letters = stack.enter_context(StagedLetters(wanted.output, one_file=False))
            users = [user for user in after.users if not user.suspended]
            after = issuing.made(after, users, letters, wanted.codes, bar, at=at, reissue=False)
        # The old store aside first, then the new one: at any moment one of the two is whole.
        aside.appear()
        held.begin_anew(after, prepared)
        if letters is not None:
            letters.appear()
    return recovery_words.after_cms(old, after, wanted.kept, wanted.output, wanted.codes)
