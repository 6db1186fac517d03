"""A time of day that a story can move, for every process of it (demo/skew/skew.c).

Monotonic clocks go on as they are, so nothing waits for a month to pass.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

SOURCE = Path(__file__).parent / "skew" / "skew.c"
_FILE, _PRELOAD = "SKEW_FILE", "LD_PRELOAD"


class Timeline:
    """The story's clock. Only in a process that `under_story_time` has started."""

    def __init__(self) -> None:
        with Path(os.environ[_FILE]).open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), 8)

    def go_to(self, when: datetime) -> None:
        """Let it be `when`, for every process of the story at once. Raises ValueError for going back."""
        ahead = when.timestamp() - time.time()
        if ahead < 0:
            raise ValueError(f"it is {self.now:%c} already")
        (skew,) = struct.unpack("<q", self._page[:])
        self._page[:] = struct.pack("<q", skew + round(ahead))

    @property
    def now(self) -> datetime:
        """What time it is in the story."""
        return datetime.fromtimestamp(time.time(), UTC)


def under_story_time(module: str, arguments: list[str]) -> int | None:
    """Run `python -m module` again with a clock that can be moved; return its exit status.

    None if this process has one already.
    """
    if _FILE in os.environ:
        return None
    with tempfile.TemporaryDirectory(prefix="sottovoce-clock-") as directory:
        library, skew = Path(directory) / "skew.so", Path(directory) / "skew"
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
        skew.write_bytes(struct.pack("<q", 0))
        environment = dict(os.environ, **{_FILE: str(skew), _PRELOAD: str(library)})
        return subprocess.run([sys.executable, "-m", module, *arguments], env=environment).returncode
