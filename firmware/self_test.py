"""The self-test, as a pure machine told the time: `step(test, event, now) -> (test, orders)`.

    keys ─► hook ─► lamps ─► display ─► microphone ─► ear ─► camera ─► network ─► clock ─► vault ─► summary

Each part passes, fails with its code (E50 to E59) or is skipped. A part that waits for the person gives up
after a while, so the walk always ends. Soft key 1 leaves it; on the keys' own part, where soft key 1 is a key
like the others, it does so when pressed twice in a row.
"""

from __future__ import annotations

from dataclasses import field, replace

from drivers.ports import HookEvent, KeyEvent
from firmware.acts import Act
from firmware.record import record

PARTS = ("keys", "hook", "lamps", "display", "microphone", "ear", "camera", "network", "clock", "vault")
CODES = {part: f"E{50 + place}" for place, part in enumerate(PARTS)}
BY_ITSELF = frozenset({"network", "clock", "vault"})
"""Parts that the phone looks at without a person."""

MANY_KEYS = frozenset("0123456789*#") | {"soft1", "soft2", "soft3", "soft4"}
PATTERNS = ("white", "lines", "steps", "edges")
PATIENCE_S = 30.0
PATTERN_S = 1.0
LOUD_ENOUGH = 3
"""Of 12: somebody speaks."""
SHARP_ENOUGH = 35
"""Of 100."""


@record
class Result:
    """How a part did: 'passed', 'failed' or 'skipped'. `detail` are keys missing, or why, in a word."""

    part: str
    outcome: str
    detail: str = ""

    @property
    def code(self) -> str:
        """E50 to E59 of a failed part, '' otherwise."""
        return CODES[self.part] if self.outcome == "failed" else ""


@record
class Test:
    """Where the walk is. `stage` counts within a part; `since` is when the part last moved."""

    keys: frozenset[str] = MANY_KEYS
    """The keys that this board has."""
    place: int = 0
    stage: int = 0
    since: float = 0.0
    lifted: bool = False
    pressed: frozenset[str] = frozenset()
    last_key: str = ""
    level: int = 0
    loudest: int = 0
    view: bytes = field(default=b"", repr=False)
    focus: int = 0
    results: tuple[Result, ...] = ()

    @property
    def part(self) -> str:
        """The part being tested, '' at the end."""
        return PARTS[self.place] if self.place < len(PARTS) else ""

    @property
    def failures(self) -> tuple[Result, ...]:
        """The parts that failed."""
        return tuple(result for result in self.results if result.outcome == "failed")

    @property
    def missing(self) -> frozenset[str]:
        """Keys that were not pressed yet."""
        return self.keys - self.pressed

    @property
    def wants(self) -> str:
        """What the person should do now: the key of words; '' if nothing."""
        match self.part:
            case "keys":
                return "press every key"
            case "hook":
                return ("lay down and OK", "lift", "lay down")[self.stage]
            case "lamps":
                return "lamps lit?"
            case "display":
                return "" if self.stage < len(PATTERNS) else "patterns whole?"
            case "microphone":
                return "speak" if self.lifted else "lift to speak"
            case "ear":
                return "tone heard?" if self.lifted else "lift to hear"
            case "camera":
                return "show something near"
            case _:
                return ""


# --- events -------------------------------------------------------------------------------------------------


@record
class Level:
    """What the microphone hears, 0 to 12."""

    level: int


@record
class View:
    """What the camera sees (112 x 64 grey octets) and how sharp it is, 0 to 100."""

    view: bytes = field(repr=False)
    focus: int


@record
class Looked:
    """The phone looked at a part by itself: 'passed', 'failed' or 'skipped'."""

    part: str
    outcome: str
    detail: str = ""


@record
class Tick:
    """Time passes."""


Event = KeyEvent | HookEvent | Act | Level | View | Looked | Tick


# --- orders -------------------------------------------------------------------------------------------------


@record
class Lamps:
    """Light every lamp, or leave them to the call machine again."""

    lit: bool


@record
class Listen:
    """Open the microphone and tell its level, or close it."""

    on: bool


@record
class Tone:
    """Play the test tone in the ear, or stop it."""

    on: bool


@record
class Camera:
    """Look through the camera, or close it."""

    on: bool


@record
class Look:
    """Look at a part by yourself; then Looked."""

    part: str


Order = Lamps | Listen | Tone | Camera | Look
Step = tuple[Test, tuple[Order, ...]]


def begin(keys: frozenset[str], *, lifted: bool, now: float) -> Test:
    """Return the walk at its first part."""
    return Test(keys=keys, lifted=lifted, since=now)


