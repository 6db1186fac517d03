"""A store that begins anew after a compromise: other operators' keys, another data key, another identity.

The log goes on. Its old keys sign for the new ones, so that whoever has noted a head can follow it across:

    entry n    cms recover cms       signed by the old keys    the acting operator's new key joins
    entry n+1  cms recover cms       new key and old second    the second operator's new key joins
    entry …    cms recover cms       new keys                  everybody else leaves
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cms import slots
from cms.audit import Act
from cms.errors import OperatorMistake
from cms.slots import Actor, Head, Slot
from crypto.sealing import Cost
from crypto.secret import Secret


@dataclass(frozen=True, slots=True, repr=False)
class Renewal:
    """What the store will be: its head, its data key, who acts, and the entries with who signs each."""

    head: Head
    data_key: Secret
    actors: tuple[Actor, Actor | None]
    entries: tuple[tuple[Act, Actor, Actor | None], ...]


def renewal(
    head: Head, actors: tuple[Actor, Actor | None], passphrases: Sequence[str], act: Act, *, cost: Cost
) -> Renewal:
    """Prepare it. `passphrases` are the new ones of the acting and of the second operator.

    Raises OperatorMistake if one is too short, or is the one that may be known.
    """
    by, second = actors
    old = [one for one in (by, second) if one is not None]
    for who, words in zip(old, passphrases, strict=True):
        _check_other(head, who.name, words)
    store_id, data_key = secrets.token_bytes(16), Secret(secrets.token_bytes(32))
    made: list[tuple[Slot, Actor]] = [
        slots.new_operator(who.name, words, store_id=store_id, data_key=data_key, now=act.at, cost=cost)
        for who, words in zip(old, passphrases, strict=True)
    ]
    (slot, new), rest = made[0], made[1:]
    new_second = rest[0][1] if rest else None
    entries = [(replace(act, joined=slot.name, joined_key=slot.signing_key), by, second)]
    for other, _ in rest:
        joins = replace(
            act, details=f"new key of {other.name}", joined=other.name, joined_key=other.signing_key
        )
        entries.append((joins, new, second))
    staying = {who.name for who in old}
    for other in head.slots:
        if other.name not in staying:
            leaves = replace(act, details=f"operator removed: {other.name}", left=other.name)
            entries.append((leaves, new, new_second))
    after = Head(store_id, head.generation, head.salt, tuple(slot for slot, _ in made))
    return Renewal(after, data_key, (new, new_second), tuple(entries))


def _check_other(head: Head, name: str, passphrase: str) -> None:
    slots.check_passphrase(passphrase)
    try:
        slots.log_in(head, name, passphrase)
    except OperatorMistake:
        return
    raise OperatorMistake(f"the new passphrase of {name} is the old one, which may be known: take another")
