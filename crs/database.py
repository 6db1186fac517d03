"""Everything the CRS remembers, in one SQLite file (WAL). It holds no secret: no key, no voice, no PIN.

One writer at a time; every change is a transaction that is on disk when the method returns. The schema has a
version in `PRAGMA user_version`; a file of another version is refused, never guessed at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from crs.errors import OperatorError
from crs.partners import Partner
from crs.schema import SCHEMA, SCHEMA_VERSION
from crypto import cbor
from crypto.domain import from_row

FILE = "crs.sqlite3"


@dataclass(frozen=True, slots=True)
class Domain:
    """What the CRS knows of its domain, from the newest CRS media.

    `domain_key` is Ed25519, 32 octets; `certificate` is `crypto.domain.to_row`, as CBOR; `revoked` is the
    signed revocation list. Times are Unix seconds.
    """

    name: str
    organisation: str
    domain_key: bytes
    certificate: bytes
    revoked: bytes
    sequence: int
    issued: int
    loaded_at: int

    def kpak(self, month: str) -> bytes:
        """Return the KPAK (65 octets) for the signing keys of a month; before all others, the first."""
        known = from_row(cbor.decode(self.certificate, max_octets=len(self.certificate)))
        return known.kms(max(month, known.generations[0].first)).eccsi_public_key


@dataclass(frozen=True, slots=True)
class Account:
    """One card in the roster. `active`: neither the media nor an administrator of this CRS have blocked it.
    `enrolled`: its first contact has happened, or its phone came with the certificate that follows from one.

    `expires` (Unix seconds) bounds the first contact; `pvt_hash` is of the key that must sign it.
    """

    tel: str
    serial: str
    active: bool
    expires: int
    pvt_hash: bytes
    enrolled: bool = False


@dataclass(frozen=True, slots=True)
class StoredPack:
    """One sealed pack. The CRS cannot open it. `kind` 0 is a first pack, 1 a month's."""

    serial: str
    month: str
    kind: int
    octets: bytes


@dataclass(frozen=True, slots=True)
class StoredBinding:
    """Who is registered, as `crs status` shows it. The registrar's own truth is in memory, with the flows."""

    tel: str
    serial: str
    contact: str
    instance: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Block:
    """A card that an administrator of this CRS has blocked, whatever the media say, until they unblock it."""

    serial: str
    tel: str
    blocked_at: int


class SameContact(Exception):
    """A card's serial was used before, by this very request: the phone asks again."""


class SerialUsed(Exception):
    """A card's serial was used before, by another request."""


