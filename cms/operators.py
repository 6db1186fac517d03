"""Who may open the store, and what they agree on: each change is one entry of the log, and one save."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cms import policy, slots, store
from cms.database import Policy
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter import when
from cms.master_words import MADE
from cms.slots import MAX_OPERATORS, Head
from cms.store import Store
from crypto.fingerprint import fingerprint

COLUMNS = ("Operator", "Since", "Signs with")


def rows(head: Head) -> list[tuple[str, ...]]:
    """Return every operator: a text for each of COLUMNS."""
    return [(slot.name, when(slot.added), fingerprint(slot.signing_key)) for slot in head.slots]


def check_new(head: Head, name: str) -> None:
    """Raise OperatorMistake if nobody of this name can be added."""
    if any(slot.name == name for slot in head.slots):
        raise OperatorMistake(f"{name} is an operator already: see  cms operator list")
    if len(head.slots) >= MAX_OPERATORS:
        raise OperatorMistake(f"{MAX_OPERATORS} operators are the most: remove one first")


def add(held: Store, name: str, passphrase: str) -> str:
    """Let somebody else open the store; return what to tell.

    Raises OperatorMistake for a name or passphrase that will not do.
    """
    head = held.head
    check_new(head, name)
    act = held.act(f"operator added: {name}")
    slot, _ = slots.new_operator(
        name,
        passphrase,
        store_id=head.store_id,
        data_key=held.data_key if head.custody is None else None,
        now=act.at,
        cost=store.COST,
    )
    act = replace(act, joined=name, joined_key=slot.signing_key)
    held.rekey(replace(head, slots=(*head.slots, slot)), held.data_key, act)
    return f"{name} may open the store, with  --operator {name}"


def remove(held: Store, name: str) -> str:
    """Let somebody no longer open the store: it gets a new key; return what to tell.

    Raises OperatorMistake if too few stay.
    """
    head = held.head
    head.slot(name)
    left = tuple(slot for slot in head.slots if slot.name != name)
    needed = 2 if held.policy.two_person else 1
    if len(left) < needed:
        raise OperatorMistake(f"{needed} operators must stay: add another first  (cms operator add NAME)")
    after, data_key = slots.under_new_key(replace(head, slots=left))
    held.rekey(after, data_key, held.act(f"operator removed: {name}", left=name))
    return f"{name} no longer opens the store. Backups made before still open with their passphrase."


def change_passphrase(held: Store, passphrase: str) -> str:
    """Give the acting operator another passphrase, and the store a new key; return what to tell.

    Raises OperatorMistake.
    """
    head = slots.under_new_passphrase(held.head, held.acting, passphrase, cost=store.COST)
    head, data_key = slots.under_new_key(head)
    name = held.acting.name
    held.rekey(head, data_key, held.act(f"passphrase changed: {name}"))
    return f"{name} has a new passphrase. Backups made before still open with the old one."


def agree_on_two(held: Store, *, on: bool) -> None:
    """Agree that what matters most needs two operators, or that not. Raises OperatorMistake."""
    if on and len(held.head.slots) < 2:
        raise OperatorMistake("there is one operator only: add another first  (cms operator add NAME)")
    policy.check(held.domain.policy, head=held.head, two_person=on)
    value = "on" if on else "off"
    held.save(held.domain, policy=Policy(two_person=on), act=held.act(f"policy: two-person {value}"))


def agree(held: Store, name: str, value: str) -> None:
    """Agree on what every phone of the domain enforces and shows. Raises OperatorMistake."""
    domain = held.domain
    agreed = policy.changed(domain.policy, name, value)
    policy.check(agreed, head=held.head, two_person=held.policy.two_person)
    after = replace(domain, policy=agreed, changed=domain.changed or agreed != domain.policy)
    held.save(after, act=held.act(f"policy: {name} {value}"))


def backup(held: Store, file: Path) -> None:
    """Write a backup: the store as it is after the entry that tells of it. Raises OperatorMistake."""
    with StagedFiles() as staged:
        held.save(
            held.domain,
            act=held.act(f"{MADE}{file.name}"),
            beside=lambda octets: staged.add(file, octets),
        )
        staged.appear()
