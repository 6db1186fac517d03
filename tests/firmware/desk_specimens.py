"""One model for every screen of a phone that is left alone."""

from __future__ import annotations

import math
from datetime import date, datetime

from firmware import menu, self_test, setting_pages
from firmware.acts import NO_KEYS, Act, SoftKeys
from firmware.screens import models as m

NOW = datetime(2026, 11, 22, 12, 48)
VALID = date(2026, 11, 30)
LONG_NAME = "Maya Ramanathan-Grey-Featherstonehaugh"
LONG = "+4989123456789"
LIST: SoftKeys = (Act.BACK, None, Act.NEXT, Act.SELECT)
IDLE: SoftKeys = (Act.LOG, Act.CONTACTS, Act.REDIAL, Act.MENU)
HELP: SoftKeys = (Act.LOG, Act.CONTACTS, Act.HELP, Act.MENU)
OK: SoftKeys = (None, None, None, Act.OK)
BACK: SoftKeys = (Act.BACK, None, None, None)
CODE: SoftKeys = (Act.CANCEL, Act.DELETE, None, Act.OK)
TEST: SoftKeys = (Act.CANCEL, Act.SKIP, Act.NO, Act.YES)
MODES = ("compatible", "escrow", "forward-secret")
TROUBLES = ("E20", "E21", "E22", "E23", "E30", "E38", "E39", "E40", "E41", "E46")


def idle(missed: int = 0, quiet: bool = False, days: int | None = None) -> m.IdleScreen:
    return m.IdleScreen(NOW, "2001", "Asha Okafor", "", VALID, IDLE, missed, quiet, days)


def page() -> bytes:
    """A sheet with stripes before a camera."""
    return bytes(
        int(128 + 100 * math.sin(x / 3) * (1 if 12 < y < 52 and 20 < x < 92 else 0))
        for y in range(64)
        for x in range(112)
    )


def pin(purpose: str, typed: int = 0, **facts: object) -> m.PINScreen:
    return m.PINScreen(purpose, typed, CODE, **facts)  # type: ignore[arg-type]


def lock(typed: int = 0, **facts: object) -> m.LockScreen:
    keys: SoftKeys = (None, Act.DELETE, None, Act.OK) if typed else NO_KEYS
    return m.LockScreen(NOW, typed, keys, **facts)  # type: ignore[arg-type]


def part(name: str, wants: str, keys: SoftKeys = TEST, **facts: object) -> m.SelfTestScreen:
    return m.SelfTestScreen(name, self_test.PARTS.index(name) + 1, wants, keys, **facts)  # type: ignore[arg-type]


PEOPLE = (
    m.Row(text="Asha Okafor", right="2001"),
    m.Row(text="Łukasz Żak", right="2047  (2)"),
    m.Row(text="Ben Idowu", right="2002"),
    m.Row(text="Maya Ramanathan-Grey", right="+44 20"),
)
PAST = (
    m.Row(text="Łukasz Żak", right="12:31", sign="missed"),
    m.Row(text="Ben Idowu", right="09:05", sign="in"),
    m.Row(text="2099", day=date(2026, 11, 21), sign="out"),
)
SETTINGS = tuple(
    m.Row(f"setting {entry}", right_key=value[0], right=value[1], value=value[2])
    for entry, value in zip(
        setting_pages.ENTRIES,
        [
            ("language en", "", None),
            ("melody silent", "", None),
            ("", "10", None),
            ("", "5", None),
            ("", "5", None),
            ("on", "", None),
            ("on", "", None),
            ("off", "", None),
            ("minutes", "", 60),
            ("off", "", None),
            ("country uk", "", None),
            ("", "22–07", None),
            ("never", "", None),
        ],
        strict=True,
    )
)

