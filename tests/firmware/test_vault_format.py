"""What the vault holds comes back as it was; octets that are no vault are damage and nothing worse."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import card, cbor
from crypto.replays import ReplayCache
from firmware import admission, months
from firmware.vault import MAX_OCTETS, VaultDamaged
from firmware.vault_format import MAX_RETIRED, MAX_SERIALS, Journal, Pending, VaultContent
from tests.crypto.callers import ALICE, BOB
from tests.firmware.issuing import bulletin_octets, card_text, content, sealed, secrets_of

NONCE = bytes(range(16))
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def full() -> VaultContent:
    """Return a vault with everything in it."""
    pending = admission.identity(card.parse(card_text()), secrets_of(ALICE, 7))
    current = admission.admit(pending, base64.b64decode(sealed(content())))
    current = months.take_bulletin(current, bulletin_octets())
    return VaultContent(current, Pending(pending, NONCE), used=(7, 8), begun=((7, NONCE), (9, bytes(16))))


FULL = full().encode()


def test_everything_comes_back() -> None:
    content = VaultContent.decode(FULL)
    assert content.encode() == FULL
    assert content.current is not None
    assert content.pending is not None
    assert content.current.identity.tel == ALICE
    assert content.current.identity.months[0].rsk == secrets_of(ALICE, 7).rsk
    assert dict(content.current.directory)[BOB] == "Bob Beispiel"
    assert (content.pending.nonce, content.used, len(content.begun)) == (NONCE, (7, 8), 2)


def test_an_empty_vault_comes_back() -> None:
    assert VaultContent.decode(VaultContent().encode()).encode() == VaultContent().encode()


def test_only_the_newest_serials_are_remembered() -> None:
    many = VaultContent(used=tuple(range(1, 200)), begun=tuple((n, NONCE) for n in range(1, 200)))
    again = VaultContent.decode(many.encode())
    assert again.used == tuple(range(200 - MAX_SERIALS, 200))
    assert again.begun[0][0] == 200 - MAX_SERIALS


def test_only_the_newest_retired_keys_are_remembered() -> None:
    many = VaultContent(retired=tuple(bytes([n]) * 32 for n in range(40)))
    assert VaultContent.decode(many.encode()).retired == many.retired[-MAX_RETIRED:]


def test_no_part_of_a_vault_shows_a_secret_when_printed() -> None:
    content = VaultContent.decode(FULL)
    assert content.current is not None
    held = content.current.identity.months[0]
    for thing in (content, content.current, content.current.identity, held, content.pending):
        assert held.ssk.expose().hex() not in repr(thing)
        assert str(held.ssk.expose()) not in repr(thing)


def test_every_truncation_is_damage() -> None:
    for length in range(0, len(FULL), 7):
        with pytest.raises(VaultDamaged):
            VaultContent.decode(FULL[:length])


@given(st.binary(max_size=300), st.sampled_from([b"", b"\1", b"\2", b"\4"]))
def test_any_octets_are_damage_or_come_back(octets: bytes, version: bytes) -> None:
    for kind in (VaultContent, Journal):
        try:
            state = kind.decode(version + octets)
        except VaultDamaged:
            continue
        assert state.encode() == version + octets


def of_version_3(*, openings: bool) -> bytes:
    """The same vault as a phone before has written it; the first ones without a count of openings."""
    body = cbor.decode(FULL[1:], max_octets=MAX_OCTETS)
    del body[1][12]
    body[1][10] = [[24322, 7, bytes(32), 1, *([2] if openings else [])]]
    return b"\3" + cbor.encode(body)


@pytest.mark.parametrize("openings", [False, True])
def test_a_vault_of_the_version_before_opens_with_everything_and_is_written_as_the_new_one(
    openings: bool,
) -> None:
    content = VaultContent.decode(of_version_3(openings=openings))
    assert content.current is not None
    assert content.current.identity.months[0].rsk == secrets_of(ALICE, 7).rsk
    [seen] = content.current.issuance
    assert (seen.size, seen.others, seen.openings) == (7, 1, 2 if openings else 0)
    assert content.current.partners_fetched == ()
    assert (content.used, len(content.begun)) == ((7, 8), 2)
    assert content.encode()[0] == 4
    assert VaultContent.decode(content.encode()).encode() == content.encode()


@given(st.binary(max_size=300))
def test_any_octets_of_the_version_before_are_damage_or_a_vault(octets: bytes) -> None:
    try:
        content = VaultContent.decode(b"\3" + octets)
    except VaultDamaged:
        return
    assert VaultContent.decode(content.encode()).encode() == content.encode()


@pytest.mark.parametrize("body", [[], 0, {}, {1: 0}, {1: {10: 0}}, {1: {10: [[1, 2, 3, 4]]}}, {3: [], 4: 0}])
def test_a_vault_of_the_version_before_with_impossible_content_is_damage(body: object) -> None:
    with pytest.raises(VaultDamaged):
        VaultContent.decode(b"\3" + cbor.encode(body))


@given(st.integers(0, len(FULL) - 1), st.integers(1, 255))
def test_a_changed_octet_is_damage_or_another_vault(at: int, change: int) -> None:
    octets = bytearray(FULL)
    octets[at] ^= change
    try:
        content = VaultContent.decode(bytes(octets))
    except VaultDamaged:
        return
    assert content.encode() == octets


def test_a_newer_version_says_so() -> None:
    with pytest.raises(VaultDamaged, match="another version"):
        VaultContent.decode(b"\2" + FULL[1:])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {3: []},
        {3: [0], 4: []},
        {3: ["7"], 4: []},
        {3: [[7]], 4: []},
        {3: [], 4: [[7, b"short"]]},
        {3: [], 4: [[7]]},
        {3: list(range(1, MAX_SERIALS + 2)), 4: []},
        {1: {}, 3: [], 4: []},
        {2: {1: {}, 2: NONCE}, 3: [], 4: []},
        {3: [], 4: [], 5: 0},
        {3: [], 4: [], 7: []},
        {3: [], 4: [], 7: [bytes(31)]},
        {3: [], 4: [], 7: ["k" * 32]},
        {3: [], 4: [], 7: [bytes(32)] * (MAX_RETIRED + 1)},
    ],
)
def test_a_vault_with_impossible_content_is_damage(body: object) -> None:
    with pytest.raises(VaultDamaged):
        VaultContent.decode(b"\4" + cbor.encode(body))


def test_the_journal_comes_back() -> None:
    journal = Journal(last_seen=1_795_000_000, replays=ReplayCache())
    journal.replays.record(b"alice", bytes(16), until=NOW + timedelta(minutes=5), now=NOW)
    again = Journal.decode(journal.encode())
    assert again.last_seen == 1_795_000_000
    assert again.replays.knows(b"alice", bytes(16))


@pytest.mark.parametrize("body", [{}, {1: 0}, {1: -1, 2: b"\1"}, {1: 0, 2: b""}, {1: 2**60, 2: b"\1"}])
def test_a_journal_with_impossible_content_is_damage(body: object) -> None:
    with pytest.raises(VaultDamaged):
        Journal.decode(b"\1" + cbor.encode(body))
