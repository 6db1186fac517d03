"""People: a list is taken whole or not at all, and what happens to somebody happens to their keys."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms import domain as domains
from cms import media, month, people, people_file
from cms.errors import OperatorMistake
from cms.people_file import BadLines
from cms.records import CardState
from crypto import crs_media, pack, revocation
from crypto.crs_media import CardState as RosterState
from tests.cms.plain import kept, plain

NOW = int(datetime(2026, 11, 28, 9, tzinfo=UTC).timestamp())
DECEMBER = NOW + 5 * 86_400
JANUARY = NOW + 40 * 86_400
ALICE, BOB, CAROL = "+447700900123", "+447700900124", "+447700900125"


@pytest.fixture(scope="module")
def bare():
    return domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)


@pytest.fixture(scope="module")
def office(bare):
    """Alice and Bob have cards and December's keys."""
    domain = bare
    for tel, name in ((ALICE, "Alice"), (BOB, "Bob")):
        domain = domains.add_user(domain, tel=tel, name=name, now=NOW)
        domain, _ = domains.issue_card(domain, tel=tel, now=NOW)
    return month.issue(domain, "2026-12", now=NOW)


def imported(domain, octets):
    lines, bad = people_file.read(octets if isinstance(octets, bytes) else octets.encode())
    return people.add_all(domain, lines, now=NOW, faults=bad)


def bad_lines(domain, octets):
    """The number and reason of each line that was refused; it must have been refused."""
    before = plain(domain)
    with pytest.raises(BadLines) as refused:
        imported(domain, octets)
    assert plain(domain) == before
    return {one.number: one.reason for one in refused.value.bad}


def on_media(domain, now=NOW + 60):
    return crs_media.read(media.export(domain, now=now)[1], domain.domain_key)


PEOPLE = [(ALICE, "Alice", ""), (BOB, "Bob Müller", "OFFICIAL")]


@pytest.mark.parametrize(
    "octets",
    [
        f"{ALICE},Alice\n{BOB},Bob Müller,OFFICIAL\n".encode(),
        f"{ALICE},Alice\n{BOB},Bob Müller,OFFICIAL".encode(),
        f"tel,name,marking\r\n{ALICE},Alice,\r\n{BOB},Bob Müller,OFFICIAL\r\n".encode(),
        f"\ufefftel;name;marking\r\n{ALICE};Alice;\r\n{BOB};Bob Müller;OFFICIAL\r\n".encode(),
        f"{ALICE}\tAlice\n{BOB}\tBob Müller\tOFFICIAL\n".encode(),
        f"Name,Marking,Tel\nAlice,,{ALICE}\nBob Müller,OFFICIAL,{BOB}\n".encode(),
        f'\n\n"{ALICE}", Alice\n,,\n{BOB}, "Bob Müller",OFFICIAL \n'.encode(),
    ],
    ids=["commas", "no last newline", "headings", "mark and semicolons", "tabs", "other order", "quotes"],
)
def test_a_list_is_read_as_spreadsheets_write_it(bare, octets):
    domain = imported(bare, octets)
    assert [(user.tel, user.name, user.marking) for user in domain.users] == PEOPLE
    assert domain.changed


def test_every_line_that_cannot_be_taken_is_named_with_its_reason(office):
    bad = bad_lines(
        office,
        f"{CAROL},Carol\n447700900126,No Plus\n{ALICE},Alice\n\n+447700900127,\n+447700900128\n"
        f"{CAROL},Carol again\n+447700900129,Dan,A,B\n+447700900130,{'x' * 60}\n+447700900131,a\x07b\n"
        f'+447700900132,Eve,{"M" * 81}\n"+447700900133"x,Fay\n+447700900134,Gil\n',
    )
    said = {
        2: "not an international number",
        3: f"{ALICE} is taken",
        5: "printable text",
        6: "1 fields",
        7: "on line 1 already",
        8: "4 fields",
        9: "60 octets",
        10: "printable",
        11: "81 octets",
        12: "CSV",
    }
    assert set(bad) == set(said)
    for number, text in said.items():
        assert text in bad[number], number


def test_the_lines_of_a_file_are_counted_from_one_over_quoted_line_breaks(bare):
    assert set(bad_lines(bare, f'tel,name\n{ALICE},"Ali\nce"\n{BOB},Bob\n{BOB},Bob\n')) == {2, 5}


