"""The toys: keypad, hook, lamps and display of a phone that has no parts, behind one Unix socket.

    desk, demo, test  --key, hook-->  DeskLink (a thread)  --> listeners of VirtualKeypad, VirtualHook
                      <--screen, lamps, hook--             <-- VirtualDisplay, VirtualLamps

Up to CLIENTS clients may connect; each gets the whole state first and then what changes. A client that reads
slowly misses frames, never the latest one, and costs one state and one line of memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from drivers.ports import HookEvent, KeyEvent
from drivers.virtual_wire import (
    KEYS,
    LAMPS,
    PATTERNS,
    REQUEST_OCTETS,
    SIZE,
    NotOurs,
    parse_request,
    report,
    screen_report,
)

CLIENTS = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Client:
    writer: asyncio.StreamWriter
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class DeskLink:
    """The socket of one virtual phone. Listens from the first `listen()` until `close()`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._state: dict[str, bytes] = {}
        self._off_cradle = path.with_name("lifted")
        """There while the handset lies beside the phone: a handset does not move when a phone starts anew."""
        self._lifted = self._off_cradle.exists()
        self._on_key: Callable[[KeyEvent], None] | None = None
        self._on_hook: Callable[[HookEvent], None] | None = None
        self._clients: dict[asyncio.Task[None], _Client] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._publish_hook()

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._lifted

    def listen(self) -> None:
        """Start serving; a second call does nothing. Raises OSError if the socket cannot be made."""
        with self._lock:
            if self._thread is not None:
                return
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            try:
                self._path.unlink(missing_ok=True)
                listener.bind(os.fspath(self._path))
                self._path.chmod(0o600)  # before listening, so that nobody else can ever connect
                listener.listen(CLIENTS)
            except OSError:
                listener.close()
                raise
            self._loop = asyncio.new_event_loop()
            self._stop = asyncio.Event()
            self._thread = threading.Thread(
                target=self._run, args=(self._loop, listener, self._stop), name="desk-link", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Hang up on every client and remove the socket."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is None or self._loop is None or self._stop is None:
                return
            self._loop.call_soon_threadsafe(self._stop.set)
        if thread is not threading.current_thread():
            thread.join()
        self._path.unlink(missing_ok=True)

    def on_key(self, listener: Callable[[KeyEvent], None] | None) -> None:
        """Tell `listener` of keys from now on, on the link's thread."""
        self._on_key = listener

    def on_hook(self, listener: Callable[[HookEvent], None] | None) -> None:
        """Tell `listener` of the hook from now on, on the link's thread."""
        self._on_hook = listener

    def publish(self, subject: str, line: bytes) -> None:
        """Make `line` the latest word on `subject`; every client hears it if it differs from the last."""
        with self._lock:
            if self._state.get(subject) == line:
                return
            self._state[subject] = line
            if self._thread is not None and self._loop is not None:
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for client in self._clients.values():
            client.changed.set()

    def _publish_hook(self) -> None:
        self.publish("hook", report(hook=self._lifted))

    def _run(self, loop: asyncio.AbstractEventLoop, listener: socket.socket, stop: asyncio.Event) -> None:
        try:
            loop.run_until_complete(self._serve(listener, stop))
        finally:
            loop.close()

    async def _serve(self, listener: socket.socket, stop: asyncio.Event) -> None:
        server = await asyncio.start_unix_server(self._client, sock=listener, limit=REQUEST_OCTETS)
        await stop.wait()
        server.close()
        tasks = list(self._clients)
        for client in self._clients.values():
            client.writer.transport.abort()
        await asyncio.gather(*tasks)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = _Client(writer)
        client.changed.set()
        telling = asyncio.create_task(self._tell(client))
        me = asyncio.current_task()
        assert me is not None
        held: set[str] = set()
        try:
            if len(self._clients) >= CLIENTS:
                raise NotOurs(f"{CLIENTS} clients are connected already; close one first")
            self._clients[me] = client
            while line := await _line(reader):
                self._apply(parse_request(line), held)
        except NotOurs as error:
            _log.warning("desk link: %s", error)
            with contextlib.suppress(ConnectionError):
                writer.write(report(error=str(error)))
                await writer.drain()
        except ConnectionError:
            _log.debug("desk link: a client went away")
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            writer.close()
            # A finger does not stay on the key of a desk that is gone.
            for key in held:
                self._tell_key(KeyEvent(key, False))
            self._clients.pop(me, None)

    def _apply(self, event: KeyEvent | HookEvent, held: set[str]) -> None:
        if isinstance(event, HookEvent):
            if event.lifted != self._lifted:
                self._lifted = event.lifted
                if event.lifted:
                    self._off_cradle.touch(mode=0o600)
                else:
                    self._off_cradle.unlink(missing_ok=True)
                self._publish_hook()
                if self._on_hook is not None:
                    self._on_hook(event)
            return
        (held.add if event.down else held.discard)(event.key)
        self._tell_key(event)

    def _tell_key(self, event: KeyEvent) -> None:
        if self._on_key is not None:
            self._on_key(event)

    async def _tell(self, client: _Client) -> None:
        told: dict[str, bytes] = {}
        with contextlib.suppress(ConnectionError):
            while True:
                await client.changed.wait()
                client.changed.clear()
                with self._lock:
                    state = dict(self._state)
                for subject, line in state.items():
                    if told.get(subject) != line:
                        told[subject] = line
                        client.writer.write(line)
                        await client.writer.drain()


async def _line(reader: asyncio.StreamReader) -> bytes:
    """Return the next line, or b'' at the end. Raises NotOurs for one that is too long or cut off."""
    try:
        return await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        raise NotOurs(f"a line has at most {REQUEST_OCTETS} octets") from error
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise NotOurs("the last line has no end") from error
        return b""


class VirtualKeypad:
    """The keys of the desk link."""

    keys = KEYS

    def __init__(self, link: DeskLink) -> None:
        self._link = link

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Tell `listener` of every key, on the link's thread."""
        self._link.on_key(listener)

    def close(self) -> None:
        """Tell nobody any more."""
        self._link.on_key(None)


class VirtualHook:
    """The cradle of the desk link."""

    def __init__(self, link: DeskLink) -> None:
        self._link = link

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._link.lifted

    def start(self, listener: Callable[[HookEvent], None]) -> None:
        """Tell `listener` of every change, on the link's thread."""
        self._link.on_hook(listener)

    def close(self) -> None:
        """Tell nobody any more."""
        self._link.on_hook(None)


class VirtualLamps:
    """The lamps of the desk link."""

    def __init__(self, link: DeskLink) -> None:
        self._link = link
        for lamp in LAMPS:
            self.set(lamp, "off")

    def set(self, lamp: str, pattern: str) -> None:
        """Set one lamp. Raises ValueError for a lamp or pattern that no phone has."""
        if lamp not in LAMPS or pattern not in PATTERNS:
            raise ValueError(f"no lamp {lamp!r} with pattern {pattern!r}; lamps {LAMPS}, patterns {PATTERNS}")
        self._link.publish(f"lamp {lamp}", report(lamp=lamp, pattern=pattern))

    def close(self) -> None:
        """Put every lamp out."""
        for lamp in LAMPS:
            self.set(lamp, "off")


class VirtualDisplay:
    """The 256 x 64 display of the desk link."""

    def __init__(self, link: DeskLink) -> None:
        self._link = link

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SIZE

    def show(self, frame: Image.Image, text: tuple[str, ...]) -> None:
        """Show an 'L' image of `size` and what it says."""
        self._link.publish("screen", screen_report(frame, text))

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255."""
        self._link.publish("contrast", report(contrast=max(0, min(255, level))))

    def close(self) -> None:
        """Show nothing any more."""
        self.show(Image.new("L", SIZE), ())
