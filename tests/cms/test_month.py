"""A month's keys: issued once, made again octet for octet, and of use to nobody but their phone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cms import domain as domains
from cms import media, month
from cms.errors import OperatorMistake
from crypto import (
    bulletin,
    card,
    crs_media,
    eccsi,
    fields,
    identifier,
    issuance,
    pack,
    revocation,
    sakke,
    sealing,
)
from crypto.errors import PackageError
from crypto.pack import PackKind
from tests.cms.plain import kept, plain

NOW = int(datetime(2026, 11, 28, 9, tzinfo=UTC).timestamp())
LATER = NOW + 5 * 86_400
ALICE, BOB = "+447700900123", "+447700900124"


@pytest.fixture(scope="module")
def enrolled():
    """(domain, {number: letter}), before any later month."""
    domain = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
    letters = {}
    for tel, name in ((ALICE, "Alice"), (BOB, "Bob")):
        domain = domains.add_user(domain, tel=tel, name=name, now=NOW)
        domain, letters[tel] = domains.issue_card(domain, tel=tel, now=NOW)
    return domain, letters


@pytest.fixture(scope="module")
def december(enrolled):
    return month.issue(enrolled[0], "2026-12", now=NOW + 60)


class Phone:
    """What a phone keeps of its packs: the transport key, and nothing older."""

    def __init__(self, letter):
        read = card.parse(letter.text)
        self.card = read
        self.transport = read.open(letter.transfer_code).transport_key

    def take(self, octets):
        brought = pack.open(
            octets,
            transport_private=self.transport,
            domain_key=self.card.domain_key,
            serial=self.card.serial,
            tel=self.card.tel,
        )
        self.transport = sealing.transport_key(brought.next_transport_seed)
        return brought


def packs_for(domain, tel, *, now=NOW + 120):
    """The packs of a number on fresh media, in the order of their months."""
    _, files = media.export(domain, now=now)
    on_media = crs_media.read(files, domain.domain_key)
    serial = domain.card_of(tel).serial
    found = [(pack.address(octets, domain.domain_key), octets) for octets in on_media.packs]
    return [
        octets
        for where, octets in sorted(found, key=lambda one: (one[0].month, one[0].kind))
        if where.serial == serial
    ]


def test_a_phone_opens_its_packs_in_order_and_their_keys_are_its_number_and_month(enrolled, december):
    domain, letters = enrolled
    phone = Phone(letters[ALICE])
    first, monthly = (phone.take(octets) for octets in packs_for(december, ALICE))
    assert (first.kind, first.month, first.keys) == (PackKind.FIRST, "2026-11", None)
    assert (monthly.kind, monthly.month) == (PackKind.MONTHLY, "2026-12")
    who = identifier.monthly(ALICE, fields.month_moment("2026-12"))
    kms = domain.certificate.kms("2026-12")
    sakke.validate_rsk(monthly.keys.rsk.expose(), identifier=who, kms_public_key=kms.sakke_public_key)
    eccsi.validate_ssk(monthly.keys.ssk.expose(), monthly.keys.pvt, identifier=who, kpak=kms.eccsi_public_key)


def test_a_month_that_was_slept_through_is_opened_before_the_next(enrolled, december):
    domain = month.issue(december, "2027-01", now=LATER)
    phone = Phone(enrolled[1][BOB])
    packs = packs_for(domain, BOB)
    with pytest.raises(PackageError):
        Phone(enrolled[1][BOB]).take(packs[2])
    assert [phone.take(octets).month for octets in packs] == ["2026-11", "2026-12", "2027-01"]


def test_an_old_transport_key_opens_nothing_new(enrolled, december):
    phone = Phone(enrolled[1][ALICE])
    old = phone.transport
    first, monthly = packs_for(december, ALICE)
    phone.take(first)
    phone.transport = old
    with pytest.raises(PackageError):
        phone.take(monthly)


def test_a_phone_does_not_open_the_month_of_another(enrolled, december):
    alice = Phone(enrolled[1][ALICE])
    alice.take(packs_for(december, ALICE)[0])
    with pytest.raises(PackageError) as refused:
        alice.take(packs_for(december, BOB)[1])
    assert refused.value.code == "E04"


def test_the_same_export_gives_the_same_octets(december):
    made = [media.export(december, now=NOW + 120)[1] for _ in range(2)]
    assert made[0] == made[1]


def test_issuing_a_month_twice_changes_nothing(december):
    again = month.issue(december, "2026-12", now=NOW + 600)
    assert again.issuances == december.issuances
    assert plain(again) == plain(december)


def test_whoever_comes_after_the_month_was_issued_gets_it_too(december):
    domain = domains.add_user(december, tel="+447700900125", name="Carol", now=NOW + 90)
    domain, _ = domains.issue_card(domain, tel="+447700900125", now=NOW + 90)
    domain = month.issue(domain, "2026-12", now=NOW + 100)
    assert [one.newest for one in domain.cards] == ["2026-12"] * 3
    assert packs_for(domain, ALICE)[1] == packs_for(december, ALICE)[1]


def test_a_blocked_card_gets_no_further_month_and_the_keys_it_has_are_revoked(december):
    lost = december.card_of(ALICE)
    blocked = domains.block_card(december, lost)
    after = month.issue(blocked, "2027-01", now=LATER)
    assert [one.newest for one in after.cards] == ["2026-12", "2027-01"]
    on_media = crs_media.read(media.export(after, now=LATER)[1], after.domain_key)
    assert lost.serial not in {pack.address(octets, after.domain_key).serial for octets in on_media.packs}
    pvts = (lost.pvt, lost.months[0].pvt)
    assert on_media.revoked.hashes == {revocation.pvt_hash(pvt) for pvt in pvts}


def test_every_key_is_in_the_issuance_list_of_its_month(enrolled, december):
    on_media = crs_media.read(media.export(december, now=NOW + 120)[1], december.domain_key)
    for known in ("2026-11", "2026-12"):
        head, leaves = issuance.open(on_media.issuance[known], december.domain_key)
        assert (head.size, head.month) == (2, known)
        for one in december.cards:
            pvt = one.pvt if known == "2026-11" else one.months[0].pvt
            own = issuance.leaf(december.name, one.tel, known, pvt)
            assert issuance.others(leaves, own=own, revoked=frozenset()) == 0


def test_a_second_card_inside_a_month_is_appended_to_its_list(enrolled):
    domain, _ = enrolled
    before = issuance.open(media._issuance_list(domain, "2026-11", NOW), domain.domain_key)[1]
    after, _ = domains.issue_card(domain, tel=ALICE, now=NOW + 30, reissue=True)
    leaves = issuance.open(media._issuance_list(after, "2026-11", NOW), domain.domain_key)[1]
    assert leaves[:2] == before
    assert (len(leaves), leaves[2].whose) == (3, leaves[0].whose)


def test_the_bulletin_of_each_month_opens_with_the_key_from_its_pack(enrolled, december):
    on_media = crs_media.read(media.export(december, now=NOW + 120)[1], december.domain_key)
    phone = Phone(enrolled[1][ALICE])
    for octets in packs_for(december, ALICE):
        brought = phone.take(octets)
        board = bulletin.open(
            on_media.bulletins[brought.month], key=brought.bulletin_key, domain_key=december.domain_key
        )
        assert board.directory == ((ALICE, "Alice"), (BOB, "Bob"))


@pytest.mark.parametrize("wrong", ["2026-10", "2027-02", "2026-13", "December", "", "2026-1", "2026-12 "])
def test_a_month_that_is_over_too_far_ahead_or_none_is_refused(enrolled, wrong):
    with pytest.raises(OperatorMistake, match="2026-11"):
        month.issue(enrolled[0], wrong, now=NOW)


def test_a_store_in_which_a_key_does_not_fit_its_seed_is_found_out(december):
    alice, bob = december.cards
    false = replace(alice, months=(replace(alice.months[0], pvt=bob.months[0].pvt),))
    mixed = replace(december, cards=(false, bob))
    with pytest.raises(OperatorMistake, match="restore a backup"):
        media.export(mixed, now=NOW + 120)


def test_the_store_keeps_the_months(december):
    again = kept(december)
    assert media.export(again, now=NOW + 120)[1] == media.export(december, now=NOW + 120)[1]


def test_months_that_are_over_are_packed_no_more(december):
    january = NOW + 40 * 86_400
    on_media = crs_media.read(media.export(december, now=january)[1], december.domain_key)
    assert on_media.packs == ()
