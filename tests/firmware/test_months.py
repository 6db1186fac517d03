"""Keys that change with the month: packs in their order, one enforced list, and nothing old that is left."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import issuance
from crypto.fields import month_end, month_start
from crypto.pack import MonthKeys, PackKind
from crypto.secret import Secret
from firmware.custody import Custody
from firmware.interfaces import Refused
from firmware.months import GRACE_S
from tests.crypto.callers import ALICE, BOB, CAROL, HOME
from tests.firmware import issuing
from tests.firmware.issuing import bulletin_octets, monthly, revoked_octets
from tests.firmware.phones import SSRC, Phone, call, refused

DECEMBER, JANUARY = "2026-12", "2027-01"
OTHER = Secret(bytes([9]) * 32)


def message(caller: Phone, callee: str = BOB) -> str:
    return call(caller, callee)[0]


def everything(phone: Phone) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in phone.home.iterdir()}


def test_the_next_months_keys_are_held_before_it_begins_and_used_from_its_first_second(
    alice: Phone, bob: Phone
) -> None:
    assert alice.custody.take("pack", monthly(DECEMBER)).months == ["2026-11", DECEMBER]
    bob.custody.take("pack", monthly(DECEMBER, tel=BOB, serial=8))
    alice.now = bob.now = month_start(DECEMBER) - 1.0
    assert bob.custody.accept(message(alice))[0].caller_tel == ALICE
    alice.now = bob.now = float(month_start(DECEMBER))
    assert bob.custody.accept(message(alice))[0].caller_tel == ALICE


def test_a_phone_without_the_new_month_can_neither_call_nor_be_called(alice: Phone, bob: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    alice.now = bob.now = month_start(DECEMBER) + 600.0
    refused("E30", lambda: bob.custody.initiate(ALICE, SSRC))
    refused("E30", lambda: bob.custody.accept(message(alice)))
    refused("E30", lambda: bob.custody.accept(base64.b64encode(b"nothing").decode()))


def test_what_was_sent_before_midnight_opens_after_it(alice: Phone, bob: Phone) -> None:
    bob.custody.take("pack", monthly(DECEMBER, tel=BOB, serial=8))
    alice.now = month_start(DECEMBER) - 2.0
    sent = message(alice)
    bob.now = month_start(DECEMBER) + 2.0
    assert bob.custody.accept(sent)[0].caller_tel == ALICE


def test_the_keys_survive_a_restart(alice: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    alice.now = month_start(DECEMBER) + 60.0
    status = alice.restart().custody.status()
    assert (status.months, status.packed, status.expires) == (
        ["2026-11", DECEMBER],
        DECEMBER,
        month_end(DECEMBER),
    )
    alice.custody.initiate(BOB, SSRC)


def test_a_month_that_is_over_is_destroyed_after_three_days_and_not_before(alice: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    alice.now = month_end("2026-11") + GRACE_S - 1.0
    alice.custody.tidy()
    assert alice.custody.status().months == ["2026-11", DECEMBER]
    alice.now += 1
    alice.custody.tidy()
    assert alice.custody.status().months == [DECEMBER]
    assert alice.restart().custody.status().months == [DECEMBER]


def test_what_is_destroyed_is_wiped_in_memory_too(alice: Phone) -> None:
    ring = alice.custody._ring
    assert ring is not None
    november, transport = ring.enrolled.identity.months[0], ring.enrolled.identity.transport_key
    alice.custody.take("pack", monthly(DECEMBER))
    assert len(transport) == 0
    assert len(november.rsk) == 257
    alice.now = month_end("2026-11") + GRACE_S + 1.0
    alice.custody.tidy()
    assert (len(november.rsk), len(november.ssk)) == (0, 0)
    alice.custody.initiate(BOB, SSRC)


def test_a_capture_of_the_month_before_does_not_open_any_more(alice: Phone, bob: Phone) -> None:
    captured = message(alice)
    bob.custody.take("pack", monthly(DECEMBER, tel=BOB, serial=8))
    bob.now = month_end("2026-11") + GRACE_S + 1.0
    bob.custody.tidy()
    ring = bob.custody._ring
    assert ring is not None
    assert list(ring._receiver_keys) == [DECEMBER]
    refused("E34", lambda: bob.custody.accept(captured))


def test_no_old_key_is_anywhere_on_the_disk_after_its_destruction(alice: Phone) -> None:
    rsk, ssk = HOME.rsk(ALICE), HOME.caller(ALICE).ssk.expose()
    alice.custody.take("pack", monthly(DECEMBER))
    alice.now = month_end("2026-11") + GRACE_S + 1.0
    alice.custody.tidy()
    for octets in everything(alice).values():
        assert rsk[1:33] not in octets
        assert ssk not in octets


def test_a_month_removed_by_hand_is_gone_from_memory_and_its_slot_is_overwritten(alice: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    [slot] = (path for path in alice.home.iterdir() if path.name.startswith("vault.0"))
    before = slot.read_bytes()
    os.link(slot, alice.home.parent / "same blocks")
    ring = alice.custody._ring
    assert ring is not None
    november, december = ring.enrolled.identity.months
    assert alice.custody.remove_month("2026-11").months == [DECEMBER]
    assert (len(november.rsk), len(november.ssk)) == (0, 0)
    assert (len(december.rsk), len(december.ssk)) == (257, 32)
    assert (alice.home.parent / "same blocks").read_bytes() == bytes(len(before))
    assert alice.restart().custody.status().months == [DECEMBER]


def test_without_this_months_keys_no_call_goes_out_or_comes_in_until_the_next_month(
    alice: Phone, bob: Phone
) -> None:
    bob.custody.take("pack", monthly(DECEMBER, tel=BOB, serial=8))
    alice.custody.take("pack", monthly(DECEMBER))
    assert not bob.custody.status().keyless
    assert bob.custody.remove_month("2026-11").keyless
    refused("E30", lambda: bob.custody.initiate(ALICE, SSRC))
    refused("E30", lambda: bob.custody.accept(message(alice)))
    alice.now = bob.now = float(month_start(DECEMBER))
    assert not bob.custody.status().keyless
    assert bob.custody.accept(message(alice))[0].caller_tel == ALICE


def test_a_pack_does_not_bring_a_removed_month_back_and_bulletins_still_open(alice: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    assert alice.custody.remove_month(DECEMBER).months == ["2026-11"]
    refused("E03", lambda: alice.custody.take("pack", monthly(DECEMBER)))
    octets = bulletin_octets(number=9, month=DECEMBER)
    assert alice.custody.take("bulletin", octets).bulletin == 9


@pytest.mark.parametrize("month", ["2026-10", "", "2026-11\0", "x" * 10_000])
def test_a_month_that_is_not_held_cannot_be_removed(alice: Phone, month: str) -> None:
    before = everything(alice)
    refused("E30", lambda: alice.custody.remove_month(month))
    assert everything(alice) == before


def test_a_phone_that_slept_for_months_opens_its_packs_in_their_order(alice: Phone) -> None:
    alice.now = month_start(JANUARY) + 10 * 86_400.0
    alice.custody.tidy()
    assert alice.custody.status().months == []
    refused("E30", lambda: alice.custody.initiate(BOB, SSRC))
    refused("E03", lambda: alice.custody.take("pack", monthly(JANUARY, packs=2)))
    assert alice.restart().custody.take("pack", monthly(DECEMBER)).months == []
    assert alice.custody.take("pack", monthly(JANUARY, packs=2)).months == [JANUARY]
    alice.custody.initiate(BOB, SSRC)


def november_keys() -> MonthKeys:
    return issuing.month_keys()


REFUSED_PACKS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "of another phone": ("E04", lambda: monthly(DECEMBER, tel=BOB, serial=8)),
    "for a later month than its seal": ("E03", lambda: monthly(JANUARY, packs=2)),
    "for the month that is held": ("E04", lambda: monthly("2026-11")),
    "for a month that is over": ("E04", lambda: monthly("2026-10")),
    "with the keys of another month": ("E09", lambda: monthly(DECEMBER, keys=november_keys())),
    "with the certificate of another": (
        "E04",
        lambda: monthly(DECEMBER, client_certificate=issuing.content(BOB, 8).client_certificate),
    ),
    "a first pack": ("E04", lambda: monthly(DECEMBER, kind=PackKind.FIRST)),
    "truncated": ("E03", lambda: monthly(DECEMBER)[:-1]),
    "of a newer version": ("E02", lambda: bytes([9]) + monthly(DECEMBER)[1:]),
    "nothing": ("E03", lambda: b""),
}


@pytest.mark.parametrize(("code", "made"), REFUSED_PACKS.values(), ids=REFUSED_PACKS)
def test_a_pack_that_is_not_the_next_one_changes_nothing(
    alice: Phone, code: str, made: Callable[[], bytes]
) -> None:
    before, disk = alice.custody.status(), everything(alice)
    refused(code, lambda: alice.custody.take("pack", made()))
    assert (alice.custody.status(), everything(alice)) == (before, disk)
    assert alice.custody.take("pack", monthly(DECEMBER)).packed == DECEMBER


def test_a_pack_is_opened_once(alice: Phone) -> None:
    alice.custody.take("pack", monthly(DECEMBER))
    refused("E03", lambda: alice.custody.take("pack", monthly(DECEMBER)))


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_is_taken_in(at: int, bit: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    octets = bytearray(monthly(DECEMBER))
    octets[at % len(octets)] ^= 1 << bit
    custody = _shared(tmp_path_factory)
    before = custody.status()
    with pytest.raises(Refused):
        custody.take("pack", bytes(octets))
    assert custody.status() == before


_kept: list[Custody] = []


def _shared(factory: pytest.TempPathFactory) -> Custody:
    if not _kept:
        _kept.append(Phone(factory.mktemp("shared") / "alice").enrol().custody)
    return _kept[0]


# --- Bulletins ----------------------------------------------------------


def test_a_newer_bulletin_replaces_the_directory(alice: Phone) -> None:
    status = alice.custody.take("bulletin", bulletin_octets(number=5, directory=((CAROL, "Carol"),)))
    assert status.bulletin == 5
    assert [entry.name for entry in alice.restart().custody.find("", 50)] == ["Carol"]


@pytest.mark.parametrize("number", [0, 1])
def test_an_older_bulletin_or_the_same_changes_nothing(alice: Phone, number: int) -> None:
    disk = everything(alice)
    alice.custody.take("bulletin", bulletin_octets(number=number, directory=()))
    assert everything(alice) == disk
    assert len(alice.custody.find("", 50)) == 2


def test_the_bulletin_of_the_next_month_needs_its_pack(alice: Phone) -> None:
    december = bulletin_octets(month=DECEMBER, number=3)
    refused("E03", lambda: alice.custody.take("bulletin", december))
    alice.custody.take("pack", monthly(DECEMBER))
    assert alice.custody.take("bulletin", december).bulletin == 3


def test_a_bulletin_of_another_domain_is_refused(alice: Phone) -> None:
    refused("E04", lambda: alice.custody.take("bulletin", bulletin_octets(number=2, domain_private=OTHER)))
    refused("E04", lambda: alice.custody.take("bulletin", bulletin_octets(number=2, domain="other.example")))


def test_a_phone_without_keys_takes_nothing(tmp_path: Path) -> None:
    blank = Phone(tmp_path / "blank")
    for kind, octets in (("pack", monthly(DECEMBER)), ("bulletin", bulletin_octets()), ("revoked", b"")):
        refused("E30", lambda kind=kind, octets=octets: blank.custody.take(kind, octets))


def test_what_this_phone_does_not_know_is_refused(alice: Phone) -> None:
    refused("E02", lambda: alice.custody.take("firmware", b""))


# --- The revocation list ------------------------------------------------


def test_a_key_on_the_list_is_refused_from_the_moment_it_is_taken(alice: Phone, bob: Phone) -> None:
    bob.custody.accept(message(alice))
    status = bob.custody.take("revoked", revoked_octets(HOME.caller(ALICE).pvt))
    assert status.revoked_at == issuing.NOW_S
    refused("E34", lambda: bob.custody.accept(message(alice)))
    refused("E34", lambda: bob.restart().custody.accept(message(alice)))


def test_an_older_list_does_not_take_a_key_off_again(alice: Phone, bob: Phone) -> None:
    bob.custody.take("revoked", revoked_octets(HOME.caller(ALICE).pvt, number=5))
    bob.custody.take("revoked", revoked_octets(number=5))
    bob.custody.take("revoked", revoked_octets(number=4))
    refused("E34", lambda: bob.custody.accept(message(alice)))


def test_a_list_of_another_domain_is_refused(bob: Phone) -> None:
    for octets in (revoked_octets(domain="other.example"), revoked_octets(domain_private=OTHER)):
        refused("E04", lambda octets=octets: bob.custody.take("revoked", octets))


def test_a_damaged_list_is_refused(bob: Phone) -> None:
    octets = revoked_octets(HOME.caller(ALICE).pvt)
    for damaged in (octets[:-1], octets + b"x", b"", bytes(200)):
        refused_any(bob, damaged)
    bob.custody.accept(message(replace_home(bob)))


def refused_any(phone: Phone, octets: bytes) -> None:
    """Whatever the code: nothing changes."""
    before = phone.custody.status()
    with pytest.raises(Refused):
        phone.custody.take("revoked", octets)
    assert phone.custody.status() == before


def replace_home(phone: Phone) -> Phone:
    """Alice, in a home beside another phone's."""
    return Phone(phone.home.with_name("alice-too")).enrol()


