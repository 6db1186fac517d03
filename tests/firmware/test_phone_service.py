"""The phone service as one of several: what it does when another dies, and what it writes down."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from firmware.cli import _status
from tests.firmware.neighbours import PaperKeys, PaperMedia, offered
from tests.firmware.paper_server import ASHA, BEN, PATIENCE_S, Domain
from tests.firmware.town import play, town


def test_a_mistake_of_our_own_ends_the_service_instead_of_hiding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of our own")

    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            monkeypatch.setattr("firmware.services.calling.Calling._invited", broken)
            t.crs.invite()
            await asyncio.wait([t.running], timeout=PATIENCE_S)

    with pytest.raises(BaseExceptionGroup, match="unhandled errors"):
        play(story)


def test_the_sound_service_dying_in_a_call_ends_it_and_says_so(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.stop("media").aclose()
            await t.desk.until("Sound service restarted")
            await t.crs.expect("BYE")
            await t.desk.hang_up()
            await t.desk.until("Sound not available")
            async with offered(t.home, media=PaperMedia()):
                await t.desk.until("Ready for secure calls")

    play(story)


def test_the_key_service_dying_in_a_call_is_said_and_the_call_goes_on(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.stop("keys").aclose()
            await t.desk.until("Key service restarted. E41")
            assert t.media.microphone
            await t.desk.hang_up()
            await t.desk.until("Keys not available")

    play(story)


def test_the_key_service_dying_over_a_caller_refuses_him_for_now(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.keys.waits["Accept"] = asyncio.Event()
            t.crs.invite()
            await t.until(lambda: "Accept" in t.keys.asked)
            await t.stop("keys").aclose()
            await t.crs.expect(480)
            assert "CALL REFUSED" not in " ".join(t.desk.text)

    play(story)


def test_no_descriptor_of_session_keys_stays_open(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.hang_up()
            await t.until(lambda: not t.media.microphone)
            t.keys.refuses["Accept"] = []
            t.keys.caller = "+442079462099"
            t.crs.invite()
            await t.crs.expect(488)
            await t.until(lambda: _session_keys_open() == 0)

    play(story)


def _session_keys_open() -> int:
    links = []
    for entry in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            links.append(os.readlink(f"/proc/self/fd/{entry}"))
    return sum("session keys" in link for link in links)


def test_the_marks_tell_when_but_never_who(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            marks = [mark["mark"] for mark in t.marks()]
            order = [
                "key",
                "dialled",
                "initiated",
                "invite sent",
                "peer rings",
                "talking",
                "connected",
                "secured",
            ]
            assert [mark for mark in dict.fromkeys(marks) if mark in order] == order
            text = (t.home / "log" / "phone.jsonl").read_text()
            for secret in (ASHA, BEN, "2002", SESSION_HEX, "Okafor"):
                assert secret not in text

    play(story)


SESSION_HEX = "a5" * 8


def test_a_phone_killed_in_a_call_says_so_when_it_is_back(tmp_path: Path) -> None:
    async def story() -> None:
        (tmp_path / "phone").mkdir()
        (tmp_path / "phone" / "in-call").touch()
        async with town(tmp_path) as t:
            await t.desk.until("Phone service restarted")
            await t.desk.press("soft4")
            await t.desk.until("Ready")
            await t.call()
            assert (tmp_path / "phone" / "in-call").exists()
            await t.desk.hang_up()
            await t.desk.until("Ready")
            assert not (tmp_path / "phone" / "in-call").exists()

    play(story)


def test_wiping_asks_first_and_then_hangs_up_the_line(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.press("soft4")
            await t.desk.press("82")
            await t.desk.until("WIPE ALL KEYS?")
            await t.desk.press("soft1")
            assert "Wipe" not in t.keys.asked
            await t.desk.press("2")
            await t.desk.until("WIPE ALL KEYS?")
            await t.desk.press("soft4")
            await t.desk.until("Keys wiped")
            await t.until(lambda: "Wipe" in t.keys.asked)
            await t.desk.press("soft4")
            await t.desk.until("Not enrolled")

    play(story)


def test_keys_that_do_not_open_are_said_and_can_be_wiped(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.stop("keys").aclose()
            await t.desk.until("Keys not available")
            shut = PaperKeys(Domain(), enrolled=True)
            shut.refuses["Status"] = ["E46"]
            async with offered(t.home, keys=shut):
                await t.desk.until("Keys do not open")
                await t.desk.press("soft4")
                await t.desk.press("82")
                await t.desk.until("WIPE ALL KEYS?")
                await t.desk.press("soft4")
                await t.until(lambda: "Wipe" in shut.asked)
                await t.desk.until("Keys wiped")
                await t.desk.press("soft4")
                await t.desk.until("Not enrolled")
            assert shut.asked.count("Status") == 1

    play(story)


def test_the_phone_can_be_asked_what_it_shows(tmp_path: Path) -> None:
    async def story() -> None:

        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            said = await _status(tmp_path)
            assert "Ready for secure calls" in said
            assert said[-1] == "registered: yes"

    play(story)
