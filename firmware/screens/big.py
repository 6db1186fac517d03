"""The screens that matter most in large letters, for people who see little: fewer facts, the same soft keys.

    y  0-19   bar, white or outlined with '!'
    y 20-50   one or two lines, 14 pixels at least
    y 52      rule; soft keys below it

What is left out here is never a number, a verdict or a next step.
"""

from __future__ import annotations

from firmware.reasons import REFUSALS, Why
from firmware.screens import models as m
from firmware.screens.canvas import (
    BLACK,
    DIGITS,
    LEFT,
    LIGHT,
    LOCK,
    MIDDLE,
    RIGHT,
    SHIELD,
    STRONG,
    WHITE,
    WIDTH,
    Canvas,
)
from firmware.text import Words

LINE = RIGHT - LEFT
BAR = 20
TEXT_X = 111
SMALLEST = 11


def draw(canvas: Canvas, model: m.Model, words: Words) -> tuple[str, ...] | None:
    """Draw a screen in large letters; return None, and draw nothing, if it has only its ordinary look.

    Whatever is not plain about a call (held, a second one, not verified) has its one ordinary look.
    """
    if getattr(model, "other", None) is not None or getattr(model, "assurance", "verified") != "verified":
        return None
    match model:
        case m.IdleScreen():
            return _idle(canvas, model, words)
        case m.DiallingScreen() if model.match is None and not model.forgotten:
            return _dialling(canvas, model, words)
        case m.CallingScreen() if not model.test:
            return _calling(canvas, model, words)
        case m.IncomingScreen() if not model.lifted:
            return _incoming(canvas, model, words)
        case m.CallScreen() if not model.held:
            return _call(canvas, model, words)
        case m.OverScreen():
            return _over(canvas, model, words)
        case m.TroubleScreen():
            return _trouble(canvas, model, words)
        case _:
            return None


def _idle(canvas: Canvas, model: m.IdleScreen, words: Words) -> tuple[str, ...]:
    clock = model.now.strftime("%H:%M")
    trouble = model.trouble
    if model.valid_to is not None and model.valid_to < model.now.date():
        trouble = "E30"
    if trouble not in ("", "connecting"):
        title, hint = words(f"offline {trouble}"), words(f"offline {trouble} hint")
        canvas.write(LEFT, 17, clock, (DIGITS, 19), LIGHT)
        canvas.write(RIGHT, 17, model.number, (DIGITS, 19), align="r")
        canvas.box(0, 21, 255, 50, WHITE, round_=3)
        canvas.write(LEFT + 2, 33, title, (STRONG, 14), BLACK, width=LINE - 4, smallest=13)
        canvas.write(LEFT + 2, 47, hint, (STRONG, 12), BLACK, width=LINE - 4, smallest=SMALLEST)
        return clock, model.number, title, hint
    canvas.write(LEFT, 38, clock, (DIGITS, 40))
    canvas.write(RIGHT, 20, model.number, (DIGITS, 24), align="r", width=RIGHT - TEXT_X, smallest=17)
    ready = words("connecting" if trouble else "big ready")
    taken = canvas.write(RIGHT, 44, ready, (STRONG, 17), MIDDLE if trouble else WHITE, align="r")
    if not trouble:
        canvas.sign(round(RIGHT - taken - 18), 32, SHIELD)
    return clock, model.number, ready


def _dialling(canvas: Canvas, model: m.DiallingScreen, words: Words) -> tuple[str, ...]:
    if not model.digits:
        canvas.write(LEFT, 34, words("dial"), (STRONG, 22), LIGHT, width=LINE, smallest=17)
        return words("dial"), "_"
    taken = canvas.write(LEFT, 42, model.digits, (DIGITS, 46), width=LINE - 8, smallest=18)
    cursor = round(LEFT + taken + 3)
    canvas.box(cursor, 9, cursor + 2, 43, LIGHT)
    return words("dial"), model.digits


