"""What a hardened process can no longer do."""

from __future__ import annotations

import subprocess
import sys

ASK = """
import ctypes, os, resource
from firmware.hardening import harden
harden()
libc = ctypes.CDLL(None)
asked = [libc.prctl(option, 0, 0, 0, 0) for option in (3, 39)]
print(*asked, *resource.getrlimit(resource.RLIMIT_CORE), os.umask(0))
"""


def test_no_core_no_debugger_no_new_privileges_no_readable_files():
    answer = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, timeout=30
    )
    dumpable, no_new_privileges, core, core_limit, umask = map(int, answer.stdout.split())
    assert (dumpable, no_new_privileges, core, core_limit, umask) == (0, 1, 0, 0, 0o077)


def test_a_crash_leaves_no_core_behind(tmp_path):
    crash = "import os\nfrom firmware.hardening import harden\nharden()\nos.abort()"
    died = subprocess.run(
        [sys.executable, "-c", crash], cwd=tmp_path, env={"PYTHONPATH": "."}, check=False, timeout=30
    )
    assert died.returncode < 0
    assert list(tmp_path.iterdir()) == []
