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
CALLS = st.integers(1, 8)
SPEED = (("2", "+442079460002"),)

events = st.one_of(
    st.sampled_from([on.Lifted(), on.HungUp(), on.HandsFree(), on.Pressed(), on.Released(), on.Flash()]),
    st.builds(on.Key, st.sampled_from("0123456789*#")),
    st.builds(on.LongPress, st.sampled_from("123")),
    st.sampled_from(list(Act)),
    st.sampled_from(
        [Act.HOLD, Act.RESUME, Act.SWAP, Act.ANSWER, Act.DECLINE, Act.NEW_CALL, Act.TEST, Act.END]
    ),
    st.builds(on.Line, st.sampled_from(["+442079460001", ""]), st.booleans()),
    st.builds(on.Book, st.just(SPEED)),
    st.builds(on.DoNotDisturb, st.booleans()),
    st.just(on.Restarted()),
    st.builds(on.Prepared, CALLS),
    st.builds(on.Failed, CALLS, st.sampled_from(list(Why))),
    st.builds(on.Invited, CALLS, NUMBERS, st.booleans()),
    st.builds(
        on.Verified, CALLS, NUMBERS, st.just("Ben"), st.sampled_from(["verified", "gateway", "unverified"])
    ),
    st.just("verified"),
    st.builds(on.NotVerified, CALLS),
    st.builds(on.PeerRings, CALLS),
    st.builds(on.PeerAnswered, CALLS, st.booleans()),
    st.builds(on.PeerRefused, CALLS, st.integers(300, 699)),
    st.builds(on.PeerEnded, CALLS),
    st.builds(on.PeerHolds, CALLS, st.booleans()),
    st.builds(on.Answered, CALLS),
    st.builds(on.Media, CALLS, st.sampled_from(["secured", "lost", "back", "stats", "?"])),
    st.builds(on.ServiceLost, st.sampled_from(["keys", "media", "scan"])),
    st.just("time up"),
    st.just("other time up"),
)

# Most sequences start where calls are likely, so that the deep phases are visited too.
a_call_out = [
    on.Lifted(),
    *map(on.Key, "0002#"),
    on.Prepared(1),
    on.PeerRings(1),
    on.PeerAnswered(1, protected=True),
    on.Media(1, "secured"),
]
a_call_in = [
    on.Invited(1, "+442079460002", protected=True),
    on.Verified(1, "+442079460002", "Ben"),
    on.Lifted(),
    on.Answered(1),
    on.Media(1, "secured"),
]
hands_free = [
    on.HandsFree(),
    *map(on.Key, "0002#"),
    on.Prepared(1),
    on.PeerAnswered(1, protected=True),
]
somebody_waits = [
    *a_call_out,
    on.Invited(2, "+442079460003", protected=True),
    on.Verified(2, "+442079460003", "Cy"),
    Act.ANSWER,
    on.Answered(2),
    on.Media(2, "secured"),
    Act.SWAP,
]
a_new_call = [
    *a_call_in,
    Act.HOLD,
    Act.NEW_CALL,
    *map(on.Key, "0003#"),
    on.Prepared(2),
    on.PeerRings(2),
    on.PeerAnswered(2, protected=True),
]
a_test = [Act.TEST, on.Prepared(1), on.PeerAnswered(1, protected=True), on.Lifted()]
crossing = [
    on.Lifted(),
    *map(on.Key, "0002#"),
    on.Invited(2, "+442079460002", protected=True),
    on.Verified(2, "+442079460002", "Ben"),
]
stories = (a_call_out, a_call_in, hands_free, somebody_waits, a_new_call, a_test, crossing)
beginnings = st.sampled_from([story[:n] for story in stories for n in range(len(story) + 1)])
PERSONAL = (on.Lifted, on.HandsFree, on.Flash)
ASKED = (Act, *PERSONAL)


