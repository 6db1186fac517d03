"""Screens of enrolment, from the viewfinder to 'Destroy the code now'."""

from __future__ import annotations

from PIL import Image

from firmware.screens.canvas import (
    BLACK,
    BODY,
    DARK,
    FAINT,
    LEFT,
    LIGHT,
    MIDDLE,
    MONO,
    RIGHT,
    RULE_Y,
    SHIELD,
    STRONG,
    WHITE,
    Canvas,
)
from firmware.screens.models import (
    ConfirmScreen,
    EnrolledScreen,
    ProgressScreen,
    TransferCodeScreen,
    TroubleScreen,
    ViewfinderScreen,
)
from firmware.text import Words
from firmware.viewfinder import VIEW, VIEW_OCTETS

FRAME = 54
TEXT_X = 118
STAGES = ("opening", "contacting", "storing", "registering")


def viewfinder(canvas: Canvas, model: ViewfinderScreen, words: Words) -> tuple[str, ...]:
    """What the camera sees, a frame to fill, and one hint at a time."""
    if len(model.view) == VIEW_OCTETS:
        canvas.image.paste(Image.frombytes("L", VIEW, model.view), (0, 0))
    _brackets(canvas)
    for (x0, y0), (x1, y1) in zip(model.corners, model.corners[1:] + model.corners[:1], strict=True):
        canvas.line(x0, y0, x1, y1, WHITE)
    canvas.line(VIEW[0], 0, VIEW[0], 63, FAINT)
    key = "code read" if model.found else f"hint {model.hint}".strip()
    if not model.view and not model.found:
        key = "camera starting"
    title, hint = words(key), words(f"{key} hint")
    room = 254 - TEXT_X
    canvas.write(TEXT_X, 12, words("enrol this phone"), (BODY, 11), MIDDLE, width=room)
    canvas.write(TEXT_X, 30, title, (STRONG, 15), width=room, smallest=11)
    canvas.write(TEXT_X, 45, hint, (BODY, 11), LIGHT, width=room, smallest=10)
    if model.found:
        canvas.progress(0.35, TEXT_X, 250)
    keys: tuple[str, ...] = ()
    if model.keys[0] is not None:
        # The picture needs the full height, so Cancel lies on it, where soft key 1 is.
        label = words(model.keys[0].value)
        canvas.box(0, RULE_Y, 63, 63, BLACK)
        canvas.write(32, 61, label, (BODY, 10), LIGHT, align="m", width=60)
        keys = (f"{label} | - | - | -",)
    return words("enrol this phone"), title, hint, f"[{words('viewfinder')}]", *keys


def _brackets(canvas: Canvas) -> None:
    left, top = (VIEW[0] - FRAME) // 2, (VIEW[1] - FRAME) // 2
    right, bottom = left + FRAME - 1, top + FRAME - 1
    for x, inward_x in ((left, 1), (right, -1)):
        for y, inward_y in ((top, 1), (bottom, -1)):
            for thick in (0, 1):
                canvas.line(x, y + thick * inward_y, x + 8 * inward_x, y + thick * inward_y, WHITE)
                canvas.line(x + thick * inward_x, y, x + thick * inward_x, y + 8 * inward_y, WHITE)


def confirm(canvas: Canvas, model: ConfirmScreen, words: Words) -> tuple[str, ...]:
    """Whose card it is. The check code is compared with the letter: a face without look-alikes."""
    title = words("confirm", name=model.name)
    who = words("confirm who", number=model.number, organisation=model.organisation)
    keys = words("confirm keys", month=words.month(model.month), date=words.full_date(model.issued))
    code = f"{model.check_code[:4]} {model.check_code[4:]}".upper()
    canvas.sign(LEFT, 1, SHIELD)
    canvas.write(LEFT + 19, 12, title, (STRONG, 14), width=RIGHT - LEFT - 19, smallest=11)
    canvas.write(LEFT + 19, 24, who, (BODY, 11), LIGHT, width=RIGHT - LEFT - 19, smallest=10)
    canvas.write(LEFT + 19, 35, keys, (BODY, 10), MIDDLE, width=RIGHT - LEFT - 19)
    taken = canvas.write(LEFT + 19, 49, words("check code"), (BODY, 10), MIDDLE)
    canvas.write(LEFT + 19 + taken + 5, 49, code, (MONO, 12))
    return title, who, keys, f"{words('check code')} {code}"


def transfer_code(canvas: Canvas, model: TransferCodeScreen, words: Words) -> tuple[str, ...]:
    """One disc for every digit typed, one ring for every digit to come."""
    wrong = model.left is not None and not model.typed
    title = words("tries left", left=model.left) if wrong else words("transfer code")
    hint = words("tries left hint" if wrong else "transfer code hint", digits=model.digits)
    if wrong:
        canvas.refusal_bar(title)
    else:
        canvas.write(LEFT, 13, title, (STRONG, 13))
    step = min(18, 240 // model.digits)
    for place in range(model.digits):
        gap = 8 if place >= model.digits // 2 else 0
        filled = place < model.typed
        canvas.dot(
            LEFT + 6 + gap + step * place, 27, 4 if filled else 3, WHITE if filled else DARK, filled=filled
        )
    canvas.write(LEFT, 47, hint, (BODY, 11), LIGHT, width=RIGHT - LEFT, smallest=10)
    typed = words("digits typed", typed=model.typed, digits=model.digits)
    return ("! " if wrong else "") + title, typed, hint


def progress(canvas: Canvas, model: ProgressScreen, words: Words) -> tuple[str, ...]:
    """One of the four steps after the transfer code."""
    title, hint = words(model.stage), words(f"{model.stage} hint")
    canvas.write(LEFT, 12, words("enrol this phone"), (BODY, 11), MIDDLE)
    canvas.write(LEFT, 31, title, (STRONG, 17))
    canvas.write(LEFT, 46, hint, (BODY, 11), LIGHT, width=RIGHT - LEFT, smallest=10)
    canvas.progress((STAGES.index(model.stage) + 1.5) / (len(STAGES) + 1.5), LEFT, RIGHT)
    return words("enrol this phone"), title, hint


def enrolled(canvas: Canvas, model: EnrolledScreen, words: Words) -> tuple[str, ...]:
    """Done; and the one thing left to do."""
    title, hint = words("enrolled", number=model.number), words("enrolled hint")
    canvas.sign(LEFT, 3, SHIELD)
    canvas.write(LEFT + 19, 15, title, (STRONG, 15), width=RIGHT - LEFT - 19, smallest=11)
    canvas.write(LEFT + 19, 28, model.name, (BODY, 11), LIGHT, width=RIGHT - LEFT - 19)
    canvas.box(0, 33, 255, 49, WHITE)
    canvas.write(LEFT + 19, 45, hint, (STRONG, 13), BLACK, width=RIGHT - LEFT - 19, smallest=11)
    return title, model.name, hint


def trouble(canvas: Canvas, model: TroubleScreen, words: Words) -> tuple[str, ...]:
    """What is wrong with the code, and what to do about it."""
    code = model.code if words.has(model.code) else "E03"
    title, hint = words(code), words(f"{code} hint", date=words.full_date(model.now.date()))
    canvas.refusal_bar(title)
    canvas.write(LEFT, 37, hint, (BODY, 11), WHITE, width=RIGHT - LEFT, smallest=10)
    return "! " + title, hint
