"""Somebody at the console: keys, and what the screen shows. Nobody waits for time, only for a screen."""

import asyncio

from textual import events

from cms import domain as domains
from cms import store
from cms.console.app import OperatorConsole
from cms.console.pages import Showing
from cms.sitting import Sitting
from tests.cms.desk import BOBS, PASSPHRASE

NOW = 1_795_510_800
"""24 November 2026, 09:00 UTC."""
ALICE, BEN, CHLOE = "+447700900123", "+447700900124", "+447700900125"
_LOOKS = 1000
__all__ = [
    "ALICE", "BEN", "BOBS", "CHLOE", "NOW", "PASSPHRASE",
    "adds_bob", "agrees_on_two", "at_console", "domain", "entries", "office",
]  # fmt: skip


def office(folder, *, people=((ALICE, "Alice"), (BEN, "Ben Castle"), (CHLOE, "Chloé Martin"))):
    """Make a store with some people in it and one operator, ann, who has agreed on nothing."""
    domain = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=NOW)
    for tel, name in people:
        domain = domains.add_user(domain, tel=tel, name=name, now=NOW)
    with store.create(folder, PASSPHRASE, domain, operator="ann", clock=lambda: NOW):
        pass


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


class Hands:
    """Somebody with a keyboard before a screen."""

    def __init__(self, app, pilot, held, clock):
        self.app, self.pilot, self.held, self.clock = app, pilot, held, clock

    @property
    def screen(self):
        """What the screen shows, line by line."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    async def until(self, *texts):
        """Wait until the screen shows all of these, its lines joined to one."""
        for _ in range(_LOOKS):
            shown = " ".join(self.screen.replace("┃", " ").split())
            if all(text in shown for text in texts):
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"never shown: {texts}\n{self.screen}")

    async def until_gone(self, text):
        """Wait until the screen does not show this any more."""
        for _ in range(_LOOKS):
            if text not in self.screen:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"still shown: {text}\n{self.screen}")

    async def until_closed(self):
        """Wait until the console has ended."""
        for _ in range(_LOOKS):
            if self.app.return_value is not None:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"still open\n{self.screen}")

    async def presses(self, *keys):
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def writes(self, text):
        """Type a text, all at once, and go to the next field."""
        if text:
            self.app.screen.focused.post_message(events.Paste(str(text)))
        await self.pilot.press("enter")

    async def opens(self, key, *texts):
        """Press a key and wait for what it shows."""
        await self.presses(key)
        await self.until(*texts)


def at_console(folder, story, *, size=(80, 24), key=None, idle_s=600, accepts_network=True):
    """Let somebody work at the console of a store; return what it said at its end."""
    clock = Clock()

    async def work():
        opening = {"passphrase": PASSPHRASE, "operator": "ann", **(key or {})}
        with store.open_store(folder, action="cms console", clock=lambda: NOW, **opening) as held:
            sitting = Sitting(held, accepts_network=accepts_network, clock=lambda: NOW)
            app = OperatorConsole(sitting, showing=Showing(60, clock), idle_s=idle_s, clock=clock)
            async with app.run_test(size=size) as pilot:
                hands = Hands(app, pilot, held, clock)
                await hands.until("1 People")
                await story(hands)
            return app.return_value

    return asyncio.run(work())


async def adds_bob(hands):
    """Let bob open the store, too."""
    await hands.opens("6", "Signs with")
    await hands.opens("a", "Add an operator")
    for typed in ("bob", BOBS, BOBS):
        await hands.writes(typed)
    await hands.until("bob may open the store")


async def agrees_on_two(hands):
    """Agree that what matters most needs two operators."""
    await hands.opens("6", "Signs with")
    await hands.opens("t", "Two-person rule on?")
    await hands.presses("y")
    await hands.until("The two-person rule is on.")


def entries(folder):
    """The log of a store: who, what, in which words."""
    with store.open_store(folder, PASSPHRASE, operator="ann") as held:
        return [(entry.who, entry.action, entry.details) for entry in held.entries]


def domain(folder):
    """What a store holds."""
    with store.open_store(folder, PASSPHRASE, operator="ann") as held:
        return held.domain
