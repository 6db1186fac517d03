"""What sound threads and the vault ask of the system: to be run at once, and to stay in memory."""

from __future__ import annotations

import ctypes
import os
import resource

PRIORITY = 20
"""SCHED_FIFO, where we may: below the kernel's own audio threads, above everything else."""
MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT = 1, 2, 4
STACK_OCTETS = 1 << 20
"""Of a thread: what is locked in memory should not be empty."""


def run_in_real_time() -> bool:
    """Give the calling thread SCHED_FIFO. Returns False where that is not allowed."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    except PermissionError:
        return False
    return True


def stay_in_memory() -> bool:
    """Keep every page of this process in memory, where the system lets us lock all we may ever need.

    A page is locked when it is first touched (mlockall(2), MCL_ONFAULT): what was never used weighs nothing.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if hard != resource.RLIM_INFINITY:
        # A lock that covers the present but not the future would turn a later allocation into a crash.
        return False
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return bool(ctypes.CDLL(None).mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0)
