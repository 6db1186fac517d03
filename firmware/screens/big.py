"""The screens of calls in large letters, for people who see little: fewer facts, the same soft keys.

    y  0-17   bar: white, outlined with an empty shield, or outlined with '!'
    y 18-50   one or two lines, 14 pixels if they can be
    y 52      rule; soft keys below it

What is left out is never a number or a name, a verdict or a next step. The rest is in
`firmware.screens.big_desk`.
"""

from __future__ import annotations

from firmware.reasons import REFUSALS, Why
from firmware.screens import big_desk
from firmware.screens import models as m
from firmware.screens.big_desk import LINE, SMALLEST, refused
from firmware.screens.call import SPEAKER, beside
from firmware.screens.canvas import (
    BLACK,
    DIGITS,
    EMPTY,
    LEFT,
    LIGHT,
    LOCK,
    RIGHT,
    SHIELD,
    STRONG,
    WHITE,
    WIDTH,
    Canvas,
    text_width,
)
from firmware.text import Words

BAR = 18


def draw(canvas: Canvas, model: m.Shown, words: Words) -> tuple[str, ...] | None:
    """Draw a screen in large letters; return None, and draw nothing, if it has only its ordinary look."""
    match model:
        case m.DiallingScreen():
            return _dialling(canvas, model, words)
        case m.CallingScreen() if not model.test:
            return _calling(canvas, model, words)
        case m.IncomingScreen():
            return _incoming(canvas, model, words)
        case m.CallScreen():
            return _call(canvas, model, words)
        case m.OverScreen():
            return _over(canvas, model, words)
        case _:
            return big_desk.draw(canvas, model, words)


def _dialling(canvas: Canvas, model: m.DiallingScreen, words: Words) -> tuple[str, ...]:
    if not model.digits:
        title = words("forgotten") if model.forgotten else words("dial")
        if model.other is not None and not model.forgotten:
            title = beside(model.other, words)
        canvas.write(LEFT, 34, title, (STRONG, 22), LIGHT, width=LINE, smallest=14)
        return title, "_"
    baseline, size = (42, 46) if model.match is None else (29, 32)
    taken = canvas.write(LEFT, baseline, model.digits, (DIGITS, size), width=LINE - 8, smallest=18)
    cursor = round(LEFT + taken + 3)
    canvas.box(cursor, baseline + 1 - round(0.72 * size), cursor + 2, baseline + 1, LIGHT)
    said = (words("dial"), model.digits)
    if model.match is None:
        return said
    canvas.write(LEFT, 47, model.match[0], (STRONG, 17), width=LINE, smallest=13)
    return *said, model.match[0]


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
    lift = words("answer to talk" if model.lifted else "lift to answer")
    if model.other is not None:
        lift = words("answer holds")
    if model.assurance != "verified":
        return _doubtful_caller(canvas, model, words, lift)
    canvas.sign(RIGHT - 13, 3, SHIELD)
    face = (STRONG, 26) if model.name else (DIGITS, 28)
    canvas.write(LEFT, 26, main, face, width=LINE - 20, smallest=17)
    taken = canvas.write(RIGHT, 46, lift, (STRONG, 14), WHITE, align="r", width=LINE - 60, smallest=SMALLEST)
    room = LINE - taken - 8
    if model.name:
        canvas.write(LEFT, 47, model.number, (DIGITS, 18), LIGHT, width=room, smallest=12)
        return main, model.number, lift
    canvas.write(LEFT, 46, words("identity checked"), (STRONG, 14), LIGHT, width=room, smallest=10)
    return main, words("identity checked"), lift


def _doubtful_caller(canvas: Canvas, model: m.IncomingScreen, words: Words, lift: str) -> tuple[str, ...]:
    """Nobody, or only a gateway, answers for this one: that is the first line."""
    title = words(f"incoming {model.assurance}")
    title = _outlined(canvas, title, model.assurance)
    main = model.name or model.number
    canvas.write(LEFT, 34, main, (STRONG if model.name else DIGITS, 17), width=LINE, smallest=14)
    canvas.write(LEFT, 49, lift, (STRONG, 13), width=LINE, smallest=SMALLEST)
    return title, main, lift


