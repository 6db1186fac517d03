"""Backup and restoring: a CRS as one file, and a home directory made from it.

    backup    database copied by SQLite while the server goes on -> who is registered left out -> one file
    restore   digests -> settings, certificate, schema, log chain, signatures -> 'restored' in the log -> home

There is no key of anybody's voice in a backup, as there is none on a CRS: packs are sealed to phones. It does
hold the CRS's TLS key, and who has which number: keep it as the CRS itself is kept.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from crs import backup_file, config, loading, tls
from crs.backup_file import Header
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Head, Journal, LogTampered
from crypto import certificates, revocation
from crypto.errors import PackageError

UNFINISHED = ".unfinished"
"""The end of the name of the directory in which something is made. The next attempt clears it away."""


def make(home: Path, target: Path, *, now: float) -> Header:
    """Write a backup of a CRS, running or not, to a new file for our user alone.

    Raises OperatorError: no CRS, a log that was tampered with, or a file that is there or cannot be written.
    """
    if target.exists() or target.is_symlink():
        raise OperatorError(f"{target} is already there and is not overwritten: choose another name")
    source = Database(home / FILE)
    try:
        loading.settle(home, source)
        with _unfinished(target.parent / f".{target.name}{UNFINISHED}") as directory:
            source.copy_to(directory / FILE)
            header = _tidied(directory / FILE, now)
            files = {FILE: directory / FILE}
            files |= {
                name: home / name
                for name in (tls.IDENTITY_FILE, config.FILE)
                if (home / name).exists() or name in backup_file.REQUIRED
            }
            whole = directory / "backup"
            with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                backup_file.write(file, header, files)
                file.flush()
                os.fsync(file.fileno())
            whole.rename(target)
            loading.sync_directory(target.parent)
        detail = {"entries": str(header.entries), "head": header.head.hex()}
        Journal(source).append("backed-up", detail, now)
    except OSError as error:
        raise OperatorError(
            f"{target}: {error.strerror}; no backup was made. Choose another place"
        ) from error
    finally:
        source.close()
    return header


def restore(
    source: Path,
    home: Path,
    *,
    now: float,
    log_head: str = "",
    accept: Callable[[Header], None] = lambda header: None,
) -> Header:
    """Make a home directory out of a backup. The database gets its name last: before that there is no CRS.

    `log_head` (hexadecimal): a head of the log, written down after any entry, that must be in this one.
    `accept` is asked with the header before anything is put in place, and raises OperatorError to refuse.
    Raises OperatorError if a CRS is there already, or anything in the backup is not as it should be.
    """
    loading.refuse_overwriting(home)
    made = not home.exists()
    try:
        with _opened(source) as descriptor:
            loading.make_home(home)
            with _unfinished(home / UNFINISHED) as directory:
                with os.fdopen(os.dup(descriptor), "rb") as file:
                    header = backup_file.unpack(file, os.fstat(descriptor).st_size, directory)
                accept(header)
                _check(directory, header, log_head)
                _remember(directory / FILE, header, now)
                _move(directory, home)
    except PackageError as error:
        raise OperatorError(f"{source}: {error}; nothing was changed. Use another backup") from error
    except OSError as error:
        raise OperatorError(f"{error.filename or source}: {error.strerror}; nothing was changed") from error
    finally:
        if made and home.is_dir() and not any(home.iterdir()):
            home.rmdir()
    return header


def _tidied(path: Path, now: float) -> Header:
    """Take out of a copy what is of the moment, with what was deleted long ago, and say what is left."""
    database = Database(path)
    try:
        database.remove_bindings()
        database.compact()
        domain, head = database.domain(), _head(database)
    finally:
        database.close()
    return Header(int(now), domain.name, domain.domain_key, domain.sequence, head.entries, head.chain)


def _head(database: Database) -> Head:
    try:
        return Journal(database).verify()
    except LogTampered as error:
        raise OperatorError(
            f"{error}: the log was tampered with; nothing was changed. Keep the file and tell security"
        ) from error


def _check(directory: Path, header: Header, log_head: str) -> None:
    """Hold a backup's files against each other. Raises OperatorError."""
    config.load(directory)
    try:
        database = Database(directory / FILE)
        try:
            database.check()
            domain, head = database.domain(), _head(database)
            list(Journal(database).entries())
            known = (domain.name, domain.domain_key, domain.sequence, head.entries, head.chain)
            if known != (header.domain, header.domain_key, header.sequence, header.entries, header.head):
                raise OperatorError("the backup is not what its beginning says; nothing was changed")
            if log_head and log_head.lower() not in Journal(database).heads():
                raise OperatorError(
                    "the log in this backup never had that head: it is older, or of another CRS;"
                    " nothing was changed. Use the newest backup"
                )
        finally:
            database.close()
        if revocation.parse(domain.revoked, domain.domain_key).domain != domain.name:
            raise OperatorError("the revocation list is of another domain; nothing was changed")
        tls.check_identity(directory, certificates.trust_anchor(domain.name, domain.domain_key))
    except (sqlite3.DatabaseError, ValueError) as error:
        raise OperatorError(f"the backup holds no usable CRS ({error}); nothing was changed") from error


def _remember(path: Path, header: Header, now: float) -> None:
    database = Database(path)
    try:
        made = datetime.fromtimestamp(header.made, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        detail = {"made": made, "media": str(header.sequence), "head": header.head.hex()}
        Journal(database).append("restored", detail, now)
    finally:
        database.close()


def _move(directory: Path, home: Path) -> None:
    """Give each file its place. What lies there already must be the same."""
    names = [name for name in (config.FILE, tls.IDENTITY_FILE) if (directory / name).exists()]
    for name in (config.FILE, tls.IDENTITY_FILE):
        there = home / name
        wanted = (directory / name).read_bytes() if name in names else None
        if there.is_symlink() or (there.exists() and there.read_bytes() != wanted):
            raise OperatorError(f"{there} is there already and differs; nothing was changed. Remove it first")
    for name in (*names, FILE):
        (directory / name).chmod(0o600)
        _sync(directory / name)
    for name in names:
        (directory / name).rename(home / name)
    loading.give_name(directory / FILE, home)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a regular file that is not a link; yield its descriptor."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OperatorError(f"{path}: not a regular file; nothing was changed")
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _unfinished(directory: Path) -> Iterator[Path]:
    """Make a directory for our user alone, and clear it away afterwards; also one that a power cut left."""
    if directory.is_symlink() or directory.is_file():
        directory.unlink()
    elif directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(mode=0o700)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)
