"""The console and its operators: one, two together, and what they agree on."""

import pytest

from cms import store
from tests.cms.hands import BOBS, PASSPHRASE, at_console, domain, entries


def test_a_policy_of_the_phones_is_agreed_on(folder):
    async def story(hands):
        await hands.opens("6", "Signs with", "call log on")
        await hands.opens("g", "call-log: on, off")
        await hands.writes("")
        await hands.writes("escrow")
        await hands.until("there are none: first cms custodians")
        await hands.presses("home", *["delete"] * 4)
        await hands.writes("call-log")
        await hands.presses("home", *["delete"] * 6)
        await hands.writes("off")
        await hands.until("call-log is off", "call log off")

    at_console(folder, story)


def test_what_needs_two_people_asks_for_the_second_in_place_and_both_sign(pair):
    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Second operator", "Their passphrase")
        await hands.writes("media")
        await hands.writes("")
        await hands.writes(BOBS)
        await hands.until("Export 1 is in media")

    at_console(pair, story)
    assert entries(pair)[-1][:2] == ("ann, bob", "cms export")


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("", "not the words of bob", "wrong passphrase of bob"),
        ("", "", "needs two people here"),
        ("ann", PASSPHRASE, "ann is one person"),
        ("eve", PASSPHRASE, "there is no operator 'eve'"),
    ],
)
def test_without_a_second_person_nothing_is_exported(pair, tmp_path, name, words, said):
    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Second operator")
        await hands.writes("media")
        if name:
            await hands.presses("home", *["delete"] * len("bob"))
        await hands.writes(name)
        await hands.writes(words)
        await hands.until(said)

    at_console(pair, story)
    assert domain(pair).exports == 0
    assert not (tmp_path / "media").exists()


def test_who_came_as_two_is_not_asked_again(pair):
    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Media for the CRS")
        assert "Second operator" not in hands.screen
        await hands.writes("media")
        await hands.until("Export 1 is in media")

    at_console(pair, story, key={"second": ("bob", BOBS)})
    assert entries(pair)[-1][:2] == ("ann, bob", "cms export")


def test_operators_are_removed_and_change_their_own_passphrase(folder):
    new = "a staple of my own"

    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("a", "Add an operator")
        for typed in ("bob", BOBS, BOBS + "x"):
            await hands.writes(typed)
        await hands.until("the two were not the same")
        for typed in ("", BOBS, BOBS):
            await hands.writes(typed)
        await hands.until("bob may open the store")
        await hands.presses("home")
        await hands.opens("d", "Remove ann?")
        await hands.presses("y")
        await hands.until("that is you")
        await hands.presses("n")
        await hands.presses("end")
        await hands.opens("d", "Remove bob?")
        await hands.presses("y")
        await hands.until("bob no longer opens the store")
        await hands.opens("p", "New passphrase of ann")
        for typed in ("short", "short"):
            await hands.writes(typed)
        await hands.until("take 12 or more")
        for typed in (new, new):
            await hands.writes(typed)
        await hands.until("ann has a new passphrase")

    at_console(folder, story)
    with store.open_store(folder, new, operator="ann") as held:
        assert [slot.name for slot in held.head.slots] == ["ann"]
