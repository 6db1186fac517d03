"""Kill -9 in the middle of work that changes a disk: afterwards there is the old state or the new one.

The work falls before every call that a power cut could separate from the one before, one after the other, and
then at random moments of its time, one in every part of it. What it said is told when it should have ended.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

MOST_STEPS = 100
UNHANDLED = 3
"""Exit status of a process that an exception ended."""


@dataclass(frozen=True)
class Deed:
    """Something that changes what is in a directory.

    `prepare` makes it as it is before, `look` says 'old' or 'new', or fails. `steps` are the functions of
    `os` that the work changes a disk with, and `fewest` how many such calls it makes at least. `again`:
    whoever finds the old state can do the work anew.
    """

    prepare: Callable[[Path], object]
    work: Callable[[Path], object]
    look: Callable[[Path], str]
    steps: Sequence[str]
    fewest: int
    again: bool = True


class Process:
    """Work in a process of its own, forked so that all of its time is the work's."""

    def __init__(
        self, work: Callable[[], object], said: Path, *, fall_at: tuple[int, Sequence[str]] = (-1, ())
    ):
        """With `fall_at` (a number, functions of `os`) it kills itself just before that call of them."""
        self._said = said
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _live(work, said, writing, *fall_at)
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)

    def end(self, after: float | None = None) -> int:
        """Kill it after so many seconds, or wait for its end. Returns its exit status, -9 if killed."""
        if after is not None:
            time.sleep(after)  # the moment is the test
            os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def succeeds(self) -> None:
        """Wait for its end, which must be a good one."""
        status = self.end()
        assert status == 0, f"exit status {status}: {self._said.read_text()}"


def _live(work: Callable[[], object], said: Path, writing: int, step: int, names: Sequence[str]) -> None:
    """Be the process; never return."""
    status = UNHANDLED
    try:
        sys.stdin = io.StringIO()
        sys.stdout = sys.stderr = said.open("w", buffering=1)
        if step >= 0:
            _fall_before(step, names)
        os.write(writing, b"!")
        work()
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        if status == UNHANDLED:
            traceback.print_exc()
        os._exit(status)


def _fall_before(step: int, names: Sequence[str]) -> None:
    left = [step]

    def falling(work: Callable[..., object]) -> Callable[..., object]:
        def fall(*arguments: object, **keywords: object) -> object:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return work(*arguments, **keywords)

        return fall

    for name in names:
        setattr(os, name, falling(getattr(os, name)))


def killed_everywhere(deed: Deed, place: Path, *, points: int, seed: str = "2026") -> set[str]:
    """Kill the work before each of its steps, then at `points` random moments; each time in a new directory
    of `place`, removed afterwards. Returns the states that were found.
    """
    return killed_at_each_step(deed, place) | killed_at_random(deed, place, points=points, seed=seed)


def killed_at_each_step(deed: Deed, place: Path) -> set[str]:
    """Kill the work before each of its steps, until it comes to its end."""
    found: set[str] = set()
    for step in range(MOST_STEPS):
        where = _prepared(deed, place / f"step-{step}")
        process = Process(partial(deed.work, where), _said(where), fall_at=(step, deed.steps))
        status = process.end()
        found.add(_looked(deed, where, status))
        _removed(where)
        if status == 0:
            assert step >= deed.fewest, f"it makes {step} steps only"
            return found
    raise AssertionError(f"more than {MOST_STEPS} steps")


def killed_at_random(deed: Deed, place: Path, *, points: int, seed: str) -> set[str]:
    """Kill the work again and again, each time a little later, to its end."""
    calm = _prepared(deed, place / "calm")
    began = time.perf_counter()
    Process(partial(deed.work, calm), _said(calm)).succeeds()
    takes = time.perf_counter() - began
    assert deed.look(calm) == "new"
    _removed(calm)
    moments, found, killed = random.Random(seed), {"new"}, 0
    for number in range(points):
        where = _prepared(deed, place / f"point-{number}")
        after = takes * (number + moments.random()) / points
        status = Process(partial(deed.work, where), _said(where)).end(after)
        killed += status == -signal.SIGKILL
        if status == 0:
            # A calmer moment than the one in which it was measured: from here on the kills come earlier.
            takes = min(takes, after)
        state = _looked(deed, where, status)
        found.add(state)
        if state == "old" and deed.again:
            Process(partial(deed.work, where), _said(where)).succeeds()
            assert deed.look(where) == "new"
        _removed(where)
    assert killed >= points // 3, "most kills came too late to prove anything"
    return found


def _prepared(deed: Deed, where: Path) -> Path:
    where.mkdir()
    deed.prepare(where)
    return where


def _looked(deed: Deed, where: Path, status: int) -> str:
    said = f"exit status {status}: {_said(where).read_text() if _said(where).exists() else ''}"
    assert status in (0, -signal.SIGKILL), said
    state = deed.look(where)
    assert state == "new" or status, said
    return state


def _removed(where: Path) -> None:
    shutil.rmtree(where)
    _said(where).unlink(missing_ok=True)


def _said(where: Path) -> Path:
    return where.with_suffix(".said")
