"""Sound through ALSA: full duplex, S16_LE mono at 16 kHz, 20 ms periods, four of them in the buffer.

`plughw` converts for cards that know only other rates or stereo.

Devices are named by card (`plughw:CARD=Handset`), never by number: numbers move when something is plugged in.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drivers.pace import Pace

RATE = 16000
PERIOD = 320
PERIODS = 4
AHEAD = 2 * PERIOD
"""Frames still to be played when the next period is asked for: time to be late, paid for in delay."""
PERIOD_OCTETS = 2 * PERIOD
DEAD_AFTER = 25
"""Failures in a row after which a device that does not block us has died, lest we spin on it."""
NUMBERED = re.compile(r"(plug)?hw:\d")
BROKEN = "Input/output error"
"""What ALSA says of a stream that broke, be its device there or not: it is opened anew."""
BROKEN_COSTS = 8
"""For how many of DEAD_AFTER that counts: each may have kept us waiting for seconds."""
PACED_SLACK = 50
"""Periods: a file does not lose what nobody fetched in time, so it forgives a second."""


class SoundUnavailable(OSError):
    """A sound device could not be opened, would not take our format, or has gone."""


class _StreamBroke(SoundUnavailable):
    """The stream broke; its device may be there."""


class ALSASoundCard:
    """A sound card by its ALSA names: `ear` and `handset` microphone, and what the board has beside them.

    `speaker` and `microphone` are for hands-free, `ring` for the ringer; the ear and the handset's microphone
    stand in for those that are None, the speaker before the ear. `paced`: the device has no clock of its own
    (ALSA's `null` and `file` plugins), so time is kept here. `config`: a file to use instead of the system's
    alsa.conf, the same for every card of a process. ValueError for a card that is named by its number.
    """

    def __init__(
        self,
        ear: str,
        handset: str,
        *,
        speaker: str | None = None,
        microphone: str | None = None,
        ring: str | None = None,
        paced: bool = False,
        config: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        for device in (ear, handset, speaker, microphone, ring):
            if device is not None and NUMBERED.match(device):
                raise ValueError(
                    f"{device!r}: cards change their numbers; write plughw:CARD=NAME (see aplay -L)"
                )
        speaker = speaker or ear
        self._outputs = {"ear": ear, "speaker": speaker, "ring": ring or speaker}
        self._sources = {"handset": handset, "speaker": microphone or handset}
        self._config = config
        self._sleep = sleep
        self._playback: Any = None
        self._playing_on: str | None = None
        self._buffer_frames = 0
        self._capture: Any = None
        self._hearing_by: str | None = None
        self._captured = bytearray()
        self._playback_pace = Pace(PERIOD / RATE, PACED_SLACK) if paced else None
        self._capture_pace = Pace(PERIOD / RATE, PACED_SLACK) if paced else None
        self._xruns = 0
        self._failed_reads = 0
        self._failed_writes = 0

    @property
    def rate(self) -> int:
        """Frames a second."""
        return RATE

    @property
    def period(self) -> int:
        """Frames of a period: 20 ms."""
        return PERIOD

    @property
    def xruns(self) -> int:
        """Overruns and underruns so far."""
        return self._xruns

    def open_playback(self, output: str) -> None:
        """Open the 'ear', the 'speaker' or the 'ring'er in place of another. Raises SoundUnavailable."""
        device = self._outputs[output]
        if device == self._playing_on:
            return
        self._play_on(device)
        self._failed_writes = 0

    def _play_on(self, device: str) -> None:
        self.close_playback()
        self._playback = self._open(device, capture=False)
        self._buffer_frames = int(self._playback.info().get("buffer_size", 0))
        self._playing_on = device
        if self._playback_pace is not None:
            self._playback_pace.restart()

    def open_capture(self, source: str) -> None:
        """Open the microphone of the 'handset' or of the 'speaker'. Raises SoundUnavailable."""
        device = self._sources[source]
        if device == self._hearing_by:
            return
        self._hear_by(device)
        self._failed_reads = 0

    def _hear_by(self, device: str) -> None:
        self.close_capture()
        self._capture = self._open(device, capture=True)
        self._hearing_by = device
        self._captured.clear()
        if self._capture_pace is not None:
            self._capture_pace.restart()

    def _open(self, device: str, *, capture: bool) -> Any:
        if self._config is not None:
            os.environ["ALSA_CONFIG_PATH"] = str(self._config)
        import alsaaudio

        try:
            pcm = alsaaudio.PCM(
                type=alsaaudio.PCM_CAPTURE if capture else alsaaudio.PCM_PLAYBACK,
                mode=alsaaudio.PCM_NORMAL,
                device=device,
                rate=RATE,
                channels=1,
                format=alsaaudio.PCM_FORMAT_S16_LE,
                periodsize=PERIOD,
                periods=PERIODS,
            )
        except alsaaudio.ALSAAudioError as error:
            raise SoundUnavailable(f"the sound device {device!r} does not open: {error}") from error
        granted = pcm.info()
        wanted = {"rate": RATE, "channels": 1, "format_name": "S16_LE"}
        wrong = {name: granted.get(name) for name, value in wanted.items() if granted.get(name) != value}
        if not PERIOD // 2 <= granted.get("period_size", 0) <= 2 * PERIOD:
            wrong["period_size"] = granted.get("period_size")
        if wrong:
            pcm.close()
            raise SoundUnavailable(
                f"the sound device {device!r} offers {wrong} where we need {wanted} in periods of {PERIOD}"
            )
        return pcm

    def read(self) -> bytes | None:
        """Block for a period and return its 640 octets, None after an overrun. Raises SoundUnavailable."""
        if self._capture is None:
            raise SoundUnavailable("the microphone is closed")
        if self._capture_pace is not None and not self._capture_pace.wait():
            self._xruns += 1
        # Some cards, resampled, have periods that are not quite ours.
        while len(self._captured) < PERIOD_OCTETS:
            try:
                frames, pcm = self._call(self._capture.read)
            except _StreamBroke:
                self._hear_by(str(self._hearing_by))
                self._failed_reads += BROKEN_COSTS
                frames, pcm = 0, b""
            if frames <= 0 or len(pcm) != 2 * frames:
                self._captured.clear()
                self._failed_reads = self._failed(self._failed_reads)
                return None
            self._captured += pcm
        self._failed_reads = 0
        period = bytes(self._captured[:PERIOD_OCTETS])
        del self._captured[:PERIOD_OCTETS]
        return period

    def write(self, pcm: bytes) -> bool:
        """Queue a period, blocking while the buffer is full. False after an underrun, which is repaired."""
        if self._playback is None:
            raise SoundUnavailable("the earpiece is closed")
        if self._playback_pace is not None and not self._playback_pace.wait():
            self._xruns += 1
        try:
            written = self._call(self._playback.write, pcm)
            if written >= 0:
                self._wait_until_wanted()
        except _StreamBroke:
            self._play_on(str(self._playing_on))
            self._failed_writes += BROKEN_COSTS
            written = -1
        if written < 0:
            # The buffer ran empty and this period is lost with it; ALSA has prepared the device again.
            self._failed_writes = self._failed(self._failed_writes)
            return False
        self._failed_writes = 0
        return True

    def _wait_until_wanted(self) -> None:
        """Let the buffer run down to what we keep ahead: a full one would only be delay.

        Slept once and not waited for: a device that has not started yet starts when its buffer is full.
        """
        if self._playback_pace is None:
            queued = self._buffer_frames - self._call(self._playback.avail)
            if AHEAD < queued <= self._buffer_frames:
                self._sleep((queued - AHEAD) / RATE)

    def _failed(self, before: int) -> int:
        self._xruns += 1
        if before + 1 >= DEAD_AFTER:
            raise SoundUnavailable("the sound device does nothing any more")
        return before + 1

    def _call(self, operation: Any, *arguments: bytes) -> Any:
        import alsaaudio

        try:
            return operation(*arguments)
        except alsaaudio.ALSAAudioError as error:
            kind = _StreamBroke if BROKEN in str(error) else SoundUnavailable
            raise kind(f"the sound device has gone: {error}") from error

    def close_playback(self) -> None:
        """Close the earpiece at once; what is queued is dropped."""
        if self._playback is not None:
            self._playback.close()
            self._playback = self._playing_on = None

    def close_capture(self) -> None:
        """Close the microphone."""
        if self._capture is not None:
            self._capture.close()
            self._capture = self._hearing_by = None

    def close(self) -> None:
        """Close everything; it may be opened again."""
        self.close_capture()
        self.close_playback()
