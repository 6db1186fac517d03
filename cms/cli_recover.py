"""`cms recover`: what is done when a phone, a letter or the CMS itself is in the wrong hands."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import disc, exports, recovery, store
from cms import domain as domains
from cms.domain import Domain, Letter, serial_text
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.handing import CodeFile, Handing, LetterFile, Picture
from cms.letter_files import StagedLetters
from cms.letter_record import LetterState, state
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, Tel, now, progress, say
from cms.passphrase import passphrase
from cms.progress import Bar
from cms.recovery import Recovered
from cms.session import Commands, opened
from cms.store import Store
from cms.store_renewal import renewal
from crypto.fingerprint import fingerprint

app = Commands(no_args_is_help=True, help="After a loss: one person's keys, or those of the whole domain.")


@app.command(
    "user",
    epilog="Examples:  cms recover user --tel +447700900123 --pdf alice.pdf --media /media/usb/recovery\n\n"
    "cms recover user --tel +447700900123 -o alice.png --code-file alice.code",
)
def recover_user(
    tel: Tel,
    png: Picture = None,
    pdf: LetterFile = None,
    code_file: CodeFile = None,
    medium: Annotated[
        Path | None,
        typer.Option("--media", metavar="DIR|FILE.iso", help="Write the media for the CRS at once."),
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Somebody's phone or letter is lost, stolen or leaked: block their card, revoke its signing keys, void
    its letter, and make them a new card with new ones.

    Every phone refuses the old keys as soon as the CRS has loaded the next media.
    """
    at, console, handing = now(), Console(), Handing(png, pdf, code_file)
    handing.check(console)
    with opened(folder, passphrase_file) as store, ExitStack() as stack, progress() as bar:
        staged = stack.enter_context(StagedFiles())
        media = None if medium is None else disc.staged(medium, at=at)
        if media is not None:
            stack.enter_context(media)
        done = recovery.user(store.domain, tel=tel, now=at)
        after = done.domain
        handing.stage(staged, done.letter)
        if media is not None:
            after = exports.write(after, media, bar, at=at)
        # The store first: a card that got out without being known could never be blocked.
        store.save(after, act=store.act(_told(done) + (f"; export {after.exports}" if media else "")))
        staged.appear()
        if media is not None:
            media.appear()
    handing.present(console, done.letter)
    _steps(_after_user(done, medium))


