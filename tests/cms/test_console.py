"""The console: what the commands do, with keys and a screen of 80 columns and 24 lines."""

import os
import threading

import pytest

from cms import exports, network, store
from crypto.sealing import Cost
from tests.cms.desk import tampered
from tests.cms.hands import (
    ALICE,
    BEN,
    BOBS,
    CHLOE,
    PASSPHRASE,
    at_console,
    domain,
    entries,
    office,
)

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


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
    monkeypatch.chdir(tmp_path)
    office(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def pair(folder):
    """The same with a second operator, and the agreement that what matters most needs two."""

    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("a", "Add an operator")
        for typed in ("bob", BOBS, BOBS):
            await hands.writes(typed)
        await hands.until("bob may open the store")
        await hands.opens("t", "Two-person rule on?")
        await hands.presses("y")
        await hands.until("The two-person rule is on.")

    at_console(folder, story)
    return folder


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


def test_a_number_that_is_none_is_refused_and_can_be_mended_in_place(folder):
    async def story(hands):
        await hands.opens("a", "Add a person")
        for typed in ("0770", "Dora", ""):
            await hands.writes(typed)
        await hands.until("0770", "international")
        await hands.presses("home", "delete", "delete", "delete", "delete")
        for typed in ("+447700900126", "", ""):
            await hands.writes(typed)
        await hands.until("Dora has +447700900126")

    at_console(folder, story)


def test_escape_leaves_a_form_and_nothing_is_done(folder):
    async def story(hands):
        await hands.opens("a", "Add a person")
        await hands.writes("+447700900126")
        await hands.presses("escape")
        await hands.until("? Help")

    before = (folder / "store").read_bytes()
    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_every_bad_line_of_a_list_is_shown(folder, tmp_path):
    (tmp_path / "people.csv").write_text(f"0770,Short\n{ALICE},Alice\n+447700900130,Fine\nnobody\n")

    async def story(hands):
        await hands.opens("i", "or nobody")
        await hands.writes("people.csv")
        await hands.until("mend 3 lines", "line 1:", "line 2:", "line 4:")

    at_console(folder, story)
    assert len(domain(folder).users) == 3


def test_a_long_list_of_bad_lines_can_be_read_to_its_end(folder, tmp_path):
    (tmp_path / "people.csv").write_text("0770,Short\n" * 40)

    async def story(hands):
        await hands.opens("i", "or nobody")
        await hands.writes("people.csv")
        await hands.until("mend 40 lines", "PgUp PgDn")
        assert "line 40" not in hands.screen
        for _ in range(10):
            await hands.presses("pagedown")
        await hands.until("line 40:")

    at_console(folder, story)


def test_a_good_list_is_taken(folder, tmp_path):
    (tmp_path / "people.csv").write_text("+447700900130,Fine\n+447700900131,Too [bold]\n")

    async def story(hands):
        await hands.opens("i", "or nobody")
        await hands.writes("people.csv")
        await hands.until("2 people were added", "Too [bold]")

    at_console(folder, story)


def test_typing_a_part_of_a_name_finds_it(folder):
    async def story(hands):
        await hands.presses("slash")
        await hands.writes("mart")
        await hands.until_gone("Ben Castle")
        await hands.opens("enter", "Chloé Martin", "Marking")

    at_console(folder, story)


def test_a_person_is_renamed_marked_suspended_resumed_and_removed(folder):
    async def story(hands):
        await hands.presses("down")
        await hands.opens("enter", "Ben Castle")
        await hands.opens("r", "Rename")
        await hands.presses("end")
        await hands.writes("-Moor")
        await hands.until("is Ben Castle-Moor now")
        await hands.opens("m", "empty: KEY MATERIAL")
        await hands.writes("OFFICIAL")
        await hands.until("are marked: OFFICIAL")
        await hands.opens("s", "Suspend Ben Castle-Moor")
        await hands.presses("y")
        await hands.until("is suspended as soon as")
        await hands.opens("s", "Resume Ben Castle-Moor")
        await hands.presses("y")
        await hands.until("is resumed as soon as")
        await hands.opens("d", "Type their number")
        await hands.writes(ALICE)
        await hands.until(f"that is not {BEN}: nothing was changed")
        await hands.presses("home", *["delete"] * len(ALICE))
        await hands.writes(BEN)
        await hands.until("find a number")

    at_console(folder, story)
    assert [user.tel for user in domain(folder).users] == [ALICE, CHLOE]


def test_letters_are_noted_as_used_and_destroyed(folder):
    async def story(hands):
        await hands.opens("2", "No letters")
        await hands.opens("n", "3 letters")
        await hands.writes("letters.pdf")
        await hands.writes("codes.pdf")
        await hands.presses("space", "enter")
        await hands.until("3 letters are in letters.pdf")
        await hands.presses("home")
        await hands.opens("u", "was used?")
        await hands.presses("y")
        await hands.until("is used. Once it is destroyed")
        await hands.opens("d", "was destroyed?")
        await hands.presses("y")
        await hands.until("is destroyed.")
        await hands.opens("d", "was destroyed?")
        await hands.presses("y")
        await hands.until("is noted as destroyed already")
        await hands.presses("n")
        await hands.opens("o", "Only letters that are not destroyed")
        await hands.until_gone("Alice")

    at_console(folder, story)
    assert [bool(card.destroyed) for card in domain(folder).cards] == [True, False, False]


def test_letters_for_everybody_say_how_many_cards_they_block(folder):
    async def story(hands):
        await hands.opens("2", "No letters")
        await hands.opens("n", "3 letters")
        await hands.writes("letters")
        await hands.writes("codes.txt")
        await hands.presses("enter")
        await hands.until("3 letters are in letters")
        await hands.opens("n", "Nobody needs a letter")
        await hands.opens("e", "The cards that 3 people have are BLOCKED")

    at_console(folder, story)


def test_media_that_are_not_blank_are_refused(folder, tmp_path):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "something").write_text("here")

    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Media for the CRS")
        await hands.writes("used")
        await hands.until("used is not empty: use a new folder on blank media")

    at_console(folder, story)
    assert domain(folder).exports == 0


