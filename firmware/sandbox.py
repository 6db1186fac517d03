"""What a process gives up for good before it looks at anything that a stranger made.

`enter_decoder` is for a process that only computes. The process that gives it frames enters in two steps, for
a camera's library must still open what it needs: `fence_scan` leaves no files but those, and no network; then
the camera is opened; then `enter_scan` takes away whatever is left to do harm with.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyseccomp

CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
CLONE_THREAD = 0x00010000
PROT_EXEC = 4

_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_ADD_RULE = 445
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_VERSION = 1
_LANDLOCK_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_FILE, _USE_DEVICE = 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 15
_ACCESS_OF_VERSION = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF}
"""All file accesses that a version of Landlock can refuse; from version 5 on `_ACCESS_NOW`."""
_ACCESS_NOW = 0xFFFF

# What is left to a process that only computes on memory it shares and talks through pipes it has.
_COMPUTE = (
    *("read", "write", "close", "poll", "ppoll", "lseek", "fstat", "newfstatat"),
    *("munmap", "mremap", "madvise", "brk"),
    *(
        "futex",
        "sched_yield",
        "restart_syscall",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sigaltstack",
    ),
    *(
        "clock_gettime",
        "clock_nanosleep",
        "gettimeofday",
        "getrandom",
        "getpid",
        "gettid",
        "exit",
        "exit_group",
    ),
)
# What the process in between has no use for once its socket and its decoder are there.
_NO_USE = (
    *("socket", "socketpair", "connect", "bind", "listen", "execve", "execveat", "fork", "vfork", "ptrace"),
    *(
        "process_vm_readv",
        "process_vm_writev",
        "kcmp",
        "pidfd_getfd",
        "perf_event_open",
        "bpf",
        "userfaultfd",
    ),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl", "add_key", "request_key"),
    *(
        "mount",
        "umount2",
        "pivot_root",
        "chroot",
        "setns",
        "unshare",
        "init_module",
        "finit_module",
        "kexec_load",
    ),
    *(
        "creat",
        "truncate",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "symlink",
        "symlinkat",
        "mknod",
    ),
    *(
        "mknodat",
        "mkdir",
        "mkdirat",
        "chmod",
        "fchmodat",
        "chown",
        "fchownat",
        "setxattr",
        "open_by_handle_at",
    ),
)


@dataclass(frozen=True, slots=True)
class Confinement:
    """Which walls the kernel of this machine could put up; the seccomp filter is always there."""

    network: bool
    """An own, empty network namespace."""
    files: bool
    """Landlock: nothing but the allowed folders can be opened."""


def enter_decoder(*, memory: int) -> None:
    """Keep computing, reading and writing what is open; lose all else. `memory`: octets of address space.

    Afterwards open, socket, clone and the rest fail with EPERM. Raises OSError if the kernel has no seccomp.
    """
    _limit(memory)
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in _COMPUTE:
        rules.add_rule(pyseccomp.ALLOW, name)
    for name in ("mmap", "mprotect"):
        rules.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, PROT_EXEC, 0))
    _load(rules)


def fence_scan(*, reaches: Iterable[Path], removable: Path) -> Confinement:
    """Keep what a camera `reaches` and removing files in `removable`; lose all other files and the network.

    What is reached can be read, and devices below /dev be used. What is missing is left out. This holds for
    the calling thread and those that it starts afterwards: do it while there is one.
    """
    network = _leave_network()
    rights = {path: _rights(path) for path in reaches}
    return Confinement(network=network, files=_see_only({**rights, removable: _REMOVE_FILE}))


def _rights(path: Path) -> int:
    reading = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
    return reading | _WRITE_FILE | _USE_DEVICE if path.is_relative_to("/dev") else reading


def enter_scan(*, memory: int) -> None:
    """Keep threads and what is open, reading files and removing them; lose sockets, programs and writing.

    `memory`: octets of address space. Holds for every thread there is. Raises OSError if the kernel has no
    seccomp.
    """
    _limit(memory)
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    for name in _NO_USE:
        rules.add_rule(refuse, name)
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC):
        rules.add_rule(refuse, "open", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, flag, flag))
        rules.add_rule(refuse, "openat", pyseccomp.Arg(2, pyseccomp.MASKED_EQ, flag, flag))
    # Threads, but no other process. Calls that hide their flags in memory do not exist: libc then uses clone.
    rules.add_rule(refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0))
    for name in ("clone3", "openat2"):
        rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), name)
    _load(rules)


def _load(rules: pyseccomp.SyscallFilter) -> None:
    rules.set_attr(pyseccomp.Attr.CTL_NNP, 1)
    rules.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)
    rules.load()


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_network() -> bool:
    """Move to an empty network namespace; False where the kernel does not let us."""
    libc = ctypes.CDLL(None, use_errno=True)
    return any(
        libc.unshare(ctypes.c_int(flags)) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET)
    )


def _see_only(rights: dict[Path, int]) -> bool:
    """Refuse every access to files but `rights` (Landlock); False where the kernel has no Landlock."""
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_void_p()
    version = libc.syscall(
        _LANDLOCK_CREATE_RULESET, zero, ctypes.c_size_t(0), ctypes.c_uint(_LANDLOCK_VERSION)
    )
    if version < 1:
        return False
    known = _ACCESS_OF_VERSION.get(version, _ACCESS_NOW)
    everything = struct.pack("Q", known)
    ruleset = libc.syscall(
        _LANDLOCK_CREATE_RULESET, everything, ctypes.c_size_t(len(everything)), ctypes.c_uint(0)
    )
    _check(ruleset)
    try:
        for path, right in rights.items():
            _allow(libc, ruleset, path, right & known)
        _check(libc.syscall(_LANDLOCK_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0)))
    finally:
        os.close(ruleset)
    return True


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, right: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        beneath = struct.pack("=Qi", right, folder)
        number = ctypes.c_int(ruleset), ctypes.c_int(_LANDLOCK_PATH_BENEATH)
        _check(libc.syscall(_LANDLOCK_ADD_RULE, *number, beneath, ctypes.c_uint(0)))
    finally:
        os.close(folder)


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
