"""The commands of the CMS: a thin shell over cms.domain. No command opens a socket."""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from cms import cli_audit, cli_store, media, picture, screen, store
from cms import domain as domains
from cms import letter as letters
from cms import month as months
from cms.domain import DEFAULT_MARKING, Letter
from cms.errors import OperatorMistake
from cms.files import StagedFiles, StagedFolder
from cms.session import Commands, created, opened
from crypto.fingerprint import fingerprint

DEFAULT_STORE = Path("~/.local/share/sottovoce/cms")

app = Commands(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="The air-gapped management system of a Sottovoce domain: it issues every key, never on a network.",
)
user_app = Commands(no_args_is_help=True, help="People, their numbers and their cards.")
app.add_typer(user_app, name="user")
month_app = Commands(no_args_is_help=True, help="The keys of a month, made before it begins.")
app.add_typer(month_app, name="month")
app.add_typer(cli_audit.app, name="audit")
cli_store.join(app)

StoreFolder = Annotated[
    Path,
    typer.Option("--store", envvar="CMS_STORE", help="Folder of the store.", show_default=str(DEFAULT_STORE)),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        envvar="CMS_PASSPHRASE_FILE",
        help="File whose first line is the passphrase; without it you are asked.",
    ),
]
Tel = Annotated[str, typer.Option(help="Number in international form, such as +447700900123.")]


def main() -> None:
    """Run a command. Exit status: 0 done, 1 refused with nothing changed, 2 typed wrongly."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the master secrets are in this process's memory
    try:
        app()
    except OperatorMistake as mistake:
        Console(stderr=True).print(
            f"[bold red]cms:[/] {escape(str(mistake))}", highlight=False, soft_wrap=True
        )
        sys.exit(1)


@app.command(
    epilog="Example:  cms init --domain sv.example --organisation 'Example Office' --crs crs.sv.example:5061"
)
def init(
    domain: Annotated[str, typer.Option(help="Name of the domain, such as sv.example; also its KMS URI.")],
    organisation: Annotated[
        str, typer.Option(help="Name of the organisation, shown when a phone is enrolled.")
    ],
    crs: Annotated[str, typer.Option(help="host:port of the CRS (SIP over TLS; HTTPS is on the next port).")],
    marking: Annotated[str, typer.Option(help="Marking at head and foot of every letter.")] = DEFAULT_MARKING,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a new domain: master secrets, domain key, and the TLS key of its CRS."""
    new = domains.create(domain, organisation=organisation, crs=crs, marking=marking, now=_now())
    if store.exists(folder.expanduser()):
        raise OperatorMistake(f"{folder} holds a domain already: choose another --store for a second one")
    with created(folder, passphrase_file, new):
        screen.print_new_domain(Console(), new)


