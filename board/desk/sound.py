"""The handset at the desk: what the phone's sound socket plays and hears, shared by browser and speech file.

phone HOME/run/sound.sock  --earpiece, 640 octets each 20 ms-->  ears (browsers), the last minute
                           <--microphone--                       one mouth: a browser or a speech file
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import wave
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

RATE = 16000
PERIOD_OCTETS = 640
PERIOD_S = 0.02
REMEMBERED_PERIODS = 60 * 50
RETRY_S = 0.5
UNSENT_OCTETS = 4 * PERIOD_OCTETS
"""More than this waits to be fetched only by a phone whose microphone is closed: drop it."""


class NoSpeech(ValueError):
    """The speech file is not 16 kHz, mono, 16 bits."""


def speech_of(path: Path) -> bytes:
    """Read a WAV file of speech. Raises NoSpeech, OSError."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
                raise NoSpeech(f"{path.name} must be {RATE} Hz, mono, 16 bits")
            return file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise NoSpeech(f"{path.name} is no WAV file") from error


class Handset:
    """The sound of the phone whose socket is at `path`. Connects, and connects again, while `run` runs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: asyncio.StreamWriter | None = None
        self._ears: set[Callable[[bytes], None]] = set()
        self._heard: deque[bytes] = deque(maxlen=REMEMBERED_PERIODS)
        self._speaking: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Hold the handset until cancelled."""
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                reader, self._writer = await asyncio.open_unix_connection(self._path)
                while True:
                    self._hear(await reader.readexactly(PERIOD_OCTETS))
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            await asyncio.sleep(RETRY_S)

    def _hear(self, pcm: bytes) -> None:
        self._heard.append(pcm)
        for ear in self._ears:
            ear(pcm)

    @contextlib.contextmanager
    def listening(self, ear: Callable[[bytes], None]) -> Iterator[None]:
        """Give every period that the earpiece plays to `ear`, which must not block."""
        self._ears.add(ear)
        try:
            yield
        finally:
            self._ears.discard(ear)

    def say(self, pcm: bytes) -> None:
        """Speak a period of 640 octets now; lost if the phone does not fetch what it hears."""
        if self._writer is None or len(pcm) != PERIOD_OCTETS:
            return
        if self._writer.transport.get_write_buffer_size() <= UNSENT_OCTETS:
            self._writer.write(pcm)

    def speak(self, speech: bytes) -> None:
        """Speak a recording in its own time, in place of the one that is being spoken."""
        self.hush()
        self._speaking = asyncio.get_running_loop().create_task(self._speak(speech))

    def hush(self) -> None:
        """Stop speaking a recording."""
        if self._speaking is not None:
            self._speaking.cancel()
            self._speaking = None

    @property
    def speaking(self) -> bool:
        """True while a recording is being spoken."""
        return self._speaking is not None and not self._speaking.done()

    async def _speak(self, speech: bytes) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        for start in range(0, len(speech), PERIOD_OCTETS):
            self.say(speech[start : start + PERIOD_OCTETS].ljust(PERIOD_OCTETS, b"\0"))
            due += PERIOD_S
            await asyncio.sleep(due - loop.time())

    def heard(self) -> bytes:
        """Return the last minute of what the earpiece played as a WAV file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as recording:
            recording.setnchannels(1)
            recording.setsampwidth(2)
            recording.setframerate(RATE)
            recording.writeframes(b"".join(self._heard))
        return file.getvalue()

    def forget(self) -> None:
        """Drop what was heard so far."""
        self._heard.clear()
