"""The store: one file, replaced whole, with the generation before it kept beside it.

DIR/store           who opens it, in clear; then the database, sealed (cms.store_file)
DIR/store.previous  the same, one command earlier
DIR/lock            held while a command runs
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag

from cms import audit, database, master_words, slots, store_file
from cms.audit import Act, Entry, Fault, Mark
from cms.database import Database, Policy
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.files import locked, replace_keeping_previous, replace_overwriting, sync_folder
from cms.slots import Actor, Head
from cms.store_renewal import Renewal
from crypto import sealing
from crypto.errors import PackageError
from crypto.secret import Secret

__all__ = ["COST", "OPERATOR", "Key", "Store", "create", "exists", "head_of", "open_store"]

OPERATOR = "operator"
"""Who made the store, unless another name was given."""
COST = sealing.DEFAULT_COST
_BACK = "copy store.previous (one command earlier) over store and try again"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens a store: an operator's name and passphrase, a second operator's, shares by name."""

    operator: str
    passphrase: str
    second: tuple[str, str] | None = None
    shares: Sequence[tuple[str, str]] = ()


class Store:
    """A store that is open and locked. `domain` is what it holds; `save` replaces it."""

    def __init__(
        self,
        folder: Path,
        head: Head,
        data_key: Secret,
        opened: Database,
        *,
        actors: tuple[Actor, Actor | None],
        action: str,
        clock: Callable[[], int],
    ) -> None:
        self._folder = folder
        self._head = head
        self._data_key = data_key
        self._database = opened
        self._actors = actors
        self._action = action
        self._clock = clock
        self._keeps = True
        self._mark = audit.mark(opened.content.entries)

    @property
    def domain(self) -> Domain:
        """What the store holds."""
        return self._database.content.domain

    @property
    def policy(self) -> Policy:
        """What the operators have agreed on."""
        return self._database.content.policy

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The log."""
        return self._database.content.entries

    @property
    def mark(self) -> Mark:
        """The head of the log as the file holds it: not of an entry that could not be written."""
        return self._mark

    @property
    def head(self) -> Head:
        """Who opens the store."""
        return self._head

    @property
    def data_key(self) -> Secret:
        """What the image is sealed under, for those who join."""
        return self._data_key

    @property
    def actors(self) -> tuple[Actor, Actor | None]:
        """The operator whose command this is, and the second one beside them."""
        return self._actors

    @property
    def acting(self) -> Actor:
        """The operator whose command this is."""
        return self._actors[0]

    @property
    def second(self) -> Actor | None:
        """The operator who stands beside them, if there is one."""
        return self._actors[1]

    @property
    def sound(self) -> bool:
        """Whether the file holds what we hold: not after a save that failed. Then open the store anew."""
        return self._mark == audit.mark(self.entries)

    @contextmanager
    def doing(self, action: str, second: Actor | None) -> Iterator[None]:
        """Do another command with the open store, with another second operator, or none."""
        before = self._action, self._actors
        actors = self.acting, second
        self._action, self._actors = action, actors
        try:
            yield
        finally:
            self._action = before[0]
            # A store that began anew meanwhile knows nobody of before.
            if self._actors is actors:
                self._actors = before[1]

    def image(self) -> bytes:
        """Return the database as the file holds it, not sealed: secret."""
        return self._database.image()

    def log_fault(self) -> Fault | None:
        """Return the first fault of the log, None if there is none."""
        return self._database.log_fault()

    def save(
        self,
        domain: Domain,
        *,
        policy: Policy | None = None,
        act: Act | None = None,
        beside: Callable[[bytes], None] = lambda octets: None,
    ) -> None:
        """Replace what the store holds and enter in the log what changed, by `act` or in our own words.

        If master secrets were destroyed, the file that held them is overwritten, and the log names the
        backups that still do. `beside` gets the octets of the new file before it takes the place of the old
        one. Raises OperatorMistake if the disk refuses; the old content stays, and the store is to be opened
        anew.
        """
        if act is None:
            act = self.act(database.summary(self.domain, domain) or "nothing changed")
        left = master_words.told(self.entries, self.domain, domain)
        if left:
            act = replace(act, details=f"{act.details}; {left}")
        entry = audit.entered(self.entries, act, *self._actors)
        self._database.write(domain, policy or self.policy, entry, self._head.slots)
        self._write(beside, overwriting=bool(left))

    def act(self, details: str, *, joined: str = "", joined_key: bytes = b"", left: str = "") -> Act:
        """Return what this command enters in the log."""
        return Act(self._action, details, self._clock(), joined, joined_key, left)

    def rekey(self, head: Head, data_key: Secret, act: Act) -> None:
        """Let others open the store from here on. If the data key is new, no generation before it is kept."""
        if data_key != self._data_key:
            self._drop_previous()
        self._head, self._data_key = head, data_key
        self.save(self.domain, act=act)

    def begin_anew(self, domain: Domain, renewal: Renewal) -> None:
        """Hold other secrets, opened by other keys; no generation before this one is kept, and no backup made
        before can take its place. Raises OperatorMistake as `save` does.
        """
        for act, by, second in renewal.entries:
            entry = audit.entered(self.entries, act, by, second)
            self._database.write(domain, self.policy, entry, renewal.head.slots)
        self._head, self._data_key, self._actors = renewal.head, renewal.data_key, renewal.actors
        self._drop_previous()
        self._write()

    def octets(self) -> bytes:
        """Return the store's file as it is: sealed."""
        return store_file.read(self._folder / "store")

    def _drop_previous(self) -> None:
        (self._folder / "store.previous").unlink(missing_ok=True)
        sync_folder(self._folder)
        self._keeps = False

    def _write(
        self, beside: Callable[[bytes], None] = lambda octets: None, *, overwriting: bool = False
    ) -> None:
        head = replace(self._head, generation=self._head.generation + 1, salt=secrets.token_bytes(32))
        octets = store_file.seal(head, self._data_key, self._database.image())
        beside(octets)
        path, previous = self._folder / "store", self._folder / "store.previous"
        try:
            if overwriting:
                replace_overwriting(path, octets, previous)
            else:
                replace_keeping_previous(path, octets, previous if self._keeps else None)
        except OSError as error:
            raise OperatorMistake(
                f"the store cannot be written ({error.strerror}): nothing was changed; "
                f"check the disk of {self._folder} and try again"
            ) from error
        self._head, self._keeps = head, True
        self._mark = audit.mark(self.entries)