@pytest.mark.parametrize("octets", [b"", b"\n\n", b"tel,name\n", b"\xef\xbb\xbf", b",,,\n"])
def test_a_list_of_nobody_is_refused(bare, octets):
    with pytest.raises(OperatorMistake, match="list is empty"):
        imported(bare, octets)


@pytest.mark.parametrize("octets", ["+4477,Zoë".encode("latin-1"), f"{ALICE},Alice".encode("utf-16")])
def test_a_list_that_is_not_utf_8_says_how_to_save_it(bare, octets):
    with pytest.raises(OperatorMistake, match="UTF-8"):
        imported(bare, octets)


def test_a_list_is_bounded(bare, monkeypatch, tmp_path):
    monkeypatch.setattr(people_file, "MAX_LINES", 3)
    with pytest.raises(OperatorMistake, match="split the list"):
        imported(bare, "".join(f"+44770090010{n},A\n" for n in range(4)))
    monkeypatch.setattr(people_file, "MAX_OCTETS", 10)
    (tmp_path / "p.csv").write_text(f"{ALICE},Alice\n")
    with pytest.raises(OperatorMistake, match="larger than"):
        people_file.load(tmp_path / "p.csv")
    with pytest.raises(OperatorMistake, match="cannot be read"):
        people_file.load(tmp_path)


def test_a_domain_holds_so_many_people_and_no_more(office, monkeypatch):
    monkeypatch.setattr(people, "MAX_USERS", 3)
    with pytest.raises(OperatorMistake, match="at most 3"):
        imported(office, f"{CAROL},Carol\n+447700900126,Dan\n")
    assert len(imported(office, f"{CAROL},Carol\n").users) == 3


def test_an_endless_field_is_refused(bare):
    assert set(bad_lines(bare, f"{ALICE},{'x' * 2000}\n{BOB},{'y' * 200_000}\n")) == {1, 2}


_FIELD = st.one_of(
    st.sampled_from(
        [ALICE, BOB, CAROL, "+1", "Alice", "OFFICIAL", "", " ", '"', "x" * 50, "tel", "name", "\0"]
    ),
    st.text(max_size=8),
)
_ROWS = st.lists(st.lists(_FIELD, max_size=4), max_size=8)


@settings(max_examples=400, deadline=None)
@given(
    octets=st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda mark, rows, delimiter, end: mark + end.join(delimiter.join(row) for row in rows).encode(),
            st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"]),
            _ROWS,
            st.sampled_from([",", ";", "\t"]),
            st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
        ),
    )
)
def test_no_list_whatsoever_is_taken_by_halves(office, octets):
    before = plain(office)
    try:
        lines, bad = people_file.read(octets)
        after = people.add_all(office, lines, now=NOW, faults=bad)
    except OperatorMistake:
        pass
    else:
        added = {user.tel: (user.name, user.marking) for user in after.users if user not in office.users}
        assert not bad
        assert added == {line.tel: (line.name, line.marking) for line in lines}
        assert len(after.users) == len(office.users) + len(lines)
        assert plain(kept(after)) == plain(after)
    assert plain(office) == before


def test_a_new_name_reaches_other_phones_and_no_card_is_made_anew(office):
    after = people.rename(replace(office, changed=False), tel=ALICE, name="Alice Jones")
    assert after.user(ALICE).name == "Alice Jones"
    assert after.changed
    assert [card.serial for card in after.cards] == [card.serial for card in office.cards]


@pytest.mark.parametrize("name", ["", " Alice", "x" * 49, "a\nb"])
def test_a_name_that_does_not_work_is_refused(office, name):
    with pytest.raises(OperatorMistake):
        people.rename(office, tel=ALICE, name=name)


def test_a_marking_of_ones_own_stands_on_the_letter_until_it_is_taken_away(office):
    marked = people.mark(office, tel=ALICE, marking="OFFICIAL-SENSITIVE")
    _, letter = domains.issue_card(marked, tel=ALICE, now=NOW, reissue=True)
    assert letter.marking == "OFFICIAL-SENSITIVE"
    _, letter = domains.issue_card(marked, tel=BOB, now=NOW, reissue=True)
    assert letter.marking == office.marking
    _, letter = domains.issue_card(
        people.mark(marked, tel=ALICE, marking=""), tel=ALICE, now=NOW, reissue=True
    )
    assert letter.marking == office.marking
    with pytest.raises(OperatorMistake, match="81 octets"):
        people.mark(office, tel=ALICE, marking="x" * 81)


