"""The menu, as a pure machine: `step(menu, event) -> (menu, effect or None)`."""

from __future__ import annotations

from dataclasses import dataclass

from firmware.acts import Act

ENTRIES = ("menu enrol", "menu wipe", "menu about")


@dataclass(frozen=True, slots=True)
class Closed:
    """The menu does not show."""


@dataclass(frozen=True, slots=True)
class List:
    """The list of entries, one of them chosen."""

    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Wiping:
    """The question before every key is destroyed."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """Every key is destroyed."""


@dataclass(frozen=True, slots=True)
class About:
    """What this phone is."""


Menu = Closed | List | Wiping | Wiped | About


@dataclass(frozen=True, slots=True)
class BeginEnrolment:
    """Start enrolment."""


@dataclass(frozen=True, slots=True)
class WipeKeys:
    """Have every key destroyed."""


Effect = BeginEnrolment | WipeKeys
Step = tuple[Menu, Effect | None]


def step(menu: Menu, event: Act | str) -> Step:
    """Take a soft key, or another key by its name ('1' to '3', 'up', 'down')."""
    match menu, event:
        case Closed(), Act.MENU:
            return List(), None
        case Closed(), Act.ENROL:
            return Closed(), BeginEnrolment()
        case List(), Act.BACK:
            return Closed(), None
        case List(chosen), (Act.NEXT | "down"):
            return List((chosen + 1) % len(ENTRIES)), None
        case List(chosen), "up":
            return List((chosen - 1) % len(ENTRIES)), None
        case List(chosen), Act.SELECT:
            return _open(chosen)
        case List(), str(key) if key in ("1", "2", "3"):
            return _open(int(key) - 1)
        case Wiping(), Act.WIPE:
            return Wiped(), WipeKeys()
        case Wiping(), Act.CANCEL:
            return List(1), None
        case Wiped(), Act.OK:
            return Closed(), None
        case About(), Act.BACK:
            return List(2), None
        case _:
            return menu, None


def _open(chosen: int) -> Step:
    if chosen == 0:
        return Closed(), BeginEnrolment()
    return (Wiping() if chosen == 1 else About()), None
