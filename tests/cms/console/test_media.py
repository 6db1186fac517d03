"""The console and what leaves the CMS: letters, media for the CRS, backups."""

from tests.cms.hands import at_console, domain


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