def test_an_export_may_be_a_disc_image(folder, tmp_path):
    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("x", "Media for the CRS")
        await hands.writes("export.iso")
        await hands.until("Export 1 is in export.iso")

    at_console(folder, story)
    assert (tmp_path / "export.iso").stat().st_size > 0


def test_a_backup_opens_like_the_store(folder, tmp_path):
    async def story(hands):
        await hands.opens("4", "number 1")
        await hands.opens("b", "Backup of the store")
        await hands.writes("kept")
        await hands.until("The backup is in kept")

    at_console(folder, story)
    assert (tmp_path / "kept").read_bytes() == (folder / "store").read_bytes()


def test_a_fault_of_the_log_is_shown_with_its_place(pair):
    tampered(pair, "UPDATE audit SET details = 'nothing' WHERE number = 2", operator="ann")

    async def story(hands):
        await hands.opens("5", "the domain sv.example")
        await hands.opens("v", "Verify the log")
        await hands.presses("enter")
        await hands.until("tampered with: entry 2 was changed", "tell security")
        await hands.presses("escape")
        await hands.until("tampered with: entry 2 was changed")
        await hands.opens("enter", "Entry 2", "nothing")

    at_console(pair, story)


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


def test_a_head_that_was_noted_is_compared(folder):
    async def story(hands):
        await hands.opens("5", "the domain sv.example")
        await hands.opens("v", "Verify the log")
        await hands.writes("nonsense")
        await hands.until("a head is COUNT:HASH")
        await hands.presses("home", *["delete"] * 8)
        await hands.writes(str(hands.held.mark))
        await hands.until("The log is whole: 1 entries")

    at_console(folder, story)


def test_the_log_is_exported_for_an_auditor(folder, tmp_path):
    async def story(hands):
        await hands.opens("5", "the domain sv.example")
        await hands.opens("x", "Export the log")
        await hands.writes("log.jsonl")
        await hands.until("The log is in log.jsonl")

    at_console(folder, story)
    assert "Sottovoce CMS log" in (tmp_path / "log.jsonl").read_text()


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
