"""The microphone thread: one for each time that the microphone is open.

    card.read -> echo control, if hands-free -> gate -> Leg.speak
                                                  '---> level, and the sidetone of the handset

It is open before the thread starts and closed as the thread ends. The card sets the pace.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from drivers.ports import SoundCard
from firmware.services.gate import Gate
from firmware.services.leg import Leg
from firmware.services.real_time import run_in_real_time
from media.echo import EchoControl
from media.level import Meter


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Which microphone, 'handset' or 'speaker', and the echo control that belongs to hands-free."""

    name: str
    echo: EchoControl | None = None


class Microphone:
    """An open microphone, `source` as `SoundCard.open_capture` has it; OSError if it does not open.

    Speaks to `leg`, which may be exchanged at any time; with None it is only listened to, for its level.
    On the thread, `sidetone` is given what the handset's microphone hears and the gate lets through, and
    `failed` is called when the card has gone.
    """

    def __init__(
        self,
        card: SoundCard,
        source: Source,
        gate: Gate,
        leg: Leg | None,
        *,
        sidetone: Callable[[bytes], None],
        failed: Callable[[str], None],
    ) -> None:
        self._card = card
        self._source = self._wanted = source
        self._gate = gate
        self.leg = leg
        self._sidetone = sidetone
        self._failed = failed
        self._meter = Meter()
        self._stop = False
        self.fault = ""
        """Why the card has gone, if it has."""
        self._open()
        self._thread = threading.Thread(target=self._listen, name="microphone", daemon=True)
        self._thread.start()

    def route(self, source: Source) -> None:
        """Hear with another microphone from the next period on."""
        self._wanted = source

    def level(self) -> int:
        """The highest level since last asked, 0 to 12; of what the gate let through, if there is a call."""
        return self._meter.read()

    def stop(self) -> None:
        """Close the microphone; see `join`."""
        self._stop = True
        self.leg = None

    def join(self, timeout_s: float) -> bool:
        """Wait until the microphone is closed. Returns False if it is not after `timeout_s`."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _open(self) -> None:
        self._card.open_capture(self._source.name)
        if self._source.echo is not None:
            self._source.echo.begin()

    def _listen(self) -> None:
        run_in_real_time()
        try:
            while not self._stop:
                if self._wanted is not self._source:
                    self._source = self._wanted
                    self._card.close_capture()
                    self._open()
                self._step(self._card.read())
        except OSError as error:
            self.fault = str(error)
            self._failed(self.fault)
        finally:
            self._card.close_capture()

    def _step(self, pcm: bytes | None) -> None:
        leg, echo = self.leg, self._source.echo
        if echo is not None:
            clean = echo.captured(pcm)
            pcm = None if pcm is None else clean
        if leg is None:
            if pcm is not None:
                self._meter.observe(pcm)
        elif pcm is None:
            leg.speak(None)
        elif self._gate.pass_on(pcm, leg.speak):
            self._meter.observe(pcm)
            if echo is None:
                self._sidetone(pcm)
