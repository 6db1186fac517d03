"""What there is on a phone that runs, told by somebody who may see everything: root, in the test variant.

Each list is sorted and says nothing of this start alone: no process numbers, no device numbers.
"""

from __future__ import annotations

import json
import socket
import struct
import subprocess
from pathlib import Path

PROC = Path("/proc")
LISTEN = "0A"
"""TCP_LISTEN of net/tcp_states.h."""
ACCEPTING = 0x10000
"""__SO_ACCEPTCON of net/unix: somebody listens."""
SERVICES = ("keys", "phone", "media", "scan", "update")


def survey() -> dict[str, object]:
    """Everything."""
    return {
        "sockets": listening(),
        "mounts": mounts(),
        "units": units(),
        "processes": processes(),
        "users": sorted(
            ":".join(line.split(":")[i] for i in (0, 2, 6))
            for line in Path("/etc/passwd").read_text(encoding="ascii").splitlines()
        ),
        "memory": memory(),
        "processor": processor(),
    }


def listening() -> list[str]:
    """Who can be spoken to: protocol, address, port; or the path of a socket, an abstract one with @."""
    found = set()
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        path = PROC / "net" / kind
        for line in path.read_text(encoding="ascii").splitlines()[1:] if path.exists() else ():
            words = line.split()
            if not kind.startswith("tcp") or words[3] == LISTEN:
                found.add(f"{kind} {_endpoint(words[1])}")
    for line in (PROC / "net" / "unix").read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        words = line.split(maxsplit=7)
        if len(words) == 8 and int(words[3], 16) & ACCEPTING:
            found.add(f"unix {words[7]}")
    return sorted(found)


def _endpoint(word: str) -> str:
    digits, _, port = word.partition(":")
    words = [int(digits[at : at + 8], 16) for at in range(0, len(digits), 8)]
    octets = b"".join(struct.pack("<I", number) for number in words)
    family = socket.AF_INET if len(octets) == 4 else socket.AF_INET6
    return f"{socket.inet_ntop(family, octets)} {int(port, 16)}"


def mounts() -> list[str]:
    """What the service manager sees: place, kind, and how it is mounted."""
    found = []
    for line in (PROC / "1" / "mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        place, options = before.split()[4:6]
        found.append(f"{place} {after.split()[0]} {options}")
    return sorted(found)


def units() -> list[str]:
    """Services, sockets and timers that are active, or have failed."""
    kinds = "--type=service,socket,timer,path"
    said = _run("systemctl", "list-units", kinds, "--state=active,failed", "--plain", "--no-legend")
    return sorted(" ".join(line.split()[i] for i in (0, 2, 3)) for line in said.splitlines())


def processes() -> list[str]:
    """Every program: the name of its user, its capabilities, its unit."""
    names = {
        int(line.split(":")[2]): line.split(":")[0]
        for line in Path("/etc/passwd").read_text(encoding="ascii").splitlines()
    }
    found = set()
    for path in PROC.glob("[0-9]*"):
        try:
            status = dict(
                line.split(":\t", 1) for line in (path / "status").read_text().splitlines() if ":\t" in line
            )
            group = (path / "cgroup").read_text(encoding="utf-8").strip().rpartition("/")[2]
            if not (path / "cmdline").read_bytes():
                continue  # a thread of the kernel
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        user = names.get(int(status["Uid"].split()[1]), "?")
        found.add(f"{group or 'kernel'} {user} {int(status['CapEff'].split()[0], 16):x}")
    return sorted(found)


def memory() -> dict[str, float]:
    """Megabytes (10^6 octets) that each service has: its share of everything that it maps."""
    found = {}
    for name in SERVICES:
        unit = f"sottovoce-{name}.service"
        group = _run("systemctl", "show", "--property=ControlGroup", "--value", unit).strip()
        total = 0
        for process in (Path("/sys/fs/cgroup") / group.lstrip("/") / "cgroup.procs").read_text().split():
            rollup = (PROC / process / "smaps_rollup").read_text(encoding="ascii")
            total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        found[name] = total * 1024 / 1e6
    return found


def processor() -> dict[str, float]:
    """Seconds of processor time that each unit has used so far, the greediest first."""
    said = _run("systemctl", "show", "--property=Id,CPUUsageNSec", "*.service")
    used = {}
    for block in said.split("\n\n"):
        fields = dict(line.split("=", 1) for line in block.splitlines())
        if fields.get("CPUUsageNSec", "").isdigit():
            used[fields["Id"]] = int(fields["CPUUsageNSec"]) / 1e9
    return dict(sorted(used.items(), key=lambda item: -item[1]))


def _run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=120).stdout


if __name__ == "__main__":
    print(json.dumps(survey()))
