"""A desk with two phones that show what is pressed; no firmware behind them."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from board.virtual import VirtualBoard
from drivers.ports import HookEvent, KeyEvent
from tests.drivers.cards import card, card_text

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
PATIENCE_S = 10
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
    module = ["board.desk", *arguments, "--speech", str(SPEECH), "--port", "0"]
    with running(module) as (process, address, token):
        yield RunningDesk(address, token, homes, phones, cards, observed, process)
    for phone in phones:
        phone.stop()


@contextlib.contextmanager
def running(module: list[str]) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A desk as a process of its own, its address and its token."""
    process = subprocess.Popen([sys.executable, "-m", *module], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address, _, token = process.stdout.readline().removeprefix("desk: ").strip().partition("/?token=")
    try:
        yield process, address, token
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """Chromium with a pretended microphone and camera, which it may use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
        yield context
        browser.close()


@pytest.fixture
def page(context: BrowserContext, desk: RunningDesk) -> Iterator[Page]:
    """The page, with both phones ready."""
    for phone in desk.phones:
        phone.dialled = ""
        phone.say("Ready")
    with visiting(context, desk.entrance) as page:
        for number in (1, 2):
            screen(page, number, "Ready")
        yield page


@contextlib.contextmanager
def visiting(context: BrowserContext, entrance: str) -> Iterator[Page]:
    """A page of which no script may complain."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    try:
        page.goto(entrance)
        yield page
    finally:
        page.close()
    # The browser itself complains of a request that was refused with a reason.
    assert [c for c in complaints if "status of 415" not in c and "status of 409" not in c] == []


def eventually(condition: Callable[[], bool], page: Page) -> None:
    """Wait for what happens behind the page."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(10)  # lets the browser work on


def screen(page: Page, number: int, text: str) -> None:
    """See what a display says."""
    expect(page.locator(f"#phone-{number} canvas")).to_have_attribute("aria-label", text)
