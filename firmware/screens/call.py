"""Screens before and after a call: dialling, calling, being called, and why it is over."""

from __future__ import annotations

from firmware.reasons import REFUSALS, Why
from firmware.screens.call_models import CallingScreen, DiallingScreen, IncomingScreen, OtherCall, OverScreen
from firmware.screens.canvas import (
    BODY,
    DIGITS,
    EMPTY,
    LEFT,
    LIGHT,
    MIDDLE,
    RIGHT,
    SHIELD,
    SMALLEST,
    STRONG,
    WHITE,
    Canvas,
    text_width,
)
from firmware.text import Words

LINE = RIGHT - LEFT
SPEAKER = (
    "....#......",
    "...##..#...",
    "..###...#..",
    ".####.#..#.",
    "#####..#.#.",
    "#####..#.#.",
    "#####..#.#.",
    ".####.#..#.",
    "..###...#..",
    "...##..#...",
    "....#......",
)
"""Hands-free: a loudspeaker and two waves."""


def dialling(canvas: Canvas, model: DiallingScreen, words: Words) -> tuple[str, ...]:
    """The digits, as large as they fit, a cursor, and whom they may mean."""
    title = _title(model, words)
    left = LEFT
    if model.hands_free:
        canvas.sign(LEFT, 2, SPEAKER, LIGHT)
        left += 16
    hint = words("dial hint lifted" if model.lifted else "dial hint") if model.digits else ""
    taken = canvas.write(RIGHT, 12, hint, (BODY, 10), MIDDLE, align="r") if hint else 0
    canvas.write(left, 12, title, (BODY, 11), MIDDLE, width=RIGHT - left - taken - 6, smallest=10)
    under = model.match is not None and not _fits_beside(model.digits, model.match[0])
    baseline, size = (35, 24) if under else (42, 30)
    taken = canvas.write(LEFT, baseline, model.digits, (DIGITS, size), width=LINE - 8, smallest=18)
    cursor = round(LEFT + taken + (3 if model.digits else 0))
    canvas.box(cursor, 19, cursor + 1, baseline + 1, LIGHT)
    said: tuple[str, ...] = (title, model.digits or "_")
    if model.match is not None:
        name, where = model.match[0], words(model.match[1])
        if under:
            taken = canvas.write(RIGHT, 48, where, (BODY, 11), MIDDLE, align="r")
            canvas.write(LEFT, 48, name, (STRONG, 12), WHITE, width=LINE - taken - 8, smallest=10)
        else:
            canvas.write(RIGHT, 33, name, (STRONG, 15), WHITE, align="r")
            canvas.write(RIGHT, 46, where, (BODY, 11), MIDDLE, align="r")
        said = (*said, name, where)
    return *said, *((hint,) if hint else ()), *_hands_free(model.hands_free, words)


def _fits_beside(digits: str, name: str) -> bool:
    """True if the name has room at the right of the digits."""
    return text_width(digits, DIGITS, 30) + 16 + text_width(name, STRONG, 15) <= LINE


def _title(model: DiallingScreen, words: Words) -> str:
    if model.forgotten:
        return words("forgotten")
    return beside(model.other, words) if model.other is not None else words("dial")


def longest_fitting(choices: tuple[str, ...], width: float) -> str:
    """Return the first of some texts that fits as small print, or else the last."""
    return next((text for text in choices if text_width(text, BODY, SMALLEST) <= width), choices[-1])


def beside(other: OtherCall, words: Words) -> str:
    """Say who is on hold beside what is shown; who waits is told by the call's own screen."""
    return words("beside held", who=other.name or other.number)


def _hands_free(active: bool, words: Words) -> tuple[str, ...]:
    return (words("hands-free"),) if active else ()


def calling(canvas: Canvas, model: CallingScreen, words: Words) -> tuple[str, ...]:
    """An attempt to call: what is being done, to whom, and what the other side has done."""
    if model.stage == "answered":
        title, hint = words("lift now test" if model.test else "lift now"), ""
    else:
        title = words(model.stage)
        hint = words(f"{model.stage} hint") if model.lifted else words("lift to talk")
    number = words("test call") if model.test else model.number
    left = LEFT
    if model.hands_free:
        canvas.sign(LEFT, 2, SPEAKER, LIGHT)
        left += 16
    if model.test and model.stage != "answered":
        hint = words("test call hint") if model.lifted else words("lift to talk")
    if model.other is not None:
        hint = beside(model.other, words)
    canvas.write(left, 12, title, (BODY, 11), LIGHT, width=RIGHT - left - 16, smallest=10)
    face, baseline = ((STRONG, 18), 32) if model.test else ((DIGITS, 22), 34)
    canvas.write(LEFT, baseline, number, face, width=LINE, smallest=16)
    canvas.write(LEFT, 47, hint, (BODY, 11), MIDDLE, width=LINE, smallest=10)
    if model.stage == "ringing out":
        canvas.sign(RIGHT - 13, 3, SHIELD, LIGHT)
    return title, number, *((hint,) if hint else ()), *_hands_free(model.hands_free, words)


def incoming(canvas: Canvas, model: IncomingScreen, words: Words) -> tuple[str, ...]:
    """A caller: the name is the signed directory's, the number the one that signed.

    The shield belongs to a verified caller. One whom only his gateway knows has an empty one, and one whom
    nobody knows has the outlined bar and '!'.
    """
    title = words("incoming") if model.assurance == "verified" else words(f"incoming {model.assurance}")
    if model.assurance == "unverified":
        canvas.refusal_bar(title)
        title = "! " + title
    else:
        canvas.write(LEFT, 12, title, (BODY, 11), MIDDLE, width=LINE - 20, smallest=10)
        canvas.sign(RIGHT - 13, 2, SHIELD if model.assurance == "verified" else EMPTY)
    main = model.name or model.number
    face = (STRONG, 18) if model.name else (DIGITS, 20)
    if model.assurance == "verified":
        face = (face[0], face[1] + 2)
    canvas.write(LEFT, 34 if model.assurance != "verified" else 33, main, face, width=LINE, smallest=14)
    lift = words("answer to talk" if model.lifted else "lift to answer")
    if model.other is not None:
        lift = words("answer holds")
    checked = words("identity checked" if model.assurance == "verified" else f"identity {model.assurance}")
    taken = canvas.write(RIGHT, 47, lift, (BODY, 11), WHITE, align="r")
    room = LINE - taken - 8
    if model.name:
        checked = longest_fitting((f"{model.number} · {checked}", model.number), room)
    canvas.write(LEFT, 47, checked, (BODY, 11), LIGHT, width=room, smallest=10)
    return title, main, checked, lift


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
    if model.forgotten:
        who = words("forgotten")
    elif model.other is not None:
        who = beside(model.other, words)
    canvas.write(LEFT, 12, who, (BODY, 11), MIDDLE, width=LINE)
    canvas.write(LEFT, 32, title, (STRONG, 17), width=LINE, smallest=12)
    canvas.write(LEFT, 47, hint, (BODY, 11), LIGHT, width=LINE, smallest=10)
    return *((who,) if who else ()), title, hint
