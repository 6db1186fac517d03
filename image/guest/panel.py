"""The front panel of an emulated phone: a finger, a hand, an ear and a mouth, at the end of a serial channel.

It runs as root inside the machine, in the test variant only. The channel carries the lines of the virtual
desk (drivers/virtual_wire.py) both ways, and these besides:

    to the panel      {"picture": base64 of a JPEG}    before the camera; null takes it away
                      {"fill": 150000000}              leave so many octets of the data free; null frees them;
                                                       it is said again as "filled"
                      {"say": 700}                     700 Hz into the microphone; null ends it
                      {"hear": 700, "seconds": 4}      what comes out of the earpiece?
                      {"survey": true}                 what is there (image/guest/survey.py)?
                      {"fence": false}                 take the network's rules away: what were they for?
    from the panel    {"done": 12}                     the twelfth key or hook was moved, and seen
                      {"survey": {...}}, {"fence": false}
                      {"heard": 700, "share": 0.97, "level": 5200}    share of the sound that is that tone

A key stays down until the phone has looked at it, however slow the machine is.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import math
import os
import queue
import socket
import struct
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STATE = Path("/run/sottovoce-test")
SURVEY = Path(__file__).with_name("survey.py")
CARD = "plughw:CARD=Loopback,DEV=1"
"""The other end of the card that the phone uses."""
RATE, PERIOD = 16000, 320
LOUD = 12000
LOOKS = 48
"""Turns of a column after which a key has been looked at: every debounce is over."""
PATIENCE_S = 20.0
LOOK_S = 0.01
AGAIN_S = 1.0
"""How often the state is told again: nobody here knows when somebody connects."""
LARGEST_LINE = 512 * 1024


class Channel:
    """The serial channel; several threads may write."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        self._lock = threading.Lock()
        if os.isatty(self._descriptor):
            import tty

            tty.setraw(self._descriptor)

    def send(self, line: bytes) -> None:
        """Write one line."""
        with self._lock:
            view = memoryview(line)
            while view:
                view = view[os.write(self._descriptor, view) :]

    def lines(self) -> Iterator[bytes]:
        """Every line that comes, for ever. Nobody may be connected at times."""
        rest = b""
        while True:
            octets = os.read(self._descriptor, 65536)
            if not octets:
                time.sleep(LOOK_S)
                continue
            *whole, rest = (rest + octets).split(b"\n")
            yield from whole
            if len(rest) > LARGEST_LINE:
                rest = b""


class Finger:
    """Presses one after another what it is told to; the hook as well. `done` is told how many have been."""

    def __init__(self, done: Callable[[int], None]) -> None:
        self._done = done
        self._orders: queue.Queue[tuple[str, bool]] = queue.Queue()
        self._pressed: set[str] = set()
        threading.Thread(target=self._run, name="finger", daemon=True).start()

    def order(self, name: str, down: bool) -> None:
        """Do this next."""
        self._orders.put((name, down))

    def _run(self) -> None:
        for count in itertools.count(1):
            name, down = self._orders.get()
            (self._pressed.add if down else self._pressed.discard)(name)
            draft = STATE / ".pressed"
            draft.write_text("\n".join(sorted(self._pressed)), encoding="ascii")
            draft.replace(STATE / "pressed")
            before, _ = self._looked()
            wires = json.loads(self._wires())
            pull = STATE / "lines" / f"sim_gpio{wires[name]}" / "pull"
            pull.write_text("pull-down" if down else "pull-up", encoding="ascii")
            if name == "hook":
                time.sleep(
                    0.3
                )  # it has no scan that could be counted; the phone's own wait is a tenth of this
            else:
                self._until_seen(before, down)
            self._done(count)

    def _until_seen(self, before: int, down: bool) -> None:
        patience = time.monotonic() + PATIENCE_S
        while time.monotonic() < patience:
            looks, resting = self._looked()
            if (looks - before >= LOOKS) if down else resting:
                return
            time.sleep(LOOK_S)

    @staticmethod
    def _wires() -> str:
        """Which key pulls which line, once the phone has a keypad."""
        while not (STATE / "wires").exists():
            time.sleep(LOOK_S)
        return (STATE / "wires").read_text(encoding="ascii")

    @staticmethod
    def _looked() -> tuple[int, bool]:
        words = (STATE / "looked").read_text(encoding="ascii").split()
        return (int(words[0]), words[1] == "1") if len(words) == 2 else (0, True)


class Mouth:
    """Says a tone into the microphone while it is told to."""

    def __init__(self) -> None:
        self._frequency: float | None = None
        self._told = threading.Event()
        threading.Thread(target=self._run, name="mouth", daemon=True).start()

    def say(self, frequency: float | None) -> None:
        """Begin, or end with None."""
        self._frequency = frequency
        self._told.set()

    def _run(self) -> None:
        import alsaaudio

        while True:
            self._told.wait()
            self._told.clear()
            if self._frequency is None:
                continue
            sample = 0
            while self._frequency is not None:
                card = open_card(alsaaudio.PCM_PLAYBACK)
                # The loop breaks when its other end is opened anew: then from the beginning.
                with contextlib.suppress(alsaaudio.ALSAAudioError):
                    while (frequency := self._frequency) is not None:
                        step = 2 * math.pi * frequency / RATE
                        wave = [int(LOUD * math.sin(step * (sample + i))) for i in range(PERIOD)]
                        sample = (sample + PERIOD) % RATE
                        card.write(struct.pack(f"<{PERIOD}h", *wave))
                card.close()


