"""A person at an emulated phone, who enrols it, asks for its software, watches it come, and restarts it."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable

from board.desk.link import DeskClient
from demo.house import House, Person
from demo.people import leave_alone, ready
from image.tests.panel import DRAWN_S, PanelClient

ADMINISTRATION, UPDATE, RESTART, STATUS = "8", "5", "3", "6"
"""Which line of its menu each is."""
LOOK_S = 60.0
"""A page that nobody touches goes after two minutes."""
AGAIN_S = 5.0
"""A press of a key shows sooner than this, on the slowest machine."""
_FETCHING = re.compile(r"fetching update\D*(\d+) %", re.IGNORECASE)


def said(desk: DeskClient) -> str:
    """What stands on the display, in one line."""
    return " / ".join(desk.text)


def _only_ok(desk: DeskClient) -> bool:
    """Whether something is told that wants to be read."""
    return bool(desk.text) and desk.text[-1].split() == ["-", "|", "-", "|", "-", "|", "OK"]


def _ends_soon(desk: DeskClient) -> bool:
    """Whether it tells that its keys end soon, as it does once after a start on some days of a month.

    Below the clock it says so all day.
    """
    return _only_ok(desk) and "keys end" in said(desk).casefold()


async def until(
    there: PanelClient, wanted: str | Callable[[DeskClient], bool], slow_s: float
) -> tuple[str, ...]:
    """Wait for `wanted`; put away what it says of keys that end soon. Raises TimeoutError."""
    holds = wanted if callable(wanted) else _says(wanted)
    await there.until(lambda desk: holds(desk) or _ends_soon(desk), slow_s)
    await _put_away(there, lambda desk: not holds(desk) and _ends_soon(desk), slow_s)
    return await there.until(holds, slow_s)


async def _put_away(there: PanelClient, shown: Callable[[DeskClient], bool], slow_s: float) -> None:
    """Press OK until it is not shown any more. The phone takes no press for an answer that comes in the very
    moment in which something is told. Raises TimeoutError.
    """
    async with asyncio.timeout(slow_s):
        while shown(there):
            await there.press("soft4")
            with contextlib.suppress(TimeoutError):
                await there.until(lambda desk: not shown(desk), AGAIN_S)


def _says(words: str) -> Callable[[DeskClient], bool]:
    return lambda desk: words.casefold() in said(desk).casefold()


async def read_all(there: PanelClient, slow_s: float) -> None:
    """Put away whatever is told, until the phone is ready. Raises TimeoutError."""
    while not ready(there):
        await there.until(lambda desk: ready(desk) or _only_ok(desk), slow_s)
        await _put_away(there, _only_ok, slow_s)


async def enrol(there: PanelClient, house: House, person: Person, slow_s: float) -> None:
    """Enrol the phone with the person's card, by its camera. Raises TimeoutError."""
    await there.until("not enrolled", slow_s)
    await there.press("soft1")
    await there.until("enrol this phone", slow_s)
    await there.hold_card(house.card(person))
    await there.until("check code", slow_s)
    await there.lower_card()
    await there.press("soft4")
    await there.until("transfer code", slow_s)
    await there.press(house.codes[person.tel])
    await there.until("10 of 10", slow_s)
    await there.press("soft4")
    await there.until("destroy the code now", slow_s)
    await there.press("soft4")
    await leave_alone(there, slow_s, drawn_s=DRAWN_S)


async def read(there: PanelClient, notice: str, slow_s: float) -> str:
    """Wait until something is told, press OK, and return what it was. Raises TimeoutError."""
    text = " / ".join(await until(there, notice, slow_s))
    await _put_away(there, _says(notice), slow_s)
    return text


async def ask(there: PanelClient, slow_s: float) -> None:
    """Menu, Administration, Look for updates. Raises TimeoutError."""
    await administration(there, slow_s)
    await there.press(UPDATE)


async def restart(there: PanelClient, slow_s: float) -> None:
    """Menu, Administration, Restart, Yes. Raises TimeoutError."""
    await administration(there, slow_s)
    await there.press(RESTART)
    await there.until("restart the phone?", slow_s)
    await there.press("soft4")


async def administration(there: PanelClient, slow_s: float) -> None:
    """Open the page of that name, from the clock. Raises TimeoutError."""
    while not await _open_menu(there, slow_s):
        await read_all(there, slow_s)
    await there.press(ADMINISTRATION)
    await there.until("wipe all keys", slow_s)


async def _open_menu(there: PanelClient, slow_s: float) -> bool:
    """Press Menu at the clock until it is there: what is told in that very moment takes the key for its own.

    If something is told that wants to be read first, return False. Raises TimeoutError.
    """
    async with asyncio.timeout(slow_s):
        while "1 contacts" not in said(there).casefold():
            await until(there, lambda desk: ready(desk) or _told(desk), slow_s)
            if not ready(there):
                return False
            await there.press("soft4")
            with contextlib.suppress(TimeoutError):
                await there.until("1 contacts", AGAIN_S)
    return True


async def watch_fetching(there: PanelClient, percent: int, timeout_s: float) -> int:
    """Look at the status until 'fetching' has come to `percent`; return how far it is.

    If it ends before, whatever came of it, that is the end as well: then 100. Raises TimeoutError.
    """
    begun = False

    def far_enough(desk: DeskClient) -> bool:
        nonlocal begun
        if not _status(desk):
            return True
        found = _FETCHING.search(said(desk))
        if found is None:
            return begun or "writing update" in said(desk).casefold()
        begun = True
        return int(found[1]) >= percent

    async with asyncio.timeout(timeout_s):
        while True:
            if not _status(there) and not await _open_status(there, timeout_s):
                return 100
            with contextlib.suppress(TimeoutError):
                await there.until(far_enough, LOOK_S)
            if _status(there) and far_enough(there):
                found = _FETCHING.search(said(there))
                return int(found[1]) if found else 100
            await leave(there, timeout_s)  # once around: a page that is left alone goes


async def leave(there: PanelClient, slow_s: float) -> None:
    """Back from the status or the menu, to what is behind it."""
    while _first_key(there) == "Back":
        page = there.text
        await there.press("soft1")
        await there.until(lambda desk, page=page: desk.text != page, slow_s)  # type: ignore[misc]


def _first_key(desk: DeskClient) -> str:
    return desk.text[-1].split("|")[0].strip() if desk.text else ""


def _status(desk: DeskClient) -> bool:
    return "4/4" in said(desk)


async def _open_status(there: PanelClient, slow_s: float) -> bool:
    """Open its last page, unless something is told that wants to be read first: then return False."""
    await leave(there, slow_s)
    if not await _open_menu(there, slow_s):
        return False
    await there.press(STATUS)
    for number in (1, 2, 3):
        await there.until(f"{number}/4", slow_s)
        await there.press("soft3")
    await there.until("4/4", slow_s)
    return True


def _told(desk: DeskClient) -> bool:
    return _only_ok(desk) and not _ends_soon(desk)