DESK_SPECIMENS: dict[str, m.Model] = {
    "idle_missed": idle(missed=3),
    "idle_missed_many": idle(missed=120),
    "idle_quiet": idle(quiet=True),
    "idle_days_left": idle(days=7),
    "idle_last_day": idle(missed=1, days=1),
    "idle_help": m.IdleScreen(NOW, "2001", "Asha Okafor", "E21", VALID, HELP, 1),
    **{
        f"menu_{number}": m.ListScreen(tuple(m.Row(f"menu {entry}") for entry in menu.MAIN), number, LIST)
        for number in (0, 4, 8)
    },
    "menu_admin": m.ListScreen(tuple(m.Row(f"menu {entry}") for entry in menu.ADMIN), 1, LIST),
    "months": m.ListScreen(
        (m.Row(month=date(2026, 11, 1), right_key="month now"), m.Row(month=date(2026, 12, 1))), 0, LIST
    ),
    "month_now": m.MonthScreen(date(2026, 11, 1), True, (Act.CANCEL, None, None, Act.WIPE)),
    "month_other": m.MonthScreen(date(2026, 12, 1), False, (Act.CANCEL, None, None, Act.WIPE)),
    **{
        f"told_{what.replace(' ', '_')}": m.ToldScreen(what, OK)
        for what in ("no months", "month removed", "month kept E11", "month kept E30", "month kept E41")
    },
    "wipe": m.WipeScreen(False, (Act.CANCEL, None, None, Act.WIPE)),
    "wiped": m.WipeScreen(True, OK),
    "about": m.AboutScreen("0.1.0", "+442079462001", "Ministry Mgmt", BACK),
    **{
        f"about_{mode}": m.AboutScreen("0.1.0", "+442079462001", "Ministry Mgmt", BACK, mode=mode)
        for mode in MODES
    },
    "log": m.ListScreen(PAST, 0, (Act.BACK, Act.DETAILS, Act.NEXT, Act.CALL), numbered=False),
    "log_empty": m.ListScreen((), 0, BACK, numbered=False, empty="log empty"),
    "log_off": m.ListScreen((), 0, BACK, numbered=False, empty="log off"),
    "log_by_policy": m.ToldScreen("log by policy", OK),
    "log_call": m.PastCallScreen(
        "Łukasz Żak", "2047", "in", NOW, 277, (Act.BACK, Act.ADD, Act.CLEAR, Act.CALL)
    ),
    "log_missed": m.PastCallScreen("", LONG, "missed", NOW, 0, (Act.BACK, Act.ADD, Act.CLEAR, Act.CALL)),
    "log_clear": m.QuestionScreen("clear log", "", (Act.CANCEL, None, None, Act.CLEAR)),
    "people": m.ListScreen(PEOPLE, 1, LIST, numbered=False),
    "people_typed": m.ListScreen(
        PEOPLE[1:2], 0, (Act.BACK, Act.DELETE, Act.NEXT, Act.SELECT), numbered=False, typed="585"
    ),
    "people_none": m.ListScreen((), 0, BACK, numbered=False, empty="book empty"),
    "people_nobody": m.ListScreen(
        (), 0, (Act.BACK, Act.DELETE, None, Act.ADD), numbered=False, typed="2099", empty="nobody"
    ),
    "person": m.PersonScreen(
        "Łukasz Żak", "2047", "in contacts", "2", (Act.BACK, Act.DELETE, Act.SPEED, Act.CALL)
    ),
    "person_long": m.PersonScreen(
        LONG_NAME, LONG, "in directory", "", (Act.BACK, Act.ADD, Act.SPEED, Act.CALL)
    ),
    "person_delete": m.QuestionScreen("delete contact", "Łukasz Żak", (Act.CANCEL, None, None, Act.DELETE)),
    "person_key": m.KeyingScreen("Łukasz Żak", "2047", "25", (Act.CANCEL, Act.DELETE, None, None)),
    "person_name": m.NamingScreen("2099", "Zoë Q", False, (Act.CANCEL, Act.DELETE, None, Act.SAVE)),
    "person_name_empty": m.NamingScreen(LONG, "", True, (Act.CANCEL, Act.DELETE, None, None)),
    "book_full": m.ToldScreen("book full", OK),
    **{f"settings_{row}": m.ListScreen(SETTINGS, row, LIST) for row in (1, 4, 7, 10, 12)},
    "setting_language": m.ListScreen(
        (m.Row("language en", sign="chosen"), m.Row("language de"), m.Row("language fr")), 1, LIST
    ),
    "setting_country": m.ListScreen(
        tuple(m.Row(f"country {name}", sign="chosen" * (name == "us")) for name in ("uk", "us", "de")),
        1,
        LIST,
    ),
    "setting_melody": m.ListScreen(
        tuple(m.Row(f"melody {name}") for name in ("classic", "soft", "trill")), 0, LIST
    ),
    "setting_volume": m.ScaleScreen("ear", 7, (Act.BACK, None, Act.SOFTER, Act.LOUDER)),
    "setting_pin": m.ListScreen((m.Row("pin change"), m.Row("pin remove")), 0, LIST),
    **{f"volume_{sound}": m.VolumeScreen(idle(), sound, 6) for sound in ("ear", "speaker", "ring")},
    **{
        f"pin_{purpose}": pin(purpose, 5)
        for purpose in ("enrol", "wipe", "month", "clock", "remove", "old", "new", "repeat")
    },
    **{
        f"pin_{trouble}": pin("old", trouble=trouble, tries=9)
        for trouble in ("E47", "E48", "E41", "E11", "E46", "different")
    },
    "pin_wait": pin("old", trouble="E48", wait=125),
    "pin_eighth": pin("wipe", trouble="E47", tries=2),
    "pin_last": pin("wipe", trouble="E47", tries=1),
    "pin_checking": pin("old", asking=True),
    **{
        f"told_{what.replace(' ', '_')}": m.ToldScreen(what, OK)
        for what in ("pin set", "pin removed", "no pin")
    },
    "locked": lock(),
    "locked_typed": lock(6, missed=2),
    "locked_wrong": lock(trouble="E47", tries=9),
    "locked_eighth": lock(trouble="E47", tries=2),
    "locked_last": lock(trouble="E47", tries=1),
    "locked_wait": lock(trouble="E48", wait=900, tries=3),
    "locked_checking": lock(asking=True),
    "erase_asking": m.EraseScreen("asking", 0.0, keys=(Act.CANCEL, None, None, Act.WIPE)),
    "erase_filling": m.EraseScreen("asking", 0.62, keys=(Act.CANCEL, None, None, Act.WIPE)),
    "erase_erasing": m.EraseScreen("erasing"),
    "erase_erased": m.EraseScreen("erased", keys=OK),
    "erase_E49": m.EraseScreen("erased", code="E49", keys=OK),
    "erase_kept_E11": m.EraseScreen("kept", code="E11", keys=OK),
    "erase_kept_E41": m.EraseScreen("kept", code="E41", keys=OK),
    **{
        f"notice_{what.replace(' ', '_')}": m.ToldScreen(what, OK, version="10.12.3")
        for what in ("update ready", "updated", "rolled back", *(f"update E6{n}" for n in range(6)))
    },
    "clock_question": m.ClockScreen(
        datetime(2026, 12, 14, 10, 3), datetime(2026, 11, 22, 18, 0), (Act.NO, None, None, Act.YES)
    ),
    "clock_set": m.ToldScreen("clock set", OK),
    "clock_agrees": m.ToldScreen("clock agrees", OK),
    "clock_not_set": m.ToldScreen("clock not set", OK),
    "restart": m.QuestionScreen("restart", "", (Act.NO, None, None, Act.YES)),
    "notice_restart_E65": m.ToldScreen("restart E65", OK),
    "notice_restart_E67": m.ToldScreen("restart E67", OK),
    "notice_keys_end": m.ToldScreen("keys end", OK, 7, VALID),
    "notice_keys_last_day": m.ToldScreen("keys end", OK, 1, VALID),
    **{
        f"notice_{what.replace(' ', '_')}": m.ToldScreen(what, OK)
        for what in ("damaged settings", "damaged contacts", "damaged log", "not stored")
    },
    "status_who": m.TableScreen(
        "status",
        (
            ("status number", "+442079462001"),
            ("status domain", "ministry.sv.example"),
            ("status months", "2026-11 2026-12"),
            ("status server", "crs.ministry.sv.example:5061"),
        ),
        0,
        4,
        (Act.BACK, None, Act.NEXT, None),
    ),
    **{
        f"status_policy_{mode}": m.TableScreen(
            "status",
            (
                ("status openings", "3"),
                (f"mode {mode}", ""),
                (f"mode {mode} hint", ""),
                ("status log off" if mode == "escrow" else "status log on", ""),
            ),
            1,
            4,
            (Act.BACK, None, Act.NEXT, None),
        )
        for mode in (*MODES, "unknown")
    },
    "status_sound": m.TableScreen(
        "status",
        (
            ("status loss", "0.4 %  (12)"),
            ("status jitter", "3 / 60 ms"),
            ("status trip", "24 ms"),
            ("status rejected", "0 / 1"),
        ),
        2,
        4,
        (Act.BACK, None, Act.NEXT, None),
    ),
    "status_no_call": m.TableScreen(
        "status", (("status no call", ""), ("status trip", "–")), 2, 4, (Act.BACK, None, Act.NEXT, None)
    ),
    "status_phone": m.TableScreen(
        "status",
        (
            ("status version", "0.1.0"),
            ("status board", "virtual"),
            ("status uptime", "12 d 04:31"),
            ("status clock", "2026-11-22 12:48:00"),
        ),
        3,
        4,
        (Act.BACK, None, Act.NEXT, None),
    ),
    **{f"advice_{code}": m.AdviceScreen(code, BACK) for code in TROUBLES},
    "test_keys": part(
        "keys", "press every key", NO_KEYS, missing=("#", "*", "0", "7", "8", "9", "mute", "soft4", "vol+")
    ),
    "test_hook": part("hook", "lay down and OK", (Act.CANCEL, Act.SKIP, None, Act.OK)),
    "test_hook_lift": part("hook", "lift", (Act.CANCEL, Act.SKIP, None, None)),
    "test_hook_lay_down": part("hook", "lay down", (Act.CANCEL, Act.SKIP, None, None)),
    "test_lamps": part("lamps", "lamps lit?"),
    **{f"test_display_{pattern}": m.PatternScreen(pattern) for pattern in self_test.PATTERNS},
    "test_display": part("display", "patterns whole?"),
    "test_microphone": part("microphone", "lift to speak", (Act.CANCEL, Act.SKIP, None, None)),
    "test_microphone_level": part("microphone", "speak", (Act.CANCEL, Act.SKIP, None, None), level=7),
    "test_ear": part("ear", "lift to hear", (Act.CANCEL, Act.SKIP, None, None)),
    "test_ear_tone": part("ear", "tone heard?"),
    "test_camera": part("camera", "show something near", view=page(), focus=23),
    **{
        f"test_{name}": part(name, "", (Act.CANCEL, Act.SKIP, None, None))
        for name in ("network", "clock", "vault")
    },
    **{
        f"test_failed_{name}": m.FailureScreen(name, "", (Act.BACK, None, Act.NEXT, Act.OK))
        for name in self_test.PARTS
    },
    "test_failed_keys_named": m.FailureScreen("keys", "# 7 soft2 vol+", OK),
    "test_failed_hook_polarity": m.FailureScreen("hook", "polarity", OK),
    "test_summary": m.SummaryScreen(
        tuple(
            (name, {"hook": "E51", "camera": "skipped", "vault": "E59"}.get(name, "passed"))
            for name in self_test.PARTS
        ),
        OK,
    ),
}
