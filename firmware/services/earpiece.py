"""The earpiece thread: one for ever. Plays the call that is heard, tones and rings, and paces held calls.

    Leg.hear + tone -> volume -> + sidetone -> card.write -> echo control, if hands-free
    Leg.rest of every held call, once a period

The card sets the pace. The thread blocks in the card with no lock held; nobody waits for it but `stop`. What
arrived from the network is fetched once a period; the kernel has noted when each packet came.
"""

from __future__ import annotations

import array
import logging
import threading
import time
from collections.abc import Callable

from drivers.ports import SoundCard
from firmware.services.leg import Leg
from firmware.services.real_time import run_in_real_time
from media.codec import SILENCE
from media.echo import EchoControl
from media.playout import PlayoutClock
from media.tones import Tone
from media.volume import FULL, Volume, decibels, mix

STATS_PERIODS = 50
LINGER_PERIODS = 100
"""Periods of silence before the earpiece is closed: the next key tone is likely to follow soon."""

SIDETONE = int(4096 * decibels(-16))
"""In 4096ths."""
EAR_CEILING, EAR_SUSTAINED = FULL * decibels(-3), FULL * decibels(-10)
"""Nothing at the ear is louder, whatever the far side sends and whatever volume is chosen."""
CEILING = FULL * decibels(-0.5)

_log = logging.getLogger(__name__)


class Earpiece:
    """Plays what there is to play: the call that is heard with tones over it, else a tone, else the ringer.

    `publish` and `failed` are called on the thread: something happened on a leg; the card has gone.
    """

    def __init__(
        self, card: SoundCard, publish: Callable[[Leg, str], None], failed: Callable[[str], None]
    ) -> None:
        self._card = card
        self._publish = publish
        self._failed = failed
        self._wanted = threading.Condition()
        self._legs: tuple[Leg, ...] = ()
        self._tone: Tone | None = None
        self._next_tone: Tone | None = None
        self._ring: Tone | None = None
        self._output = "ear"
        self._echo: EchoControl | None = None
        self._sidetone: bytes | None = None
        self._volumes = {
            "ear": Volume(ceiling=EAR_CEILING, sustained=EAR_SUSTAINED),
            "speaker": Volume(ceiling=CEILING),
            "ring": Volume(ceiling=CEILING, mute_at_zero=True),
        }
        self._stop = False
        self._thread = threading.Thread(target=self._play, name="earpiece", daemon=True)

    def start(self) -> None:
        """Start the thread; nothing is opened until there is something to play."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the earpiece."""
        with self._wanted:
            self._stop = True
            self._wanted.notify()
        self._thread.join()

    def route(self, output: str, echo: EchoControl | None) -> None:
        """Play all but the ringer on 'ear' or 'speaker' from the next period on; `echo` is told what."""
        with self._wanted:
            self._output, self._echo = output, echo

    def volume(self, output: str, level: int) -> None:
        """Choose how loud 'ear', 'speaker' or 'ring' is, 0 to 10, from the next period on."""
        self._volumes[output].set(level)

    def sidetone(self, pcm: bytes) -> None:
        """Let the ear hear, softly, what the handset's microphone has just heard. From any thread.

        It is played with the next period or not at all: later it would be an echo.
        """
        self._sidetone = pcm

    def tone(self, tone: Tone | None) -> None:
        """Play a tone instead of the one that is being played, or none."""
        with self._wanted:
            self._next_tone = tone
            if self._tone is not None:
                self._tone.fade()
            self._wanted.notify()

    def ring(self, tone: Tone | None) -> None:
        """Ring, or stop ringing."""
        with self._wanted:
            if tone is None and self._ring is not None:
                self._ring.fade()
            else:
                self._ring = tone
            self._wanted.notify()

    def hush(self) -> None:
        """Stop whatever plays by itself."""
        with self._wanted:
            self._next_tone = self._ring = None
            if self._tone is not None:
                self._tone.fade()

    def carry(self, legs: tuple[Leg, ...]) -> None:
        """These calls are on from now, at most one of them not held."""
        with self._wanted:
            self._legs = legs
            self._wanted.notify()

    def _play(self) -> None:
        _log.info("real-time scheduling: %s", "yes" if run_in_real_time() else "no")
        clock = PlayoutClock()
        idle = LINGER_PERIODS
        periods = 0
        whole = True
        while True:
            with self._wanted:
                while idle >= LINGER_PERIODS and not self._stop and not self._has_work():
                    self._card.close_playback()
                    self._wanted.wait()
                if self._stop:
                    break
                legs = self._legs
                overlay = self._tone_period()
                heard = next((leg for leg in legs if not leg.held), None)
                ringing = heard is None and overlay is None and self._ring is not None
                if ringing:
                    overlay = self._ring_period()
                output, echo = ("ring", None) if ringing else (self._output, self._echo)
            idle = 0 if legs or overlay is not None else idle + 1
            due = clock.tick(time.monotonic(), slipped=not whole)
            pcm = self._volumes[output].apply(self._hear(heard, overlay, due))
            pcm = self._with_sidetone(pcm, wanted=heard is not None and output == "ear")
            for leg in legs:
                if leg is not heard:
                    self._tell(leg, leg.rest())
            if legs:
                periods += 1
                if periods % STATS_PERIODS == 0:
                    for leg in legs:
                        self._publish(leg, "stats")
            try:
                self._card.open_playback(output)
                if echo is not None:
                    echo.played(pcm)
                whole = self._card.write(pcm)
            except OSError as error:
                idle = LINGER_PERIODS
                with self._wanted:
                    self._legs = ()
                    self._tone = self._next_tone = self._ring = None
                self._card.close_playback()
                self._failed(str(error))
        self._card.close_playback()

    def _has_work(self) -> bool:
        return bool(self._legs) or any(x is not None for x in (self._tone, self._next_tone, self._ring))

    def _tone_period(self) -> bytes | None:
        if self._tone is None:
            self._tone, self._next_tone = self._next_tone, None
        pcm = None if self._tone is None else self._tone.period()
        if pcm is None:
            self._tone = None
        return pcm

    def _ring_period(self) -> bytes | None:
        pcm = None if self._ring is None else self._ring.period()
        if pcm is None:
            self._ring = None
        return pcm

    def _hear(self, heard: Leg | None, overlay: bytes | None, due: float) -> bytes:
        if heard is None:
            return overlay or SILENCE
        pcm, news = heard.hear(due)
        self._tell(heard, news)
        return pcm if overlay is None else mix(pcm, overlay)

    def _with_sidetone(self, pcm: bytes, *, wanted: bool) -> bytes:
        ours, self._sidetone = self._sidetone, None
        if ours is None or not wanted:
            return pcm
        # The ear's ceiling leaves room for the loudest sidetone: nothing overflows.
        pairs = zip(memoryview(pcm).cast("h"), memoryview(ours).cast("h"), strict=True)
        return array.array("h", [heard + (said * SIDETONE >> 12) for heard, said in pairs]).tobytes()

    def _tell(self, leg: Leg, news: str | None) -> None:
        if news is not None:
            self._publish(leg, news)
