"""What the four soft keys can ask for."""

from __future__ import annotations

from enum import Enum


class Act(Enum):
    """One thing a soft key does. The value is the key of its label in the catalogue."""

    DELETE = "delete"
    CLEAR = "clear"
    CALL = "call"
    REDIAL = "redial"
    DECLINE = "decline"
    SILENCE = "silence"
    MUTE = "mute"
    UNMUTE = "unmute"
    HOLD = "hold"
    RESUME = "resume"
    SWAP = "swap"
    ANSWER = "answer"
    NEW_CALL = "new call"
    END = "end"
    OK = "ok"
    MENU = "menu"
    BACK = "back"
    NEXT = "next"
    SELECT = "select"
    CANCEL = "cancel"
    ENROL = "enrol"
    AGAIN = "again"
    WIPE = "wipe"
    TEST = "test call"
    LOG = "log"
    CONTACTS = "contacts"
    HELP = "help"
    DETAILS = "details"
    ADD = "add"
    SPEED = "speed"
    SAVE = "save"
    YES = "yes"
    NO = "no"
    SKIP = "skip"
    LOUDER = "louder"
    SOFTER = "softer"


SoftKeys = tuple[Act | None, Act | None, Act | None, Act | None]
"""What soft keys 1 to 4 do now, from the left."""

NO_KEYS: SoftKeys = (None, None, None, None)


def soft_keys(
    first: Act | None = None, second: Act | None = None, third: Act | None = None, fourth: Act | None = None
) -> SoftKeys:
    """Name the soft keys that do something."""
    return first, second, third, fourth
