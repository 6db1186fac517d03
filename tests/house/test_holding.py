"""Calls between three real phones: held, taken up again, waiting, swapped; speech is as loud as before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import numpy as np
import pytest

from board.desk.link import DeskClient
from demo.call import SPEECH, give_voice
from demo.house import PEOPLE, Person
from demo.measure import RATE, Samples, read_wave
from drivers.sound_virtual import recordings
from tests.house.conftest import WatchedHouse, at_rest, call, digits, enrol_all

MAYA = Person("+441632960003", "Maya Ramanathan")
FRAME = RATE // 50
SILENCE = 0.002
"""Of full scale: below it nobody speaks. Recorded speech is far above, encrypted silence is zero."""

HELD_S = 3
SPOKEN_S = 4


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedHouse]:
    """Three phones, enrolled and ready; the first one's microphone hears recorded speech."""
    people = (*PEOPLE, MAYA)
    with WatchedHouse(tmp_path_factory.mktemp("three"), people=people, sound="file") as house:
        house.create_domain()
        house.add_people()
        for person in people:
            house.issue_card(person)
            give_voice(house.phone(person), SPEECH if person is people[0] else None)
        house.start_crs(house.export())
        for person in people:
            house.start_phone(person)
        asyncio.run(enrol_all(house))
        yield house
        house.stop_crs()


def loud(sound: Samples) -> np.ndarray:
    """The root mean square of every 20 ms."""
    whole = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return np.sqrt(np.mean(np.square(whole), axis=1))


def longest_silence(levels: np.ndarray) -> tuple[int, int]:
    """Begin and end of the longest silence that has sound on both sides, in frames."""
    sounding = np.flatnonzero(levels > SILENCE)
    gaps = np.diff(sounding)
    widest = int(np.argmax(gaps))
    return int(sounding[widest]) + 1, int(sounding[widest + 1])


def spoken(levels: np.ndarray) -> float:
    """How loud speech is, where there is any, in decibels."""
    return 20 * float(np.log10(np.sqrt(np.mean(np.square(levels[levels > SILENCE])))))


async def talks(desk: DeskClient, seconds: int) -> None:
    """Wait until the timer of a call says so."""
    await desk.until(
        lambda desk: any(_is_timer(line) and _seconds(line) >= seconds for line in desk.text), 30
    )


def _is_timer(line: str) -> bool:
    return len(line) == 5 and line[2] == ":" and line.replace(":", "").isdigit()


def _seconds(line: str) -> int:
    return int(line[:2]) * 60 + int(line[3:])


def timer(desk: DeskClient) -> int:
    return next(_seconds(line) for line in desk.text if _is_timer(line))


def test_speech_is_silent_while_held_and_as_loud_as_before_afterwards(three: WatchedHouse) -> None:
    async def story() -> None:
        caller, callee, _ = three.people
        async with three.desk(caller) as here, three.desk(callee) as there:
            await at_rest(here)
            await at_rest(there)
            await call(here, there, callee)
            await talks(here, SPOKEN_S)
            await here.press("soft1")
            await here.until("on hold")
            await there.until("held by them")
            began = timer(here)
            await talks(here, began + HELD_S)
            assert "Secure – verified" in there.text
            await here.press("soft1")
            await here.until("handset")
            await there.until("handset")
            await talks(here, began + HELD_S + SPOKEN_S)
            await here.hang_up()
            await there.until("call ended")
            await at_rest(here)
            await at_rest(there)

    asyncio.run(story())
    callee = three.people[1]
    longest = max(recordings(three.phone(callee) / "sound"), key=lambda path: path.stat().st_size)
    levels = loud(read_wave(longest))
    begin, end = longest_silence(levels)
    assert (end - begin) / 50 >= HELD_S - 1
    before, after = spoken(levels[:begin]), spoken(levels[end:])
    print(f"silent {(end - begin) / 50:.1f} s, speech {before:.1f} dB before and {after:.1f} dB after")
    assert abs(before - after) < 3.0, f"{before:.1f} dB before, {after:.1f} dB after"


def test_a_third_phone_waits_is_answered_and_swapped(three: WatchedHouse) -> None:
    async def story() -> None:
        one, two, third = three.people
        async with three.desk(one) as here, three.desk(two) as there, three.desk(third) as beyond:
            for desk in (here, there, beyond):
                await at_rest(desk)
            await call(here, there, two)
            await beyond.lift()
            await beyond.press(digits(one) + "#")
            await here.until("maya ramanathan is calling")
            await beyond.until("ringing")
            assert here.lamps["ring"] == "fast"
            await here.read()
            await here.press("soft4")
            await there.until("held by them")
            await beyond.until("Secure – verified")
            await here.until("on hold: łukasz żak")
            await here.press("soft1")
            await beyond.until("held by them")
            await there.until("handset")
            await here.until("on hold: maya ramanathan")
            await there.hang_up()
            await here.until("call ended")
            await here.press("soft1")
            await beyond.until("handset")
            await here.until("Maya Ramanathan")
            await here.hang_up()
            await beyond.until("call ended")
            for desk in (here, there, beyond):
                await at_rest(desk)

    asyncio.run(story())


def test_a_fourth_party_is_told_that_the_phone_is_busy_and_who_is_held_rings_back(
    three: WatchedHouse,
) -> None:
    async def story() -> None:
        one, two, third = three.people
        async with three.desk(one) as here, three.desk(two) as there, three.desk(third) as beyond:
            for desk in (here, there, beyond):
                await at_rest(desk)
            await call(here, there, two)
            await here.press("soft1")
            await here.until("on hold")
            await here.press("soft2")
            await here.until("on hold: łukasz żak")
            await beyond.lift()
            await beyond.press(digits(one) + "#")
            await beyond.until("busy")
            await beyond.hang_up()
            await here.hang_up()
            await here.until("lift to go on")
            assert here.lamps["ring"] == "slow"
            await here.lift()
            await there.until("handset")
            await here.hang_up()
            await there.until("call ended")
            for desk in (here, there, beyond):
                await at_rest(desk)

    asyncio.run(story())
