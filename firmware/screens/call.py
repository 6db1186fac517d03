"""Screens of a call, from the first digit to its end."""

from __future__ import annotations

from firmware.reasons import REFUSALS, Why
from firmware.screens.canvas import (
    BLACK,
    BODY,
    DIGITS,
    FAINT,
    LEFT,
    LIGHT,
    MIDDLE,
    RIGHT,
    SHIELD,
    STRONG,
    WHITE,
    Canvas,
    text_width,
)
from firmware.screens.models import CallingScreen, CallScreen, DiallingScreen, IncomingScreen, OverScreen
from firmware.text import Words

LINE = RIGHT - LEFT
METER_STEPS = 12


def dialling(canvas: Canvas, model: DiallingScreen, words: Words) -> tuple[str, ...]:
    """The digits, as large as they fit, and a cursor."""
    canvas.write(LEFT, 12, words("dial"), (BODY, 11), MIDDLE)
    taken = canvas.write(LEFT, 42, model.digits, (DIGITS, 30), width=LINE - 8, smallest=18)
    cursor = round(LEFT + taken + (3 if model.digits else 0))
    canvas.box(cursor, 19, cursor + 1, 43, LIGHT)
    hint = words("dial hint lifted" if model.lifted else "dial hint") if model.digits else ""
    canvas.write(RIGHT, 12, hint, (BODY, 10), MIDDLE, align="r")
    return words("dial"), model.digits or "_", *((hint,) if hint else ())


def calling(canvas: Canvas, model: CallingScreen, words: Words) -> tuple[str, ...]:
    """An attempt to call: what is being done, to whom, and what the other side has done."""
    if model.stage == "answered":
        title, hint = words("lift now"), ""
    else:
        title = words(model.stage)
        hint = words(f"{model.stage} hint") if model.lifted else words("lift to talk")
    canvas.write(LEFT, 12, title, (BODY, 11), LIGHT, width=LINE)
    canvas.write(LEFT, 34, model.number, (DIGITS, 22), width=LINE, smallest=16)
    canvas.write(LEFT, 47, hint, (BODY, 11), MIDDLE, width=LINE, smallest=10)
    if model.stage == "ringing out":
        canvas.sign(RIGHT - 13, 3, SHIELD, LIGHT)
    return title, model.number, *((hint,) if hint else ())


def incoming(canvas: Canvas, model: IncomingScreen, words: Words) -> tuple[str, ...]:
    """A verified caller: the name is the signed directory's, the number the one that signed."""
    canvas.write(LEFT, 12, words("incoming"), (BODY, 11), MIDDLE)
    canvas.sign(RIGHT - 13, 2, SHIELD)
    main = model.name or model.number
    face = (STRONG, 20) if model.name else (DIGITS, 22)
    canvas.write(LEFT, 33, main, face, width=LINE, smallest=14)
    lift = words("lift to answer")
    checked = words("identity checked")
    if model.name:
        checked = f"{model.number} · {checked}"
    taken = canvas.write(RIGHT, 47, lift, (BODY, 11), WHITE, align="r")
    canvas.write(LEFT, 47, checked, (BODY, 11), LIGHT, width=LINE - taken - 8, smallest=10)
    return words("incoming"), main, checked, lift


def call(canvas: Canvas, model: CallScreen, words: Words) -> tuple[str, ...]:
    """In a call. The white bar belongs to a verified call and to nothing else."""
    timer = f"{model.seconds // 60:02}:{model.seconds % 60:02}"
    title = words(model.stage)
    if model.stage == "secure":
        canvas.secure_bar(title, timer)
    else:
        canvas.write(LEFT, 12, title, (BODY, 11), LIGHT)
    main = model.name or model.number
    canvas.write(LEFT, 34, main, (STRONG, 17) if model.name else (DIGITS, 20), width=176, smallest=12)
    second = model.number if model.name else ""
    if model.stage == "securing":
        second = f"{second} · {words('not yet verified')}" if second else words("not yet verified")
    if model.note is not None:
        second = words(f"note {model.note.value}")
    canvas.write(LEFT, 47, second, (BODY, 11), LIGHT if model.note else MIDDLE, width=170, smallest=10)
    side = words("muted" if model.muted else "handset")
    if model.muted:
        width = text_width(side, STRONG, 11)
        canvas.box(round(RIGHT - width - 8), 20, 255, 33, WHITE, round_=2)
        canvas.write(RIGHT - 1, 31, side, (STRONG, 11), BLACK, align="r")
    else:
        canvas.write(RIGHT, 31, side, (BODY, 11), MIDDLE, align="r")
    for number in range(METER_STEPS):
        left = 192 + 5 * number
        canvas.box(left, 40, left + 2, 47, LIGHT if number < model.level else FAINT)
    return title, *((timer,) if model.stage == "secure" else ()), main, *((second,) if second else ()), side


def over(canvas: Canvas, model: OverScreen, words: Words) -> tuple[str, ...]:
    """Why a call is over, and what to do next. A refusal has the outlined bar and '!'."""
    key = model.why.value
    number = model.number or words("unknown caller")
    title = words(key, number=number)
    hint = words(f"{key} hint", number=number)
    if model.why is Why.ENDED and model.seconds is not None:
        hint = f"{hint} · {model.seconds // 60:02}:{model.seconds % 60:02}"
    if model.why in REFUSALS:
        canvas.refusal_bar(words("refused"))
        canvas.write(LEFT, 32, title, (STRONG, 15), width=LINE, smallest=12)
        canvas.write(LEFT, 47, hint, (BODY, 11), LIGHT, width=LINE, smallest=10)
        return "! " + words("refused"), title, hint
    who = model.name
    canvas.write(LEFT, 12, who, (BODY, 11), MIDDLE, width=LINE)
    canvas.write(LEFT, 32, title, (STRONG, 17), width=LINE, smallest=12)
    canvas.write(LEFT, 47, hint, (BODY, 11), LIGHT, width=LINE, smallest=10)
    return *((who,) if who else ()), title, hint
