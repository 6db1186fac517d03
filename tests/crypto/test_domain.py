"""Domains as others know them: which keys serve a month, which numbers belong to whom."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, domain
from crypto.domain import Generation, NoGeneration, partner_of, vouches
from crypto.errors import PackageError
from tests.crypto.issued import DOMAIN, KPAK, OWN, PARTNER, Z

OTHER = replace(
    PARTNER,
    domain=replace(PARTNER.domain, kms_uri="other.example", domain_key=bytes(32)),
    prefixes=("+4416329608",),
)
BOTH = (PARTNER, OTHER)
HOME_TEL, THEIRS, OTHERS = "+447700900123", "+441632970001", "+441632960801"


def generations(*firsts: str) -> tuple[Generation, ...]:
    return tuple(Generation(first, bytes([at]) * 257, KPAK) for at, first in enumerate(firsts))


def refused(rows: object) -> str:
    with pytest.raises(PackageError) as refusal:
        domain.from_rows(rows, home=DOMAIN)
    return refusal.value.code


def rows(*partners: domain.Partner) -> list[list[object]]:
    return cbor.decode(cbor.encode(domain.to_rows(partners)), max_octets=10**6)


@pytest.mark.parametrize(
    ("month", "serving"), [("2026-12", 0), ("2027-01", 1), ("2027-03", 1), ("2027-04", 2), ("2031-01", 2)]
)
def test_the_newest_keys_that_have_begun_serve_a_month(month, serving):
    known = replace(OWN, generations=generations("2026-11", "2027-01", "2027-04"))
    assert known.kms(month).sakke_public_key[0] == serving


@pytest.mark.parametrize("month", ["2026-10", "2027-05"])
def test_a_month_that_a_domain_does_not_speak_for_has_no_keys(month):
    known = replace(OWN, generations=generations("2026-11", "2027-01"), until="2027-04")
    with pytest.raises(NoGeneration):
        known.kms(month)


def test_the_longest_prefix_decides_whose_a_number_is():
    assert partner_of(BOTH, THEIRS) is PARTNER
    assert partner_of(BOTH, OTHERS) is OTHER
    assert partner_of(BOTH[::-1], OTHERS) is OTHER
    assert partner_of(BOTH, HOME_TEL) is None


@pytest.mark.parametrize("tel", [HOME_TEL, THEIRS, OTHERS])
@pytest.mark.parametrize("uri", [DOMAIN, "partner.example", "other.example", "stranger.example"])
def test_a_number_is_vouched_for_by_its_own_domain_and_by_nobody_else(uri, tel):
    owner = {HOME_TEL: DOMAIN, THEIRS: "partner.example", OTHERS: "other.example"}[tel]
    assert vouches(uri, tel, home=DOMAIN, partners=BOTH) == (uri == owner)


def test_partners_are_read_as_they_were_written():
    assert domain.from_rows(rows(*BOTH), home=DOMAIN) == (OTHER, PARTNER)
    assert domain.from_row(domain.to_row(OWN)) == OWN


@pytest.mark.parametrize(
    "partners",
    [
        (PARTNER, replace(OTHER, prefixes=("+44163297",))),
        (PARTNER, replace(OTHER, domain=replace(OTHER.domain, domain_key=PARTNER.domain.domain_key))),
        (PARTNER, replace(OTHER, domain=replace(OTHER.domain, kms_uri=PARTNER.name))),
        (replace(PARTNER, domain=replace(PARTNER.domain, kms_uri=DOMAIN)),),
        (replace(PARTNER, domain=replace(PARTNER.domain, kms_uri="Partner.Example")),),
        (replace(PARTNER, domain=replace(PARTNER.domain, domain_key=bytes(31))),),
        (replace(PARTNER, domain=replace(PARTNER.domain, generations=())),),
        (replace(PARTNER, domain=replace(PARTNER.domain, generations=generations("2027-01", "2026-12"))),),
        (replace(PARTNER, domain=replace(PARTNER.domain, generations=generations("2027-01", "2027-01"))),),
        (replace(PARTNER, domain=replace(PARTNER.domain, generations=(Generation("2027-01", KPAK, Z),))),),
        (replace(PARTNER, prefixes=()),),
        (replace(PARTNER, prefixes=("+4",)),),
        (replace(PARTNER, prefixes=("44163296",)),),
        (replace(PARTNER, prefixes=("+44163296", "+44163296")),),
        (replace(PARTNER, prefixes=tuple(f"+441632{at}" for at in range(100, 165))),),
        (replace(PARTNER, crs="crs.partner.example"),),
        (replace(PARTNER, crs="crs.partner.example:05061"),),
        (replace(PARTNER, organisation=""),),
        (replace(PARTNER, organisation="two\nlines"),),
    ],
)
def test_partners_that_cannot_be_are_refused(partners):
    assert refused(rows(*partners)) == "E03"


def test_prefixes_stand_in_one_order():
    [row] = rows(PARTNER)
    row[6] = row[6][::-1]
    assert refused([row]) == "E03"


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_other_octets_are_partners_or_refused(octets):
    with suppress(PackageError):
        read = domain.from_rows(cbor.decode(octets, max_octets=400), home=DOMAIN)
        assert cbor.encode(domain.to_rows(read)) == octets


_CELLS = st.one_of(
    st.integers(-1, 2**40),
    st.binary(max_size=300),
    st.text(max_size=20),
    st.none(),
    st.lists(st.text(), max_size=2),
)


@settings(max_examples=300)
@given(place=st.integers(0, 6), cell=_CELLS)
def test_a_cell_put_wrong_is_refused_or_says_something_else(place, cell):
    [row] = rows(PARTNER)
    before, row[place] = row[place], cell
    with suppress(PackageError):
        [read] = domain.from_rows([row], home=DOMAIN)
        assert (read == PARTNER) == (cell == before)
