"""The console and people: added, found, and what becomes of each."""

from tests.cms.hands import ALICE, BEN, CHLOE, at_console, domain


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


def test_a_list_that_nobody_named_is_asked_for(folder):
    async def story(hands):
        await hands.opens("i", "or nobody")
        await hands.writes("")
        await hands.until("name the file with the list")

    at_console(folder, story)
