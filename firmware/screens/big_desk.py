"""The screens of a phone that is left alone in large letters. Lists have two rows instead of three."""

from __future__ import annotations

from datetime import datetime

from firmware.screens import desk_models as d
from firmware.screens import models as m
from firmware.screens.canvas import (
    BLACK,
    BODY,
    DARK,
    DIGITS,
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
from firmware.screens.codes import hint_of
from firmware.screens.desk import NUMBERED, missed, texts_of
from firmware.screens.signs import SIGNS
from firmware.text import Words

LINE = RIGHT - LEFT
TEXT_X = 111
SMALLEST = 11
ROW = 25
PLACES = 12


def draw(canvas: Canvas, model: m.Shown, words: Words) -> tuple[str, ...] | None:
    """Draw a screen in large letters; return None, and draw nothing, if it has only its ordinary look."""
    match model:
        case m.IdleScreen():
            return _idle(canvas, model, words)
        case m.TroubleScreen():
            code = model.code if words.has(model.code) else "E03"
            date = words.full_date(model.now.date())
            return refused(canvas, words(code), words(f"{code} hint", date=date))
        case d.ListScreen() if model.rows and not model.typed:
            return _list(canvas, model, words)
        case d.PINScreen():
            return _pin(canvas, model, words)
        case d.LockScreen():
            return _lock(canvas, model, words)
        case d.AdviceScreen():
            lines = words(f"help {model.code}").split("\n")
            for place, line in enumerate(lines):
                canvas.write(LEFT, 14 + 17 * place, line, (STRONG, 13), width=LINE, smallest=10)
            return tuple(lines)
        case _:
            return None


def refused(canvas: Canvas, title: str, hint: str) -> tuple[str, ...]:
    """A refusal: the title in the outlined bar, and below it what to do next."""
    for inset in (0, 1):
        canvas.outline(inset, inset, WIDTH - 1 - inset, 17 - inset)
    canvas.write(7, 14, "!", (DIGITS, 15))
    canvas.write(20, 14, title, (STRONG, 13), width=RIGHT - 24, smallest=10)
    canvas.paragraph(LEFT, (31, 47), hint, (STRONG, 14), WHITE, width=LINE, smallest=SMALLEST)
    return "! " + title, hint


def _idle(canvas: Canvas, model: m.IdleScreen, words: Words) -> tuple[str, ...]:
    clock = _time(model.now)
    trouble = model.trouble
    if model.valid_to is not None and model.now is not None and model.valid_to < model.now.date():
        trouble = "E30"
    if trouble not in ("", "connecting"):
        title, hint = words(f"offline {trouble}"), words(f"offline {trouble} hint")
        canvas.write(LEFT, 17, clock, (DIGITS, 19), LIGHT)
        canvas.write(RIGHT, 17, model.number, (DIGITS, 19), align="r")
        canvas.box(0, 21, 255, 50, WHITE, round_=3)
        canvas.write(LEFT + 2, 33, title, (STRONG, 14), BLACK, width=LINE - 4, smallest=13)
        canvas.write(LEFT + 2, 47, hint, (STRONG, 12), BLACK, width=LINE - 4, smallest=SMALLEST)
        return tuple(line for line in (clock, model.number, title, hint) if line)
    canvas.write(LEFT, 33 if model.missed else 38, clock, (DIGITS, 40 if not model.missed else 36))
    said = (clock,) if clock else ()
    if model.missed:
        said = (*said, missed(canvas, model.missed, words))
    canvas.write(RIGHT, 20, model.number, (DIGITS, 24), align="r", width=RIGHT - TEXT_X, smallest=17)
    ready = words("quiet now" if model.quiet else "connecting" if trouble else "big ready")
    if model.days is not None and not trouble:
        ready = words("keys end tomorrow") if model.days == 1 else words("keys end in", days=model.days)
    grey = MIDDLE if trouble else WHITE
    room = RIGHT - TEXT_X - 18
    taken = canvas.write(RIGHT, 44, ready, (STRONG, 17), grey, align="r", width=room, smallest=10)
    if not trouble:
        canvas.sign(round(RIGHT - taken - 18), 33, SHIELD)
    return *said, model.number, ready


def _list(canvas: Canvas, model: d.ListScreen, words: Words) -> tuple[str, ...]:
    """Two rows, the chosen one in a white box. A value without room beside its name stands under it."""
    first = min(model.chosen, max(0, len(model.rows) - 2))
    said = []
    for place in range(first, min(first + 2, len(model.rows))):
        said.append(_row(canvas, model, words, place, ROW * (place - first)))
    if len(model.rows) > 2:
        begin = 38 * first // (len(model.rows) - 2)
        canvas.box(252, 1, 254, 50, FAINT)
        canvas.box(252, 1 + begin, 254, 13 + begin, LIGHT)
    return tuple(said)


def _row(canvas: Canvas, model: d.ListScreen, words: Words, place: int, top: int) -> str:
    row, chosen = model.rows[place], place == model.chosen
    text, right = texts_of(row, words)
    if chosen:
        canvas.box(0, top, 248, top + ROW - 1)
    grey = BLACK if chosen else LIGHT
    left = LEFT + 2
    number = str(place + 1) if model.numbered and place < NUMBERED else ""
    if number:
        left += round(canvas.write(left, top + 18, number, (DIGITS, 17), grey)) + 7
    elif row.sign and not model.numbered:
        canvas.sign(left, top + 8, SIGNS[row.sign], grey)
        left += 16
    end = 244
    if model.numbered and row.sign:
        canvas.sign(end - 11, top + 8, SIGNS[row.sign], grey)
        end -= 16
    taken = text_width(right, STRONG, 13) if right else 0.0
    if right and text_width(text, STRONG, 13) + taken + 10 > end - left:
        canvas.write(left, top + 12, text, (STRONG, 13), grey, width=end - left, smallest=10)
        canvas.write(left, top + 23, right, (BODY, 11), grey, width=end - left)
    else:
        canvas.write(end, top + 18, right, (STRONG, 13), grey, align="r")
        room = end - left - (taken + 10 if right else 0)
        canvas.write(left, top + 18, text, (STRONG, 17), grey, width=room, smallest=12)
    number = f"{number} " if number else ""
    sign = f"{words('sign ' + row.sign)} " if row.sign else ""
    return f"{'> ' if chosen else ''}{number}{sign}{text}{'  ' + right if right else ''}"


def _pin(canvas: Canvas, model: d.PINScreen, words: Words) -> tuple[str, ...]:
    title = words(f"pin {model.purpose}")
    hint, alarm = hint_of(model, words)
    typed = words("pin typed", typed=model.typed)
    if alarm:
        return (*refused(canvas, hint, title), typed)
    canvas.write(LEFT, 15, title, (STRONG, 16), width=LINE, smallest=12)
    _dots(canvas, model.typed, 29)
    canvas.write(LEFT, 48, hint, (STRONG, 13), LIGHT, width=LINE, smallest=SMALLEST)
    return title, typed, hint


def _lock(canvas: Canvas, model: d.LockScreen, words: Words) -> tuple[str, ...]:
    clock = _time(model.now)
    hint, alarm = hint_of(model, words)
    canvas.write(LEFT, 17, clock, (DIGITS, 20))
    canvas.write(RIGHT, 16, words("locked"), (STRONG, 16), align="r", width=170, smallest=12)
    _dots(canvas, model.typed, 29)
    canvas.write(LEFT, 48, hint, (STRONG, 13), WHITE if alarm else LIGHT, width=LINE, smallest=10)
    said = (clock, words("locked"), words("pin typed", typed=model.typed), ("! " if alarm else "") + hint)
    return said if clock else said[1:]


def _time(now: datetime | None) -> str:
    """The time, '' if nobody has told it."""
    return "" if now is None else now.strftime("%H:%M")


def _dots(canvas: Canvas, typed: int, y: int) -> None:
    for place in range(PLACES):
        filled = place < typed
        canvas.dot(LEFT + 7 + 21 * place, y, 6 if filled else 4, WHITE if filled else DARK, filled=filled)
