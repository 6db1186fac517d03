"""A phone that is left alone, as a pure machine: `step(house, event) -> (desk, effects)`.

It keeps the pages of the menu, the person's records, the lock, the emergency erase, the volumes and the
hours, and is told the time through the house. Rules that the tests hold it to:
- From every page, Back and OK lead to the clock.
- No digit of a PIN is ever part of a screen, or of a repr.
- Locked, nothing of the person's shows and nothing is dialled; erasing works all the same.
- A record that was not read is not written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from drivers.ports import HookEvent, KeyEvent
from firmware import call_events as on
from firmware import call_log, code_pages, erase, menu, month_pages, records_kept, self_test, update_told
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import pages as p
from firmware.acts import Act
from firmware.code_pages import LEAST_PIN, MOST_PIN
from firmware.contacts import FEWEST_TO_MATCH
from firmware.desk_state import Bar, Desk, Lock, Notice
from firmware.expiry import notice_due
from firmware.foreground import foreground, ringing
from firmware.house import House
from firmware.numbers import is_e164
from firmware.settings import Sound
from firmware.update_news import GONE_BY

BAR_S = 2.0
LONG_S = 0.8
LEFT_S = 120.0
"""A page on which nobody did anything for so long was left."""
STEADY_S = 0.5
"""A finger that is on its way to a soft key arrives within this."""
RUNG_S = 0.3
"""The same for a caller: who is about to press Menu does not mean Answer. Nobody reads and presses sooner."""
STUCK_S = 60.0
"""A key that is down longer was let go and nobody told: its keypad was pulled out."""

DIALS = frozenset("0123456789*#")

Step = tuple[Desk, tuple[dk.Effect, ...]]


def step(house: House, event: dk.Event) -> Step:
    """Take one event; return the new desk and what is to be done, in order."""
    desk, effects = _take(house, event)
    if desk.held and _asks(desk) and not _asks(house.desk):
        # The key that asked for the PIN is still down: letting go of it types no digit.
        desk = replace(desk, chord=True)
    return desk, (*effects, *_told_to_calls(house.desk, desk))


def _asks(desk: Desk) -> bool:
    """Say whether digits are a PIN's."""
    return desk.lock is not None or isinstance(desk.page, p.Code)


def _told_to_calls(before: Desk, after: Desk) -> tuple[dk.Effect, ...]:
    """What the call machine knows of the records, when they have changed."""
    told: list[dk.Effect] = []
    if before.settings.quiet != after.settings.quiet:
        told.append(dk.ToCalls(on.DoNotDisturb(after.settings.quiet)))
    fresh = "log" in after.recalled - before.recalled
    if before.book.speed != after.book.speed or fresh:
        dialled = (entry.tel for entry in after.log.entries if entry.direction == "out")
        told.append(dk.ToCalls(on.Book(after.book.speed, next(dialled, None) if fresh else None)))
    return tuple(told)


def _take(house: House, event: dk.Event) -> Step:
    desk = house.desk
    match event:
        case KeyEvent():
            return _key(house, event)
        case HookEvent(lifted):
            return _hook(house, event, lifted)
        case dk.Ticked():
            return _tick(house)
        case dk.Turned(by):
            return _turn(house, by)
        case dk.CallsMoved(before, after):
            return _calls_moved(house, before, after)
        case dk.CallEnded():
            return _call_ended(house, event)
        case dk.Heard(heard):
            return replace(desk, heard=heard), ()
        case dk.StatusCame():
            return _status(house, event)
        case dk.Recalled() | dk.NotStored():
            desk, effects = records_kept.take(desk, event)
            desk, emptied = records_kept.obey(desk, call_log=house.held.call_log)
            return desk, (*effects, *emptied)
        case dk.UpdateMoved(news):
            return update_told.moved(desk, news), ()
        case dk.Found(text, entries):
            if text != desk.asked:
                return desk, ()
            return replace(desk, book=replace(desk.book, directory=entries)), ()
        case dk.PINTaken() | dk.PINRefused():
            return _pin(house, event)
        case dk.Wiped():
            return _wiped(house, ""), dk.ending(house.calls)
        case dk.TimeTaken(code):
            return replace(desk, page=p.Told("clock not set" if code else "clock set")), ()
        case dk.MonthRemoved():
            return month_pages.answer(house, event)
        case dk.NotWiped(code):
            return replace(desk, erase=erase.Kept(code if code == "E41" else "E11")), ()
        case dk.BeginTest(keys):
            test = self_test.begin(keys, lifted=desk.lifted, now=house.monotonic)
            down = (dk.ToCalls(on.HungUp()),) if house.calls.lifted else ()
            return replace(desk, page=p.Testing(test)), down
        case self_test.Level() | self_test.View() | self_test.Looked():
            return _test(house, event)
        case Act() | dk.Chosen():
            return _chosen(house, event)


