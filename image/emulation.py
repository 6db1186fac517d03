"""Running the phone's programs on the building computer: qemu-user as the kernel's interpreter for them."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from image.apt import architecture_runs
from image.progress import BuildFailed, run

BINFMT = Path("/proc/sys/fs/binfmt_misc")
HANDLER = "qemu-aarch64"
FORMAT = Path("/usr/lib/binfmt.d/qemu-aarch64.conf")
USERS = Path("/run/lock/sottovoce-emulation.users")
"""Locked shared by every build that needs the handler, exclusively by who takes it away."""
SETTING = Path("/run/lock/sottovoce-emulation.setting")
"""Locked for the moment in which the handler is set up or taken away."""


@contextlib.contextmanager
def emulation() -> Iterator[None]:
    """Have programs for arm64 run; afterwards the kernel is as it was, unless another build still needs it.

    Raises BuildFailed.
    """
    USERS.parent.mkdir(parents=True, exist_ok=True)
    with USERS.open("a") as users, SETTING.open("a") as setting:
        fcntl.flock(setting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        registered = mounted = False
        if not architecture_runs():
            mounted = not (BINFMT / "register").exists()
            if mounted:
                run(["mount", "-t", "binfmt_misc", "binfmt_misc", BINFMT])
            if not (BINFMT / HANDLER).exists():
                (BINFMT / "register").write_text(FORMAT.read_text(encoding="ascii").strip(), encoding="ascii")
                registered = True
            if not architecture_runs():
                raise BuildFailed("this kernel does not run arm64 programs although qemu-user is registered")
        fcntl.flock(setting, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(setting, fcntl.LOCK_EX)
            with contextlib.suppress(BlockingIOError):
                # Whoever set it up may end first: then it stays in place, which harms nobody.
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if registered:
                    (BINFMT / HANDLER).write_text("-1", encoding="ascii")
                if mounted:
                    run(["umount", BINFMT])
