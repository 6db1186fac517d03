"""Two ends and a network between them."""

from __future__ import annotations

import itertools
import random
import struct

import pytest

from crypto.secret import Secret
from media.call import LITTLE_LOSS, LOST_AFTER_S, MUCH_LOSS, Ear, Line, LossWatch, Mouth, cross_fade, new_ssrc
from media.codec import PCM_OCTETS, PERIOD_S, SILENCE
from media.jitter import Counters
from media.playout import PlayoutClock
from media.rtp import RTPPacket
from media.srtp import SRTPSender
from tests.media.network import Network, masters, periods, talk
from tests.media.quality import delay_s, intelligibility


def test_on_a_clean_network_nearly_everything_is_understood(speech):
    heard, ear = talk(speech, Network(seed=1), expected_loss=LITTLE_LOSS)
    assert intelligibility(speech, heard) > 0.95
    assert ear.counters.lost == ear.counters.concealed == ear.rejected == 0
    assert delay_s(speech, heard) < 0.12


def test_at_ten_per_cent_loss_redundancy_beats_guessing(speech):
    heard, ear = talk(speech, Network(seed=5, loss=0.1), expected_loss=MUCH_LOSS)
    guessed, other = talk(speech, Network(seed=5, loss=0.1), expected_loss=0)
    assert ear.counters.lost == other.counters.lost > 40
    repaired = intelligibility(speech, heard)
    assert repaired > 0.93
    assert repaired > intelligibility(speech, guessed) + 0.01


@pytest.mark.parametrize(
    ("network", "least"),
    [
        pytest.param(Network(seed=1, jitter_s=0.01), 0.93, id="jitter"),
        pytest.param(Network(seed=2, jitter_s=0.02, duplicates=0.1), 0.90, id="much jitter, duplicates"),
        pytest.param(Network(seed=3, loss=0.05, burst=0.4), 0.90, id="bursts of loss"),
        pytest.param(Network(seed=4, loss=0.03, jitter_s=0.008), 0.92, id="a bad wireless network"),
        pytest.param(
            Network(seed=5, spike=lambda at: 0.06 if at > 5 else 0.0), 0.93, id="a longer way from now on"
        ),
    ],
)
def test_on_a_bad_network_speech_is_still_understood(speech, network, least):
    heard, _ = talk(speech, network)
    assert intelligibility(speech, heard) > least


def test_cards_whose_clocks_differ_are_no_trouble(speech):
    heard, ear = talk(speech, Network(seed=1), drift=3e-4, expected_loss=LITTLE_LOSS)
    assert ear.counters.lost == 0
    assert intelligibility(speech, heard) > 0.94


def test_a_listener_that_stalls_for_a_moment_loses_nothing(speech):
    """The card's buffer covers the stall; frames fetched after it in a rush are not taken for old ones."""
    ours, theirs = masters()
    mouth, ear, clock = Mouth(ours, 1), Ear(theirs), PlayoutClock()
    sent = [mouth.packet(period) for period in periods(speech)]
    heard = b""
    arrived = 0
    for n in range(len(sent)):
        # Every two seconds the thread is held up for 70 ms, then catches up.
        now = n * PERIOD_S + max(0.0, 0.070 - ((n + 50) % 100) * PERIOD_S) + 0.003
        while arrived < len(sent) and arrived * PERIOD_S + 0.01 <= now:
            ear.hear(sent[arrived], arrived * PERIOD_S + 0.01)
            arrived += 1
        heard += ear.period(clock.tick(now))
    counters = ear.counters
    assert counters.lost == counters.concealed == counters.skipped == 0
    assert counters.merged <= 1
    assert intelligibility(speech, heard) > 0.95


