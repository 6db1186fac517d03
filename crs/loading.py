"""Taking CRS media in: the first ones make a CRS, newer ones renew its roster, packs and TLS certificate."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from crs import review, tls
from crs.database import FILE, Account, Database, Domain, StoredPack, forget_domain, put_media
from crs.errors import OperatorError
from crs.journal import Journal
from crs.partners import Partner
from crs.tls import IDENTITY_FILE
from crypto import cbor, certificates, pack
from crypto.crs_media import CardState, CRSMedia
from crypto.domain import to_row
from crypto.fingerprint import fingerprint
from crypto.pack import PackKind

LEFT_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: changes that are not in it yet, or not out of it."""

RECOVERED = "domain-recovered"
"""Another domain key took the place of the one before it."""


def begin(home: Path, media: CRSMedia, *, now: float) -> None:
    """Make a CRS out of its first media. Raises OperatorError if there is one already.

    The database gets its name last: until then there is no CRS, afterwards it is whole.
    """
    refuse_overwriting(home)
    unfinished = home / f".{FILE}.new"
    try:
        make_home(home)
        unfinished.unlink(missing_ok=True)
        write_secret(home / IDENTITY_FILE, _tls_identity(media))
        database = Database(unfinished, create=True)
        try:
            _store(database, media, now)
        finally:
            database.close()
        give_name(unfinished, home)
    except OSError as error:
        raise OperatorError(f"{home}: {error.strerror}; choose a directory that can be written") from error


def make_home(home: Path) -> None:
    """Make a home directory for our user alone, so that it is there after a power cut. Raises OSError."""
    missing = [home, *(one for one in home.parents if not one.exists())] if not home.exists() else []
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in reversed(missing):
        sync_directory(made.parent)


def give_name(database: Path, home: Path) -> None:
    """Give a database that is whole and on disk its name in a home that has none: now there is a CRS.

    What a database that is gone has left beside that name would be played into this one, and is removed
    first. Raises OSError.
    """
    for end in LEFT_BESIDE:
        (home / f"{FILE}{end}").unlink(missing_ok=True)
    sync_directory(home)
    database.rename(home / FILE)
    sync_directory(home)


def refuse_overwriting(home: Path) -> None:
    """Raise OperatorError if a CRS lives here already."""
    if (home / FILE).exists():
        raise OperatorError(
            f"{home} holds a CRS already and is not overwritten: use `crs load` for newer media,"
            " or another --home"
        )


def renew(home: Path, database: Database, media: CRSMedia, *, now: float) -> None:
    """Load newer media of the same domain. Raises OperatorError for older ones and for another domain's, and
    for a month's keys before the log was reviewed.
    """
    known = database.domain()
    if (media.domain, media.own.domain_key) != (known.name, known.domain_key):
        raise OperatorError(
            f"these media are of {media.domain}, this CRS serves {known.name}; nothing was changed"
        )
    if media.sequence <= known.sequence:
        raise OperatorError(
            f"these media are number {media.sequence}, number {known.sequence} is loaded already;"
            " nothing was changed. Ask the CMS operator for newer ones"
        )
    review.require(database, _months(media), now=now)
    try:
        write_secret(home / IDENTITY_FILE, _tls_identity(media))
    except OSError as error:
        raise OperatorError(f"{home}: {error.strerror}; nothing was changed") from error
    _store(database, media, now)


def recover(home: Path, database: Database, media: CRSMedia, *, now: float) -> None:
    """Put a domain with new keys in the place of the one of the same name, whose CMS was compromised.

    Roster, packs, bulletins, blocks, used cards and bindings of the old one go; the log goes on. No server
    may run here meanwhile. Raises OperatorError for another domain's media, and for those `renew` is for.
    """
    known = database.domain()
    if media.domain != known.name:
        raise OperatorError(
            f"these media are of {media.domain}, this CRS serves {known.name}; nothing was changed."
            " Another domain has a CRS of its own: crs init --home DIR"
        )
    if media.own.domain_key == known.domain_key:
        raise OperatorError(
            "these media have the domain key that this CRS knows; nothing was changed. Use  crs load"
        )
    review.require(database, _months(media), now=now)
    try:
        write_secret(home / tls.NEXT_IDENTITY_FILE, _tls_identity(media))
    except OSError as error:
        raise OperatorError(f"{home}: {error.strerror}; nothing was changed") from error
    _store(database, media, now, instead_of=known)
    settle(home, database)


def settle(home: Path, database: Database) -> None:
    """Finish what a power cut may have interrupted: the TLS identity follows the domain in the database."""
    waiting = home / tls.NEXT_IDENTITY_FILE
    if not waiting.exists():
        return
    domain = database.domain()
    if tls.is_identity_of(waiting, certificates.trust_anchor(domain.name, domain.domain_key)):
        waiting.rename(home / IDENTITY_FILE)
    else:
        waiting.unlink()
    sync_directory(home)


def _months(media: CRSMedia) -> set[str]:
    """The months that these media bring keys for."""
    addresses = (pack.address(octets, media.own.domain_key) for octets in media.packs)
    return {where.month for where in addresses if where.kind is PackKind.MONTHLY}


def _store(database: Database, media: CRSMedia, now: float, *, instead_of: Domain | None = None) -> None:
    domain = Domain(
        name=media.domain,
        organisation=media.organisation,
        domain_key=media.own.domain_key,
        certificate=cbor.encode(to_row(media.own)),
        revoked=media.revoked_octets,
        sequence=media.sequence,
        issued=media.issued,
        loaded_at=int(now),
    )
    accounts = [
        Account(
            tel=entry.tel,
            serial=str(entry.serial),
            active=entry.state is CardState.ACTIVE and entry.serial not in media.blocked,
            expires=entry.expires,
            pvt_hash=entry.pvt_hash,
        )
        for entry in media.roster
    ]
    packs = []
    for octets in media.packs:
        where = pack.address(octets, media.own.domain_key)
        packs.append(StoredPack(str(where.serial), where.month, int(where.kind), octets))
    documents = {f"bulletin {month}": octets for month, octets in media.bulletins.items()}
    documents |= {f"issuance {month}": octets for month, octets in media.issuance.items()}
    detail = {
        "sequence": str(media.sequence),
        "domain key": fingerprint(media.own.domain_key),
        "cards": str(len(accounts)),
        "packs": str(len(packs)),
        "blocked": str(sum(not account.active for account in accounts)),
    }
    if media.partners:
        detail["partners"] = " ".join(known.name for known in media.partners)
    event = "media-loaded"
    if instead_of is not None:
        event = RECOVERED
        detail["instead of"] = fingerprint(instead_of.domain_key)

    partners = [
        Partner(known.name, known.domain.domain_key, known.crs, known.prefixes) for known in media.partners
    ]

    def change(connection: sqlite3.Connection) -> None:
        if instead_of is not None:
            forget_domain(connection)
        put_media(connection, domain, accounts, packs, documents, partners)

    Journal(database).append(event, detail, now, also=change)


def _tls_identity(media: CRSMedia) -> bytes:
    return media.tls_certificate.encode() + b"\n" + media.tls_key.expose()


def write_secret(path: Path, octets: bytes) -> None:
    """Write a file for our user alone: the old content or the new, whatever happens."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make the names in a directory survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
