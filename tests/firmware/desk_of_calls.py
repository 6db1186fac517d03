"""A call machine with a person at it, and the calls that most tests begin with."""

from __future__ import annotations

from dataclasses import dataclass, field

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.calls import step

ALICE = "+442079460001"
BOB = "+442079460002"
CY = "+442079460003"


@dataclass
class Desk:
    """The machine, and a clock that stands still until told. `seen` are the effects of the last `take`."""

    state: at.State = field(default_factory=lambda: at.State(own=ALICE, up=True))
    now: float = 100.0
    seen: list[do.Effect] = field(default_factory=list)
    log: list[do.Log] = field(default_factory=list)

    def take(self, *events: on.Event) -> list[do.Effect]:
        self.seen = []
        for event in events:
            self.state, effects = step(self.state, event, now=self.now)
            self.seen += effects
        self.log += [effect for effect in self.seen if isinstance(effect, do.Log)]
        return self.seen

    def dial(self, digits: str) -> list[do.Effect]:
        return self.take(*(on.Key(digit) for digit in digits))

    def wait(self) -> list[do.Effect]:
        return self.take(on.TimeUp(self.state.timer))

    def wait_other(self) -> list[do.Effect]:
        return self.take(on.TimeUp(self.state.other_timer))

    def knock(self, call: int = 2, number: str = CY, name: str = "Cy") -> list[do.Effect]:
        return self.take(on.Invited(call, number, protected=True), on.Verified(call, number, name))

    @property
    def phase(self) -> at.Phase:
        return self.state.phase

    @property
    def patience(self) -> float | None:
        """How long the phase may last, as the last step said."""
        return next(e.seconds for e in reversed(self.seen) if isinstance(e, do.Timer) and e.of == "phase")

    def tones(self) -> list[str]:
        return [effect.name for effect in self.seen if isinstance(effect, do.Tone)]


def talking_out() -> Desk:
    """Alice has called Bob and talks."""
    desk = Desk()
    desk.take(on.Lifted())
    desk.dial("0002#")
    desk.take(on.Prepared(1, "Bob"), on.PeerRings(1), on.PeerAnswered(1, protected=True))
    desk.take(on.Media(1, "secured"))
    return desk


def two_calls() -> Desk:
    """Alice talks to Cy, who has called her, and holds Bob."""
    desk = talking_out()
    desk.knock()
    desk.take(Act.ANSWER, on.Answered(2), on.Media(2, "secured"))
    return desk