@app.command(
    "cms",
    epilog="Examples:  cms recover cms --keep-old /media/usb/old-store -o letters --codes codes.pdf\n\n"
    "cms recover cms --destroy-old --reason 'the safe was found open'",
)
def recover_cms(
    keep_old: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the old store, sealed as it is, in a new file."),
    ] = None,
    destroy_old: Annotated[
        bool, typer.Option("--destroy-old", help="Keep nothing of it: its disk and every backup go, too.")
    ] = False,
    reason: Annotated[str, typer.Option(help="What happened, for the log.")] = "not said",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Make everybody's letters at once.")
    ] = None,
    codes: Annotated[Path | None, typer.Option(help="With -o: the transfer codes, on their own.")] = None,
    confirm: Annotated[
        str, typer.Option(metavar="DOMAIN", help="The domain's name, instead of typing it when asked.")
    ] = "",
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help="File with your new passphrase; without it you are asked.")
    ] = None,
    second_new_passphrase_file: Annotated[
        Path | None, typer.Option(help="The same for the second operator.")
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """The CMS is compromised: new master secrets, domain key and CRS key. Every card is void, everybody
    enrols anew, and nothing that the old keys sign or open is worth anything any more.

    Do it on a clean computer, with the old store copied there. The log goes on; all other operators and the
    custodians leave and are added again by you.
    """
    if (keep_old is None) != destroy_old:
        raise OperatorMistake("say what becomes of the old store:  --keep-old FILE  or  --destroy-old")
    if (output is None) != (codes is None):
        raise OperatorMistake("letters and codes go different ways: name both,  -o DIR --codes FILE")
    at = now()
    with opened(folder, passphrase_file) as held, ExitStack() as stack, progress() as bar:
        old = held.domain
        _confirm(old, typed=confirm)
        words = [
            passphrase(
                new_passphrase_file,
                new=True,
                of=f"{held.acting.name}, a new one",
                option="--new-passphrase-file",
            )
        ]
        if held.actors[1] is not None:
            words.append(
                passphrase(
                    second_new_passphrase_file,
                    new=True,
                    of=f"{held.actors[1].name}, a new one",
                    option="--second-new-passphrase-file",
                )
            )
        after = recovery.renewed(old, now=at)
        act = held.act(_bridge(old, after, held, keep_old, reason))
        prepared = renewal(held.head, held.actors, words, act, cost=store.COST)
        aside = stack.enter_context(StagedFiles())
        if keep_old is not None:
            aside.add(keep_old, held.octets())
        letters = None
        if output is not None and codes is not None:
            letters = stack.enter_context(StagedLetters(output, one_file=False))
            after = _letters(after, letters, bar, at=at)
            letters.finish(codes, marking=after.marking)
        # The old store aside first, then the new one: at any moment one of the two is whole.
        aside.appear()
        held.begin_anew(after, prepared)
        if letters is not None:
            letters.appear()
    _steps(_after_cms(old, after, keep_old, output, codes))


def _confirm(domain: Domain, *, typed: str) -> None:
    """Say what follows, and have the domain's name typed. Raises OperatorMistake for anything else."""
    unused = sum(state(card) is LetterState.ISSUED for card in domain.cards)
    say(
        f"This ends every key of {domain.name}:\n"
        f"- the phones of {len(domain.users)} people stop working until each is enrolled anew;\n"
        f"- all {len(domain.cards)} cards are void, {unused} letters not noted as used among them;\n"
        "- the CRS refuses every phone, and every phone the CRS, until both have the new domain;\n"
        "- partners refuse your calls until they have your new certificate;\n"
        "- backups made before open nothing new, other operators and the custodians leave."
    )
    if not typed:
        if not sys.stdin.isatty():
            raise OperatorMistake(
                f"nobody is there to be asked and nothing was changed: to do it, add  --confirm {domain.name}"
            )
        typed = typer.prompt("Type the name of the domain to go on", default="", show_default=False)
    if typed != domain.name:
        raise OperatorMistake(f"{typed!r} is not the name of this domain: nothing was changed")


def _bridge(old: Domain, after: Domain, held: Store, kept: Path | None, reason: str) -> str:
    digest = hashlib.sha256(held.octets()).hexdigest()
    fate = f"kept in {kept.name}" if kept else "to be destroyed, with its disk and every backup"
    return (
        f"domain key {fingerprint(old.domain_key)} gives way to {fingerprint(after.domain_key)};"
        f" cards void: {len(old.cards)}; stated: the old store (SHA-256 {digest}) is {fate}; reason: {reason}"
    )


def _letters(domain: Domain, staged: StagedLetters, bar: Bar, *, at: int) -> Domain:
    users = [user for user in domain.users if not user.suspended]
    making = bar.add_task("Letters", total=len(users))

    def made(letter: Letter) -> None:
        staged.add(letter)
        bar.advance(making)

    return domains.issue_cards(domain, users, now=at, made=made)


def _after_cms(
    old: Domain, after: Domain, kept: Path | None, output: Path | None, codes: Path | None
) -> Sequence[str]:
    letters = (
        f"Print the letters in {output} and the codes in {codes}, send them different ways, remove both."
        if output
        else "cms letters --new -o DIR --codes FILE   and send both different ways."
    )
    fate = f"Lock {kept} away: it opens with the old passphrases." if kept else "Destroy its disk now."
    return (
        f"{after.name} has new keys.\nFingerprint  {fingerprint(after.domain_key)}\n"
        f"It was       {fingerprint(old.domain_key)}",
        f"{fate} Destroy backups and shares made before; then  cms backup FILE",
        "cms user list   Is everybody somebody you know? Remove who is not, with their letter.",
        letters,
        "cms export --media DIR   and carry it to the CRS, whose server is stopped:"
        "  crs recover --media DIR --fingerprint '…'",
        "Every phone: Menu, Administration, Enrol this phone, with its new letter. Until then it shows E22"
        " and calls nobody.",
        "Tell your partners by another way than before, and give them your new certificate.",
        "cms operator add, cms policy show, cms custodians: put people and agreements back.",
        "Everything that the old keys ever protected counts as open: its recorded calls, and who anybody is.",
    )


def _told(done: Recovered) -> str:
    lost, new = done.lost, done.letter.card
    return (
        f"{lost.tel}: card {lost.serial:016X} blocked, its letter void, signing keys revoked: {done.revoked};"
        f" new card {new.serial:016X}"
    )


def _after_user(done: Recovered, medium: Path | None) -> Sequence[str]:
    lost, serial = done.lost, serial_text(done.lost.serial)
    months = " and ".join(sorted({lost.month, *(later.month for later in lost.months)}))
    carry = f"carry {medium} to the CRS" if medium else "cms export --media DIR   and carry it to the CRS"
    return (
        f"Card {serial} of {lost.tel} is blocked, {done.revoked} of its signing keys are revoked.",
        f"At the CRS, now, if that was not done:  crs block {lost.tel}",
        f"{carry}:  crs load --media {medium or 'DIR'}   Then destroy the media.",
        "Enrol the next phone with the new card; tell the code by another way.",
        f"When the old letter is destroyed:  cms letter destroyed '{serial}'",
        "Back up:  cms backup FILE",
        f"Nothing undoes this: who has the keys out of the lost phone opens recorded calls to {lost.tel}"
        f" of {months}.",
    )


def _steps(lines: Sequence[str]) -> None:
    first, *steps, last = lines
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    say("\n".join(["", first, *numbered, last]))
