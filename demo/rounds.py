"""What people do with phones, one thing a round: calls of every kind, and fingers without a plan."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from board.desk.link import DeskClient
from demo.health import connections, processes
from demo.people import ready

if TYPE_CHECKING:
    from demo.soak import Soak

STUCK_S = 40.0
LOOK_S = 0.1
Round = Callable[["Soak"], Awaitable[None]]


async def a_call(soak: Soak) -> None:
    """One calls, the other answers, they talk, and lay down."""
    here, there = soak.pair()
    await soak.connect(here, there)
    await soak.talk(here)
    await soak.hang_up(here, there)


async def mute_on_and_off(soak: Soak) -> None:
    """A call in which somebody mutes."""
    here, there = soak.pair()
    await soak.connect(here, there)
    muting = soak.chance.choice((here, there))
    for _ in range(soak.chance.randint(1, 3)):
        await muting.client.press("mute")
        await muting.client.until("Muted")
        await muting.client.press("mute")
        await muting.client.until(lambda c: "Muted" not in " ".join(c.text))
    await soak.talk(there)
    await soak.hang_up(here, there)


async def hold_and_resume(soak: Soak) -> None:
    """A call that is held and taken up again, by either side."""
    here, there = soak.pair()
    await soak.connect(here, there)
    holding, held = soak.chance.sample((here, there), 2)
    await press_soft(holding.client, "Hold")
    await held.client.until("held by them")
    await press_soft(holding.client, "Resume")
    await soak.both_secure(here, there)
    await soak.talk(here)
    await soak.hang_up(here, there)


async def three_people(soak: Soak) -> None:
    """A second call comes in; it is answered, the first is taken up again, all lay down."""
    here, there, third = soak.chance.sample(list(soak.desks), 3)
    await soak.connect(here, there)
    await soak.dial(third, here)
    await here.client.until(third.person.name, STUCK_S)
    if soak.chance.random() < 0.3:
        await third.client.hang_up()
        await here.client.until(lambda c: third.person.name not in " ".join(c.text), STUCK_S)
    else:
        await press_soft(here.client, "Answer")
        await soak.both_secure(here, third)
        await there.client.until("held by them")
        await press_soft(here.client, "Swap")
        await soak.both_secure(here, there)
        await third.client.until("held by them")
    await soak.hang_up(here, there, third)


async def given_up(soak: Soak) -> None:
    """The caller lays down before anybody answers."""
    here, there = soak.pair()
    await soak.dial(here, there)
    if soak.chance.random() < 0.7:
        await there.client.until("Incoming secure call", STUCK_S)
    await here.client.hang_up()


async def declined(soak: Soak) -> None:
    """The callee declines."""
    here, there = soak.pair()
    await soak.dial(here, there)
    await there.client.until("Incoming secure call", STUCK_S)
    await press_soft(there.client, "Decline")
    await here.client.until("Declined")
    await here.client.hang_up()


async def both_at_once(soak: Soak) -> None:
    """Two people dial each other in the same moment: one of the calls comes through, or both hear busy."""
    here, there = soak.pair()
    await here.client.lift()
    await there.client.lift()
    await asyncio.gather(here.client.press(there.digits + "#"), there.client.press(here.digits + "#"))
    for desk in (here, there):
        await desk.client.until(_met, STUCK_S)
    await soak.hang_up(here, there)


async def fumbled(soak: Soak) -> None:
    """Somebody presses keys without any plan, handset up or down, and lays down."""
    desk = soak.chance.choice(list(soak.desks))
    for _ in range(soak.chance.randint(5, 40)):
        what = soak.chance.random()
        if what < 0.1:
            await desk.client.lift()
        elif what < 0.2:
            await desk.client.hang_up()
        else:
            key = soak.chance.choice(FUMBLED)
            number = int(key[4:]) if key.startswith("soft") else 0
            if not number or _soft_keys(desk.client)[number - 1 : number] not in NOT_FUMBLED:
                await desk.client.press(key)
    # What the last key did may not be on the screen yet; a lifted handset is, and laying it down ends all.
    await desk.client.lift()
    await desk.client.until(lambda c: not ready(c), STUCK_S)
    await desk.client.hang_up()


async def wrong_number(soak: Soak) -> None:
    """Somebody dials a number that nobody has."""
    desk = soak.chance.choice(list(soak.desks))
    await desk.client.lift()
    await desk.client.press("9999#")
    await desk.client.until("Not reachable", STUCK_S)
    await desk.client.hang_up()


async def a_service_dies(soak: Soak) -> None:
    """Rarely, a service is killed in a call; otherwise it is a call like any other."""
    if soak.chance.random() >= soak.kill_share * len(ROUNDS):
        await a_call(soak)
        return
    here, there = soak.pair()
    await soak.connect(here, there)
    service = soak.chance.choice(("keys", "media", "scan"))
    before = connections(here.home, service)
    for process in processes(here.home, service):
        os.kill(process, signal.SIGKILL)
    soak.killed += 1
    soak.looks.pop(f"{here.home.name} {service}", None)
    await here.client.until("restarted", STUCK_S)
    await soak.hang_up(here, there)
    # Whoever is killed before the phone has found him again is missed by nobody.
    async with asyncio.timeout(STUCK_S):
        while connections(here.home, service) == before:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_S)


ROUNDS: tuple[Round, ...] = (
    a_call,
    mute_on_and_off,
    hold_and_resume,
    three_people,
    given_up,
    declined,
    both_at_once,
    fumbled,
    wrong_number,
    a_service_dies,
)
FUMBLED = (
    *"0123456789*#",
    "soft1",
    "soft2",
    "soft3",
    "soft4",
    "mute",
    "speaker",
    "vol+",
    "vol-",
    "up",
    "down",
)
NOT_FUMBLED = [["Menu"], ["Select"], ["Enrol"], ["Wipe"], ["Erase"]]
"""Where a finger without a plan would change the language, or destroy every key."""


async def press_soft(client: DeskClient, label: str) -> None:
    """Press the soft key that says `label`, as soon as one does and a person has read it."""
    await client.until(lambda c: label in _soft_keys(c), STUCK_S)
    await client.read()
    await client.until(lambda c: label in _soft_keys(c), STUCK_S)
    await client.press(f"soft{_soft_keys(client).index(label) + 1}")


def _met(client: DeskClient) -> bool:
    """True once it is decided what became of two people who dialled each other."""
    return any(word in line for line in client.text for word in ("Busy", "Incoming secure call", "Ringing"))


def _soft_keys(client: DeskClient) -> list[str]:
    """What soft keys 1 to 4 say."""
    return [label.strip() for label in client.text[-1].split("|")] if client.text else []


def seconds_on(text: Sequence[str]) -> int:
    """The clock of a call on the screen, in seconds; -1 if there is none."""
    for line in text:
        for word in line.split():
            minutes, colon, seconds = word.partition(":")
            if colon and minutes.isdigit() and len(seconds) == 2 and seconds.isdigit():
                return 60 * int(minutes) + int(seconds)
    return -1
