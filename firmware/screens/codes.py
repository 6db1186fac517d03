"""Screens of PIN, lock and emergency erase. A digit is a dot, whatever it was."""

from __future__ import annotations

from firmware.screens import desk_models as m
from firmware.screens.canvas import (
    BODY,
    DARK,
    LEFT,
    LIGHT,
    LOCK,
    MIDDLE,
    RIGHT,
    STRONG,
    WHITE,
    Canvas,
)
from firmware.screens.desk import clock, missed
from firmware.text import Words

LINE = RIGHT - LEFT
PLACES = 12
WARN_BELOW = 3
"""Tries left from which every wrong PIN says what the last one will do: from the eighth wrong one on."""

TEXT_X = 121


def pin(canvas: Canvas, model: m.PINScreen, words: Words) -> tuple[str, ...]:
    """Why a PIN is asked for, its dots, and what was wrong with the last one."""
    title = words(f"pin {model.purpose}")
    hint, alarm = hint_of(model, words)
    if alarm:
        canvas.refusal_bar(hint)
    else:
        canvas.write(LEFT, 13, title, (STRONG, 13), width=LINE, smallest=11)
    _dots(canvas, model.typed, LEFT + 6, 30, 18)
    line = title if alarm else hint
    canvas.write(LEFT, 48, line, (BODY, 11), LIGHT, width=LINE, smallest=10)
    typed = words("pin typed", typed=model.typed)
    return (f"! {hint}", typed, title) if alarm else (title, typed, hint)


def lock(canvas: Canvas, model: m.LockScreen, words: Words) -> tuple[str, ...]:
    """The clock goes on; beside it the lock and the dots."""
    said = clock(canvas, model.now, words)
    if model.missed:
        said = (*said, missed(canvas, model.missed, words))
    canvas.sign(TEXT_X, 4, LOCK)
    canvas.write(TEXT_X + 16, 13, words("locked"), (STRONG, 13), width=RIGHT - TEXT_X - 16)
    _dots(canvas, model.typed, TEXT_X + 5, 26, 11)
    hint, alarm = hint_of(model, words)
    canvas.paragraph(
        TEXT_X, (39, 50), hint, (BODY, 10), WHITE if alarm else LIGHT, width=RIGHT - TEXT_X, smallest=10
    )
    return (*said, words("locked"), words("pin typed", typed=model.typed), ("! " if alarm else "") + hint)


def hint_of(model: m.PINScreen | m.LockScreen, words: Words) -> tuple[str, bool]:
    """One line: what is being done, what was wrong, or what to do."""
    if model.asking:
        return words("pin checking"), False
    if model.wait:
        wait = f"{model.wait // 60}:{model.wait % 60:02}"
        return words("pin wait", wait=wait), True
    if model.trouble and not model.typed:
        if model.tries is not None and model.tries < WARN_BELOW:
            key = "pin last try" if model.tries == 1 else "pin tries"
            return words(key, tries=model.tries), True
        return words(f"pin {model.trouble}"), True
    return words("pin hint"), False


def _dots(canvas: Canvas, typed: int, x: int, y: int, step: int) -> None:
    for place in range(PLACES):
        filled = place < typed
        size = min(4, step // 3)
        canvas.dot(
            x + step * place, y, size if filled else size - 1, WHITE if filled else DARK, filled=filled
        )


def erase(canvas: Canvas, model: m.EraseScreen, words: Words) -> tuple[str, ...]:
    """The question with its bar, then the fact."""
    what = f"erase {model.stage} {model.code}".strip()
    title, hint = words(what), words(f"{what} hint")
    if model.stage == "asking":
        canvas.refusal_bar(title)
        canvas.write(LEFT, 30, hint, (BODY, 12), WHITE, width=LINE, smallest=10)
        canvas.outline(LEFT, 37, RIGHT, 47, MIDDLE)
        if model.part > 0:
            canvas.box(LEFT + 2, 39, LEFT + 2 + round((LINE - 4) * model.part), 45, WHITE)
        percent = f"{round(model.part * 100)} %"
        return "! " + title, hint, percent
    canvas.write(LEFT, 20, title, (STRONG, 16), width=LINE, smallest=12)
    canvas.paragraph(LEFT, (36, 48), hint, (BODY, 11), LIGHT, width=LINE, smallest=10)
    return title, hint
