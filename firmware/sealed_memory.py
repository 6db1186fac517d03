"""Secrets that pass between services as descriptors of sealed memory (docs/decisions/0001)."""

from __future__ import annotations

import fcntl
import os

SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def seal(octets: bytes, *, name: str) -> int:
    """Return a descriptor of anonymous memory holding `octets`, which nobody can change any more.

    The caller owns the descriptor. `name` shows in /proc only; it must say nothing secret.
    """
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        written = os.pwrite(descriptor, octets, 0)
        if written != len(octets):
            raise OSError(f"sealed memory took {written} of {len(octets)} octets")
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, SEALS)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def unseal(descriptor: int, *, limit: int) -> bytes:
    """Read sealed memory of at most `limit` octets; the descriptor stays open.

    Raises ValueError if it is not sealed memory (it could change under us) or holds more than `limit`.
    """
    try:
        seals = fcntl.fcntl(descriptor, fcntl.F_GET_SEALS)
    except OSError as error:
        raise ValueError("the descriptor is not sealed memory") from error
    if seals & SEALS != SEALS:
        raise ValueError("the descriptor is not sealed memory")
    size = os.fstat(descriptor).st_size
    if size > limit:
        raise ValueError(f"sealed memory holds {size} octets, more than {limit}")
    return os.pread(descriptor, size, 0)
