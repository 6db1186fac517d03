"""Screens of the self-test."""

from __future__ import annotations

from PIL import Image

from firmware.screens import desk_models as m
from firmware.screens.canvas import (
    BODY,
    DARK,
    DIGITS,
    FAINT,
    GREYS,
    HEIGHT,
    LEFT,
    LIGHT,
    MIDDLE,
    RIGHT,
    STRONG,
    WHITE,
    WIDTH,
    Canvas,
)
from firmware.screens.signs import CHOSEN
from firmware.self_test import PARTS
from firmware.text import Words

LINE = RIGHT - LEFT
VIEW = (112, 64)
STEPS = 12
ROWS = 4


def part(canvas: Canvas, model: m.SelfTestScreen, words: Words) -> tuple[str, ...]:
    """One part: what to do, and what the phone notices of it."""
    title = words(f"test {model.part}")
    wants = words(model.wants) if model.wants else words("test looking")
    if model.part == "camera":
        return _camera(canvas, model, title, wants, words)
    number = f"{model.number}/{len(PARTS)}"
    canvas.write(LEFT, 12, title, (BODY, 11), MIDDLE)
    canvas.write(RIGHT, 12, number, (BODY, 11), DARK, align="r")
    canvas.write(LEFT, 30, wants, (STRONG, 15), width=LINE, smallest=11)
    said = (title, number, wants)
    match model.part:
        case "keys":
            missing = words("keys missing", keys=" ".join(_key(key, words) for key in model.missing))
            canvas.paragraph(LEFT, (46, 60), missing, (BODY, 11), LIGHT, width=LINE, smallest=10)
            return (*said, missing)
        case "microphone":
            for place in range(STEPS):
                x = LEFT + 20 * place
                if place < model.level:
                    canvas.box(x, 37, x + 15, 47, WHITE)
                else:
                    canvas.outline(x, 37, x + 15, 47, FAINT)
            return (*said, f"{model.level} / {STEPS}")
        case _:
            return said


def _camera(canvas: Canvas, model: m.SelfTestScreen, title: str, wants: str, words: Words) -> tuple[str, ...]:
    if len(model.view) == VIEW[0] * VIEW[1]:
        picture = Image.frombytes("L", VIEW, model.view)
        canvas.image.paste(picture.crop((0, 0, VIEW[0], 51)), (0, 0))
    focus = words("focus", focus=model.focus)
    x = VIEW[0] + 6
    canvas.line(VIEW[0], 0, VIEW[0], 50, FAINT)
    canvas.write(x, 11, title, (BODY, 11), MIDDLE)
    canvas.paragraph(x, (24, 36), wants, (BODY, 11), width=RIGHT - x, smallest=10)
    canvas.write(x, 48, focus, (BODY, 10), LIGHT)
    return title, wants, focus


def pattern(canvas: Canvas, model: m.PatternScreen, words: Words) -> tuple[str, ...]:
    """Every pixel lit, every second line, the five greys, the edges."""
    match model.pattern:
        case "white":
            canvas.box(0, 0, WIDTH - 1, HEIGHT - 1)
        case "lines":
            for y in range(0, HEIGHT, 2):
                canvas.line(0, y, WIDTH - 1, y, WHITE)
        case "steps":
            width = WIDTH // (len(GREYS) - 1)
            for place, grey in enumerate(GREYS[1:]):
                end = WIDTH - 1 if place == len(GREYS) - 2 else (place + 1) * width - 1
                canvas.box(place * width, 0, end, HEIGHT - 1, grey)
        case _:
            canvas.outline(0, 0, WIDTH - 1, HEIGHT - 1)
            canvas.line(0, 0, WIDTH - 1, HEIGHT - 1, WHITE)
            canvas.line(0, HEIGHT - 1, WIDTH - 1, 0, WHITE)
    return (words("test display"),)


def summary(canvas: Canvas, model: m.SummaryScreen, words: Words) -> tuple[str, ...]:
    """Ten parts in three columns: a tick, a stroke, or '!' and a code in a white box."""
    said = []
    for place, (name, outcome) in enumerate(model.results):
        left = 2 + 86 * (place // ROWS)
        right, baseline = left + 80, 11 + 13 * (place % ROWS)
        title = words(f"test {name}")
        failed = outcome not in ("passed", "skipped")
        taken = 12.0
        if failed:
            taken = canvas.text_box(outcome, (DIGITS, 10), right=right, baseline=baseline, pad=3)
        elif outcome == "passed":
            canvas.sign(right - 9, baseline - 8, CHOSEN, MIDDLE)
        else:
            canvas.line(right - 8, baseline - 4, right - 2, baseline - 4, MIDDLE)
        grey = WHITE if failed else LIGHT
        canvas.write(left, baseline, title, (BODY, 10), grey, width=80 - taken - 2)
        said.append(f"{title}: {f'! {outcome}' if failed else words(f'outcome {outcome}')}")
    return tuple(said)


def failure(canvas: Canvas, model: m.FailureScreen, words: Words) -> tuple[str, ...]:
    """One part that failed, what was noticed, and what to do."""
    title = words(f"test {model.part}")
    hint = words(f"failed {model.part}" + (" polarity" if model.detail == "polarity" else ""))
    noticed = " ".join(_key(key, words) for key in model.detail.split()) if model.part == "keys" else ""
    canvas.refusal_bar(f"{title}  {noticed}".rstrip())
    canvas.paragraph(LEFT, (31, 45), hint, (BODY, 12), WHITE, width=LINE, smallest=10)
    return f"! {title} {noticed}".rstrip(), hint


def _key(key: str, words: Words) -> str:
    return words(f"key {key}") if len(key) > 1 else key
