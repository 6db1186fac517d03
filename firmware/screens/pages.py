"""Screens of the menu's pages: people, calls that were, volumes, status, and what is to be read once."""

from __future__ import annotations

from firmware.contacts import SPEED_KEYS
from firmware.screens import desk_models as m
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
    RULE_Y,
    STRONG,
    WHITE,
    Canvas,
)
from firmware.screens.signs import SIGNS
from firmware.settings import LOUDEST
from firmware.text import Words

LINE = RIGHT - LEFT


def question(canvas: Canvas, model: m.QuestionScreen, words: Words) -> tuple[str, ...]:
    """A last question before something goes."""
    title, line = words(f"{model.what} question"), words(f"{model.what} line", name=model.name)
    canvas.refusal_bar(title)
    canvas.write(LEFT, 36, line, (STRONG, 14), width=LINE, smallest=10)
    return "! " + title, line


def month(canvas: Canvas, model: m.MonthScreen, words: Words) -> tuple[str, ...]:
    """A last question before the keys of one month go, and what that means."""
    title = words("month question", month=words.month(model.month))
    line, hint = words("wipe line"), words("month line now" if model.now else "month line")
    canvas.refusal_bar(title)
    canvas.write(LEFT, 32, line, (STRONG, 14), width=LINE)
    canvas.write(LEFT, 46, hint, (BODY, 10), LIGHT, width=LINE)
    return "! " + title, line, hint


def clock(canvas: Canvas, model: m.ClockScreen, words: Words) -> tuple[str, ...]:
    """What the server says that the time is, and what we have."""
    title = words("clock question")
    canvas.refusal_bar(title)
    times = (("clock server", model.server), ("clock ours", model.ours))
    lines = [words(key, day=words.full_date(when), time=f"{when:%H:%M}") for key, when in times]
    for y, line in zip((31, 46), lines, strict=True):
        canvas.write(LEFT, y, line, (STRONG, 12), width=LINE, smallest=10)
    return "! " + title, *lines


def told(canvas: Canvas, model: m.ToldScreen, words: Words) -> tuple[str, ...]:
    """What happened, and what to do about it."""
    date = words.full_date(model.until) if model.until is not None else ""
    what = (
        model.what if model.what != "keys end" else "keys end tomorrow" if model.days == 1 else "keys end in"
    )
    title = words(what, days=model.days, version=model.version)
    hint = words(f"{model.what} hint", date=date)
    canvas.write(LEFT, 18, title, (STRONG, 16), width=LINE, smallest=12)
    canvas.paragraph(LEFT, (34, 47), hint, (BODY, 12), LIGHT, width=LINE, smallest=10)
    return title, hint


def person(canvas: Canvas, model: m.PersonScreen, words: Words) -> tuple[str, ...]:
    """Name and number."""
    detail = words(model.detail)
    speed = words("speed dial is", digit=model.speed) if model.speed else ""
    canvas.write(LEFT, 11, detail, (BODY, 11), MIDDLE)
    canvas.write(RIGHT, 11, speed, (BODY, 11), MIDDLE, align="r")
    canvas.write(LEFT, 33, model.name, (STRONG, 17), width=LINE, smallest=12)
    canvas.write(LEFT, 48, model.number, (DIGITS, 14), LIGHT, width=LINE)
    return detail, model.name, model.number, *((speed,) if speed else ())


def keying(canvas: Canvas, model: m.KeyingScreen, words: Words) -> tuple[str, ...]:
    """The nine keys; those that are taken are filled."""
    title = words("which speed key", name=model.name)
    canvas.write(LEFT, 13, title, (STRONG, 12), width=LINE, smallest=10)
    canvas.write(LEFT, 26, model.number, (BODY, 11), MIDDLE, width=LINE)
    for place, key in enumerate(SPEED_KEYS):
        left = LEFT + 27 * place
        taken = key in model.taken
        if taken:
            canvas.box(left, 31, left + 22, 48, LIGHT, round_=2)
        else:
            canvas.outline(left, 31, left + 22, 48, DARK)
        canvas.write(left + 11, 45, key, (DIGITS, 14), BLACK if taken else WHITE, align="m")
    taken_keys = words("speed keys taken", keys=" ".join(model.taken) or "–")
    return title, model.number, taken_keys


