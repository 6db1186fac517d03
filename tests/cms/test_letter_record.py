"""What became of each letter: issued, used, destroyed, in that order, each once."""

from dataclasses import replace

import pytest

from cms import domain as domains
from cms import letter_record
from cms.errors import OperatorMistake
from cms.letter_record import LetterState
from crypto.serials import serial_text
from tests.cms.plain import kept

NOW = 1_794_300_000
ALICE, BOB = "+447700900123", "+447700900124"


@pytest.fixture(scope="module")
def office():
    domain = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
    for tel in (ALICE, BOB):
        domain = domains.add_user(domain, tel=tel, name="Somebody", now=NOW)
        domain, _ = domains.issue_card(domain, tel=tel, now=NOW)
    return domain


def state(domain, tel):
    return letter_record.state(domain.card_of(tel))


def test_a_letter_is_issued_then_used_then_destroyed(office):
    assert state(office, ALICE) is LetterState.ISSUED
    used = letter_record.mark_used(office, office.card_of(ALICE), now=NOW + 1)
    assert state(used, ALICE) is LetterState.USED
    gone = letter_record.mark_destroyed(used, used.card_of(ALICE), now=NOW + 2)
    assert state(gone, ALICE) is LetterState.DESTROYED
    assert (gone.card_of(ALICE).used, gone.card_of(ALICE).destroyed) == (NOW + 1, NOW + 2)
    assert state(gone, BOB) is LetterState.ISSUED
    again = kept(gone).card_of(ALICE)
    assert (again.used, again.destroyed) == (NOW + 1, NOW + 2)


def test_a_letter_that_was_never_needed_is_destroyed_unused(office):
    gone = letter_record.mark_destroyed(office, office.card_of(ALICE), now=NOW)
    assert state(gone, ALICE) is LetterState.DESTROYED
    with pytest.raises(OperatorMistake, match="tell security"):
        letter_record.mark_used(gone, gone.card_of(ALICE), now=NOW)


@pytest.mark.parametrize("mark", [letter_record.mark_used, letter_record.mark_destroyed])
def test_the_same_is_not_said_twice(office, mark):
    once = mark(office, office.card_of(ALICE), now=NOW)
    with pytest.raises(OperatorMistake, match="already"):
        mark(once, once.card_of(ALICE), now=NOW + 1)


def test_the_crs_need_not_know(office):
    assert not letter_record.mark_used(replace(office, changed=False), office.card_of(ALICE), now=NOW).changed


def test_an_unused_letter_is_void_when_its_card_is_blocked_or_its_time_is_over(office):
    card = office.card_of(ALICE)
    assert not letter_record.void(card, card.expires - 1)
    assert letter_record.void(card, card.expires)
    after, _ = domains.issue_card(office, tel=ALICE, now=NOW, reissue=True)
    assert letter_record.void(after.cards[0], NOW)
    used = letter_record.mark_used(after, after.cards[0], now=NOW)
    assert not letter_record.void(used.cards[0], NOW)


def test_a_letter_is_found_by_its_serial_however_it_is_typed(office):
    card = office.card_of(BOB)
    shown = serial_text(card.serial)
    for typed in (shown, shown.lower(), shown.replace(" ", ""), shown[:9], f"  {shown} "):
        assert letter_record.find(office, typed) is card


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "not a serial"), ("12G4", "not a serial"), ("123", "not a serial"), ("0" * 17, "not a serial")],
)
def test_what_is_no_serial_is_said_so(office, typed, said):
    with pytest.raises(OperatorMistake, match=said):
        letter_record.find(office, typed)


def test_a_serial_of_no_letter_or_of_two_is_said_so(office):
    with pytest.raises(OperatorMistake, match="no letter"):
        letter_record.find(office, "0000 0000 0000 0000")
    twins = replace(
        office,
        cards=tuple(
            replace(card, serial=0xABCD_0000_0000_0000 + place) for place, card in enumerate(office.cards)
        ),
    )
    with pytest.raises(OperatorMistake, match="2 letters"):
        letter_record.find(twins, "ABCD")
