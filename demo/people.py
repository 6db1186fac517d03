"""What people do at their desks: enrol a phone by its camera, as a person with a card in the hand would."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from PIL import Image

from board.desk.link import DeskClient
from drivers.camera_synthetic import Hand

FRAMES_A_SECOND = 12
DRAWN_S = 1.0
"""Whatever a key changes on a screen shows within this."""


async def hold_before_camera(desk: DeskClient, card: Path, until: str, *, seconds: float = 30.0) -> None:
    """Hold a card's picture before the camera with an unsteady hand until the screen says `until`.

    Raises TimeoutError if that does not come.
    """
    with Image.open(card) as picture:
        hand = Hand(picture.copy())
    reading = asyncio.ensure_future(desk.until(until, seconds))
    try:
        for frame in range(round(seconds * FRAMES_A_SECOND)):
            desk.hold_up(Image.fromarray(await asyncio.to_thread(hand.see, frame / FRAMES_A_SECOND)))
            done, _ = await asyncio.wait([reading], timeout=1 / FRAMES_A_SECOND)
            if done:
                break
        await reading
    finally:
        reading.cancel()
        desk.put_away()


async def enrol(desk: DeskClient, card: Path, code: str) -> str:
    """Enrol a phone with a card and its transfer code; return the check code that the phone showed.

    Raises TimeoutError with what the screen said instead.
    """
    await desk.until("not enrolled", 30.0)
    await desk.press("soft1")
    await desk.until("enrol this phone")
    await hold_before_camera(desk, card, "check code")
    check_code = (
        next(line for line in desk.text if "check code" in line.casefold()).rpartition(":")[2].strip()
    )
    await desk.press("soft4")
    await desk.until("transfer code")
    await desk.press(code)
    await desk.until("10 of 10")
    await desk.press("soft4")
    await desk.until("destroy the code now", 60.0)
    await desk.press("soft4")
    await leave_alone(desk, 30.0)
    return check_code


async def leave_alone(desk: DeskClient, seconds: float = 20.0, *, drawn_s: float = DRAWN_S) -> None:
    """Lay the handset down and put away whatever is shown, as a person would, until the phone is ready.

    `drawn_s` is how long a key may take to show.

    Raises TimeoutError with what the screen said instead.
    """
    await desk.hang_up()
    try:
        async with asyncio.timeout(seconds):
            await _put_away(desk, seconds, drawn_s)
    except TimeoutError as error:
        raise TimeoutError(f"not ready after {seconds} s; the screen says {desk.text!r}") from error


async def _put_away(desk: DeskClient, seconds: float, drawn_s: float) -> None:
    under_way = False
    while True:
        await desk.until(lambda d: bool(d.text) and (ready(d) or _way_back(d) != ""), seconds)
        if not ready(desk):
            seen = desk.news
            await desk.press(_way_back(desk))
            # A phone draws twenty times a second, and nothing when it comes to show again what it showed:
            # a page that it had just closed, and that this key has opened.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(drawn_s):
                    await desk.changed(seen)
            under_way = True
        elif under_way:
            # The screen may have come back by itself, and what was pressed may still do something to it.
            # A phone takes things in order: once it has seen the handset, it has seen every key.
            await desk.lift()
            await desk.until(lambda d: not ready(d), seconds)
            await desk.hang_up()
            under_way = False
        else:
            return


def ready(desk: DeskClient) -> bool:
    """True if the phone stands ready for calls."""
    return any("ready for secure calls" in line.casefold() for line in desk.text)


def _way_back(desk: DeskClient) -> str:
    """The soft key that leads back: OK at the right, or Back, Cancel or End."""
    if not desk.text:
        return ""
    for number, label in enumerate(desk.text[-1].split("|"), 1):
        if label.strip() in ("OK", "Back", "Cancel", "End", "Clear", "Close"):
            return f"soft{number}"
    return ""
