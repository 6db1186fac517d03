"""A card on the console's screen: read by a camera, gone when its time is over, and nowhere else."""

import gc

import pytest
from PIL import Image

from cms.console.card import Code
from tests.cms.hands import ALICE, at_console, domain, entries, office
from tests.codes import qr_codes

ROOM = (97, 50)
_UPPER, _LOWER = {"█", "▀"}, {"█", "▄"}


@pytest.fixture
def folder(desk):
    """A store with one person in it."""
    office(desk / "store", people=((ALICE, "Alice"),))
    return desk / "store"


def seen(screen):
    """What a camera reads on the screen: half blocks are white on black."""
    lines = screen.splitlines()[:49]
    picture = Image.new("L", (97, 98))
    for y, line in enumerate(lines):
        for x, block in enumerate(line[:97]):
            picture.putpixel((x, 2 * y), 255 * (block in _UPPER))
            picture.putpixel((x, 2 * y + 1), 255 * (block in _LOWER))
    found = qr_codes(picture.resize((970, 980), Image.Resampling.NEAREST))
    return [one.text for one in found]


async def view(hands, *, sealed):
    """Ask for Alice's card."""
    await hands.opens("enter", "Alice", "State")
    await hands.opens("v", "View QR code", "It is logged")
    await hands.presses(*([] if sealed else ["space"]), "enter")
    await hands.until("hides in 60 s")


def test_a_camera_reads_it(folder):
    async def story(hands):
        await view(hands, sealed=True)
        [text] = seen(hands.screen)
        assert text.startswith("SV1:")

    at_console(folder, story, size=ROOM)


def test_it_counts_down_hides_itself_and_then_shows_the_transfer_code_for_as_long(folder):
    async def story(hands):
        await view(hands, sealed=True)
        hands.clock.seconds += 17
        await hands.until("hides in 43 s")
        assert "Transfer code" not in hands.screen
        hands.clock.seconds += 43
        await hands.until("Transfer code for Alice", "hides in 60 s", "Tell it separately")
        assert seen(hands.screen) == []
        hands.clock.seconds += 60
        await hands.until("was shown", "has a card")
        assert "Transfer code" not in hands.screen

    at_console(folder, story, size=ROOM)


def test_enter_hides_it_at_once(folder):
    async def story(hands):
        await view(hands, sealed=False)
        await hands.presses("enter")
        await hands.until("was shown")

    at_console(folder, story, size=ROOM)


def test_without_a_transfer_code_none_is_shown(folder):
    async def story(hands):
        await view(hands, sealed=False)
        hands.clock.seconds += 60
        await hands.until("was shown")

    at_console(folder, story, size=ROOM)


def test_the_log_says_who_was_shown_a_card(folder):
    async def story(hands):
        await view(hands, sealed=True)

    at_console(folder, story, size=ROOM)
    who, action, details = entries(folder)[-1]
    assert (who, action) == ("ann", "cms user card")
    assert details.startswith("card added: ")
    assert details.endswith("; shown on the screen")


def test_a_terminal_that_is_too_small_makes_no_card_and_says_what_to_do(folder):
    async def story(hands):
        await hands.opens("enter", "Alice", "State")
        await hands.opens("v", "No card was made", "80 columns and 24 lines", "enlarge it", "make a letter")

    before = (folder / "store").read_bytes()
    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_a_second_card_says_that_it_blocks_the_first(folder):
    async def story(hands):
        await view(hands, sealed=False)
        await hands.presses("enter")
        await hands.until("has a card")
        await hands.opens("v", "is BLOCKED and its keys are revoked")
        await hands.presses("escape")
        await hands.until("has a card")
        await hands.opens("v", "is BLOCKED")
        await hands.presses("space", "enter")
        await hands.until("hides in 60 s")

    at_console(folder, story, size=ROOM)
    assert [card.state.name for card in domain(folder).cards] == ["BLOCKED", "ISSUED"]
    assert entries(folder)[-1][1] == "cms user card --reissue"


def test_a_letter_and_its_code_are_two_files(folder, tmp_path):
    async def story(hands):
        await hands.opens("enter", "Alice", "State")
        await hands.opens("l", "Letter: Alice")
        await hands.writes("alice.pdf")
        await hands.writes("")
        await hands.until("letter and code go different ways")
        await hands.writes("")
        await hands.writes("code.txt")
        await hands.until("The letter is in alice.pdf, its transfer code in code.txt")

    at_console(folder, story)
    assert (tmp_path / "alice.pdf").read_bytes().startswith(b"%PDF")
    assert len((tmp_path / "code.txt").read_text().strip()) == 10


def test_no_widget_tells_the_card_or_its_code_and_nothing_of_it_stays(folder):
    async def story(hands):
        await view(hands, sealed=True)
        [text] = seen(hands.screen)
        hands.clock.seconds += 60
        await hands.until("Transfer code for Alice")
        told = [repr(widget) for screen in hands.app.screen_stack for widget in screen.walk_children()]
        assert not any(text in one or "SV1:" in one for one in told)
        await hands.presses("enter")
        await hands.until("has a card")
        gc.collect()
        assert not [one for one in gc.get_objects() if isinstance(one, Code) and one._lines]

    at_console(folder, story, size=ROOM)


def test_a_passphrase_is_dots_and_is_forgotten_when_it_was_read(folder):
    words = "a passphrase of bob's"

    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("a", "Add an operator")
        await hands.writes("bob")
        await hands.writes(words)
        await hands.until("•" * len(words))
        assert words not in hands.screen
        await hands.writes("something else")
        await hands.until("not the same")
        assert [one.value for one in hands.app.screen.query("SecretInput")] == ["", ""]

    at_console(folder, story)