def open_card(kind: int) -> Any:
    """The far end of the loopback card."""
    import alsaaudio

    return alsaaudio.PCM(
        type=kind,
        mode=alsaaudio.PCM_NORMAL,
        device=CARD,
        rate=RATE,
        channels=1,
        format=alsaaudio.PCM_FORMAT_S16_LE,
        periodsize=PERIOD,
        periods=8,
    )


def hear(frequency: float, seconds: float) -> dict[str, float]:
    """Listen to the earpiece: how loud it is, and which share of it is that tone (Goertzel's filter)."""
    import alsaaudio

    card = open_card(alsaaudio.PCM_CAPTURE)
    factor = 2 * math.cos(2 * math.pi * frequency / RATE)
    energy = tone = 0.0
    samples = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            frames, octets = card.read()
        except alsaaudio.ALSAAudioError:
            card.close()
            card = open_card(alsaaudio.PCM_CAPTURE)
            continue
        if frames <= 0:
            continue
        pcm = array("h", octets)
        one = two = 0.0
        for value in pcm:
            one, two = value + factor * one - two, one
        tone += 2 * (one * one + two * two - factor * one * two) / len(pcm)
        energy += sum(value * value for value in pcm)
        samples += len(pcm)
    card.close()
    level = math.sqrt(energy / samples) if samples else 0.0
    return {"heard": frequency, "share": tone / energy if energy else 0.0, "level": level, "samples": samples}


def watch_display(channel: Channel) -> None:
    """Pass on what the phone shows, for ever; again and again, for whoever has only just connected."""
    state: dict[bytes, bytes] = {}
    while True:
        with socket.socket(socket.AF_UNIX) as desk:
            desk.settimeout(AGAIN_S)
            try:
                desk.connect(str(STATE / "desk.sock"))
            except OSError:
                channel.send(b'{"panel": "no phone yet"}\n')
                time.sleep(AGAIN_S)
                continue
            rest = b""
            while True:
                try:
                    octets = desk.recv(65536)
                except TimeoutError:
                    for line in state.values():
                        channel.send(line)
                    continue
                if not octets:
                    break
                *whole, rest = (rest + octets).split(b"\n")
                for line in whole:
                    state[line[:8]] = line + b"\n"
                    channel.send(line + b"\n")


def fill(leave: int | None) -> None:
    """Fill the data partition until `leave` octets are free, or free what filled it."""
    filling = Path("/data/filling")
    filling.unlink(missing_ok=True)
    os.sync()
    data = os.statvfs(filling.parent)
    size = data.f_bavail * data.f_frsize - (leave or 0)
    if leave is not None and size > 0:
        with filling.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, size - size // 512)  # the rest is what keeps account of it


def hold_up(picture: str | None) -> None:
    """Put a picture before the camera, in one step, or take it away."""
    held = STATE / "camera" / "held.jpg"
    if picture is None:
        held.unlink(missing_ok=True)
        return
    draft = held.with_name(".held.draft")
    draft.write_bytes(base64.b64decode(picture))
    draft.chmod(0o644)
    draft.replace(held)


def tell_survey(channel: Channel) -> None:
    """Look round with a program of its own: it takes a while."""
    said = subprocess.run([sys.executable, "-I", SURVEY], capture_output=True, check=True).stdout
    channel.send(b'{"survey": ' + said.strip() + b"}\n")


def serve(path: Path) -> None:
    """Do what comes through the channel, for ever."""
    channel, mouth = Channel(path), Mouth()
    finger = Finger(lambda count: channel.send(json.dumps({"done": count}).encode() + b"\n"))
    threading.Thread(target=watch_display, args=(channel,), name="display", daemon=True).start()

    def listen(frequency: float, seconds: float) -> None:
        channel.send(json.dumps(hear(frequency, seconds)).encode() + b"\n")

    for line in channel.lines():
        match json.loads(line):
            case {"key": str(key), "down": bool(down)}:
                finger.order(key, down)
            case {"hook": bool(lifted)}:
                finger.order("hook", lifted)
            case {"picture": str() | None as picture}:
                hold_up(picture)
            case {"fill": int() | None as leave}:
                fill(leave)
                channel.send(json.dumps({"filled": leave}).encode() + b"\n")
            case {"say": int() | float() | None as frequency}:
                mouth.say(frequency)
            case {"survey": True}:
                threading.Thread(target=tell_survey, args=(channel,), daemon=True).start()
            case {"fence": False as fence}:
                subprocess.run(["nft", "flush", "ruleset"], check=True)
                channel.send(json.dumps({"fence": fence}).encode() + b"\n")
            case {"hear": int() | float() as frequency, "seconds": int() | float() as seconds}:
                threading.Thread(target=listen, args=(frequency, seconds), daemon=True).start()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
