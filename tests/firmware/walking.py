"""A whole phone without a part, its services and its neighbours: what people do, and what happens, at random.

Everything that the phone asks for is answered sooner or later, well or badly, as a service or a colleague
would; timers run out when they are due; the cradle is read as `firmware.hook` reads it.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from drivers.ports import HookEvent, KeyEvent
from drivers.virtual_wire import KEYS
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import self_test
from firmware.erase import CHORD
from firmware.fingers import route
from firmware.foreground import foreground
from firmware.hook import Cradle, Edge, Waited, can_flash
from firmware.hook import step as hook_step
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import CardSummary, KeysStatus
from firmware.living import Asked, later, tell
from firmware.reasons import Why
from firmware.update_news import News

from .desk_house import ASHA, BEN, HELD, LUKASZ

CARD = CardSummary(ASHA, "Asha Okafor", "Ministry Mgmt", 1795305600, 1796083200, "2026-11", "7F3A19C2", True)
SOFT = ("soft1", "soft2", "soft3", "soft4")
PRESSED = (*sorted(KEYS), *SOFT * 8, *"#*" * 2)
TICK_S = 1.0


@dataclass
class Walk:
    """One phone in its world. `trail` is what happened last; `asked` everything that was asked for last."""

    house: House
    chance: random.Random
    trail: deque[str] = field(default_factory=lambda: deque(maxlen=60))
    asked: list[Asked] = field(default_factory=list)
    handset: bool = False
    """True while the handset is in somebody's hand."""
    cradle: Cradle = field(default_factory=Cradle)
    timers: dict[str, tuple[float, int]] = field(default_factory=dict)
    pending: list[Asked] = field(default_factory=list)

    # --- what is done

    def at_random(self) -> None:
        """Let one thing happen."""
        what = self.chance.random()
        if what < 0.55:
            self.press(self.chance.choice(PRESSED))
        elif what < 0.66:
            self.hook(not self.handset)
        elif what < 0.78 and self.pending:
            self.answer_one()
        elif what < 0.92:
            self.wait(self.chance.choice((0.05, 0.3, 0.7, 1.0, 3.0, 7.0)))
        else:
            self.chance.choice(RARE)(self)

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        self.trail.append(f"{key} {foreground(self.house)}")
        self._move(KeyEvent(key, True))
        self._move(KeyEvent(key, False))

    def hold(self, *keys: str, seconds: float) -> None:
        """Hold keys down together for a while."""
        self.trail.append(f"hold {keys} {seconds}")
        for key in keys:
            self._move(KeyEvent(key, True))
        self.wait(seconds)
        for key in keys:
            self._move(KeyEvent(key, False))

    def hook(self, lifted: bool) -> None:
        """Lift the handset, or lay it down."""
        if lifted != self.handset:
            self.trail.append("lift" if lifted else "lay down")
            self.handset = lifted
            self._move(HookEvent(lifted))

    def wait(self, seconds: float) -> None:
        """Let time pass: timers that are due, and the tick of the desk."""
        self.trail.append(f"wait {seconds}")
        until = self.house.monotonic + seconds
        while True:
            due = min(((moment, name) for name, (moment, _) in self.timers.items()), default=(until, ""))
            down = self.cradle.deadline
            if down is not None and down <= min(due[0], until):
                self._to(down)
                self._cradle_moved(Waited())
            elif due[1] and due[0] <= until:
                self._to(due[0])
                _, serial = self.timers.pop(due[1])
                if due[1] == "enrolment":
                    self.tell("enrolment", en.TimeUp(serial))
                else:
                    self.tell("calls", on.TimeUp(serial))
            else:
                break
        self._to(until)

    def tell(self, machine: str, event: on.Event | en.Event | dk.Event) -> None:
        """Let a machine take an event, and keep what is asked for."""
        lifted = self.house.calls.lifted
        self.house, asked = tell(self.house, machine, event)
        if machine == "desk" and self.house.calls.lifted != lifted:
            self.cradle = Cradle(self.house.calls.lifted)  # the desk's word passes the cradle too
        self._keep(asked)

    def line(self, up: bool) -> None:
        """Lose the server, or find it again."""
        self.trail.append(f"line {up}")
        held = self.house.held
        self.tell("calls", on.Line(held.tel if held.enrolled else "", up and held.enrolled))

    def holds(self, status: KeysStatus) -> None:
        """Let the key service say that it holds something else."""
        self.house = replace(self.house, held=status)
        self.tell("desk", dk.StatusCame(status))

    # --- inside

    def _to(self, moment: float) -> None:
        while self.house.monotonic < moment:
            step = min(TICK_S, moment - self.house.monotonic)
            self.house = later(self.house, step)
            self.tell("desk", dk.Ticked())

    def _move(self, event: KeyEvent | HookEvent) -> None:
        for machine, meant in route(self.house, event):
            if isinstance(meant, on.Lifted | on.HungUp):
                self._cradle_moved(Edge(isinstance(meant, on.Lifted)))
            else:
                self.tell(machine, meant)

    def _cradle_moved(self, event: Edge | Waited) -> None:
        calls = self.house.calls
        self.cradle, meanings = hook_step(
            self.cradle, event, now=self.house.monotonic, flashes=can_flash(calls)
        )
        for meaning in meanings:
            self.tell("calls", meaning)

    def _keep(self, asked: tuple[Asked, ...]) -> None:
        self.asked += asked
        for effect in asked:
            match effect:
                case do.Timer(serial, seconds, of):
                    self._timer(of, serial, seconds)
                case en.Timer(serial, seconds):
                    self._timer("enrolment", serial, seconds)
                case dk.WantTest():
                    self.tell("desk", dk.BeginTest())
                case _ if isinstance(effect, ANSWERED):
                    self.pending.append(effect)

    def _timer(self, name: str, serial: int, seconds: float | None) -> None:
        self.timers.pop(name, None)
        if seconds is not None:
            self.timers[name] = (self.house.monotonic + seconds, serial)

    # --- services and neighbours

    def answer_one(self) -> None:
        """Let a service or a colleague answer one of the things that were asked for, well or badly."""
        effect = self.pending.pop(self.chance.randrange(len(self.pending)))
        well = self.chance.random() < 0.8
        self.trail.append(f"answer {type(effect).__name__} {'well' if well else 'badly'}")
        match effect:
            case do.Prepare(call) | do.PrepareEcho(call):
                self.tell("calls", on.Prepared(call) if well else on.Failed(call, Why.NO_KEYS))
            case do.SendInvite(call):
                self.tell("calls", on.PeerRings(call) if well else on.PeerRefused(call, 486))
                if well:
                    self.tell("calls", on.PeerAnswered(call, protected=True))
            case do.Answer(call):
                self.tell("calls", on.Answered(call) if well else on.Failed(call, Why.NO_SOUND))
            case do.Connect(call):
                if well:
                    self.tell("calls", on.Media(call, "secured"))
            case dk.Unlock() | dk.SetPIN():
                self.tell("desk", dk.PINTaken() if well else dk.PINRefused("E47", 3, 5))
                if well and isinstance(effect, dk.SetPIN):
                    self.holds(replace(self.house.held, pin=bool(effect.new)))
            case dk.WipeKeys():
                self.tell("desk", dk.Wiped() if well else dk.NotWiped("E11"))
                if well:
                    self.holds(NOTHING_HELD)
                    self.line(False)
            case dk.Recall(name):
                self.tell("desk", dk.Recalled(name, b"" if well else b"\0"))
            case dk.Find(text):
                self.tell("desk", dk.Found(text, ()))
            case dk.TestOrder(self_test.Look(part)):
                self.tell("desk", self_test.Looked(part, "passed" if well else "failed"))
            case en.OpenCamera():
                self.tell("enrolment", en.Seen(bytes(112 * 64), ""))
                self.tell("enrolment", en.Found("SV1:…") if well else en.ScanLost())
            case en.ReadCard():
                self.tell("enrolment", en.CardRead(CARD) if well else en.Refused("E04"))
            case en.Unseal():
                self.tell("enrolment", en.Unsealed() if well else en.Refused("E10"))
            case en.Contact():
                self.tell("enrolment", en.PackCame("cGFjaw==") if well else en.Refused("E21"))
            case en.Complete():
                self.tell("enrolment", en.Completed(ASHA, "Asha Okafor") if well else en.Refused("E11"))
                if well:
                    self.holds(HELD)
                    self.line(True)
                    self.tell("enrolment", en.Registered())

    def called(self) -> None:
        """Somebody calls."""
        self.trail.append("called")
        call = self.house.calls.calls + 1
        who = self.chance.choice((BEN, LUKASZ))
        self.tell("calls", on.Invited(call, who, protected=self.chance.random() < 0.9))
        if self.chance.random() < 0.9:
            self.tell("calls", on.Verified(call, who, "Ben Idowu"))
        else:
            self.tell("calls", on.NotVerified(call))

    def peer(self) -> None:
        """The other side of a call does something."""
        calls = self.house.calls
        hands = [call.call for call in (calls.phase, calls.other) if isinstance(call, at.CALL_PHASES)]
        if hands:
            call = self.chance.choice(hands)
            holds = on.PeerHolds(call, self.chance.random() < 0.5)
            event = self.chance.choice((on.PeerEnded(call), holds, on.Media(call, "lost")))
            self.trail.append(repr(event))
            self.tell("calls", event)

    def service_lost(self) -> None:
        """A service dies and is started again."""
        service = self.chance.choice(("keys", "media", "scan"))
        self.trail.append(f"{service} lost")
        self.tell("calls", on.ServiceLost(service))
        if service == "keys":
            self.tell("enrolment", en.KeysLost())

    def notice(self) -> None:
        """Something is to be read once."""
        self.trail.append("notice")
        self.tell("desk", dk.NotStored("E11"))

    def update(self) -> None:
        """Newer software is under way, or there."""
        news = self.chance.choice(
            (News("fetching", 40), News("ready", version="9.9.9"), News("failed", code="E60"), News())
        )
        self.trail.append(repr(news))
        self.tell("desk", dk.UpdateMoved(news))

    def restarted(self) -> None:
        """The phone was killed in a call."""
        self.trail.append("restarted")
        self.tell("calls", on.Restarted())

    def chord(self) -> None:
        """The emergency erase is asked for."""
        self.hold(*sorted(CHORD), seconds=self.chance.choice((1.0, 3.5)))

    def long_press(self) -> None:
        """A key is held down."""
        self.hold(self.chance.choice(sorted(KEYS)), seconds=self.chance.choice((1.0, 4.0)))


ANSWERED = (
    do.Prepare,
    do.PrepareEcho,
    do.SendInvite,
    do.Answer,
    do.Connect,
    dk.Unlock,
    dk.SetPIN,
    dk.WipeKeys,
    dk.Recall,
    dk.Find,
    dk.TestOrder,
    en.OpenCamera,
    en.ReadCard,
    en.Unseal,
    en.Contact,
    en.Complete,
)
RARE: tuple[Callable[[Walk], None], ...] = (
    Walk.called,
    Walk.called,
    Walk.called,
    Walk.peer,
    Walk.peer,
    Walk.service_lost,
    Walk.notice,
    Walk.update,
    Walk.restarted,
    Walk.chord,
    Walk.long_press,
    lambda walk: walk.line(walk.chance.random() < 0.7),
    lambda walk: walk.wait(200.0),
)
