"""Hands-free, two presses, the forgotten handset, the test call, the log, and how sure the phone is."""

from __future__ import annotations

import pytest

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.reasons import Why

from .desk_of_calls import ALICE, BOB, CY, Desk, talking_out

# --- hands-free ---------------------------------------------------------------------------------------------


def test_the_speaker_key_lifts_without_the_handset() -> None:
    desk = Desk()
    assert desk.take(on.HandsFree())[:2] == [do.Route("speaker"), do.Tone("dial")]
    desk.dial("0002#")
    desk.take(on.Prepared(1), on.PeerRings(1))
    assert "ringback" in desk.tones()
    assert do.Connect(1) in desk.take(on.PeerAnswered(1, protected=True))
    seen = desk.take(on.HandsFree())
    assert {do.Drop(1), do.Release(1), do.Route("handset")} <= set(seen)
    assert desk.phase == at.Idle()


def test_in_a_call_the_speaker_key_goes_to_and_fro() -> None:
    desk = talking_out()
    assert desk.take(on.HandsFree())[0] == do.Route("speaker")
    assert desk.take(on.HandsFree())[0] == do.Route("handset")
    assert isinstance(desk.phase, at.Talking)


def test_laying_down_keeps_a_hands_free_call_and_lifting_takes_it_to_the_handset() -> None:
    desk = talking_out()
    desk.take(on.HandsFree())
    seen = desk.take(on.HungUp())
    assert do.Drop(1) not in seen
    assert desk.state.heard is not None
    assert do.Route("handset") in desk.take(on.Lifted())
    assert do.Drop(1) in desk.take(on.HungUp())


def test_the_call_key_on_hook_waits_for_the_handset_unless_somebody_chose_the_speaker() -> None:
    desk = Desk()
    desk.dial("0002")
    desk.take(Act.CALL, on.Prepared(1))
    assert do.Connect(1) not in desk.take(on.PeerAnswered(1, protected=True))
    assert desk.phase == at.Waiting(1, BOB, "")
    seen = desk.take(on.HandsFree())
    assert seen.index(do.Route("speaker")) < seen.index(do.Connect(1))


def test_digits_dialled_on_hook_are_sent_by_the_speaker_key() -> None:
    desk = Desk()
    desk.dial("0002")
    assert do.Prepare(1, BOB) in desk.take(on.HandsFree())


@pytest.mark.parametrize("event", [Act.ANSWER, on.HandsFree()])
def test_answering_by_a_key_on_hook_is_hands_free(event: on.Event) -> None:
    desk = Desk()
    desk.knock(1)
    seen = desk.take(event)
    assert {do.Route("speaker"), do.Ring(False), do.Answer(1)} <= set(seen)
    assert do.Connect(1) in desk.take(on.Answered(1))


def test_the_other_side_hanging_up_ends_hands_free_by_itself() -> None:
    desk = Desk()
    desk.knock(1)
    desk.take(Act.ANSWER, on.Answered(1), on.Media(1, "secured"), on.PeerEnded(1))
    assert "busy" in desk.tones()
    assert desk.patience == 6.0
    desk.wait()
    assert do.Route("handset") in desk.seen
    assert desk.phase == at.Idle()


def test_a_refusal_hands_free_falls_silent_and_stays_to_be_read() -> None:
    desk = Desk()
    desk.take(on.HandsFree())
    desk.dial("0002#")
    desk.take(on.Prepared(1), on.PeerAnswered(1, protected=False))
    desk.wait()
    assert do.Tone("off") in desk.seen
    assert desk.phase == at.Over(Why.NOT_PROTECTED, BOB)
    assert desk.patience is None


def test_a_hands_free_dial_tone_that_nobody_uses_ends() -> None:
    desk = Desk()
    desk.take(on.HandsFree())
    assert desk.patience == 20.0
    desk.wait()
    assert (desk.phase, desk.state.speaker) == (at.Idle(), False)


# --- few presses --------------------------------------------------------------------------------------------

BOOK = on.Book((("2", BOB), ("3", "0003")))


def presses(desk: Desk, *events: on.Event) -> int:
    """Press, from a lifted handset, until the callee rings; count."""
    desk.take(on.Lifted())
    desk.take(*events)
    call = desk.state.calls
    desk.take(on.Prepared(call), on.PeerRings(call))
    assert isinstance(desk.phase, at.RingingOut), desk.phase
    return len([event for event in events if not isinstance(event, on.LongPress)])


