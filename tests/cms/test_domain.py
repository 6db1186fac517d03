"""A domain: what is issued fits, what is blocked is listed, and what leaves holds nothing it should not."""

import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cms import domain as domains
from cms import media
from cms.errors import OperatorMistake
from cms.records import CardState
from crypto import (
    bulletin,
    card,
    certificates,
    crs_media,
    enrolment,
    fields,
    pack,
    revocation,
    sealing,
    signed,
)
from crypto.crs_media import CardState as RosterState

NOW = int(datetime(2026, 11, 10, 9, tzinfo=UTC).timestamp())
ALICE, BOB = "+447700900123", "+447700900124"


@pytest.fixture(scope="module")
def bare():
    return domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)


@pytest.fixture(scope="module")
def two(bare):
    one = domains.add_user(bare, tel=ALICE, name="Alice Müller", now=NOW)
    return domains.add_user(one, tel=BOB, name="Bob", now=NOW)


@pytest.fixture(scope="module")
def issued(two):
    """(domain, Alice's letter, Bob's letter)"""
    after, alice = domains.issue_card(two, tel=ALICE, now=NOW)
    after, bob = domains.issue_card(after, tel=BOB, now=NOW)
    return after, alice, bob


@pytest.fixture(scope="module")
def exported(issued):
    """(domain, files)"""
    return media.export(issued[0], now=NOW + 60)


def packs_of(on_media):
    """The first packs on media, by the serial of their card."""
    key = on_media.own.domain_key
    return {pack.address(octets, key).serial: octets for octets in on_media.packs}


def test_a_card_from_a_letter_opens_and_fits(issued):
    domain, alice, _ = issued
    read = card.parse(alice.text, domain_key=domain.domain_key)
    read.validate(read.open(alice.transfer_code))
    assert (read.tel, read.name, read.organisation) == (ALICE, "Alice Müller", "Example Office")
    assert (read.crs, read.domain, read.month) == ("crs.sv.example:5061", "sv.example", "2026-11")
    assert read.check_code() == alice.card.check_code
    assert read.kms == domain.certificate.kms(read.month)


def test_two_domains_have_nothing_in_common(bare):
    other = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
    assert other.domain_key != bare.domain_key
    [theirs], [ours] = other.generations, bare.generations
    assert theirs.sakke_public_key != ours.sakke_public_key
    assert theirs.eccsi_public_key != ours.eccsi_public_key


def test_a_card_is_in_date_for_a_week(issued):
    read = card.parse(issued[1].text)
    read.check_dates(NOW, built=0)
    read.check_dates(NOW + card.LIFETIME_S - 1, built=0)
    with pytest.raises(card.PackageError):
        read.check_dates(NOW + card.LIFETIME_S, built=0)


def test_a_card_made_late_in_a_month_ends_with_it(two):
    end = fields.month_end("2026-11")
    _, letter = domains.issue_card(two, tel=ALICE, now=end - 3600)
    assert (letter.card.month, letter.card.expires) == ("2026-11", end)


def test_a_card_is_shown_once(issued):
    with pytest.raises(OperatorMistake, match="--reissue"):
        domains.issue_card(issued[0], tel=ALICE, now=NOW)


def test_a_second_card_has_a_new_serial_and_key_and_blocks_the_first(issued):
    domain, first, _ = issued
    after, second = domains.issue_card(domain, tel=ALICE, now=NOW + 5, reissue=True)
    assert second.card.serial != first.card.serial
    assert second.card.pvt != first.card.pvt
    assert after.card_of(ALICE).serial == second.card.serial
    _, files = media.export(after, now=NOW + 60)
    on_media = crs_media.read(files, domain.domain_key)
    states = {entry.serial: entry.state for entry in on_media.roster}
    assert states[first.card.serial] is RosterState.BLOCKED
    assert states[second.card.serial] is RosterState.ACTIVE
    assert on_media.blocked == {first.card.serial}
    assert on_media.revoked.hashes == {revocation.pvt_hash(first.card.pvt)}
    assert first.card.serial not in packs_of(on_media)


def test_the_media_hold_a_roster_and_a_pack_for_every_card(issued, exported):
    domain, alice, bob = issued
    on_media = crs_media.read(exported[1], domain.domain_key)
    assert (on_media.sequence, on_media.issued, on_media.domain) == (1, NOW + 60, "sv.example")
    assert {entry.tel: entry.serial for entry in on_media.roster} == {
        ALICE: alice.card.serial,
        BOB: bob.card.serial,
    }
    assert set(packs_of(on_media)) == {alice.card.serial, bob.card.serial}
    assert on_media.own == domain.certificate


