"""What a CRS passes on, damaged, cut, reordered, replayed or foreign: a clear refusal, nothing changed.

Packs, bulletins, lists of the revoked and issuance lists, at the key service that takes them in. Nothing
changed: neither in memory nor one octet on the disk. `DAMAGE_CASES=2000` for the long run.
"""

from __future__ import annotations

import functools
import itertools
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.interfaces import Refused
from tests.crs.damage import CASES, THOROUGH, damaged
from tests.crypto.callers import BOB, CAROL, HOME
from tests.firmware.issuing import bulletin_octets, monthly, revoked_octets
from tests.firmware.phones import Phone
from tests.firmware.test_months import DECEMBER, JANUARY, OTHER, SECOND, everything, leaf, listed

CLEAR = {"E02", "E03", "E04", "E09"}
REVOKED = HOME.caller(BOB).pvt
GENUINE = {
    "pack": monthly(DECEMBER),
    "bulletin": bulletin_octets(number=7),
    "revoked": revoked_octets(REVOKED, number=7),
    "issuance": listed(leaf(BOB), leaf(), leaf(CAROL)),
}
"""What this phone would take."""

FOREIGN = {
    "pack": monthly(DECEMBER, tel=BOB, serial=8),
    "bulletin": bulletin_octets(domain_private=OTHER, number=8),
    "revoked": revoked_octets(REVOKED, number=8, domain_private=OTHER),
    "issuance": listed(leaf(BOB), leaf(), leaf(CAROL), private=OTHER),
}
"""The same of another phone, or of another domain."""


def taken(phone: Phone, kind: str, octets: bytes) -> str:
    """Hand it to the phone; return the code of the refusal, '' if there was none."""
    try:
        phone.custody.take(kind, octets)
    except Refused as refusal:
        return str(refusal.p_code) if refusal.p_text else "no words"
    return ""


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault of a phone that has just enrolled."""
    return Phone(tmp_path_factory.mktemp("enrolled") / "home").enrol().home


def changes_nothing(phone: Phone, kind: str, octets: bytes) -> str:
    """Hand it to the phone; return the code of the refusal, '' if there was none."""
    disk, status = everything(phone), asdict(phone.custody.status())
    code = taken(phone, kind, octets)
    assert asdict(phone.custody.status()) == status
    assert everything(phone) == disk
    return code


@pytest.mark.parametrize("kind", GENUINE)
def test_what_is_genuine_is_taken(alice: Phone, kind: str) -> None:
    before = everything(alice)
    alice.custody.take(kind, GENUINE[kind])
    assert everything(alice) != before


@pytest.mark.parametrize("kind", GENUINE)
@THOROUGH
@given(st.data())
def test_whatever_befalls_a_document_it_is_refused_and_changes_nothing(
    alice: Phone, kind: str, data: st.DataObject
) -> None:
    octets = data.draw(damaged(GENUINE[kind], FOREIGN[kind]))
    if octets != GENUINE[kind]:
        assert changes_nothing(alice, kind, octets) in CLEAR


@THOROUGH
@given(st.sampled_from(sorted(GENUINE)), st.sampled_from(sorted(GENUINE)), st.booleans())
def test_one_kind_does_not_pass_for_another(alice: Phone, kind: str, other: str, foreign: bool) -> None:
    if kind != other:
        octets = (FOREIGN if foreign else GENUINE)[other]
        assert changes_nothing(alice, kind, octets) in CLEAR


@functools.cache
def documents() -> list[tuple[str, bytes]]:
    """Everything that a year's end brings, in its order."""
    return [
        ("pack", monthly(DECEMBER)),
        ("pack", monthly(JANUARY, packs=2)),
        *(("bulletin", bulletin_octets(number=number)) for number in (2, 3)),
        *(("revoked", revoked_octets(REVOKED, number=number)) for number in (3, 4)),
        *(("issuance", listed(*leaves)) for leaves in (
            (leaf(), leaf(BOB)), (leaf(), leaf(BOB), leaf(CAROL)), (leaf(), leaf(BOB), leaf(CAROL), SECOND)
        )),
    ]  # fmt: skip


@settings(THOROUGH, max_examples=max(50, CASES // 5 if CASES < 2000 else CASES))
@given(st.data())
def test_in_any_order_and_however_often_nothing_goes_back(
    enrolled: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Each is taken when its turn has come, and otherwise refused or known; what is held only grows."""
    phone = Phone(Path(shutil.copytree(enrolled, tmp_path_factory.mktemp("alice") / "home")))
    known = documents()
    for at in data.draw(st.lists(st.integers(0, len(known) - 1), min_size=2, max_size=8)):
        kind, octets = known[at]
        before, disk = phone.custody.status(), everything(phone)
        code = taken(phone, kind, octets)
        after = phone.custody.status()
        if code:
            assert code in CLEAR
            assert (everything(phone), after) == (disk, before)
        assert after.packed >= before.packed
        assert after.bulletin >= before.bulletin
        assert after.others >= before.others
        assert set(after.months) >= set(before.months)
        again = everything(phone)
        taken(phone, kind, octets)
        assert everything(phone) == again, "the same once more changes nothing"
    shutil.rmtree(phone.home)


def test_packs_are_taken_in_their_order_only(alice: Phone) -> None:
    packs = [monthly(DECEMBER), monthly(JANUARY, packs=2)]
    assert changes_nothing(alice, "pack", packs[1]) in {"E03", "E04"}
    for octets in packs:
        alice.custody.take("pack", octets)
    for octets in itertools.chain(packs, reversed(packs)):
        assert changes_nothing(alice, "pack", octets) in {"E03", "E04"}


@pytest.mark.parametrize("kind", GENUINE)
@pytest.mark.parametrize("octets", [b"", b"\0", b"\xff" * 70, bytes(1 << 16)])
def test_rubbish_is_refused(alice: Phone, kind: str, octets: bytes) -> None:
    assert changes_nothing(alice, kind, octets) in CLEAR


@pytest.mark.parametrize("kind", ["bulletin", "revoked", "issuance"])
def test_what_somebody_else_has_signed_is_not_genuine(alice: Phone, kind: str) -> None:
    assert changes_nothing(alice, kind, FOREIGN[kind]) == "E04"
