"""Two calls at one phone: hold, resume, waiting, swap, and what is left when one of them ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.reasons import Why

from .desk_of_calls import BOB, CY, Desk, talking_out, two_calls


@pytest.fixture
def talking() -> Desk:
    return talking_out()


@pytest.fixture
def two() -> Desk:
    return two_calls()


def heard(desk: Desk) -> int | None:
    call = desk.state.heard
    return call.call if call is not None else None


def held(desk: Desk) -> list[int]:
    calls = (desk.state.phase, desk.state.other)
    return [call.call for call in calls if isinstance(call, at.Talking) and call.held]


def test_hold_closes_the_microphone_and_reminds_of_it(talking: Desk) -> None:
    seen = talking.take(Act.HOLD)
    assert do.Hold(1, True) in seen
    assert do.Tone("held") in seen
    assert do.Lamp("ring", "slow") in seen
    assert (heard(talking), held(talking)) == (None, [1])
    seen = talking.take(Act.RESUME)
    assert seen == [do.Lamp("ring", "off"), do.Tone("off"), do.Hold(1, False)]
    assert heard(talking) == 1


@pytest.mark.parametrize("act", [Act.RESUME, Act.SWAP, Act.ANSWER, Act.NEW_CALL, Act.DECLINE])
def test_what_makes_no_sense_in_a_single_call_does_nothing(talking: Desk, act: Act) -> None:
    before = talking.state
    assert talking.take(act) == []
    assert talking.state == before


def test_holding_twice_holds_once(talking: Desk) -> None:
    talking.take(Act.HOLD)
    assert talking.take(Act.HOLD) == []


def test_being_held_shows_and_sounds_and_changes_nothing_else(talking: Desk) -> None:
    assert talking.take(on.PeerHolds(1, True)) == [do.Tone("held")]
    assert isinstance(talking.phase, at.Talking)
    assert talking.phase.held_by_them
    assert heard(talking) == 1
    talking.take(Act.HOLD)
    assert talking.take(on.PeerHolds(1, False)) == []
    assert talking.take(Act.RESUME)[-1] == do.Hold(1, False)


def test_a_verified_caller_waits_with_a_beep_and_rings_to_him(talking: Desk) -> None:
    assert talking.take(on.Invited(2, CY, protected=True)) == [do.Verify(2)]
    seen = talking.take(on.Verified(2, CY, "Cy"))
    assert do.Tone("waiting") in seen
    assert do.Respond(2, 180) in seen
    assert not any(isinstance(effect, do.Ring) for effect in seen)
    assert talking.state.knocking == at.Incoming(2, CY, "Cy")
    assert heard(talking) == 1


@pytest.mark.parametrize("event", [on.NotVerified(2), on.Verified(2, BOB, "Bob")])
def test_a_caller_who_does_not_verify_is_refused_and_never_seen_in_a_call(
    talking: Desk, event: on.NotVerified | on.Verified
) -> None:
    talking.take(on.Invited(2, CY, protected=True))
    seen = talking.take(event)
    assert do.Respond(2, 488) in seen
    assert talking.state.other is None
    assert talking.tones() == []
    assert isinstance(talking.phase, at.Talking)


def test_answering_who_waits_holds_the_first_before_the_second_is_answered(talking: Desk) -> None:
    talking.knock()
    seen = talking.take(Act.ANSWER)
    assert seen.index(do.Hold(1, True)) < seen.index(do.Answer(2))
    assert (heard(talking), held(talking)) == (None, [1])
    assert do.Connect(2) in talking.take(on.Answered(2))
    assert (heard(talking), held(talking)) == (2, [1])


def test_declining_who_waits_leaves_the_call_alone(talking: Desk) -> None:
    talking.knock()
    seen = talking.take(Act.DECLINE)
    assert {do.Respond(2, 603), do.Release(2), do.Tone("off")} <= set(seen)
    assert heard(talking) == 1
    assert talking.log == [do.Log(2, "in", CY, "Cy", None, Why.DECLINED)]


def test_who_waits_may_give_up_or_wait_in_vain(talking: Desk) -> None:
    talking.knock()
    seen = talking.take(on.PeerEnded(2))
    assert do.Respond(2, 480) not in seen
    assert talking.state.note is Why.MISSED
    talking.knock(3)
    assert do.Timer(talking.state.other_timer, 90.0, "other") in talking.seen
    assert do.Respond(3, 480) in talking.wait_other()
    assert [entry.direction for entry in talking.log] == ["missed", "missed"]
    assert heard(talking) == 1


def test_swapping_holds_the_one_before_it_takes_up_the_other(two: Desk) -> None:
    assert (heard(two), held(two)) == (2, [1])
    seen = two.take(Act.SWAP)
    assert seen[:2] == [do.Hold(2, True), do.Hold(1, False)]
    assert (heard(two), held(two)) == (1, [2])
    two.take(Act.SWAP)
    assert (heard(two), held(two)) == (2, [1])


def test_ending_one_call_brings_back_the_other_still_on_hold(two: Desk) -> None:
    seen = two.take(Act.END)
    assert {do.Drop(2), do.Release(2)} <= set(seen)
    assert (heard(two), held(two)) == (None, [1])
    assert two.state.other is None
    assert do.Hold(1, False) in two.take(Act.RESUME)


def test_the_other_side_ending_is_read_first_and_then_the_held_call_is_back(two: Desk) -> None:
    two.take(on.PeerEnded(2))
    assert two.phase == at.Over(Why.ENDED, CY, "Cy", 0.0)
    assert two.patience == 6.0
    two.wait()
    assert (heard(two), held(two)) == (None, [1])


@pytest.mark.parametrize("event", [Act.RESUME, Act.OK, on.Flash()])
def test_a_person_in_a_hurry_takes_the_held_call_up_at_once(two: Desk, event: on.Event) -> None:
    two.take(on.PeerEnded(2))
    assert do.Hold(1, False) in two.take(event)
    assert heard(two) == 1


def test_the_held_side_hanging_up_is_said_beside_the_call(two: Desk) -> None:
    assert do.Release(1) in two.take(on.PeerEnded(1))
    assert two.state.note is Why.ENDED
    assert (heard(two), two.state.other) == (2, None)


def test_laying_down_ends_what_is_heard_and_the_held_call_rings(two: Desk) -> None:
    seen = two.take(on.HungUp())
    assert {do.Drop(2), do.Release(2), do.Ring(True)} <= set(seen)
    assert do.Drop(1) not in seen
    assert two.patience == 90.0
    seen = two.take(on.Lifted())
    assert {do.Ring(False), do.Hold(1, False)} <= set(seen)
    assert heard(two) == 1


def test_a_held_call_that_nobody_takes_up_is_ended(talking: Desk) -> None:
    talking.take(Act.HOLD, on.HungUp())
    assert do.Ring(True) in talking.seen
    assert do.Drop(1) in talking.wait()
    assert talking.phase == at.Idle()


def test_laying_down_with_somebody_waiting_lets_him_ring(talking: Desk) -> None:
    talking.knock()
    seen = talking.take(on.HungUp())
    assert {do.Drop(1), do.Ring(True)} <= set(seen)
    assert talking.phase == at.Incoming(2, CY, "Cy")
    assert do.Answer(2) in talking.take(on.Lifted())


def test_laying_down_a_held_call_with_somebody_waiting_lets_him_ring_and_keeps_the_call(
    talking: Desk,
) -> None:
    talking.take(Act.HOLD)
    talking.knock()
    talking.take(on.HungUp())
    assert talking.phase == at.Incoming(2, CY, "Cy")
    assert held(talking) == [1]
    talking.take(on.PeerEnded(2))
    assert (held(talking), talking.state.other) == ([1], None)
    assert do.Ring(True) not in talking.seen  # it rings on, for the held call now


def test_the_call_ending_while_somebody_waits_brings_him_to_the_front(talking: Desk) -> None:
    talking.knock()
    talking.take(on.PeerEnded(1))
    assert talking.phase == at.Incoming(2, CY, "Cy")
    assert do.Tone("waiting") not in talking.seen  # it beeps on
    assert do.Answer(2) in talking.take(Act.ANSWER)
    assert not talking.state.speaker


def test_a_new_call_beside_a_held_one(talking: Desk) -> None:
    talking.take(Act.HOLD)
    assert talking.take(Act.NEW_CALL)[0] == do.Tone("dial")
    talking.dial("0003#")
    talking.take(on.Prepared(2), on.PeerRings(2), on.PeerAnswered(2, protected=True))
    assert (heard(talking), held(talking)) == (2, [1])


@pytest.mark.parametrize(
    "way", [[Act.RESUME], [on.Key("0"), Act.CLEAR, Act.RESUME], [on.Flash()], [on.Key("0"), on.Flash()]]
)
def test_a_new_call_is_given_up_for_the_held_one(talking: Desk, way: list[on.Event]) -> None:
    talking.take(Act.HOLD, Act.NEW_CALL)
    talking.take(*way)
    assert heard(talking) == 1


def test_a_new_call_that_nobody_dials_goes_back_to_the_held_one(talking: Desk) -> None:
    talking.take(Act.HOLD, Act.NEW_CALL)
    assert talking.patience == 20.0
    talking.wait()
    assert (held(talking), talking.state.other) == ([1], None)


def test_a_new_call_that_is_busy_says_so_and_keeps_the_held_one(talking: Desk) -> None:
    talking.take(Act.HOLD, Act.NEW_CALL)
    talking.dial("0003#")
    talking.take(on.Prepared(2), on.PeerRefused(2, 486))
    assert talking.phase == at.Over(Why.BUSY, CY)
    assert "busy" in talking.tones()
    assert held(talking) == [1]


def test_with_two_calls_there_is_no_room(two: Desk) -> None:
    for desk in (two, talking_out()):
        if desk is not two:
            desk.take(Act.HOLD, Act.NEW_CALL)
        assert do.Respond(9, 486) in desk.take(on.Invited(9, "+442079460009", protected=True))


def test_a_held_call_that_is_lost_ends_and_is_said(two: Desk) -> None:
    two.take(on.Media(1, "lost"))
    assert do.Timer(two.state.other_timer, 10.0, "other") in two.seen
    two.take(on.Media(1, "back"))
    assert do.Timer(two.state.other_timer, None, "other") in two.seen
    two.take(on.Media(1, "lost"))
    assert do.Drop(1) in two.wait_other()
    assert two.state.note is Why.PEER_GONE
    assert heard(two) == 2


def test_a_call_held_before_it_was_secured_must_become_so(talking: Desk) -> None:
    talking.knock()
    talking.take(Act.ANSWER, on.Answered(2), Act.SWAP)
    assert do.Timer(talking.state.other_timer, 10.0, "other") in talking.seen
    talking.wait_other()
    assert talking.state.note is Why.NEVER_SECURED
    assert heard(talking) == 1


def test_flash_answers_who_waits_then_swaps_and_alone_holds(talking: Desk) -> None:
    assert do.Hold(1, True) in talking.take(on.Pressed(), on.Flash())
    assert do.Hold(1, False) in talking.take(on.Pressed(), on.Flash())
    talking.knock()
    assert do.Answer(2) in talking.take(on.Pressed(), on.Flash())
    talking.take(on.Answered(2))
    seen = talking.take(on.Pressed(), on.Flash())
    assert seen[0] == do.Mute(True)
    assert seen[1:4] == [do.Hold(2, True), do.Hold(1, False), do.Mute(False)]


def test_the_gate_closes_with_the_cradle_and_opens_when_it_meant_nothing(talking: Desk) -> None:
    assert talking.take(on.Pressed()) == [do.Mute(True)]
    assert talking.take(on.Released()) == [do.Mute(False)]
    talking.take(Act.MUTE)
    assert talking.take(on.Pressed(), on.Released()) == []


def test_mute_outlives_hold_and_swap_but_not_the_call(two: Desk) -> None:
    two.take(Act.MUTE)
    two.take(Act.SWAP, Act.HOLD, Act.RESUME)
    assert two.state.muted
    two.take(Act.END, Act.END)
    assert not two.state.muted


def test_a_new_call_begins_with_an_open_gate(talking: Desk) -> None:
    talking.take(Act.MUTE)
    talking.knock()
    talking.take(Act.ANSWER)
    seen = talking.take(on.Answered(2))
    assert seen.index(do.Connect(2)) < seen.index(do.Mute(False))


def test_the_sound_service_restarting_ends_both(two: Desk) -> None:
    seen = two.take(on.ServiceLost("media"))
    assert {do.Drop(1), do.Drop(2), do.Release(1), do.Release(2)} <= set(seen)
    assert two.phase == at.Over(Why.SOUND_RESTARTED, CY, "Cy", 0.0)
    assert two.state.other is None


def test_a_broken_line_ends_who_waits_and_leaves_the_calls_alone(talking: Desk) -> None:
    talking.knock()
    talking.take(on.Line(talking.state.own, up=False))
    assert talking.state.other is None
    assert heard(talking) == 1


# --- both at once -------------------------------------------------------------------------------------------


def crossing(own: str, theirs: str, *, sent: bool = True) -> Desk:
    """We call somebody who calls us."""
    desk = Desk(at.State(own=own, up=True))
    desk.take(on.Lifted())
    desk.dial(theirs[-4:] + "#")
    if sent:
        desk.take(on.Prepared(1))
    return desk


def test_of_two_who_call_each_other_the_lower_number_has_its_way() -> None:
    lower = crossing(BOB, CY)
    assert do.Respond(2, 486) in lower.take(on.Invited(2, CY, protected=True))
    assert isinstance(lower.phase, at.Calling)
    higher = crossing(CY, BOB)
    assert do.Verify(2) in higher.take(on.Invited(2, BOB, protected=True))
    higher.take(on.PeerRefused(1, 486))
    assert isinstance(higher.phase, at.Calling)
    seen = higher.take(on.Verified(2, BOB, "Bob"))
    assert {do.Drop(1), do.Release(1), do.Respond(2, 180), do.Tone("waiting")} <= set(seen)
    assert higher.phase == at.Incoming(2, BOB, "Bob")
    assert do.Answer(2) not in seen


def test_a_call_that_is_not_yet_out_gives_way_whatever_the_numbers() -> None:
    lower = crossing(BOB, CY, sent=False)
    lower.knock()
    assert lower.phase == at.Incoming(2, CY, "Cy")
    late = crossing(BOB, CY, sent=False)
    late.take(on.Invited(2, CY, protected=True), on.Prepared(1))
    assert do.Respond(2, 486) in late.take(on.Verified(2, CY, "Cy"))
    assert isinstance(late.phase, at.Calling)


def test_a_false_crossing_changes_nothing() -> None:
    desk = crossing(CY, BOB)
    desk.take(on.Invited(2, BOB, protected=True), on.PeerRefused(1, 486), on.NotVerified(2))
    assert isinstance(desk.phase, at.Calling)
    desk.wait()
    assert desk.phase == at.Over(Why.UNAVAILABLE, BOB)


def test_somebody_else_calling_during_an_attempt_gets_busy() -> None:
    desk = crossing(CY, BOB)
    assert do.Respond(2, 486) in desk.take(on.Invited(2, "+442079460007", protected=True))


# --- do not disturb -----------------------------------------------------------------------------------------


def test_do_not_disturb_turns_verified_callers_away_and_notes_them() -> None:
    desk = Desk()
    desk.take(on.DoNotDisturb(True))
    seen = desk.knock(1)
    assert do.Respond(1, 486) in seen
    assert not any(isinstance(effect, do.Ring) for effect in seen)
    assert desk.log == [do.Log(1, "missed", CY, "Cy", None, Why.MISSED)]
    assert desk.phase == at.Idle()


def test_do_not_disturb_means_no_beep_in_a_call(talking: Desk) -> None:
    talking.take(on.DoNotDisturb(True))
    talking.knock()
    assert talking.tones() == []
    assert talking.state.other is None


def test_do_not_disturb_silences_who_is_ringing_at_this_moment(talking: Desk) -> None:
    desk = Desk()
    desk.knock(1)
    assert {do.Ring(False), do.Respond(1, 480)} <= set(desk.take(on.DoNotDisturb(True)))
    talking.knock()
    assert do.Respond(2, 480) in talking.take(on.DoNotDisturb(True))
    assert heard(talking) == 1


def test_do_not_disturb_does_not_hide_a_refusal() -> None:
    desk = Desk(replace(Desk().state, do_not_disturb=True))
    desk.take(on.Invited(1, BOB, protected=True), on.NotVerified(1))
    assert desk.phase == at.Over(Why.NOT_VERIFIED, BOB)
