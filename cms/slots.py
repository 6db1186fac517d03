"""Who opens the store: the clear head of its file, and what each operator or the custodians get from it.

An operator has a seed, sealed under their passphrase (Argon2id). From it follow the key they sign the log
with (Ed25519) and the key that the store's data key is sealed to (X25519). While custodians hold the store,
the data key is sealed to a key that only their shares give, and to no operator.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cms import shares
from cms.errors import OperatorMistake
from crypto import cbor, fields, sealing, signed
from crypto.errors import PackageError
from crypto.sealing import Cost
from crypto.secret import Secret

MIN_PASSPHRASE = 12
MAX_OPERATORS = 64
_MAX_NAME_OCTETS = 40
_VERSION = 1
_MAX_OCTETS = 64 * 1024
_FIELDS = {1: int, 2: bytes, 3: int, 4: bytes, 5: list, 6: list}
_SLOT = (str, int, bytes, bytes, bytes, bytes)
_CUSTODY = (int, list, bytes, bytes)


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """One operator. `data_key` is empty while custodians hold the store."""

    name: str
    added: int
    seed: bytes
    signing_key: bytes
    opening_key: bytes
    data_key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Custody:
    """The custodians: how many of them open the store, and how each one's share is known again."""

    threshold: int
    fingerprints: tuple[bytes, ...]
    opening_key: bytes
    data_key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """The clear head. `generation` counts saves; `salt` (32 octets) is fresh for each."""

    store_id: bytes
    generation: int
    salt: bytes
    slots: tuple[Slot, ...]
    custody: Custody | None = None

    def slot(self, name: str) -> Slot:
        """Return an operator's slot. Raises OperatorMistake if there is none."""
        for slot in self.slots:
            if slot.name == name:
                return slot
        names = ", ".join(slot.name for slot in self.slots)
        raise OperatorMistake(f"there is no operator {name!r} here: name one with --operator ({names})")


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """An operator who has shown their passphrase, and the key that signs what they do.

    `seed` is what their slot holds, and only they can seal it under another passphrase.
    """

    name: str
    signing: Secret
    seed: Secret


def actor(name: str, seed: Secret) -> Actor:
    """Return an operator by their seed."""
    return Actor(name, sealing.derive(seed, "CMS operator signs"), seed)


def new_operator(
    name: str, passphrase: str, *, store_id: bytes, data_key: Secret | None, now: int, cost: Cost
) -> tuple[Slot, Actor]:
    """Return a slot and whose it is. `data_key` None: custodians hold the store.

    Raises OperatorMistake for a name or passphrase that does not work.
    """
    try:
        fields.check_text("name of an operator", name, _MAX_NAME_OCTETS)
    except ValueError as error:
        raise OperatorMistake(str(error)) from error
    check_passphrase(passphrase)
    seed = Secret(secrets.token_bytes(32))
    made = actor(name, seed)
    slot = Slot(
        name=name,
        added=now,
        seed=sealing.seal_under_code(
            seed.expose(), passphrase, context=_slot_context(store_id, name), cost=cost
        ),
        signing_key=signed.public_key(made.signing),
        opening_key=sealing.transport_public(_opening(seed)),
        data_key=b"",
    )
    return (slot if data_key is None else _given(slot, store_id, data_key)), made


def under_new_passphrase(head: Head, who: Actor, passphrase: str, *, cost: Cost) -> Head:
    """Seal an operator's seed under another passphrase. Raises OperatorMistake for one that is too short."""
    check_passphrase(passphrase)
    context = _slot_context(head.store_id, who.name)
    sealed = sealing.seal_under_code(who.seed.expose(), passphrase, context=context, cost=cost)
    slots = (replace(slot, seed=sealed) if slot.name == who.name else slot for slot in head.slots)
    return replace(head, slots=tuple(slots))


