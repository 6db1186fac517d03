"""The virtual desk in the browser: one page, its websockets, an API for scripts (api.py), on 127.0.0.1 only.

It shows phones that run already: it starts neither phones nor a CRS.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from board.desk import browser
from board.desk.api import API
from board.desk.desk import Desk, Furniture
from board.desk.doors import Doors
from board.desk.held import PICTURE_OCTETS

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"


def application(furniture: Furniture, *, token: str, port: int) -> web.Application:
    """Return the desk as an aiohttp application, for whoever listens on 127.0.0.1:`port`."""
    doors = Doors(token, port)
    desk = Desk(furniture)
    api = API(desk)

    async def index(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def news(request: web.Request) -> web.WebSocketResponse:
        return await browser.follow(request, desk)

    async def sound(request: web.Request) -> web.WebSocketResponse:
        return await browser.hear_and_speak(request, api.phone(request))

    async def camera(request: web.Request) -> web.WebSocketResponse:
        return await browser.see(request, api.phone(request))

    app = web.Application(middlewares=[doors.check], client_max_size=PICTURE_OCTETS + 1)
    app[browser.SOCKETS] = set()
    app.on_shutdown.append(browser.close_all)
    app.on_response_prepare.append(doors.sign)
    app.cleanup_ctx.append(desk.run)
    app.add_routes(
        [
            web.get("/", index),
            web.static("/page", PAGE),
            web.get("/ws", news),
            web.get("/ws/sound/{number:[0-9]{1,2}}", sound),
            web.get("/ws/camera/{number:[0-9]{1,2}}", camera),
            *api.routes(),
        ]
    )
    return app


def announce(address: str) -> None:
    """Print where the desk is."""
    print(f"desk: {address}", flush=True)


async def serve(
    furniture: Furniture, *, port: int, token: str, ready: Callable[[str], None] = announce
) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT; tell `ready` the address. Port 0 takes a free one.

    Raises OSError if the port is taken.
    """
    listener = socket.create_server((HOST, port))
    port = listener.getsockname()[1]
    runner = web.AppRunner(application(furniture, token=token, port=port), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    ready(f"http://{HOST}:{port}/?token={token}")
    await stop.wait()
    await runner.cleanup()
