"""A desk with two phones that show what is pressed; no firmware behind them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from board.virtual import VirtualBoard
from drivers.ports import HookEvent, KeyEvent
from tests.drivers.cards import card, card_text

SPEECH = Path(__file__).parents[1] / "data" / "speech.wav"


class FakePhone:
    """Shows what was pressed; the ring lamp tells whether the handset is lifted."""

    def __init__(self, home: Path) -> None:
        board = VirtualBoard(home)
        self.display, self.lamps = board.display(), board.lamps()
        self.mute_lamp = board.mute_lamp()
        self.keypad, self.hook = board.keypad(), board.hook()
        self.events: list[KeyEvent] = []
        self.dialled = ""
        self._board = board
        self.keypad.start(self._key)
        self.hook.start(self._hook)
        self.say("Ready")

    def say(self, *text: str) -> None:
        self.display.show(Image.new("L", (256, 64), 15 * len(text)), text)

    def _key(self, event: KeyEvent) -> None:
        self.events.append(event)
        if event.down:
            self.dialled += event.key
            self.say("Dial a number", self.dialled)

    def _hook(self, event: HookEvent) -> None:
        self.lamps.set("ring", "on" if event.lifted else "off")

    def stop(self) -> None:
        """Go away as a killed process does: the socket just ends."""
        self._board.close()
        self.mute_lamp.close()


@dataclass
class RunningDesk:
    """A desk process and what stands on it."""

    address: str
    token: str
    homes: list[Path]
    phones: list[FakePhone]
    cards: Path
    observed: Path
    process: subprocess.Popen[str]

    @property
    def entrance(self) -> str:
        return f"{self.address}/?token={self.token}"


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what happens on another thread or in another process."""
    while not condition():  # noqa: ASYNC110 - nobody there could set an event here
        await asyncio.sleep(0.005)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    root = tmp_path_factory.mktemp("desk")
    homes = [root / "one", root / "two"]
    phones = [FakePhone(home) for home in homes]
    cards, observed = root / "cards", root / "observed.jsonl"
    cards.mkdir()
    observed.touch()
    for name, seed in (("441632960001", 1), ("441632960002", 2)):
        card(card_text(seed=seed)).save(cards / f"{name}.png")
    (cards / "441632960001.txt").write_text("Asha Okafor\n+44 1632 960001\nTransfer code 48213 90677\n")
    (root / "secret.png").write_bytes(b"not on the desk")
    arguments = ["--phones", *map(str, homes), "--cards", str(cards), "--observe", str(observed)]
    process = subprocess.Popen(
        [sys.executable, "-m", "board.desk", *arguments, "--speech", str(SPEECH), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address, _, token = process.stdout.readline().split()[1].partition("/?token=")
    yield RunningDesk(address, token, homes, phones, cards, observed, process)
    process.terminate()
    assert process.wait(10) == 0
    process.stdout.close()
    for phone in phones:
        phone.stop()
