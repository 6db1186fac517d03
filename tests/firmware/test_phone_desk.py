"""The phone service left alone: records, PIN, erase, self-test, light; with neighbours of paper."""

from __future__ import annotations

import base64
import time
from dataclasses import replace
from pathlib import Path

import pytest

from firmware import remembered
from firmware.call_log import CallLog, Entry
from firmware.contacts import Book, Contact
from firmware.settings import Settings
from sip.message import Response
from tests.firmware.neighbours import PaperMedia, offered
from tests.firmware.paper_server import BEN, PATIENCE_S
from tests.firmware.town import Town, play, town


def record(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def stored(t: Town, name: str) -> bytes:
    return base64.b64decode(t.keys.records.get(name, ""))


async def menu(t: Town, *keys: str) -> None:
    await t.desk.until("Ready")
    await t.until(lambda: t.keys.asked.count("Recall") >= 3)
    for key in ("soft4", *keys):
        await t.desk.press(key)


async def lay_down(t: Town) -> None:
    await t.desk.hang_up()
    await t.desk.until("Ready")


def test_a_missed_call_is_kept_lit_and_shown_until_somebody_looks(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.until(lambda: t.keys.asked.count("Recall") == 3)
            t.crs.invite()
            ringing = await t.crs.expect(180)
            assert isinstance(ringing, Response)
            t.crs.cancel(ringing)
            await t.desk.until("Missed call")
            await t.until(lambda: stored(t, "log") != b"")
            (entry,) = remembered.read_log(stored(t, "log")).entries
            assert (entry.tel, entry.name, entry.direction) == (BEN, "Ben Idowu", "missed")
            await t.desk.until(lambda desk: desk.lamps.get("message") == "slow")
            await t.desk.press("soft4")
            await t.desk.until("1 missed call")
            await t.desk.press("soft1")
            await t.desk.until("> Missed Ben Idowu")
            await t.desk.until(lambda desk: desk.lamps["message"] == "off")
            await t.until(lambda: remembered.read_log(stored(t, "log")).missed == 0)

    play(story)


def test_calling_back_from_the_log(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.records["log"] = record(
                remembered.write_log(CallLog((Entry(BEN, "Ben Idowu", "missed", 1793619000),), 1))
            )
            await t.desk.until("1 missed call")
            await t.desk.press("soft1")
            await t.desk.until("Ben Idowu")
            await t.desk.press("soft4")
            invite = await t.crs.expect("INVITE")
            assert f"sip:{BEN}@" in str(invite.uri)  # type: ignore[union-attr]

    play(story)


def test_a_contact_is_added_from_the_keys_and_kept(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await menu(t, "1", "2", "0", "0", "2")
            await t.desk.until("Search 2002")
            await t.desk.press("soft4")
            await t.desk.until("Name of 2002")
            await t.desk.press("2")
            await t.desk.press("soft4")
            await t.until(lambda: stored(t, "contacts") != b"")
            assert remembered.read_book(stored(t, "contacts")).contacts == (Contact(BEN, "A"),)

    play(story)


def test_settings_are_applied_at_once_told_to_the_sound_and_kept(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await menu(t, "3", "1", "2")
            await t.desk.until("Sprache")
            await t.until(lambda: remembered.read_settings(stored(t, "settings")).language == "de")
            await t.desk.press("vol+")
            await t.until(lambda: t.media.did[-1] == "Choose uk classic 5 5 6")
            await t.until(lambda: remembered.read_settings(stored(t, "settings")).ring == 6)

    play(story)


def test_what_was_chosen_is_there_after_a_restart_and_a_fresh_sound_service_hears_of_it(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.records["settings"] = record(
                remembered.write_settings(Settings(language="fr", country="fr", melody="soft", ear=7))
            )
            await t.desk.until("Prêt")
            await t.until(lambda: "Choose fr soft 7 5 5" in t.media.did)
            await t.stop("media").aclose()
            fresh = PaperMedia()
            async with offered(t.home, media=fresh):
                await t.until(lambda: "Choose fr soft 7 5 5" in fresh.did)

    play(story)


@pytest.mark.parametrize("name", ["settings", "contacts", "log"])
def test_a_damaged_record_is_said_and_the_phone_is_a_phone(tmp_path: Path, name: str) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.records[name] = record(b"not a record")
            assert "damaged" in " ".join(await t.desk.until("damaged"))
            await t.desk.press("soft4")
            await t.desk.until("Ready for secure calls")
            await t.call()

    play(story)


def test_a_record_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.refuses["Recall"] = ["E46", "E46", "E46"]
            await t.desk.until("Ready")
            await t.until(lambda: t.keys.asked.count("Recall") == 3)
            await t.desk.press("vol+")
            await t.desk.until("Ring volume 6 / 10")
            await t.desk.until(lambda desk: "Ring volume" not in " ".join(desk.text))
            assert "Remember" not in t.keys.asked

    play(story)


def test_a_record_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.refuses["Remember"] = ["E11"]
            await menu(t, "3", "6", "2", "soft1", "soft1")
            await t.desk.until("Could not be stored")

    play(story)


def test_a_phone_with_a_pin_starts_locked_and_the_pin_opens_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.lock("1357")
            await t.stop("keys").aclose()
            async with offered(t.home, keys=t.keys):
                await t.desk.until("Locked")
                await t.desk.press("9999")
                await t.desk.press("soft4")
                await t.desk.until("Wrong PIN. Try again. E47")
                await t.desk.press("1357")
                await t.desk.press("soft4")
                await t.desk.until("Ready for secure calls")
                await t.call()

    play(story)


def test_a_pin_is_set_from_the_menu_and_locks_the_phone(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await menu(t, "3", "8")
            await t.desk.until("New PIN")
            for _ in range(2):
                await t.desk.press("2468")
                await t.desk.press("soft4")
            await t.desk.until("PIN is set")
            assert t.keys.pin == "2468"
            for key in ("soft4", "soft1"):
                await t.desk.press(key)
            await t.desk.until("Test call")
            await t.desk.press("7")
            await t.desk.until("Locked")
            await t.desk.press("2468#")
            await t.desk.until("Ready")

    play(story)


def test_ten_wrong_pins_leave_an_empty_phone(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.pin = "1357"
            t.keys.status = t.keys.identity = replace(t.keys.identity, pin=True)
            await t.stop("keys").aclose()
            async with offered(t.home, keys=t.keys):
                await t.desk.until("Ready")
                for key in ("soft4", "7"):
                    await t.desk.press(key)
                await t.desk.until("Locked")
                t.keys.tries = 3
                for said in ("2 tries left", "LAST TRY", "Ten wrong PINs"):
                    await t.desk.press("0000#")
                    await t.desk.until(said)
                await t.desk.press("soft4")
                await t.desk.until("Not enrolled")

    play(story)


def test_holding_two_keys_and_then_one_erases_everything(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.records["contacts"] = record(remembered.write_book(Book((Contact(BEN, "Ben"),))))
            await t.desk.until("Ready")
            for key in "*#":
                await t.desk.key(key, down=True)
            await t.desk.until("ERASE ALL KEYS?")
            for key in "*#":
                await t.desk.key(key, down=False)
            await t.desk.key("soft4", down=True)
            await t.desk.until("All is erased")
            assert "Wipe" in t.keys.asked
            await t.desk.key("soft4", down=False)
            await t.desk.press("soft4")
            await t.desk.until("Not enrolled")

    play(story)


async def asked_about_this_month(t: Town) -> None:
    await t.desk.until("Ready")
    await t.desk.press("soft4")
    await t.desk.until("Contacts")
    for key, shown in (("8", "Enrol this phone"), ("6", "this month"), ("1", "WIPE KEYS OF")):
        await t.desk.press(key)
        await t.desk.until(shown)
    assert "RemoveMonth" not in t.keys.asked
    await t.desk.press("soft4")


def test_this_months_keys_removed_by_hand_show_on_the_clock(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await asked_about_this_month(t)
            await t.desk.until("keys are wiped")
            assert t.keys.asked.count("RemoveMonth") == 1
            for key, shown in (
                ("soft4", "Look for updates"),
                ("soft1", "Administration"),
                ("soft1", "No keys this month"),
            ):
                await t.desk.press(key)
                await t.desk.until(shown)

    play(story)


def test_a_month_that_the_vault_cannot_remove_is_told(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.refuses["RemoveMonth"] = ["E11"]
            await asked_about_this_month(t)
            await t.desk.until("Keys not wiped")

    play(story)


def test_the_display_is_bright_when_touched(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.records["settings"] = record(remembered.write_settings(Settings(night=(0, 0))))
            await t.desk.until("Ready")
            await t.desk.press("soft4")
            await t.desk.until(lambda desk: desk.contrast == 255)

    play(story)


async def asked_about_the_clock(t: Town) -> None:
    """The server says that it is a month later; an administrator looks at the question."""
    await t.desk.until("Ready")
    t.keys.status = replace(t.keys.status, proposed=int(time.time()) + 30 * 86400)
    t.crs.cut()
    await t.desk.until("Clock not confirmed", PATIENCE_S)
    await t.desk.press("soft4")
    await t.desk.until("Contacts")
    for key, shown in (("8", "Enrol this phone"), ("4", "IS THIS TIME RIGHT?")):
        await t.desk.press(key)
        await t.desk.until(shown)
    assert "AcceptTime" not in t.keys.asked
    await t.desk.press("soft4")


def test_a_time_that_the_server_proposes_is_asked_about_and_confirmed(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await asked_about_the_clock(t)
            await t.desk.until("The clock is set")
            assert t.keys.asked.count("AcceptTime") == 1
            await t.desk.press("soft4")
            await t.desk.until("Ready")

    play(story)


def test_a_time_that_the_vault_does_not_take_is_told(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            t.keys.refuses["AcceptTime"] = ["E39"]
            await asked_about_the_clock(t)
            await t.desk.until("Clock not set")

    play(story)