def test_the_budget_of_presses_from_lifting_to_ringing() -> None:
    for number in ("0002", "9460002", "02079460002", "*442079460002"):
        assert presses(Desk(), *map(on.Key, number), on.Key("#")) == len(number) + 1
    for send in (on.Key("#"), Act.CALL):
        desk = Desk()
        desk.take(BOOK)
        assert presses(desk, on.Key("2"), send) == 2
    desk = Desk()
    desk.take(BOOK)
    assert presses(desk, on.Key("3"), on.LongPress("3")) == 1
    for again in (Act.REDIAL, on.Key("#")):
        desk = Desk()
        desk.take(on.Book((), BOB))
        assert presses(desk, again) + len([on.Lifted()]) == 2


def test_a_long_press_is_a_speed_dial_only_as_the_first_digit_and_only_if_there_is_one() -> None:
    for digits in ("12", "5"):
        desk = Desk()
        desk.take(BOOK, on.Lifted())
        desk.dial(digits)
        assert desk.take(on.LongPress(digits[-1])) == []
        assert desk.phase == at.Dialling(digits)


def test_a_speed_dial_waits_for_the_time_out_too() -> None:
    desk = Desk()
    desk.take(BOOK, on.Lifted())
    desk.dial("2")
    assert do.Prepare(1, BOB) in desk.wait()


def test_a_speed_dial_that_is_no_number_says_so() -> None:
    desk = Desk()
    desk.take(on.Book((("4", "0"),)), on.Lifted())
    desk.dial("4#")
    assert desk.phase == at.Over(Why.NOT_DIALLABLE, "0")


def test_a_book_without_a_number_to_redial_leaves_the_last_one() -> None:
    desk = talking_out()
    desk.take(on.HungUp(), on.Book(()))
    assert do.Prepare(2, BOB) in desk.take(Act.REDIAL)


def test_digits_in_a_call_are_heard_here_and_change_nothing() -> None:
    desk = talking_out()
    before = desk.state
    assert desk.dial("12#") == [do.Tone("dtmf:1"), do.Tone("dtmf:2"), do.Tone("dtmf:#")]
    assert desk.state == before


# --- the forgotten handset ----------------------------------------------------------------------------------


def test_a_lifted_handset_that_nobody_uses_says_so_and_then_howls() -> None:
    desk = Desk()
    desk.take(on.Lifted())
    assert desk.patience == 20.0
    assert do.Tone("congestion") in desk.wait()
    assert desk.patience == 30.0
    assert do.Tone("howler") in desk.wait()
    assert desk.patience is None
    assert do.Tone("off") in desk.take(on.HungUp())


def test_after_a_call_likewise_and_a_digit_makes_it_good_again() -> None:
    desk = talking_out()
    desk.take(on.PeerEnded(1))
    assert desk.patience == 20.0
    desk.wait()
    assert do.Tone("howler") in desk.wait()
    other = Desk()
    other.take(on.Lifted())
    other.wait()
    assert other.dial("2")[0] == do.Tone("off")


# --- the test call ------------------------------------------------------------------------------------------


def test_the_test_call_goes_to_the_echo_and_hears_itself() -> None:
    desk = Desk()
    desk.take(on.Lifted())
    assert do.PrepareEcho(1, at.TEST) in desk.take(Act.TEST)
    assert do.SendInvite(1, at.TEST) in desk.take(on.Prepared(1))
    assert do.Connect(1, echo=True) in desk.take(on.PeerAnswered(1, protected=True))
    assert "secure" in desk_tones(desk, on.Media(1, "secured"))
    desk.take(on.HungUp())
    assert desk.log == []
    assert desk.state.redial == ""


def desk_tones(desk: Desk, event: on.Event) -> list[str]:
    desk.take(event)
    return desk.tones()


def test_a_test_call_from_the_menu_waits_for_the_handset() -> None:
    desk = Desk()
    desk.take(Act.TEST, on.Prepared(1))
    assert do.Connect(1, echo=True) not in desk.take(on.PeerAnswered(1, protected=True))
    assert do.Connect(1, echo=True) in desk.take(on.Lifted())


@pytest.mark.parametrize(
    "event", [on.PeerRefused(1, 480), on.PeerRefused(1, 404), on.Failed(1, Why.TEST_FAILED), "time up"]
)
def test_a_test_call_that_fails_says_that_it_failed(event: on.Event | str) -> None:
    desk = Desk()
    desk.take(Act.TEST, on.Prepared(1))
    desk.take(on.TimeUp(desk.state.timer) if event == "time up" else event)  # type: ignore[arg-type]
    assert isinstance(desk.phase, at.Over)
    assert desk.phase.why is Why.TEST_FAILED


