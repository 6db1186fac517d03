"""Screens of a phone that is left alone: idle, not enrolled, lists, wiping, about."""

from __future__ import annotations

from datetime import datetime

from firmware.screens.canvas import (
    BLACK,
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
    Canvas,
    text_width,
)
from firmware.screens.models import AboutScreen, IdleScreen, ListScreen, NotEnrolledScreen, Row, WipeScreen
from firmware.screens.signs import MISSED, SIGNS
from firmware.text import Words

COLUMN = 112
TEXT_X = 121
LINE = RIGHT - LEFT
NUMBERED = 9
"""Rows that have a number: those whose digit chooses them. The arrows and Next reach the others."""


def idle(canvas: Canvas, model: IdleScreen, words: Words) -> tuple[str, ...]:
    """Clock on the left; identity and readiness on the right."""
    said = clock(canvas, model.now, words)
    if model.missed:
        said = (*said, missed(canvas, model.missed, words))
    taken = canvas.write(TEXT_X, 15, model.number, (DIGITS, 17), width=RIGHT - TEXT_X, smallest=12)
    room = RIGHT - TEXT_X - taken - 6
    if room > 30:
        canvas.write(TEXT_X + taken + 6, 15, model.name, (BODY, 11), LIGHT, width=room)
    said = (*said, f"{model.number} {model.name}".strip()) if model.number else said
    trouble = model.trouble
    if model.valid_to is not None and model.now is not None and model.valid_to < model.now.date():
        trouble = "E30"
    if trouble not in ("", "connecting"):
        return (*said, *_trouble(canvas, trouble, words))
    ready = words("quiet now" if model.quiet else "ready") if not trouble else words("connecting")
    canvas.sign(TEXT_X, 20, EMPTY if trouble else SHIELD, MIDDLE if trouble else WHITE)
    canvas.write(TEXT_X + 18, 31, ready, (BODY, 11), LIGHT, width=RIGHT - TEXT_X - 18, smallest=10)
    said = (*said, ready)
    if model.valid_to is not None:
        valid = words("keys valid to", date=words.short_date(model.valid_to))
        if model.days is not None:
            valid = words("keys end tomorrow") if model.days == 1 else words("keys end in", days=model.days)
        grey = MIDDLE if model.days is None else WHITE
        canvas.dot(TEXT_X + 6, 43, 2, grey, filled=True)
        canvas.write(TEXT_X + 18, 47, valid, (BODY, 11), grey, width=RIGHT - TEXT_X - 18, smallest=10)
        said = (*said, valid)
    return said


def _trouble(canvas: Canvas, code: str, words: Words) -> tuple[str, ...]:
    title, hint = words(f"offline {code}"), words(f"offline {code} hint")
    canvas.box(TEXT_X - 4, 20, 255, 48, WHITE, round_=3)
    canvas.write(TEXT_X + 1, 32, title, (STRONG, 12), BLACK, width=128, smallest=10)
    canvas.write(TEXT_X + 1, 44, hint, (BODY, 10), BLACK, width=130)
    return title, hint


def clock(canvas: Canvas, now: datetime | None, words: Words) -> tuple[str, ...]:
    """Time and day on the left, if they are known, and the rule beside them."""
    canvas.line(COLUMN, 4, COLUMN, 47)
    if now is None:
        return ()
    time, day = now.strftime("%H:%M"), words.day(now.date())
    canvas.write(LEFT, 33, time, (DIGITS, 34))
    canvas.write(LEFT, 47, day, (BODY, 11), MIDDLE)
    return time, day


def not_enrolled(canvas: Canvas, model: NotEnrolledScreen, words: Words) -> tuple[str, ...]:
    """A phone waiting for its card."""
    said = clock(canvas, model.now, words)
    canvas.sign(TEXT_X, 7, EMPTY, MIDDLE)
    canvas.write(TEXT_X + 18, 18, words("not enrolled"), (STRONG, 13), width=RIGHT - TEXT_X - 18, smallest=11)
    canvas.write(TEXT_X, 38, words("not enrolled hint"), (BODY, 10), LIGHT, width=RIGHT - TEXT_X)
    return (*said, words("not enrolled"), words("not enrolled hint"))


def missed(canvas: Canvas, count: int, words: Words) -> str:
    """How many calls were missed, in a white box under the clock."""
    figure = str(min(count, 99))
    left = COLUMN - 6 - 16 - 7 * len(figure)
    canvas.box(left, 37, COLUMN - 5, 50, WHITE, round_=2)
    canvas.sign(left + 3, 40, MISSED, BLACK)
    canvas.write(COLUMN - 8, 48, figure, (DIGITS, 12), BLACK, align="r")
    return words("missed call") if count == 1 else words("missed calls", count=count)