def test_who_is_suspended_is_blocked_at_the_crs_and_nothing_is_revoked(office):
    suspended = on_media(people.suspend(office, tel=ALICE))
    states = {entry.tel: entry.state for entry in suspended.roster}
    assert states == {ALICE: RosterState.BLOCKED, BOB: RosterState.ACTIVE}
    assert suspended.revoked.hashes == frozenset()
    assert suspended.blocked == frozenset()


def test_who_is_resumed_is_served_again_with_the_same_card(office):
    again = people.resume(people.suspend(office, tel=ALICE), tel=ALICE)
    assert on_media(again).roster == on_media(office).roster
    assert on_media(again).packs == on_media(office).packs


def test_who_is_suspended_gets_no_new_month_and_misses_none_afterwards(office):
    suspended = month.issue(people.suspend(office, tel=ALICE), "2027-01", now=DECEMBER)
    assert {card.tel: card.newest for card in suspended.cards} == {ALICE: "2026-12", BOB: "2027-01"}
    resumed = month.issue(people.resume(suspended, tel=ALICE), "2027-01", now=DECEMBER)
    alice = resumed.card_of(ALICE).serial
    packs = [pack.address(octets, office.domain_key) for octets in on_media(resumed, DECEMBER).packs]
    assert [where.month for where in packs if where.serial == alice and where.kind] == ["2026-12", "2027-01"]


def test_suspending_and_resuming_are_said_once_and_a_card_comes_after(office):
    with pytest.raises(OperatorMistake, match="not suspended"):
        people.resume(office, tel=ALICE)
    suspended = people.suspend(office, tel=ALICE)
    with pytest.raises(OperatorMistake, match="suspended already"):
        people.suspend(suspended, tel=ALICE)
    with pytest.raises(OperatorMistake, match="cms user resume"):
        domains.issue_card(suspended, tel=ALICE, now=NOW, reissue=True)


def test_who_is_removed_is_blocked_and_every_signing_key_of_theirs_is_revoked(office):
    alice = office.card_of(ALICE)
    after = people.remove(office, tel=ALICE)
    assert [user.tel for user in after.users] == [BOB]
    gone = on_media(after)
    assert {entry.serial: entry.state for entry in gone.roster}[alice.serial] is RosterState.BLOCKED
    assert gone.blocked == {alice.serial}
    assert gone.revoked.hashes == {revocation.pvt_hash(pvt) for pvt in (alice.pvt, alice.months[0].pvt)}
    assert alice.serial not in {pack.address(octets, after.domain_key).serial for octets in gone.packs}


def test_a_number_is_free_when_the_keys_of_whoever_had_it_are_over(office):
    after = people.remove(office, tel=ALICE)
    for now in (NOW, DECEMBER):
        with pytest.raises(OperatorMistake, match="until the end of 2026-12"):
            domains.add_user(after, tel=ALICE, name="Al", now=now)
    with pytest.raises(BadLines):
        people.add_all(after, people_file.read(f"{ALICE},Al\n".encode())[0], now=DECEMBER)
    reused = domains.add_user(after, tel=ALICE, name="Al", now=JANUARY)
    assert reused.card_of(ALICE) is None
    reused, letter = domains.issue_card(reused, tel=ALICE, now=JANUARY)
    assert letter.card.serial != office.card_of(ALICE).serial
    states = [card.state for card in reused.cards if card.tel == ALICE]
    assert states == [CardState.BLOCKED, CardState.ISSUED]


def test_a_number_that_never_had_keys_is_free_at_once(bare):
    added = domains.add_user(bare, tel=ALICE, name="Alcie", now=NOW)
    assert domains.add_user(people.remove(added, tel=ALICE), tel=ALICE, name="Alice", now=NOW).users


@pytest.mark.parametrize("what", [people.suspend, people.resume, people.remove])
def test_nobody_is_nobody(office, what):
    with pytest.raises(OperatorMistake, match="nobody has"):
        what(office, tel=CAROL)


def test_cards_for_many_are_as_cards_for_one(office):
    domain = imported(office, f"{CAROL},Carol\n+447700900126,Dan\n")
    letters = []
    after = domains.issue_cards(domain, domain.users[2:], now=NOW, made=letters.append)
    assert [letter.card.tel for letter in letters] == [CAROL, "+447700900126"]
    assert [card.order for card in after.cards] == [0, 1, 4, 5]
    assert after.issuances == 6
    before = plain(domain)
    with pytest.raises(OperatorMistake, match="--reissue"):
        domains.issue_cards(domain, domain.users, now=NOW, made=letters.append)
    assert plain(domain) == before
