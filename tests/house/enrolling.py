"""What people do at their desks to enrol a phone."""

from __future__ import annotations

from pathlib import Path

from board.desk.link import DeskClient
from cms.domain import Letter
from demo.house import Person
from demo.people import hold_before_camera
from tests.house.conftest import at_rest, open_menu, says
from tests.house.registry import print_card


async def show(desk: DeskClient, picture: Path, until: str) -> None:
    """Choose enrolment, blank phone or not, and hold a picture up until the screen says `until`."""
    if "Not enrolled" in desk.text:
        await desk.press("soft1")
    else:
        await open_menu(desk)
        await desk.press("81")
    await desk.until("Cancel")
    await hold_before_camera(desk, picture, until)


async def type_code(desk: DeskClient, code: str) -> None:
    """Type a transfer code."""
    await desk.until("of 10 digits")
    await desk.press(code)
    await desk.until("10 of 10")
    await desk.press("soft4")


async def present(desk: DeskClient, letter: Letter, folder: Path) -> None:
    """Show a card and type its transfer code."""
    assert letter.transfer_code is not None
    await show(desk, print_card(letter.text, folder), "check code")
    await desk.press("soft4")
    await type_code(desk, letter.transfer_code)


async def enrolled(desk: DeskClient, person: Person) -> None:
    """Wait for a finished enrolment and lay the phone down ready."""
    await desk.until("Destroy the code now", 30)
    await desk.press("soft4")
    await at_rest(desk)
    assert says("Ready for secure calls", person.name)(desk)


async def enrolled_or_ready(desk: DeskClient, person: Person) -> None:
    """The same for a phone that may have been told already that it is enrolled."""
    await desk.until(
        lambda desk: says("Destroy the code now")(desk) or says("Ready for secure calls", person.name)(desk),
        30,
    )
    if says("Destroy the code now")(desk):
        await enrolled(desk, person)
