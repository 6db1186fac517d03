"""Which record is read and written when. One that could not be read is never written over."""

from __future__ import annotations

from dataclasses import replace

from firmware import desk_words as dk
from firmware import remembered
from firmware.call_log import CallLog
from firmware.desk_state import Desk, Notice

Step = tuple[Desk, tuple[dk.Effect, ...]]


def keep(desk: Desk, name: str) -> tuple[dk.Effect, ...]:
    """Return the order to write a record as it is now; nothing if it was not read yet."""
    if name not in desk.recalled:
        return ()
    match name:
        case "settings":
            return (dk.Remember(name, remembered.write_settings(desk.settings)),)
        case "contacts":
            return (dk.Remember(name, remembered.write_book(desk.book)),)
        case _:
            return (dk.Remember(name, remembered.write_log(desk.log)),)


def take(desk: Desk, event: dk.Recalled | dk.NotStored) -> Step:
    """Take a record that was read, or the news that one could not be written."""
    if isinstance(event, dk.NotStored):
        return desk.telling(Notice("not stored")), ()
    name, octets = event.name, event.octets
    if octets is None:
        return desk, ()
    desk = replace(desk, recalled=desk.recalled | {name})
    if octets:
        try:
            desk = _with(desk, name, octets)
        except remembered.Damaged:
            desk = desk.telling(Notice(f"damaged {name}"))
    return desk, (dk.Choose(),) if name == "settings" else ()


def obey(desk: Desk, *, call_log: bool) -> Step:
    """Empty the list of calls, on the disk too, if the policy of our domain wants none."""
    if call_log or desk.log == CallLog():
        return desk, ()
    desk = replace(desk, log=CallLog())
    return desk, keep(desk, "log")


def _with(desk: Desk, name: str, octets: bytes) -> Desk:
    match name:
        case "settings":
            return replace(desk, settings=remembered.read_settings(octets))
        case "contacts":
            return replace(desk, book=replace(remembered.read_book(octets), directory=desk.book.directory))
        case _:
            return replace(desk, log=remembered.read_log(octets))
