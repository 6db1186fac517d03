"""The jitter buffer, as a clock and a network would see it."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.jitter import CAPACITY, MAX_HELD, Conceal, JitterBuffer, Merge, Play, Recover, Wait
from media.rtp import RTPPacket

PERIOD = 0.020


def packet(number: int, *, ticks: int | None = None) -> RTPPacket:
    """The packet of frame `number`; its payload says so."""
    timestamp = (960 * number if ticks is None else ticks) & 0xFFFFFFFF
    return RTPPacket(96, number & 0xFFFF, timestamp, 1, b"%d" % number)


def frames(*actions: object) -> list[int]:
    """The numbers of the frames that were played."""
    numbers = []
    for action in actions:
        match action:
            case Play(frame):
                numbers.append(int(frame))
            case Merge(first, second):
                numbers += [int(first), int(second)]
    return numbers


def run(
    arrivals: list[tuple[float, RTPPacket]],
    periods: int,
    *,
    phase: float = 0.001,
    rate: float = 1.0,
    quiet: bool = True,
) -> tuple[JitterBuffer, list[object]]:
    """Let packets arrive and a card ask, in order of time."""
    buffer = JitterBuffer()
    waiting = sorted(arrivals, key=lambda arrival: arrival[0])
    actions: list[object] = []
    for n in range(periods):
        now = phase + n * PERIOD * rate
        while waiting and waiting[0][0] <= now:
            at, arrived = waiting.pop(0)
            buffer.put(arrived, at)
        actions.append(buffer.take(now, quiet=quiet))
    return buffer, actions


def steady(
    count: int, *, delay: float = 0.01, without: tuple[int, ...] = ()
) -> list[tuple[float, RTPPacket]]:
    return [(n * PERIOD + delay, packet(n)) for n in range(count) if n not in without]


def test_before_the_first_packet_there_is_silence():
    assert JitterBuffer().take(0.0) == Wait()


def test_the_first_frame_waits_about_forty_milliseconds():
    _, actions = run(steady(10), 10)
    assert actions.index(Play(b"0")) in (2, 3)
    assert all(action == Wait() for action in actions[:2])


def test_a_steady_stream_is_played_frame_by_frame():
    buffer, actions = run(steady(500), 500)
    played = frames(*actions)
    assert played == list(range(len(played)))
    assert len(played) > 490
    assert buffer.counters.lost == buffer.counters.concealed == 0


def test_a_calm_network_earns_a_short_delay():
    buffer, _ = run(steady(1000), 1000)
    assert 0.020 <= buffer.depth <= 0.046


def test_a_lost_frame_is_recovered_from_the_next_one():
    buffer, actions = run(steady(50, without=(20,)), 50)
    lost = actions.index(Recover(b"21"))
    assert actions[lost - 1 : lost + 2] == [Play(b"19"), Recover(b"21"), Play(b"21")]
    assert (buffer.counters.lost, buffer.counters.recovered, buffer.counters.concealed) == (1, 1, 0)


def test_of_three_lost_frames_two_are_concealed_and_the_last_is_recovered():
    buffer, actions = run(steady(60, without=(20, 21, 22)), 60)
    at = actions.index(Play(b"19"))
    assert actions[at + 1 : at + 5] == [Conceal(), Conceal(), Recover(b"23"), Play(b"23")]
    assert buffer.counters.lost == 3


def test_reordered_packets_are_played_in_order():
    dice = random.Random(3)
    arrivals = [(n * PERIOD + dice.uniform(0, 0.035), packet(n)) for n in range(300)]
    _, actions = run(arrivals, 300)
    played = frames(*actions)
    assert played == sorted(played)
    assert len(played) >= 290


def test_duplicates_are_counted_and_not_played_twice():
    buffer, actions = run(steady(100) * 2, 100)
    played = frames(*actions)
    assert len(played) == len(set(played)) > 90
    assert buffer.counters.duplicates == buffer.counters.received // 2


def test_a_late_frame_is_played_late_when_nothing_else_was_there_and_the_depth_grows():
    late = [(n * PERIOD + (0.01 if n < 50 else 0.09), packet(n)) for n in range(200)]
    buffer, actions = run(late, 200)
    played = frames(*actions)
    assert played == list(range(len(played)))
    assert buffer.counters.lost == 0
    assert 2 <= buffer.counters.concealed <= 4
    assert buffer.depth >= 0.08


def test_a_packet_that_comes_after_its_turn_is_dropped_and_makes_the_next_ones_wait_longer():
    arrivals = [*steady(200, without=(60,)), (60 * PERIOD + 0.11, packet(60))]
    buffer, actions = run(arrivals, 100)
    assert 60 not in frames(*actions)
    assert buffer.counters.late == 1
    before, _ = run(steady(200), 100)
    assert buffer.depth > before.depth


def test_the_delay_comes_down_again_slowly():
    late = [(n * PERIOD + (0.2 if 50 <= n < 55 else 0.01), packet(n)) for n in range(2000)]
    high, _ = run(late, 70)
    low, _ = run(late, 2000)
    assert high.depth > 0.08
    assert low.depth <= 0.046
    assert low.counters.merged >= 2


@pytest.mark.parametrize("rate", [1 + 3e-4, 1 - 3e-4], ids=["our clock is slow", "our clock is fast"])
def test_two_clocks_may_drift_for_ten_minutes(rate):
    """300 parts per million: nine frames in ten minutes, put in or merged one by one."""
    buffer, actions = run(steady(30020), 30000, rate=rate, quiet=True)
    played = frames(*actions)
    assert played == list(range(len(played)))
    counters = buffer.counters
    assert counters.lost == counters.late == counters.restarts == counters.skipped == 0
    assert 5 <= counters.merged + counters.concealed <= 14
    assert buffer.depth < 0.07


def test_after_two_hundred_milliseconds_of_nothing_the_line_is_silent():
    buffer, actions = run(steady(50), 100)
    last = actions.index(Play(b"49"))
    assert actions[last + 1 : last + 1 + MAX_HELD] == [Conceal()] * MAX_HELD
    assert set(actions[last + 1 + MAX_HELD :]) == {Wait()}
    assert buffer.counters.restarts == 1


def test_after_an_outage_the_sound_comes_back_within_a_tenth_of_a_second():
    outage = tuple(range(100, 1600))
    buffer, actions = run(steady(1700, without=outage), 1700)
    back = actions.index(Play(b"1600"))
    assert (back - 1600) * PERIOD < 0.1
    assert buffer.counters.lost == len(outage)


def test_sequence_and_timestamp_may_wrap_around():
    start = 0xFFFF - 20
    base = (1 << 32) - 20 * 960
    arrivals = [(n * PERIOD, packet(start + n, ticks=base + 960 * n)) for n in range(100)]
    _, actions = run(arrivals, 100)
    played = frames(*actions)
    assert played == list(range(start, start + len(played)))
    assert len(played) > 90


def test_a_peer_that_starts_its_clock_anew_is_heard_again():
    second = [(2 + n * PERIOD, packet(5000 + n, ticks=7_000_000 + 960 * n)) for n in range(100)]
    _, actions = run(steady(100) + second, 200)
    assert frames(*actions)[-1] > 5080


def test_a_flood_of_packets_stays_within_the_capacity():
    buffer = JitterBuffer()
    for n in range(10000):
        buffer.put(packet(n), 0.001 * n)
        assert len(buffer) <= CAPACITY


def test_a_network_that_holds_everything_back_for_a_second_is_not_heard_a_second_late():
    held = [
        (max(n * PERIOD + 0.01, 2.0) if 50 <= n < 100 else n * PERIOD + 0.01, packet(n)) for n in range(600)
    ]
    buffer, actions = run(held, 600)
    assert buffer.depth < 0.15
    assert frames(*actions)[-1] >= 590


@pytest.mark.parametrize("seed", range(5))
def test_ordinary_jitter_costs_almost_nothing(seed):
    dice = random.Random(seed)
    arrivals = [(n * PERIOD + 0.02 + dice.expovariate(1 / 0.008), packet(n)) for n in range(3000)]
    buffer, actions = run(arrivals, 3000)
    counters = buffer.counters
    assert counters.late + counters.lost < 30
    assert counters.concealed < 30
    assert buffer.depth < 0.110
    assert len(frames(*actions)) > 2950


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(-70, 70), st.integers(-3, 3)),
        st.tuples(st.just("take"), st.booleans(), st.floats(0, 0.1)),
    ),
    max_size=300,
)


@settings(max_examples=300, deadline=None)
@given(moves=MOVES, start=st.integers(0, 0xFFFF))
def test_whatever_comes_frames_are_played_once_in_order_and_none_is_made_up(moves, start):
    buffer = JitterBuffer()
    now, at = 0.0, start
    put: set[int] = set()
    played: list[int] = []
    for kind, first, second in moves:
        if kind == "put":
            at = max(0, at + first) if first < 0 else at + first
            buffer.put(packet(at, ticks=960 * (at + second)), now)
            put.add(at)
        else:
            now += second
            played += frames(buffer.take(now, quiet=first))
        assert len(buffer) <= CAPACITY
    assert all(later > earlier for earlier, later in itertools.pairwise(played))
    assert set(played) <= put
    counters = buffer.counters
    accounted = counters.duplicates + counters.late + counters.skipped + len(played) + len(buffer)
    assert counters.received == accounted


@settings(max_examples=100, deadline=None)
@given(
    sequences=st.lists(
        st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF), st.floats(0, 1)), max_size=150
    )
)
def test_senseless_numbers_do_no_harm(sequences):
    buffer = JitterBuffer()
    now = 0.0
    for sequence, timestamp, pause in sequences:
        now += pause
        buffer.put(RTPPacket(96, sequence, timestamp, 1, b"1"), now)
        buffer.take(now)
        assert len(buffer) <= CAPACITY
        assert buffer.counters.lost < 1 << 31


@pytest.mark.parametrize("drift", [1e-4, -1e-4])
def test_for_an_hour_of_clocks_that_differ_the_delay_stays_and_nothing_is_lost(drift):
    """100 ppm, as far as two sound cards may be apart: 18 periods in an hour, merged or put in one by one."""
    buffer = JitterBuffer()
    dice = random.Random(6)
    sent = 0
    deepest, shallowest = 0.0, 1.0
    periods = 3600 * 50
    for n in range(periods):
        now = n * PERIOD + 0.001
        while (at := sent * PERIOD / (1 + drift) + 0.010) + 0.004 <= now:
            buffer.put(packet(sent), at + 0.004 * dice.random())
            sent += 1
        buffer.take(now, quiet=n % 100 > 60)
        if n > 500:
            deepest, shallowest = max(deepest, buffer.depth), min(shallowest, buffer.depth)
    counters = buffer.counters
    assert counters.lost == counters.late == counters.skipped == counters.restarts == 0
    changes = round(3600 * abs(drift) / PERIOD)
    more, fewer = (counters.merged, counters.inserted) if drift > 0 else (counters.inserted, counters.merged)
    assert abs(more - fewer - changes) <= 3
    assert counters.concealed == counters.inserted <= changes + 5
    assert deepest < 0.080
    assert shallowest > 0.010
