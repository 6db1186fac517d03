"""People after they were added: many at once, renamed, marked, suspended, removed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cms.domain import (
    MAX_MARKING_OCTETS,
    MAX_USERS,
    Domain,
    block_card,
    check_number,
    check_user,
    room_for_name,
)
from cms.errors import OperatorMistake
from cms.people_file import BadLine, BadLines, Line
from cms.records import User
from crypto import fields


def add_all(
    domain: Domain,
    lines: Iterable[Line],
    *,
    now: int,
    faults: Iterable[BadLine] = (),
    checked: Callable[[], None] = lambda: None,
) -> Domain:
    """Add everybody in a list, or nobody. `checked` is called after each line.

    Raises BadLines, which names every line that cannot be taken and why, the `faults` found before included.
    """
    taken = {user.tel for user in domain.users}
    room = room_for_name(domain)
    former: dict[str, str] = {}
    for card in domain.cards:
        former[card.tel] = max(card.newest, former.get(card.tel, ""))
    new: dict[str, tuple[int, User]] = {}
    bad = list(faults)
    for line in lines:
        user = User(line.tel, line.name, now, line.marking)
        if line.tel in new:
            bad.append(BadLine(line.number, f"{line.tel} is on line {new[line.tel][0]} already"))
        elif line.tel in taken:
            bad.append(BadLine(line.number, f"{line.tel} is taken: see  cms user show --tel {line.tel}"))
        else:
            try:
                check_user(user, room=room, former=former.get(line.tel, ""))
                check_number(domain, line.tel)
            except OperatorMistake as mistake:
                bad.append(BadLine(line.number, str(mistake)))
            # A number counts as used by its first line even if that is bad: each line has its own reason.
            new[line.tel] = (line.number, user)
        checked()
    if bad:
        raise BadLines(bad)
    if len(taken) + len(new) > MAX_USERS:
        raise OperatorMistake(f"a domain holds at most {MAX_USERS} people: nobody was added")
    users = (*domain.users, *(user for _, user in new.values()))
    return replace(
        domain, users=tuple(sorted(users, key=lambda one: one.tel)), changed=domain.changed or bool(new)
    )


def rename(domain: Domain, *, tel: str, name: str) -> Domain:
    """Give somebody another name. Their phone keeps the one on its card; other phones show the new one."""
    user = domain.user(tel)
    renamed = check_user(replace(user, name=name), room=room_for_name(domain), former="")
    return _with(domain, renamed)


def mark(domain: Domain, *, tel: str, marking: str) -> Domain:
    """Set the marking of somebody's letters; an empty one gives them the domain's again."""
    if marking:
        try:
            fields.check_text("marking", marking, MAX_MARKING_OCTETS)
        except ValueError as error:
            raise OperatorMistake(str(error)) from error
    return replace(_with(domain, replace(domain.user(tel), marking=marking)), changed=domain.changed)


def suspend(domain: Domain, *, tel: str) -> Domain:
    """Let the CRS refuse somebody until they are resumed; nothing is revoked. Raises OperatorMistake."""
    user = domain.user(tel)
    if user.suspended:
        raise OperatorMistake(f"{tel} is suspended already: to lift it,  cms user resume --tel {tel}")
    return _with(domain, replace(user, suspended=True))


def resume(domain: Domain, *, tel: str) -> Domain:
    """Lift a suspension. Raises OperatorMistake if there is none."""
    user = domain.user(tel)
    if not user.suspended:
        raise OperatorMistake(f"{tel} is not suspended: nothing to lift")
    return _with(domain, replace(user, suspended=False))


def needs_keys(domain: Domain, tel: str, *, now: int) -> str:
    """Return this month if somebody's card has no keys for it, '' otherwise: nobody issued any meanwhile."""
    this, card = fields.month_of(now), domain.card_of(tel)
    return this if card is not None and card.newest < this else ""


def remove(domain: Domain, *, tel: str) -> Domain:
    """Remove somebody: their card is blocked and every signing key of it revoked.

    The number is free once the last month is over for which they have keys (`domain.check_user`).
    """
    leaving = domain.user(tel)
    card = domain.card_of(tel)
    if card is not None:
        domain = block_card(domain, card)
    users = tuple(user for user in domain.users if user is not leaving)
    return replace(domain, users=users, changed=True)


def _with(domain: Domain, changed: User) -> Domain:
    users = tuple(changed if user.tel == changed.tel else user for user in domain.users)
    return replace(domain, users=users, changed=True)
