"""How a blank phone becomes somebody's, as a pure machine: `step(flow, event) -> (flow, effects)`.

    Off ─► Looking ─ code ─► Reading ─ card ─► Confirming ─ Enrol ─► Typing ─ 10 digits ─► Opening
             ▲                  │                                       │ (wrong: twice more)   │ stored
             └──── Again ── Trouble ◄───────────────────────────────────┴───────────────────────┤
                                ▲                                                               ▼
    Off ◄─ OK ─ Done ◄─ Registering ◄─ Storing (new identity, old one destroyed) ◄─ pack ─ Contacting

Until Storing has succeeded the old identity is untouched. From Opening on the new one is stored beside it, so
a power cut resumes at Contacting.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import enrolment_words as en
from firmware.acts import Act

TRIES = 3
RETRY_S = 15.0
LEFT_S = 600.0
"""Nobody is there any more: the camera is closed, and what was imported is destroyed."""
REGISTRATION_S = 30.0
CAMERA_TRIES = 5
"""Scan services that may die in a row, without having shown a picture, before the camera counts as broken."""

FINAL = frozenset({"E01", "E02", "E03", "E04", "E05", "E07", "E09", "E13", "E23"})
"""What the server may answer so that trying again with this card is in vain."""

Step = tuple[en.Flow, tuple[en.Effect, ...]]
Move = tuple[en.Phase, tuple[en.Effect, ...]]


def step(flow: en.Flow, event: en.Event) -> Step:
    """Take one event; return the new flow and what is to be done, in order.

    An event that makes no sense where we stand changes nothing.
    """
    if isinstance(event, en.TimeUp) and event.timer != flow.timer:
        return flow, ()
    phase, effects = _take(flow.phase, event)
    if isinstance(flow.phase, en.Looking) and not isinstance(phase, en.Looking):
        effects = (en.CloseCamera(), *effects)
    if phase is flow.phase:
        return flow, effects
    same = isinstance(phase, en.Looking) and isinstance(flow.phase, en.Looking)
    if same or (_patience(phase) is None and _patience(flow.phase) is None):
        return replace(flow, phase=phase), effects
    after = en.Flow(phase, flow.timer + 1)
    return after, (*effects, en.Timer(after.timer, _patience(phase)))


def _take(phase: en.Phase, event: en.Event) -> Move:
    match phase, event:
        case ((en.Off() | en.Done()), en.Begin()):
            return en.Looking(), (en.OpenCamera(),)
        case ((en.Off() | en.Contacting() | en.Storing() | en.Opening() | en.Trouble()), en.Resume()):
            return en.Contacting(), (en.Contact(),)
        case ((en.Looking() | en.Reading()), _):
            return _reading(phase, event)
        case ((en.Confirming() | en.Typing() | en.Opening()), _):
            return _unsealing(phase, event)
        case ((en.Contacting() | en.Storing() | en.Registering()), _):
            return _proving(phase, event)
        case en.Done(), Act.OK:
            return en.Off(), ()
        case en.Trouble(), _:
            return _again(phase, event)
        case _:
            return phase, ()


def _reading(phase: en.Looking | en.Reading, event: en.Event) -> Move:
    match phase, event:
        case _, (Act.CANCEL | en.TimeUp()):
            return en.Off(), (en.Abandon(),) if isinstance(phase, en.Reading) else ()
        case en.Looking(), en.Seen(view, hint):
            return en.Looking(view, hint), ()
        case en.Looking(view), en.Found(text, corners):
            return en.Reading(view, corners), (en.ReadCard(text),)
        case en.Looking(view, _, deaths), en.ScanLost():
            if deaths + 1 >= CAMERA_TRIES:
                return en.Trouble("E43", "look"), ()
            return en.Looking(view, "stuck" if view else "", deaths + 1), (en.OpenCamera(),)
        case en.Reading(), en.CardRead(card):
            return en.Confirming(card), ()
        case en.Reading(), en.Refused(code):
            return en.Trouble(code, "look"), ()
        case en.Reading(), en.KeysLost():
            return en.Trouble("E41", "look"), ()
        case _:
            return phase, ()


def _unsealing(phase: en.Confirming | en.Typing | en.Opening, event: en.Event) -> Move:
    match phase, event:
        case ((en.Confirming() | en.Typing()), (Act.CANCEL | en.TimeUp())):
            return en.Off(), (en.Abandon(),)
        case en.Confirming(card), Act.ENROL:
            return (en.Typing(card), ()) if card.sealed else (en.Opening(card), (en.Unseal(""),))
        case en.Typing(_, digits), en.Digit(digit) if digit.isdigit() and len(digits) < en.CODE_DIGITS:
            return replace(phase, digits=digits + digit), ()
        case en.Typing(_, digits), Act.DELETE if digits:
            return replace(phase, digits=digits[:-1]), ()
        case en.Typing(card, digits, left), (Act.OK | en.Digit("#")) if len(digits) == en.CODE_DIGITS:
            return en.Opening(card, left), (en.Unseal(digits),)
        case en.Opening(), en.Unsealed():
            return en.Contacting(), (en.Contact(),)
        case en.Opening(card, left), en.Refused("E10"):
            left = (TRIES if left is None else left) - 1
            return (en.Typing(card, left=left), ()) if left else (en.Trouble("E10", "look"), (en.Abandon(),))
        case en.Opening(), en.Refused(code):
            return en.Trouble(code, "look"), (en.Abandon(),)
        case _, en.KeysLost():
            return en.Trouble("E41", "look"), ()
        case _:
            return phase, ()


def _proving(phase: en.Contacting | en.Storing | en.Registering, event: en.Event) -> Move:
    match phase, event:
        case en.Contacting(), en.PackCame(pack):
            return en.Storing(), (en.Complete(pack),)
        case en.Storing(), en.Completed(number, name):
            return en.Registering(number, name), ()
        case en.Contacting(), en.Refused(code) if code in FINAL:
            return en.Trouble(code, "look"), (en.Abandon(),)
        case ((en.Contacting() | en.Storing()), en.Refused(code)):
            return en.Trouble("E12" if code == "E21" else code, "contact"), ()
        case en.Registering(number, name), en.Registered():
            return en.Done(number, name), ()
        case en.Registering(), en.TimeUp():
            return en.Trouble("E12", "off"), ()
        case _:
            return phase, ()


def _again(phase: en.Trouble, event: en.Event) -> Move:
    match phase, event:
        case en.Trouble(_, "look"), Act.AGAIN:
            return en.Looking(), (en.OpenCamera(),)
        case en.Trouble(_, "contact"), (Act.AGAIN | en.TimeUp()):
            return en.Contacting(), (en.Contact(),)
        case en.Trouble(_, "contact"), Act.CANCEL:
            return en.Off(), (en.Abandon(),)
        case en.Trouble(_, "look"), Act.CANCEL:
            return en.Off(), ()
        case en.Trouble(_, "off"), (Act.OK | en.Registered()):
            return en.Off(), ()
        case _:
            return phase, ()


def _patience(phase: en.Phase) -> float | None:
    match phase:
        case en.Looking() | en.Confirming() | en.Typing():
            return LEFT_S
        case en.Registering():
            return REGISTRATION_S
        case en.Trouble("E12", "contact"):
            return RETRY_S
        case _:
            return None
