"""A phone without a process: the pure machines put together as the services do it, and a script for fingers.

    phone.lift().sees("Dial a number")
    phone.press("2002#").sees("Setting up secure call", "2002")

Every method that does something returns the phone and remembers in words what it did; `sees` says what must
be on the display then, and makes the page of the picture book from it. Time passes only by `wait`. Clocks
show UTC (see `conftest` and `book`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from crypto.fields import month_end, month_of
from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import self_test
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import CardSummary, DirectoryEntry, KeysStatus
from firmware.living import Asked, Lived, later, live, tell
from firmware.pin_tries import LIMIT, wait_after
from firmware.reasons import Why
from firmware.screens.models import Model
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import view

ASHA, BEN, MAYA = "+442079462001", "+442079462002", "+442079463310"
NAMES = {BEN: "Ben Yılmaz", MAYA: "Maya Ramanathan-Grey", "+442079462047": "Łukasz Żak"}
NOON = datetime(2026, 11, 12, 12, 48)
MONTH_END = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())
CARD = CardSummary(
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    issued=int(datetime(2026, 11, 12, tzinfo=UTC).timestamp()),
    expires=MONTH_END,
    month="2026-11",
    check_code="7f3a19c2",
    sealed=True,
)
HELD = replace(
    NOTHING_HELD,
    enrolled=True,
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    domain="sv.example",
    crs="crs.sv.example:5061",
    months=["2026-11"],
    expires=MONTH_END,
    bulletin=17,
    mode="compatible",
)
DIAL_PAD = frozenset("0123456789*#")
KEYS = {
    "mute": "Press the mute key",
    "speaker": "Press the speaker key",
    "vol+": "Press volume up",
    "vol-": "Press volume down",
    "up": "Press the arrow up",
    "down": "Press the arrow down",
}
CALLED: dict[on.Assurance, str] = {
    "verified": "Somebody calls",
    "gateway": "Somebody calls through a gateway",
    "unverified": "Somebody calls whose phone has no key",
}
LOST = {
    "keys": "The key service stops",
    "media": "The sound service stops",
    "scan": "The camera service stops",
}
STEP_S = 1.0
QUICK_S = 0.1


@dataclass(frozen=True)
class Done:
    """One thing that was done, as a sentence of `narration` and what fills it in."""

    sentence: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Page:
    """One picture: what was done since the one before, and what shows, in which language and letters."""

    done: tuple[Done, ...]
    model: Model
    language: str
    big: bool


class FlowPhone:
    """One phone and the world around it. `held` is what its vault holds at the start."""

    def __init__(
        self,
        held: KeysStatus = HELD,
        *,
        pin: str = "",
        up: bool = True,
        records: dict[str, bytes] | None = None,
    ) -> None:
        self.house = House(NOON, 1000.0)
        self.pages: list[Page] = []
        self.asked: list[Asked] = []
        self.presses = 0
        self._done: list[Done] = []
        self._deadlines: dict[tuple[str, int], float] = {}
        self._records = dict(records or {})
        self._pin = pin
        self._broken: set[str] = set()
        self._holds(replace(held, pin=bool(pin), locked=bool(pin)))
        if up:
            self._line("")

    # What shows

    @property
    def model(self) -> Model:
        """The screen, as facts."""
        return view(self.house)

    @property
    def text(self) -> tuple[str, ...]:
        """The screen, as words, in the language chosen."""
        settings = self.house.desk.settings
        return render(self.model, Words(settings.language), big=settings.big)[1]

    def sees(self, *texts: str) -> Self:
        """Check that each text stands on the screen, and keep its picture."""
        lines = self.text
        for text in texts:
            assert any(text in line for line in lines), f"no {text!r} on {lines}"
        settings = self.house.desk.settings
        self.pages.append(Page(tuple(self._done), self.model, settings.language, settings.big))
        self._done = []
        return self

    def never_sees(self, text: str) -> Self:
        """Check that a text does not stand on the screen."""
        assert not any(text in line for line in self.text), self.text
        return self

    # Fingers

    def lift(self) -> Self:
        """Lift the handset."""
        self.presses = 0
        return self._did("Lift the handset", *live(self.house, HookEvent(True)))

    def lay_down(self) -> Self:
        """Lay the handset down."""
        self._did("Lay the handset down", *live(self.house, HookEvent(False)))
        return self._pass(STEP_S)

    def tap_cradle(self) -> Self:
        """Tap the cradle: a hook flash."""
        self._calls("Tap the cradle", on.Pressed())
        return self._calls("", on.Flash())

    def press(self, keys: str) -> Self:
        """Press and release keys of the dial pad, or one key by its name ('mute', 'vol+')."""
        dialled = set(keys) <= DIAL_PAD
        if dialled:
            self._note("Press {keys}", keys=" ".join(keys))
        else:
            self._note(KEYS[keys])
        for key in keys if dialled else [keys]:
            self._tap(key)
        return self

    def every_key(self) -> Self:
        """Press every key of this board once, as its self-test asks."""
        self._note("Press every key")
        for key in sorted(self_test.MANY_KEYS, reverse=True):
            self._tap(key)
        return self

    def soft(self, label: str) -> Self:
        """Press the soft key with this label, once it was there long enough to be read."""
        self._pass(max(0.0, self.house.desk.steady - self.house.monotonic))
        place = self._place(label)
        self._note("Press **{label}**", label=self.model.keys[place])
        self._tap(f"soft{place + 1}")
        return self

    def hold_down(self, *keys: str, seconds: float) -> Self:
        """Hold keys down together, then let them go."""
        self._note("Hold {keys} for {seconds} seconds", keys=" ".join(keys), seconds=round(seconds))
        for key in keys:
            self._live(KeyEvent(key, True))
        self._pass(seconds + 0.2)
        for key in keys:
            self._live(KeyEvent(key, False))
        return self

    def soft_held(self, label: str, seconds: float) -> Self:
        """Hold the soft key with this label."""
        place = self._place(label)
        act = self.model.keys[place]
        self._note("Hold **{label}** for {seconds} seconds", label=act, seconds=round(seconds))
        key = f"soft{place + 1}"
        self._live(KeyEvent(key, True))
        self._pass(seconds + 0.2)
        self._live(KeyEvent(key, False))
        return self

    def wait(self, seconds: float) -> Self:
        """Let time pass."""
        if seconds < 120:
            self._note("Wait {seconds} seconds", seconds=round(seconds))
        else:
            self._note("Wait {minutes} minutes", minutes=round(seconds / 60))
        return self._pass(seconds)

    def say(self, words: str) -> Self:
        """Remember something that happened elsewhere."""
        self._note(words)
        return self

    # The other side

    def keys_made(self, assurance: on.Assurance = "verified") -> Self:
        """The key service made the I_MESSAGE of the call in hand, to the number itself or to its gateway."""
        phase = self.house.calls.phase
        name = NAMES.get(getattr(phase, "number", ""), "")
        return self._calls("The key is made", on.Prepared(self._call, name, assurance))

    def cannot(self, why: Why, said: str) -> Self:
        """Something that the call needs cannot be had."""
        return self._calls(said, on.Failed(self._call, why))

    def they_ring(self) -> Self:
        """The other phone has verified us, and rings."""
        return self._calls("The other phone has checked your key, and rings", on.PeerRings(self._call))

    def they_answer(self, *, protected: bool = True) -> Self:
        """The other side lifts."""
        return self._calls("The other one answers", on.PeerAnswered(self._call, protected))

    def they_refuse(self, status: int, said: str) -> Self:
        """A final answer to our INVITE."""
        return self._calls(said, on.PeerRefused(self._call, status))

    def they_hang_up(self) -> Self:
        """The other side ends the call, or gives up."""
        return self._calls("The other one hangs up", on.PeerEnded(self._call))

    def they_hold(self, active: bool) -> Self:
        """The other side holds the call, or takes it up again."""
        said = "The other one holds the call" if active else "The other one takes the call up again"
        return self._calls(said, on.PeerHolds(self._call, active))

    def sound(self, kind: str = "secured") -> Self:
        """The media service tells: 'secured', 'lost' or 'back'."""
        said = {"secured": "Their sound arrives", "lost": "Their sound stops", "back": "It is back"}[kind]
        return self._calls(said, on.Media(self._call, kind))

    def answered(self) -> Self:
        """Our answer is on its way."""
        return self._calls("", on.Answered(self._call))

    def called_by(self, number: str, assurance: on.Assurance = "verified") -> Self:
        """An INVITE arrives, and its caller's key verifies; or only the gateway's, or nobody's."""
        call = self.house.calls.calls + 1
        self._calls(CALLED[assurance], on.Invited(call, number, True))
        return self._calls("", on.Verified(call, number, NAMES.get(number, ""), assurance))

    def called_falsely(self, number: str, *, protected: bool) -> Self:
        """An INVITE arrives whose caller's key does not verify, or that has none."""
        call = self.house.calls.calls + 1
        self._calls("Somebody calls who cannot be verified", on.Invited(call, number, protected))
        return self._calls("", on.NotVerified(call)) if protected else self

    def calls_up_to_now(self, number: str, *, dialled: str) -> Self:
        """Dial, and talk securely at once: where many a story begins."""
        self.lift().press(dialled)
        self.keys_made().they_ring().they_answer().sound()
        assert number in str(self.house.calls.phase)
        return self

    def called_without_our_keys(self, number: str) -> Self:
        """An INVITE arrives in a month whose keys we do not hold."""
        call = self.house.calls.calls + 1
        self._calls("Somebody calls", on.Invited(call, number, True))
        return self._calls("", on.NotVerified(call, Why.NO_KEYS))

    # The house

    def line(self, trouble: str, said: str) -> Self:
        """The line to the server is lost for a reason, or ('') up again."""
        self._note(said)
        return self._line(trouble)

    def loses(self, service: str, *, trouble: str = "") -> Self:
        """A service dies. Its trouble shows while the phone is left alone."""
        self._note(LOST[service])
        self.house = replace(self.house, trouble=trouble)
        self._calls("", on.ServiceLost(service))
        if service == "keys":
            self._take(tell(self.house, "enrolment", en.KeysLost()))
        return self

    def restarted(self, said: str, event: on.Event) -> Self:
        """The phone itself comes back."""
        return self._calls(said, event)

    def at(self, when: datetime) -> Self:
        """Let it be another time."""
        self._note("It is {when}", when=when)
        self.house = replace(self.house, now=when)
        return self._pass(STEP_S)

    def holds(self, held: KeysStatus) -> Self:
        """The vault holds something else now."""
        self._holds(held)
        return self

    def breaks(self, part: str) -> Self:
        """A part of the phone will not pass the self-test; or nothing can be wiped, or stored on the disk."""
        self._broken.add(part)
        return self

    def desk(self, event: dk.Event, said: str = "") -> Self:
        """Tell the desk something that a service would."""
        self._note(said)
        self._take(tell(self.house, "desk", event))
        return self

    # Enrolment

    def enrolment(self, event: en.Event, said: str = "") -> Self:
        """Tell enrolment something that the camera, the key service or the server would."""
        self._note(said)
        self._take(tell(self.house, "enrolment", event))
        return self

    def shows_card(self, card: CardSummary = CARD) -> Self:
        """Hold a code before the camera, one that is a card."""
        return self.enrolment(en.Found("SV1:…"), "Hold the code before the camera").enrolment(
            en.CardRead(card)
        )

    def completes(self) -> Self:
        """The server's first pack opens: the new identity is the identity."""
        self.enrolment(en.Completed(ASHA, "Asha Okafor"), "The keys are stored")
        return self.holds(HELD)

    def registers(self) -> Self:
        """The server holds our binding."""
        self._line("")
        return self.enrolment(en.Registered(), "The server answers")

    # Within

    @property
    def _call(self) -> int:
        call = self.house.calls.call
        assert call is not None, self.house.calls
        return call

    def _note(self, sentence: str, **values: object) -> None:
        if sentence:
            self._done.append(Done(sentence, tuple(values.items())))

    def _place(self, label: str) -> int:
        labels = self.text[-1].split(" | ")
        assert label in labels, f"no soft key {label!r}: {self.text}"
        return labels.index(label)

    def _did(self, words: str, house: House, asked: tuple[Asked, ...]) -> Self:
        self._note(words)
        return self._take((house, asked))

    def _calls(self, said: str, event: on.Event) -> Self:
        return self._did(said, *tell(self.house, "calls", event))

    def _live(self, event: KeyEvent | HookEvent) -> None:
        self._take(live(self.house, event))

    def _tap(self, key: str) -> None:
        self.presses += 1
        for down in (True, False):
            self._live(KeyEvent(key, down))

    def _line(self, trouble: str) -> Self:
        self.house = replace(self.house, trouble=trouble)
        own = self.house.held.tel if self.house.held.enrolled else ""
        return self._calls("", on.Line(own, bool(own) and not trouble))

    def _holds(self, held: KeysStatus) -> None:
        self.house = replace(self.house, held=held)
        self._take(tell(self.house, "desk", dk.StatusCame(held)))
        up = self.house.calls.up and held.enrolled
        self._calls("", on.Line(held.tel if held.enrolled else "", up))

    def _pass(self, seconds: float) -> Self:
        end = self.house.monotonic + seconds
        while self.house.monotonic < end - 1e-6:
            quick = bool(self.house.desk.held) or seconds < 5
            step = min(QUICK_S if quick else STEP_S, end - self.house.monotonic)
            self.house = later(self.house, step)
            due = [key for key, when in self._deadlines.items() if when <= self.house.monotonic + 1e-6]
            for machine, serial in due:
                self._deadlines.pop((machine, serial), None)
                event = on.TimeUp(serial) if machine == "calls" else en.TimeUp(serial)
                self._take(tell(self.house, machine, event))
            self._take(tell(self.house, "desk", dk.Ticked()))
        return self

    def _take(self, lived: Lived) -> Self:
        self.house, asked = lived
        self.asked += asked
        for effect in asked:
            self._serve(effect)
        return self

    def _serve(self, effect: Asked) -> None:
        """Do what the services would do at once: timers, records, the directory, PINs, wiping."""
        match effect:
            case do.Timer(serial, seconds):
                self._set("calls", serial, seconds)
            case en.Timer(serial, seconds):
                self._set("enrolment", serial, seconds)
            case dk.Recall(name):
                self._take(tell(self.house, "desk", dk.Recalled(name, self._records.get(name, b""))))
            case dk.Remember() if "disk" in self._broken:
                self._take(tell(self.house, "desk", dk.NotStored("E11")))
            case dk.Remember(name, octets):
                self._records[name] = octets
            case dk.Find(text, also):
                self._take(tell(self.house, "desk", dk.Found(text, _found(text, *also))))
            case dk.WantTest():
                self._take(tell(self.house, "desk", dk.BeginTest()))
            case dk.Unlock(pin):
                verdict = self._judge(pin)
                self._take(tell(self.house, "desk", verdict))
            case dk.SetPIN(old, new):
                verdict = self._judge(old) if self._pin else dk.PINTaken()
                if isinstance(verdict, dk.PINTaken):
                    self._pin = new
                    self._holds(replace(self.house.held, pin=bool(new)))
                self._take(tell(self.house, "desk", verdict))
            case dk.AcceptTime() if "clock" in self._broken:
                self._take(tell(self.house, "desk", dk.TimeTaken("E39")))
            case dk.AcceptTime():
                self._holds(replace(self.house.held, proposed=0))
                self._take(tell(self.house, "desk", dk.TimeTaken()))
            case dk.RemoveMonth() if "wipe" in self._broken:
                self._take(tell(self.house, "desk", dk.MonthRemoved("E11")))
            case dk.RemoveMonth(month):
                left = [held for held in self.house.held.months if held != month]
                expires = max((month_end(held) for held in left), default=0)
                keyless = month_of(int(self.house.now.timestamp())) not in left
                self._holds(replace(self.house.held, months=left, expires=expires, keyless=keyless))
                self._take(tell(self.house, "desk", dk.MonthRemoved()))
            case dk.WipeKeys() if "wipe" in self._broken:
                self._take(tell(self.house, "desk", dk.NotWiped("E11")))
            case dk.WipeKeys():
                self._wipe()
                self._take(tell(self.house, "desk", dk.Wiped()))
            case dk.TestOrder(self_test.Look(part)):
                outcome = "failed" if part in self._broken else "passed"
                self._take(tell(self.house, "desk", self_test.Looked(part, outcome)))

    def _set(self, machine: str, serial: int, seconds: float | None) -> None:
        self._deadlines.pop((machine, serial), None)
        if seconds is not None:
            self._deadlines[machine, serial] = self.house.monotonic + seconds

    def _judge(self, pin: str) -> dk.PINTaken | dk.PINRefused:
        held = self.house.held
        if pin == self._pin:
            self._holds(replace(held, locked=False, tries=LIMIT))
            return dk.PINTaken()
        left = held.tries - 1
        if left == 0:
            self._wipe()
            return dk.PINRefused("E49")
        self.house = replace(self.house, held=replace(held, tries=left))
        return dk.PINRefused("E47", wait_after(LIMIT - left), left)

    def _wipe(self) -> None:
        self._records.clear()
        self._pin = ""
        self._holds(NOTHING_HELD)


def _found(*texts: str) -> tuple[DirectoryEntry, ...]:
    """What a signed directory answers: digits match either end of a number, letters a word of a name."""
    return tuple(
        DirectoryEntry(tel, name)
        for tel, name in NAMES.items()
        if any(
            tel.endswith(text) or tel[-4:].startswith(text) or spoken(name, text) for text in texts if text
        )
    )


def spoken(name: str, text: str) -> bool:
    """Say whether a word of a name begins with a text."""
    return any(word.casefold().startswith(text.casefold()) for word in name.split())


__all__ = ["ASHA", "BEN", "CARD", "HELD", "MAYA", "FlowPhone", "Page", "at"]
