"""What is inside the store: a database in memory, written as a difference in one transaction.

meta       what there is one of: the facts of the domain, the policy, the head of the log
secrets    the domain key and the TLS key of the CRS
generations  the master secrets, by the first month that they serve
partners   their certificates
users      people            cards, months   what was issued to them
openings   months opened for a case
operators  who signs         audit           what they did

Nothing of it touches a disk but its image, sealed: temporary tables are in memory too.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from cms import audit, masters, tables
from cms.audit import Entry
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.generations import MasterGeneration
from cms.partner_record import KnownPartner
from cms.records import IssuedCard, IssuedMonth, IssuedOpening, MasterSecrets, User
from cms.slots import Slot
from cms.tables import Table
from crypto.policy import DomainPolicy
from crypto.secret import Secret
from crypto.serials import serial_text

VERSION = 7
_APPLICATION = 0x53564D53
_LISTS = ("users", "cards", "secrets", "policy", "generations", "openings", "partners")
_FACTS = tables.columns(Domain, leaving_out=_LISTS)
_AGREED = tables.columns(DomainPolicy)
_USERS = Table("users", tables.columns(User), ("tel",))
_CARDS = Table("cards", tables.columns(IssuedCard, leaving_out=("months",)), ("serial",))
_MONTHS = Table("months", tables.columns(IssuedMonth), ("serial", "month"), (tables.column("serial", int),))
_PARTNERS = Table("partners", tables.columns(KnownPartner), ("name",))
_OPENINGS = Table("openings", tables.columns(IssuedOpening), ("order",))
_GENERATIONS = Table("generations", tables.columns(MasterGeneration), ("first",))
_AUDIT = Table("audit", tables.columns(Entry), ("number",))
_SECRETS = tuple(one.name for one in fields(MasterSecrets))
_POLICY = "two_person"
_HEAD = ("log_count", "log_hash")
_AT_MOST_NAMED = 8
_TOLD = ("changed", "exported")
"""Facts that the log tells otherwise: by having an entry, and by its time."""
_Rows = Mapping[tuple[object, ...], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operators have agreed on. `two_person`: the gravest commands need two of them."""

    two_person: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a store holds."""

    domain: Domain
    policy: Policy
    entries: tuple[Entry, ...]


class Database:
    """The database, open. `content` is what it holds; `write` changes both. Close it after use."""

    def __init__(self, image: bytes | None = None) -> None:
        """Make an empty one, or open an image. Raises OperatorMistake for one that we cannot have written."""
        # One command at a time uses it, but a long one runs in a thread of its own.
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._content: Content | None = None
        try:
            if image == b"":
                raise ValueError("no database at all")
            if image is not None:
                self._connection.deserialize(image)
            self._pragmas()
            if image is None:
                self._create()
            else:
                self._content = self._read()
        except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
            self.close()
            raise OperatorMistake(
                "the store opens, but its content cannot be read: use the CMS that wrote it"
            ) from error

    @property
    def content(self) -> Content:
        assert self._content is not None
        return self._content

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def image(self) -> bytes:
        """Return the database as a file would hold it: secret."""
        return self._connection.serialize()

    def write(self, domain: Domain, policy: Policy, entry: Entry, slots: Sequence[Slot]) -> None:
        """Write what is different and one entry of the log, or nothing."""
        old = self._content
        entries = (*(old.entries if old else ()), entry)
        run = self._connection
        run.execute("BEGIN")
        try:
            self._write_meta(domain, policy, entry)
            before = old.domain if old else None
            self._difference(_USERS, _users(before), _users(domain))
            self._difference(_PARTNERS, _partners(before), _partners(domain))
            self._difference(_GENERATIONS, _generations(before), _generations(domain))
            self._difference(_CARDS, *_changed_cards(before, domain))
            self._difference(_MONTHS, *_changed_months(before, domain))
            self._difference(_OPENINGS, _openings(before), _openings(domain))
            run.execute("DELETE FROM operators")
            rows = [(slot.name, slot.added, slot.signing_key) for slot in slots]
            run.executemany("INSERT INTO operators VALUES (?, ?, ?)", rows)
            run.execute(_AUDIT.insert(), _AUDIT.row(entry))
            run.execute("COMMIT")
        except BaseException:
            run.execute("ROLLBACK")
            raise
        if masters.destroyed(before, domain):
            # Deleted content is overwritten in its place; what pages were once filled with goes only so.
            run.execute("VACUUM")
        self._content = Content(domain, policy, entries)

    def _pragmas(self) -> None:
        for pragma in ("temp_store = MEMORY", "secure_delete = ON", "trusted_schema = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")

    def _create(self) -> None:
        run = self._connection
        run.execute(f"PRAGMA application_id = {_APPLICATION}")
        run.execute(f"PRAGMA user_version = {VERSION}")
        run.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT")
        run.execute("CREATE TABLE secrets (name TEXT PRIMARY KEY, octets BLOB NOT NULL) STRICT")
        run.execute(
            "CREATE TABLE operators "
            "(name TEXT PRIMARY KEY, added INTEGER NOT NULL, signing_key BLOB NOT NULL) STRICT"
        )
        for table in (_USERS, _CARDS, _MONTHS, _OPENINGS, _GENERATIONS, _PARTNERS, _AUDIT):
            run.execute(table.create())

    def _read(self) -> Content:
        run = self._connection
        [[application]], [[version]] = (
            run.execute("PRAGMA application_id"),
            run.execute("PRAGMA user_version"),
        )
        if (application, version) != (_APPLICATION, VERSION):
            raise ValueError("another application or version")
        months: dict[int, list[IssuedMonth]] = defaultdict(list)
        for row in run.execute(_MONTHS.select()):
            months[row[0]].append(IssuedMonth(**_MONTHS.values(row)))
        serial = _CARDS.names.index("serial")
        meta = dict(run.execute("SELECT name, value FROM meta"))
        master = dict(run.execute("SELECT name, octets FROM secrets"))
        domain = Domain(
            **{fact.name: fact.load(meta[fact.name]) for fact in _FACTS},
            secrets=MasterSecrets(**{name: Secret(octets) for name, octets in master.items()}),
            users=tuple(
                sorted((User(**_USERS.values(row)) for row in run.execute(_USERS.select())), key=_tel)
            ),
            generations=tuple(
                sorted(
                    (
                        MasterGeneration(**_GENERATIONS.values(row))
                        for row in run.execute(_GENERATIONS.select())
                    ),
                    key=_first,
                )
            ),
            cards=tuple(
                IssuedCard(**_CARDS.values(row), months=tuple(months[row[serial]]))
                for row in run.execute(_CARDS.select())
            ),
            openings=tuple(IssuedOpening(**_OPENINGS.values(row)) for row in run.execute(_OPENINGS.select())),
            partners=tuple(
                sorted(
                    (KnownPartner(**_PARTNERS.values(row)) for row in run.execute(_PARTNERS.select())),
                    key=_name,
                )
            ),
            # What was not agreed on when the store was written is as in a new domain.
            policy=DomainPolicy(
                **{one.name: one.load(meta[one.name]) for one in _AGREED if one.name in meta}
            ),
        )
        if not domain.generations:
            raise ValueError("no master secrets")
        entries = tuple(Entry(**_AUDIT.values(row)) for row in run.execute(_AUDIT.select()))
        return Content(domain, Policy(bool(meta[_POLICY])), entries)

    def log_fault(self) -> audit.Fault | None:
        """Look for a fault of the log: in the chain, at its end, and in who may sign."""
        entries = self.content.entries
        meta = dict(self._connection.execute("SELECT name, value FROM meta"))
        head = audit.Mark(meta[_HEAD[0]], meta[_HEAD[1]])
        fault = audit.find_fault(entries, head=head)
        if fault is None and len(entries) > head.count:
            fault = audit.Fault(head.count + 1, "was added behind the end of the log")
        rows = self._connection.execute("SELECT name, signing_key FROM operators")
        if fault is None and dict(rows) != dict(audit.signers(entries)):
            fault = audit.Fault(len(entries), "is the last, but the operators are not those it tells of")
        return fault

    def _write_meta(self, domain: Domain, policy: Policy, entry: Entry) -> None:
        facts: dict[str, object] = {fact.name: fact.store(getattr(domain, fact.name)) for fact in _FACTS}
        facts |= {one.name: one.store(getattr(domain.policy, one.name)) for one in _AGREED}
        facts[_POLICY] = int(policy.two_person)
        facts |= dict(zip(_HEAD, (entry.number, entry.hash), strict=True))
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())
        master = [(name, getattr(domain.secrets, name).expose()) for name in _SECRETS]
        self._connection.executemany("INSERT OR REPLACE INTO secrets VALUES (?, ?)", master)

    def _difference(self, table: Table, old: _Rows, new: _Rows) -> None:
        run = self._connection
        run.executemany(table.delete(), [key for key in old if key not in new])
        run.executemany(
            table.update(), [(*row, *key) for key, row in new.items() if key in old and old[key] != row]
        )
        run.executemany(table.insert(), [row for key, row in new.items() if key not in old])


def summary(before: Domain, after: Domain) -> str:
    """Return what changed from one domain to the next, in the words of the log: no secret."""
    parts = [
        *_named(
            "user", [(user.tel, user) for user in before.users], [(user.tel, user) for user in after.users]
        ),
        *_named(
            "card",
            [(serial_text(one.serial), one) for one in before.cards],
            [(serial_text(one.serial), one) for one in after.cards],
        ),
    ]
    for fact in _FACTS:
        was, now = getattr(before, fact.name), getattr(after, fact.name)
        if was != now and fact.name not in _TOLD and not isinstance(now, bytes):
            parts.append(f"{fact.name} = {now}")
    if before.policy != after.policy:
        parts.append("new policy")
    made = {one.first for one in before.generations}
    parts += [
        f"master secrets made, from {one.first} on" for one in after.generations if one.first not in made
    ]
    parts += [f"master secrets destroyed, from {one.first} on" for one in masters.destroyed(before, after)]
    if before.secrets.domain != after.secrets.domain:
        parts.append("new domain key")
    if before.secrets.crs_tls != after.secrets.crs_tls:
        parts.append("new TLS key of the CRS")
    return "; ".join(parts)


def _named(what: str, old: Sequence[tuple[str, Any]], new: Sequence[tuple[str, Any]]) -> Iterable[str]:
    was, now = dict(old), dict(new)
    changes = {
        "added": [key for key in now if key not in was],
        "changed": [key for key in now if key in was and was[key] is not now[key]],
        "removed": [key for key in was if key not in now],
    }
    for verb, keys in changes.items():
        if keys:
            more = f" and {len(keys) - _AT_MOST_NAMED} more" if len(keys) > _AT_MOST_NAMED else ""
            yield f"{what} {verb}: {', '.join(keys[:_AT_MOST_NAMED])}{more}"


def _name(partner: KnownPartner) -> str:
    return partner.name


def _partners(domain: Domain | None) -> _Rows:
    return {} if domain is None else {(one.name,): _PARTNERS.row(one) for one in domain.partners}


def _first(generation: MasterGeneration) -> str:
    return generation.first


def _generations(domain: Domain | None) -> _Rows:
    if domain is None:
        return {}
    return {(one.first,): _GENERATIONS.row(one) for one in domain.generations}


def _tel(user: User) -> str:
    return user.tel


def _users(domain: Domain | None) -> _Rows:
    return {} if domain is None else {(user.tel,): _USERS.row(user) for user in domain.users}


def _openings(domain: Domain | None) -> _Rows:
    return {} if domain is None else {(one.order,): _OPENINGS.row(one) for one in domain.openings}


def _pairs(before: Domain | None, after: Domain) -> tuple[list[IssuedCard], list[IssuedCard]]:
    """The cards that are not the same object before and after."""
    old = {id(card) for card in before.cards} if before else set()
    new = {id(card) for card in after.cards}
    was = [card for card in before.cards if id(card) not in new] if before else []
    return was, [card for card in after.cards if id(card) not in old]


def _changed_cards(before: Domain | None, after: Domain) -> tuple[_Rows, _Rows]:
    def rows(cards: Iterable[IssuedCard]) -> _Rows:
        serial = _CARDS.names.index("serial")
        return {(row[serial],): row for row in map(_CARDS.row, cards)}

    was, now = _pairs(before, after)
    return rows(was), rows(now)


def _changed_months(before: Domain | None, after: Domain) -> tuple[_Rows, _Rows]:
    month = _MONTHS.names.index("month")

    def rows(cards: Iterable[IssuedCard]) -> _Rows:
        made = [_MONTHS.row(one, card.serial) for card in cards for one in card.months]
        return {(row[0], row[month]): row for row in made}

    was, now = _pairs(before, after)
    return rows(was), rows(now)