def rows(canvas: Canvas, model: ListScreen, words: Words) -> tuple[str, ...]:
    """Three rows, the chosen one in a white box; or two, under what was typed. Digits choose too."""
    top, said = 1, []
    if model.typed:
        taken = canvas.write(LEFT + 2, top + 12, words("search"), (BODY, 11), MIDDLE)
        canvas.write(LEFT + 8 + taken, top + 12, f"{model.typed}_", (DIGITS, 13))
        said.append(f"{words('search')} {model.typed}")
        top += 17
    fit = 2 if model.typed else 3
    if not model.rows:
        empty = words(model.empty)
        canvas.write(LEFT + 2, top + 22, empty, (BODY, 12), LIGHT, width=LINE - 4, smallest=10)
        return (*said, empty)
    first = min(max(0, model.chosen - fit // 2), max(0, len(model.rows) - fit))
    many = len(model.rows) > fit
    for place in range(first, min(first + fit, len(model.rows))):
        said.append(_row(canvas, model, words, place, top, 248 if many else 255))
        top += 17
    if many:
        height = max(6, 50 * fit // len(model.rows))
        begin = (50 - height) * first // max(1, len(model.rows) - fit)
        canvas.box(252, 1, 254, 50, FAINT)
        canvas.box(252, 1 + begin, 254, 1 + begin + height, LIGHT)
    return tuple(said)


def _row(canvas: Canvas, model: ListScreen, words: Words, place: int, top: int, end: int) -> str:
    row, chosen = model.rows[place], place == model.chosen
    text, right = texts_of(row, words)
    if chosen:
        canvas.box(0, top, end, top + 15)
    grey, pale = (BLACK, BLACK) if chosen else (LIGHT, MIDDLE)
    left = LEFT + 2
    number = str(place + 1) if model.numbered and place < NUMBERED else ""
    if model.numbered:
        canvas.write(left, top + 12, number, (DIGITS, 12), pale)
        left += 16
    if row.sign:
        canvas.sign(left if not model.numbered else end - 14, top + 4, SIGNS[row.sign], grey)
        left += 0 if model.numbered else 15
    face = (STRONG if chosen else BODY, 12)
    taken = text_width(right, BODY, 11) if right else 0.0
    if right:
        canvas.write(end - 4, top + 12, right, (BODY, 11), pale, align="r", width=110)
    room = end - 4 - left - (min(taken, 110) + 8 if right else 0) - (14 if row.sign and model.numbered else 0)
    canvas.write(left, top + 12, text, face, grey, width=room, smallest=10)
    number = f"{number} " if number else ""
    sign = f"{words('sign ' + row.sign)} " if row.sign else ""
    return f"{'> ' if chosen else ''}{number}{sign}{text}{'  ' + right if right else ''}"


def texts_of(row: Row, words: Words) -> tuple[str, str]:
    """What stands at the left of a row and at its right."""

    def said(key: str, text: str) -> str:
        if not key:
            return text
        return words(key, value=row.value) if row.value is not None else words(key)

    right = said(row.right_key, row.right) if row.day is None else words.short_date(row.day)
    return said(row.key, row.text) if row.month is None else words.month(row.month), right


def wipe(canvas: Canvas, model: WipeScreen, words: Words) -> tuple[str, ...]:
    """A last question, then the fact."""
    if model.done:
        canvas.write(LEFT, 28, words("wiped"), (STRONG, 16), width=248)
        canvas.write(LEFT, 44, words("wiped hint"), (BODY, 11), LIGHT, width=248, smallest=10)
        return words("wiped"), words("wiped hint")
    canvas.refusal_bar(words("wipe question"))
    canvas.write(LEFT, 32, words("wipe line"), (STRONG, 14), width=248)
    canvas.write(LEFT, 46, words("wipe hint"), (BODY, 10), LIGHT, width=248)
    return "! " + words("wipe question"), words("wipe line"), words("wipe hint")


def about(canvas: Canvas, model: AboutScreen, words: Words) -> tuple[str, ...]:
    """Version and identity, and what must be said honestly."""
    title = words("about", version=model.version)
    who = words("about number", number=model.number, organisation=model.organisation) if model.number else ""
    canvas.write(LEFT, 12, title, (STRONG, 12))
    canvas.write(LEFT, 25, who or words("not enrolled"), (BODY, 11), LIGHT, width=248, smallest=10)
    mode = words(f"mode {model.mode}" if model.mode else "mode unknown")
    canvas.write(LEFT, 37, mode, (STRONG, 10), WHITE, width=248)
    canvas.write(LEFT, 48, words("about emergency"), (BODY, 10), MIDDLE, width=248)
    canvas.line(0, 15, 255, 15, FAINT)
    return title, who or words("not enrolled"), mode, words("about emergency")
