"""The phone service among its neighbours: a vault, a sound service, a camera and a server, all of paper."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from board.virtual import VirtualBoard
from firmware.cli import _status
from firmware.services.marks import Marks
from firmware.services.phone import Phone
from firmware.varlink import serving, socket_path
from sip.message import Request, Response
from sip.sdp import answer, offer
from tests.firmware.neighbours import (
    ASHA,
    BEN,
    I_MESSAGE,
    PATIENCE_S,
    Domain,
    PaperCRS,
    PaperKeys,
    PaperMedia,
    PaperScan,
    offered,
)


@dataclass
class Town:
    """One phone, and everybody it knows."""

    home: Path
    desk: DeskClient
    keys: PaperKeys
    media: PaperMedia
    scan: PaperScan
    crs: PaperCRS
    stop: Callable[[str], contextlib.AsyncExitStack]
    running: asyncio.Task[None]
    phone: Phone

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that does not show on the screen."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0.005)

    async def call(self) -> Response:
        """Call out until the call is verified; return the 200 that answered it."""
        await self.desk.lift()
        await self.desk.press("2002#")
        invite = await self.crs.expect("INVITE")
        assert isinstance(invite, Request)
        self.crs.answer(invite, 180)
        await self.desk.until("They have checked it is you")
        accepted = self.crs.answer(invite, 200)
        await self.desk.until("not yet verified")
        await self.until(lambda: self.media.microphone)
        self.media.tell("secured")
        await self.desk.until("Secure – verified")
        return accepted

    def marks(self) -> list[dict[str, object]]:
        path = self.home / "log" / "phone.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()]


@contextlib.asynccontextmanager
async def town(home: Path, *, enrolled: bool = True, theirs: Domain | None = None) -> AsyncIterator[Town]:
    domain = Domain()
    async with contextlib.AsyncExitStack() as stack:
        folder = home / "crs"
        folder.mkdir()
        crs = await stack.enter_async_context(PaperCRS(theirs or domain, folder).serving())
        keys = PaperKeys(domain, enrolled=enrolled, crs=crs.address)
        media, scan = PaperMedia(), PaperScan()
        stop = await stack.enter_async_context(offered(home, keys=keys, media=media, scan=scan))
        board = VirtualBoard(home)
        marks = stack.enter_context(Marks(home))
        phone = Phone(home, board, marks)
        await stack.enter_async_context(serving(socket_path(home, "phone"), phone))
        running = asyncio.create_task(phone.run())
        try:
            async with DeskClient(home) as desk:
                yield Town(home, desk, keys, media, scan, crs, stop, running, phone)
        finally:
            running.cancel()
            await asyncio.wait([running])
            board._desk_link().close()
            if not running.cancelled():
                running.result()


def play(story: Callable[[], object]) -> None:
    asyncio.run(story())  # type: ignore[arg-type]


def test_it_registers_with_its_certificate_and_learns_the_time(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready for secure calls")
            assert t.crs.client == ASHA
            assert "reg-id=1" in t.crs.contact
            assert "+sip.instance" in t.crs.contact
            await t.until(lambda: t.keys.time == int(t.crs.date))

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
            assert [what for what in t.media.did if what in wanted[:-1]] != []
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
