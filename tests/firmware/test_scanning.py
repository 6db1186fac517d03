"""What a scan makes of what it sees: hints and the end."""

from __future__ import annotations

import pytest

from drivers.sighting import Sighting
from firmware.scanning import FORGET_S, HOLD_S, STEADY, STUCK_S, Look, Watch

FRAME = (1280, 720)


def square(side: float, *, text: str | None = None, modules: int = 85, lean: float = 0.0) -> Sighting:
    left, top = (FRAME[0] - side) / 2, (FRAME[1] - side) / 2
    corners = (
        (left, top),
        (left + side, top + lean),
        (left + side, top + side - lean),
        (left, top + side),
    )
    return Sighting(text, corners, modules)


def look(
    sighting: Sighting | None = None, *, brightness: float = 120.0, burnt: float = 0.0, focus: int = 60
) -> Look:
    return Look(sighting, FRAME, brightness, burnt, focus)


def test_our_code_ends_the_scan_at_once() -> None:
    assert Watch().see(look(square(500, text="SV1:ABC")), 0.0).text == "SV1:ABC"


@pytest.mark.parametrize("text", ["HTTPS://EXAMPLE.ORG", "SV2:ABC", "sv1:abc", " SV1:ABC"])
def test_another_code_must_hold_still_for_a_while(text: str) -> None:
    watch = Watch()
    verdicts = [watch.see(look(square(500, text=text)), number / 10).text for number in range(STEADY)]
    assert verdicts == [None] * (STEADY - 1) + [text]


def test_codes_that_pass_by_do_not_end_the_scan() -> None:
    watch = Watch()
    for number in range(50):
        assert watch.see(look(square(500, text=f"parcel {number % 2}")), number / 10).text is None


def test_another_code_that_was_out_of_sight_must_hold_still_anew() -> None:
    watch = Watch()
    for number in range(STEADY - 1):
        watch.see(look(square(500, text="parcel")), number / 10)
    watch.see(look(), 1.0)
    watch.see(look(), 1.0 + FORGET_S + 0.1)
    assert watch.see(look(square(500, text="parcel")), 8.0).text is None


@pytest.mark.parametrize(
    ("sight", "hint"),
    [
        (look(), ""),
        (look(square(600)), ""),
        (look(square(300)), "closer"),
        (look(square(200, modules=0)), "closer"),
        (look(square(600, modules=0)), ""),
        (look(square(600, lean=60)), "flat"),
        (look(brightness=20), "light"),
        (look(square(300), brightness=20), "closer"),
        (look(burnt=0.5, brightness=220), "glare"),
        (look(square(600), focus=20), "still"),
        (look(square(300), focus=20), "closer"),
        (look(square(600), focus=20, brightness=20), "light"),
        (look(square(600), focus=0), ""),
        (look(focus=20), ""),
    ],
)
def test_hints(sight: Look, hint: str) -> None:
    assert Watch().see(sight, 0.0).hint == hint


def test_what_is_blurred_before_a_lens_that_cannot_focus_is_too_near() -> None:
    assert Watch(autofocus=False).see(look(square(600), focus=20), 0.0).hint == "back"


def test_a_code_in_sight_for_long_is_stuck() -> None:
    watch = Watch()
    seconds = [number / 2 for number in range(int(2 * STUCK_S) + 4)]
    hints = [watch.see(look(square(600)), at).hint for at in seconds]
    assert hints[-1] == "stuck"
    assert set(hints[: int(2 * STUCK_S)]) == {""}


def test_a_code_put_away_in_time_is_not_stuck() -> None:
    watch = Watch()
    watch.see(look(square(600)), 0.0)
    watch.see(look(), FORGET_S + 1)
    assert watch.see(look(square(600)), STUCK_S + 1).hint == ""


def test_an_empty_view_is_never_stuck() -> None:
    watch = Watch()
    assert {watch.see(look(), float(at)).hint for at in range(100)} == {""}


def test_a_hint_stays_long_enough_to_be_read() -> None:
    watch = Watch()
    assert watch.see(look(square(300)), 0.0).hint == "closer"
    assert watch.see(look(square(600, lean=60)), HOLD_S / 2).hint == "closer"
    assert watch.see(look(), HOLD_S * 0.9).hint == "closer"
    assert watch.see(look(), HOLD_S * 1.1).hint == ""
