"""What no sequence of events may ever bring about."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.calls import step
from firmware.reasons import Why

NUMBERS = st.sampled_from(["+442079460001", "+442079460002", "+442079460003", ""])
CALLS = st.integers(1, 6)

events = st.one_of(
    st.just(on.Lifted()),
    st.just(on.HungUp()),
    st.builds(on.Key, st.sampled_from("0123456789*#")),
    st.sampled_from(list(Act)),
    st.builds(on.Line, st.sampled_from(["+442079460001", ""]), st.booleans()),
    st.builds(on.Prepared, CALLS),
    st.builds(on.Failed, CALLS, st.sampled_from(list(Why))),
    st.builds(on.Invited, CALLS, NUMBERS, st.booleans()),
    st.builds(on.Verified, CALLS, NUMBERS, st.just("Ben")),
    st.builds(on.NotVerified, CALLS),
    st.builds(on.PeerRings, CALLS),
    st.builds(on.PeerAnswered, CALLS, st.booleans()),
    st.builds(on.PeerRefused, CALLS, st.integers(300, 699)),
    st.builds(on.PeerEnded, CALLS),
    st.builds(on.Answered, CALLS),
    st.builds(on.Media, CALLS, st.sampled_from(["secured", "lost", "back", "stats", "?"])),
    st.builds(on.ServiceLost, st.sampled_from(["keys", "media", "scan"])),
    st.just("time up"),
)

# Half of the sequences start where calls are likely, so that the deep phases are visited too.
a_call_out = [
    on.Lifted(),
    *map(on.Key, "0002#"),
    on.Prepared(1),
    on.PeerRings(1),
    on.PeerAnswered(1, protected=True),
]
a_call_in = [
    on.Invited(1, "+442079460002", protected=True),
    on.Verified(1, "+442079460002", "Ben"),
    on.Lifted(),
    on.Answered(1),
]
beginnings = st.sampled_from([call[:n] for call in (a_call_out, a_call_in) for n in range(len(call) + 1)])


class Watcher:
    """Follows the effects and holds the machine to its rules after every step."""

    def __init__(self) -> None:
        self.state = at.State(own="+442079460001", up=True)
        self.microphone: int | None = None
        self.ringing = False
        self.tone = "off"
        self.secured: set[int] = set()
        self.verified: dict[int, str] = {}
        self.open: set[int] = set()
        self.lifted = False

    def take(self, event: object) -> None:
        if event == "time up":
            event = on.TimeUp(self.state.timer)
        elif isinstance(event, on.Invited):
            event = replace(event, call=self.state.calls + 1)
        match event:
            case on.Lifted():
                self.lifted = True
            case on.HungUp():
                self.lifted = False
            case on.Media(call, "secured"):
                self.secured.add(call)
            case on.Verified(call, caller, _) if self.state.verifying and self.state.verifying.call == call:
                self.verified[call] = caller
        before = self.state
        self.state, effects = step(self.state, event, now=0.0)  # type: ignore[arg-type]
        for effect in effects:
            self.follow(effect)
        self.check(before, event)

    def follow(self, effect: do.Effect) -> None:
        match effect:
            case do.Connect(call):
                self.microphone = call
            case do.Release(call):
                self.open.discard(call)
                if self.microphone == call:
                    self.microphone = None
            case do.Prepare(call, _) | do.Verify(call):
                self.open.add(call)
            case do.Ring(on_):
                self.ringing = on_
            case do.Tone(name) if not name.startswith(("dtmf", "secure")):
                self.tone = name

    def check(self, before: at.State, event: object) -> None:
        phase = self.state.phase
        assert self.state.lifted == self.lifted
        if self.microphone is not None:
            assert self.lifted, "the microphone is open on-hook"
            assert isinstance(phase, at.Talking)
            assert phase.call == self.microphone
        if isinstance(phase, at.Talking):
            assert self.microphone == phase.call
            assert not phase.secured or phase.call in self.secured, "secure without an authenticated packet"
        if isinstance(phase, at.Incoming | at.Answering):
            assert self.verified[phase.call] == phase.number, "an unverified caller is shown"
        if isinstance(phase, at.Answering) and not isinstance(before.phase, at.Answering):
            assert isinstance(event, on.Lifted), "something but the handset answered"
        if event == on.HungUp() and before.lifted:
            assert phase == at.Idle()
        assert self.ringing == (isinstance(phase, at.Incoming) and not phase.silenced)
        if not self.lifted:
            assert self.tone == "off"
        if self.tone == "ringback":
            assert isinstance(phase, at.RingingOut)
        verifying = {self.state.verifying.call} if self.state.verifying else set()
        in_hand = set() if self.state.call is None else {self.state.call}
        assert self.open <= verifying | in_hand, "a call that is over keeps something open"


@settings(max_examples=400, deadline=None)
@given(beginnings, st.lists(events, max_size=40))
def test_no_sequence_of_events_breaks_the_rules(beginning: list[on.Event], rest: list[object]) -> None:
    watcher = Watcher()
    for event in [*beginning, *rest]:
        watcher.take(event)


@settings(max_examples=200, deadline=None)
@given(beginnings, st.lists(events, max_size=40))
def test_once_the_handset_is_laid_down_all_is_quiet(beginning: list[on.Event], rest: list[object]) -> None:
    watcher = Watcher()
    for event in [*beginning, *rest, on.Lifted(), on.HungUp()]:
        watcher.take(event)
    assert watcher.state.phase == at.Idle()
    assert watcher.microphone is None
    assert not watcher.ringing
    assert watcher.tone == "off"
