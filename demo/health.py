"""How processes are: memory, descriptors, threads, and what they wrote into their logs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

GROWTH_KB = 1024
GROWTH_SHARE = 0.03
"""What a process may have grown by between the second quarter of a run and the last: both together."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """One look at one process: private memory in kB (its own pages only), open descriptors, threads."""

    private_kb: int
    descriptors: int
    threads: int


def vitals(process: int) -> Vitals:
    """Look at a process. Raises ProcessLookupError or FileNotFoundError if it has gone."""
    proc = Path("/proc") / str(process)
    private = sum(
        int(line.split()[1])
        for line in (proc / "smaps_rollup").read_text().splitlines()
        if line.startswith(("Private_Clean", "Private_Dirty"))
    )
    return Vitals(
        private_kb=private,
        descriptors=len(list((proc / "fd").iterdir())),
        threads=len(list((proc / "task").iterdir())),
    )


def processes(home: Path, service: str) -> list[int]:
    """The process numbers of a service of the phone in `home`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if f"firmware.services.{service}".encode() in words and os.fsencode(home) in words:
                found.append(int(entry.name))
    return found


def connections(home: Path, service: str) -> int:
    """How often the phone service in `home` has found a service, by its log."""
    log = (home / "log" / "phone.log").read_text(encoding="utf-8", errors="replace")
    return log.count(f" {service} service: connected")


def growth(looks: Sequence[Vitals], *, room_kb: int = 0) -> str:
    """Say what has grown over a run, '' if nothing has. The first quarter is for warming up.

    Medians of the second and of the last quarter are compared, so that one look at a bad moment says nothing.
    `room_kb` is what the process may come to keep at any time.
    """
    if len(looks) < 8:
        return ""
    quarter = len(looks) // 4
    early, late = looks[quarter : 2 * quarter], looks[-quarter:]
    complaints = []
    before, after = (median(look.private_kb for look in part) for part in (early, late))
    if after - before > GROWTH_KB + GROWTH_SHARE * before + room_kb:
        complaints.append(f"memory from {before:.0f} to {after:.0f} kB")
    for name in ("descriptors", "threads"):
        before, after = (median(getattr(look, name) for look in part) for part in (early, late))
        if after > before + 1:
            complaints.append(f"{name} from {before:.0f} to {after:.0f}")
    return ", ".join(complaints)


def unexplained(
    logs: Iterable[Path], explained: Mapping[str, Sequence[str]], since: Mapping[Path, int] | None = None
) -> list[str]:
    """Return the lines that no pattern explains, each with the name of its log.

    `explained` holds regular expressions by the name of a log ('phone.log'); those under '' hold for all.
    With `since`, only what stands after so many octets of a log counts.
    """
    found = []
    for log in logs:
        patterns = [re.compile(p) for p in (*explained.get("", ()), *explained.get(log.name, ()))]
        octets = log.read_bytes()[(since or {}).get(log, 0) :]
        for line in octets.decode(errors="replace").splitlines():
            if line.strip() and not any(pattern.search(line) for pattern in patterns):
                found.append(f"{log.parent.name}/{log.name}: {line}")
    return found