def _outlined(canvas: Canvas, title: str, assurance: str, timer: str = "") -> str:
    """The bar of a call that is not proven from end to end; return its text."""
    canvas.outline(0, 0, WIDTH - 1, BAR - 1)
    taken = canvas.write(RIGHT - 14, 14, timer, (DIGITS, 15), align="r") if timer else 0
    if assurance == "gateway":
        canvas.sign(4, 3, EMPTY)
    else:
        canvas.outline(1, 1, WIDTH - 2, BAR - 2)
        for x in (7, RIGHT - 6):
            canvas.write(x, 14, "!", (DIGITS, 15))
        title = f"! {title}"
    shown = title.removeprefix("! ")
    canvas.write(22, 14, shown, (STRONG, 13), width=RIGHT - 40 - taken, smallest=10)
    return title


def _call(canvas: Canvas, model: m.CallScreen, words: Words) -> tuple[str, ...]:
    said = _bar(canvas, model, words)
    if model.other is not None and model.other.kind == "waiting":
        main = words("also calling", who=model.other.name or model.other.number)
        canvas.write(LEFT, 34, main, (STRONG, 17), width=LINE, smallest=12)
        second = model.other.number if model.other.name else words("identity checked")
        canvas.write(LEFT, 49, second, (STRONG, 12), LIGHT, width=LINE)
        return *said, main, second
    main, side = model.name or model.number, _side(model, words)
    second = words("recall hint") if model.recall else ""
    if model.other is not None:
        second = beside(model.other, words)
    face = STRONG if model.name else DIGITS
    if not side and not second:
        canvas.write(LEFT, 45, main, (face, 25 if model.name else 28), width=LINE, smallest=17)
        return *said, main
    if not second:
        canvas.text_box(side, (STRONG, 12), right=255, baseline=31)
        canvas.write(LEFT, 47, main, (face, 17), width=LINE, smallest=14)
        return *said, main, side
    taken = canvas.text_box(side, (STRONG, 12), right=255, baseline=33) + 6 if side else 0
    canvas.write(LEFT, 34, main, (face, 16), width=LINE - taken, smallest=12)
    canvas.write(LEFT, 50, second, (STRONG, 12), LIGHT, width=LINE, smallest=SMALLEST)
    return *said, main, second, *((side,) if side else ())


def _bar(canvas: Canvas, model: m.CallScreen, words: Words) -> tuple[str, ...]:
    timer = f"{model.seconds // 60:02}:{model.seconds % 60:02}"
    if model.stage != "secure":
        canvas.write(LEFT, 15, words(model.stage), (STRONG, 15), LIGHT, width=LINE - 16, smallest=SMALLEST)
        if model.hands_free:
            canvas.sign(RIGHT - 11, 4, SPEAKER)
        return (words(model.stage),)
    if model.assurance != "verified":
        return _outlined(canvas, words(f"secure {model.assurance}"), model.assurance, timer), timer
    canvas.box(0, 0, WIDTH - 1, BAR - 1)
    canvas.sign(5, 4, LOCK, BLACK)
    canvas.write(21, 14, words("secure"), (STRONG, 15), BLACK, width=150, smallest=13)
    canvas.write(RIGHT, 15, timer, (DIGITS, 17), BLACK, align="r")
    if model.hands_free:
        canvas.sign(round(RIGHT - text_width(timer, DIGITS, 17) - 18), 3, SPEAKER, BLACK)
    return words("secure"), timer


def _side(model: m.CallScreen, words: Words) -> str:
    if model.held:
        return words(f"held {model.held}")
    return words("muted") if model.muted else ""


def _over(canvas: Canvas, model: m.OverScreen, words: Words) -> tuple[str, ...]:
    number = model.number or words("unknown caller")
    title, hint = words(model.why.value, number=number), words(f"{model.why.value} hint", number=number)
    if model.why is Why.ENDED and model.seconds is not None:
        hint = f"{hint} · {model.seconds // 60:02}:{model.seconds % 60:02}"
    if model.why in REFUSALS:
        return refused(canvas, title, hint)
    if model.forgotten:
        hint = words("forgotten")
    elif model.other is not None:
        hint = beside(model.other, words)
    canvas.write(LEFT, 16, title, (STRONG, 20), width=LINE, smallest=15)
    canvas.paragraph(LEFT, (35, 50), hint, (STRONG, 14), LIGHT, width=LINE, smallest=SMALLEST)
    return title, hint
