"""A hand, an eye and a picture to hold up: the desk's end of a virtual phone's link."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PIL import Image

from drivers.ports import HookEvent, KeyEvent
from drivers.virtual_wire import (
    FRAME_OCTETS,
    KEYS,
    MICROPHONE,
    MUTE,
    REPORT_OCTETS,
    NotOurs,
    parse_report,
    parse_screen,
    request,
    unpack,
)

RETRY_S = 0.02
LAMP_RETRY_S = 0.25
READ_S = 0.4
"""What a person takes, at the least, to read the labels of the soft keys and press one. A phone that rings
believes nobody sooner.
"""


class DeskClient:
    """One person at the virtual phone that lives in `home`; an async context manager.

    What is seen: `text` (the screen, line by line), `screen()` (its picture), `lamps` (and, as if it were one
    of them, whether the 'microphone' is open), `lifted`, `contrast`.
    Several clients may use one phone at once.
    """

    def __init__(self, home: Path, *, patience_s: float = 10.0) -> None:
        self._home = home
        self._patience_s = patience_s
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._news = asyncio.Condition()
        self.text: tuple[str, ...] = ()
        self._labels_since = 0.0
        self.pixels = bytes(FRAME_OCTETS)
        self.lamps: dict[str, str] = {}
        self.contrast = 255
        self.lifted = False
        self.connected = False
        self.news = 0
        """Counts everything that the phone has said."""

    async def __aenter__(self) -> DeskClient:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def connect(self) -> None:
        """Connect, waiting up to `patience_s` for the phone to start. Raises ConnectionError after that."""
        path = self._home / "run" / "desk.sock"
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience_s
        while True:
            try:
                reader, self._writer = await asyncio.open_unix_connection(path, limit=REPORT_OCTETS)
                # A phone tells a newcomer at once where it stands; one that is just dying only hangs up.
                async with asyncio.timeout_at(max(deadline, loop.time() + RETRY_S)):
                    self._take(parse_report(await reader.readuntil(b"\n")))
                break
            except (OSError, asyncio.IncompleteReadError) as error:
                if self._writer is not None:
                    self._writer.close()
                    self._writer = None
                if loop.time() >= deadline:
                    raise ConnectionError(f"no phone at {path}; is it running?") from error
                await asyncio.sleep(RETRY_S)
        self.connected = True
        self._tasks = [
            asyncio.create_task(task)
            for task in (self._read(reader), self._watch_lamp(MUTE), self._watch_lamp(MICROPHONE))
        ]

    async def close(self) -> None:
        """Let go of the phone; keys still held are released by it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(ConnectionError):
                await self._writer.wait_closed()
            self._writer = None
        self.connected = False

    async def press(self, keys: str) -> None:
        """Press and release keys: "2002#", or one key by its name ("soft4", "mute", "vol+")."""
        for key in [keys] if keys in KEYS else list(keys):
            await self.key(key, down=True)
            await self.key(key, down=False)

    async def read(self) -> None:
        """Look at the labels of the soft keys as long as a person does who means one of them."""
        await asyncio.sleep(max(0.0, self._labels_since + READ_S - asyncio.get_running_loop().time()))

    async def key(self, key: str, *, down: bool) -> None:
        """Push one key down or let it go. Raises ValueError if there is no such key."""
        if key not in KEYS:
            raise ValueError(f"no key {key!r} on this phone")
        await self._send(request(KeyEvent(key, down)))

    async def lift(self) -> None:
        """Take the handset off the cradle."""
        await self._send(request(HookEvent(True)))

    async def hang_up(self) -> None:
        """Put the handset back."""
        await self._send(request(HookEvent(False)))

    async def until(
        self, wanted: str | Callable[[DeskClient], bool], timeout_s: float = 10.0
    ) -> tuple[str, ...]:
        """Wait until the screen says `wanted` (any case), or the condition holds; return the screen's text.

        Raises TimeoutError with what the screen says instead, ConnectionError if the phone goes away.
        """
        holds: Callable[[DeskClient], bool]
        if isinstance(wanted, str):
            words = wanted.casefold()
            holds = lambda desk: words in " \n ".join(desk.text).casefold()  # noqa: E731
        else:
            holds = wanted
        try:
            async with asyncio.timeout(timeout_s), self._news:
                await self._news.wait_for(lambda: holds(self) or not self.connected)
        except TimeoutError as error:
            raise TimeoutError(
                f"waited {timeout_s} s for {wanted!r}; the screen says {self.text!r}"
            ) from error
        if not holds(self):
            raise ConnectionError(f"the phone went away; its last screen said {self.text!r}")
        return self.text

    async def changed(self, since: int) -> int:
        """Wait until `news` is not `since` any more, or for the end of the connection; return `news`."""
        async with self._news:
            await self._news.wait_for(lambda: self.news != since or not self.connected)
        return self.news

    def screen(self) -> Image.Image:
        """The 256 x 64 picture on the display now."""
        return unpack(self.pixels)

    def hold_up(self, picture: Image.Image | bytes) -> None:
        """Hold a picture, or the octets of a PNG or JPEG file, before the phone's camera."""
        hold_up(self._home, picture)

    def put_away(self) -> None:
        """Take the picture away again."""
        put_away(self._home)

    async def _send(self, line: bytes) -> None:
        if self._writer is None or not self.connected:
            raise ConnectionError("the phone went away")
        self._writer.write(line)
        await self._writer.drain()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readuntil(b"\n"):
                await self._tell(parse_report(line))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, NotOurs):
            # Whatever ended it, the connection is over; those who wait or write are told so.
            self.connected = False
            async with self._news:
                self._news.notify_all()

    async def _watch_lamp(self, lamp: str) -> None:
        """Follow a lamp that the media service owns, through every such service that there will be."""
        path = self._home / "run" / f"{lamp}.sock"
        while True:
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, NotOurs
            ):
                reader, writer = await asyncio.open_unix_connection(path, limit=REPORT_OCTETS)
                try:
                    while line := await reader.readuntil(b"\n"):
                        await self._tell(parse_report(line))
                finally:
                    writer.close()
            if self.lamps.get(lamp) == "on":
                await self._tell({"lamp": lamp, "pattern": "off"})  # a lamp without current is dark
            await asyncio.sleep(LAMP_RETRY_S)

    async def _tell(self, fields: dict[str, object]) -> None:
        self._take(fields)
        async with self._news:
            self._news.notify_all()

    def _take(self, fields: dict[str, object]) -> None:
        self.news += 1
        if screen := parse_screen(fields):
            before = self.text
            self.pixels, self.text = screen
            if self.text[-1:] != before[-1:]:
                self._labels_since = asyncio.get_running_loop().time()
        match fields:
            case {"lamp": str(lamp), "pattern": str(pattern)}:
                self.lamps[lamp] = pattern
            case {"hook": bool(lifted)}:
                self.lifted = lifted
            case {"contrast": int(level)}:
                self.contrast = level
            case {"error": str(text)}:
                raise NotOurs(f"the phone refused what was sent: {text}")


HELD = "held.jpg"


def hold_up(home: Path, picture: Image.Image | bytes) -> None:
    """Put a picture before the camera of the phone in `home`, in place of the last one."""
    folder = home / "camera"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{secrets.token_hex(4)}.draft"
    try:
        # No fsync: a frame is worth nothing after a power cut. It may show a card, so nobody else reads it.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            if isinstance(picture, bytes):
                file.write(picture)
            else:
                picture.convert("L").save(file, "JPEG", quality=90)
        draft.replace(folder / HELD)
    finally:
        draft.unlink(missing_ok=True)


def put_away(home: Path) -> None:
    """Take what `hold_up` put there away again."""
    (home / "camera" / HELD).unlink(missing_ok=True)
