"""`make run` and a person at it: the desk, Chromium with a pretended webcam and microphone, two phones."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from board.desk.link import READ_S
from demo.call import SPEECH
from demo.house import PEOPLE, Person
from drivers.camera_synthetic import Hand

CHROMIUM = shutil.which("chromium")
PATIENCE_MS = 30_000
FRAMES, FRAMES_A_SECOND = 12, 10


@dataclass
class Running:
    """`make run`: where its page is, and the directory in which everything of it lives."""

    address: str
    token: str
    process: int

    def logs(self, service: str) -> list[Path]:
        """The logs of a service, of every phone of the house."""
        homes = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    if parent == self.process and b"firmware" in words:
                        homes.add(Path(words[words.index(b"--home") + 1].decode()))
        return [home / "log" / f"{service}.log" for home in sorted(homes)]

    def fetch_card(self, person: Person, folder: Path) -> Path:
        """Fetch the picture of a person's card, as a script would."""
        name = f"{person.tel.lstrip('+')}.png"
        bearer = {"Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(f"{self.address}/api/cards/{name}", headers=bearer)
        with urllib.request.urlopen(request) as answer:
            (folder / name).write_bytes(answer.read())
        return folder / name

    @property
    def entrance(self) -> str:
        return f"{self.address}/?token={self.token}"


@contextmanager
def running_desk() -> Iterator[Running]:
    """Start `make run` and wait for its address."""
    command = [sys.executable, "-m", "demo.desk", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = None
    for line in process.stdout:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", line)
        if found:
            break
    assert found, "make run ended without an address"
    try:
        yield Running(found.group(1), found.group(2), process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        process.stdout.close()


def film(card: Path, to: Path) -> Path:
    """Film a card in an unsteady hand, as a webcam would, into a file that Chromium takes for a webcam."""
    with Image.open(card) as picture:
        hand = Hand(picture.convert("L"))
    with to.open("wb") as file:
        file.write(b"YUV4MPEG2 W1280 H720 F%d:1 Ip A1:1 C420jpeg\n" % FRAMES_A_SECOND)
        for frame in range(FRAMES):
            grey = hand.see(1.0 + frame / FRAMES_A_SECOND)
            assert grey.shape == (720, 1280)
            file.write(b"FRAME\n" + grey.tobytes() + bytes(np.full(1280 * 720 // 2, 128, np.uint8)))
    return to


@contextmanager
def chromium(webcam: Path) -> Iterator[BrowserContext]:
    """Chromium whose webcam shows a film and whose microphone hears recorded speech, over and over."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={webcam}",
        f"--use-file-for-fake-audio-capture={SPEECH}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield context
        browser.close()


class Phone:
    """One phone on the page, used with the mouse."""

    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.number = number
        self.body: Locator = page.locator(f"#phone-{number}")
        self.screen: Locator = self.body.locator("canvas")

    def soft(self, number: int) -> None:
        self.body.locator(f"[data-key=soft{number}]").click()

    def soft_named(self, label: str) -> None:
        """Press the soft key that the display labels so, once a person has read it."""
        key = self.body.get_by_role("button", name=re.compile(rf"^Soft key \d: {label}$"))
        expect(key).to_be_visible()
        # Less is not meant for what has just come: the phone takes nobody's word that quickly.
        self.body.page.wait_for_timeout(READ_S * 1000)
        key.click()

    def key(self, key: str) -> None:
        self.body.locator(f'[data-key="{key}"]').click()

    def dial(self, keys: str) -> None:
        for key in keys:
            self.key(key)

    def cradle(self) -> None:
        self.body.locator(".cradle").click()

    def lay_down(self) -> None:
        if self.body.locator(".cradle").get_attribute("aria-pressed") == "true":
            self.cradle()

    def says(self, text: str, within_s: float = PATIENCE_MS / 1000) -> None:
        pattern = re.compile(re.escape(text), re.IGNORECASE)
        expect(self.screen).to_have_attribute("aria-label", pattern, timeout=within_s * 1000)

    def talks(self, seconds: int) -> None:
        """Wait until the clock of a secure call shows so many seconds, or more: no one of them shows for long
        enough to be sure to be seen.
        """
        clock = r"/Secure.*?\b(\d+):(\d\d)\b/"
        label = "document.querySelector(`#phone-${phone} canvas`).getAttribute('aria-label')"
        self.page.wait_for_function(
            f"([phone, least]) => {{ const told = {clock}.exec({label} ?? '');"
            " return told !== null && 60 * told[1] + Number(told[2]) >= least; }",
            arg=[self.number, seconds],
            timeout=PATIENCE_MS,
        )

    def does_not_say(self, text: str) -> None:
        expect(self.screen).not_to_have_attribute("aria-label", re.compile(re.escape(text), re.IGNORECASE))

    def begin_to_enrol(self) -> None:
        self.says("not enrolled")
        self.soft_named("Enrol")
        self.says("enrol this phone")

    def finish_enrolling(self, code: str) -> None:
        self.says("check code")
        self.soft_named("Enrol")
        self.says("transfer code")
        self.dial(code)
        self.says("10 of 10")
        self.soft_named("OK")
        self.says("destroy the code now")
        self.soft_named("OK")
        self.ready()  # on some days of a month it tells first that its keys end soon

    def ready(self) -> None:
        """Lay the handset down and put away what is shown, as a person does, until the phone is ready."""
        self.lay_down()
        ready = re.compile("ready for secure calls", re.IGNORECASE)
        back = self.body.get_by_role("button", name=re.compile(r"^Soft key \d: (OK|Back|Cancel|Close)$"))
        either = self.page.locator(f'#phone-{self.number} canvas[aria-label*="Ready for secure calls"]').or_(
            back
        )
        expect(either.first).to_be_visible(timeout=60_000)
        while not ready.search(self.screen.get_attribute("aria-label") or ""):
            with contextlib.suppress(PlaywrightTimeout):  # what is shown may go by itself
                back.first.click(timeout=1000)
            expect(either.first).to_be_visible(timeout=60_000)


def digits(person: Person) -> str:
    """What a colleague dials."""
    return person.tel.replace("+44", "0")


def hold_up(page: Page, number: int, name: str) -> None:
    """Choose whose camera, then the card."""
    page.locator("#camera-of button").nth(number - 1).click()
    page.locator("#cards li").filter(has_text=name).get_by_role("button").click()


def transfer_code(page: Page, name: str) -> str:
    """What the letter beside a card says."""
    found = re.search(
        r"Transfer code:\s*(\d{10})", page.locator("#cards li").filter(has_text=name).inner_text()
    )
    assert found is not None
    return found.group(1)


@contextmanager
def broken(page: Page, label: str) -> Iterator[None]:
    """Something is wrong for a while: its switch is on."""
    switch = page.get_by_role("switch", name=label, exact=True)
    switch.click()
    expect(switch).to_be_checked()
    try:
        yield
    finally:
        switch.click()
        expect(switch).not_to_be_checked()


def kill(page: Page, number: int, service: str) -> None:
    """Kill a service of a phone."""
    page.get_by_label("Kill a service: which").select_option(service)
    page.get_by_role("button", name=f"Kill a service: phone {number}").click()
    expect(page.locator("#faults-text")).to_contain_text("Done")


def barriers(page: Page) -> list[str]:
    """What axe-core finds on the page that is serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['impact']}: {fault['help']}: {[node['html'] for node in fault['nodes']]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def beyond(page: Page, width: int) -> list[str]:
    """What sticks out of a window of `width` pixels. The sealed octets are cut off on purpose."""
    boxes = "[...document.querySelectorAll('body *:not(pre *)')]"
    out = f"w => {boxes}.filter(e => e.getBoundingClientRect().right > w + 0.5)"
    found: list[str] = page.evaluate(f"{out}.map(e => e.outerHTML.slice(0, 80))", width)
    if page.evaluate("() => document.documentElement.scrollWidth") > width:
        found.append("the page scrolls sideways")
    return found


def call(here: Phone, there: Phone) -> None:
    """Dial and answer; return when both ends show that the call is secure."""
    here.cradle()
    here.dial(digits(PEOPLE[there.number - 1]) + "#")
    there.says("identity checked")
    there.cradle()
    here.says("Secure – verified")
    there.says("Secure – verified")


def heard(page: Page, number: int, folder: Path) -> Path:
    """What the earpiece of a phone has played in the last minute."""
    answer = page.request.get(page.url + f"api/phones/{number}/heard.wav")
    assert answer.ok
    path = folder / "heard.wav"
    path.write_bytes(answer.body())
    return path
