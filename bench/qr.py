"""How well and how quickly codes are read: `make bench-qr`. The table goes to bench/results/qr.txt.

Cards of full size (version 18-L) before the synthetic camera at 1280 x 720. The rates rank decoders and
grades; they are no field rates, for no lens, sensor or hand was there. Times are CPU time of one thread.
"""

from __future__ import annotations

import argparse
import functools
import math
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from drivers import qr
from drivers.camera_synthetic import Grade, Hand, held
from tests.drivers.cards import card, card_text

OCTETS = 640
MODULES = 97
"""Of version 18 with its quiet zone."""
RATE = 12
"""Frames a second."""
LIMIT_S = 5.0
APPROACH_S = 0.5
SLOW_BOARD = 6
"""How many times slower a core of the smallest board may be; a guess, to see what depends on it."""
DECODERS = {
    "zxing-cpp and zbar": (True, True),
    "zxing-cpp alone": (True, False),
    "zbar alone": (False, True),
}
RESULT = Path(__file__).resolve().parent / "results" / "qr.txt"


@dataclass(frozen=True, slots=True)
class Session:
    """One hand that comes up with a card: when it was read, if within LIMIT_S, and what each frame cost.

    `read_s` counts frames at RATE from the moment the hand appears; it is no clock's time.
    """

    read_s: float | None
    cost_s: tuple[float, ...]


@functools.cache
def _card(seed: int) -> tuple[str, Image.Image]:
    text = card_text(OCTETS, seed=seed)
    return text, card(text)


def hands(count: int) -> Iterator[tuple[str, Hand]]:
    """Yield cards and the hands that hold them: all grades, paper and screen, half of them hard."""
    grades = (Grade.HARD, Grade.TYPICAL, Grade.HARD, Grade.GOOD)
    for seed in range(count):
        text, picture = _card(seed % 3)
        grade, screen = grades[seed % 4], seed % 2 == 1
        yield (
            text,
            held(picture, grade, modules=MODULES, screen=screen, approach_s=APPROACH_S, seed=1000 + seed),
        )


def session(
    text: str,
    hand: Hand,
    *,
    zxing: bool,
    zbar: bool,
    slowness: float = 0.0,
    clock: Callable[[], float] = time.thread_time,
) -> Session:
    """Look at frames until the card is read. With `slowness` the frames that come meanwhile are lost."""
    number = 0
    costs: list[float] = []
    while number < LIMIT_S * RATE:
        gray = hand.see(number / RATE)
        began = time.thread_time()
        sighting = qr.read(gray, turn=len(costs), prefix="SV1:", zxing=zxing, zbar=zbar, clock=clock)
        costs.append(time.thread_time() - began)
        if sighting is not None and sighting.text == text:
            return Session((number + 1) / RATE, tuple(costs))
        number += max(1, math.ceil(costs[-1] * slowness * RATE))
    return Session(None, tuple(costs))


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def rates(frames: int) -> Iterator[str]:
    """Yield the table of single frames: read rates by grade and medium, and frame times."""
    yield f"{'decoders':<20}{'grade':<9}{'medium':<8}{'read':>7}{'median':>9}{'95 %':>8}{'worst':>8}  ms"
    for name, (zxing, zbar) in DECODERS.items():
        for grade in Grade:
            for screen in (False, True):
                read = 0
                costs: list[float] = []
                for seed in range(frames):
                    text, picture = _card(seed % 3)
                    gray = held(picture, grade, modules=MODULES, screen=screen, seed=seed).see(seed / 7)
                    began = time.thread_time()
                    sighting = qr.read(
                        gray, turn=seed, prefix="SV1:", zxing=zxing, zbar=zbar, clock=time.thread_time
                    )
                    costs.append(1e3 * (time.thread_time() - began))
                    read += sighting is not None and sighting.text == text
                yield (
                    f"{name:<20}{grade.value:<9}{'screen' if screen else 'paper':<8}{read / frames:>7.0%}"
                    f"{statistics.median(costs):>9.1f}{_percentile(costs, 0.95):>8.1f}{max(costs):>8.1f}"
                )


def sessions(count: int) -> Iterator[str]:
    """Yield the table of hand-held sessions."""
    yield f"{'decoders':<20}{'core':<12}{'read':>9}{'in 2 s':>8}{'median':>9}{'last':>8}  s"
    for name, (zxing, zbar) in DECODERS.items():
        for slowness in (1, SLOW_BOARD):
            done = [
                session(text, hand, zxing=zxing, zbar=zbar, slowness=slowness) for text, hand in hands(count)
            ]
            times = [one.read_s for one in done if one.read_s is not None]
            core = "as measured" if slowness == 1 else f"{slowness} x slower"
            yield (
                f"{name:<20}{core:<12}{f'{len(times)}/{count}':>9}{sum(at <= 2 for at in times):>8}"
                f"{statistics.median(times):>9.2f}{max(times):>8.2f}"
            )


def machine() -> str:
    """Say what this ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    return f"{platform.machine()}, {model}, one core, Python {platform.python_version()}"


def main() -> None:
    """Measure, print, and write the result."""
    parser = argparse.ArgumentParser(prog="bench.qr", description="QR reading: rates and times")
    parser.add_argument("--frames", type=int, default=40, help="frames for each line (default: 40)")
    parser.add_argument("--sessions", type=int, default=40, help="hand-held sessions (default: 40)")
    arguments = parser.parse_args()
    lines = [
        f"Cards of {OCTETS} octets (version 18-L), synthetic camera 1280 x 720, {RATE} frames a second.",
        f"Measured on {machine()}.",
        "",
        "Single frames",
        *rates(arguments.frames),
        "",
        f"Hand-held sessions: the hand takes {APPROACH_S} s to come up, then at most {LIMIT_S:.0f} s in all",
        *sessions(arguments.sessions),
    ]
    print("\n".join(lines))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
