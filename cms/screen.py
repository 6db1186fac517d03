"""What the operator sees: tables, and the card in the terminal."""

from __future__ import annotations

import select
import sys
from collections import Counter
from collections.abc import Container, Iterable, Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cms import letter_record
from cms.domain import Domain, Letter, active_cards, room_for_name
from cms.errors import OperatorMistake
from cms.letter import day, grouped, when
from cms.letter_record import LetterState
from cms.picture import half_blocks
from cms.records import CardState, IssuedCard, User
from crypto import fields
from crypto.fingerprint import fingerprint
from crypto.serials import serial_text

CODE_COLUMNS = 97
"""Version 18, the largest card: 89 modules and the quiet zone."""
CODE_LINES = 49
USER_COLUMNS = ("Number", "Name", "Card", "Serial", "Check code")
CARD_COLUMNS = ("Serial", "Check code", "Issued", "Card", "Letter", "Months")
_CODE_STYLE = "bright_white on black"
_SOON_S = 3 * 86_400


def check_room(console: Console, *, lines: int) -> None:
    """Raise OperatorMistake if the terminal is too small for a card; a pipe or file is never too small."""
    if console.is_terminal and (console.width < CODE_COLUMNS or console.height < lines):
        raise OperatorMistake(
            f"{too_small(console.width, console.height)}, or write a file with  -o card.png"
        )


def too_small(columns: int, lines: int) -> str:
    """Return what to say of a terminal that has no room for a card, and what to do."""
    return (
        f"the terminal has {columns} columns and {lines} lines, "
        f"a card needs {CODE_COLUMNS} and {CODE_LINES}: enlarge it, choose a smaller font"
    )


def print_code(console: Console, text: str) -> None:
    """Print the QR code of a card."""
    for line in half_blocks(text):
        console.print(Text(line, style=_CODE_STYLE), no_wrap=True, overflow="ignore", crop=False)


def show_code(console: Console, letter: Letter, *, seconds: int) -> None:
    """Fill the screen with the card until Enter or the end of the time; nothing stays in the scrollback."""
    with console.screen():
        print_code(console, letter.text)
        check = grouped(letter.card.check_code)
        console.print(
            f"{letter.card.tel}  check code {check}  Enter hides it, at the latest after {seconds} s", end=""
        )
        select.select([sys.stdin], [], [], seconds)


def print_letter(console: Console, letter: Letter, *, with_code: bool) -> None:
    """Print what belongs to a card, with the transfer code to be told separately."""
    issued = letter.card
    facts = [
        ("Number", issued.tel),
        ("Name", letter.name),
        ("Serial", serial_text(issued.serial)),
        ("Keys for", issued.month),
        ("Use before", when(issued.expires)),
        ("Check code", grouped(issued.check_code)),
    ]
    if with_code and letter.transfer_code is not None:
        facts.append(
            ("Transfer code", f"{grouped(letter.transfer_code)}   (tell it separately; not kept here)")
        )
    print_facts(console, facts)


def print_users(console: Console, domain: Domain, now: int, *, find: str = "") -> None:
    """Print everybody whose number or name contains `find`, with the state of their card."""
    if not domain.users:
        console.print("Nobody yet: add somebody with  cms user add --tel … --name …", highlight=False)
        return
    rows = user_rows(domain, now, find=find)
    if not rows:
        console.print(f"Nobody's number or name contains {find}", highlight=False, markup=False)
        return
    print_list(console, USER_COLUMNS, rows, wraps=("Name",))


def user_rows(domain: Domain, now: int, *, find: str = "") -> list[tuple[str, ...]]:
    """Return everybody whose number or name contains `find`: a text for each of USER_COLUMNS."""
    found = [user for user in domain.users if find.casefold() in f"{user.tel} {user.name}".casefold()]
    rows: list[tuple[str, ...]] = []
    active = active_cards(domain)
    for user in found:
        issued = active.get(user.tel)
        if issued is None:
            rows.append((user.tel, user.name, "suspended" if user.suspended else "none yet", "", ""))
            continue
        state = f"until {day(issued.expires)}" if now < issued.expires else "letter expired"
        state = "suspended" if user.suspended else state
        rows.append((user.tel, user.name, state, serial_text(issued.serial), grouped(issued.check_code)))
    return rows


def print_status(console: Console, domain: Domain, now: int) -> None:
    """Print the domain at a glance."""
    print_facts(console, status_facts(domain, now))


