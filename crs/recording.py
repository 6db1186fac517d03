"""What an order says to record: the sealed keys of calls to named numbers, one JSON line for each call.

    {"at": 1795368000.25, "from": "+44…", "to": "+44…", "relay": "6f0c…", "mikey": "AQAF…"}

Nothing of it opens here: `mikey` is the I_MESSAGE in base64, sealed to whoever is called. The voice is
captured beside the CRS, by tcpdump or its like. That a recording began, and of whom, is in the log; what was
recorded is forgotten when the log forgets whom it was about (`crs.recorded_files`).
"""

from __future__ import annotations

import base64
import errno
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crs.clock import Clock
from crs.effects import Offered
from crs.errors import OperatorError
from crs.recorded_files import Forgotten, RecordedFiles


@dataclass(frozen=True, slots=True)
class Order:
    """Whose calls are recorded, and in which file."""

    numbers: frozenset[str]
    file: Path


class Recording:
    """The recording of one order; without an order it does nothing."""

    def __init__(self, order: Order | None, *, files: RecordedFiles, clock: Clock) -> None:
        self._order = order
        self._files = files
        self._clock = clock
        self._file: BinaryIO | None = None

    @property
    def numbers(self) -> frozenset[str]:
        """Whose calls are recorded."""
        return frozenset() if self._order is None else self._order.numbers

    def start(self) -> None:
        """Open the file. Raises OperatorError if that cannot be done."""
        if self._order is None:
            return
        try:
            # Known first: what nobody knows of would never be forgotten.
            self._files.add(self._order.file)
            self._file = _appending(self._order.file)
        except OSError as error:
            raise OperatorError(f"cannot record: {error}; choose another path") from error

    def stop(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def forget(self, before: float) -> list[Forgotten]:
        """Forget what this and earlier orders recorded before a time (Unix seconds); go on recording. What we
        record into may be another file afterwards; while it cannot be opened that is a fault, and tried anew.

        Raises OSError if nobody knows which files there are.
        """
        if self._order is None:
            return self._files.forget(before, current=None)
        done = self._files.forget(before, current=self._order.file)
        self.stop()
        try:
            self._file = _appending(self._order.file)
        except OSError as error:
            done.append(Forgotten(self._order.file, 0, error.strerror or "it cannot be opened"))
        return done

    def offered(self, offer: Offered) -> None:
        """A call begins: keep what the monitor needs, if it is to somebody who is recorded.

        Raises OSError if it cannot be written.
        """
        if self._file is None or offer.callee not in self.numbers:
            return
        line = {
            "at": round(self._clock.unix(), 3),
            "from": offer.caller,
            "to": offer.callee,
            "relay": offer.relay_id,
            "mikey": base64.b64encode(offer.mikey).decode(),
        }
        self._file.write(json.dumps(line).encode() + b"\n")


def _appending(path: Path) -> BinaryIO:
    """Open what recordings are appended to. Raises OSError, also for a pipe: it keeps nothing."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(path, flags, 0o600)
    if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "this is a pipe, not a file", str(path))
    return os.fdopen(descriptor, "ab", buffering=0)
