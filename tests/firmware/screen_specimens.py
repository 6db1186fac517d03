"""One model for every screen worth looking at."""

from __future__ import annotations

import math
from datetime import date, datetime

from firmware.acts import NO_KEYS, Act, SoftKeys
from firmware.call_events import Assurance
from firmware.reasons import REFUSALS, Why
from firmware.screens import models as m

from .desk_specimens import DESK_SPECIMENS

NOW = datetime(2026, 11, 22, 12, 48)
VALID = date(2026, 11, 30)
BEN = "+4989123456789"


def keys(first: Act | None, second: Act | None, third: Act | None, fourth: Act | None) -> SoftKeys:
    return first, second, third, fourth


IDLE = keys(None, None, Act.REDIAL, Act.MENU)
DIAL = keys(Act.DELETE, None, Act.CLEAR, Act.CALL)
END = keys(None, None, None, Act.END)
CALL = keys(Act.HOLD, None, Act.MUTE, Act.END)
OK = keys(None, None, None, Act.OK)
AGAIN = keys(Act.CANCEL, None, None, Act.AGAIN)
CANCEL = keys(Act.CANCEL, None, None, None)


def camera(tilt: float = 0.2, size: float = 24.0) -> bytes:
    """A page with a pattern, held a little askew: what a viewfinder might show."""
    octets = bytearray()
    for y in range(64):
        for x in range(112):
            u = (x - 58) * math.cos(tilt) + (y - 32) * math.sin(tilt)
            v = (y - 32) * math.cos(tilt) - (x - 58) * math.sin(tilt)
            if max(abs(u), abs(v)) > size:
                octets.append(70 - x // 4)
            elif max(abs(u), abs(v)) > size - 3:
                octets.append(235)
            else:
                octets.append(240 if (int(u * 0.7 + 99) * 7 + int(v * 0.7 + 99) * 13) % 5 < 2 else 25)
    return bytes(octets)


FOUND = ((39, 4), (86, 14), (76, 61), (29, 51))
"""The corners of what `camera()` shows."""


def over(why: Why) -> m.OverScreen:
    """A reason, off-hook; those that wait on-hook for somebody to read them have OK."""
    name = "Łukasz Żak" if why in (Why.ENDED, Why.MISSED) else ""
    return m.OverScreen(why, "2047", name, 277, OK if why in REFUSALS | {Why.MISSED} else NO_KEYS)


def troubles() -> dict[str, m.Model]:
    codes = [f"E{number:02}" for number in range(1, 14) if number != 8]
    codes += ["E12 pending", "E03 pack", "E04 pack", "E22", "E23", "E41", "E43", "E46"]
    return {
        f"trouble_{code.replace(' ', '_')}": m.TroubleScreen(code, datetime(1970, 1, 1), AGAIN)
        for code in codes
    }


def idle(number: str = "2001", name: str = "Asha Okafor", trouble: str = "") -> m.IdleScreen:
    return m.IdleScreen(NOW, number, name, trouble, VALID, IDLE)


HELD = m.OtherCall("held", "2047", "Łukasz Żak")
WAITS = m.OtherCall("waiting", "3310", "Maya Ramanathan-Grey")
KNOCK = keys(Act.DECLINE, Act.MUTE, Act.END, Act.ANSWER)
RESUME = keys(Act.RESUME, Act.NEW_CALL, None, Act.END)
SWAP = keys(Act.SWAP, None, Act.MUTE, Act.END)
RING = keys(Act.DECLINE, Act.SILENCE, None, Act.ANSWER)


def in_call(
    assurance: Assurance = "verified",
    held: str = "",
    *,
    hands_free: bool = False,
    recall: bool = False,
    other: m.OtherCall | None = None,
    soft: SoftKeys = CALL,
) -> m.CallScreen:
    who = ("3310", "Maya Ramanathan-Grey") if other is HELD else ("2047", "Łukasz Żak")
    return m.CallScreen("secure", *who, 277, 7, False, None, soft, assurance, held, hands_free, recall, other)


CALLS: dict[str, m.Model] = {
    "dialling_match": m.DiallingScreen("204", True, DIAL, match=("Łukasz Żak", "in directory")),
    "dialling_speed": m.DiallingScreen("2", True, DIAL, match=(BEN, "speed dial")),
    "dialling_hands_free": m.DiallingScreen("204", True, DIAL, hands_free=True),
    "dialling_beside": m.DiallingScreen("", True, keys(Act.RESUME, None, Act.REDIAL, None), other=HELD),
    "dialling_forgotten": m.DiallingScreen("", True, keys(None, None, Act.REDIAL, None), forgotten=True),
    "calling_hands_free": m.CallingScreen("ringing out", "2047", True, END, hands_free=True),
    "calling_beside": m.CallingScreen("calling", "3310", True, END, other=HELD),
    "calling_test": m.CallingScreen("calling", "", True, END, test=True),
    "calling_test_on_hook": m.CallingScreen("calling", "", False, END, test=True),
    "calling_test_answered": m.CallingScreen("answered", "", False, END, test=True),
    "incoming_stranger": m.IncomingScreen(BEN, "Maya Ramanathan-Grey", RING),
    "incoming_lifted": m.IncomingScreen("3310", "Maya Ramanathan-Grey", RING, lifted=True),
    "incoming_beside": m.IncomingScreen("3310", "Maya Ramanathan-Grey", RING, other=HELD),
    "incoming_gateway": m.IncomingScreen("3310", "Maya Ramanathan-Grey", RING, "gateway"),
    "incoming_unverified": m.IncomingScreen("3310", "Maya Ramanathan-Grey", RING, "unverified"),
    "incoming_unverified_unnamed": m.IncomingScreen(BEN, "", RING, "unverified"),
    "call_hands_free": in_call(hands_free=True),
    "call_held": in_call(held="us", soft=RESUME),
    "call_held_by_them": in_call(held="them"),
    "call_held_by_both": in_call(held="both", soft=RESUME),
    "call_recall": in_call(held="us", recall=True, soft=keys(Act.RESUME, None, None, Act.END)),
    "call_waiting": in_call(other=WAITS, soft=KNOCK),
    "call_waiting_stranger": in_call(
        other=m.OtherCall("waiting", "+4989123456789", "Maya Ramanathan-Grey"), soft=KNOCK
    ),
    "call_waiting_unnamed": in_call(other=m.OtherCall("waiting", "+4989123456789", ""), soft=KNOCK),
    "call_two": in_call(other=HELD, soft=SWAP),
    "call_two_held": in_call(held="us", other=HELD, soft=keys(Act.RESUME, Act.SWAP, None, Act.END)),
    "call_gateway": in_call("gateway"),
    "call_unverified": in_call("unverified"),
    "call_unverified_held": in_call("unverified", "us", soft=RESUME),
    "call_other_missed": m.CallScreen("secure", "2047", "Łukasz Żak", 65, 3, False, Why.MISSED, CALL),
    "call_other_ended": m.CallScreen("secure", "2047", "Łukasz Żak", 65, 3, False, Why.ENDED, CALL),
    "call_other_lost": m.CallScreen("secure", "2047", "Łukasz Żak", 65, 3, False, Why.PEER_GONE, CALL),
    "call_other_unverified": m.CallScreen(
        "secure", "2047", "Łukasz Żak", 65, 3, False, Why.NEVER_SECURED, CALL
    ),
    "test_call": m.TestCallScreen("secure", 12, 8, False, keys=keys(None, None, Act.MUTE, Act.END)),
    "test_call_muted": m.TestCallScreen("secure", 12, 0, True, keys=keys(None, None, Act.UNMUTE, Act.END)),
    "test_call_hands_free": m.TestCallScreen("securing", 0, 0, False, True, keys=END),
    "over_beside": m.OverScreen(Why.BUSY, "3310", "", None, keys(Act.RESUME, None, None, None), other=HELD),
    "over_forgotten": m.OverScreen(Why.ENDED, "2047", "Łukasz Żak", 277, forgotten=True),
}

TROUBLES = ("E20", "E21", "E22", "E23", "E38", "E39", "E40", "E41", "E46")
SPECIMENS: dict[str, m.Model] = {
    "idle": idle(),
    "idle_long": idle("+4989123456789", "Maya Ramanathan-Grey"),
    "idle_connecting": idle(trouble="connecting"),
    **{f"idle_{code}": idle(trouble=code) for code in TROUBLES},
    "idle_expired": m.IdleScreen(NOW, "2001", "Asha Okafor", "", date(2026, 10, 31), IDLE),
    "not_enrolled": m.NotEnrolledScreen(NOW, keys(Act.ENROL, None, None, Act.MENU)),
    "dialling_nothing": m.DiallingScreen("", True, keys(None, None, Act.REDIAL, None)),
    "dialling": m.DiallingScreen("2047", False, DIAL),
    "dialling_long": m.DiallingScreen("+4989123456789012345", True, DIAL),
    **{
        f"calling_{stage.replace(' ', '_')}": m.CallingScreen(stage, "2047", True, END)
        for stage in ("preparing", "calling", "ringing out")
    },
    "calling_on_hook": m.CallingScreen("ringing out", BEN, False, END),
    "calling_answered": m.CallingScreen("answered", "2047", False, END),
    "incoming": m.IncomingScreen(
        "3310", "Maya Ramanathan-Grey", keys(Act.DECLINE, Act.SILENCE, None, Act.ANSWER)
    ),
    "incoming_unnamed": m.IncomingScreen(BEN, "", keys(Act.DECLINE, Act.SILENCE, None, Act.ANSWER)),
    "call_answering": m.CallScreen("answering", "3310", "Maya Ramanathan-Grey", 0, 0, False, None, END),
    "call_securing": m.CallScreen("securing", "2047", "", 0, 0, False, None, CALL),
    "call_secure": m.CallScreen("secure", "2047", "Łukasz Żak", 277, 7, False, None, CALL),
    "call_muted": m.CallScreen(
        "secure", BEN, "Maya Ramanathan-Grey", 3601, 12, True, None, keys(None, None, Act.UNMUTE, Act.END)
    ),
    "call_lost": m.CallScreen("lost", "2047", "Łukasz Żak", 277, 0, False, None, CALL),
    "call_note": m.CallScreen("secure", "2047", "Łukasz Żak", 65, 3, False, Why.KEYS_RESTARTED, CALL),
    **CALLS,
    **{f"over_{why.value}": over(why) for why in Why},
    "over_refused_stranger": m.OverScreen(Why.NOT_VERIFIED, BEN, "", None, OK),
    "over_refused_nobody": m.OverScreen(Why.NOT_PROTECTED, "", "", None, OK),
    "enrol_starting": m.ViewfinderScreen(b"", "", False, CANCEL),
    "enrol_looking": m.ViewfinderScreen(camera(), "", False, CANCEL),
    "enrol_closer": m.ViewfinderScreen(camera(0.0, 8.0), "closer", False, CANCEL),
    **{
        f"enrol_{hint}": m.ViewfinderScreen(camera(0.5), hint, False, CANCEL)
        for hint in ("back", "flat", "still", "light", "glare", "stuck")
    },
    "enrol_found": m.ViewfinderScreen(camera(), "", True, CANCEL, FOUND),
    "confirm": m.ConfirmScreen(
        "+442079462001",
        "Asha Okafor",
        "Ministry Mgmt",
        NOW.date(),
        NOW.date(),
        "7f3a19c2",
        keys(Act.CANCEL, None, None, Act.ENROL),
    ),
    "confirm_long": m.ConfirmScreen(
        BEN,
        "Maya Ramanathan-Grey-Featherstonehaugh",
        "Bundesministerium für besondere Angelegenheiten",
        NOW.date(),
        NOW.date(),
        "88b008b0",
        keys(Act.CANCEL, None, None, Act.ENROL),
    ),
    "transfer_code": m.TransferCodeScreen(6, 10, None, keys(Act.CANCEL, Act.DELETE, None, Act.OK)),
    "transfer_code_wrong": m.TransferCodeScreen(0, 10, 2, keys(Act.CANCEL, Act.DELETE, None, Act.OK)),
    **{
        f"progress_{stage}": m.ProgressScreen(stage)
        for stage in ("opening", "contacting", "storing", "registering")
    },
    "enrolled": m.EnrolledScreen("2001", "Asha Okafor", OK),
    **troubles(),
    **DESK_SPECIMENS,
}

BIG = m.IdleScreen | m.DiallingScreen | m.CallingScreen | m.IncomingScreen | m.CallScreen | m.LockScreen
BIG_SPECIMENS = {name for name, model in SPECIMENS.items() if isinstance(model, BIG)} | {
    "over_busy",
    "over_not_verified",
    "trouble_E04",
    "menu_1",
    "advice_E21",
}
"""Those that have a golden picture in large letters too, in English."""
