"""The mute lamp of a phone that has no parts: a Unix socket that tells whoever connects whether it is lit.

It has a socket of its own because it belongs to the media service, which owns the microphone's gate, and not
to the phone service, which owns the other lamps. Each client gets the state first, then every change, as the
line that the desk link uses for a lamp: {"lamp": "mute", "pattern": "on"} or "off".
"""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path

MUTE, MICROPHONE = "mute", "microphone"
"""Lamps with sockets of their own. Named here, because `drivers.virtual_wire` knows pictures, and those would
weigh down the process that owns these lamps."""
CLIENTS = 8
"""The oldest has to go when one more comes."""


class VirtualMuteLamp:
    """Listens at `path` until `close()`. A client that does not read is let go, and never waited for.

    `lamp` is what it tells its name is. 'microphone' is for desks: lit while the sound card listens.
    """

    def __init__(self, path: Path, lamp: str = MUTE) -> None:
        self._path = path
        self._lines = {lit: _line(lamp, "on" if lit else "off") for lit in (True, False)}
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(os.fspath(path))
        path.chmod(0o600)  # before listening, so that nobody else can ever connect
        self._listener.listen(CLIENTS)
        self._lock = threading.Lock()
        self._lit = False
        self._clients: list[socket.socket] = []
        self._thread = threading.Thread(target=self._welcome, name="mute-lamp", daemon=True)
        self._thread.start()

    def set(self, lit: bool) -> None:
        """Light the lamp or put it out."""
        with self._lock:
            if lit != self._lit:
                self._lit = lit
                for client in list(self._clients):
                    self._tell(client)

    def _welcome(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            client.setblocking(False)
            with self._lock:
                self._clients.append(client)
                if len(self._clients) > CLIENTS:
                    self._clients.pop(0).close()
                self._tell(client)

    def _tell(self, client: socket.socket) -> None:
        try:
            client.send(self._lines[self._lit])
        except OSError:
            client.close()
            self._clients.remove(client)

    def close(self) -> None:
        """Put the lamp out, let everybody go and stop to listen. Final."""
        if not self._thread.is_alive():
            return
        self.set(False)
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        with self._lock:
            for client in self._clients:
                client.close()
            self._clients.clear()
        self._path.unlink(missing_ok=True)


def _line(lamp: str, pattern: str) -> bytes:
    return json.dumps({"lamp": lamp, "pattern": pattern}, separators=(",", ":")).encode() + b"\n"