def test_a_phone_opens_its_pack_with_what_its_card_brought(issued, exported):
    domain, alice, _ = issued
    read = card.parse(alice.text)
    opened_card = read.open(alice.transfer_code)
    octets = packs_of(crs_media.read(exported[1], domain.domain_key))[alice.card.serial]
    first = pack.open(
        octets,
        transport_private=opened_card.transport_key,
        domain_key=read.domain_key,
        serial=read.serial,
        tel=read.tel,
    )
    board = bulletin.open(
        crs_media.read(exported[1], domain.domain_key).bulletins["2026-11"],
        key=first.bulletin_key,
        domain_key=read.domain_key,
    )
    assert board.directory == ((ALICE, "Alice Müller"), (BOB, "Bob"))
    assert certificates.subject_tel(first.client_certificate) == (ALICE, read.serial)
    key = certificates.certificate_pem(first.client_certificate)
    assert (
        signed.public_key(opened_card.tls_key)
        == certificates.x509.load_pem_x509_certificate(key.encode()).public_key().public_bytes_raw()
    )


def test_a_phone_does_not_open_the_pack_of_another(issued, exported):
    domain, alice, bob = issued
    transport = card.parse(bob.text).open(bob.transfer_code).transport_key
    octets = packs_of(crs_media.read(exported[1], domain.domain_key))[alice.card.serial]
    with pytest.raises(card.PackageError):
        pack.open(
            octets,
            transport_private=transport,
            domain_key=domain.domain_key,
            serial=alice.card.serial,
            tel=ALICE,
        )


def test_the_crs_verifies_a_first_contact_from_the_roster_alone(issued, exported):
    domain, alice, _ = issued
    read = card.parse(alice.text)
    request = enrolment.build(
        serial=read.serial,
        tel=read.tel,
        when=NOW + 100,
        nonce=bytes(16),
        ssk=read.open(alice.transfer_code).ssk,
        pvt=read.pvt,
        kpak=read.eccsi_public_key,
    )
    on_media = crs_media.read(exported[1], domain.domain_key)
    [entry] = [entry for entry in on_media.roster if entry.serial == read.serial]
    enrolment.verify(
        enrolment.parse(request),
        kpak=on_media.own.kms(read.month).eccsi_public_key,
        now=NOW + 101,
        card_pvt_hash=entry.pvt_hash,
    )


def test_a_phone_and_the_crs_meet_over_tls_with_nothing_but_card_pack_and_media(tmp_path, two):
    now = int(datetime.now(tz=UTC).timestamp())
    domain, alice = domains.issue_card(two, tel=ALICE, now=now)
    _, files = media.export(replace(domain, created=now - 86_400), now=now)
    on_media = crs_media.read(files)
    read = card.parse(alice.text)
    opened_card = read.open(alice.transfer_code)
    first = pack.open(
        packs_of(on_media)[read.serial],
        transport_private=opened_card.transport_key,
        domain_key=read.domain_key,
        serial=read.serial,
        tel=ALICE,
    )
    (tmp_path / "crs.crt").write_text(on_media.tls_certificate)
    (tmp_path / "crs.key").write_bytes(on_media.tls_key.expose())
    (tmp_path / "phone.crt").write_text(certificates.certificate_pem(first.client_certificate))
    (tmp_path / "phone.key").write_text(certificates.private_key_pem(opened_card.tls_key))
    crs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    crs.verify_mode = ssl.CERT_REQUIRED
    crs.load_verify_locations(cadata=certificates.trust_anchor(on_media.domain, on_media.own.domain_key))
    crs.load_cert_chain(tmp_path / "crs.crt", tmp_path / "crs.key")
    phone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    phone.minimum_version = ssl.TLSVersion.TLSv1_3
    phone.load_verify_locations(cadata=certificates.trust_anchor(read.domain, read.domain_key))
    phone.load_cert_chain(tmp_path / "phone.crt", tmp_path / "phone.key")
    here, there = socket.socketpair()
    seen = []

    def serve():
        with crs.wrap_socket(there, server_side=True) as connection:
            seen.append(connection.getpeercert(binary_form=True))
            connection.sendall(b"!")

    thread = threading.Thread(target=serve)
    thread.start()
    with phone.wrap_socket(here, server_hostname="crs.sv.example") as connection:
        assert connection.recv(1) == b"!"
    thread.join(10)
    assert certificates.subject_tel(seen[0]) == (ALICE, read.serial)


def test_somebody_added_after_an_export_is_on_the_next(issued, exported):
    domain = domains.add_user(exported[0], tel="+447700900125", name="Carol", now=NOW)
    domain, carol = domains.issue_card(domain, tel="+447700900125", now=NOW + 120)
    after, files = media.export(domain, now=NOW + 180)
    on_media = crs_media.read(files, domain.domain_key)
    assert (on_media.sequence, after.exports, on_media.revoked.number) == (2, 2, 2)
    assert carol.card.serial in packs_of(on_media)
    alice = issued[1]
    read = card.parse(alice.text)
    transport = read.open(alice.transfer_code).transport_key
    before = crs_media.read(exported[1], domain.domain_key)
    packs = [
        pack.open(
            octets, transport_private=transport, domain_key=read.domain_key, serial=read.serial, tel=ALICE
        )
        for octets in (packs_of(before)[read.serial], packs_of(on_media)[read.serial])
    ]
    boards = [
        bulletin.open(known.bulletins["2026-11"], key=one.bulletin_key, domain_key=domain.domain_key)
        for known, one in zip((before, on_media), packs, strict=True)
    ]
    assert [len(board.directory) for board in boards] == [2, 3]
    assert packs[0].next_transport_seed == packs[1].next_transport_seed
    assert packs[0].issued < packs[1].issued


