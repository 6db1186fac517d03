"""From where a phone stands that is left alone to its one screen, and to what the soft keys then do."""

from __future__ import annotations

import math
from datetime import date, datetime

from crypto.fields import month_start
from firmware import erase, menu, month_pages, people_pages, self_test, setting_pages
from firmware import pages as p
from firmware.acts import Act, SoftKeys, soft_keys
from firmware.call_log import Entry
from firmware.code_pages import LEAST_PIN
from firmware.contacts import Match
from firmware.expiry import warning
from firmware.house import KEYS_SHUT, House
from firmware.numbers import shown
from firmware.screens import models as m
from firmware.status_rows import status_rows
from firmware.utc import day
from firmware.version import VERSION

LIST: SoftKeys = (Act.BACK, None, Act.NEXT, Act.SELECT)
BACK = soft_keys(first=Act.BACK)
OK = soft_keys(fourth=Act.OK)


def idle_view(house: House) -> m.Shown:
    """The clock."""
    held, desk = house.held, house.desk
    now = _minute(house)
    if house.trouble == KEYS_SHUT:
        return m.IdleScreen(now, "", "", KEYS_SHUT, None, soft_keys(third=Act.HELP, fourth=Act.MENU))
    if not held.enrolled:
        return m.NotEnrolledScreen(now, (Act.ENROL, None, None, Act.MENU))
    redial = Act.REDIAL if house.calls.redial else None
    third = Act.HELP if house.told not in ("", "connecting") else redial
    return m.IdleScreen(
        now,
        shown(held.tel, held.tel),
        held.name,
        house.told,
        day(held.expires - 1) if held.expires else None,
        (Act.LOG, Act.CONTACTS, third, Act.MENU),
        missed=desk.log.missed,
        quiet=desk.settings.quiet,
        days=warning(held.expires, house.now.timestamp()),
    )


def lock_view(house: House) -> m.Shown | None:
    """The clock of a locked phone, and as many dots as digits."""
    lock = house.desk.lock
    if lock is None:
        return None
    wait = _seconds(lock.until - house.monotonic)
    return m.LockScreen(
        _minute(house),
        len(lock.digits),
        _code_keys(None, len(lock.digits), lock.asking or wait > 0),
        trouble=lock.trouble,
        wait=wait,
        tries=lock.tries,
        asking=lock.asking,
        missed=house.desk.log.missed,
    )


def erase_view(house: House) -> m.Shown | None:
    """The emergency erase."""
    match house.desk.erase:
        case erase.Asking() as asking:
            keys = (Act.CANCEL, None, None, Act.WIPE)
            return m.EraseScreen("asking", round(erase.filled(asking, house.monotonic), 2), keys=keys)
        case erase.Erasing():
            return m.EraseScreen("erasing")
        case erase.Erased(code):
            return m.EraseScreen("erased", code=code, keys=OK)
        case erase.Kept(code):
            return m.EraseScreen("kept", code=code, keys=OK)
        case _:
            return None


def notice_view(house: House) -> m.Shown | None:
    """Something to be read once."""
    notice = house.desk.notice
    if notice is None:
        return None
    return m.ToldScreen(notice.what, OK, notice.days, day(house.held.expires - 1), notice.version)


