"""The desk's handset against the phone's own sound card."""

from __future__ import annotations

import asyncio
import io
import threading
import wave
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from board.desk.sound import PERIOD_OCTETS, Handset, NoSpeech, speech_of
from drivers.sound_desk import DeskSoundCard
from tests.desk.conftest import until

PATIENCE_S = 10
VOICE = bytes(range(256)) * 3
PERIOD = VOICE[:PERIOD_OCTETS]
SPEECH = Path(__file__).parents[1] / "data" / "speech.wav"


class TalkingPhone:
    """Plays one period over and over, and keeps what the microphone hears that is not silence."""

    def __init__(self, path: Path) -> None:
        self.card = DeskSoundCard(path)
        self.heard: list[bytes] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._play), threading.Thread(target=self._listen)]
        self.card.open_playback("ear")
        self.card.open_capture("handset")
        for thread in self._threads:
            thread.start()

    def _play(self) -> None:
        while not self._stop.is_set():
            self.card.write(PERIOD)

    def _listen(self) -> None:
        while not self._stop.is_set():
            pcm = self.card.read()
            if pcm is not None and any(pcm):
                self.heard.append(pcm)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.card.close()


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[TalkingPhone]:
    phone = TalkingPhone(tmp_path / "sound.sock")
    yield phone
    phone.stop()


def holding(path: Path, play: Callable[[Handset], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(PATIENCE_S):
            handset = Handset(path)
            running = asyncio.create_task(handset.run())
            try:
                await play(handset)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())


def test_what_the_earpiece_plays_is_heard(tmp_path: Path, phone: TalkingPhone) -> None:
    async def play(handset: Handset) -> None:
        heard: asyncio.Queue[bytes] = asyncio.Queue()
        with handset.listening(heard.put_nowait):
            assert [await heard.get() for _ in range(5)] == [PERIOD] * 5
        with wave.open(io.BytesIO(handset.heard())) as file:
            assert file.getframerate() == 16000
            assert file.readframes(file.getnframes())[: len(PERIOD)] == PERIOD
        handset.forget()
        assert len(handset.heard()) == 44

    holding(tmp_path / "sound.sock", play)


def test_what_is_said_reaches_the_microphone(tmp_path: Path, phone: TalkingPhone) -> None:
    async def play(handset: Handset) -> None:
        while not phone.heard:
            handset.say(PERIOD)
            await asyncio.sleep(0.02)
        assert phone.heard[0] == PERIOD

    holding(tmp_path / "sound.sock", play)


def test_a_recording_is_spoken_in_its_own_time_and_whole(tmp_path: Path, phone: TalkingPhone) -> None:
    periods = [bytes([number + 1]) * PERIOD_OCTETS for number in range(15)]

    async def play(handset: Handset) -> None:
        heard: asyncio.Queue[bytes] = asyncio.Queue()
        with handset.listening(heard.put_nowait):
            await heard.get()  # connected
        began = asyncio.get_running_loop().time()
        handset.speak(b"".join(periods)[:-10])
        assert handset.speaking
        await until(lambda: not handset.speaking and len(phone.heard) >= len(periods) - 1)
        assert asyncio.get_running_loop().time() - began > 0.25
        # The two clocks are not one: a period at either end may be lost, none in between may change.
        assert [p[0] for p in phone.heard] == sorted(p[0] for p in phone.heard)

    holding(tmp_path / "sound.sock", play)


def test_a_phone_that_hears_nothing_costs_no_memory(tmp_path: Path) -> None:
    card = DeskSoundCard(tmp_path / "sound.sock")  # its microphone is closed: nobody fetches anything

    async def play(handset: Handset) -> None:
        await until(lambda: handset._writer is not None)
        assert handset._writer is not None
        for _ in range(20_000):
            handset.say(PERIOD)
        assert handset._writer.transport.get_write_buffer_size() < 10 * PERIOD_OCTETS

    holding(tmp_path / "sound.sock", play)
    card.close()


def test_half_a_period_is_not_said(tmp_path: Path, phone: TalkingPhone) -> None:
    async def play(handset: Handset) -> None:
        handset.say(PERIOD[:-1])
        handset.say(PERIOD + b"x")
        while not phone.heard:
            handset.say(PERIOD)
            await asyncio.sleep(0.02)
        assert set(phone.heard) == {PERIOD}

    holding(tmp_path / "sound.sock", play)


def test_speech_is_read(tmp_path: Path) -> None:
    assert len(speech_of(SPEECH)) > 10 * 32000


@pytest.mark.parametrize(("rate", "channels", "width"), [(8000, 1, 2), (16000, 2, 2), (16000, 1, 1)])
def test_speech_of_another_kind_is_refused(tmp_path: Path, rate: int, channels: int, width: int) -> None:
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setframerate(rate)
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.writeframes(bytes(640))
    with pytest.raises(NoSpeech, match="must be 16000 Hz"):
        speech_of(tmp_path / "x.wav")


@pytest.mark.parametrize("octets", [b"", b"RIFF", b"noise" * 50])
def test_what_is_no_speech_is_refused(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "x.wav").write_bytes(octets)
    with pytest.raises(NoSpeech, match="no WAV"):
        speech_of(tmp_path / "x.wav")
