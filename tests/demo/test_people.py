"""How people leave a phone: nothing that they pressed is still under way when they go."""

from __future__ import annotations

import asyncio
from collections import deque
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from demo.people import leave_alone, ready

READY = ("Ready for secure calls", "Log | Contacts | - | Menu")
NOTICE = ("Call ended", "- | - | - | OK")
MENU = ("> 1 Contacts", "Back | - | Next | Select")
LOG = ("Ben Idowu", "Back | Details | Next | Call")
DIAL_TONE = ("Lay the handset down", "- | Contacts | - | -")
PATIENCE_S = 5.0


class SlowPhone(DeskClient):
    """A phone that takes what is done to it one at a time and late, as `notices` says: a list of what its
    screen does by itself before each.
    """

    def __init__(self, text: tuple[str, ...], by_itself: list[tuple[str, ...] | None]) -> None:
        super().__init__(Path("/nowhere"))
        self.text = text
        self.connected = True
        self.taken: list[str] = []
        self._by_itself = deque(by_itself)
        self._done: deque[str] = deque()

    async def press(self, keys: str) -> None:
        await self._do(keys)

    async def lift(self) -> None:
        await self._do("lift")

    async def hang_up(self) -> None:
        await self._do("hang up")

    async def _do(self, what: str) -> None:
        self._done.append(what)
        if self._by_itself and (shown := self._by_itself.popleft()) is not None:
            await self._show(shown)
            # What was done arrives only when whoever did it has looked again.
            asyncio.get_running_loop().call_later(0.05, lambda: asyncio.ensure_future(self._work()))
        else:
            await self._work()

    async def _work(self) -> None:
        while self._done:
            what = self._done.popleft()
            self.taken.append(what)
            await self._show(self._after(what))

    def _after(self, what: str) -> tuple[str, ...]:
        match what, self.text:
            case "soft4", text if text == NOTICE:
                return READY
            case "soft4", text if text == READY:
                return MENU
            case "soft1", text if text == MENU:
                return READY
            case "lift", _:
                return DIAL_TONE
            case "hang up", text if text == DIAL_TONE:
                return READY
            case _:
                return self.text

    async def _show(self, text: tuple[str, ...]) -> None:
        self.text = text
        self.news += 1
        async with self._news:
            self._news.notify_all()


def left(phone: SlowPhone) -> SlowPhone:
    async def story() -> None:
        await leave_alone(phone, PATIENCE_S)
        await phone._work()

    asyncio.run(story())
    return phone


def test_a_phone_that_is_ready_is_left_as_it_is() -> None:
    assert left(SlowPhone(READY, [])).taken == ["hang up"]


@pytest.mark.parametrize("by_itself", [[], [None, READY]])
def test_a_notice_is_put_away_and_the_phone_is_ready_even_if_it_timed_out_under_the_finger(
    by_itself: list[tuple[str, ...] | None],
) -> None:
    assert ready(left(SlowPhone(NOTICE, by_itself)))


def test_an_open_menu_is_closed() -> None:
    assert ready(left(SlowPhone(MENU, [])))


class LazyPhone(SlowPhone):
    """A phone that closed its call log a moment ago and has not drawn that yet."""

    def __init__(self) -> None:
        super().__init__(LOG, [])
        self._stands = READY

    def _after(self, what: str) -> tuple[str, ...]:
        if what == "soft1":
            self._stands = LOG if self._stands == READY else READY
        return self._stands if what == "soft1" else super()._after(what)

    async def _show(self, text: tuple[str, ...]) -> None:
        if text != self.text:
            await super()._show(text)


def test_a_page_that_a_late_key_opened_anew_is_closed() -> None:
    assert ready(left(LazyPhone()))


def test_a_phone_that_does_not_become_ready_is_told_with_its_screen() -> None:
    phone = SlowPhone(("Enrol this phone", "- | - | - | -"), [])
    with pytest.raises(TimeoutError, match="Enrol this phone"):
        asyncio.run(leave_alone(phone, 0.1))
