"""The self-test: what passes, what fails with which code, and that it always ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.ports import HookEvent, KeyEvent
from firmware import self_test as t
from firmware.acts import Act
from firmware.self_test_report import report

KEYS = frozenset({"1", "2", "soft1", "soft4"})


def at(part: str, *, lifted: bool = False) -> t.Test:
    return t.Test(keys=KEYS, place=t.PARTS.index(part), since=0.0, lifted=lifted)


def after(test: t.Test, *events: t.Event, now: float = 1.0) -> t.Test:
    for event in events:
        test = t.step(test, event, now)[0]
    return test


def verdict(test: t.Test) -> tuple[str, str, str]:
    result = test.results[-1]
    return result.outcome, result.code, result.detail


def down(key: str) -> KeyEvent:
    return KeyEvent(key, True)


def test_every_key_of_the_board_once() -> None:
    test = after(at("keys"), down("1"), KeyEvent("1", False), down("2"), down("soft1"))
    assert test.missing == {"soft4"}
    assert verdict(after(test, down("soft4"))) == ("passed", "", "")


def test_keys_that_never_come_are_named() -> None:
    test = after(after(at("keys"), down("1")), t.Tick(), now=40.0)
    assert verdict(test) == ("failed", "E50", "2 soft1 soft4")


def test_the_first_soft_key_twice_leaves_the_keys() -> None:
    assert verdict(after(at("keys"), down("soft1"), down("soft1"))) == ("skipped", "", "")


def test_the_hook_both_ways() -> None:
    test = after(at("hook"), Act.OK, HookEvent(True))
    assert test.wants == "lay down"
    assert verdict(after(test, HookEvent(False))) == ("passed", "", "")


def test_a_hook_that_says_lifted_on_its_cradle_is_wired_the_other_way_round() -> None:
    assert verdict(after(at("hook", lifted=True), Act.OK)) == ("failed", "E51", "polarity")


def test_a_hook_that_never_moves() -> None:
    assert verdict(after(after(at("hook"), Act.OK), t.Tick(), now=40.0)) == ("failed", "E51", "no change")


@pytest.mark.parametrize(("part", "code"), [("lamps", "E52"), ("ear", "E55")])
def test_what_only_a_person_can_judge(part: str, code: str) -> None:
    assert verdict(after(at(part, lifted=True), Act.YES))[0] == "passed"
    assert verdict(after(at(part, lifted=True), Act.NO))[:2] == ("failed", code)


def test_nobody_can_hear_a_tone_with_the_handset_down() -> None:
    assert after(at("ear"), Act.YES).part == "ear"
    assert t.step(at("ear"), HookEvent(True), 1.0)[1] == (t.Tone(True),)


def test_the_display_shows_its_patterns_before_it_asks() -> None:
    test, shown = at("display"), []
    for second in range(1, 10):
        shown.append(test.stage)
        test = after(test, t.Tick(), now=float(second))
    assert list(dict.fromkeys(shown)) == [0, 1, 2, 3, 4]
    assert after(at("display"), Act.YES).part == "display", "nobody has seen anything yet"
    assert verdict(after(test, Act.YES, now=9.0))[0] == "passed"
    assert verdict(after(test, Act.NO, now=9.0))[:2] == ("failed", "E53")


def test_the_microphone_is_open_only_with_the_handset_lifted() -> None:
    assert t.step(at("lamps"), Act.YES, 1.0)[1] == (t.Lamps(False),)
    test, orders = t.step(at("microphone"), HookEvent(True), 1.0)
    assert orders == (t.Listen(True),)
    assert t.step(test, HookEvent(False), 2.0)[1] == (t.Listen(False),)
    assert t.step(test, t.Level(7), 2.0)[1] == (t.Listen(False), t.Tone(True))


def test_a_level_without_a_lifted_handset_proves_nothing() -> None:
    assert after(at("microphone"), t.Level(12)).part == "microphone"


def test_silence_fails() -> None:
    test = after(at("microphone", lifted=True), t.Level(1), t.Level(2))
    assert verdict(after(test, t.Tick(), now=40.0)) == ("failed", "E54", "silence")
    assert verdict(after(at("microphone"), t.Tick(), now=40.0)) == ("failed", "E54", "not lifted")


def test_a_sharp_picture_passes_and_none_fails() -> None:
    test = after(at("camera"), t.View(b"x", 20))
    assert test.part == "camera"
    assert verdict(after(test, t.View(b"x", 60)))[0] == "passed"
    assert verdict(after(test, Act.NO))[:2] == ("failed", "E56")
    assert verdict(after(at("camera"), t.Tick(), now=40.0)) == ("failed", "E56", "no picture")
    assert after(at("camera"), Act.YES).part == "camera", "a picture that never came is not sharp"


@pytest.mark.parametrize(("part", "code"), [("network", "E57"), ("clock", "E58"), ("vault", "E59")])
@pytest.mark.parametrize("outcome", ["passed", "failed", "skipped"])
def test_what_the_phone_looks_at_itself(part: str, code: str, outcome: str) -> None:
    test = after(at(part), t.Looked(part, outcome, "E30"))
    assert verdict(test) == (outcome, code if outcome == "failed" else "", "E30")


def test_a_late_answer_about_another_part_is_not_taken() -> None:
    assert after(at("clock"), t.Looked("network", "failed")) == at("clock")


def test_leaving_switches_off_what_is_on() -> None:
    assert t.leave(at("lamps")) == (t.Lamps(False),)
    assert t.leave(at("ear", lifted=True)) == (t.Tone(False),)
    assert t.leave(at("camera")) == (t.Camera(False),)
    assert t.leave(at("clock")) == ()


EVENTS: st.SearchStrategy[t.Event] = st.one_of(
    st.builds(KeyEvent, st.sampled_from(sorted(KEYS)), st.booleans()),
    st.builds(HookEvent, st.booleans()),
    st.sampled_from([Act.OK, Act.YES, Act.NO, Act.SKIP, Act.BACK]),
    st.builds(t.Level, st.integers(0, 12)),
    st.builds(t.View, st.binary(max_size=4), st.integers(0, 100)),
    st.builds(t.Looked, st.sampled_from(t.PARTS), st.sampled_from(["passed", "failed", "skipped"])),
    st.just(t.Tick()),
)


@given(st.lists(st.tuples(EVENTS, st.floats(0, 8)), max_size=120))
def test_whatever_happens_it_ends_and_nothing_stays_switched_on(walk: list[tuple[t.Event, float]]) -> None:
    test, now, on = t.begin(KEYS, lifted=False, now=0.0), 0.0, set()
    steps = [*walk, *[(t.Tick(), t.PATIENCE_S + 1)] * (len(t.PARTS) + len(t.PATTERNS))]
    for event, wait in steps:
        now += wait
        before = test
        test, orders = t.step(test, event, now)
        for order in orders:
            if not isinstance(order, t.Look):
                active = order.lit if isinstance(order, t.Lamps) else order.on
                (on.add if active else on.discard)(type(order))
        assert t.Listen not in on or (test.lifted and test.part == "microphone")
        assert len(report(before, test)) >= len(test.results) - len(before.results)
    assert test.part == ""
    assert not on
    assert [result.part for result in test.results] == list(t.PARTS)
    assert report(before, None)[0].state == "left"


def test_the_report_tells_each_thing_once() -> None:
    first = t.begin(KEYS, lifted=False, now=0.0)
    assert [event.state for event in report(None, first)] == ["asks"]
    assert report(first, first) == ()
    second = after(first, *(down(key) for key in sorted(KEYS, reverse=True)))
    assert [(event.part, event.state) for event in report(first, second)] == [
        ("keys", "passed"),
        ("hook", "asks"),
    ]
