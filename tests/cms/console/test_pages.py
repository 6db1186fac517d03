"""The console: its pages, its first line, its end, with keys and a screen of 80 columns and 24 lines."""

import os
import threading

import pytest

from cms import exports, network
from cms.console.person import PersonPage
from cms.console.widgets import Facts
from tests.cms.hands import at_console, domain, entries

PAGES = [
    ("1", "People", "Check code"),
    ("2", "Letters", "No letters: n makes them"),
    ("3", "Month", "2027-01"),
    ("4", "Media", "the next one is number 1"),
    ("5", "Log", "the domain sv.example"),
    ("6", "Operators", "Signs with"),
    ("7", "Keys", "2026-11 on"),
    ("8", "Partners", "none: i imports a certificate"),
    ("9", "Escrow", "none ever"),
]


@pytest.mark.parametrize("leaving", [["escape"], []], ids=["the page", "the console"])
def test_whoever_leaves_while_a_page_still_gathers_is_left_in_peace(folder, monkeypatch, leaving):
    """What it gathered comes when half of the page is gone already."""
    gone, gather = threading.Event(), PersonPage.gather

    def gathers(page):
        found = gather(page)
        assert gone.wait(10)
        return found

    async def story(hands):
        await hands.opens("enter", "r Rename")
        await hands.presses(*leaving)

    monkeypatch.setattr(PersonPage, "gather", gathers)
    monkeypatch.setattr(Facts, "on_unmount", lambda facts: gone.set(), raising=False)
    at_console(folder, story)
    assert gone.is_set()


@pytest.mark.parametrize(("key", "name", "text"), PAGES)
def test_each_page_has_a_key_and_fits_on_80_columns_and_24_lines(folder, key, name, text):
    async def story(hands):
        await hands.opens(key, text, f"{key} {name}", "? Help", "q Leave")
        assert len(hands.screen.splitlines()) == 24
        await hands.opens("question_mark", f"Help: {name}", "Enter go on")

    at_console(folder, story)


def test_the_first_line_tells_domain_month_days_left_operator_and_network(folder, monkeypatch):
    monkeypatch.setattr(network, "links_up", list)

    async def story(hands):
        first = hands.screen.splitlines()[0]
        assert first.split() == [
            "sv.example",
            "│",
            "2026-11:",
            "6",
            "days",
            "left",
            "│",
            "ann",
            "│",
            "no",
            "network",
            "│",
            "export",
            "due",
        ]

    at_console(folder, story)


def test_a_whole_evening(folder, tmp_path):
    """Add a person, show them their card, make letters, export December, verify the log."""
    new = "+447700900126"

    async def story(hands):
        await hands.opens("a", "Add a person")
        for typed in (new, "Dora Lind", ""):
            await hands.writes(typed)
        await hands.until("Dora Lind has +447700900126")
        await hands.presses("end")
        await hands.opens("enter", "Dora Lind", "no card")
        await hands.opens("v", "View QR code", "It is logged")
        await hands.presses("space", "enter")
        await hands.until("hides in 60 s", "check code")
        hands.clock.seconds += 61
        await hands.until("was shown", "has a card")
        await hands.opens("2", "Dora Lind")
        await hands.opens("n", "3 letters")
        await hands.writes("letters")
        await hands.writes("codes.txt")
        await hands.presses("enter")
        await hands.until("3 letters are in letters")
        await hands.opens("3", "2026-12")
        await hands.presses("down")
        await hands.opens("e", "Keys of 2026-12")
        await hands.writes("december")
        await hands.until("Export 1 is in december", "Fingerprint")
        await hands.presses("enter")
        await hands.opens("5", "cms month export")
        await hands.opens("v", "Verify the log")
        await hands.presses("enter")
        await hands.until("The log is whole: 5 entries")

    at_console(folder, story, size=(100, 52))
    assert {path.name for path in tmp_path.iterdir()} >= {"letters", "codes.txt", "december"}
    assert (tmp_path / "december" / "manifest").exists()
    assert [action for _, action, _ in entries(folder)] == [
        "create",
        "cms user add",
        "cms user card",
        "cms letters",
        "cms month export",
    ]


def test_escape_leaves_a_form_and_nothing_is_done(folder):
    async def story(hands):
        await hands.opens("a", "Add a person")
        await hands.writes("+447700900126")
        await hands.presses("escape")
        await hands.until("? Help")

    before = (folder / "store").read_bytes()
    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_a_network_that_comes_up_stops_every_change_and_is_shown(folder, monkeypatch):
    links = []
    monkeypatch.setattr(network, "links_up", lambda: links)

    async def story(hands):
        links.append("eth0")
        await hands.opens("a", "Add a person")
        for typed in ("+447700900126", "Dora", ""):
            await hands.writes(typed)
        await hands.until("this computer is on a network (eth0 is up): unplug it")
        await hands.presses("escape")
        await hands.opens("3", "NETWORK eth0 UP")
        await hands.opens("5", "the domain sv.example")
        await hands.opens("v", "Verify")
        await hands.presses("enter")
        await hands.until("The log is whole")

    at_console(folder, story, accepts_network=False)
    assert len(domain(folder).users) == 3


def test_it_closes_when_nobody_presses_a_key(folder):
    async def story(hands):
        hands.clock.seconds += 599
        await hands.presses("5")
        await hands.until("the domain sv.example")
        hands.clock.seconds += 599
        await hands.opens("4", "number 1")
        hands.clock.seconds += 601
        await hands.until_closed()

    assert "no key was pressed for 10 minutes" in at_console(folder, story)


def test_long_work_shows_how_far_it_is_and_the_screen_goes_on(folder, monkeypatch):
    """An export that waits for us half-way: meanwhile the screen answers, and cannot be left."""
    go_on = threading.Event()
    real = exports.media.export

    def slow(domain, *, now, packed):
        packed()
        assert go_on.wait(30)
        return real(domain, now=now, packed=packed)

    monkeypatch.setattr(exports.media, "export", slow)
    monkeypatch.setattr(exports.media, "packs_in", lambda domain, now: 2)

    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Media for the CRS")
        await hands.writes("media")
        await hands.until("Packing", "1 of 2", "Please wait")
        await hands.presses("escape", "ctrl+q", "enter")
        await hands.until("Packing", "1 of 2")
        go_on.set()
        await hands.until("Export 1 is in media")

    at_console(folder, story)


def test_a_store_that_cannot_be_written_ends_the_sitting(folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    async def story(hands):
        await hands.opens("a", "Add a person")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            for typed in ("+447700900126", "Dora", ""):
                await hands.writes(typed)
            await hands.until("the store cannot be written")
        await hands.presses("escape")
        await hands.until_closed()

    assert "Open it anew" in at_console(folder, story)
    assert len(domain(folder).users) == 3
