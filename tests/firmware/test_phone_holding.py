"""The phone service with two calls, hands-free, with its cradle tapped, and in a test call."""

from __future__ import annotations

from pathlib import Path

import pytest

from board.desk.link import READ_S
from firmware.acts import Act
from firmware.desk import RUNG_S
from sip.message import Request, Response
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.firmware.paper_server import BEN, I_MESSAGE, PATIENCE_S
from tests.firmware.town import Town, play, town

CY = "+442079462003"


async def hold_told(t: Town, direction: str) -> None:
    """Wait until the other side is told which way sound goes, and agree."""
    update = await t.crs.expect("UPDATE")
    assert isinstance(update, Request)
    assert (parse_offer(update.body).direction, parse_offer(update.body).mikey) == (direction, I_MESSAGE)
    t.crs.answer(update, 200, _answer(direction))


def _answer(direction: str) -> bytes:
    back = {"sendonly": "recvonly", "recvonly": "sendonly"}.get(direction, direction)
    return answer("127.0.0.1", 31000, direction=back)


async def waiting_caller(t: Town) -> Response:
    """Somebody calls while a call is on; return our 180."""
    t.keys.caller, t.keys.caller_name = CY, "Cy Twombly"
    t.crs.invite(CY)
    ringing = await t.crs.expect(180)
    assert isinstance(ringing, Response)
    await t.desk.until("Cy Twombly")
    await t.desk.read()
    return ringing


async def answered_waiting(t: Town) -> Response:
    """Answer the caller who waits; return our 200."""
    accepted = await t.crs.expect(200)
    assert isinstance(accepted, Response)
    t.crs.ack(accepted)
    await t.until(lambda: t.media.heard == 2)
    t.media.tell("secured", call=2)
    return accepted


def test_hold_closes_the_microphone_and_tells_the_other_side(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.press("soft1")
            await t.until(lambda: "Hold 1 True" in t.media.did)
            assert not t.media.microphone
            await hold_told(t, "sendonly")
            await t.desk.press("soft1")
            await t.until(lambda: t.media.heard == 1)
            await hold_told(t, "sendrecv")

    play(story)


def test_a_second_caller_waits_and_is_answered_while_the_first_is_held(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await waiting_caller(t)
            await t.until(lambda: "Tone waiting" in t.media.did)
            assert t.media.heard == 1
            await t.desk.press("soft4")
            await hold_told(t, "sendonly")
            await answered_waiting(t)
            assert "Hold 1 True" in t.media.did
            await t.desk.press("soft1")
            await t.until(lambda: t.media.heard == 1)
            assert t.media.did.index("Hold 2 True") < t.media.did.index("Hold 1 False")

    play(story)


def test_a_third_caller_gets_busy_and_costs_no_pairing(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await waiting_caller(t)
            asked = t.keys.asked.count("Accept")
            t.crs.invite("+442079462004")
            await t.crs.expect(486)
            assert t.keys.asked.count("Accept") == asked
            assert t.media.heard == 1

    play(story)


def test_ending_one_call_leaves_the_other_on_hold_to_be_taken_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await waiting_caller(t)
            await t.desk.press("soft4")
            await answered_waiting(t)
            await t.desk.until("Secure – verified")
            await t.desk.press("soft4")
            await t.until(lambda: not t.media.microphone)
            await t.desk.press("soft1")
            await t.until(lambda: t.media.heard == 1)

    play(story)


def test_the_other_side_holding_shows_and_the_call_goes_on(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite()
            await t.crs.expect(180)
            await t.desk.lift()
            accepted = await t.crs.expect(200)
            assert isinstance(accepted, Response)
            t.crs.ack(accepted)
            await t.until(lambda: t.media.microphone)
            t.media.tell("secured")
            await t.desk.until("Secure – verified")
            held = offer("127.0.0.1", 30000, I_MESSAGE, direction="sendonly")
            t.crs.hold(accepted, held)
            agreed = await t.crs.expect(200)
            assert isinstance(agreed, Response)
            assert parse_answer(agreed.body).direction == "recvonly"
            await t.until(lambda: "Tone held" in t.media.did)
            assert t.media.microphone
            t.crs.hold(accepted, offer("127.0.0.1", 30000, b"other keys"), 3)
            await t.crs.expect(488)

    play(story)


def test_tapping_the_cradle_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A tap as long as this test takes: how long it may be is the pure classifier's business.
    monkeypatch.setattr("firmware.hook.SHORTEST_FLASH_S", 0.0)
    monkeypatch.setattr("firmware.hook.LONGEST_FLASH_S", PATIENCE_S)

    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.hang_up()
            await t.until(lambda: "Mute True" in t.media.did)
            await t.desk.lift()
            await t.until(lambda: "Hold 1 True" in t.media.did)
            await hold_told(t, "sendonly")
            await t.until(lambda: t.media.did[-1] == "Mute False")
            await t.desk.press("soft1")
            await t.until(lambda: t.media.heard == 1)

    play(story)


def test_laying_down_closes_the_gate_at_once_and_then_hangs_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.hang_up()
            await t.crs.expect("BYE")
            await t.until(lambda: not t.media.microphone)
            assert t.media.did.index("Mute True") < t.media.did.index("Close")

    play(story)


def test_the_sound_of_a_call_by_loudspeaker_stays_when_the_handset_is_laid_down(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.press("speaker")
            await t.until(lambda: "Route speaker" in t.media.did)
            await t.desk.hang_up()
            await t.desk.lift()
            await t.until(lambda: t.media.did[-1] == "Route handset")
            assert t.media.heard == 1

    play(story)


def test_whoever_reads_at_the_virtual_desk_takes_longer_than_a_phone_that_rings_asks_for() -> None:
    assert READ_S > RUNG_S


def test_a_person_answers_by_the_soft_key_hands_free(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite()
            await t.desk.until("identity checked")
            await t.desk.read()
            await t.desk.press("soft4")
            accepted = await t.crs.expect(200)
            assert isinstance(accepted, Response)
            t.crs.ack(accepted)
            await t.until(lambda: t.media.microphone)
            assert t.media.did.index("Route speaker") < t.media.did.index("Connect")
            await t.desk.press("speaker")
            await t.crs.expect("BYE")
            await t.until(lambda: not t.media.microphone and t.media.did[-1] != "Route speaker")

    play(story)


def test_the_test_call_goes_to_the_server_with_keys_to_ourselves(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.phone._calling.take(Act.TEST)
            invite = await t.crs.expect("INVITE")
            assert isinstance(invite, Request)
            assert invite.uri == "sip:echo@sv.example"
            assert "InitiateEcho" in t.keys.asked
            t.crs.answer(invite, 200)
            await t.desk.lift()
            await t.until(lambda: t.media.microphone)
            assert t.media.echo

    play(story)


def test_an_invite_without_an_offer_is_refused_and_shown(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite(BEN, sdp=b"")
            await t.crs.expect(488)
            await t.desk.until("was not protected")
            assert "Accept" not in t.keys.asked

    play(story)


def test_a_held_call_left_on_its_cradle_rings(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.call()
            await t.desk.press("soft1")
            await t.until(lambda: not t.media.microphone)
            await t.desk.hang_up()
            await t.until(lambda: "Ring True" in t.media.did)
            await t.until(lambda: t.desk.lamps.get("ring") == "slow")
            await t.desk.lift()
            await t.until(lambda: t.media.heard == 1)

    play(story)