def now() -> int:
    """Return the time, in Unix seconds."""
    return int(time.time())


def exists(folder: Path) -> bool:
    """Whether there is a store in a folder."""
    return (folder / "store").exists()


@contextmanager
def create(
    folder: Path,
    passphrase: str,
    domain: Domain,
    *,
    operator: str = OPERATOR,
    action: str = "create",
    clock: Callable[[], int] = now,
) -> Iterator[Store]:
    """Make a new store and keep it open. Raises OperatorMistake if there is one already."""
    slots.check_passphrase(passphrase)
    make_folder(folder)
    store_id, data_key = secrets.token_bytes(16), Secret(secrets.token_bytes(32))
    slot, actor = slots.new_operator(
        operator, passphrase, store_id=store_id, data_key=data_key, now=clock(), cost=COST
    )
    head = Head(store_id, 0, bytes(32), (slot,))
    with locked(folder / "lock"):
        if exists(folder):
            raise OperatorMistake(f"{folder} holds a domain already: choose another --store for a second one")
        with closing(Database()) as opened:
            first = Act(action, f"the domain {domain.name}", clock(), operator, slot.signing_key)
            entry = audit.entered((), first, actor, None)
            opened.write(domain, Policy(), entry, head.slots)
            made = Store(
                folder,
                head,
                data_key,
                opened,
                actors=(actor, None),
                action=action,
                clock=clock,
            )
            made._write()
            yield made


@contextmanager
def open_store(
    folder: Path,
    passphrase: str,
    *,
    operator: str = OPERATOR,
    second: tuple[str, str] | None = None,
    shares: Sequence[tuple[str, str]] = (),
    action: str = "open",
    clock: Callable[[], int] = now,
) -> Iterator[Store]:
    """Open a store and hold its lock. `second` is a second operator's name and passphrase, `shares` those
    of custodians with a name for each. `action` is what the log will call what is done.

    Raises OperatorMistake if it is not there, in use, or does not open.
    """
    if not exists(folder):
        raise OperatorMistake(
            f"there is no domain in {folder}: name its folder with --store, or run  cms init"
        )
    key = Key(operator, passphrase, second, shares)
    with locked(folder / "lock"):
        octets = store_file.read(folder / "store")
        with opened(octets, folder, key, action=action, clock=clock, hint=_BACK) as held:
            yield held


@contextmanager
def opened(
    octets: bytes, folder: Path, key: Key, *, action: str, clock: Callable[[], int], hint: str
) -> Iterator[Store]:
    """Open the octets of a store; what is saved goes to `folder`. Raises OperatorMistake, with a hint."""
    head, covered = store_file.parse(octets, hint)
    actor = slots.log_in(head, key.operator, key.passphrase)
    second = None
    if key.second is not None:
        second = slots.log_in_second(head, key.operator, *key.second)
    try:
        data_key = slots.data_key(head, actor, key.shares)
        image = store_file.unseal(head, data_key, octets, covered)
    except (PackageError, InvalidTag) as error:
        raise OperatorMistake(f"the store was changed since it was written: {hint}") from error
    with closing(Database(image)) as database_:
        yield Store(folder, head, data_key, database_, actors=(actor, second), action=action, clock=clock)


def head_of(folder: Path) -> Head:
    """Return the clear head of a store, not yet authenticated. Raises OperatorMistake."""
    return store_file.parse(store_file.read(folder / "store"), _BACK)[0]


def make_folder(folder: Path) -> None:
    """Make the folder of a store. Raises OperatorMistake."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorMistake(
            f"{folder} cannot be made ({error.strerror}): choose another --store"
        ) from error
