"""A device secret in a file: what a board has that cannot be written into once and for all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

DEVICE_SECRET_OCTETS = 32


def stored_secret(path: Path) -> bytes:
    """Return the 32 octets in `path`, made if there are none. Raises ValueError if the file is damaged."""
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        secret = _create_once(path, os.urandom(DEVICE_SECRET_OCTETS))
    if len(secret) != DEVICE_SECRET_OCTETS:
        raise ValueError(f"{path} must hold {DEVICE_SECRET_OCTETS} octets; no vault opens without it")
    return secret


def given_secret() -> bytes | None:
    """Return the secret that the service manager hands to this process alone, or None if it does not.

    Raises ValueError if it is damaged.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder is None:
        return None
    secret = Path(folder, "device-secret").read_bytes()
    if len(secret) != DEVICE_SECRET_OCTETS:
        raise ValueError(f"the device secret must have {DEVICE_SECRET_OCTETS} octets")
    return secret


def _create_once(path: Path, octets: bytes) -> bytes:
    """Write a file of mode 0600 that was not there, all or nothing; return what is there afterwards."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        try:
            os.write(descriptor, octets)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(draft, path)  # unlike a rename, this loses against another process that was quicker
        except FileExistsError:
            return path.read_bytes()
        except OSError as error:
            # FAT has no links; whoever makes a secret there is alone.
            if error.errno not in (errno.EPERM, errno.EOPNOTSUPP):
                raise
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return octets