def test_no_secret_of_the_domain_or_of_a_card_and_no_name_is_on_the_media(issued, exported):
    domain, alice, bob = issued
    everything = b"\n".join(exported[1].values())
    own, masters = domain.secrets, domain.generations[0]
    known = [masters.sakke, masters.eccsi, own.domain]
    for letter in (alice, bob):
        opened = card.parse(letter.text).open(letter.transfer_code)
        known += [opened.rsk, opened.ssk, opened.device_seed, opened.transport_key, opened.tls_key]
        known += [letter.card.next_transport_seed]
    for secret in known:
        assert secret.expose().lstrip(b"\0")[:32] not in everything
    for name in ("Alice", "Müller", "Bob"):
        assert name.encode() not in everything


def test_no_domain_card_or_letter_shows_itself(issued):
    domain, alice, _ = issued
    shown = repr(domain) + repr(alice) + repr(domain.secrets) + repr(alice.card)
    assert alice.transfer_code not in shown
    assert alice.text[:40] not in shown


@pytest.mark.parametrize(
    ("tel", "name"),
    [
        ("447700900125", "Carol"), ("+44 7700 900125", "Carol"), ("+0447700900125", "Carol"), ("", "Carol"),
        ("+4477009001251234", "Carol"), ("+447700900125", ""), ("+447700900125", "Ca\x1brol"),
        ("+447700900125", "x" * 49), ("+447700900125", " Carol"), (ALICE, "Carol"),
    ],
)  # fmt: skip
def test_who_cannot_be_added(two, tel, name):
    with pytest.raises(OperatorMistake):
        domains.add_user(two, tel=tel, name=name, now=NOW)


def test_a_name_that_would_not_fit_on_a_card_is_refused_when_it_is_added():
    crs = f"{'crs' * 10}.sv.example:5062"
    domain = domains.create("voice.sv.example", organisation="The Example Office", crs=crs, now=NOW)
    room = domains.room_for_name(domain)
    assert 0 < room < fields.MAX_NAME_OCTETS
    fits = domains.add_user(domain, tel="+999999999999999", name="x" * room, now=NOW)
    _, letter = domains.issue_card(fits, tel="+999999999999999", now=NOW)
    assert len(card.parse(letter.text).octets) <= card.MAX_OCTETS
    with pytest.raises(OperatorMistake, match="shorten it by 1 octets"):
        domains.add_user(domain, tel=ALICE, name="x" * (room + 1), now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "SV.EXAMPLE"}, {"name": ""}, {"name": "a" * 64}, {"name": "sv example"},
        {"organisation": ""},
        {"organisation": "x" * 49}, {"crs": "crs.sv.example"}, {"crs": "crs.sv.example:99999"},
        {"crs": ":5061"},
        {"marking": ""}, {"marking": "x" * 81}, {"crs": f"{'x' * 63}.{'y' * 12}:5062", "name": "z" * 63},
    ],
)  # fmt: skip
def test_a_domain_that_would_not_work_is_not_made(change):
    how = {"name": "sv.example", "organisation": "Example Office", "crs": "crs.sv.example:5061", **change}
    with pytest.raises(OperatorMistake):
        domains.create(how.pop("name"), **how, now=NOW)


def test_nobody_gets_a_card_without_being_added(two):
    with pytest.raises(OperatorMistake, match="cms user add"):
        domains.issue_card(two, tel="+447700900199", now=NOW)


def test_a_domain_without_anybody_can_be_exported(bare):
    _, files = media.export(bare, now=NOW)
    assert crs_media.read(files, bare.domain_key).roster == ()


def test_every_pack_is_counted_for_the_progress_bar(issued):
    count = []
    media.export(issued[0], now=NOW, packed=lambda: count.append(1))
    assert len(count) == 2


def test_the_states_of_the_cms_and_of_the_roster_are_the_same_numbers():
    assert {int(state) for state in CardState} == {int(state) for state in RosterState}
    assert int(CardState.BLOCKED) == int(RosterState.BLOCKED)


def test_the_cms_keeps_no_key_that_a_card_brought(issued):
    _, alice, _ = issued
    opened = card.parse(alice.text).open(alice.transfer_code)
    assert alice.card.transport_public == sealing.transport_public(opened.transport_key)
    kept = [getattr(alice.card, field) for field in alice.card.__slots__]
    assert opened.device_seed not in kept
    assert opened.ssk not in kept