# --- fingers ------------------------------------------------------------------------------------------------


def _key(house: House, event: KeyEvent) -> Step:
    desk, now = house.desk, house.monotonic
    held = desk.held | {event.key} if event.down else desk.held - {event.key}
    alone = desk.held <= {event.key} and not desk.chord
    typed = not event.down and alone and event.key in DIALS and event.key in desk.held
    pressed = erase.step(desk.erase, event.key, event.down, held, now)
    desk = replace(
        desk, held=held, chord=len(held) > 1 or (desk.chord and bool(held)), touched=now, erase=pressed
    )
    if event.down:
        desk = replace(desk, held_since=now, long=False)
    house = replace(house, desk=desk)
    where = foreground(house)
    if where == "page" and isinstance(desk.page, p.Testing):
        return _test(house, event)
    if typed and where == "lock":
        return _lock_digit(house, event.key)
    if typed and where == "page" and isinstance(desk.page, p.Code):
        return code_pages.digit(house, desk.page, event.key)
    return desk, ()


def _hook(house: House, event: HookEvent, lifted: bool) -> Step:
    desk = house.desk.having_read() if foreground(house) == "notice" else house.desk
    desk = replace(desk, lifted=lifted, touched=house.monotonic, bar=None)
    if isinstance(desk.page, p.Testing) and (desk.page.test.part or not lifted):
        return _test(replace(house, desk=desk), event)
    return replace(desk, page=p.Closed(), erase=erase.lift(desk.erase)), ()


def _turn(house: House, by: int) -> Step:
    desk = house.desk
    sound = sounding(house)
    settings = desk.settings.with_volume(sound, desk.settings.volume(sound) + by)
    return replace(desk, settings=settings, bar=Bar(sound, house.monotonic + BAR_S)), (dk.Choose(),)


def sounding(house: House) -> Sound:
    """Return which volume the volume keys change now: that of what sounds, or of the ringer."""
    calls, page = house.calls, house.desk.page
    if isinstance(page, p.Loudness) and foreground(house) == "page":
        return page.sound
    if isinstance(calls.phase, at.Incoming) and not calls.off_hook:
        return "ring"
    if calls.off_hook or isinstance(page, p.Testing):
        return "speaker" if calls.speaker else "ear"
    return "ring"


def _chosen(house: House, event: Act | dk.Chosen) -> Step:
    desk = house.desk
    match foreground(house):
        case "lock":
            return _lock_act(house, event)
        case "notice" if event is Act.OK:
            read = desk.notice is not None and desk.notice.what in GONE_BY
            return desk.having_read(), (dk.UpdateSeen(),) if read else ()
        case "page" if isinstance(desk.page, p.Testing):
            return _test(house, event) if isinstance(event, Act) else (desk, ())
        case "page" if isinstance(desk.page, p.Code):
            return code_pages.act(house, desk.page, event) if isinstance(event, Act) else (desk, ())
        case _:
            return menu.step(house, event)


# --- the lock -----------------------------------------------------------------------------------------------


def _lock_digit(house: House, key: str) -> Step:
    desk = house.desk
    lock = desk.lock
    if lock is None or lock.asking or house.monotonic < lock.until:
        return desk, ()
    if key == "#":
        return _lock_act(house, Act.OK)
    if not key.isdigit() or len(lock.digits) >= MOST_PIN:
        return desk, ()
    return replace(desk, lock=replace(lock, digits=lock.digits + key, trouble="")), ()


def _lock_act(house: House, event: Act | dk.Chosen) -> Step:
    desk = house.desk
    lock = desk.lock
    if lock is None or lock.asking:
        return desk, ()
    if event in (Act.DELETE, Act.CLEAR):
        return replace(desk, lock=replace(lock, digits="")), ()
    if event is Act.OK and len(lock.digits) >= LEAST_PIN:
        return replace(desk, lock=replace(lock, digits="", asking=True)), (dk.Unlock(lock.digits),)
    return desk, ()