def desk_view(house: House) -> m.Shown | None:
    """The page that shows."""
    page = house.desk.page
    match page:
        case p.Main(chosen):
            return m.ListScreen(tuple(m.Row(f"menu {entry}") for entry in menu.MAIN), chosen, LIST)
        case p.Admin(chosen):
            return m.ListScreen(tuple(m.Row(f"menu {entry}") for entry in menu.ADMIN), chosen, LIST)
        case p.Calls() | p.Call() | p.Clearing():
            return _log(house, page)
        case p.People() | p.Person() | p.Removing() | p.Naming() | p.Keying():
            return _people(house, page)
        case p.Preferences() | p.Options() | p.Loudness():
            return _settings(house, page)
        case p.Code():
            wait = _seconds(page.until - house.monotonic)
            keys = _code_keys(Act.CANCEL, len(page.digits), page.asking or wait > 0)
            return m.PINScreen(
                page.purpose, len(page.digits), keys, page.trouble, wait, page.tries, page.asking
            )
        case p.Told(what):
            return m.ToldScreen(what, OK)
        case p.Standing(number):
            rows = status_rows(house)[number]
            keys = (Act.BACK, None, Act.NEXT, None)
            return m.TableScreen("status", rows, number, menu.STATUS_PAGES, keys)
        case p.Wiping():
            return m.WipeScreen(False, (Act.CANCEL, None, None, Act.WIPE))
        case p.Months(chosen):
            now = month_pages.current(house)
            months = tuple(
                m.Row(month=_first(month), right_key="month now" if month == now else "")
                for month in house.held.months
            )
            return m.ListScreen(months, chosen, LIST)
        case p.RemovingMonth(month):
            this = month == month_pages.current(house)
            return m.MonthScreen(_first(month), this, (Act.CANCEL, None, None, Act.WIPE))
        case p.Clocking(unix):
            return m.ClockScreen(datetime.fromtimestamp(unix), house.now, (Act.NO, None, None, Act.YES))
        case p.Restarting():
            return m.QuestionScreen("restart", "", (Act.NO, None, None, Act.YES))
        case p.Wiped():
            return m.WipeScreen(True, OK)
        case p.About():
            held = house.held
            return m.AboutScreen(VERSION, held.tel, held.organisation, BACK, mode=held.mode)
        case p.Advice(trouble):
            return m.AdviceScreen(trouble, BACK)
        case p.Testing(test, reading):
            return _testing(test) if reading is None else _failure(test, reading)
        case p.Closed():
            return None


def _log(house: House, page: p.Calls | p.Call | p.Clearing) -> m.Shown:
    entries, own = house.desk.log.entries, house.held.tel
    match page:
        case p.Calls(chosen):
            rows = tuple(_past(house, entry) for entry in entries)
            keys: SoftKeys = (Act.BACK, Act.DETAILS, Act.NEXT, Act.CALL) if rows else BACK
            empty = "log empty" if house.held.call_log else "log off"
            return m.ListScreen(rows, chosen, keys, numbered=False, empty=empty)
        case p.Call(back):
            entry = entries[back.chosen]
            add = None if house.desk.book.is_contact(entry.tel) else Act.ADD
            return m.PastCallScreen(
                _name(house, entry),
                shown(entry.tel, own),
                entry.direction,
                datetime.fromtimestamp(entry.began),
                entry.seconds,
                (Act.BACK, add, Act.CLEAR, Act.CALL),
            )
        case p.Clearing():
            return m.QuestionScreen("clear log", "", (Act.CANCEL, None, None, Act.CLEAR))


def _past(house: House, entry: Entry) -> m.Row:
    began = datetime.fromtimestamp(entry.began)
    today = began.date() == house.now.date()
    time, day = (f"{began:%H:%M}", None) if today else ("", began.date())
    number = shown(entry.tel, house.held.tel)
    return m.Row(text=_name(house, entry) or number, right=time, day=day, sign=entry.direction)


def _name(house: House, entry: Entry) -> str:
    return entry.name or house.desk.book.name_of(entry.tel)


def _people(house: House, page: people_pages.PeoplePage) -> m.Shown:
    own, book = house.held.tel, house.desk.book
    match page:
        case p.People(typed, chosen):
            people = people_pages.listed(house, page)
            rows = tuple(_person_row(match, own, book.key_of(match.tel)) for match in people)
            second = Act.DELETE if typed else None
            add = people_pages.unknown(house, page)
            keys: SoftKeys = (Act.BACK, second, Act.NEXT if rows else None, Act.SELECT if rows else None)
            if not rows and add:
                keys = (Act.BACK, second, None, Act.ADD)
            return m.ListScreen(
                rows, chosen, keys, numbered=False, typed=typed, empty="nobody" if typed else "book empty"
            )
        case p.Person(tel, name):
            detail = "in contacts" if book.is_contact(tel) else "in directory"
            second = Act.DELETE if book.is_contact(tel) else Act.ADD
            keys = (Act.BACK, second, Act.SPEED, Act.CALL)
            return m.PersonScreen(name, shown(tel, own), detail, book.key_of(tel), keys)
        case p.Removing(back):
            return m.QuestionScreen("delete contact", back.name, (Act.CANCEL, None, None, Act.DELETE))
        case p.Naming(tel, taps):
            save = Act.SAVE if taps.text.strip() else None
            keys = (Act.CANCEL, Act.DELETE, None, save)
            return m.NamingScreen(shown(tel, own), taps.text, taps.capital, keys)
        case p.Keying(back):
            taken = "".join(key for key, _ in book.speed)
            clear = Act.DELETE if book.key_of(back.tel) else None
            return m.KeyingScreen(back.name, shown(back.tel, own), taken, (Act.CANCEL, clear, None, None))