def _calling(canvas: Canvas, model: m.CallingScreen, words: Words) -> tuple[str, ...]:
    title = words("lift now" if model.stage == "answered" else model.stage)
    if model.stage != "answered" and not model.lifted:
        title = words("lift to talk")
    canvas.write(LEFT, 27, model.number, (DIGITS, 32), width=LINE - 20, smallest=17)
    canvas.write(LEFT, 46, title, (STRONG, 15), LIGHT, width=LINE, smallest=SMALLEST)
    if model.stage == "ringing out":
        canvas.sign(RIGHT - 13, 3, SHIELD, LIGHT)
    return model.number, title


def _incoming(canvas: Canvas, model: m.IncomingScreen, words: Words) -> tuple[str, ...]:
    main = model.name or model.number
    canvas.sign(RIGHT - 13, 3, SHIELD)
    face = (STRONG, 26) if model.name else (DIGITS, 28)
    canvas.write(LEFT, 26, main, face, width=LINE - 20, smallest=17)
    lift = words("lift to answer")
    taken = canvas.write(RIGHT, 46, lift, (STRONG, 14), WHITE, align="r")
    if model.name:
        canvas.write(LEFT, 47, model.number, (DIGITS, 18), LIGHT, width=LINE - taken - 8, smallest=12)
        return main, model.number, lift
    canvas.write(
        LEFT, 46, words("identity checked"), (STRONG, 14), LIGHT, width=LINE - taken - 8, smallest=10
    )
    return main, words("identity checked"), lift


def _call(canvas: Canvas, model: m.CallScreen, words: Words) -> tuple[str, ...]:
    title = words(model.stage)
    timer = f"{model.seconds // 60:02}:{model.seconds % 60:02}"
    secure = model.stage == "secure"
    if secure:
        canvas.box(0, 0, WIDTH - 1, BAR - 1)
        canvas.sign(5, 5, LOCK, BLACK)
        canvas.write(21, 15, title, (STRONG, 16), BLACK, width=180, smallest=13)
        canvas.write(RIGHT, 16, timer, (DIGITS, 17), BLACK, align="r")
    else:
        canvas.write(LEFT, 15, title, (STRONG, 15), LIGHT, width=LINE, smallest=SMALLEST)
    main = model.name or model.number
    if not model.muted:
        face = (STRONG, 25) if model.name else (DIGITS, 28)
        canvas.write(LEFT, 44, main, face, width=LINE, smallest=17)
        return title, *((timer,) if secure else ()), main
    side = words("muted")
    canvas.text_box(side, (STRONG, 12), right=255, baseline=31)
    canvas.write(LEFT, 46, main, (STRONG if model.name else DIGITS, 17), width=LINE)
    return title, *((timer,) if secure else ()), main, side


def _over(canvas: Canvas, model: m.OverScreen, words: Words) -> tuple[str, ...]:
    number = model.number or words("unknown caller")
    title, hint = words(model.why.value, number=number), words(f"{model.why.value} hint", number=number)
    if model.why is Why.ENDED and model.seconds is not None:
        hint = f"{hint} · {model.seconds // 60:02}:{model.seconds % 60:02}"
    if model.why in REFUSALS:
        return _refused(canvas, title, hint)
    canvas.write(LEFT, 18, title, (STRONG, 20), width=LINE, smallest=15)
    canvas.paragraph(LEFT, (33, 48), hint, (STRONG, 14), LIGHT, width=LINE, smallest=SMALLEST)
    return title, hint


def _trouble(canvas: Canvas, model: m.TroubleScreen, words: Words) -> tuple[str, ...]:
    code = model.code if words.has(model.code) else "E03"
    return _refused(canvas, words(code), words(f"{code} hint", date=words.full_date(model.now.date())))


def _refused(canvas: Canvas, title: str, hint: str) -> tuple[str, ...]:
    for inset in (0, 1):
        canvas.outline(inset, inset, WIDTH - 1 - inset, 17 - inset)
    canvas.write(7, 14, "!", (DIGITS, 15))
    canvas.write(20, 14, title, (STRONG, 13), width=RIGHT - 24, smallest=10)
    canvas.paragraph(LEFT, (31, 47), hint, (STRONG, 14), WHITE, width=LINE, smallest=SMALLEST)
    return "! " + title, hint