def _pin(house: House, event: dk.PINTaken | dk.PINRefused) -> Step:
    desk = house.desk
    if isinstance(event, dk.PINRefused) and event.code == "E49":
        return _wiped(house, "E49"), dk.ending(house.calls)
    if desk.lock is not None and desk.lock.asking:
        if isinstance(event, dk.PINTaken):
            return replace(desk, lock=None, touched=house.monotonic), ()
        until = house.monotonic + event.wait
        return replace(desk, lock=Lock(trouble=event.code, until=until, tries=event.tries)), ()
    if isinstance(desk.page, p.Code) and desk.page.asking:
        return code_pages.answer(house, desk.page, event)
    return desk, ()


def _status(house: House, event: dk.StatusCame) -> Step:
    """The vault is as the status says: locked at the start, or newly enrolled, or empty."""
    desk, status = house.desk, event.status
    effects: list[dk.Effect] = []
    if status.locked and desk.lock is None:
        until = house.monotonic + status.wait
        desk = replace(desk, lock=Lock(until=until, tries=status.tries), page=p.Closed())
    elif not status.locked and not status.pin:
        desk = replace(desk, lock=None)
    wanted = {"settings"} | ({"contacts", "log"} if status.enrolled and not status.locked else set())
    effects += [dk.Recall(name) for name in sorted(wanted - desk.recalled, reverse=True)]
    desk, emptied = records_kept.obey(desk, call_log=status.call_log)
    return desk, (*effects, *emptied)


def _wiped(house: House, code: str) -> Desk:
    """Nothing is left: a desk as new, with the settings that are still in use."""
    desk = house.desk
    return replace(
        desk,
        page=p.Closed() if code or not isinstance(desk.page, p.Wiping) else p.Wiped(),
        book=type(desk.book)(),
        log=type(desk.log)(),
        recalled=frozenset(),
        lock=None,
        erase=erase.Erased(code) if code or isinstance(desk.erase, erase.Erasing) else desk.erase,
        notices=(),
        asked="",
    )


# --- time ---------------------------------------------------------------------------------------------------


def _tick(house: House) -> Step:
    desk, now = house.desk, house.monotonic
    effects: list[dk.Effect] = []
    was = desk.erase
    desk = replace(desk, erase=erase.tick(was, now))
    if isinstance(desk.erase, erase.Asking) and isinstance(was, erase.Rest):
        effects += [dk.TestOrder(order) for order in _left(desk)]
        if isinstance(house.calls.phase, at.Dialling):
            # The first of the two keys was taken for a digit.
            effects.append(dk.ToCalls(Act.CLEAR))
        desk = replace(desk, page=p.Closed())
    if isinstance(desk.erase, erase.Erasing) and not isinstance(was, erase.Erasing):
        effects.append(dk.WipeKeys())
    if desk.bar is not None and now >= desk.bar.until:
        desk = replace(desk, bar=None)
        effects += records_kept.keep(desk, "settings")
    if len(desk.held) == 1 and not desk.chord and not desk.long and now - desk.held_since >= LONG_S:
        desk = replace(desk, long=True)
        (key,) = desk.held
        if key in DIALS and foreground(replace(house, desk=desk)) in ("call", "idle") and desk.lock is None:
            effects.append(dk.ToCalls(on.LongPress(key)))
    if desk.held and now - desk.held_since >= STUCK_S:
        desk = replace(desk, held=frozenset(), chord=False)
    if isinstance(desk.page, p.Testing):
        desk, more = _test(replace(house, desk=desk), self_test.Tick())
        return _left_alone(replace(house, desk=desk)), (*effects, *more)
    if update_told.may_restart(replace(house, desk=desk)):
        desk = replace(desk, update=replace(desk.update, kind="restarting"))
        effects.append(dk.Restart())
    if desk.lifted and not house.calls.lifted and isinstance(house.calls.phase, at.Idle):
        # It was lifted for the self-test, and that was cut short.
        effects.append(dk.ToCalls(on.Lifted()))
    return _hours(replace(house, desk=_left_alone(replace(house, desk=desk)))), tuple(effects)


def _left_alone(house: House) -> Desk:
    """A page that was left goes by itself: who comes next finds the clock, and dials."""
    page = house.desk.page
    busy = isinstance(page, p.Closed) or (isinstance(page, p.Testing) and page.test.part)
    if busy or house.alone_s < LEFT_S:
        return house.desk
    return replace(house.desk, page=p.Closed(), steady=house.monotonic + STEADY_S)


