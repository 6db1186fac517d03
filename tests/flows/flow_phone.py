"""A phone without a process: the pure machines put together as the services do it, and a script for fingers.

    phone.lift().sees("Dial a number")
    phone.press("2002#").sees("Setting up secure call", "2002")

Every method that does something returns the phone and remembers in words what it did; `sees` says what must
be on the display then, and makes the page of the picture book from it. Time passes only by `wait`. Clocks
show UTC (see `conftest` and `book`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from drivers.ports import HookEvent, KeyEvent
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import self_test
from firmware.house import House
from firmware.interfaces import CardSummary, KeysStatus
from firmware.living import Asked, live, tell
from firmware.reasons import Why
from firmware.screens.models import Model
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import view

from .world import ASHA, BEN, CARD, HELD, MAYA, NAMES, STEP_S, World

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


class FlowPhone(World):
    """One phone and the world around it, in somebody's hands. `held`: what its vault holds at the start."""

    def __init__(
        self,
        held: KeysStatus = HELD,
        *,
        pin: str = "",
        up: bool = True,
        records: dict[str, bytes] | None = None,
    ) -> None:
        self.pages: list[Page] = []
        self.presses = 0
        self._done: list[Done] = []
        super().__init__(held, pin=pin, records=records)
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

    def _tap(self, key: str) -> None:
        self.presses += 1
        for down in (True, False):
            self._live(KeyEvent(key, down))

    def _line(self, trouble: str) -> Self:
        self.house = replace(self.house, trouble=trouble)
        own = self.house.held.tel if self.house.held.enrolled else ""
        return self._calls("", on.Line(own, bool(own) and not trouble))


__all__ = ["ASHA", "BEN", "CARD", "HELD", "MAYA", "FlowPhone", "Page", "at"]