def test_every_datagram_has_the_same_size_speech_or_silence(speech):
    mouth = Mouth(masters()[0], new_ssrc())
    sizes = set()
    for n, period in enumerate(periods(speech)):
        mouth.expect_loss((LITTLE_LOSS, MUCH_LOSS)[n // 70 % 2])
        sizes.add(len(mouth.packet(SILENCE if n % 100 > 50 else period)))
    assert sizes == {88}


def test_the_first_sequence_number_is_in_the_lower_half_and_time_goes_on_over_a_lost_period():
    mouth = Mouth(masters()[0], 1)
    first = struct.unpack_from("!HI", mouth.packet(SILENCE), 2)
    mouth.skip()
    second = struct.unpack_from("!HI", mouth.packet(SILENCE), 2)
    assert first[0] < 1 << 15
    assert second[0] == first[0] + 1
    assert (second[1] - first[1]) % (1 << 32) == 2 * 960


def test_an_ear_hears_nothing_of_what_it_cannot_verify(speech):
    _, theirs = masters()
    ear = Ear(theirs)
    stranger = Mouth(masters(seed=2)[0], 1)
    dice = random.Random(1)
    for n, period in enumerate(periods(speech[: 50 * PCM_OCTETS])):
        ear.hear(stranger.packet(period), n * 0.02)
        ear.hear(b"\x80\x60" + dice.randbytes(dice.randrange(200)), n * 0.02)
        assert ear.period(n * 0.02) == SILENCE
    assert ear.heard_at is None
    assert ear.rejected == 100
    assert ear.counters.received == 0


def test_a_verified_packet_that_holds_no_opus_costs_a_period_and_no_more():
    ours, theirs = masters()
    sender, ear = SRTPSender(ours, 9), Ear(theirs)
    for n in range(10):
        ear.hear(sender.protect(RTPPacket(96, n, 960 * n, 9, b"\xff" * 3)), n * 0.02)
        assert len(ear.period(n * 0.02 + 0.01)) == PCM_OCTETS
    assert ear.undecodable > 0


def test_rtcp_and_other_payload_types_are_passed_over():
    ours, theirs = masters()
    sender, ear = SRTPSender(ours, 9), Ear(theirs)
    ear.hear(b"\x80\xc8" + bytes(30), 0.0)
    assert ear.rejected == 0
    ear.hear(sender.protect(RTPPacket(0, 1, 0, 9, bytes(160))), 0.0)
    assert ear.counters.received == 0
    assert ear.heard_at == 0.0


def test_a_wiped_call_neither_speaks_nor_hears():
    ours, theirs = masters()
    mouth, ear = Mouth(ours, 1), Ear(theirs)
    datagram = mouth.packet(SILENCE)
    mouth.wipe()
    ear.wipe()
    with pytest.raises(ValueError):
        mouth.packet(SILENCE)
    with pytest.raises(ValueError):
        ear.hear(datagram, 0.0)


def test_a_mouth_and_an_ear_need_whole_masters():
    with pytest.raises(ValueError):
        Mouth(Secret(bytes(27)), 1)
    with pytest.raises(ValueError):
        Ear(Secret(bytes(56)))


def test_a_cross_fade_begins_in_the_one_and_ends_in_the_other():
    one, other = struct.pack("<320h", *[1000] * 320), struct.pack("<320h", *[-1000] * 320)
    mixed = struct.unpack("<320h", cross_fade(one, other))
    assert mixed[0] == 1000
    assert mixed[-1] < -950
    assert max(abs(b - a) for a, b in itertools.pairwise(mixed)) < 10


def test_the_line_is_secured_by_the_first_packet_lost_after_five_seconds_and_back_with_the_next():
    line = Line(100.0)
    assert line.step(None, 104.0) is None
    assert line.step(104.5, 104.5) == "secured"
    assert line.step(104.5, 109.4) is None
    assert line.step(104.5, 104.5 + LOST_AFTER_S) == "lost"
    assert line.step(104.5, 200.0) is None
    assert line.step(201.0, 201.0) == "back"
    assert line.step(201.0, 201.1) is None


def test_a_line_that_was_never_secured_is_lost_after_five_seconds_and_may_still_be_secured():
    line = Line(0.0)
    assert line.step(None, 5.0) == "lost"
    assert line.step(6.0, 6.0) == "secured"
    assert line.step(6.0, 7.0) is None


def test_losses_make_us_send_more_redundancy_and_a_good_network_less():
    watch = LossWatch()
    assert watch.step(Counters(received=50)) == LITTLE_LOSS
    assert watch.step(Counters(received=90, lost=10)) == MUCH_LOSS
    received = 90
    for _ in range(20):
        received += 50
        chosen = watch.step(Counters(received=received, lost=10))
    assert chosen == LITTLE_LOSS


def test_a_call_taken_up_again_after_an_hour_is_heard_at_once(speech):
    """More packets were dropped meanwhile than a sequence number counts."""
    ours, theirs = masters()
    mouth, ear = Mouth(ours, 1), Ear(theirs)
    now = 0.0
    for period in periods(speech[: 50 * PCM_OCTETS]):
        ear.hear(mouth.packet(period), now)
        ear.period(now)
        now += PERIOD_S
    for _ in range(5):
        mouth._sequence = (mouth._sequence + 30_000) & 0xFFFF
        mouth._timestamp = (mouth._timestamp + 30_000 * 960) & 0xFFFFFFFF
        for period in periods(speech[: 10 * PCM_OCTETS]):
            ear.hear(mouth.packet(period), now, drop=True)
            now += PERIOD_S
    assert ear.counters.received == 100
    lost = ear.counters.lost
    ear.forget()
    heard = b""
    for period in periods(speech):
        ear.hear(mouth.packet(period), now)
        heard += ear.period(now + 0.001)
        now += PERIOD_S
    assert ear.counters.received == 100 + len(list(periods(speech)))
    assert ear.counters.lost == lost
    assert intelligibility(speech, heard) > 0.95


def test_nothing_of_what_was_dropped_is_heard_later(speech):
    ours, theirs = masters()
    mouth, ear = Mouth(ours, 1), Ear(theirs)
    for n, period in enumerate(periods(speech[100 * PCM_OCTETS : 150 * PCM_OCTETS])):
        ear.hear(mouth.packet(period), n * PERIOD_S, drop=True)
    ear.forget()
    assert [ear.period(1.0 + n * PERIOD_S) for n in range(20)] == [SILENCE] * 20
    assert ear.level() == 0


def test_interarrival_jitter_is_what_rfc_3550_says():
    ours, theirs = masters()
    mouth, ear = Mouth(ours, 1), Ear(theirs)
    for n in range(400):
        ear.hear(mouth.packet(SILENCE), n * PERIOD_S)
    assert ear.jitter_s == pytest.approx(0.0, abs=1e-6)
    for n in range(400, 800):
        ear.hear(mouth.packet(SILENCE), n * PERIOD_S + 0.004 * (n % 2))
    assert ear.jitter_s == pytest.approx(0.004, rel=0.05)


def test_an_echo_is_heard_under_our_own_ssrc_and_only_then():
    first, second = masters()
    mouth = Mouth(first, 77)
    datagrams = [mouth.packet(SILENCE) for _ in range(20)]
    for echo in (True, False):
        ear = Ear(Secret(second.expose()), 77, echo=echo)
        for n, datagram in enumerate(datagrams):
            ear.hear(datagram, n * PERIOD_S)
        assert ear.counters.received == (20 if echo else 0)
        assert ear.rejected == (0 if echo else 20)


def test_in_an_echo_nobody_else_is_heard_and_without_an_ssrc_there_is_no_echo():
    first, second = masters()
    ear = Ear(second, 77, echo=True)
    ear.hear(Mouth(first, 78).packet(SILENCE), 0.0)
    assert ear.rejected == 1
    with pytest.raises(ValueError):
        Ear(masters()[0], echo=True)