class Watcher:
    """Follows the effects and holds the machine to its rules after every step."""

    def __init__(self) -> None:
        self.state = at.State(own="+442079460001", up=True)
        self.microphone: int | None = None
        self.gate_open = True
        self.ringing = False
        self.tone = "off"
        self.lamp = "off"
        self.route = "handset"
        self.secured: set[int] = set()
        self.verified: dict[int, str] = {}
        self.open: set[int] = set()
        self.connected: set[int] = set()
        self.logged: list[int] = []
        self.timers: dict[str, int] = {}
        self.lifted = False
        self.pressed = False

    def take(self, event: object) -> None:
        state = self.state
        if event == "time up":
            event = on.TimeUp(state.timer)
        elif event == "other time up":
            event = on.TimeUp(state.other_timer)
        elif event == "verified":
            call, claimed = (state.verifying.call, state.verifying.claimed) if state.verifying else (99, "")
            event = on.Verified(call, claimed, "Ben")
        elif isinstance(event, on.Invited):
            event = replace(event, call=state.calls + 1)
        match event:
            case on.Lifted():
                self.lifted = True
            case on.HungUp():
                self.lifted = False
            case on.Media(call, "secured"):
                self.secured.add(call)
            case on.Verified(call, caller) if state.verifying and state.verifying.call == call:
                self.verified[call] = caller
        before = state
        self.state, effects = step(before, event, now=0.0)  # type: ignore[arg-type]
        for effect in effects:
            self.follow(effect, event)
        self.check(before, event)

    def follow(self, effect: do.Effect, event: object) -> None:
        match effect:
            case do.Connect(call):
                self.gate_open = True  # a connected call begins so, whatever was before
                self.microphone = call
                self.connected.add(call)
            case do.Hold(call, held):
                assert call in self.connected, "a call is held that is not connected"
                self.microphone = None if held and self.microphone == call else self.microphone
                if not held:
                    assert isinstance(event, ASKED), "nobody asked for the microphone"
                    self.microphone = call
            case do.Mute(closed):
                self.gate_open = not closed
            case do.Release(call):
                self.open.discard(call)
                self.connected.discard(call)
                self.gate_open = self.gate_open or not self.connected
                if self.microphone == call:
                    self.microphone = None
            case do.Prepare(call, _) | do.PrepareEcho(call) | do.Verify(call):
                self.open.add(call)
            case do.Answer():
                assert event == Act.ANSWER or isinstance(event, PERSONAL), "nobody answered"
            case do.Ring(active):
                self.ringing = active
            case do.Lamp(_, pattern):
                self.lamp = pattern
            case do.Route(to):
                self.route = to
            case do.Log(call):
                self.logged.append(call)
            case do.Timer(timer, _, of):
                assert timer not in self.timers.values(), "a serial is used twice"
                self.timers[of] = timer
            case do.Tone(name) if not name.startswith(("dtmf", "secure", "insecure")):
                self.tone = name

    def check(self, before: at.State, event: object) -> None:
        state, phase, other = self.state, self.state.phase, self.state.other
        assert state.lifted == self.lifted
        talking = [call for call in (phase, other) if isinstance(call, at.Talking)]
        if self.microphone is not None:
            assert state.off_hook, "the microphone is open on-hook and not hands-free"
            assert isinstance(phase, at.Talking)
            assert (phase.call, phase.held) == (self.microphone, False)
            assert self.gate_open != (state.muted or state.pressed)
        assert {call.call for call in talking} == self.connected
        for call in talking:
            assert not call.secured or call.call in self.secured, "secure without an authenticated packet"
            assert call.held or call.call == self.microphone
        assert not isinstance(other, at.Talking) or other.held, "two calls are heard"
        for call in (phase, other):
            if isinstance(call, at.Incoming | at.Answering):
                assert self.verified[call.call] == call.number, "an unverified caller is shown"
        assert self.ringing == (
            not state.off_hook
            and (isinstance(phase, at.Talking) or (isinstance(phase, at.Incoming) and not phase.silenced))
        )
        if event == on.HungUp() and before.lifted and not before.speaker:
            assert isinstance(phase, at.Idle | at.Incoming) or (isinstance(phase, at.Talking) and phase.held)
        if not state.off_hook:
            assert self.tone == "off"
            assert not isinstance(phase, at.OffHook)
        if self.tone == "ringback":
            assert isinstance(phase, at.RingingOut)
        assert self.route == ("speaker" if state.speaker else "handset")
        if not self.lifted and isinstance(phase, at.Idle):
            assert self.route == "handset", "hands-free outlives its use"
            assert other is None
        verifying = {state.verifying.call} if state.verifying else set()
        in_hand = {call.call for call in (phase, other) if isinstance(call, at.CALL_PHASES)}
        assert self.open <= verifying | in_hand, "a call that is over keeps something open"
        assert len(set(self.logged)) == len(self.logged), "a call is logged twice"
        assert not in_hand & set(self.logged), "a call is logged before it is over"
        self._nothing_is_forgotten(before, in_hand | verifying)

    def _nothing_is_forgotten(self, before: at.State, left: set[int]) -> None:
        for call in (before.phase, before.other):
            ended = isinstance(call, at.CALL_PHASES) and call.call not in left and call.number != at.TEST
            assert not ended or call.call in self.logged, "a call ended and is not logged"


@settings(max_examples=600, deadline=None)
@given(beginnings, st.lists(events, max_size=40))
def test_no_sequence_of_events_breaks_the_rules(beginning: list[on.Event], rest: list[object]) -> None:
    watcher = Watcher()
    for event in [*beginning, *rest]:
        watcher.take(event)


@settings(max_examples=200, deadline=None)
@given(beginnings, st.lists(events, max_size=40))
def test_once_every_call_is_ended_and_the_handset_laid_down_all_is_quiet(
    beginning: list[on.Event], rest: list[object]
) -> None:
    watcher = Watcher()
    last = [on.Lifted(), on.HungUp(), Act.DECLINE, Act.END, Act.DECLINE, Act.END, Act.OK, Act.CLEAR]
    for event in [*beginning, *rest, on.DoNotDisturb(False), *last]:
        watcher.take(event)
    if watcher.state.speaker:
        watcher.take(on.HandsFree())
    assert watcher.state.phase == at.Idle()
    assert watcher.state.other is None
    assert watcher.microphone is None
    assert watcher.gate_open
    assert not watcher.ringing
    assert watcher.lamp == "off"
    assert watcher.tone == "off"


@settings(max_examples=200, deadline=None)
@given(beginnings, st.lists(events, max_size=30))
def test_no_state_lasts_for_ever_without_a_person(beginning: list[on.Event], rest: list[object]) -> None:
    """Left alone on its cradle, the phone comes to rest, or shows what somebody has to read."""
    watcher = Watcher()
    for event in [*beginning, *rest, on.HungUp()]:
        watcher.take(event)
    for _ in range(12):
        watcher.take("other time up")
        watcher.take("time up")
    phase = watcher.state.phase
    talks = isinstance(phase, at.Talking) and watcher.state.speaker
    reads = isinstance(phase, at.Over | at.Dialling)
    assert talks or reads or isinstance(phase, at.Idle)
