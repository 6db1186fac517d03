"""The replay cache: nothing accepted twice, nothing forgotten too early, bounded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.replays import CAPACITY, PER_CALLER, ReplayCache

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def rand(number: int) -> bytes:
    return number.to_bytes(16, "big")


def test_what_was_recorded_is_known_and_nothing_else() -> None:
    cache = ReplayCache()
    assert cache.record(b"alice", rand(1), until=LATER, now=NOW)
    assert cache.knows(b"alice", rand(1))
    assert not cache.knows(b"alice", rand(2))
    assert not cache.knows(b"bob", rand(1))


def test_where_the_initiator_ends_matters() -> None:
    cache = ReplayCache()
    cache.record(b"ab", b"c" + rand(1), until=LATER, now=NOW)
    assert not cache.knows(b"a", b"bc" + rand(1))


def test_an_entry_stays_until_its_time_and_goes_after_it() -> None:
    cache = ReplayCache()
    cache.record(b"alice", rand(1), until=LATER, now=NOW)
    cache.record(b"alice", rand(2), until=LATER + timedelta(minutes=5), now=LATER)
    assert cache.knows(b"alice", rand(1))
    cache.record(b"alice", rand(3), until=LATER + timedelta(minutes=5), now=LATER + timedelta(seconds=2))
    assert not cache.knows(b"alice", rand(1))
    assert cache.knows(b"alice", rand(2))


def test_one_caller_cannot_shut_out_the_others() -> None:
    cache = ReplayCache()
    for number in range(PER_CALLER):
        assert cache.record(b"alice", rand(number), until=LATER, now=NOW)
    assert not cache.record(b"alice", rand(PER_CALLER), until=LATER, now=NOW)
    assert cache.record(b"bob", rand(0), until=LATER, now=NOW)
    assert cache.record(b"alice", rand(PER_CALLER), until=LATER, now=LATER + timedelta(seconds=2))


def test_a_full_cache_refuses_and_forgets_nothing() -> None:
    cache = ReplayCache()
    for number in range(CAPACITY):
        assert cache.record(b"%d" % (number // PER_CALLER), rand(number), until=LATER, now=NOW)
    assert not cache.record(b"one more", rand(0), until=LATER, now=NOW)
    assert cache.knows(b"0", rand(0))
    assert len(ReplayCache.decode(cache.encode())) == CAPACITY


@given(st.lists(st.tuples(st.binary(max_size=20), st.binary(min_size=16, max_size=40)), max_size=20))
def test_a_restart_forgets_nothing(messages: list[tuple[bytes, bytes]]) -> None:
    cache = ReplayCache()
    for initiator, octets in messages:
        cache.record(initiator, octets, until=LATER, now=NOW)
    again = ReplayCache.decode(cache.encode())
    assert all(again.knows(initiator, octets) for initiator, octets in messages)
    assert again.encode() == cache.encode()


@pytest.mark.parametrize(
    "octets",
    [b"", b"\0", b"\2", b"\1" + bytes(31), b"\1" + bytes(33), b"\1" + bytes(32 * (CAPACITY + 1))],
)
def test_octets_that_are_no_cache_are_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match="replay cache"):
        ReplayCache.decode(octets)
