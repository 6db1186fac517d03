"""Screens of a call that is on.

The filled white bar belongs to a verified call and to nothing else. A call that is secure to its gateway only
has an outlined bar with an empty shield; one that nobody has verified an outlined bar with '!' at both ends.
The test call has a box of dots: it is no call to anybody.
"""

from __future__ import annotations

from firmware.screens.call import LINE, SPEAKER, beside, longest_fitting
from firmware.screens.call_models import CallScreen, TestCallScreen
from firmware.screens.canvas import (
    BODY,
    DIGITS,
    EMPTY,
    FAINT,
    LEFT,
    LIGHT,
    MIDDLE,
    RIGHT,
    SHIELD,
    STRONG,
    WHITE,
    WIDTH,
    Canvas,
    text_width,
)
from firmware.text import Words

METER_STEPS = 12
METER_X = 192


def call(canvas: Canvas, model: CallScreen, words: Words) -> tuple[str, ...]:
    """In a call: how sure we are of it, with whom, and what there is beside it."""
    said = _bar(canvas, model, words)
    if model.other is not None and model.other.kind == "waiting":
        return (*said, *_waiting(canvas, model, words))
    side = _side(canvas, model, words)
    main = model.name or model.number
    room = RIGHT - LEFT - 8 - _side_width(side, model)
    beside_it = model.other is not None
    face, baseline = ((STRONG, 17) if model.name else (DIGITS, 20)), 34
    if beside_it:
        face, baseline = (face[0], 17), 32
    canvas.write(LEFT, baseline, main, face, width=room, smallest=12)
    second = _second(model, words)
    loud = model.note is not None or beside_it or model.recall
    metered = not model.held
    width = METER_X - LEFT - 8 if metered else LINE
    canvas.write(LEFT, 47, second, (BODY, 11), LIGHT if loud else MIDDLE, width=width, smallest=10)
    if metered:
        _meter(canvas, model.level)
    return (*said, main, *((second,) if second else ()), side)


def _bar(canvas: Canvas, model: CallScreen, words: Words) -> tuple[str, ...]:
    timer = f"{model.seconds // 60:02}:{model.seconds % 60:02}"
    if model.stage != "secure":
        title = words(model.stage)
        canvas.write(LEFT, 12, title, (BODY, 11), LIGHT)
        return (title,)
    if model.assurance == "verified":
        title = words("secure")
        canvas.secure_bar(title, timer)
        return title, timer
    title = words(f"secure {model.assurance}")
    canvas.outline(0, 0, WIDTH - 1, 16)
    canvas.write(RIGHT - 14, 13, timer, (DIGITS, 12), align="r")
    if model.assurance == "gateway":
        canvas.sign(4, 2, EMPTY)
        canvas.write(22, 13, title, (STRONG, 11), width=176, smallest=10)
        return title, timer
    canvas.outline(1, 1, WIDTH - 2, 15)
    for x in (7, RIGHT - 6):
        canvas.write(x, 13, "!", (DIGITS, 13))
    canvas.write(20, 13, title, (STRONG, 11), width=176, smallest=10)
    return "! " + title, timer


def _waiting(canvas: Canvas, model: CallScreen, words: Words) -> tuple[str, ...]:
    """Somebody verified waits: he has the large line, for a moment."""
    other = model.other
    assert other is not None
    main = words("also calling", who=other.name or other.number)
    canvas.write(LEFT, 33, main, (STRONG, 15), width=LINE - 18, smallest=12)
    canvas.sign(RIGHT - 13, 21, SHIELD)
    checked = words("identity checked")
    hint = words("answer holds")
    taken = canvas.write(RIGHT, 47, hint, (BODY, 11), MIDDLE, align="r")
    room = LINE - taken - 8
    second = longest_fitting((f"{other.number} · {checked}", other.number), room) if other.name else checked
    canvas.write(LEFT, 47, second, (BODY, 11), LIGHT, width=room, smallest=10)
    return main, second, hint


def _side(canvas: Canvas, model: CallScreen, words: Words) -> str:
    """Hold and mute in white boxes; else what is talked through."""
    if model.held or model.muted:
        side = words(f"held {model.held}" if model.held else "muted")
        canvas.text_box(side, (STRONG, 11), right=255, baseline=31)
        return side
    if model.hands_free:
        canvas.sign(RIGHT - 11, 21, SPEAKER, WHITE)
        side = words("hands-free")
        canvas.write(RIGHT - 16, 31, side, (BODY, 11), LIGHT, align="r")
        return side
    side = words("handset")
    canvas.write(RIGHT, 31, side, (BODY, 11), MIDDLE, align="r")
    return side


def _side_width(side: str, model: CallScreen) -> float:
    if model.held or model.muted:
        return text_width(side, STRONG, 11) + 10
    return text_width(side, BODY, 11) + (16 if model.hands_free else 0)


def _second(model: CallScreen, words: Words) -> str:
    if model.recall:
        return words("recall hint")
    if model.note is not None and words.has(f"note {model.note.value}"):
        return words(f"note {model.note.value}")
    if model.other is not None:
        return beside(model.other, words)
    number = model.number if model.name else ""
    if model.stage == "securing":
        return f"{number} · {words('not yet verified')}" if number else words("not yet verified")
    return number


def _meter(canvas: Canvas, level: int) -> None:
    for number in range(METER_STEPS):
        left = METER_X + 5 * number
        canvas.box(left, 40, left + 2, 47, LIGHT if number < level else FAINT)


def test_call(canvas: Canvas, model: TestCallScreen, words: Words) -> tuple[str, ...]:
    """Talking to the echo: no number, no name, no white bar; a frame of dots and the level."""
    for x in range(2, WIDTH - 1, 6):
        canvas.dot(x, 1, 1, MIDDLE, filled=True)
        canvas.dot(x, 49, 1, MIDDLE, filled=True)
    talks = model.stage == "secure"
    title = words("test call")
    timer = f"{model.seconds // 60:02}:{model.seconds % 60:02}"
    canvas.write(LEFT + 4, 16, title, (BODY, 11), LIGHT)
    canvas.write(RIGHT - 4, 16, timer, (DIGITS, 12), LIGHT, align="r")
    main = words("test call speak") if talks else words(model.stage)
    canvas.write(LEFT + 4, 32, main, (STRONG, 14), width=LINE - 8, smallest=11)
    side = words("muted" if model.muted else "hands-free" if model.hands_free else "handset")
    if model.muted:
        canvas.text_box(
            side, (STRONG, 11), right=LEFT + 14 + round(text_width(side, STRONG, 11)), baseline=45
        )
    else:
        canvas.write(LEFT + 4, 45, side, (BODY, 11), MIDDLE)
    _meter(canvas, model.level)
    return title, timer, main, side