class Database:
    """The one file. Not for several threads at once."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file, or with `create` make it.

        Raises OperatorError if it is missing (or there already), or not ours.
        """
        if create == path.exists():
            hint = "remove the directory to start anew" if create else "run `crs init` first"
            raise OperatorError(f"{path} {'exists already' if create else 'does not exist'}: {hint}")
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        try:
            self._open(create)
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise OperatorError(f"{path}: {error}; restore it from a backup") from error
        except OperatorError:
            self._connection.close()
            raise

    def _open(self, create: bool) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if create:
            self.path.chmod(0o600)
            self._connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            raise OperatorError(
                f"{self.path} has schema version {version}, this program reads {SCHEMA_VERSION}:"
                " install the program that fits"
            )

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on disk at the end. Transactions do not nest."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def copy_to(self, path: Path) -> None:
        """Copy all of it as it is at one moment into a new file, while others go on writing."""
        copy = sqlite3.connect(path)
        try:
            self._connection.backup(copy)
        finally:
            copy.close()

    def compact(self) -> None:
        """Write the file anew, without what was deleted from it."""
        self._connection.execute("VACUUM")

    def check(self) -> None:
        """Look through a file that came from elsewhere. Raises OperatorError unless it is whole and has our
        schema, the triggers that guard the log included.
        """
        self._connection.execute("PRAGMA trusted_schema = OFF")
        found = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        fresh = sqlite3.connect(":memory:")
        fresh.executescript(SCHEMA)
        sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type"
        ours, theirs = fresh.execute(sql).fetchall(), self.rows(sql)
        fresh.close()
        if found != "ok" or ours != theirs:
            raise OperatorError("the database is damaged, or not one of a CRS; nothing was changed")

    @property
    def data_version(self) -> int:
        """A number that changes when another process has written to the file."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Run one reading statement."""
        return self._connection.execute(sql, values).fetchall()

    # The domain and its roster

    def domain(self) -> Domain:
        """Return the domain. Raises OperatorError if no media was ever loaded."""
        row = self._connection.execute(
            "SELECT name, organisation, domain_key, certificate, revoked, sequence, issued, loaded_at"
            " FROM domain"
        ).fetchone()
        if row is None:
            raise OperatorError(f"{self.path} holds no domain: run `crs init --media DIR`")
        return Domain(*row)

    def document(self, name: str) -> bytes | None:
        """Return what the newest media brought under a name such as 'bulletin 2026-12', None if nothing."""
        row = self._connection.execute("SELECT octets FROM documents WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def accounts(self) -> list[Account]:
        """Return every card of the roster, by number and serial."""
        rows = self._connection.execute(
            "SELECT a.tel, a.serial, a.active AND b.serial IS NULL, a.expires, a.pvt_hash,"
            " u.serial IS NOT NULL FROM accounts a LEFT JOIN used_serials u ON u.serial = a.serial"
            " LEFT JOIN blocks b ON b.serial = a.serial ORDER BY a.tel, a.serial"
        )
        return [
            Account(tel, serial, bool(active), expires, pvt_hash, bool(used))
            for tel, serial, active, expires, pvt_hash, used in rows
        ]

    def blocks(self) -> list[Block]:
        """Return what administrators of this CRS have blocked, by number and serial."""
        rows = self._connection.execute("SELECT serial, tel, blocked_at FROM blocks ORDER BY tel, serial")
        return [Block(*row) for row in rows]

    # First contact and packs

    def first_pack(self, serial: str) -> bytes | None:
        """Return the newest first pack for a serial, None if there is none."""
        return self._pack(
            "SELECT octets FROM packs WHERE serial = ? AND kind = 0 ORDER BY month DESC", serial
        )

    def next_pack(self, serial: str, after: str) -> bytes | None:
        """Return the first monthly pack for a serial after a month ('YYYY-MM'), None if there is none."""
        sql = "SELECT octets FROM packs WHERE serial = ? AND kind = 1 AND month > ? ORDER BY month"
        return self._pack(sql, serial, after)

    def _pack(self, sql: str, *values: str) -> bytes | None:
        row = self._connection.execute(sql + " LIMIT 1", values).fetchone()
        return None if row is None else bytes(row[0])

    # Partners

    def partners(self) -> list[Partner]:
        """Return the partners of the newest media, by name."""
        sql = "SELECT domain, domain_key, address, prefixes FROM partners ORDER BY domain"
        return [
            Partner(domain, key, address, tuple(prefixes.split()))
            for domain, key, address, prefixes in self._connection.execute(sql)
        ]

    def store_link(self, partner: str, since: int) -> None:
        """A partner's CRS can be reached."""
        with self.transaction() as connection:
            connection.execute("REPLACE INTO links (partner, since) VALUES (?, ?)", (partner, since))

    def remove_link(self, partner: str) -> None:
        with self.transaction() as connection:
            connection.execute("DELETE FROM links WHERE partner = ?", (partner,))

    def links(self) -> dict[str, int]:
        """Return since when (Unix seconds) each partner's CRS has been reached that can be now."""
        return dict(self._connection.execute("SELECT partner, since FROM links").fetchall())

    # Who is registered

    def store_binding(self, binding: StoredBinding) -> None:
        with self.transaction() as connection:
            connection.execute(
                "REPLACE INTO bindings (tel, serial, contact, instance, expires_at) VALUES (?, ?, ?, ?, ?)",
                (binding.tel, binding.serial, binding.contact, binding.instance, binding.expires_at),
            )

    def remove_binding(self, tel: str) -> None:
        with self.transaction() as connection:
            connection.execute("DELETE FROM bindings WHERE tel = ?", (tel,))

    def remove_bindings(self) -> None:
        """Forget all bindings and links: at start no flow is left (RFC 5626 §6)."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM bindings")
            connection.execute("DELETE FROM links")

    def bindings(self) -> list[StoredBinding]:
        rows = self._connection.execute(
            "SELECT tel, serial, contact, instance, expires_at FROM bindings ORDER BY tel"
        )
        return [StoredBinding(*row) for row in rows]


def put_media(
    connection: sqlite3.Connection,
    domain: Domain,
    accounts: Iterable[Account],
    packs: Iterable[StoredPack],
    documents: Mapping[str, bytes],
    partners: Iterable[Partner],
) -> None:
    """Put a new roster and new partners in place of the old ones and add packs and documents, within a
    transaction.

    Packs and documents of other months stay: a phone that was away opens its packs in their order.
    """
    connection.execute(
        "REPLACE INTO domain"
        " (id, name, organisation, domain_key, certificate, revoked, sequence, issued, loaded_at)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        astuple(domain),
    )
    connection.execute("DELETE FROM accounts")
    connection.executemany(
        "INSERT INTO accounts (serial, tel, active, expires, pvt_hash) VALUES (?, ?, ?, ?, ?)",
        [(card.serial, card.tel, card.active, card.expires, card.pvt_hash) for card in accounts],
    )
    put_partners(connection, partners)
    connection.executemany(
        "REPLACE INTO packs (serial, month, kind, octets) VALUES (?, ?, ?, ?)",
        [astuple(pack) for pack in packs],
    )
    connection.executemany("REPLACE INTO documents (name, octets) VALUES (?, ?)", list(documents.items()))


def put_partners(connection: sqlite3.Connection, partners: Iterable[Partner]) -> None:
    """Put new partners in place of the old ones, within a transaction."""
    connection.execute("DELETE FROM partners")
    connection.executemany(
        "INSERT INTO partners (domain, domain_key, address, prefixes) VALUES (?, ?, ?, ?)",
        [(one.domain, one.domain_key, one.address, " ".join(one.prefixes)) for one in partners],
    )


def forget_domain(connection: sqlite3.Connection) -> None:
    """Forget all but the log and the domain itself, within a transaction: another one takes its place."""
    for table in (
        "accounts",
        "used_serials",
        "blocks",
        "packs",
        "documents",
        "bindings",
        "partners",
        "links",
    ):
        connection.execute(f"DELETE FROM {table}")


def put_serial(
    connection: sqlite3.Connection, *, serial: str, tel: str, nonce_hash: bytes, now: float
) -> None:
    """Mark a serial as used, within a transaction that is open. Raises SameContact or SerialUsed."""
    row = connection.execute("SELECT nonce_hash FROM used_serials WHERE serial = ?", (serial,)).fetchone()
    if row is not None:
        raise SameContact if row[0] == nonce_hash else SerialUsed
    connection.execute(
        "INSERT INTO used_serials (serial, tel, nonce_hash, used_at) VALUES (?, ?, ?, ?)",
        (serial, tel, nonce_hash, int(now)),
    )


def put_known_serial(connection: sqlite3.Connection, *, serial: str, tel: str, now: float) -> None:
    """Mark a serial as used whose first contact is not remembered here: no nonce will ever fit it."""
    connection.execute(
        "INSERT OR IGNORE INTO used_serials (serial, tel, nonce_hash, used_at) VALUES (?, ?, ?, ?)",
        (serial, tel, b"", int(now)),
    )
