"""What the full-screen interface gives up before it starts: every way to a network, and to be watched.

Its library needs asyncio, and an event loop wakes itself through a pair of sockets that are connected to each
other, of the family AF_UNIX: no name, no address, no other process. That pair is all that is left.
"""

from __future__ import annotations

import errno
import os

import pyseccomp

AF_UNIX = 1
"""The one family of a pair of sockets that can be made. Pairs exist of nothing that leaves the computer."""
REFUSED = ("socket", "connect", "bind", "listen", "accept", "accept4", "io_uring_setup")
"""System calls that fail with EPERM. io_uring would do the others without asking."""
_WATCHING = "TEXTUAL"


def leave_networks() -> None:
    """Lose for good, in this process and all that it starts, what opens a socket. Call it while there is one
    thread. Raises OSError if the kernel has no seccomp.
    """
    refuse = pyseccomp.ERRNO(errno.EPERM)
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in REFUSED:
        rules.add_rule(refuse, name)
    rules.add_rule(refuse, "socketpair", pyseccomp.Arg(0, pyseccomp.NE, AF_UNIX))
    rules.load()


def forget_watchers() -> None:
    """Forget what in the environment would make the library log keys, take pictures or load other drivers."""
    for name in [name for name in os.environ if name.startswith(_WATCHING)]:
        del os.environ[name]