def check_passphrase(passphrase: str) -> None:
    """Raise OperatorMistake for a passphrase that is too short."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise OperatorMistake(
            f"the passphrase has {len(passphrase)} characters: take {MIN_PASSPHRASE} or more"
        )


def log_in(head: Head, name: str, passphrase: str) -> Actor:
    """Return an operator who knows their passphrase. Raises OperatorMistake."""
    slot = head.slot(name)
    try:
        octets = sealing.open_with_code(slot.seed, passphrase, context=_slot_context(head.store_id, name))
    except PackageError as error:
        raise OperatorMistake(f"wrong passphrase of {name}: nothing was opened, try again") from error
    return actor(name, Secret(octets))


def log_in_second(head: Head, first: str, name: str, passphrase: str) -> Actor:
    """Return the operator beside `first`. Raises OperatorMistake as `log_in` does, and if it is the same."""
    if name == first:
        raise OperatorMistake(f"{name} is one person: the second operator must be another")
    return log_in(head, name, passphrase)


def data_key(head: Head, who: Actor, typed: Sequence[tuple[str, str]]) -> Secret:
    """Return the key of the store: by an operator's own slot, or by the shares of the custodians.

    Raises OperatorMistake if shares are missing or wrong, PackageError if the head was changed.
    """
    if head.custody is None:
        slot = head.slot(who.name)
        return Secret(sealing.open_sealed(_opening(who.seed), slot.data_key, context=_context(head.store_id)))
    custody = head.custody
    with shares.join(typed, known=custody.fingerprints, threshold=custody.threshold) as opening:
        return Secret(
            sealing.open_sealed(
                sealing.transport_key(opening), custody.data_key, context=_context(head.store_id)
            )
        )


def under_new_key(head: Head) -> tuple[Head, Secret]:
    """Give everybody who opens the store today a new data key: who no longer does, opens nothing later."""
    new = Secret(secrets.token_bytes(32))
    if head.custody is None:
        return replace(head, slots=tuple(_given(slot, head.store_id, new) for slot in head.slots)), new
    sealed = sealing.seal_to(head.custody.opening_key, new.expose(), context=_context(head.store_id))
    slots = tuple(replace(slot, data_key=b"") for slot in head.slots)
    return replace(head, slots=slots, custody=replace(head.custody, data_key=sealed)), new


def to_custodians(head: Head, *, threshold: int, number: int) -> tuple[Head, Secret, list[str]]:
    """Put the store into the hands of custodians: the head, its new data key, and the shares: secret."""
    with Secret(secrets.token_bytes(32)) as opening:
        words = shares.split(opening, threshold=threshold, shares=number)
        public = sealing.transport_public(sealing.transport_key(opening))
    custody = Custody(threshold, tuple(map(shares.fingerprint, words)), public, b"")
    after, new = under_new_key(replace(head, custody=custody))
    return after, new, words


def encode(head: Head) -> bytes:
    """Return the head as it stands in the file."""
    held = head.custody
    custody: list[object] = []
    if held is not None:
        custody = [[held.threshold, list(held.fingerprints), held.opening_key, held.data_key]]
    rows = [
        [slot.name, slot.added, slot.seed, slot.signing_key, slot.opening_key, slot.data_key]
        for slot in head.slots
    ]
    return cbor.encode({1: _VERSION, 2: head.store_id, 3: head.generation, 4: head.salt, 5: rows, 6: custody})


def decode(octets: bytes) -> Head:
    """Inverse of `encode`. Raises PackageError E02 for a newer version, E03 for what cannot be read."""
    value = cbor.decode(octets, max_octets=_MAX_OCTETS)
    if type(value) is dict and type(value.get(1)) is int and value[1] > _VERSION:
        raise PackageError("E02", "a store of a newer CMS")
    values = cbor.fields(value, _FIELDS)
    slots = tuple(Slot(*row) for row in cbor.rows(values[5], _SLOT, at_most=MAX_OPERATORS))
    custody = None
    for threshold, fingerprints, opening_key, sealed in cbor.rows(values[6], _CUSTODY, at_most=1):
        custody = Custody(threshold, tuple(fingerprints), opening_key, sealed)
    return Head(values[2], values[3], values[4], slots, custody)


def _given(slot: Slot, store_id: bytes, data_key: Secret) -> Slot:
    sealed = sealing.seal_to(slot.opening_key, data_key.expose(), context=_context(store_id))
    return replace(slot, data_key=sealed)


def _opening(seed: Secret) -> Secret:
    return sealing.derive(seed, "CMS operator opens")


def _context(store_id: bytes) -> bytes:
    return b"sottovoce CMS data key\0" + store_id


def _slot_context(store_id: bytes, name: str) -> bytes:
    return b"sottovoce CMS operator\0" + store_id + name.encode()
