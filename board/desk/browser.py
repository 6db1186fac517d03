"""The websockets of the page: news and keys for the whole desk; sound, and a webcam, for one phone."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from aiohttp import WSCloseCode, WSMsgType, web

from board.desk.desk import Desk, News
from board.desk.held import FRAME_OCTETS, NoPicture, Webcam
from board.desk.phone import DeskPhone
from board.desk.sound import PERIOD_OCTETS
from drivers.virtual_wire import KEYS

MESSAGE_OCTETS = 4096
HEARTBEAT_S = 20.0
UNPLAYED_PERIODS = 25


SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets")
"""Every websocket that is open: a desk that stops waits for none of them."""


@contextlib.asynccontextmanager
async def opened(request: web.Request, largest: int) -> AsyncIterator[web.WebSocketResponse]:
    """Open a websocket that takes messages of `largest` octets; close it whatever happens."""
    socket = web.WebSocketResponse(max_msg_size=largest, heartbeat=HEARTBEAT_S)
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    try:
        yield socket
    finally:
        request.app[SOCKETS].discard(socket)
        await socket.close()


async def close_all(app: web.Application) -> None:
    """Close every websocket."""
    sockets = app[SOCKETS]
    for socket in tuple(sockets):
        await socket.close(code=WSCloseCode.GOING_AWAY)


class Visitor:
    """One browser: the keys that it holds down are let go when it leaves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held: set[tuple[int, str]] = set()

    async def wish(self, text: str) -> bool:
        """Do what the page asks; False if it asks for something that no page of ours asks for."""
        try:
            wish = json.loads(text)
        except (ValueError, RecursionError):
            return False
        match wish:
            case {"phone": int(number), "key": str(key), "down": bool(down)} if key in KEYS:
                (self._held.add if down else self._held.discard)((number, key))
                return await self._key(number, key, down=down)
            case {"phone": int(number), "lifted": bool(lifted)} if number in self._desk.phones:
                with contextlib.suppress(ConnectionError):
                    await self._desk.phones[number].lift(lifted)
                return True
        return False

    async def leave(self) -> None:
        """Let go of every key."""
        for number, key in self._held:
            await self._key(number, key, down=False)

    async def _key(self, number: int, key: str, *, down: bool) -> bool:
        phone = self._desk.phones.get(number)
        if phone is None:
            return False
        # A key of a phone that is not running does nothing, as on any phone.
        with contextlib.suppress(ConnectionError):
            await phone.client.key(key, down=down)
        return True


async def follow(request: web.Request, desk: Desk) -> web.WebSocketResponse:
    """Serve /ws: JSON both ways."""
    async with opened(request, MESSAGE_OCTETS) as socket:
        visitor = Visitor(desk)
        with desk.news() as news:
            sending = asyncio.get_running_loop().create_task(_send(socket, news))
            try:
                async for message in socket:
                    if message.type is not WSMsgType.TEXT or not await visitor.wish(message.data):
                        break
            finally:
                sending.cancel()
                await visitor.leave()
    return socket


async def _send(socket: web.WebSocketResponse, news: News) -> None:
    with contextlib.suppress(ConnectionError):
        while (text := await news.get()) is not None:
            await socket.send_str(text)
        await socket.close()


async def hear_and_speak(request: web.Request, phone: DeskPhone) -> web.WebSocketResponse:
    """Serve /ws/sound/N: 640 octets of S16_LE mono at 16 kHz a message, both ways."""
    played: asyncio.Queue[bytes] = asyncio.Queue(UNPLAYED_PERIODS)

    def ear(pcm: bytes) -> None:
        if not played.full():
            played.put_nowait(pcm)

    async def play(socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await socket.send_bytes(await played.get())

    async with opened(request, MESSAGE_OCTETS) as socket:
        playing = asyncio.get_running_loop().create_task(play(socket))
        try:
            with phone.handset.listening(ear):
                async for message in socket:
                    if message.type is not WSMsgType.BINARY or len(message.data) != PERIOD_OCTETS:
                        break
                    if not phone.handset.speaking:
                        phone.handset.say(message.data)
        finally:
            playing.cancel()
    return socket


async def see(request: web.Request, phone: DeskPhone) -> web.WebSocketResponse:
    """Serve /ws/camera/N: one JPEG a message. An answer to each is what the page waits for: its pace is ours.

    Ends when something else is held before the camera, or with the reason in words for what is no frame.
    """
    async with opened(request, FRAME_OCTETS + 1) as socket:
        webcam = await phone.connect_webcam()
        ending = asyncio.get_running_loop().create_task(_end_with(webcam, socket))
        try:
            async for message in socket:
                if message.type is not WSMsgType.BINARY:
                    break
                await webcam.see(message.data)
                await socket.send_str("seen")
        except NoPicture as error:
            await socket.close(code=WSCloseCode.UNSUPPORTED_DATA, message=str(error).encode())
        except ConnectionError:
            pass  # the page went away between a frame and our answer
        finally:
            ending.cancel()
            if not webcam.ended:
                await phone.put_away()
    return socket


async def _end_with(webcam: Webcam, socket: web.WebSocketResponse) -> None:
    await webcam.wait()
    await socket.close()
