"""`cms recover`: what is done when a phone, a letter or the CMS itself is in the wrong hands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import recovering, recovery_words
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.handing import CodeFile, Handing, LetterFile, Picture
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, Tel, now, progress, say
from cms.passphrase import passphrase
from cms.recovering import Wanted
from cms.session import Commands, opened

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
    with opened(folder, passphrase_file) as store, progress() as bar:
        done = recovering.user(store, tel, handing.stage, medium, bar, at=at)
    handing.present(console, done.letter)
    say("\n" + recovery_words.after_user(done, medium))


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
    wanted = Wanted(keep_old, reason, output, codes)
    recovering.check(wanted, destroyed=destroy_old)
    with opened(folder, passphrase_file) as held, progress() as bar:
        say(recovery_words.ends(held.domain))
        _check_name(held.domain, confirm or _typed(held.domain))
        words = [
            passphrase(
                new_passphrase_file,
                new=True,
                of=f"{held.acting.name}, a new one",
                option="--new-passphrase-file",
            )
        ]
        if held.second is not None:
            words.append(
                passphrase(
                    second_new_passphrase_file,
                    new=True,
                    of=f"{held.second.name}, a new one",
                    option="--second-new-passphrase-file",
                )
            )
        said = recovering.everything(held, words, wanted, bar, at=now())
    say("\n" + said)


def _check_name(domain: Domain, typed: str) -> None:
    if typed != domain.name:
        raise OperatorMistake(f"{typed!r} is not the name of this domain: nothing was changed")


def _typed(domain: Domain) -> str:
    """Have the domain's name typed. Raises OperatorMistake if nobody is there."""
    if not sys.stdin.isatty():
        raise OperatorMistake(
            f"nobody is there to be asked and nothing was changed: to do it, add  --confirm {domain.name}"
        )
    return str(typer.prompt("Type the name of the domain to go on", default="", show_default=False))
