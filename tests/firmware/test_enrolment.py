"""Enrolment, from the camera to 'Destroy the code now'."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware import enrolment_words as en
from firmware.acts import Act
from firmware.enrolment import CAMERA_TRIES, LEFT_S, RETRY_S, step
from firmware.interfaces import CardSummary

CARD = CardSummary(
    tel="+442079462001",
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    issued=1795305600,
    expires=1795910400,
    month="2026-11",
    check_code="7F3A19C2",
    sealed=True,
)
CODE = "8675309123"
VIEW = bytes(112 * 64)


def play(*events: en.Event, flow: en.Flow | None = None) -> tuple[en.Flow, list[en.Effect]]:
    flow = flow or en.Flow()
    seen: list[en.Effect] = []
    for event in events:
        flow, effects = step(flow, event)
        seen = [effect for effect in effects if not _is_patience(effect)]
    return flow, seen


def _is_patience(effect: en.Effect) -> bool:
    """True for the timer that ends an enrolment which was left, and for stopping it."""
    return isinstance(effect, en.Timer) and effect.seconds in (None, LEFT_S)


def typed(digits: str = CODE) -> list[en.Event]:
    return [en.Digit(digit) for digit in digits]


TO_CONFIRMING = [en.Begin(), en.Seen(VIEW, ""), en.Found("SV1:…"), en.CardRead(CARD)]
TO_OPENING = [*TO_CONFIRMING, Act.ENROL, *typed(), Act.OK]
TO_CONTACTING = [*TO_OPENING, en.Unsealed()]
TO_STORING = [*TO_CONTACTING, en.PackCame("cGFjaw==")]
TO_REGISTERING = [*TO_STORING, en.Completed(CARD.tel, CARD.name)]


def test_a_card_a_code_a_server_and_the_phone_is_enrolled() -> None:
    assert play(en.Begin())[1] == [en.OpenCamera()]
    assert play(*TO_CONFIRMING[:3])[1] == [en.CloseCamera(), en.ReadCard("SV1:…")]
    assert play(*TO_OPENING)[1] == [en.Unseal(CODE)]
    assert play(*TO_CONTACTING)[1] == [en.Contact()]
    assert play(*TO_STORING)[1] == [en.Complete("cGFjaw==")]
    flow, _ = play(*TO_REGISTERING, en.Registered())
    assert flow.phase == en.Done(CARD.tel, CARD.name)
    assert play(Act.OK, flow=flow)[0].phase == en.Off()


def test_a_card_without_a_seal_needs_no_code() -> None:
    flow, seen = play(*TO_CONFIRMING[:3], en.CardRead(replace(CARD, sealed=False)), Act.ENROL)
    assert isinstance(flow.phase, en.Opening)
    assert seen == [en.Unseal("")]


@pytest.mark.parametrize("digits", ["", "8", CODE[:-1]])
def test_a_short_transfer_code_is_not_tried(digits: str) -> None:
    flow, seen = play(*TO_CONFIRMING, Act.ENROL, *typed(digits), Act.OK)
    assert isinstance(flow.phase, en.Typing)
    assert seen == []


def test_an_eleventh_digit_is_ignored_and_delete_takes_the_last() -> None:
    flow, _ = play(*TO_CONFIRMING, Act.ENROL, *typed(CODE + "4"), Act.DELETE, en.Digit("7"))
    assert isinstance(flow.phase, en.Typing)
    assert flow.phase.digits == CODE[:-1] + "7"


def test_the_third_wrong_code_ends_it_and_destroys_the_import() -> None:
    flow, _ = play(*TO_OPENING, en.Refused("E10"))
    assert flow.phase == en.Typing(CARD, "", 2)
    flow, _ = play(*typed(), Act.OK, en.Refused("E10"), flow=flow)
    assert flow.phase == en.Typing(CARD, "", 1)
    flow, seen = play(*typed(), Act.OK, en.Refused("E10"), flow=flow)
    assert flow.phase == en.Trouble("E10", "look")
    assert en.Abandon() in seen


@pytest.mark.parametrize("code", ["E01", "E02", "E03", "E04", "E05", "E06", "E07", "E13"])
def test_a_card_that_is_refused_says_why_and_can_be_shown_again(code: str) -> None:
    flow, _ = play(*TO_CONFIRMING[:3], en.Refused(code))
    assert flow.phase == en.Trouble(code, "look")
    assert play(Act.AGAIN, flow=flow)[1] == [en.OpenCamera()]
    assert play(Act.CANCEL, flow=flow)[0].phase == en.Off()


@pytest.mark.parametrize("code", ["E09", "E11"])
def test_keys_that_do_not_fit_or_cannot_be_saved_leave_the_old_ones(code: str) -> None:
    flow, seen = play(*TO_OPENING, en.Refused(code))
    assert flow.phase == en.Trouble(code, "look")
    assert en.Abandon() in seen


@pytest.mark.parametrize("where", [TO_CONFIRMING[:1], TO_CONFIRMING[:2], TO_CONFIRMING, TO_OPENING[:-3]])
def test_an_enrolment_that_was_left_ends_and_keeps_nothing(where: list[en.Event]) -> None:
    flow, _ = play(*where)
    assert step(flow, en.TimeUp(flow.timer - 1))[0] == flow
    flow, seen = play(en.TimeUp(flow.timer), flow=flow)
    assert flow.phase == en.Off()
    assert seen == ([en.CloseCamera()] if len(where) < 3 else [en.Abandon()])


def test_what_the_camera_sees_is_no_reason_to_look_longer() -> None:
    flow, _ = play(en.Begin())
    assert play(en.Seen(VIEW, "nearer"), flow=flow)[0].timer == flow.timer


def test_a_silent_server_is_asked_again_by_itself() -> None:
    flow, seen = play(*TO_CONTACTING, en.Refused("E21"))
    assert flow.phase == en.Trouble("E12", "contact")
    assert seen == [en.Timer(flow.timer, RETRY_S)]
    flow, seen = play(en.TimeUp(flow.timer), flow=flow)
    assert en.Contact() in seen
    assert en.Abandon() not in seen


def test_a_server_that_is_not_genuine_is_asked_again_only_by_hand() -> None:
    flow, seen = play(*TO_CONTACTING, en.Refused("E22"))
    assert flow.phase == en.Trouble("E22", "contact")
    assert seen == []
    assert en.Contact() in play(Act.AGAIN, flow=flow)[1]


@pytest.mark.parametrize("code", ["E07", "E23", "E05"])
def test_a_final_no_from_the_server_destroys_the_import(code: str) -> None:
    flow, seen = play(*TO_CONTACTING, en.Refused(code))
    assert flow.phase == en.Trouble(code, "look")
    assert en.Abandon() in seen


def test_a_pack_that_does_not_open_is_asked_for_again_and_destroys_nothing() -> None:
    flow, seen = play(*TO_STORING, en.Refused("E03"))
    assert flow.phase == en.Trouble("E03", "contact")
    assert en.Abandon() not in seen


def test_a_power_cut_resumes_at_the_first_contact() -> None:
    flow, seen = play(en.Resume())
    assert flow.phase == en.Contacting()
    assert seen == [en.Contact()]


@pytest.mark.parametrize("events", [TO_CONFIRMING, [*TO_CONFIRMING, Act.ENROL], TO_OPENING])
def test_a_key_service_that_dies_before_storing_asks_for_the_card_again(events: list[en.Event]) -> None:
    assert play(*events, en.KeysLost())[0].phase == en.Trouble("E41", "look")


def test_a_key_service_that_dies_after_storing_loses_nothing() -> None:
    flow, _ = play(*TO_STORING, en.KeysLost())
    assert flow.phase == en.Storing()
    assert play(en.Resume(), flow=flow)[1] == [en.Contact()]


def test_a_scan_service_that_dies_is_started_again_and_then_given_up() -> None:
    flow, seen = play(en.Begin(), en.Seen(VIEW, ""), en.ScanLost())
    assert flow.phase == en.Looking(VIEW, "stuck", 1)
    assert seen == [en.OpenCamera()]
    for _ in range(CAMERA_TRIES - 1):
        flow, seen = play(en.ScanLost(), flow=flow)
    assert flow.phase == en.Trouble("E43", "look")


def test_a_picture_forgives_the_dead() -> None:
    flow, _ = play(en.Begin(), en.ScanLost(), en.ScanLost(), en.Seen(VIEW, "closer"))
    assert flow.phase == en.Looking(VIEW, "closer", 0)


def test_enrolled_without_a_registration_says_so_and_lets_go() -> None:
    flow, _ = play(*TO_REGISTERING)
    flow, _ = play(en.TimeUp(flow.timer), flow=flow)
    assert flow.phase == en.Trouble("E12", "off")
    assert play(Act.OK, flow=flow)[0].phase == en.Off()
    assert play(en.Registered(), flow=flow)[0].phase == en.Off()


def test_nothing_secret_is_in_a_repr() -> None:
    flow, _ = play(*TO_OPENING[:-1])
    assert CODE[:4] not in repr(flow) + repr(en.Unseal(CODE)) + repr(TO_OPENING)
    assert "SV1" not in repr(en.Found("SV1:SECRET")) + repr(en.ReadCard("SV1:SECRET"))


events = st.one_of(
    st.sampled_from([*list(Act), en.Begin(), en.Resume(), en.ScanLost(), en.KeysLost(), en.Unsealed()]),
    st.builds(en.Digit, st.sampled_from("0123456789*#")),
    st.builds(en.Seen, st.just(VIEW), st.sampled_from(["", "closer", "stuck"])),
    st.builds(en.Found, st.text(max_size=5)),
    st.just(en.CardRead(CARD)),
    st.just(en.PackCame("")),
    st.just(en.Completed(CARD.tel, CARD.name)),
    st.just(en.Registered()),
    st.builds(en.Refused, st.sampled_from(["E01", "E07", "E10", "E11", "E21", "E22", "E23"])),
    st.builds(en.TimeUp, st.integers(0, 9)),
)
beginnings = st.integers(0, len(TO_REGISTERING)).map(lambda n: TO_REGISTERING[:n])


@given(beginnings, st.lists(events, max_size=30))
def test_no_sequence_of_events_breaks_the_rules(beginning: list[en.Event], rest: list[en.Event]) -> None:
    flow = en.Flow()
    camera = False
    for event in [*beginning, *rest]:
        before = flow
        flow, effects = step(flow, event)
        for effect in effects:
            if isinstance(effect, en.OpenCamera):
                camera = True
            elif isinstance(effect, en.CloseCamera):
                camera = False
            elif isinstance(effect, en.Unseal):
                assert isinstance(before.phase, en.Typing), "opened without the whole code"
                assert len(effect.code) == en.CODE_DIGITS
            elif isinstance(effect, en.Complete):
                assert isinstance(before.phase, en.Contacting)
            elif isinstance(effect, en.Abandon):
                assert not isinstance(before.phase, en.Registering | en.Done), "destroyed what is in use"
        assert camera == isinstance(flow.phase, en.Looking), "the camera is on although nothing is looked for"
        assert CODE not in repr(flow)


def test_the_picture_in_which_the_code_was_read_stays_with_its_corners() -> None:
    corners = ((30, 6), (82, 6), (82, 58), (30, 58))
    flow, _ = play(en.Begin(), en.Seen(VIEW, ""), en.Found("SV1:…", corners))
    assert flow.phase == en.Reading(VIEW, corners)
