"""One relayed call: who may send through it, and who may not."""

from __future__ import annotations

import pytest

from crs.relay import CLOSE_AFTER, PACKETS, RELATCH_AFTER, RelayedCall, Side

ASHA = ("198.51.100.1", 40000)
BEN = ("198.51.100.2", 41000)
THIEF = ("198.51.100.66", 6666)
PACKET = bytes([0x80, 96]) + bytes(60)


def talking() -> RelayedCall:
    """A call whose two legs are latched at second 0."""
    call = RelayedCall.begin(0.0)
    call.expect(Side.CALLER, frozenset({ASHA[0]}))
    call.expect(Side.CALLEE, frozenset({BEN[0]}))
    call.answer(0.0)
    assert call.receive(Side.CALLER, PACKET, ASHA, 0.0) is None
    assert call.receive(Side.CALLEE, PACKET, BEN, 0.0) == ASHA
    assert call.receive(Side.CALLER, PACKET, ASHA, 0.0) == BEN
    return call


def test_each_leg_is_latched_to_its_first_packet_and_passes_on_to_the_other() -> None:
    call = talking()
    assert call.legs[Side.CALLER].source == ASHA
    assert call.legs[Side.CALLEE].source == BEN


def test_a_packet_before_the_other_leg_is_latched_goes_nowhere() -> None:
    call = RelayedCall.begin(0.0)
    call.expect(Side.CALLER, frozenset({ASHA[0]}))
    assert call.receive(Side.CALLER, PACKET, ASHA, 0.0) is None


def test_a_stranger_who_is_first_is_not_latched() -> None:
    call = RelayedCall.begin(0.0)
    call.expect(Side.CALLER, frozenset({ASHA[0]}))
    assert call.receive(Side.CALLER, PACKET, THIEF, 0.0) is None
    assert call.legs[Side.CALLER].source is None
    assert call.legs[Side.CALLER].refused == 1


def test_before_a_phone_is_known_nobody_is_latched() -> None:
    call = RelayedCall.begin(0.0)
    call.receive(Side.CALLEE, PACKET, BEN, 0.0)
    assert call.legs[Side.CALLEE].source is None


def test_a_stranger_cannot_take_over_a_living_call() -> None:
    call = talking()
    assert call.receive(Side.CALLER, PACKET, THIEF, 0.02) is None
    assert call.receive(Side.CALLEE, PACKET, BEN, 0.02) == ASHA


def test_a_stranger_cannot_take_over_a_silent_call_either() -> None:
    call = talking()
    assert call.receive(Side.CALLER, PACKET, THIEF, RELATCH_AFTER * 2) is None
    assert call.receive(Side.CALLEE, PACKET, BEN, RELATCH_AFTER * 2) == ASHA


def test_another_port_of_the_same_host_cannot_take_over_a_living_call() -> None:
    call = talking()
    assert call.receive(Side.CALLER, PACKET, (ASHA[0], 1), RELATCH_AFTER - 0.01) is None
    assert call.legs[Side.CALLER].source == ASHA


def test_after_silence_a_phone_may_come_back_from_another_port() -> None:
    call = talking()
    assert call.receive(Side.CALLER, PACKET, (ASHA[0], 1), RELATCH_AFTER) == BEN
    assert call.receive(Side.CALLEE, PACKET, BEN, RELATCH_AFTER) == (ASHA[0], 1)
    assert call.legs[Side.CALLER].latches == 2


def test_a_phone_that_moved_is_taken_from_its_new_host_once_it_is_known_there() -> None:
    call = talking()
    moved = ("192.0.2.77", 5)
    assert call.receive(Side.CALLER, PACKET, moved, 10.0) is None
    call.expect(Side.CALLER, frozenset({moved[0]}))
    assert call.receive(Side.CALLER, PACKET, moved, 10.0) == BEN


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        bytes([0x80]) * 11,
        bytes([0x80]) + bytes(1500),
        bytes([0x40]) + bytes(60),
        bytes([0xC0]) + bytes(60),
        b"\x00\x01\x00\x00\x21\x12\xa4\x42" + bytes(12),
        b"OPTIONS sip:a@b SIP/2.0\r\n\r\n",
    ],
    ids=["empty", "short", "long", "version 1", "version 3", "STUN", "SIP"],
)
def test_what_does_not_look_like_rtp_is_refused(datagram: bytes) -> None:
    call = talking()
    assert call.receive(Side.CALLER, datagram, ASHA, 0.0) is None
    assert call.legs[Side.CALLER].refused == 1
    assert call.legs[Side.CALLER].packets == 2


def test_the_longest_packet_passes() -> None:
    assert talking().receive(Side.CALLER, bytes([0x80]) + bytes(1499), ASHA, 0.0) == BEN


def test_a_flood_is_cut_to_the_rate_of_a_voice() -> None:
    call = talking()
    passed = sum(call.receive(Side.CALLER, PACKET, ASHA, 0.0) is not None for _ in range(1000))
    assert passed == PACKETS.burst - 2
    later = sum(call.receive(Side.CALLER, PACKET, ASHA, 1.0) is not None for _ in range(1000))
    assert later == PACKETS.per_second


def test_packets_and_octets_are_counted() -> None:
    call = talking()
    counters = call.counters(Side.CALLER)
    assert (counters.packets, counters.octets, counters.refused, counters.latches) == (2, 124, 0, 1)


def test_a_ringing_call_may_be_silent_for_as_long_as_it_rings() -> None:
    assert not RelayedCall.begin(0.0).silent(10_000.0)


def test_an_answered_call_that_nobody_speaks_in_falls_silent() -> None:
    call = RelayedCall.begin(0.0)
    call.answer(100.0)
    assert not call.silent(100.0 + CLOSE_AFTER - 0.1)
    assert call.silent(100.0 + CLOSE_AFTER)


def test_one_living_leg_keeps_the_call() -> None:
    call = talking()
    call.receive(Side.CALLEE, PACKET, BEN, 50.0)
    assert not call.silent(100.0)
    assert call.silent(110.0)


def fixed() -> RelayedCall:
    """Asha's call into another domain, whose relay (Ben's) has announced itself."""
    call = RelayedCall.begin(0.0)
    call.expect(Side.CALLER, frozenset({ASHA[0]}))
    call.fix(Side.CALLEE, BEN)
    return call


def test_a_partners_relay_is_sent_to_before_it_has_sent_anything() -> None:
    assert fixed().receive(Side.CALLER, PACKET, ASHA, 0.0) == BEN


@pytest.mark.parametrize("source", [THIEF, (BEN[0], BEN[1] + 2)], ids=["another host", "another port"])
def test_nobody_takes_the_place_of_a_partners_relay_however_long_it_is_silent(
    source: tuple[str, int],
) -> None:
    call = fixed()
    call.receive(Side.CALLER, PACKET, ASHA, 0.0)
    assert call.receive(Side.CALLEE, PACKET, source, 10 * RELATCH_AFTER) is None
    assert call.receive(Side.CALLEE, PACKET, BEN, 10 * RELATCH_AFTER) == ASHA


def test_a_leg_that_is_fixed_forgets_where_else_it_was_expected() -> None:
    call = fixed()
    call.expect(Side.CALLEE, frozenset({THIEF[0]}))
    call.fix(Side.CALLEE, BEN)
    assert call.receive(Side.CALLEE, PACKET, THIEF, 10 * RELATCH_AFTER) is None
    assert call.legs[Side.CALLEE].source == BEN
