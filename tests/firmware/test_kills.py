"""Kill -9 in the middle of what changes a phone's keys: afterwards the vault holds the old state or the new.

    fetch     a pack, a bulletin, the list of the revoked, the issuance list
    switch    the first call in the first second of a month, and the time that the server gives
    destroy   72 hours into the month
    enrol     the opened card is stored, the first pack replaces the identity

Each is a process of its own on a real disk (`tests.killing`). `KILL_POINTS=200` for the long run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from crypto.fields import month_end, month_start
from firmware.interfaces import Refused
from firmware.months import GRACE_S
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, NOW
from tests.firmware.issuing import CODE, answer, bulletin_octets, card_text, monthly, revoked_octets
from tests.firmware.phones import SSRC, Phone
from tests.firmware.test_months import DECEMBER, leaf, listed, message
from tests.killing import Deed, Process, killed_everywhere

POINTS = int(os.environ.get("KILL_POINTS", "8"))
"""Random moments of each change."""

STEPS = ("open", "write", "fsync", "rename", "unlink")
"""What of `os` the vault changes a disk with."""


@dataclass(frozen=True)
class Change:
    """Something that changes a vault. `prepare` makes the phone, `look` says 'old' or 'new' or fails."""

    prepare: Callable[[Phone], object]
    work: Callable[[Phone], object]
    look: Callable[[Phone], str]
    now: float = NOW.timestamp()


def enrolled(phone: Phone) -> None:
    phone.enrol()


def of_two_months(phone: Phone) -> None:
    phone.enrol().custody.take("pack", monthly(DECEMBER))


def with_a_card_opened(phone: Phone) -> None:
    enrolled(phone)
    phone.custody.import_card(card_text(CAROL, 9))
    phone.custody.unseal(CODE)


def open_the_card(phone: Phone) -> None:
    phone.custody.import_card(card_text(CAROL, 9))
    phone.custody.unseal(CODE)


def take(kind: str, octets: bytes) -> Callable[[Phone], object]:
    return lambda phone: phone.custody.take(kind, octets)


def has(known: Callable[[Phone], bool]) -> Callable[[Phone], str]:
    return lambda phone: "new" if known(phone) else "old"


def issued(phone: Phone) -> bool:
    return bool(phone.custody._enrolled().enrolled.issuance)


def pending_state(phone: Phone) -> str:
    """Whoever it was is who it is; the new one waits whole, with its nonce, or not at all."""
    status = phone.custody.status()
    assert (status.tel, status.enrolled) == (ALICE, True)
    if not status.pending:
        return "old"
    assert answer(phone.custody.pending_contact().body)
    return "new"


def enrolled_state(phone: Phone) -> str:
    status = phone.custody.status()
    assert status.enrolled
    if status.tel == CAROL:
        assert not status.pending
        return "new"
    assert (status.tel, status.pending) == (ALICE, True)
    return "old"


def kept_months(phone: Phone) -> str:
    months = phone.custody.status().months
    assert months in (["2026-11", DECEMBER], [DECEMBER])
    return "new" if len(months) == 1 else "old"


def first_call(phone: Phone) -> None:
    """Midnight: the server says so, and Bob calls with December's key."""
    phone.custody.observe_time(int(month_start(DECEMBER)))
    phone.custody.accept((phone.home / ".." / "bobs").resolve().read_text())


def heard(phone: Phone) -> str:
    """Bob's message opens once: either nobody has heard it, or it is a replay, also for the next process."""
    octets = (phone.home / ".." / "bobs").resolve().read_text()
    try:
        caller = phone.custody.accept(octets)[0].caller_tel
    except Refused as refusal:
        caller = str(refusal.p_code)
    assert caller in (BOB, "E34")
    return "old" if caller == BOB else "new"


CHANGES = {
    "fetch: pack": Change(
        enrolled,
        take("pack", monthly(DECEMBER)),
        has(lambda phone: DECEMBER in phone.custody.status().months),
    ),
    "fetch: bulletin": Change(
        enrolled,
        take("bulletin", bulletin_octets(number=7)),
        has(lambda phone: phone.custody.status().bulletin == 7),
    ),
    "fetch: revoked": Change(
        enrolled,
        take("revoked", revoked_octets(HOME.caller(BOB).pvt)),
        has(lambda phone: phone.custody.status().revoked_at > 0),
    ),
    "fetch: issuance": Change(enrolled, take("issuance", listed(leaf(BOB), leaf())), has(issued)),
    "switch": Change(of_two_months, first_call, heard, float(month_start(DECEMBER))),
    "destroy": Change(
        of_two_months,
        lambda phone: phone.custody.tidy(),
        kept_months,
        float(month_end("2026-11") + GRACE_S),
    ),
    "enrol: the card": Change(enrolled, open_the_card, pending_state),
    "enrol: the first pack": Change(
        with_a_card_opened,
        lambda phone: phone.custody.complete(answer(phone.custody.pending_contact().body)),
        enrolled_state,
    ),
}


def phone_in(home: Path, change: Change) -> Phone:
    phone = Phone(home)
    phone.now = change.now
    return phone


def state(home: Path, change: Change) -> str:
    """What a restart finds; whatever it is, the phone calls."""
    phone = phone_in(home, change)
    phone.custody.initiate(BOB, SSRC)
    return change.look(phone)


@pytest.fixture
def begin(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A phone before the change."""
    change = CHANGES[request.node.callspec.params["what"]]
    phone = Phone(tmp_path / "begin")
    change.prepare(phone)
    bob = Phone(tmp_path / "bob").enrol(BOB, 8)
    bob.custody.take("pack", monthly(DECEMBER, tel=BOB, serial=8))
    bob.now = float(month_start(DECEMBER))
    (tmp_path / "bobs").write_text(message(bob, ALICE))
    return phone.home


@pytest.mark.parametrize("what", CHANGES)
def test_killed_before_each_step_and_at_any_moment(what: str, begin: Path, tmp_path: Path) -> None:
    change = CHANGES[what]
    deed = Deed(
        prepare=lambda home: shutil.copytree(begin, home, dirs_exist_ok=True),
        work=lambda home: change.work(phone_in(home, change)),
        look=lambda home: state(home, change),
        steps=STEPS,
        fewest=4,
        again=what != "switch",
    )
    assert killed_everywhere(deed, tmp_path, points=POINTS, seed=what) == {"old", "new"}


def test_nothing_of_a_month_is_left_on_the_disk_once_destroying_it_was_finished(tmp_path: Path) -> None:
    """Killed while it destroys, the next start finishes: no slot but the newest is left."""
    change = CHANGES["destroy"]
    phone = Phone(tmp_path / "phone")
    change.prepare(phone)
    for step in range(100):
        home = Path(shutil.copytree(phone.home, tmp_path / f"step-{step}"))
        work = partial(change.work, phone_in(home, change))
        status = Process(work, tmp_path / "said", fall_at=(step, STEPS)).end()
        phone_in(home, change).custody.tidy()
        names = [path.name for path in home.iterdir() if path.name.startswith("vault")]
        assert len(names) == 1, names
        assert phone_in(home, change).custody.status().months == [DECEMBER]
        if status == 0:
            return
    pytest.fail("it never ended")