def _person_row(match: Match, own: str, speed: str) -> m.Row:
    number = shown(match.tel, own)
    return m.Row(text=match.name, right=f"{number}  ({speed})" if speed else number)


def _settings(house: House, page: setting_pages.SettingPage) -> m.Shown:
    settings = house.desk.settings
    match page:
        case p.Preferences(chosen):
            return m.ListScreen(
                tuple(_setting_row(house, entry) for entry in setting_pages.ENTRIES), chosen, LIST
            )
        case p.Options("pin", chosen):
            return m.ListScreen((m.Row("pin change"), m.Row("pin remove")), chosen, LIST)
        case p.Options(setting, chosen):
            now = getattr(settings, setting)
            rows = (_value_row(setting, value, value == now) for value in setting_pages.VALUES[setting])
            return m.ListScreen(tuple(rows), chosen, LIST)
        case p.Loudness(sound):
            return m.ScaleScreen(sound, settings.volume(sound), (Act.BACK, None, Act.SOFTER, Act.LOUDER))


def _setting_row(house: House, entry: str) -> m.Row:
    key = f"setting {entry}"
    if entry in ("ring", "ear", "speaker"):
        return m.Row(key, right=str(house.desk.settings.volume(entry)))  # type: ignore[arg-type]
    if entry == "pin":
        return m.Row(key, right_key="on" if house.held.pin else "off")
    if entry == "logging" and not house.held.call_log:
        return m.Row(key, right_key="off by policy")
    row = _value_row(entry, getattr(house.desk.settings, entry), False)
    return m.Row(key, right_key=row.key, right=row.text, value=row.value)


def _value_row(setting: str, value: object, chosen: bool) -> m.Row:
    sign = "chosen" if chosen else ""
    match setting, value:
        case _, bool():
            return m.Row("on" if value else "off", sign=sign)
        case (("lock_after" | "blank_after"), int()):
            return m.Row("minutes" if value else "never", sign=sign, value=value or None)
        case "night", (int(begins), int(ends)):
            return m.Row("" if begins != ends else "off", f"{begins:02}–{ends:02}", sign=sign)
        case _:
            return m.Row(f"{setting} {value}", sign=sign)


def _testing(test: self_test.Test) -> m.Shown:
    if not test.part:
        results = tuple((result.part, result.code or result.outcome) for result in test.results)
        details = Act.DETAILS if test.failures else None
        return m.SummaryScreen(results, (None, details, None, Act.OK))
    if test.part == "display" and test.stage < len(self_test.PATTERNS):
        return m.PatternScreen(self_test.PATTERNS[test.stage])
    return m.SelfTestScreen(
        test.part,
        test.place + 1,
        test.wants,
        _test_keys(test),
        missing=tuple(sorted(test.missing)) if test.part == "keys" else (),
        level=test.level,
        view=test.view,
        focus=test.focus,
    )


def _failure(test: self_test.Test, reading: int) -> m.Shown:
    failed = test.failures[reading]
    more = Act.NEXT if reading + 1 < len(test.failures) else None
    return m.FailureScreen(failed.part, failed.detail, (Act.BACK, None, more, Act.OK))


def _test_keys(test: self_test.Test) -> SoftKeys:
    match test.part:
        case "keys":
            return soft_keys()
        case "hook" if test.stage == 0:
            return (Act.CANCEL, Act.SKIP, None, Act.OK)
        case "lamps" | "display":
            return (Act.CANCEL, Act.SKIP, Act.NO, Act.YES)
        case "ear" if test.lifted:
            return (Act.CANCEL, Act.SKIP, Act.NO, Act.YES)
        case "camera":
            return (Act.CANCEL, Act.SKIP, Act.NO, Act.YES if test.view else None)
        case _:
            return (Act.CANCEL, Act.SKIP, None, None)


def _code_keys(first: Act | None, typed: int, waiting: bool) -> SoftKeys:
    if waiting:
        return soft_keys(first=first)
    return (first, Act.DELETE if typed else None, None, Act.OK if typed >= LEAST_PIN else None)


def _first(month: str) -> date:
    return day(month_start(month))


def _minute(house: House) -> datetime | None:
    """Now, as a clock without seconds tells it: its picture is drawn once a minute."""
    return house.now.replace(second=0, microsecond=0) if house.clock_known else None


def _seconds(left: float) -> int:
    return max(0, math.ceil(left))