def status_facts(domain: Domain, now: int) -> list[tuple[str, str]]:
    """Return the domain at a glance: labels and values."""
    issued = active_cards(domain)
    letters = Counter(letter_record.state(card) for card in domain.cards)
    month = fields.month_of(now)
    end = fields.month_end(month)
    exported = "never" if not domain.exported else f"number {domain.exports}, {when(domain.exported)}"
    return [
        ("Domain", domain.name),
        ("Organisation", domain.organisation),
        ("CRS", domain.crs),
        ("Fingerprint", fingerprint(domain.domain_key)),
        (
            "Users",
            f"{len(domain.users)}, {len(issued)} with a card"
            + (f", {len(domain.suspended)} suspended" if domain.suspended else ""),
        ),
        ("Blocked cards", str(len(domain.cards) - len(issued))),
        (
            "Letters",
            f"{letters[LetterState.ISSUED]} issued, {letters[LetterState.USED]} used, "
            f"{letters[LetterState.DESTROYED]} destroyed",
        ),
        (
            "Last export",
            exported + (": there were changes since, export again" if domain.changed else ""),
        ),
        ("Mode", f"{domain.policy.mode}, rotation {domain.policy.rotate}"),
        ("Master secrets", _masters(domain)),
        ("Partners", _partners(domain, month)),
        ("Month", f"{month}, ends {when(end)}" + (": soon" if end - now < _SOON_S else "")),
    ]


def _masters(domain: Domain) -> str:
    kept = [one.first for one in domain.generations if not one.destroyed]
    gone = len(domain.generations) - len(kept)
    return f"serving from {', '.join(kept)} on" + (f"; {gone} destroyed" if gone else "")


def _partners(domain: Domain, month: str) -> str:
    over = [
        known.name
        for known in domain.partners
        if known.partner.domain.until and known.partner.domain.until <= month
    ]
    return (", ".join(known.name for known in domain.partners) or "none") + (
        f": ask {', '.join(over)} for a certificate for the next month" if over else ""
    )


def print_user(console: Console, domain: Domain, user: User, now: int) -> None:
    """Print a person, and every card that their number has had with its letter and its months."""
    print_facts(console, user_facts(domain, user, now))
    rows = card_rows(domain, user)
    if rows:
        console.print()
        print_list(console, CARD_COLUMNS, rows, wraps=("Months",))


def user_facts(domain: Domain, user: User, now: int) -> list[tuple[str, str]]:
    """Return what is known of a person: labels and values."""
    return [
        ("Number", user.tel),
        ("Name", user.name),
        ("Added", when(user.added)),
        ("Marking", user.marking or f"{domain.marking} (the domain's)"),
        ("State", _standing(user, domain.card_of(user.tel), now)),
    ]


def card_rows(domain: Domain, user: User) -> list[tuple[str, ...]]:
    """Return every card that a person's number has had: a text for each of CARD_COLUMNS."""
    return [
        (
            serial_text(card.serial),
            grouped(card.check_code),
            when(card.issued),
            "blocked" if card.state is CardState.BLOCKED else "served",
            letter_record.state(card).value,
            " ".join((card.month, *(month.month for month in card.months))),
        )
        for card in domain.cards
        if card.tel == user.tel
    ]


def confirm(question: str) -> None:
    """Ask, and raise OperatorMistake unless the answer is yes or if there is nobody to ask."""
    if not sys.stdin.isatty():
        raise OperatorMistake("nobody is there to be asked and nothing was changed: to do it, add  --yes")
    if not typer.confirm(question):
        raise OperatorMistake("nothing was changed")


def _standing(user: User, issued: IssuedCard | None, now: int) -> str:
    if user.suspended:
        return f"suspended: to lift it,  cms user resume --tel {user.tel}"
    if issued is None:
        return f"no card: make one with  cms user card --tel {user.tel}"
    return "has a card" if now < issued.expires or issued.used else "has a card, its letter has expired"


def print_new_domain(console: Console, domain: Domain) -> None:
    """Print what to write down about a new domain."""
    print_facts(
        console,
        [
            ("Domain", domain.name),
            ("Fingerprint", fingerprint(domain.domain_key)),
            ("Room for a name", f"{room_for_name(domain)} octets"),
        ],
    )


def print_list(
    console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]], *, wraps: Container[str] = ()
) -> None:
    """Print rows under their headings; only the columns that `wraps` names break their lines."""
    table = Table(box=None, pad_edge=False)
    for heading in columns:
        table.add_column(heading, no_wrap=heading not in wraps)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def print_facts(console: Console, facts: Iterable[tuple[str, str]]) -> None:
    """Print labels and values in two columns."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    for label, value in facts:
        table.add_row(label, Text(value))
    console.print(table)