# --- The issuance list --------------------------------------------------


def leaf(tel: str = ALICE, *, month: str = "2026-11", pvt: bytes | None = None) -> issuance.Leaf:
    when = issuing.datetime(int(month[:4]), int(month[5:]), 1, tzinfo=issuing.UTC)
    return issuance.leaf(HOME.uri, tel, month, pvt or HOME.caller(tel, when).pvt)


def listed(
    *leaves: issuance.Leaf,
    month: str = "2026-11",
    domain: str = HOME.uri,
    private: Secret = issuing.DOMAIN_PRIVATE,
) -> bytes:
    head = issuance.TreeHead(domain, month, len(leaves), issuance.tree(leaves).root(), issuing.NOW_S)
    return issuance.build(leaves, head=head, domain_private=private)


SECOND = leaf(pvt=b"\x04" + bytes(64))
"""A key for Alice's number that she does not have."""


def test_a_list_with_our_key_and_no_other_is_no_alarm(alice: Phone) -> None:
    assert alice.custody.take("issuance", listed(leaf(BOB), leaf(), leaf(CAROL))).others == 0


def test_a_second_key_for_our_number_is_an_alarm_that_a_restart_does_not_end(alice: Phone) -> None:
    assert alice.custody.take("issuance", listed(leaf(), leaf(BOB), SECOND)).others == 1
    assert alice.restart().custody.status().others == 1


