"""Enrolling through the phone service, with a camera, a vault and a server of paper."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

import pytest
from aiohttp import web

from firmware.interfaces import FirstContact
from firmware.services.first_contact import ANSWER_OCTETS, Reply, first_contact
from tests.firmware.neighbours import offered
from tests.firmware.paper_server import Domain
from tests.firmware.town import Town, play, town

CODE = "8675309123"


@dataclass
class PaperOffice:
    """The HTTPS service of a CRS. `replies` are (status, body) in turn; the last one stays."""

    replies: list[tuple[int, bytes]]
    date: float = 1795350000.0
    bodies: list[bytes] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        status, body = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        headers = {"Date": formatdate(self.date, usegmt=True)}
        return web.Response(status=status, body=body, headers=headers)

    @contextlib.asynccontextmanager
    async def serving(self, context: ssl.SSLContext, port: int = 0) -> AsyncIterator[int]:
        app = web.Application()
        app.router.add_post("/v1/enrol", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context)
        await site.start()
        try:
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()


PACK = [(200, b"the first pack")]


async def to_code(t: Town) -> None:
    """Show the card, confirm it."""
    await t.desk.until("Not enrolled")
    await t.desk.press("soft1")
    t.scan.view()
    await t.desk.until("Fill the frame")
    t.scan.view("closer")
    await t.desk.until("Move closer")
    t.scan.code("SV1:CARD")
    await t.desk.until("Check code: 7F3A 19C2")
    await t.desk.press("soft4")
    await t.desk.until("Transfer code")


async def type_code(t: Town) -> None:
    await t.desk.press(CODE)
    await t.desk.until("10 of 10 digits")
    await t.desk.press("soft4")


def test_a_blank_phone_is_enrolled_and_ready(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            office = PaperOffice(PACK)
            async with office.serving(t.keys.domain.server(tmp_path), t.crs.port + 1):
                await to_code(t)
                await type_code(t)
                assert "Enrolled as 2001" in await t.desk.until("Destroy the code now")
                assert office.bodies == [b"first contact"]
                assert t.keys.codes == [CODE]
                await t.desk.press("soft4")
                await t.desk.until("Ready for secure calls")
                t.scan.view()
                await t.until(lambda: not t.scan.looking)

    play(story)


def test_a_wrong_transfer_code_can_be_typed_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            t.keys.refuses["Unseal"] = ["E10", "E10", "E10"]
            await to_code(t)
            await type_code(t)
            await t.desk.until("Wrong code, 2 left")
            await type_code(t)
            await t.desk.until("Wrong code, 1 left")
            await type_code(t)
            await t.desk.until("Wrong transfer code")
            await t.until(lambda: "AbandonEnrolment" in t.keys.asked)

    play(story)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E01", "Not an enrolment code"),
        ("E02", "Update phone first"),
        ("E03", "Code is damaged"),
        ("E04", "Code not genuine"),
        ("E05", "Code has expired"),
        ("E06", "Set the clock first"),
        ("E13", "Code not valid yet"),
    ],
)
def test_a_bad_card_is_refused_in_words_and_another_can_be_shown(
    tmp_path: Path, code: str, said: str
) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            t.keys.refuses["ImportCard"] = [code]
            await t.desk.until("Not enrolled")
            await t.desk.press("soft1")
            t.scan.code("HTTPS://EXAMPLE.ORG")
            assert any(code in line for line in await t.desk.until(said))
            await t.desk.press("soft4")
            await t.desk.until("Starting camera")
            await t.desk.press("soft1")
            await t.desk.until("Not enrolled")
            t.scan.view()
            await t.until(lambda: not t.scan.looking)

    play(story)


def test_a_used_card_is_refused_by_the_server_and_destroyed_here(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            office = PaperOffice([(409, b'{"code": "E07", "text": "used"}')])
            async with office.serving(t.keys.domain.server(tmp_path), t.crs.port + 1):
                await to_code(t)
                await type_code(t)
                assert "Tell security if not by you. E07" in await t.desk.until("Code already used")
                await t.until(lambda: "AbandonEnrolment" in t.keys.asked)

    play(story)


def test_a_silent_server_leaves_the_keys_stored_and_is_asked_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            await to_code(t)
            await type_code(t)
            await t.desk.until("Saved, not yet active")
            assert "AbandonEnrolment" not in t.keys.asked
            async with PaperOffice(PACK).serving(t.keys.domain.server(tmp_path), t.crs.port + 1):
                await t.desk.press("soft4")
                await t.desk.until("Destroy the code now")

    play(story)


def test_a_stored_enrolment_is_resumed_after_a_power_cut(tmp_path: Path) -> None:
    async def story() -> None:
        async with contextlib.AsyncExitStack() as stack:
            t = await stack.enter_async_context(town(tmp_path, enrolled=False))
            async with PaperOffice(PACK).serving(t.keys.domain.server(tmp_path), t.crs.port + 1):
                await t.desk.until("Not enrolled")
                await t.stop("keys").aclose()
                t.keys.status = replace(t.keys.status, pending=True)
                await stack.enter_async_context(offered(t.home, keys=t.keys))
                await t.desk.until("Destroy the code now")

    play(story)


def test_a_camera_service_that_dies_is_tried_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            await t.desk.until("Not enrolled")
            await t.desk.press("soft1")
            t.scan.view()
            await t.desk.until("Fill the frame")
            t.scan.pictures.put_nowait(None)
            await t.desk.until("Can't read it")
            t.scan.code("SV1:CARD")
            await t.desk.until("Enrol as")

    play(story)


def test_a_server_of_another_domain_gets_no_first_contact(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            office = PaperOffice(PACK)
            async with office.serving(Domain().server(tmp_path), t.crs.port + 1):
                await to_code(t)
                await type_code(t)
                await t.desk.until("Server not genuine")
                assert office.bodies == []

    play(story)


async def ask(tmp_path: Path, replies: list[tuple[int, bytes]]) -> Reply:
    domain = Domain()
    async with PaperOffice(replies).serving(domain.server(tmp_path)) as port:
        contact = FirstContact(
            crs=f"127.0.0.1:{port - 1}",
            domain=domain.name,
            body="AAAA",
            trust_anchor=domain.anchor,
            moment=int(time.time()),
        )
        return await first_contact(contact)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (409, b'{"code": "E07"}', "E07"),
        (403, b'{"code": "E04"}', "E04"),
        (400, b'{"code": "E06"}', "E06"),
        (400, b'{"code": "malformed"}', "E23"),
        (403, b"<html>go away</html>", "E23"),
        (403, b"[" * 50_000, "E23"),
        (403, b'{"code": ["E07"]}', "E23"),
        (429, b'{"code": "busy"}', "E21"),
        (503, b'{"code": "no-pack"}', "E21"),
        (302, b"", "E23"),
        (200, bytes(ANSWER_OCTETS + 1), "E21"),
    ],
)
def test_whatever_the_server_says_becomes_a_code(tmp_path: Path, status: int, body: bytes, code: str) -> None:
    async def story() -> None:
        reply = await ask(tmp_path, [(status, body)])
        assert (reply.code, reply.pack) == (code, "")

    play(story)


def test_a_wrong_clock_is_set_by_the_servers_and_the_first_contact_made_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            office = PaperOffice([(400, b'{"code": "E06"}'), *PACK])
            async with office.serving(t.keys.domain.server(tmp_path), t.crs.port + 1):
                await to_code(t)
                await type_code(t)
                await t.desk.until("Destroy the code now")
                asked = [method for method in t.keys.asked if method in ("PendingContact", "ObserveTime")]
                assert asked[:3] == ["PendingContact", "ObserveTime", "PendingContact"]
                assert len(office.bodies) == 2

    play(story)


def test_no_digit_of_the_transfer_code_is_in_any_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with town(tmp_path, enrolled=False) as t:
            t.keys.refuses["Unseal"] = ["E09"]
            await to_code(t)
            await type_code(t)
            await t.desk.until("Keys do not match")

    play(story)
    marks = (tmp_path / "log" / "phone.jsonl").read_text()
    assert CODE not in caplog.text + marks
    assert "SV1:" not in caplog.text + marks
    assert '"key"' not in marks, "digits of a code are not even counted"
