"""From a model to the picture and the text of its screen."""

from __future__ import annotations

from PIL import Image

from firmware.screens import big as large
from firmware.screens import call, desk_draw, enrol, in_call, models
from firmware.screens.canvas import Canvas
from firmware.screens.pages import volume
from firmware.text import Words


def render(model: models.Model, words: Words, *, big: bool = False) -> tuple[Image.Image, tuple[str, ...]]:
    """Return the 256 x 64 'L' picture, black and five greys, and its text, soft keys last.

    With `big` the letters are larger and what matters less is left out; the soft keys are the same.
    """
    canvas, said = compose(model, words, big=big)
    return canvas.finished(), said


def compose(model: models.Model, words: Words, *, big: bool = False) -> tuple[Canvas, tuple[str, ...]]:
    """Draw a screen; return the canvas, with every line that was set on it, and its text."""
    shown = model.under if isinstance(model, models.VolumeScreen) else model
    canvas = Canvas(big=big)
    said = (large.draw(canvas, shown, words) if big else None) or _draw(canvas, shown, words)
    if isinstance(model, models.VolumeScreen):
        said = (*said, volume(canvas, model.sound, model.level, words))
    elif not isinstance(model, models.ViewfinderScreen):
        said = (*said, *canvas.soft_keys(model.keys, words))
    return canvas, said


def _draw(canvas: Canvas, model: models.Shown, words: Words) -> tuple[str, ...]:
    match model:
        case models.DiallingScreen():
            return call.dialling(canvas, model, words)
        case models.CallingScreen():
            return call.calling(canvas, model, words)
        case models.IncomingScreen():
            return call.incoming(canvas, model, words)
        case models.CallScreen():
            return in_call.call(canvas, model, words)
        case models.TestCallScreen():
            return in_call.test_call(canvas, model, words)
        case models.OverScreen():
            return call.over(canvas, model, words)
        case models.ViewfinderScreen():
            return enrol.viewfinder(canvas, model, words)
        case models.ConfirmScreen():
            return enrol.confirm(canvas, model, words)
        case models.TransferCodeScreen():
            return enrol.transfer_code(canvas, model, words)
        case models.ProgressScreen():
            return enrol.progress(canvas, model, words)
        case models.EnrolledScreen():
            return enrol.enrolled(canvas, model, words)
        case models.TroubleScreen():
            return enrol.trouble(canvas, model, words)
        case _:
            return desk_draw.draw(canvas, model, words)