def past_call(canvas: Canvas, model: m.PastCallScreen, words: Words) -> tuple[str, ...]:
    """Who, when, and how long."""
    direction = words(f"sign {model.direction}")
    when = f"{words.day(model.began.date())}  {model.began:%H:%M}"
    long = f"{model.seconds // 60:02}:{model.seconds % 60:02}" if model.seconds else ""
    canvas.sign(LEFT, 4, SIGNS[model.direction], WHITE)
    canvas.write(LEFT + 15, 12, direction, (BODY, 11), LIGHT)
    canvas.write(RIGHT, 12, when, (BODY, 11), MIDDLE, align="r")
    canvas.write(LEFT, 32, model.name or model.number, (STRONG, 17), width=LINE, smallest=12)
    canvas.write(LEFT, 48, model.number if model.name else "", (DIGITS, 14), LIGHT, width=170)
    canvas.write(RIGHT, 48, long, (DIGITS, 13), LIGHT, align="r")
    said = (direction, when, model.name or model.number)
    return (*said, *((model.number,) if model.name else ()), *((long,) if long else ()))


def naming(canvas: Canvas, model: m.NamingScreen, words: Words) -> tuple[str, ...]:
    """The name so far, and how the next letter will be."""
    title = words("name of", number=model.number)
    case = "ABC" if model.capital else "abc"
    hint = words("naming hint")
    canvas.write(LEFT, 12, title, (BODY, 11), MIDDLE, width=LINE - 40, smallest=10)
    canvas.write(RIGHT, 12, case, (BODY, 11), LIGHT, align="r")
    taken = canvas.write(LEFT, 33, model.text, (STRONG, 17), width=LINE - 8, smallest=10)
    cursor = round(LEFT + taken + 2)
    canvas.box(cursor, 18, cursor + 1, 36, LIGHT)
    canvas.write(LEFT, 48, hint, (BODY, 10), MIDDLE, width=LINE)
    return title, model.text or "_", case, hint


def scale(canvas: Canvas, model: m.ScaleScreen, words: Words) -> tuple[str, ...]:
    """One volume, large."""
    title, figure = words(f"setting {model.sound}"), f"{model.level} / {LOUDEST}"
    canvas.write(LEFT, 14, title, (STRONG, 13), width=200)
    canvas.write(RIGHT, 14, figure, (DIGITS, 13), align="r")
    _steps(canvas, model.level, LEFT, 24, 23, 20)
    return title, figure


def volume(canvas: Canvas, sound: str, level: int, words: Words) -> str:
    """A volume over the labels of whatever shows."""
    title = words(f"setting {sound}")
    canvas.box(0, RULE_Y, 255, 63, BLACK)
    canvas.line(0, RULE_Y, 255, RULE_Y, LIGHT)
    canvas.write(LEFT, 61, title, (BODY, 10), WHITE, width=104)
    _steps(canvas, level, 116, 55, 13, 7)
    return f"{title} {level} / {LOUDEST}"


def _steps(canvas: Canvas, level: int, left: int, top: int, step: int, height: int) -> None:
    for place in range(LOUDEST):
        x = left + place * step
        if place < level:
            canvas.box(x, top, x + step - 4, top + height, WHITE)
        else:
            canvas.outline(x, top, x + step - 4, top + height, DARK)


def table(canvas: Canvas, model: m.TableScreen, words: Words) -> tuple[str, ...]:
    """Four rows of what there is to know."""
    page = f"{model.number + 1}/{model.pages}"
    said = []
    for place, (key, value) in enumerate(model.rows):
        baseline = 10 + 12 * place
        taken = canvas.write(LEFT, baseline, words(key), (BODY, 10), MIDDLE, width=LINE)
        room = LINE - taken - 8 - (24 if place == 0 else 0)
        canvas.write(LEFT + max(taken + 8, 76), baseline, value, (BODY, 10), WHITE, width=min(room, 172))
        said.append(f"{words(key)} {value}".strip())
    canvas.write(RIGHT, 10, page, (BODY, 10), DARK, align="r")
    return (*said, page)


def advice(canvas: Canvas, model: m.AdviceScreen, words: Words) -> tuple[str, ...]:
    """What to do now, one step to a line."""
    title = words(f"offline {model.code}")
    lines = words(f"help {model.code}").split("\n")
    canvas.write(LEFT, 11, title, (STRONG, 12), width=LINE)
    canvas.line(0, 14, 255, 14, FAINT)
    for place, line in enumerate(lines):
        canvas.write(LEFT, 25 + 11 * place, line, (BODY, 10), LIGHT, width=LINE)
    return title, *lines
