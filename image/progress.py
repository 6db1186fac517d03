"""What the build says while it runs: one line a step, with the time since it began."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_BEGAN = time.monotonic()
LAST_LINES = 30
"""Of a program that failed."""


class BuildFailed(RuntimeError):
    """The image cannot be built; the text says why, and what to do where that is known."""


def step(text: str) -> None:
    """Say what is done now."""
    print(f"[{time.monotonic() - _BEGAN:7.1f} s] {text}", flush=True)


def run(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    given: bytes | None = None,
) -> bytes:
    """Run a program and return what it printed; with `log`, its output goes there as well.

    Raises BuildFailed with the last lines if it fails or is not there.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            [str(word) for word in command],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if log else subprocess.PIPE,
            env=environment,
            cwd=folder,
            check=False,
        )
    except FileNotFoundError as error:
        raise BuildFailed(f"{name} is missing; as root: setup/apt.sh image") from error
    if log is not None:
        log.write_bytes(done.stdout)
    if done.returncode:
        said = (done.stdout + (done.stderr or b"")).decode("utf-8", "replace").splitlines()
        raise BuildFailed(f"{name} failed with {done.returncode}:\n" + "\n".join(said[-LAST_LINES:]))
    return done.stdout
