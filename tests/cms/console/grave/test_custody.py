"""The console and custodians: who get shares, open the store with them, and a case in escrow mode."""

import pytest

from cms import store
from crypto import escrow as file_format
from crypto.policy import Mode
from tests.cms.hands import ALICE, BOBS, PASSPHRASE, at_console, domain

WORDS = "words for the officer"


async def appoints(hands, *, folder="shares", second=False):
    """Put the store into the hands of custodians: 2 of 3."""
    await hands.opens("6", "Signs with")
    await hands.opens("c", "Custodians of the store")
    for typed in ("2", "3", folder, "sv.example"):
        await hands.writes(typed)
    if second:
        await hands.writes("")
        await hands.writes(BOBS)


@pytest.fixture
def custody(pair, tmp_path):
    """The same, in escrow mode: 2 of 3 custodians open the store."""

    async def story(hands):
        await appoints(hands, second=True)
        await hands.until("2 of 3 shares open the store now")
        await hands.opens("g", "call-log: on, off")
        await hands.writes("")
        await hands.writes("escrow")
        await hands.writes("")
        await hands.writes(BOBS)
        await hands.until("mode is escrow")

    at_console(pair, story)
    return pair


def opening_key(*numbers):
    """What opens a store that custodians hold."""
    return {"shares": [(f"share {at}", open(f"shares/share-{at}").read()) for at in numbers]}


# Custodians


def test_shares_go_to_files_and_then_open_the_store(folder, tmp_path):
    async def story(hands):
        await appoints(hands)
        await hands.until("2 of 3 shares open the store now")

    at_console(folder, story)
    assert sorted(path.name for path in (tmp_path / "shares").iterdir()) == ["share-1", "share-2", "share-3"]
    with store.open_store(folder, PASSPHRASE, operator="ann", **opening_key(1, 3)) as held:
        assert held.head.custody.threshold == 2


def test_shares_are_shown_one_by_one_and_then_open_the_store(folder):
    seen = []

    async def story(hands):
        await appoints(hands, folder="")
        for at in (1, 2, 3):
            await hands.until(f"Share {at} of 3", " 1 ", "33 ")
            seen.append(share_on(hands.screen))
            await hands.presses("enter")
        await hands.until("Does every custodian have their 33 words?")
        await hands.presses("y")
        await hands.until("2 of 3 shares open the store now")

    at_console(folder, story)
    typed = [(f"share {at}", words) for at, words in enumerate(seen, 1)]
    with store.open_store(folder, PASSPHRASE, operator="ann", shares=typed[:2]) as held:
        assert held.sound


def share_on(screen):
    """The words of a share that the screen shows."""
    words = " ".join(screen.replace("┃", " ").split("eyes only")[1].split("Enter")[0].split()).split()
    return " ".join(words[1::2])


@pytest.mark.parametrize("leaving", ["escape", "time"])
def test_a_share_that_nobody_wrote_down_changes_nothing(folder, leaving):
    async def story(hands):
        await appoints(hands, folder="")
        await hands.until("Share 1 of 3")
        if leaving == "time":
            hands.clock.seconds += 601
        else:
            await hands.presses("enter", "escape")
        await hands.until("nothing was changed: destroy what was written down")

    before = (folder / "store").read_bytes()
    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_custodians_are_not_appointed_unless_the_domains_name_is_typed(folder, tmp_path):
    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("c", "Custodians of the store")
        for typed in ("2", "3", "shares", "example"):
            await hands.writes(typed)
        await hands.until("that is not sv.example: nothing was changed")

    at_console(folder, story)
    assert not (tmp_path / "shares").exists()


@pytest.mark.parametrize(("share", "said"), [("share-2", "no custodians"), ("share-1", "is the same share")])
def test_custodians_are_dismissed_by_their_shares_only(folder, share, said):
    async def story(hands):
        await appoints(hands)
        await hands.until("2 of 3 shares open the store now")
        await hands.opens("c", "Custodians of the store", "Share 2 of 2")
        for typed in ("", "", ""):
            await hands.writes(typed)
        await hands.presses("space", "enter")
        for typed in ("shares/share-1", f"shares/{share}", "sv.example"):
            await hands.writes(typed)
        await hands.until(said)

    at_console(folder, story)


# Escrow


async def opens_case(hands, *, second=("shares/share-1", "shares/share-3"), by=BOBS, officer=""):
    words = ("", "") if officer else (WORDS, WORDS)
    await hands.opens("9", "none ever")
    await hands.opens("o", "Open calls for a case")
    for typed in ("42", ALICE, "2026-11", "case.escrow", officer, *words, *second):
        await hands.writes(typed)
    await hands.writes("")
    await hands.writes(by)


def test_a_case_is_opened_by_custodians_and_two_operators(custody, tmp_path):
    async def story(hands):
        await opens_case(hands)
        await hands.until("case.escrow opens the calls to +447700900123 in 2026-11, for case 42")
        await hands.presses("enter")
        await hands.until("42", ALICE, "2026-11")

    at_console(custody, story, key=opening_key(1, 2))
    read = file_format.read((tmp_path / "case.escrow").read_bytes())
    opened, _ = read.open(passphrase=WORDS)
    assert (opened.tel, opened.month, opened.case) == (ALICE, "2026-11", "42")


def test_an_opening_is_in_the_log_by_both(custody):
    async def story(hands):
        await opens_case(hands)
        await hands.until("for case 42")
        last = hands.held.entries[-1]
        assert (last.who, last.action) == ("ann, bob", "cms escrow open")

    at_console(custody, story, key=opening_key(1, 2))


@pytest.mark.parametrize(
    ("second", "by", "said"),
    [
        (("shares/share-1", "shares/share-1"), BOBS, "is the same share as share 1"),
        (("shares/share-1", ""), BOBS, "is not a share as it was written"),
        (("shares/share-1", "shares/share-3"), "", "needs two people here"),
        (("shares/share-1", "shares/share-3"), "not bob's words", "wrong passphrase of bob"),
    ],
)
def test_without_all_who_are_needed_no_case_is_opened(custody, tmp_path, second, by, said):
    async def story(hands):
        await opens_case(hands, second=second, by=by)
        await hands.until(said)
        assert hands.held.domain.openings == ()

    at_console(custody, story, key=opening_key(1, 2))
    assert not (tmp_path / "case.escrow").exists()


def test_a_domain_that_has_not_agreed_on_escrow_opens_nothing(folder):
    async def story(hands):
        await hands.opens("9", "none ever")
        await hands.opens("o", "this domain is compatible, and its phones say so: nothing is opened")

    at_console(folder, story)
    assert domain(folder).policy.mode is Mode.COMPATIBLE
