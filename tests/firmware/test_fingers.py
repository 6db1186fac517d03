"""What a key means: nobody is held to a label that he cannot have read."""

from __future__ import annotations

from dataclasses import replace

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import pages as p
from firmware.acts import Act
from firmware.desk import LEFT_S, RUNG_S, STEADY_S
from firmware.desk_state import Lock
from firmware.erase import Kept
from firmware.house import House
from firmware.living import later, live, tell
from firmware.view import view

from .desk_house import ASHA, BEN, LUKASZ, asked, house, open_page, pressed, said, waited


def test_lifting_the_handset_leaves_the_menu_for_the_dial_tone() -> None:
    here, effects = live(open_page(house(), "settings"), HookEvent(True))
    assert isinstance(here.calls.phase, at.OffHook)
    assert do.Tone("dial") in effects
    assert isinstance(here.desk.page, p.Closed)


def test_the_speaker_key_leaves_the_menu_for_the_dial_tone_too() -> None:
    here = pressed(open_page(house(), "settings"), "speaker")
    assert here.calls.phase == at.OffHook()
    assert pressed(here, "2").calls.phase == at.Dialling("2")


def noticed(here: House) -> House:
    """One's own number was dialled on-hook: the notice goes after some seconds."""
    here = pressed(here, *ASHA[-4:], "#")
    assert isinstance(here.calls.phase, at.Over)
    return here


def test_an_ok_that_comes_as_its_notice_times_out_does_not_open_the_menu() -> None:
    here = noticed(house())
    here, _ = tell(here, "calls", on.TimeUp(here.calls.timer))
    assert "Ready for secure calls" in said(here)
    here = pressed(here, "soft4")
    assert here.desk.page == p.Closed()
    assert pressed(later(here, STEADY_S), "soft4").desk.page == p.Main()


def test_after_an_ok_of_ones_own_the_menu_opens_at_once() -> None:
    assert pressed(noticed(house()), "soft4", "soft4").desk.page == p.Main()


def test_after_laying_down_the_menu_opens_at_once() -> None:
    here, _ = live(house(), HookEvent(True))
    here, _ = live(here, HookEvent(False))
    assert pressed(here, "soft4").desk.page == p.Main()


def test_a_back_that_comes_as_its_page_times_out_opens_nothing() -> None:
    here, _ = waited(open_page(house(), "about"), LEFT_S)
    assert here.desk.page == p.Closed()
    assert pressed(here, "soft1").desk.page == p.Closed()


def test_a_caller_takes_the_screen_and_the_menu_is_there_again_afterwards() -> None:
    here = open_page(house(), "settings")
    here, _ = tell(here, "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    assert "Incoming secure call" in said(here)
    assert "> 1 Language" in said(pressed(later(here, RUNG_S), "soft1"))


def test_nor_does_it_answer_the_question_that_a_missed_call_had_covered() -> None:
    here = pressed(open_page(house(), "admin"), "2")
    here, _ = tell(later(called(here), 5.0), "calls", on.PeerEnded(1))
    assert "Missed call" in said(here)
    here, _ = tell(here, "calls", on.TimeUp(here.calls.timer))
    assert "! WIPE ALL KEYS?" in said(here)
    assert dk.WipeKeys() not in asked(here, "soft4")
    assert dk.WipeKeys() in asked(later(here, STEADY_S), "soft4")


def called(here: House, tel: str = BEN) -> House:
    """Somebody calls, and is verified."""
    call = here.calls.calls + 1
    here, _ = tell(here, "calls", on.Invited(call, tel, protected=True))
    return tell(here, "calls", on.Verified(call, tel, "Ben Idowu"))[0]


def test_who_presses_menu_as_a_caller_comes_does_not_answer() -> None:
    """Soft key 4 was Menu and is Answer, hands-free: the microphone opens for nobody who did not read it."""
    here = called(house())
    assert view(here).keys[3] is Act.ANSWER
    for early in (0.0, RUNG_S - 0.05):
        after = pressed(later(here, early), "soft4")
        assert (after.calls.phase, after.calls.speaker) == (here.calls.phase, False)
    assert isinstance(pressed(later(here, RUNG_S), "soft4").calls.phase, at.Answering)


def test_nor_does_it_decline_who_waits_beside_a_call() -> None:
    here = called(house())
    here, _ = live(here, HookEvent(True))
    here, _ = tell(here, "calls", on.Answered(1))
    here, _ = tell(here, "calls", on.Media(1, "secured"))
    here = called(later(here, 10.0), LUKASZ)
    for key in ("soft1", "soft2", "soft3", "soft4"):
        after = pressed(here, key)
        assert (after.calls.phase, after.calls.other) == (here.calls.phase, here.calls.other)
    read = later(here, RUNG_S)
    assert any(pressed(read, f"soft{place}").calls != read.calls for place in (1, 2, 3, 4))


def test_a_lifted_handset_answers_at_once() -> None:
    assert isinstance(live(called(house()), HookEvent(True))[0].calls.phase, at.Answering)


def test_not_erased_in_a_hands_free_call_the_speaker_key_ends_both() -> None:
    here = pressed(later(called(house()), RUNG_S), "soft4")
    here, _ = tell(here, "calls", on.Answered(1))
    here, _ = tell(here, "calls", on.Media(1, "secured"))
    for key in "*#":
        here, _ = live(here, KeyEvent(key, True))
    here, _ = waited(here, 3.5, tick_s=0.1)
    for key in "*#":
        here, _ = live(here, KeyEvent(key, False))
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 3.5, tick_s=0.1)
    here, _ = live(here, KeyEvent("soft4", False))
    here, _ = tell(here, "desk", dk.NotWiped("E11"))
    assert "Not erased" in said(here)
    here = pressed(here, "speaker")
    assert "Not erased" not in said(here)
    assert not here.calls.off_hook
    assert not isinstance(here.calls.phase, at.CALL_PHASES)


def test_without_a_call_the_speaker_key_reads_it_away_and_dials() -> None:
    here = replace(house(), desk=replace(house().desk, erase=Kept("E11")))
    here = pressed(here, "speaker")
    assert here.calls.phase == at.OffHook()
    assert here.calls.speaker


def test_behind_a_lock_the_speaker_key_opens_no_line() -> None:
    here = house(pin=True)
    here = replace(here, desk=replace(here.desk, erase=Kept("E11"), lock=Lock()))
    here = pressed(here, "speaker")
    assert here.calls.phase == at.Idle()
    assert not here.calls.speaker
