"""The call machine, from lifted handset to laid down."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.call_follow import LEFT_DIALLED_S
from firmware.calls import step
from firmware.numbers import NotDiallable, country_code, normalise, shown
from firmware.reasons import Why

ALICE = "+442079460001"
BOB = "+442079460002"
BEN = "Ben Idowu"


@dataclass
class Desk:
    """A call machine with a person at it and a clock that stands still until told."""

    state: at.State = field(default_factory=lambda: at.State(own=ALICE, up=True))
    now: float = 100.0
    seen: list[do.Effect] = field(default_factory=list)

    def take(self, *events: on.Event) -> list[do.Effect]:
        self.seen = []
        for event in events:
            self.state, effects = step(self.state, event, now=self.now)
            self.seen += effects
        return self.seen

    def dial(self, digits: str) -> list[do.Effect]:
        return self.take(*(on.Key(digit) for digit in digits))

    def wait(self) -> list[do.Effect]:
        return self.take(on.TimeUp(self.state.timer))

    @property
    def phase(self) -> at.Phase:
        return self.state.phase


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def ringing_out(desk: Desk) -> Desk:
    desk.take(on.Lifted())
    desk.dial("0002#")
    desk.take(on.Prepared(1), on.PeerRings(1))
    return desk


@pytest.fixture
def talking(ringing_out: Desk) -> Desk:
    ringing_out.take(on.PeerAnswered(1, protected=True), on.Media(1, "secured"))
    return ringing_out


@pytest.fixture
def incoming(desk: Desk) -> Desk:
    desk.take(on.Invited(1, BOB, protected=True), on.Verified(1, BOB, BEN))
    return desk


def test_lifting_gives_the_dial_tone_and_the_first_digit_ends_it(desk: Desk) -> None:
    assert do.Tone("dial") in desk.take(on.Lifted())
    assert desk.dial("2") == [do.Tone("off"), do.Tone("dtmf:2"), do.Timer(desk.state.timer, 4.0)]


def test_without_a_server_there_is_no_dial_tone(desk: Desk) -> None:
    desk.take(on.Line(ALICE, up=False))
    assert do.Tone("congestion") in desk.take(on.Lifted())


def test_hash_sends_the_neighbours_short_number(desk: Desk) -> None:
    desk.take(on.Lifted())
    assert do.Prepare(1, BOB) in desk.dial("0002#")


def test_a_pause_of_four_seconds_sends_too(desk: Desk) -> None:
    desk.take(on.Lifted())
    desk.dial("0002")
    assert do.Prepare(1, BOB) in desk.wait()


def test_on_hook_digits_wait_for_call_or_for_the_handset(desk: Desk) -> None:
    assert desk.dial("0002")[-1] == do.Timer(desk.state.timer, LEFT_DIALLED_S)
    assert do.Prepare(1, BOB) in desk.take(Act.CALL)
    other = Desk()
    other.dial("0002")
    assert do.Prepare(1, BOB) in other.take(on.Lifted())


def test_digits_that_nobody_sends_are_not_dialled_by_who_lifts_later(desk: Desk) -> None:
    desk.dial("0002")
    assert desk.wait() == [do.Timer(desk.state.timer, None)]
    assert desk.phase == at.Idle()
    assert do.Tone("dial") in desk.take(on.Lifted())


def test_nothing_is_heard_until_the_callee_has_verified_us(desk: Desk) -> None:
    desk.take(on.Lifted())
    desk.dial("0002#")
    heard = [effect for effect in desk.take(on.Prepared(1)) if isinstance(effect, do.Tone)]
    assert heard == []
    assert do.Tone("ringback") in desk.take(on.PeerRings(1))


def test_an_answered_call_is_not_secure_before_its_first_authenticated_packet(ringing_out: Desk) -> None:
    seen = ringing_out.take(on.PeerAnswered(1, protected=True))
    assert seen[:2] == [do.Tone("off"), do.Connect(1)]
    assert ringing_out.phase == at.Talking(1, BOB, "", 100.0, secured=False)
    assert do.Tone("secure") in ringing_out.take(on.Media(1, "secured"))
    assert ringing_out.phase == at.Talking(1, BOB, "", 100.0, secured=True)


def test_the_callees_name_is_that_of_our_directory(desk: Desk) -> None:
    desk.take(on.Lifted())
    desk.dial("0002#")
    desk.take(on.Prepared(1, "Ben"), on.PeerRings(1), on.PeerAnswered(1, protected=True))
    assert desk.phase == at.Talking(1, BOB, "Ben", 100.0)
    desk.take(on.PeerEnded(1))
    assert desk.phase == at.Over(Why.ENDED, BOB, "Ben")


def test_a_call_that_is_never_secured_ends_as_refused(ringing_out: Desk) -> None:
    ringing_out.take(on.PeerAnswered(1, protected=True))
    assert {do.Drop(1), do.Release(1)} <= set(ringing_out.wait())
    assert ringing_out.phase == at.Over(Why.NEVER_SECURED, BOB)


def test_an_answer_without_protection_is_never_talked_over(ringing_out: Desk) -> None:
    seen = ringing_out.take(on.PeerAnswered(1, protected=False))
    assert {do.Drop(1), do.Release(1)} <= set(seen)
    assert do.Connect(1) not in seen
    assert ringing_out.phase == at.Over(Why.NOT_PROTECTED, BOB)


def test_a_callee_who_answers_an_on_hook_phone_is_not_heard_until_it_is_lifted(desk: Desk) -> None:
    desk.dial("0002")
    desk.take(Act.CALL, on.Prepared(1), on.PeerRings(1))
    assert do.Connect(1) not in desk.take(on.PeerAnswered(1, protected=True))
    assert do.Connect(1) in desk.take(on.Lifted())


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (486, Why.BUSY),
        (600, Why.BUSY),
        (603, Why.DECLINED),
        (404, Why.UNKNOWN_NUMBER),
        (480, Why.NO_ANSWER),
        (408, Why.NO_ANSWER),
        (488, Why.REFUSED_BY_PEER),
        (403, Why.SERVER),
        (503, Why.SERVER),
        (499, Why.UNAVAILABLE),
        (302, Why.UNAVAILABLE),
    ],
)
def test_a_refused_call_says_why_and_gives_a_tone_until_on_hook(
    ringing_out: Desk, status: int, why: Why
) -> None:
    seen = ringing_out.take(on.PeerRefused(1, status))
    assert do.Release(1) in seen
    assert do.Drop(1) not in seen
    assert ringing_out.phase == at.Over(why, BOB)
    assert do.Tone("off") in ringing_out.take(on.HungUp())
    assert ringing_out.phase == at.Idle()


def test_a_phone_that_never_rang_is_unavailable_rather_than_silent(desk: Desk) -> None:
    desk.take(on.Lifted())
    desk.dial("0002#")
    desk.take(on.Prepared(1), on.PeerRefused(1, 480))
    assert desk.phase == at.Over(Why.UNAVAILABLE, BOB)


def test_nobody_answering_for_a_minute_cancels(ringing_out: Desk) -> None:
    assert do.Drop(1) in ringing_out.wait()
    assert ringing_out.phase == at.Over(Why.NO_ANSWER, BOB)


def test_laying_down_ends_the_call_and_closes_the_microphone(talking: Desk) -> None:
    assert {do.Drop(1), do.Release(1)} <= set(talking.take(on.HungUp()))
    assert talking.phase == at.Idle()


def test_the_other_side_hanging_up_gives_the_busy_tone(talking: Desk) -> None:
    talking.now = 130.0
    seen = talking.take(on.PeerEnded(1))
    assert do.Tone("busy") in seen
    assert do.Release(1) in seen
    assert talking.phase == at.Over(Why.ENDED, BOB, "", 30.0)


def test_nothing_rings_or_shows_before_the_caller_has_verified(desk: Desk) -> None:
    assert desk.take(on.Invited(1, BOB, protected=True)) == [do.Verify(1)]
    assert desk.phase == at.Idle()
    seen = desk.take(on.Verified(1, BOB, BEN))
    assert seen[:3] == [do.Ring(True), do.Lamp("ring", "fast"), do.Respond(1, 180)]
    assert desk.phase == at.Incoming(1, BOB, BEN)


def test_lifting_answers_and_media_start_when_the_answer_is_out(incoming: Desk) -> None:
    seen = incoming.take(on.Lifted())
    assert do.Ring(False) in seen
    assert do.Answer(1) in seen
    assert do.Connect(1) not in seen
    assert do.Connect(1) in incoming.take(on.Answered(1))


def test_a_caller_whose_key_is_not_the_one_of_his_from_never_rings(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=True))
    seen = desk.take(on.Verified(1, "+442079460099", "Mallory"))
    assert {do.Respond(1, 488), do.Release(1)} <= set(seen)
    assert do.Ring(True) not in seen
    assert desk.phase == at.Over(Why.NOT_VERIFIED, BOB)


def test_a_message_that_does_not_verify_never_rings(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=True))
    assert do.Respond(1, 488) in desk.take(on.NotVerified(1))
    assert desk.phase == at.Over(Why.NOT_VERIFIED, BOB)


def test_a_call_in_a_month_without_our_keys_is_refused_and_the_screen_says_whose_fault_it_is(
    desk: Desk,
) -> None:
    desk.take(on.Invited(1, BOB, protected=True))
    assert do.Respond(1, 488) in desk.take(on.NotVerified(1, Why.NO_KEYS))
    assert desk.phase == at.Over(Why.NO_KEYS, BOB)


def test_an_unprotected_offer_is_refused_without_a_pairing(desk: Desk) -> None:
    seen = desk.take(on.Invited(1, BOB, protected=False))
    assert do.Verify(1) not in seen
    assert do.Respond(1, 488) in seen
    assert desk.phase == at.Over(Why.NOT_PROTECTED, BOB)


def test_a_refused_call_stays_on_the_screen_until_it_is_acknowledged(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=False))
    assert do.Timer(desk.state.timer, None) in desk.seen
    desk.take(Act.OK)
    assert desk.phase == at.Idle()


def test_a_third_call_gets_busy_without_a_pairing(talking: Desk) -> None:
    talking.take(on.Invited(2, "+442079460003", protected=True), on.Verified(2, "+442079460003", "Cy"))
    seen = talking.take(on.Invited(3, "+442079460004", protected=True))
    assert seen == [do.Respond(3, 486), do.Release(3)]
    assert isinstance(talking.phase, at.Talking)


def test_lifting_while_the_caller_is_still_being_verified_is_not_an_answer(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=True), on.Lifted())
    assert desk.take(on.Verified(1, BOB, BEN)) == [do.Respond(1, 486), do.Release(1)]
    assert desk.phase == at.OffHook()


def test_a_caller_who_gives_up_leaves_a_missed_call(incoming: Desk) -> None:
    assert do.Ring(False) in incoming.take(on.PeerEnded(1))
    assert incoming.phase == at.Over(Why.MISSED, BOB, BEN)


def test_declining_is_polite_and_silencing_is_quiet(incoming: Desk) -> None:
    assert incoming.take(Act.SILENCE)[0] == do.Ring(False)
    assert do.Respond(1, 603) in incoming.take(Act.DECLINE)
    assert incoming.phase == at.Idle()


def test_mute_closes_the_gate_until_it_is_opened_again(talking: Desk) -> None:
    assert talking.take(Act.MUTE) == [do.Mute(True)]
    assert talking.take(Act.UNMUTE) == [do.Mute(False)]


def test_a_call_that_ends_muted_leaves_nothing_to_open_and_the_next_is_not_muted(talking: Desk) -> None:
    talking.take(Act.MUTE)
    effects = talking.take(on.HungUp())
    assert do.Release(1) in effects
    assert do.Mute(False) not in effects
    assert not talking.state.muted


def test_lost_media_is_shown_and_then_ends_the_call(talking: Desk) -> None:
    talking.take(on.Media(1, "lost"))
    assert talking.phase == at.Talking(1, BOB, "", 100.0, secured=True, lost=True)
    talking.take(on.Media(1, "back"))
    assert talking.phase == at.Talking(1, BOB, "", 100.0, secured=True)
    talking.take(on.Media(1, "lost"))
    talking.wait()
    assert talking.phase == at.Over(Why.PEER_GONE, BOB, "", 0.0)


def test_a_broken_line_ends_an_attempt_but_not_a_conversation(talking: Desk) -> None:
    assert talking.take(on.Line(ALICE, up=False)) == []
    attempt = Desk()
    attempt.take(on.Lifted())
    attempt.dial("0002#")
    attempt.take(on.Line(ALICE, up=False))
    assert attempt.phase == at.Over(Why.NETWORK_GONE, BOB)


def test_the_sound_service_restarting_ends_the_call_and_says_so(talking: Desk) -> None:
    assert {do.Drop(1), do.Release(1)} <= set(talking.take(on.ServiceLost("media")))
    assert talking.phase == at.Over(Why.SOUND_RESTARTED, BOB, "", 0.0)


def test_the_key_service_restarting_leaves_the_conversation_alone_and_says_so(talking: Desk) -> None:
    assert talking.take(on.ServiceLost("keys")) == []
    assert talking.state.note is Why.KEYS_RESTARTED
    talking.take(on.HungUp())
    assert talking.state.note is None


def test_the_key_service_dying_over_a_caller_refuses_him_for_now(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=True))
    assert do.Respond(1, 480) in desk.take(on.ServiceLost("keys"))


def test_a_caller_who_cannot_be_verified_now_is_refused_for_now_and_not_shown(desk: Desk) -> None:
    desk.take(on.Invited(1, BOB, protected=True))
    assert desk.take(on.Failed(1, Why.KEYS_RESTARTED)) == [do.Respond(1, 480), do.Release(1)]
    assert desk.phase == at.Idle()


def test_late_words_about_an_old_call_close_what_they_brought(desk: Desk) -> None:
    assert desk.take(on.Prepared(7)) == [do.Release(7)]
    assert desk.take(on.PeerAnswered(7, protected=True)) == [do.Drop(7), do.Release(7)]
    assert desk.take(on.Answered(7)) == [do.Drop(7), do.Release(7)]
    assert desk.take(on.Verified(7, BOB, BEN)) == [do.Release(7)]
    assert desk.take(on.PeerRings(7), on.PeerRefused(7, 486), on.Media(7, "secured")) == []


def test_a_timer_that_was_replaced_does_nothing(desk: Desk) -> None:
    desk.take(on.Lifted())
    desk.dial("00")
    old = desk.state.timer
    desk.dial("02")
    assert desk.take(on.TimeUp(old)) == []


def test_redial_calls_the_last_number_again(ringing_out: Desk) -> None:
    ringing_out.take(on.HungUp())
    assert do.Prepare(2, BOB) in ringing_out.take(Act.REDIAL)


@pytest.mark.parametrize(
    ("own", "up", "digits", "why"),
    [
        ("", False, "0002", Why.NOT_ENROLLED),
        (ALICE, False, "0002", Why.NOT_CONNECTED),
        (ALICE, True, "0001", Why.OWN_NUMBER),
        (ALICE, True, "0", Why.NOT_DIALLABLE),
        (ALICE, True, "00000000000000000000", Why.NOT_DIALLABLE),
    ],
)
def test_what_cannot_be_dialled_is_said_at_once(own: str, up: bool, digits: str, why: Why) -> None:
    desk = Desk(at.State(own=own, up=up))
    desk.dial(digits)
    seen = desk.take(Act.CALL)
    assert isinstance(desk.phase, at.Over)
    assert desk.phase.why is why
    assert not any(isinstance(effect, do.Prepare) for effect in seen)


@pytest.mark.parametrize(
    ("own", "dialled", "number"),
    [
        (ALICE, "0002", BOB),
        (ALICE, "9460002", BOB),
        (ALICE, "02079460002", BOB),
        (ALICE, "00442079460002", BOB),
        (ALICE, "442079460002", BOB),
        (ALICE, "+442079460002", BOB),
        (ALICE, "0049891234567", "+49891234567"),
        ("+12025550101", "0102", "+12025550102"),
        ("+12025550101", "2025550102", "+12025550102"),
        ("+12025550101", "12025550102", "+12025550102"),
        ("+12025550101", "011442079460002", BOB),
        ("+390612345678", "0612345679", "+390612345679"),
    ],
)
def test_numbers_are_dialled_as_people_dial_them(own: str, dialled: str, number: str) -> None:
    assert normalise(dialled, own) == number


@pytest.mark.parametrize(
    "dialled", ["", "0", "00", "+", "+0123456", "+1234567890123456", "12*4", "1234567890123"]
)
def test_what_is_no_number_is_not_diallable(dialled: str) -> None:
    with pytest.raises(NotDiallable):
        normalise(dialled, ALICE)


def test_neighbours_are_shown_by_their_last_digits_and_strangers_in_full() -> None:
    assert shown(BOB, ALICE) == "0002"
    assert shown("+442079470002", ALICE) == "+442079470002"
    assert shown("+49891234567", ALICE) == "+49891234567"


def test_country_codes_have_one_two_or_three_digits() -> None:
    assert [country_code(number) for number in ("+12025550", "+7495123", ALICE, "+353123456")] == [
        "1",
        "7",
        "44",
        "353",
    ]
