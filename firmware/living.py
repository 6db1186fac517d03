"""A whole phone without a part: everything pure put together, as the services put it together.

    house = House(now, monotonic, held=…)
    house, asked = live(house, KeyEvent("soft4", True))        # a key, the hook
    house, asked = live(house, KeyEvent("soft4", False))
    house, asked = tell(house, "calls", on.PeerRings(1))       # what a service would answer
    house = later(house, 4.0)                                  # time passes; nothing happens by itself
    picture, text = render(view(house), Words())

`asked` are the effects that a service would carry out (`call_effects`, `enrolment_words`, `desk_words`), in
order; what one machine asks of another is done already. `press(house, "2002#")` presses and releases keys.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import calls, desk, enrolment
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware.fingers import route
from firmware.house import House

Asked = do.Effect | en.Effect | dk.Effect
Lived = tuple[House, tuple[Asked, ...]]


def live(house: House, event: KeyEvent | HookEvent) -> Lived:
    """Let a key or the hook move."""
    asked: tuple[Asked, ...] = ()
    for machine, meant in route(house, event):
        house, more = tell(house, machine, meant)
        asked += more
    return house, asked


def press(house: House, keys: str) -> Lived:
    """Press and release keys: '2002#', or one key by its name ('soft4', 'vol+')."""
    asked: tuple[Asked, ...] = ()
    for key in [keys] if len(keys) > 1 and keys.strip("0123456789*#") else keys:
        for down in (True, False):
            house, more = live(house, KeyEvent(key, down))
            asked += more
    return house, asked


def tell(house: House, machine: str, event: on.Event | en.Event | dk.Event) -> Lived:
    """Let 'calls', 'enrolment' or 'desk' take an event, and the others what follows from it."""
    asked: tuple[Asked, ...] = ()
    more: tuple[Asked, ...]
    if machine == "calls":
        before = house.calls
        after, effects = calls.step(before, event, now=house.monotonic)  # type: ignore[arg-type]
        house, asked = replace(house, calls=after), effects
        news: list[dk.Event] = [dk.ended(effect) for effect in effects if isinstance(effect, do.Log)]
        if after != before:
            news.append(dk.CallsMoved(before, after))
        for each in news:
            house, more = tell(house, "desk", each)
            asked += more
        return house, asked
    if machine == "enrolment":
        flow, orders = enrolment.step(house.enrolment, event)  # type: ignore[arg-type]
        return replace(house, enrolment=flow), orders
    state, wanted = desk.step(house, event)  # type: ignore[arg-type]
    house = replace(house, desk=state)
    for effect in wanted:
        match effect:
            case dk.ToCalls(told):
                house, more = tell(house, "calls", told)
            case dk.BeginEnrolment():
                house, more = tell(house, "enrolment", en.Begin())
            case _:
                more = (effect,)
        asked += more
    return house, asked


def later(house: House, seconds: float) -> House:
    """Let time pass."""
    return replace(house, now=house.now + timedelta(seconds=seconds), monotonic=house.monotonic + seconds)
