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


def attempt(home: Path, wall: str, deeds: Sequence[str], *, imports: str = "") -> dict[str, str]:
    """Run each deed in a process confined by `wall`; return 'done' or the error's name for each."""
    steps = f"""
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
    program = textwrap.dedent(imports) + "\n" + textwrap.dedent(steps)
    command = [sys.executable, "-c", program]
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


LIBRARIES = "(scan_decoder.warm_up('SV1:'), enter_decoder(memory=scan_decoder.MEMORY))"


def test_the_decoder_has_no_more_with_its_libraries_loaded(home: Path) -> None:
    """What a code that took over zbar or zxing-cpp could do: nothing of this."""
    imports = "from firmware.services import scan_decoder"
    deeds = [
        *NEVER,
        *ALSO_NEVER,
        "os.listdir(home / 'camera')",
        "(home / 'camera' / 'held.jpg').read_bytes()",
        "threading.Thread(target=int).start()",
        "os.kill(os.getppid(), 0)",
        "os.open('/proc/self/maps', os.O_RDONLY)",
        "os.memfd_create('x')",
        "os.pidfd_open(1)",
        "os.setuid(0)",
        "os.chdir('/')",
        "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
        "bytearray(1 << 30)",
    ]
    outcomes = attempt(home, LIBRARIES, deeds, imports=imports)
    allowed = {"PermissionError", "FileNotFoundError", "RuntimeError", "MemoryError"}
    assert {deed: outcome for deed, outcome in outcomes.items() if outcome not in allowed} == {}
    assert (home / "vault" / "rsk").read_bytes() == b"octets"


def test_the_decoder_still_reads_in_there(home: Path) -> None:
    imports = """
        import numpy as np
        from drivers import qr
        from drivers.camera_synthetic import Hand
        from firmware.services import scan_decoder
        from tests.drivers.cards import card, card_text
        frame = Hand(card(card_text(640))).see(0.5)
    """
    both = "assert qr.read(frame, turn=0, prefix='SV1:').text == card_text(640)"
    zbar = "assert qr.read(frame, turn=0, prefix='SV1:', zxing=False).text == card_text(640)"
    assert set(attempt(home, LIBRARIES, [both, zbar], imports=imports).values()) == {"done"}


def test_what_a_camera_reaches_can_be_used_and_nothing_beside_it(home: Path) -> None:
    reached = "[Path('/dev/null'), home / 'camera', home / 'missing']"
    wall = f"fence_scan(reaches={reached}, removable=home / 'run')"
    outcomes = attempt(
        home,
        wall,
        [
            "open('/dev/null', 'r+b').close()",
            "(home / 'camera' / 'held.jpg').read_bytes()",
            "(home / 'camera' / 'held.jpg').open('r+b')",
            "open('/dev/zero', 'rb').close()",
            "(home / 'vault' / 'rsk').read_bytes()",
        ],
    )
    assert list(outcomes.values()) == ["done", "done", *["PermissionError"] * 3]


@pytest.mark.parametrize("crash", ["ctypes.string_at(0)", "os.abort()"])
def test_a_crash_in_there_is_the_end_of_the_process(crash: str) -> None:
    program = f"""
        import ctypes, os, sys
        from firmware.sandbox import enter_decoder
        enter_decoder(memory=1 << 30)
        {crash}
        os._exit(0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], stderr=subprocess.DEVNULL, timeout=30
    )
    assert done.returncode != 0
