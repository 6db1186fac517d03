"""What is done to a machine from outside while it runs, over QEMU's monitor (QMP): a stick is plugged in."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import Any

PATIENCE_S = 10.0
LARGEST_LINE = 1 << 20


class MonitorRefused(RuntimeError):
    """QEMU did not do what it was told; the text is what it said."""


def tell(monitor: Path, *commands: dict[str, Any]) -> None:
    """Have QEMU execute these, in order. Raises MonitorRefused, OSError."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_S)
        connection.connect(str(monitor))
        with connection.makefile("rwb") as file:
            file.readline(LARGEST_LINE)  # it introduces itself
            for command in ({"execute": "qmp_capabilities"}, *commands):
                file.write(json.dumps(command).encode() + b"\n")
                file.flush()
                while True:
                    line = file.readline(LARGEST_LINE)
                    told = json.loads(line) if line else {"error": "it hung up"}
                    if "error" in told:
                        raise MonitorRefused(f"{command['execute']}: {told['error']}")
                    if "return" in told:
                        break


def plug(monitor: Path, stick: Path) -> None:
    """Plug a stick in; nothing is ever written to it. Raises MonitorRefused, OSError."""
    name = f"stick{time.monotonic_ns()}"  # the one before may not have been let go yet
    file = {"driver": "file", "filename": str(stick), "read-only": True}
    block = {"driver": "raw", "node-name": name, "read-only": True, "file": file}
    device = {"driver": "usb-storage", "id": "plugged", "drive": name}
    tell(
        monitor,
        {"execute": "blockdev-add", "arguments": block},
        {"execute": "device_add", "arguments": device},
    )


def pull(monitor: Path) -> None:
    """Pull the stick out. Raises MonitorRefused, OSError."""
    tell(monitor, {"execute": "device_del", "arguments": {"id": "plugged"}})
