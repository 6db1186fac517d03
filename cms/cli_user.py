"""`cms user`: people, their numbers and their cards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import domain as domains
from cms import issuing, people, people_file, screen
from cms.domain import MAX_USERS
from cms.errors import OperatorMistake
from cms.handing import CodeFile, Handing, LetterFile, Picture
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, Tel, Yes, now, progress, say
from cms.session import Commands, counts_as, opened

_EXPORT = "To tell the CRS:  cms export DIR"

app = Commands(no_args_is_help=True, help="People, their numbers and their cards.")


@app.command("add", epilog="Example:  cms user add --tel +447700900123 --name 'Alice Example'")
def user_add(
    tel: Tel,
    name: Annotated[str, typer.Option(help="Name as other phones will show it.")],
    marking: Annotated[str, typer.Option(help="Marking of their letters, instead of the domain's.")] = "",
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Add a person with a number. Their card comes with [bold]cms user card[/]."""
    with opened(folder, passphrase_file) as store:
        store.save(domains.add_user(store.domain, tel=tel, name=name, marking=marking, now=now()))
    say(f"{name} has {tel}. Next:  cms user card --tel {tel}")


@app.command("import", epilog="Example:  cms user import people.csv")
def user_import(
    people_csv: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="tel,name[,marking], one person a line, UTF-8.")
    ],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Add everybody in a list, or nobody: every line that cannot be taken is named with its reason."""
    lines, bad = people_file.read(people_file.load(people_csv))
    with opened(folder, passphrase_file) as store, progress() as bar:
        checking = bar.add_task("Checking", total=len(lines))
        after = people.add_all(
            store.domain, lines, now=now(), faults=bad, checked=lambda: bar.advance(checking)
        )
        store.save(after)
    say(
        f"{len(lines)} people were added, {len(after.users)} of {MAX_USERS}."
        " Next:  cms letters --new -o DIR --codes FILE"
    )


@app.command("list", epilog="Examples:  cms user list\n\ncms user list --find smith")
def user_list(
    find: Annotated[str, typer.Option(help="Only numbers and names that contain this.")] = "",
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """List everybody with the state of their card."""
    with opened(folder, passphrase_file) as store:
        screen.print_users(Console(), store.domain, now(), find=find)


@app.command("show", epilog="Example:  cms user show --tel +447700900123")
def user_show(tel: Tel, folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """Show a person, every card they have had, and the months they have keys for."""
    with opened(folder, passphrase_file) as store:
        screen.print_user(Console(), store.domain, store.domain.user(tel), now())


@app.command("rename", epilog="Example:  cms user rename --tel +447700900123 --name 'Alice Example-Jones'")
def user_rename(
    tel: Tel,
    name: Annotated[str, typer.Option(help="Name as other phones will show it.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Give a person another name. Their own phone keeps the name on its card."""
    with opened(folder, passphrase_file) as store:
        store.save(people.rename(store.domain, tel=tel, name=name))
    say(f"{tel} is {name} now. {_EXPORT}")


@app.command("mark", epilog="Example:  cms user mark --tel +447700900123 --marking 'OFFICIAL-SENSITIVE'")
def user_mark(
    tel: Tel,
    marking: Annotated[str, typer.Option(help="Marking; an empty one gives the domain's again.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Set the classification marking of a person's letters, instead of the domain's."""
    with opened(folder, passphrase_file) as store:
        store.save(people.mark(store.domain, tel=tel, marking=marking))
        said = marking or store.domain.marking
    say(f"The letters of {tel} are marked: {said}")


@app.command("suspend", epilog="Example:  cms user suspend --tel +447700900123")
def user_suspend(
    tel: Tel, folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None
) -> None:
    """Let the CRS refuse a person's phone until they are resumed. No key is revoked."""
    with opened(folder, passphrase_file) as store:
        store.save(people.suspend(store.domain, tel=tel))
    say(f"{tel} is suspended as soon as the CRS knows. {_EXPORT}")


@app.command("resume", epilog="Example:  cms user resume --tel +447700900123")
def user_resume(
    tel: Tel, folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None
) -> None:
    """Lift a suspension."""
    with opened(folder, passphrase_file) as store:
        after = people.resume(store.domain, tel=tel)
        store.save(after)
    month = people.needs_keys(after, tel, now=now())
    if month:
        say(f"{tel} is resumed and needs this month's keys:  cms month export {month} --media DIR")
    else:
        say(f"{tel} is resumed as soon as the CRS knows. {_EXPORT}")


@app.command("remove", epilog="Example:  cms user remove --tel +447700900123")
def user_remove(
    tel: Tel,
    yes: Yes = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Remove a person: their card is blocked and their signing keys are revoked, for good."""
    with opened(folder, passphrase_file) as store:
        user, card = store.domain.user(tel), store.domain.card_of(tel)
        after = people.remove(store.domain, tel=tel)
        if not yes:
            screen.confirm(f"Remove {user.name}, {tel}? Their phone will never work again.")
        store.save(after)
    free = "" if card is None else f" The number is free after {card.newest}, with a new card."
    say(f"{user.name} is removed.{free} {_EXPORT}")


@app.command(
    "card",
    epilog="Examples:  cms user card --tel +447700900123 --pdf alice.pdf\n\n"
    "cms user card --tel +447700900123 --show --no-code",
)
def user_card(
    tel: Tel,
    png: Picture = None,
    pdf: LetterFile = None,
    show: Annotated[
        bool, typer.Option("--show", help="Fill the screen with the card; it hides itself.")
    ] = False,
    seconds: Annotated[int, typer.Option(min=5, max=600, help="With --show: hide after this long.")] = 60,
    no_code: Annotated[
        bool, typer.Option("--no-code", help="Not sealed under a transfer code; on the screen only.")
    ] = False,
    code_file: CodeFile = None,
    reissue: Annotated[
        bool,
        typer.Option("--reissue", help="Block the card they have and make a new one. Lost? cms recover user"),
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
    if reissue:
        counts_as("cms user card --reissue")
    console, handing = Console(), Handing(png, pdf, code_file, show, seconds)
    handing.check(console)
    with opened(folder, passphrase_file) as store:
        letter = issuing.card(
            store,
            tel,
            at=now(),
            stage=handing.stage,
            how=handing.how,
            sealed=not no_code,
            reissue=reissue,
        )
    handing.present(console, letter)
