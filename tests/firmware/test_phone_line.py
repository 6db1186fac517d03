"""The phone service and its server: who it registers with, and what a line that is cut does to a call."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from sip.message import Request
from tests.firmware.neighbours import offered
from tests.firmware.paper_server import ASHA, BEN, Domain
from tests.firmware.town import play, town


def test_it_registers_with_its_certificate_and_learns_the_time(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready for secure calls")
            assert t.crs.client == ASHA
            assert "reg-id=1" in t.crs.contact
            assert "+sip.instance" in t.crs.contact
            await t.until(lambda: t.keys.time == int(t.crs.date))

    play(story)


def test_a_new_identity_has_its_line_whatever_else_the_vault_says_meanwhile(tmp_path: Path) -> None:
    """As when the server's time or a bulletin is taken in while an enrolment ends."""

    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready for secure calls")
            t.keys.certificate, t.keys.key = t.keys.domain.phone(BEN)
            new = replace(t.keys.identity, tel=BEN, serial="8")
            await asyncio.gather(*map(t.phone._standing.hold, (new, replace(new, ahead=1))))
            await t.until(lambda: t.crs.client == BEN)
            await t.desk.until("Ready for secure calls")

    play(story)


def test_the_same_device_keeps_its_name(tmp_path: Path) -> None:
    async def story() -> None:
        names = []
        for run in ("one", "two"):
            home = tmp_path
            async with contextlib.AsyncExitStack() as stack:
                t = await stack.enter_async_context(town(home))
                await t.desk.until("Ready for secure calls")
                names.append(t.crs.contact.split("urn:uuid:")[1][:36])
            (home / "crs").rename(home / f"crs-{run}")
        assert names[0] == names[1]

    play(story)


def test_a_server_whose_certificate_has_ended_by_the_vaults_time_is_not_genuine(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            t.keys.moment += 401 * 86400
            t.keys.status = t.keys.identity
            await t.stop("keys").aclose()
            async with offered(t.home, keys=t.keys):
                assert "Tell security. E22" in await t.desk.until("Server not genuine")
                assert t.crs.registrations == 0

    play(story)


def test_a_server_of_another_domain_is_told_nothing_and_the_person_is_warned(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, theirs=Domain()) as t:
            assert "Tell security. E22" in await t.desk.until("Server not genuine")
            assert t.crs.registrations == 0

    play(story)


def test_a_server_that_does_not_want_this_phone_is_said_to_do_so(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.register_status = 403
            t.crs.cut()
            await t.desk.until("Phone not accepted")

    play(story)


def test_a_cut_line_ends_an_attempt_and_comes_back(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.lift()
            await t.desk.press("2002#")
            await t.crs.expect("INVITE")
            t.crs.cut()
            await t.desk.until("Connection lost")
            await t.desk.hang_up()
            await t.desk.until("Ready for secure calls")
            assert t.crs.connections == 2

    play(story)


def test_a_conversation_survives_a_cut_line_and_ends_over_the_next_one(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            accepted = await t.call()
            t.crs.cut()
            await t.until(lambda: t.crs.connections == 2 and t.crs.registrations == 2)
            assert t.media.microphone
            await t.desk.hang_up()
            bye = await t.crs.expect("BYE")
            assert isinstance(bye, Request)
            assert bye.call_id == accepted.call_id

    play(story)


@pytest.mark.parametrize(
    "octets",
    [
        b"X" * 1_000_000,
        b"INVITE sip:x SIP/2.0\r\nContent-Length: 99999999\r\n\r\n",
        b"\x00\xff" * 500 + b"\r\n\r\n",
    ],
    ids=["a megabyte", "a length beyond all bounds", "noise"],
)
def test_a_server_that_talks_nonsense_is_hung_up_on_and_called_again(tmp_path: Path, octets: bytes) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.send(octets)
            await t.until(lambda: t.crs.connections >= 2 and t.crs.registrations >= 2)
            await t.desk.until("Ready")

    play(story)


def test_half_a_message_and_then_silence_does_no_harm(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.send(b"INVITE sip:someone@sv.example SIP/2.0\r\nVia: SIP/2.0/T")
            t.crs.cut()
            await t.until(lambda: t.crs.registrations == 2)
            await t.desk.until("Ready")
            await t.call()

    play(story)
