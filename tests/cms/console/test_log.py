"""The console and the log: verified, compared, exported."""

from tests.cms.desk import tampered
from tests.cms.hands import at_console


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
