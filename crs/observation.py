"""What the CRS sees, one JSON line for each event: who registered, who calls whom, packets it cannot read.

For the operator's eyes and the virtual desk. Nothing of it is kept. Readers connect to a Unix socket that
belongs to the CRS's user alone, or the lines are appended to a file.

    {"at": 1795368000.25, "event": "invite", "from": "+44…", "to": "+44…", "relay": "6f0c…", "octets": 1342}
    {"at": …, "event": "media", "relay": …, "caller_packets": 50, "callee_packets": 49, …}   each second;
      an echo ("to": "echo") has the caller's alone
    {"at": …, "event": "packet", "relay": …, "side": "caller", "octets": 92, "sample": "8060…"}
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from crs.clock import Clock
from crs.errors import OperatorError
from crs.relay import RelayedCall, Side

MAX_READERS = 8
MAX_UNREAD = 256 * 1024
"""Octets a slow reader may be behind before it is dropped."""

SAMPLE_OCTETS = 48
SAMPLE_EVERY = 0.25
"""Seconds between two samples of one leg."""

_log = logging.getLogger("crs")


class Observation:
    """Where events go. Without reader and without file it does nothing."""

    def __init__(self, *, clock: Clock, to_socket: Path | None = None, to_file: Path | None = None) -> None:
        self._clock = clock
        self._path = to_socket
        self._readers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._file: BinaryIO | None = None
        self._file_path = to_file
        self._sampled: dict[tuple[str, Side], float] = {}

    async def start(self) -> None:
        """Open socket and file. Raises OperatorError if that cannot be done."""
        try:
            if self._file_path is not None:
                self._file = _private_file(self._file_path)
            if self._path is not None:
                self._server = await asyncio.start_unix_server(self._reader, sock=_private_socket(self._path))
        except OSError as error:
            raise OperatorError(f"cannot observe: {error}; choose another path") from error

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            readers = list(self._readers)
            for reader in readers:
                reader.transport.abort()
            # How each of them ends is its own affair; that it has ended is ours.
            await asyncio.gather(*(reader.wait_closed() for reader in readers), return_exceptions=True)
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        if self._file is not None:
            self._file.close()

    @property
    def watched(self) -> bool:
        """Whether anybody looks."""
        return bool(self._readers) or self._file is not None

    def event(self, name: str, detail: Mapping[str, str | int]) -> None:
        """Tell everybody who looks."""
        if not self.watched:
            return
        line = json.dumps({"at": round(self._clock.unix(), 3), "event": name, **detail}).encode() + b"\n"
        self._append(line)
        for reader in list(self._readers):
            transport = reader.transport
            if transport.is_closing() or transport.get_write_buffer_size() + len(line) > MAX_UNREAD:
                self._readers.discard(reader)
                transport.abort()
            else:
                reader.write(line)

    def _append(self, line: bytes) -> None:
        """Append to the file. One that cannot be written is given up, aloud: no call ends because of it."""
        if self._file is None:
            return
        try:
            self._file.write(line)
        except OSError as error:
            _log.error(
                "%s is not written any more: %s; serve anew to observe", self._file_path, error.strerror
            )
            self._file.close()
            self._file = None

    def packet(self, relay_id: str, side: Side, packet: memoryview) -> None:
        """Show the beginning of a relayed packet, a few times a second."""
        if not self.watched:
            return
        now = self._clock.monotonic()
        if now - self._sampled.get((relay_id, side), -SAMPLE_EVERY) < SAMPLE_EVERY:
            return
        self._sampled[relay_id, side] = now
        sample = packet[:SAMPLE_OCTETS].hex()
        self.event("packet", {"relay": relay_id, "side": side.value, "octets": len(packet), "sample": sample})

    def media(self, calls: Mapping[str, RelayedCall]) -> None:
        """Show the counters of every relayed call."""
        self._sampled = {key: at for key, at in self._sampled.items() if key[0] in calls}
        if not self.watched:
            return
        for relay_id, call in calls.items():
            detail: dict[str, str | int] = {"relay": relay_id}
            for side, leg in call.legs.items():
                detail |= {
                    f"{side.value}_packets": leg.packets,
                    f"{side.value}_octets": leg.octets,
                    f"{side.value}_refused": leg.refused,
                }
            self.event("media", detail)

    async def _reader(self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        # However a reader ends, it is gone.
        with contextlib.suppress(ConnectionError):
            try:
                if len(self._readers) < MAX_READERS:
                    self._readers.add(outgoing)
                    # A reader has nothing to say: we only wait for it to hang up.
                    while await incoming.read(4096):
                        pass
            finally:
                self._readers.discard(outgoing)
                outgoing.close()
                await outgoing.wait_closed()


def _private_file(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(descriptor, "ab", buffering=0)


def _private_socket(path: Path) -> socket.socket:
    """Bind a Unix socket for our user alone; a socket that a dead process left behind is replaced."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.exists() and stat.S_ISSOCK(path.stat().st_mode) and not _answers(path):
            path.unlink()
        listening.bind(str(path))
        path.chmod(0o600)
    except BaseException:
        listening.close()
        raise
    return listening


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as attempt:
        try:
            attempt.connect(str(path))
        except ConnectionRefusedError:
            return False
        return True
