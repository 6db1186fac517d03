"""An office where what cannot be undone is done."""

import pytest

from tests.cms.hands import ALICE, adds_bob, agrees_on_two, at_console, office


@pytest.fixture
def folder(desk):
    """An office with one person, who has a card, and a second operator."""
    office(desk / "store", people=((ALICE, "Alice"),))

    async def story(hands):
        await hands.opens("enter", "Alice", "no card")
        await hands.opens("l", "Letter: Alice")
        await hands.writes("first.pdf")
        await hands.writes("first.txt")
        await hands.until("The letter is in first.pdf")
        await adds_bob(hands)

    at_console(desk / "store", story)
    return desk / "store"


@pytest.fixture
def pair(folder):
    """The same, who have agreed that what matters most needs two."""
    at_console(folder, agrees_on_two)
    return folder