def step(test: Test, event: Event, now: float) -> Step:
    """Take one event; return where the walk is then, and what is to be done."""
    after = _take(test, event, now)
    if after.part != test.part:
        after = replace(after, stage=0, since=now, level=0)
    elif after.stage != test.stage or after.pressed != test.pressed:
        after = replace(after, since=now)
    return after, (*_orders(test, after),)


def leave(test: Test) -> tuple[Order, ...]:
    """What is to be done when the walk is left where it stands."""
    return tuple(_undo(order) for order in sorted(_standing(test), key=repr))


def _take(test: Test, event: Event, now: float) -> Test:
    if isinstance(event, HookEvent):
        test = replace(test, lifted=event.lifted)
    if isinstance(event, Looked):
        return _result(test, event.outcome, event.detail) if event.part == test.part else test
    if isinstance(event, Tick) and test.part and now - test.since >= PATIENCE_S:
        return _result(test, "failed", _what_is_missing(test))
    if event is Act.SKIP:
        return _result(test, "skipped")
    if event is Act.NO and test.part in ("lamps", "display", "ear", "camera"):
        return _result(test, "failed", "seen by the person")
    match test.part:
        case "keys":
            return _keys(test, event)
        case "hook":
            return _hook(test, event)
        case "lamps" if event is Act.YES:
            return _result(test, "passed")
        case "display":
            return _display(test, event, now)
        case "microphone" if isinstance(event, Level):
            heard = replace(test, level=event.level, loudest=max(test.loudest, event.level))
            return _result(heard, "passed") if test.lifted and event.level >= LOUD_ENOUGH else heard
        case "ear" if event is Act.YES and test.lifted:
            return _result(test, "passed")
        case "camera":
            return _camera(test, event)
        case _:
            return test


def _keys(test: Test, event: Event) -> Test:
    if not isinstance(event, KeyEvent) or not event.down:
        return test
    if event.key == "soft1" == test.last_key and test.missing:
        return _result(test, "skipped")
    test = replace(test, pressed=test.pressed | {event.key}, last_key=event.key)
    return test if test.missing else _result(test, "passed")


def _hook(test: Test, event: Event) -> Test:
    match test.stage, event:
        case 0, Act.OK:
            # The person says that it lies on its cradle: a switch that says otherwise is wired the other way.
            return _result(test, "failed", "polarity") if test.lifted else replace(test, stage=1)
        case 1, HookEvent(True):
            return replace(test, stage=2)
        case 2, HookEvent(False):
            return _result(test, "passed")
        case _:
            return test


def _display(test: Test, event: Event, now: float) -> Test:
    if test.stage < len(PATTERNS):
        next_one = isinstance(event, Tick) and now - test.since >= PATTERN_S
        return replace(test, stage=test.stage + 1) if next_one else test
    return _result(test, "passed") if event is Act.YES else test


def _camera(test: Test, event: Event) -> Test:
    if isinstance(event, View):
        seen = replace(test, view=event.view, focus=event.focus)
        return _result(seen, "passed") if event.focus >= SHARP_ENOUGH else seen
    return _result(test, "passed") if event is Act.YES and test.view else test


def _result(test: Test, outcome: str, detail: str = "") -> Test:
    if not test.part:
        return test
    results = (*test.results, Result(test.part, outcome, detail))
    return replace(test, place=test.place + 1, results=results)


def _what_is_missing(test: Test) -> str:
    match test.part:
        case "keys":
            return " ".join(sorted(test.missing))
        case "hook":
            return "no change"
        case "microphone" | "ear" if not test.lifted:
            return "not lifted"
        case "microphone":
            return "silence"
        case "camera" if not test.view:
            return "no picture"
        case _:
            return "no answer"


def _standing(test: Test) -> frozenset[Order]:
    """What is switched on at this place."""
    match test.part:
        case "lamps":
            return frozenset({Lamps(True)})
        case "microphone" if test.lifted:
            return frozenset({Listen(True)})
        case "ear" if test.lifted:
            return frozenset({Tone(True)})
        case "camera":
            return frozenset({Camera(True)})
        case _:
            return frozenset()


def _orders(before: Test, after: Test) -> list[Order]:
    was, now = _standing(before), _standing(after)
    orders = [_undo(order) for order in sorted(was - now, key=repr)] + sorted(now - was, key=repr)
    if after.part in BY_ITSELF and after.part != before.part:
        orders.append(Look(after.part))
    return orders


def _undo(order: Order) -> Order:
    match order:
        case Lamps():
            return Lamps(False)
        case Listen():
            return Listen(False)
        case Tone():
            return Tone(False)
        case Camera():
            return Camera(False)
        case Look():
            return order
