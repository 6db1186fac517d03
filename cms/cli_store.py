"""`cms operator`, `cms custodians`, `cms backup`, `cms restore`: who opens the store."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import cli_policy, operators, screen, shares, store, store_file
from cms import custodians as stewards
from cms.errors import OperatorMistake
from cms.files import locked
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, say
from cms.passphrase import passphrase
from cms.session import Commands, action, key, opened, watched
from cms.slots import Head
from crypto.fingerprint import fingerprint

operator_app = Commands(no_args_is_help=True, help="Who may open the store, and signs the log.")

_ANOTHER = "take another backup"


@operator_app.command("add", epilog="Example:  cms operator add bob")
def operator_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new operator.")],
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the new operator's passphrase; without it they are asked.")
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Let somebody else open the store, with a passphrase of their own."""
    with opened(folder, passphrase_file) as held:
        operators.check_new(held.head, name)
        words = passphrase(new_passphrase_file, new=True, of=name, option="--new-passphrase-file")
        said = operators.add(held, name, words)
    say(said)


@operator_app.command("list", epilog="Example:  cms operator list")
def operator_list(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """List the operators, and whether custodians hold the store."""
    with opened(folder, passphrase_file) as held:
        screen.print_list(Console(), operators.COLUMNS, operators.rows(held.head))
        custody = held.head.custody
    if custody is not None:
        say(f"{custody.threshold} of {len(custody.fingerprints)} shares open the store, with an operator.")


@operator_app.command("remove", epilog="Example:  cms operator remove bob")
def operator_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the operator.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Let somebody no longer open the store: it gets a new key, and the generation before it is removed.

    Backups made before still open with their passphrase: destroy those that matter.
    """
    with opened(folder, passphrase_file) as held:
        said = operators.remove(held, name)
    say(said)


@operator_app.command("passphrase", epilog="Example:  cms operator passphrase --operator bob")
def operator_passphrase(
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the new passphrase; without it you are asked.")
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Change your own passphrase. The store gets a new key, and the generation before it is removed.

    Backups made before still open with the old passphrase: destroy those that matter.
    """
    with opened(folder, passphrase_file) as held:
        name = held.acting.name
        words = passphrase(
            new_passphrase_file, new=True, of=f"{name}, the new one", option="--new-passphrase-file"
        )
        said = operators.change_passphrase(held, words)
    say(said)


def custodians(
    threshold: Annotated[int, typer.Option(help="How many custodians must meet to open the store.")] = 0,
    shares: Annotated[int, typer.Option(help="How many custodians there are.")] = 0,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="New folder for the shares, a file for each.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="No custodians: operators open it alone.")] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Put the store into the hands of custodians: from here on it opens with K of their N shares only,
    and an operator's passphrase.

    Each share is 33 words (SLIP-39), shown one at a time; earlier shares and passphrases alone open nothing.
    """
    if none == bool(threshold or shares):
        raise OperatorMistake("say either  --threshold K --shares N  or  --none")
    with opened(folder, passphrase_file) as held:
        if none:
            said = stewards.dismiss(held)
        else:
            hand = _show if to is None else partial(stewards.write, to)
            said = stewards.appoint(held, threshold=threshold, number=shares, hand=hand)
    say(said)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file for the backup.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write a backup: the store as it is, encrypted, opened by the same people."""
    with opened(folder, passphrase_file) as held:
        operators.backup(held, file)
        key_ = held.domain.domain_key
    say(f"The backup is in {file}.\nFingerprint  {fingerprint(key_)}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    not_compromised: Annotated[
        bool,
        typer.Option("--not-compromised", help="State that nobody else had the CMS, its disk or a backup."),
    ] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make the store again from a backup, after a loss in which nothing was compromised.

    If something was, do not restore: make a new domain. Your statement goes into the log.
    """
    folder = folder.expanduser()
    octets = store_file.read(file)
    head, _ = store_file.parse(octets, _ANOTHER)
    store.make_folder(folder)
    with locked(folder / "lock"):
        if store.exists(folder):
            _check_older(store.head_of(folder), head, folder)
        _state(stated=not_compromised)
        with (
            store.opened(
                octets, folder, key(head, passphrase_file), action=action(), clock=store.now, hint=_ANOTHER
            ) as held,
            watched(held),
        ):
            made = f"restored from {file.name}, log entry {held.mark.count}"
            held.save(held.domain, act=held.act(f"{made}; stated: nothing was compromised"))
            key_ = held.domain.domain_key
    say(f"The store is as it was in {file}.\nFingerprint  {fingerprint(key_)}")


def _check_older(there: Head, backup: Head, folder: Path) -> None:
    if there.store_id != backup.store_id:
        raise OperatorMistake(f"{folder} holds another domain: choose another --store")
    if there.generation > backup.generation:
        ahead = there.generation - backup.generation
        raise OperatorMistake(
            f"the store in {folder} is {ahead} commands newer than this backup: use it, or, "
            "if it does not open, move it away first"
        )


def _state(*, stated: bool) -> None:
    if stated:
        return
    if not sys.stdin.isatty() or not typer.confirm(
        "Do you state that nobody else had the CMS, its disk or a backup in their hands?"
    ):
        raise OperatorMistake(
            "nothing was restored: state it with  --not-compromised  if you know it; "
            "if not, the keys are lost: make a new domain"
        )


def _show(words: list[str]) -> None:
    console = Console()
    if not console.is_terminal:
        raise OperatorMistake("shares are shown on a terminal: write them to files with  --to DIR")
    for at, share in enumerate(words, 1):
        with console.screen():
            console.print(f"Share {at} of {len(words)}, for its custodian's eyes only\n", highlight=False)
            console.print("\n".join(stewards.lines(share)), highlight=False)
            console.input("\nWritten down? Enter hides it. ")
    if not typer.confirm(f"Does every custodian have their {shares.WORDS} words? The store changes now"):
        raise OperatorMistake("nothing was changed: destroy what was written down")


def join(app: Commands) -> None:
    """Add these commands to the others."""
    app.add_typer(operator_app, name="operator")
    app.add_typer(cli_policy.app, name="policy")
    app.command("custodians", epilog="Example:  cms custodians --threshold 2 --shares 3")(custodians)
    app.command("backup", epilog="Example:  cms backup /media/usb/cms-backup")(backup)
    app.command("restore", epilog="Example:  cms restore /media/usb/cms-backup --not-compromised")(restore)