def test_the_key_of_our_lost_phone_is_none_once_it_is_revoked(alice: Phone) -> None:
    octets = listed(SECOND, leaf())
    assert alice.custody.take("issuance", octets).others == 1
    alice.custody.take("revoked", revoked_octets(b"\x04" + bytes(64)))
    assert alice.custody.take("issuance", octets).others == 0


def test_a_list_may_grow(alice: Phone) -> None:
    alice.custody.take("issuance", listed(leaf(), leaf(BOB)))
    assert alice.custody.take("issuance", listed(leaf(), leaf(BOB), leaf(CAROL))).others == 0


def test_a_list_that_has_lost_or_changed_what_it_said_is_refused(alice: Phone) -> None:
    alice.custody.take("issuance", listed(leaf(), leaf(BOB), SECOND))
    before = alice.custody.status()
    for rewritten in (listed(leaf(), leaf(BOB)), listed(leaf(BOB), leaf(), SECOND), listed(leaf())):
        refused("E04", lambda rewritten=rewritten: alice.custody.take("issuance", rewritten))
    assert alice.custody.status() == before


def test_a_list_without_our_key_is_refused(alice: Phone) -> None:
    refused("E04", lambda: alice.custody.take("issuance", listed(leaf(BOB), leaf(CAROL))))


def test_an_issuance_list_of_another_domain_is_refused(alice: Phone) -> None:
    refused("E04", lambda: alice.custody.take("issuance", listed(leaf(), private=OTHER)))
    refused("E04", lambda: alice.custody.take("issuance", listed(leaf(), domain="other.example")))


def test_each_month_has_its_own_list(alice: Phone) -> None:
    alice.custody.take("issuance", listed(leaf(), SECOND))
    assert alice.custody.take("issuance", listed(leaf(month=DECEMBER), month=DECEMBER)).others == 1
    alice.custody.take("pack", monthly(DECEMBER))
    assert alice.custody.take("issuance", listed(leaf(month=DECEMBER), month=DECEMBER)).others == 1
    alice.now = month_end("2026-11") + GRACE_S + 1.0
    alice.custody.tidy()
    assert alice.custody.status().others == 0
