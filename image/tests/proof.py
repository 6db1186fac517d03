"""What every proof in QEMU has: a command line, steps that are told, things that must be, one exit status."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from demo.house import CommandFailed
from image.machine import NotReached
from image.monitor import MonitorRefused
from image.progress import BuildFailed


class Missing(AssertionError):
    """Something that must be was not."""


FAILURES = (
    *(Missing, NotReached, MonitorRefused, CommandFailed, BuildFailed),
    *(TimeoutError, ConnectionError, OSError, ValueError),
)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done, and how long it took."""
    began = time.monotonic()
    yield
    print(f"  ok  {name:<70} {time.monotonic() - began:7.1f} s", flush=True)


def parser(name: str, about: str, *, example: str = "") -> argparse.ArgumentParser:
    """The command line of a proof: CARD, and a folder that stays."""
    asked = argparse.ArgumentParser(
        prog=f"image.tests.{name}",
        description=about,
        epilog=f"Example: {example or f'python -m image.tests.{name} build/image/test/sottovoce.img'}",
    )
    asked.add_argument("--keep", type=Path, metavar="DIR", help="a folder for everything, kept")
    asked.add_argument("card", type=Path, metavar="CARD")
    return asked


def our_address() -> str:
    """An address of this computer that a machine behind QEMU's network reaches. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(("192.0.2.1", 9))  # a datagram socket: nothing is sent
        return str(asking.getsockname()[0])


def prove(work: Callable[[Path], str], *, keep: Path | None) -> int:
    """Do `work` in a folder (`keep`, or one for now) and return the exit status.

    What it returns is told if all of it held. The folder stays if it was asked for, or if something failed.
    """
    # Leave by the way that stops everything that was started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    folder = keep or Path(tempfile.mkdtemp(prefix="sottovoce-image-"))
    began = time.monotonic()
    try:
        told = work(folder)
    except FAILURES as reason:
        print(f"  NOT {reason}\n      everything is in {folder}", file=sys.stderr)
        return 1
    print(f"  {told}: all of it held, {time.monotonic() - began:.0f} s")
    if keep is None:
        shutil.rmtree(folder)
    return 0
