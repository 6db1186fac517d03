"""What a confined process can no longer do: one child tries it all."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

SCAN = "(fence_scan(reaches=[home / 'camera'], removable=home / 'run'), enter_scan(memory=1 << 30))[0]"
DECODER = "enter_decoder(memory=1 << 30)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder, name in (("camera", "held.jpg"), ("vault", "rsk"), ("run", "scan.sock")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"octets")
    return tmp_path


def attempt(home: Path, wall: str, deeds: Sequence[str]) -> dict[str, str]:
    """Run each deed in a process confined by `wall`; return 'done' or the error's name for each."""
    program = f"""
        import json, mmap, os, signal, socket, subprocess, sys, threading
        from pathlib import Path
        from firmware.sandbox import enter_decoder, enter_scan, fence_scan
        home = Path({str(home)!r})
        walls = {wall}
        outcomes = {{}}
        for deed in {list(deeds)!r}:
            try:
                exec(deed)
                outcomes[deed] = "done"
            except (OSError, RuntimeError, MemoryError) as error:
                outcomes[deed] = type(error).__name__
        os.write(1, json.dumps(outcomes).encode())
        os._exit(0)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    outcomes: dict[str, str] = json.loads(done.stdout)
    return outcomes


NEVER = [
    "socket.socket()",
    "socket.socket(socket.AF_UNIX)",
    "socket.socketpair()",
    "(home / 'vault' / 'rsk').read_bytes()",
    "(home / 'camera' / 'new').write_bytes(b'')",
    "(home / 'camera' / 'held.jpg').open('r+b')",
    "os.truncate(home / 'vault' / 'rsk', 0)",
    "os.listdir(home / 'vault')",
    "open('/etc/passwd').read()",
    "open('/proc/self/mem', 'rb')",
    "os.rename(home / 'camera' / 'held.jpg', home / 'run' / 'held.jpg')",
    "(home / 'vault' / 'rsk').unlink()",
    "(home / 'run' / 'held.jpg').unlink()",
]
ALSO_NEVER = [
    "os.fork()",
    "os.execv('/bin/true', ['true'])",
    "subprocess.run(['/bin/true'])",
    "os.posix_spawn('/bin/true', ['true'], {})",
]


@pytest.mark.parametrize("wall", [SCAN, DECODER], ids=["scan", "decoder"])
def test_neither_has_network_vault_or_programs(home: Path, wall: str) -> None:
    for deed, outcome in attempt(home, wall, NEVER + ALSO_NEVER).items():
        # What could not be moved is not there to be removed.
        allowed = {"PermissionError", "FileNotFoundError"} if "held.jpg" in deed else {"PermissionError"}
        assert outcome in allowed, deed
    assert (home / "vault" / "rsk").read_bytes() == b"octets"
    assert (home / "camera" / "held.jpg").exists()


def test_all_of_it_works_without_walls(home: Path) -> None:
    assert set(attempt(home, "None", NEVER).values()) == {"done"}


def test_what_the_scan_service_needs_still_works(home: Path) -> None:
    needs = [
        "(home / 'camera' / 'held.jpg').read_bytes()",
        "os.listdir(home / 'camera')",
        "(home / 'run' / 'scan.sock').unlink()",
        "t = threading.Thread(target=int); t.start(); t.join()",
        "bytearray(1 << 24)",
    ]
    assert set(attempt(home, SCAN, needs).values()) == {"done"}


def test_the_decoder_has_less_than_the_service(home: Path) -> None:
    less = [
        "os.listdir(home / 'camera')",
        "(home / 'camera' / 'held.jpg').read_bytes()",
        "threading.Thread(target=int).start()",
        "os.kill(os.getppid(), 0)",
        "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
        "os.pipe()",
        "os.dup(1)",
    ]
    assert set(attempt(home, DECODER, less).values()) <= {"PermissionError", "RuntimeError"}
    assert set(attempt(home, DECODER, ["bytearray(1 << 24)", "mmap.mmap(-1, 4096)"]).values()) == {"done"}


@pytest.mark.parametrize("wall", [SCAN, DECODER], ids=["scan", "decoder"])
def test_memory_is_bounded(home: Path, wall: str) -> None:
    assert attempt(home, wall, ["bytearray(1 << 31)"]) == {"bytearray(1 << 31)": "MemoryError"}


def test_the_network_is_empty_where_the_kernel_allows_it(home: Path) -> None:
    wall = "(fence_scan(reaches=[Path('/proc')], removable=home / 'run'), enter_scan(memory=1 << 30))[0]"
    lines = "Path('/proc/thread-self/net/dev').read_text().splitlines()"
    deed = f"assert not walls.network or [x.split(':')[0].strip() for x in {lines} if ':' in x] == ['lo']"
    assert attempt(home, wall, [deed]) == {deed: "done"}
