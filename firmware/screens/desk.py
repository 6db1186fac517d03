"""Screens of a phone that is left alone: idle, not enrolled, menu."""

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
)
from firmware.screens.models import AboutScreen, IdleScreen, MenuScreen, NotEnrolledScreen, WipeScreen
from firmware.text import Words

COLUMN = 112
TEXT_X = 121


def idle(canvas: Canvas, model: IdleScreen, words: Words) -> tuple[str, ...]:
    """Clock on the left; identity and readiness on the right."""
    said = _clock(canvas, model.now, words)
    taken = canvas.write(TEXT_X, 15, model.number, (DIGITS, 17), width=RIGHT - TEXT_X, smallest=12)
    room = RIGHT - TEXT_X - taken - 6
    if room > 30:
        canvas.write(TEXT_X + taken + 6, 15, model.name, (BODY, 11), LIGHT, width=room)
    said = (*said, f"{model.number} {model.name}")
    trouble = model.trouble
    if model.valid_to is not None and model.valid_to < model.now.date():
        trouble = "E30"
    if trouble not in ("", "connecting"):
        return (*said, *_trouble(canvas, trouble, words))
    ready = words("ready") if not trouble else words("connecting")
    canvas.sign(TEXT_X, 20, EMPTY if trouble else SHIELD, MIDDLE if trouble else WHITE)
    canvas.write(TEXT_X + 18, 31, ready, (BODY, 11), LIGHT, width=RIGHT - TEXT_X - 18, smallest=10)
    said = (*said, ready)
    if model.valid_to is not None:
        valid = words("keys valid to", date=words.short_date(model.valid_to))
        canvas.dot(TEXT_X + 6, 43, 2, MIDDLE, filled=True)
        canvas.write(TEXT_X + 18, 47, valid, (BODY, 11), MIDDLE, width=RIGHT - TEXT_X - 18, smallest=10)
        said = (*said, valid)
    return said


def _trouble(canvas: Canvas, code: str, words: Words) -> tuple[str, ...]:
    title, hint = words(f"offline {code}"), words(f"offline {code} hint")
    canvas.box(TEXT_X - 4, 20, 255, 48, WHITE, round_=3)
    canvas.write(TEXT_X + 1, 32, title, (STRONG, 12), BLACK, width=128, smallest=10)
    canvas.write(TEXT_X + 1, 44, hint, (BODY, 10), BLACK, width=130)
    return title, hint


def _clock(canvas: Canvas, now: datetime, words: Words) -> tuple[str, ...]:
    clock, day = now.strftime("%H:%M"), words.day(now.date())
    canvas.write(LEFT, 33, clock, (DIGITS, 34))
    canvas.write(LEFT, 47, day, (BODY, 11), MIDDLE)
    canvas.line(COLUMN, 4, COLUMN, 47)
    return clock, day


def not_enrolled(canvas: Canvas, model: NotEnrolledScreen, words: Words) -> tuple[str, ...]:
    """A phone waiting for its card."""
    said = _clock(canvas, model.now, words)
    canvas.sign(TEXT_X, 7, EMPTY, MIDDLE)
    canvas.write(TEXT_X + 18, 18, words("not enrolled"), (STRONG, 13), width=RIGHT - TEXT_X - 18, smallest=11)
    canvas.write(TEXT_X, 38, words("not enrolled hint"), (BODY, 10), LIGHT, width=RIGHT - TEXT_X)
    return (*said, words("not enrolled"), words("not enrolled hint"))


def menu(canvas: Canvas, model: MenuScreen, words: Words) -> tuple[str, ...]:
    """Three entries; the chosen one in a white box. Digits choose too."""
    for row, entry in enumerate(model.entries):
        chosen = row == model.chosen
        top = 1 + 17 * row
        if chosen:
            canvas.box(0, top, 255, top + 15)
        grey = BLACK if chosen else LIGHT
        canvas.write(LEFT + 2, top + 12, str(row + 1), (DIGITS, 12), grey if chosen else MIDDLE)
        canvas.write(LEFT + 18, top + 12, words(entry), (STRONG if chosen else BODY, 12), grey, width=220)
    return tuple(
        f"{'> ' if row == model.chosen else ''}{row + 1} {words(entry)}"
        for row, entry in enumerate(model.entries)
    )


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
    canvas.write(LEFT, 37, words("about keys"), (BODY, 10), MIDDLE, width=248)
    canvas.write(LEFT, 48, words("about emergency"), (BODY, 10), MIDDLE, width=248)
    canvas.line(0, 15, 255, 15, FAINT)
    return title, who or words("not enrolled"), words("about keys"), words("about emergency")