@app.command(epilog="Example:  cms status")
def status(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """Show the domain, its fingerprint, its cards and the last export."""
    with opened(folder, passphrase_file) as held:
        screen.print_status(Console(), held.domain, _now())


@user_app.command("add", epilog="Example:  cms user add --tel +447700900123 --name 'Alice Example'")
def user_add(
    tel: Tel,
    name: Annotated[str, typer.Option(help="Name as other phones will show it.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Add a person with a number. Their card comes with [bold]cms user card[/]."""
    with opened(folder, passphrase_file) as held:
        held.save(domains.add_user(held.domain, tel=tel, name=name, now=_now()))
    said = f"{name} has {tel}. Next:  cms user card --tel {tel}"
    Console().print(said, highlight=False, markup=False, soft_wrap=True)


@user_app.command("list", epilog="Example:  cms user list")
def user_list(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """List everybody with the state of their card."""
    with opened(folder, passphrase_file) as held:
        screen.print_users(Console(), held.domain, _now())


@user_app.command(
    "card",
    epilog="Examples:  cms user card --tel +447700900123 --pdf alice.pdf\n\n"
    "cms user card --tel +447700900123 --show --no-code",
)
def user_card(
    tel: Tel,
    png: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the card as a PNG picture.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the letter, one A4 page.")] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Fill the screen with the card; it hides itself.")
    ] = False,
    seconds: Annotated[int, typer.Option(min=5, max=600, help="With --show: hide after this long.")] = 60,
    no_code: Annotated[
        bool, typer.Option("--no-code", help="Not sealed under a transfer code; on the screen only.")
    ] = False,
    code_file: Annotated[
        Path | None, typer.Option(help="Write the transfer code to a file of its own instead of the screen.")
    ] = None,
    reissue: Annotated[
        bool, typer.Option("--reissue", help="Block the card they have and make a new one.")
    ] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make somebody's card and show it once: as a letter, a picture, or in the terminal.

    The transfer code opens the card at the phone. Tell it by another way than the card. It is not kept.
    """
    if no_code and (png or pdf or code_file):
        raise OperatorMistake(
            "a card without a transfer code is shown on the screen only: leave out --no-code"
        )
    console = Console()
    on_screen = show or not (png or pdf)
    if show and not console.is_terminal:
        raise OperatorMistake("--show needs a terminal: write a file with  -o card.png")
    if on_screen:
        screen.check_room(console, lines=screen.CODE_LINES + 1 if show else 0)
    with (
        opened(folder, passphrase_file) as held,
        StagedFiles() as staged,
    ):
        after, letter = domains.issue_card(
            held.domain, tel=tel, now=_now(), sealed=not no_code, reissue=reissue
        )
        _stage(staged, letter, png=png, pdf=pdf, code_file=code_file)
        # The store first: a card that got out without being known could never be blocked.
        held.save(after)
        staged.appear()
    if show:
        screen.show_code(console, letter, seconds=seconds)
    elif on_screen:
        screen.print_code(console, letter.text)
    screen.print_letter(console, letter, with_code=code_file is None)


@app.command(epilog="Example:  cms export /media/usb/export-1")
def export(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="New folder for the media.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the signed media for the CRS: roster, packs, certificates, lists.

    The media hold the TLS key of the CRS: destroy them once they are loaded. Nothing on them opens a call.
    """
    _export(target, folder, passphrase_file, month=None)


@month_app.command("export", epilog="Example:  cms month export 2026-12 --media /media/usb/december")
def month_export(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="The month, such as 2026-12 (UTC).")],
    target: Annotated[Path, typer.Option("--media", metavar="DIR", help="New folder for the media.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make everybody's keys for a month and write them, sealed to each phone, on media for the CRS.

    Do it in the last week of the month before; phones fetch their keys as soon as the CRS has them and
    change at the month's first second. Made again, it gives the same keys, and new ones to newcomers only.
    """
    _export(target, folder, passphrase_file, month=month)


def _export(target: Path, folder: Path, passphrase_file: Path | None, *, month: str | None) -> None:
    errors, now = Console(stderr=True), _now()
    with (
        opened(folder, passphrase_file) as held,
        StagedFolder(target) as staged,
        Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress,
    ):
        domain = held.domain
        if month is not None:
            domain = months.issue(domain, month, now=now)
        total = media.packs_in(domain, now=now)
        packing = progress.add_task("Packing", total=total)
        after, files = media.export(domain, now=now, packed=lambda: progress.advance(packing))
        writing = progress.add_task("Writing", total=len(files))
        staged.fill(files, written=lambda: progress.advance(writing))
        # The store first: keys that got out without being known could never be revoked.
        held.save(after)
        staged.appear()
    load = f"crs init --media {target}" if after.exports == 1 else f"crs load --media {target}"
    Console().print(
        f"Export {after.exports} is in {target}: {total} packs for {after.crs}.\n"
        f"Fingerprint  {fingerprint(after.domain_key)}\n"
        f"Next, at the CRS:  {load}   Then destroy the media.",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def _stage(
    staged: StagedFiles, letter: Letter, *, png: Path | None, pdf: Path | None, code_file: Path | None
) -> None:
    if png is not None:
        staged.add(png, picture.png(letter.text))
    if pdf is not None:
        staged.add(pdf, letters.pdf(letter))
    if code_file is not None and letter.transfer_code is not None:
        staged.add(code_file, f"{letter.transfer_code}\n".encode())


def _now() -> int:
    return int(time.time())
