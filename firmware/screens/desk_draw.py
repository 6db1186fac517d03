"""From a model of a phone that is left alone to its screen."""

from __future__ import annotations

from firmware.screens import codes, desk, pages, tests_drawn
from firmware.screens import desk_models as m
from firmware.screens.canvas import Canvas
from firmware.text import Words


def draw(canvas: Canvas, model: m.DeskModel, words: Words) -> tuple[str, ...]:
    """Draw a screen and return its text, line by line, without the soft keys."""
    match model:
        case m.IdleScreen():
            return desk.idle(canvas, model, words)
        case m.NotEnrolledScreen():
            return desk.not_enrolled(canvas, model, words)
        case m.ListScreen():
            return desk.rows(canvas, model, words)
        case m.WipeScreen():
            return desk.wipe(canvas, model, words)
        case m.AboutScreen():
            return desk.about(canvas, model, words)
        case m.QuestionScreen():
            return pages.question(canvas, model, words)
        case m.MonthScreen():
            return pages.month(canvas, model, words)
        case m.ClockScreen():
            return pages.clock(canvas, model, words)
        case m.ToldScreen():
            return pages.told(canvas, model, words)
        case m.PersonScreen():
            return pages.person(canvas, model, words)
        case m.KeyingScreen():
            return pages.keying(canvas, model, words)
        case m.PastCallScreen():
            return pages.past_call(canvas, model, words)
        case m.NamingScreen():
            return pages.naming(canvas, model, words)
        case m.ScaleScreen():
            return pages.scale(canvas, model, words)
        case m.TableScreen():
            return pages.table(canvas, model, words)
        case m.AdviceScreen():
            return pages.advice(canvas, model, words)
        case m.PINScreen():
            return codes.pin(canvas, model, words)
        case m.LockScreen():
            return codes.lock(canvas, model, words)
        case m.EraseScreen():
            return codes.erase(canvas, model, words)
        case m.SelfTestScreen():
            return tests_drawn.part(canvas, model, words)
        case m.PatternScreen():
            return tests_drawn.pattern(canvas, model, words)
        case m.SummaryScreen():
            return tests_drawn.summary(canvas, model, words)
        case m.FailureScreen():
            return tests_drawn.failure(canvas, model, words)