def test_an_echo_that_is_not_heard_is_a_failed_test_and_no_refused_call() -> None:
    desk = Desk()
    desk.take(on.Lifted(), Act.TEST, on.Prepared(1), on.PeerAnswered(1, protected=True))
    desk.wait()
    assert desk.phase == at.Over(Why.TEST_FAILED, at.TEST)


@pytest.mark.parametrize(
    ("own", "up", "why"), [("", False, Why.NOT_ENROLLED), (ALICE, False, Why.NOT_CONNECTED)]
)
def test_without_keys_or_server_there_is_no_test(own: str, up: bool, why: Why) -> None:
    desk = Desk(at.State(own=own, up=up))
    desk.take(Act.TEST)
    assert desk.phase == at.Over(why)


def test_nobody_waits_beside_a_test_call() -> None:
    desk = Desk()
    desk.take(on.Lifted(), Act.TEST, on.Prepared(1), on.PeerAnswered(1, protected=True))
    assert do.Respond(2, 486) in desk.take(on.Invited(2, CY, protected=True))


# --- the log ------------------------------------------------------------------------------------------------


def test_a_call_that_we_made_is_noted_with_its_length() -> None:
    desk = talking_out()
    desk.now = 165.7
    desk.take(on.HungUp())
    assert desk.log == [do.Log(1, "out", BOB, "Bob", 65, Why.ENDED)]


def test_every_way_of_being_called_has_its_direction() -> None:
    answered, missed, declined, refused, bare = (Desk() for _ in range(5))
    answered.knock(1)
    answered.take(on.Lifted(), on.Answered(1), on.HungUp())
    assert answered.log == [do.Log(1, "in", CY, "Cy", None, Why.ENDED)]
    missed.knock(1)
    missed.wait()
    assert missed.log == [do.Log(1, "missed", CY, "Cy", None, Why.MISSED)]
    declined.knock(1)
    declined.take(Act.DECLINE)
    assert declined.log == [do.Log(1, "in", CY, "Cy", None, Why.DECLINED)]
    refused.take(on.Invited(1, CY, protected=True), on.NotVerified(1))
    assert refused.log == [do.Log(1, "refused", CY, "", None, Why.NOT_VERIFIED)]
    bare.take(on.Invited(1, CY, protected=False))
    assert bare.log == [do.Log(1, "refused", CY, "", None, Why.NOT_PROTECTED)]


def test_who_gave_up_before_he_was_verified_is_not_noted() -> None:
    desk = Desk()
    desk.take(on.Invited(1, CY, protected=True), on.PeerEnded(1))
    assert desk.log == []


# --- how sure the phone is ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assurance", "tone"), [("verified", "secure"), ("gateway", "insecure"), ("unverified", "insecure")]
)
def test_a_call_sounds_as_sure_as_it_is(assurance: on.Assurance, tone: str) -> None:
    out, into = Desk(), Desk()
    out.take(on.Lifted())
    out.dial("0002#")
    out.take(on.Prepared(1, "Bob", assurance), on.PeerRings(1), on.PeerAnswered(1, protected=True))
    assert tone in desk_tones(out, on.Media(1, "secured"))
    into.take(on.Invited(1, BOB, protected=True), on.Verified(1, BOB, "Bob", assurance), on.Lifted())
    into.take(on.Answered(1))
    assert tone in desk_tones(into, on.Media(1, "secured"))
    for desk in (out, into):
        assert isinstance(desk.phase, at.Talking)
        assert desk.phase.assurance == assurance


# --- back after a crash -------------------------------------------------------------------------------------


def test_the_notice_of_a_restart_goes_after_a_while() -> None:
    desk = Desk()
    desk.take(on.Restarted())
    assert desk.phase == at.Over(Why.PHONE_RESTARTED)
    assert desk.patience == 20.0
    desk.wait()
    assert desk.phase == at.Idle()


@pytest.mark.parametrize("event", [on.Key("#"), on.Key("*"), Act.OK, Act.MENU, Act.REDIAL])
def test_the_notice_of_a_restart_goes_with_the_first_key(event: on.Event) -> None:
    desk = Desk()
    desk.take(on.Restarted(), event)
    assert desk.phase == at.Idle()


def test_a_digit_over_the_notice_of_a_restart_begins_to_dial() -> None:
    desk = Desk()
    desk.take(on.Restarted())
    desk.dial("2")
    assert desk.phase == at.Dialling("2")
