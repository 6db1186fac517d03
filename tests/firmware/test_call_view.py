"""Which screen shows where a call stands, and what its soft keys do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act, SoftKeys
from firmware.call_view import call_view
from firmware.contacts import Book, Contact
from firmware.house import House
from firmware.screens import call_models as m
from firmware.screens.render import render
from firmware.text import Words

from .desk_of_calls import BOB, CY, Desk, talking_out, two_calls

NOW = datetime(2026, 11, 22, 12, 48)


def house(desk: Desk) -> House:
    return House(NOW, desk.now + 65, calls=desk.state, level=7)


def screen(desk: Desk) -> m.CallModel:
    model = call_view(house(desk))
    assert model is not None
    return model


def said(desk: Desk) -> str:
    return " / ".join(render(screen(desk), Words())[1])


def after(desk: Desk, *events: on.Event) -> Desk:
    desk.take(*events)
    return desk


def waiting() -> Desk:
    desk = talking_out()
    desk.knock()
    return desk


@pytest.mark.parametrize(
    ("desk", "keys"),
    [
        (talking_out(), (Act.HOLD, None, Act.MUTE, Act.END)),
        (after(talking_out(), Act.MUTE), (Act.HOLD, None, Act.UNMUTE, Act.END)),
        (after(talking_out(), Act.HOLD), (Act.RESUME, Act.NEW_CALL, None, Act.END)),
        (after(talking_out(), Act.HOLD, on.HungUp()), (Act.RESUME, None, None, Act.END)),
        (after(talking_out(), Act.HOLD, Act.NEW_CALL), (Act.RESUME, Act.CONTACTS, Act.REDIAL, None)),
        (waiting(), (Act.DECLINE, Act.MUTE, Act.END, Act.ANSWER)),
        (two_calls(), (Act.SWAP, None, Act.MUTE, Act.END)),
        (after(two_calls(), Act.HOLD), (Act.RESUME, Act.SWAP, None, Act.END)),
        (after(two_calls(), on.PeerEnded(2)), (Act.RESUME, None, None, None)),
    ],
)
def test_the_soft_keys_of_a_call(desk: Desk, keys: SoftKeys) -> None:
    assert screen(desk).keys == keys


def test_every_soft_key_that_shows_does_something() -> None:
    """Whatever a label promises, the machine moves."""
    for make in (talking_out, waiting, two_calls):
        for first in (None, Act.HOLD, Act.MUTE, on.HandsFree()):
            desk = make() if first is None else after(make(), first)
            for act in screen(desk).keys:
                if act is not None:
                    other = replace(desk, seen=[], log=[])
                    before = other.state
                    other.take(act)
                    assert other.state != before, (make.__name__, first, act)


def test_who_holds_whom_is_said() -> None:
    desk = talking_out()
    assert "Handset" in said(desk)
    assert "Held by them" in said(after(desk, on.PeerHolds(1, True)))
    assert "Held by both" in said(after(desk, Act.HOLD))
    assert "On hold" in said(after(desk, on.PeerHolds(1, False)))
    assert "lift to go on" in said(after(desk, on.HungUp()))


def test_who_waits_is_seen_verified_over_the_call_that_goes_on() -> None:
    text = said(waiting())
    assert "Cy is calling" in text
    assert "0003 · identity checked" in text
    assert "Secure – verified" in text


def test_the_other_call_is_named_and_its_end_said() -> None:
    desk = two_calls()
    assert "On hold: Bob" in said(desk)
    assert "On hold: Bob" in said(after(two_calls(), on.PeerEnded(2)))
    assert "The other call has ended" in said(after(desk, on.PeerEnded(1)))


def test_hands_free_shows() -> None:
    assert "Hands-free" in said(after(talking_out(), on.HandsFree()))
    assert "Hands-free" in said(after(Desk(), on.HandsFree()))


@pytest.mark.parametrize(
    ("assurance", "there", "absent"),
    [
        ("verified", "Secure – verified", "NOT SECURE"),
        ("gateway", "Secure to gateway only", "verified"),
        ("unverified", "! NOT SECURE", "verified"),
    ],
)
@pytest.mark.parametrize("big", [False, True])
def test_only_a_verified_call_says_that_it_is(
    assurance: on.Assurance, there: str, absent: str, big: bool
) -> None:
    desk = Desk()
    desk.take(on.Invited(1, BOB, protected=True), on.Verified(1, BOB, "Bob", assurance))
    ringing = render(screen(desk), Words(), big=big)
    assert ("identity checked" in " ".join(ringing[1])) is (assurance == "verified") or big
    desk.take(on.Lifted(), on.Answered(1), on.Media(1, "secured"))
    picture, text = render(screen(desk), Words(), big=big)
    assert there in " ".join(text)
    assert absent not in " ".join(text)
    bar = picture.crop((0, 0, 256, 12)).tobytes()
    assert (bar.count(255) > len(bar) // 2) is (assurance == "verified")


def test_the_test_call_looks_like_no_other() -> None:
    desk = Desk()
    desk.take(on.Lifted(), Act.TEST, on.Prepared(1), on.PeerAnswered(1, protected=True))
    desk.take(on.Media(1, "secured"))
    assert isinstance(screen(desk), m.TestCallScreen)
    assert "Speak: you hear yourself" in said(desk)
    assert "Secure" not in said(desk)


def test_whom_the_digits_mean_is_offered_while_dialling() -> None:
    desk = Desk()
    desk.take(on.Book((("2", BOB),)), on.Lifted())
    book = Book(contacts=(Contact(CY, "Cy Twombly"), Contact(BOB, "Bob Idowu")))
    empty = house(desk)
    full = replace(empty, desk=replace(empty.desk, book=book))
    for digits, name in (("0003", "Cy Twombly"), ("2", "Bob Idowu")):
        calls = replace(desk.state, phase=at.Dialling(digits))
        model = call_view(replace(full, calls=calls))
        assert isinstance(model, m.DiallingScreen)
        assert model.match is not None
        assert model.match[0] == name
    unknown = call_view(replace(empty, calls=replace(desk.state, phase=at.Dialling("2"))))
    assert isinstance(unknown, m.DiallingScreen)
    assert unknown.match == ("0002", "speed dial")


def test_a_forgotten_handset_is_asked_for() -> None:
    desk = Desk()
    desk.take(on.Lifted())
    desk.wait()
    assert "Lay the handset down" in said(desk)
