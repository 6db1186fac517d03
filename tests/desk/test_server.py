"""The desk over HTTP: who may come in, and what scripts can do."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from board.desk.desk import Furniture
from board.desk.link import DeskClient
from board.desk.server import application
from drivers.ports import KeyEvent
from tests.desk.conftest import RunningDesk, until
from tests.drivers.cards import card

PATIENCE_S = 20


def visiting(desk: RunningDesk, play: Callable[[aiohttp.ClientSession], Coroutine[Any, Any, None]]) -> None:
    """Play as a script that has the token."""

    async def run() -> None:
        bearer = {"Authorization": f"Bearer {desk.token}"}
        async with (
            asyncio.timeout(PATIENCE_S),
            aiohttp.ClientSession(desk.address, headers=bearer) as session,
        ):
            await play(session)

    asyncio.run(run())


def strangers(desk: RunningDesk, path: str, **request: Any) -> tuple[int, dict[str, str], str]:
    async def run() -> tuple[int, dict[str, str], str]:
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.pop("method", "GET"),
                URL(desk.address + path, encoded=True),
                allow_redirects=False,
                **request,
            ) as reply,
        ):
            return reply.status, dict(reply.headers), await reply.text()

    return asyncio.run(run())


# Doors


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page/desk.js",
        "/page/../server.py",
        "/ws",
        "/ws/sound/1",
        "/ws/camera/1",
        "/api/phones",
        "/api/faults",
        "/api/cards/441632960001.png",
    ],
)
def test_nothing_without_the_token(desk: RunningDesk, path: str) -> None:
    status, headers, text = strangers(desk, path)
    assert status == 403
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert desk.token not in text


@pytest.mark.parametrize("token", ["", "x", "%C3%A4", "A" * 32])
def test_a_wrong_token_opens_nothing(desk: RunningDesk, token: str) -> None:
    status, headers, _ = strangers(desk, f"/?token={token}")
    assert status == 403
    assert "Set-Cookie" not in headers
    assert strangers(desk, "/api/phones", headers={"Authorization": f"Bearer {token}"})[0] == 403
    assert strangers(desk, "/api/phones", headers={"Authorization": desk.token})[0] == 403


def test_the_token_is_not_taken_in_the_address_of_anything_but_the_page(desk: RunningDesk) -> None:
    assert strangers(desk, f"/api/phones?token={desk.token}")[0] == 403


def test_the_token_becomes_a_cookie_that_scripts_cannot_read(desk: RunningDesk) -> None:
    status, headers, _ = strangers(desk, f"/?token={desk.token}")
    assert (status, headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in headers["Set-Cookie"].split(";")}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "192.168.1.5:8080"])
def test_another_name_for_this_computer_is_refused(desk: RunningDesk, host: str) -> None:
    bearer = {"Authorization": f"Bearer {desk.token}", "Host": host}
    assert strangers(desk, "/api/phones", headers=bearer)[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
@pytest.mark.parametrize("path", ["/api/phones", "/api/faults", "/ws", "/ws/camera/1"])
def test_a_page_of_somebody_else_is_refused(desk: RunningDesk, origin: str, path: str) -> None:
    bearer = {"Authorization": f"Bearer {desk.token}", "Origin": origin}
    assert strangers(desk, path, headers=bearer)[0] == 403


def test_only_this_computer_is_listened_to(desk: RunningDesk) -> None:
    port = int(desk.address.rpartition(":")[2])
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F:{port:04X}"]


# Scripts


def test_keys_and_text(desk: RunningDesk) -> None:
    desk.phones[0].dialled = ""

    async def play(session: aiohttp.ClientSession) -> None:
        async with session.post("/api/phones/1/keys", json={"keys": "2002#"}) as reply:
            assert reply.status == 200
        async with session.post("/api/phones/1/keys", json={"keys": "soft4"}) as reply:
            assert reply.status == 200
        async with DeskClient(desk.homes[0]) as client:
            await client.until("2002#soft4")
        async with session.get("/api/phones/1/text") as reply:
            assert await reply.json() == {"text": ["Dial a number", "2002#soft4"]}

    visiting(desk, play)


def test_a_key_is_held_until_a_script_lets_it_go(desk: RunningDesk) -> None:
    desk.phones[0].events.clear()

    async def play(session: aiohttp.ClientSession) -> None:
        for key, down in (("*", True), ("#", True), ("#", False), ("*", False)):
            async with session.post("/api/phones/1/keys", json={"key": key, "down": down}) as reply:
                assert reply.status == 200
            await until(lambda key=key, down=down: desk.phones[0].events[-1:] == [KeyEvent(key, down)])
        assert len(desk.phones[0].events) == 4

    visiting(desk, play)


def test_the_hook(desk: RunningDesk) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        for lifted in (True, False):
            async with session.post("/api/phones/2/hook", json={"lifted": lifted}) as reply:
                assert reply.status == 200
            await until(lambda lifted=lifted: desk.phones[1].hook.lifted is lifted)

    visiting(desk, play)


def test_the_screen_is_a_picture(desk: RunningDesk) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.get("/api/phones/2/screen.png?scale=2") as reply:
            image = Image.open(io.BytesIO(await reply.read()))
        assert image.size == (512, 128)

    visiting(desk, play)


def test_a_card_is_held_up_and_put_away(desk: RunningDesk) -> None:
    held = desk.homes[0] / "camera" / "held.jpg"

    async def play(session: aiohttp.ClientSession) -> None:
        async with session.get("/api/cards") as reply:
            first, second = await reply.json()
        assert first["letter"].startswith("Asha Okafor\n")
        assert second == {"name": "441632960002.png", "letter": ""}
        async with session.post("/api/phones/1/hold", json={"card": first["name"]}) as reply:
            assert (await reply.json())["held"] == first["name"]
        await until(held.exists)
        view = b""
        while not view:
            async with session.get("/api/phones/1/camera.jpg") as reply:
                view = await reply.read()
        assert Image.open(io.BytesIO(view)).size == (480, 270)
        async with session.delete("/api/phones/1/hold") as reply:
            assert (await reply.json())["held"] == ""
        assert not held.exists()
        async with session.get("/api/phones/1/camera.jpg") as reply:
            assert reply.status == 204

    visiting(desk, play)


def test_a_picture_of_ones_own_is_held_up(desk: RunningDesk) -> None:
    file = io.BytesIO()
    card("SV1:OWN").save(file, "PNG")

    async def play(session: aiohttp.ClientSession) -> None:
        async with session.post("/api/phones/2/hold", data=file.getvalue()) as reply:
            assert (await reply.json())["held"] == "a picture"
        await until((desk.homes[1] / "camera" / "held.jpg").exists)
        async with session.delete("/api/phones/2/hold"):
            pass

    visiting(desk, play)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/phones/3/keys", {"keys": "1"}, 404),
        ("POST", "/api/phones/0/keys", {"keys": "1"}, 404),
        ("POST", "/api/phones/x/keys", {"keys": "1"}, 404),
        ("POST", "/api/phones/1/keys", {"keys": "1+2"}, 400),
        ("POST", "/api/phones/1/keys", {"keys": "1" * 65}, 400),
        ("POST", "/api/phones/1/keys", {"keys": 5}, 400),
        ("POST", "/api/phones/1/keys", ["keys"], 400),
        ("POST", "/api/phones/1/keys", b"{", 400),
        ("POST", "/api/phones/1/keys", b"[" * 4000, 400),
        ("POST", "/api/phones/1/keys", b" " * 100_000, 400),
        ("POST", "/api/phones/1/keys", {"key": "soft9", "down": True}, 400),
        ("POST", "/api/phones/1/keys", {"key": "1", "down": 1}, 400),
        ("POST", "/api/phones/1/keys", {"key": "1"}, 400),
        ("POST", "/api/phones/1/keys", {"keys": "1", "key": "1", "down": True}, 400),
        ("POST", "/api/faults", {"fault": "cut-network"}, 400),
        ("POST", "/api/faults", {"fault": "cut-network", "on": 1}, 400),
        ("POST", "/api/faults", {"fault": "cut-network", "on": True, "phone": "1"}, 400),
        ("POST", "/api/faults", {"fault": "cut-network", "on": True, "phone": True}, 400),
        ("POST", "/api/faults", {"fault": "cut-network", "on": True, "more": 1}, 400),
        ("POST", "/api/faults", {"fault": "cut-network", "on": True}, 409),
        ("GET", "/ws/camera/3", None, 404),
        ("POST", "/api/phones/1/hook", {"lifted": "yes"}, 400),
        ("POST", "/api/phones/1/hold", {"card": "../secret.png"}, 404),
        ("POST", "/api/phones/1/hold", {"card": "nothing.png"}, 404),
        ("POST", "/api/phones/1/hold", b"not a picture", 415),
        ("POST", "/api/phones/1/hold", b"", 415),
        ("POST", "/api/phones/1/hold", bytes(9 * 1024 * 1024), 413),
        ("GET", "/api/phones/1/screen.png?scale=0", None, 400),
        ("GET", "/api/phones/1/screen.png?scale=99", None, 400),
        ("GET", "/api/cards/..%2fsecret.png", None, 404),
        ("GET", "/api/cards/441632960001.txt", None, 404),
        ("GET", "/page/..%2fserver.py", None, 404),
        ("DELETE", "/api/phones", None, 405),
    ],
)
def test_what_makes_no_sense_is_refused(
    desk: RunningDesk, method: str, path: str, body: object, status: int
) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        sent = {"json": body} if isinstance(body, dict | list) else {"data": body}
        async with session.request(method, URL(path, encoded=True), **sent) as reply:
            assert reply.status == status
            assert "Traceback" not in await reply.text()

    visiting(desk, play)


def test_a_phone_that_is_not_running_is_said_to_be_not_running(desk: RunningDesk) -> None:
    phone = desk.phones[1]
    phone.stop()

    async def play(session: aiohttp.ClientSession) -> None:
        status = 200
        while status == 200:
            async with session.post("/api/phones/2/keys", json={"keys": "1"}) as reply:
                status = reply.status
        assert status == 503

    visiting(desk, play)
    desk.phones[1] = type(phone)(desk.homes[1])

    async def again(session: aiohttp.ClientSession) -> None:
        connected = False
        while not connected:
            async with session.get("/api/phones") as reply:
                connected = (await reply.json())[1]["connected"]

    visiting(desk, again)


def test_a_lifted_handset_stays_lifted_when_the_phone_starts_anew(desk: RunningDesk) -> None:
    async def lift(session: aiohttp.ClientSession) -> None:
        async with session.post("/api/phones/2/hook", json={"lifted": True}):
            await until(lambda: desk.phones[1].hook.lifted)

    visiting(desk, lift)
    phone = desk.phones[1]
    phone.stop()
    desk.phones[1] = type(phone)(desk.homes[1])

    async def hang_up(session: aiohttp.ClientSession) -> None:
        assert desk.phones[1].hook.lifted
        status = 503
        while status == 503:  # until the desk has found the phone again
            async with session.post("/api/phones/2/hook", json={"lifted": False}) as reply:
                status = reply.status
        assert status == 200
        await until(lambda: not desk.phones[1].hook.lifted)

    visiting(desk, hang_up)


# The page's socket


def test_a_browser_gets_the_whole_state_and_then_the_news(desk: RunningDesk) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws") as socket:
            hello = await socket.receive_json()
            assert hello["phones"] == [1, 2]
            assert [c["name"] for c in hello["cards"]] == ["441632960001.png", "441632960002.png"]
            desk.phones[0].say("Hello browser")
            while (await socket.receive_json()).get("text") != ["Hello browser"]:
                pass

    visiting(desk, play)


def test_keys_held_by_a_browser_that_goes_away_are_released(desk: RunningDesk) -> None:
    desk.phones[0].events.clear()

    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws") as socket:
            await socket.send_json({"phone": 1, "key": "*", "down": True})
            await until(lambda: desk.phones[0].events == [KeyEvent("*", True)])
        await until(lambda: desk.phones[0].events == [KeyEvent("*", True), KeyEvent("*", False)])

    visiting(desk, play)


@pytest.mark.parametrize(
    "wish",
    [
        "{",
        "[]",
        "{}",
        json.dumps({"phone": 1, "key": "soft9", "down": True}),
        json.dumps({"phone": 9, "key": "1", "down": True}),
        json.dumps({"phone": 1, "key": "1", "down": "yes"}),
        json.dumps({"phone": 9, "lifted": True}),
        "[" * 4000,
        "x" * 5000,
        b"octets",
    ],
)
def test_what_no_page_of_ours_says_ends_the_socket(desk: RunningDesk, wish: str | bytes) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws") as socket:
            await (socket.send_str(wish) if isinstance(wish, str) else socket.send_bytes(wish))
            async for message in socket:
                assert message.type is aiohttp.WSMsgType.TEXT

    visiting(desk, play)


def test_what_the_crs_sees_reaches_the_browser_but_not_what_is_no_event(desk: RunningDesk) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws") as socket:
            await socket.receive_json()
            with desk.observed.open("ab") as file:
                file.write(b"garbage\n[]\n{}\n" + b"x" * 20_000 + b"\n")
                file.write(b'{"at": 1.5, "event": "invite", "from": "+44", "deep": {"a": 1}}\n')
            news: dict[str, Any] = {}
            while "crs" not in news:
                news = await socket.receive_json()
            assert news["crs"] == {"at": 1.5, "event": "invite", "from": "+44"}

    visiting(desk, play)


def a_frame(size: tuple[int, int] = (1280, 720), grey: int = 90) -> bytes:
    file = io.BytesIO()
    Image.new("L", size, grey).save(file, "JPEG")
    return file.getvalue()


def test_the_frames_of_a_webcam_reach_the_camera_until_the_page_goes(desk: RunningDesk) -> None:
    held = desk.homes[0] / "camera" / "held.jpg"

    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws/camera/1") as socket:
            for frame in (a_frame(), a_frame(grey=120)):
                await socket.send_bytes(frame)
                assert await socket.receive_str() == "seen"
                assert held.read_bytes() == frame
            async with session.get("/api/phones") as reply:
                assert (await reply.json())[0]["held"] == "the webcam"
        await until(lambda: not held.exists())

    visiting(desk, play)


def test_a_webcam_ends_when_it_is_put_away(desk: RunningDesk) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws/camera/2") as socket:
            await socket.send_bytes(a_frame())
            assert await socket.receive_str() == "seen"
            async with session.delete("/api/phones/2/hold") as reply:
                assert (await reply.json())["held"] == ""
            assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert not (desk.homes[1] / "camera" / "held.jpg").exists()

    visiting(desk, play)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (b"not a frame", "that is no JPEG frame"),
        (b"", "that is no JPEG frame"),
        (a_frame((4000, 3000)), "a frame has at most 1920 x 1080 pixels"),
        (b"\xff\xd8\xff" + bytes(600_000), ""),
        ("text", ""),
    ],
)
def test_what_is_no_frame_ends_a_webcam_and_is_never_seen(
    desk: RunningDesk, frame: bytes | str, reason: str
) -> None:
    async def play(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect("/ws/camera/1") as socket:
            await (socket.send_str(frame) if isinstance(frame, str) else socket.send_bytes(frame))
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
            assert not reason or message.extra == reason
        await until(lambda: not (desk.homes[0] / "camera" / "held.jpg").exists())

    visiting(desk, play)


def test_a_desk_stops_at_once_whoever_listens_or_looks(tmp_path: Path) -> None:
    async def run() -> None:
        app = application(Furniture((tmp_path / "p",)), token="t", port=0)
        runner = aiohttp.web.AppRunner(app)
        await runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        await aiohttp.web.SockSite(runner, listener).start()
        headers = {"Authorization": "Bearer t", "Host": "127.0.0.1:0"}
        async with aiohttp.ClientSession(headers=headers) as session, asyncio.timeout(PATIENCE_S):
            for path in ("ws", "ws/sound/1", "ws/camera/1"):
                await session.ws_connect(f"http://127.0.0.1:{port}/{path}")
            async with asyncio.timeout(5):  # aiohttp itself would wait for a minute
                await runner.cleanup()

    asyncio.run(run())


def test_the_desk_stops_while_browsers_look_on(tmp_path: Path) -> None:
    async def run() -> None:
        runner = aiohttp.web.AppRunner(application(Furniture((tmp_path / "p",)), token="t", port=0))
        await runner.setup()
        await runner.cleanup()

    before = threading.active_count()
    asyncio.run(run())
    assert threading.active_count() == before