def _hours(house: House) -> Desk:
    """What time alone brings: the lock, and the notice that the keys end."""
    desk, held = house.desk, house.held
    free = isinstance(house.calls.phase, at.Idle) and isinstance(house.enrolment.phase, en.Off)
    minutes = desk.settings.lock_after
    if held.pin and free and desk.lock is None and minutes and house.alone_s >= minutes * 60:
        return replace(desk, lock=Lock(), page=p.Closed())
    days = notice_due(held.expires, house.now.timestamp(), desk.warned) if held.enrolled else None
    if days is not None and foreground(house) == "idle":
        today = datetime.fromtimestamp(house.now.timestamp(), UTC).date()
        return replace(desk, warned=today).telling(Notice("keys end", days))
    return desk


# --- calls --------------------------------------------------------------------------------------------------


def _calls_moved(house: House, before: at.State, after: at.State) -> Step:
    desk = replace(house.desk, begun=call_log.begun(house.desk.begun, after, unix=int(house.now.timestamp())))
    effects: list[dk.Effect] = []
    if type(before.phase) is not type(after.phase):
        desk = replace(desk, touched=house.monotonic)
    if isinstance(after.phase, at.Preparing) and not isinstance(before.phase, at.Preparing):
        desk = replace(desk, page=p.Closed())
    if after.off_hook and not before.off_hook and not isinstance(desk.page, p.Testing):
        desk = replace(desk, page=p.Closed())
    if ringing(before) != ringing(after):
        desk = replace(desk, steady=house.monotonic + RUNG_S if ringing(after) else 0.0)
    if type(before.phase) is not type(after.phase) and isinstance(after.phase, at.Idle):
        steady = desk.steady if before.off_hook or desk.held else house.monotonic + STEADY_S
        desk = replace(desk, steady=steady)
    if isinstance(after.phase, (at.Over, *at.CALL_PHASES)) and isinstance(desk.page, p.Testing):
        effects += [dk.TestOrder(order) for order in _left(desk)]
        desk = replace(desk, page=p.Closed())
    digits = after.phase.digits if isinstance(after.phase, at.Dialling) else ""
    if len(digits) >= FEWEST_TO_MATCH and digits != desk.asked and after.phase != before.phase:
        desk = replace(desk, asked=digits)
        effects.append(dk.Find(digits))
    return desk, tuple(effects)


def _call_ended(house: House, event: dk.CallEnded) -> Step:
    desk = house.desk
    began = dict(desk.begun).get(event.call, int(house.now.timestamp()))
    keeps = desk.settings.logging and house.held.call_log
    if not keeps or event.direction not in call_log.DIRECTIONS or not is_e164(event.tel):
        return desk, ()
    entry = call_log.Entry(event.tel, event.name, event.direction, began, event.seconds)
    desk = replace(desk, log=desk.log.with_entry(entry))
    return desk, records_kept.keep(desk, "log")


# --- the self-test ------------------------------------------------------------------------------------------


def _test(house: House, event: self_test.Event) -> Step:
    desk = house.desk
    if not isinstance(desk.page, p.Testing):
        return desk, ()
    test, reading = desk.page.test, desk.page.reading
    if not test.part and event in (Act.DETAILS, Act.NEXT, Act.BACK):
        following = 0 if reading is None else reading + 1
        read = following if event is not Act.BACK and following < len(test.failures) else None
        return replace(desk, page=p.Testing(test, read)), ()
    if event is Act.CANCEL or (event is Act.OK and not test.part):
        closed = replace(desk, page=p.Closed(), touched=house.monotonic)
        orders: tuple[dk.Effect, ...] = tuple(dk.TestOrder(order) for order in self_test.leave(test))
        lift = desk.lifted and not house.calls.lifted
        return closed, (*orders, dk.ToCalls(on.Lifted())) if lift else orders
    test, done = self_test.step(test, event, house.monotonic)
    if desk.page.test.part and not test.part:
        desk = replace(desk, touched=house.monotonic)  # from here on, its end is there to be read
    return replace(desk, page=p.Testing(test, reading)), tuple(dk.TestOrder(order) for order in done)


def _left(desk: Desk) -> tuple[self_test.Order, ...]:
    return self_test.leave(desk.page.test) if isinstance(desk.page, p.Testing) else ()
