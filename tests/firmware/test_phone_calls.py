"""Calls of the phone service, out and in, and what is no call."""

from __future__ import annotations

from pathlib import Path

import pytest

from sip.message import Request, Response
from sip.sdp import answer, offer
from tests.firmware.paper_server import BEN, I_MESSAGE
from tests.firmware.town import play, town


def test_a_call_from_the_first_digit_to_the_last_word(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            accepted = await t.call()
            assert t.media.peer == ("127.0.0.1", 31000)
            wanted = [
                "Tone dial",
                "Tone off",
                "Tone dtmf:2",
                "Open",
                "Tone ringback",
                "Connect",
                "Tone secure",
            ]
            assert [what for what in dict.fromkeys(t.media.did) if what in wanted] == wanted
            await t.desk.hang_up()
            bye = await t.crs.expect("BYE")
            assert isinstance(bye, Request)
            assert bye.call_id == accepted.call_id
            await t.until(lambda: not t.media.microphone)

    play(story)


def test_the_invite_carries_the_i_message_and_only_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.press("2002")
            await t.desk.press("soft4")
            invite = await t.crs.expect("INVITE")
            assert isinstance(invite, Request)
            assert invite.uri == f"sip:{BEN}@sv.example;user=phone"
            assert invite.body.count(b"a=key-mgmt:mikey ") == 1
            assert b"RTP/SAVP" in invite.body
            assert b"a=crypto" not in invite.body
            t.crs.answer(invite, 180)
            await t.desk.until("Lift the handset to talk")
            await t.desk.press("soft4")
            await t.crs.expect("CANCEL")

    play(story)


@pytest.mark.parametrize(
    "sdp",
    [
        answer("127.0.0.1", 31000).replace(b"RTP/SAVP", b"RTP/AVP"),
        answer("127.0.0.1", 31000) + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
        b"",
    ],
    ids=["RTP/AVP", "a=crypto", "nothing"],
)
def test_an_answer_that_would_lower_the_guard_ends_the_call(tmp_path: Path, sdp: bytes) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.lift()
            await t.desk.press("2002#")
            invite = await t.crs.expect("INVITE")
            assert isinstance(invite, Request)
            t.crs.answer(invite, 200, sdp)
            await t.desk.until("2002 was not protected")
            assert "Connect" not in t.media.did
            await t.crs.expect("BYE")

    play(story)


@pytest.mark.parametrize(
    ("status", "said"), [(486, "Busy"), (603, "Declined"), (480, "Not reachable"), (404, "No such number")]
)
def test_a_refusal_is_said_in_words(tmp_path: Path, status: int, said: str) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.lift()
            await t.desk.press("2002#")
            invite = await t.crs.expect("INVITE")
            assert isinstance(invite, Request)
            t.crs.answer(invite, status)
            await t.desk.until(said)
            await t.crs.expect("ACK")
            await t.until(lambda: "Close" in t.media.did)

    play(story)


@pytest.mark.parametrize(
    ("code", "said"),
    [("E30", "No keys for this month"), ("E31", "no keys this month"), ("E33", "Not a number")],
)
def test_a_number_without_keys_is_refused_before_anything_is_sent(
    tmp_path: Path, code: str, said: str
) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.keys.refuses["Initiate"] = [code]
            await t.desk.lift()
            await t.desk.press("2002#")
            await t.desk.until(said)
            assert t.crs.received.empty()
            await t.until(lambda: "Close" in t.media.did)

    play(story)


def test_an_incoming_call_rings_with_the_verified_name_and_lifting_answers(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite()
            assert "Ben Idowu" in await t.desk.until("identity checked")
            await t.crs.expect(180)
            assert t.desk.lamps["ring"] == "fast"
            await t.until(lambda: "Ring True" in t.media.did)
            assert not t.media.microphone
            await t.desk.lift()
            accepted = await t.crs.expect(200)
            assert isinstance(accepted, Response)
            assert b"key-mgmt" not in accepted.body
            t.crs.ack(accepted)
            await t.until(lambda: t.media.microphone)
            assert t.media.peer == ("127.0.0.1", 30000)
            t.media.tell("secured")
            await t.desk.until("Secure – verified")
            t.crs.bye(accepted)
            await t.desk.until("Call ended")
            await t.until(lambda: not t.media.microphone)

    play(story)


def test_a_spoofed_from_is_refused_shown_and_never_rung(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.keys.caller = "+442079462099"
            t.crs.invite(BEN)
            await t.crs.expect(488)
            assert "! CALL REFUSED" in await t.desk.until("2002 could not be verified")
            assert "Ring True" not in t.media.did

    play(story)


def test_an_i_message_that_does_not_verify_is_refused_with_the_same_answer(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.keys.refuses["Accept"] = ["E34"]
            t.crs.invite()
            await t.crs.expect(488)
            await t.desk.until("Their key did not match. Tell security. E34")
            assert "Ring True" not in t.media.did
            await t.desk.press("soft4")
            await t.desk.until("Ready")

    play(story)


GOOD = offer("127.0.0.1", 30000, I_MESSAGE)


KEY_LINE = next(line for line in GOOD.split(b"\r\n") if line.startswith(b"a=key-mgmt"))


@pytest.mark.parametrize(
    "sdp",
    [
        GOOD.replace(b"RTP/SAVP", b"RTP/AVP"),
        GOOD.replace(KEY_LINE + b"\r\n", b""),
        GOOD.replace(KEY_LINE, KEY_LINE + b"\r\n" + KEY_LINE),
        GOOD + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
        GOOD[: len(GOOD) // 2],
        b"hello",
    ],
    ids=["RTP/AVP", "no key-mgmt", "two key-mgmt", "a=crypto", "half of it", "no SDP"],
)
def test_an_offer_without_protection_is_refused_and_costs_no_pairing(tmp_path: Path, sdp: bytes) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite(sdp=sdp)
            await t.crs.expect(488)
            await t.desk.until("2002 was not protected")
            assert "Accept" not in t.keys.asked
            assert "Ring True" not in t.media.did

    play(story)


def test_a_caller_who_gives_up_leaves_a_missed_call(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.invite()
            ringing = await t.crs.expect(180)
            assert isinstance(ringing, Response)
            t.crs.cancel(ringing)
            await t.desk.until("Missed call")
            await t.until(lambda: t.media.did[-1:] != [] and "Ring False" in t.media.did)

    play(story)


def test_the_mute_key_closes_the_gate(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            await t.desk.press("mute")
            await t.call()
            assert not any(what.startswith("Mute") for what in t.media.did)
            await t.desk.press("mute")
            await t.desk.until("Muted")
            await t.until(lambda: t.media.did[-1] == "Mute True")
            await t.desk.press("soft3")
            await t.until(lambda: t.media.did[-1] == "Mute False")

    play(story)


def test_no_microphone_without_a_sound_device(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.media.refuses["Connect"] = "E40"
            await t.desk.lift()
            await t.desk.press("2002#")
            invite = await t.crs.expect("INVITE")
            assert isinstance(invite, Request)
            t.crs.answer(invite, 200)
            await t.desk.until("Check the handset's plug")
            await t.crs.expect("BYE")

    play(story)
