"""`make run` as its user sees it, in Chromium: enrol, dial, answer, talk, hang up."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from demo.call import SPEECH
from demo.house import PEOPLE
from demo.measure import RATE, compare, read_wave

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PATIENCE_MS = 20_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where `make run` says that the desk is."""
    running = subprocess.Popen(
        [sys.executable, "-m", "demo.desk", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    found = None
    for line in running.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        if found:
            break
    assert found, "make run ended without an address"
    yield found.group()
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 0


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.goto(address)
        yield page
        browser.close()


class Desk:
    """One phone on the page, used with the mouse."""

    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.phone = page.locator(".phone").nth(number - 1)
        self.number = number
        self.screen: Locator = self.phone.locator("canvas")

    def soft(self, number: int) -> None:
        self.phone.locator(".softkeys button").nth(number - 1).click()

    def dial(self, keys: str) -> None:
        for key in keys:
            self.phone.locator(f'.keypad [data-key="{key}"]').click()

    def cradle(self) -> None:
        self.phone.locator(".cradle").click()

    def says(self, text: str) -> None:
        expect(self.screen).to_have_attribute("aria-label", re.compile(re.escape(text), re.IGNORECASE))


def hold_up(page: Page, number: int, name: str) -> str:
    """Choose whose camera, then the card; return the transfer code that is on its letter."""
    page.locator("#camera-of button").nth(number - 1).click()
    card = page.locator("#cards li").filter(has_text=name)
    card.get_by_role("button").click()
    found = re.search(r"Transfer code:\s*(\d{10})", card.inner_text())
    assert found is not None
    return found.group(1)


def heard(page: Page, number: int, folder: Path) -> Path:
    """What the earpiece of a phone has played in the last minute."""
    answer = page.request.get(page.url.split("?")[0] + f"api/phones/{number}/heard.wav")
    assert answer.ok
    path = folder / "heard.wav"
    path.write_bytes(answer.body())
    return path


def test_two_people_enrol_and_talk(page: Page, tmp_path: Path) -> None:
    first, second = Desk(page, 1), Desk(page, 2)
    for desk, person in ((first, PEOPLE[0]), (second, PEOPLE[1])):
        desk.says("not enrolled")
        desk.soft(1)
        desk.says("enrol this phone")
        code = hold_up(page, desk.number, person.name)
        desk.says("check code")
        desk.says(person.tel)
        desk.soft(4)
        desk.says("transfer code")
        desk.dial(code)
        desk.says("10 of 10")
        desk.soft(4)
        desk.says("destroy the code now")
        desk.soft(4)
        desk.says("ready for secure calls")

    first.cradle()
    first.dial(PEOPLE[1].tel.replace("+44", "0") + "#")
    second.says("identity checked")
    second.says(PEOPLE[0].name)
    expect(second.phone).to_have_class(re.compile("ringing"))
    first.says("ringing")
    second.cradle()
    first.says("Secure – verified")
    second.says("Secure – verified")
    first.says(PEOPLE[1].name)

    first.phone.get_by_role("button", name="Speak a sample").click()
    speech = read_wave(SPEECH)
    first.says(f"00:{int(len(speech) / RATE) + 3:02}")
    if pictures := os.environ.get("SOTTOVOCE_PICTURES"):
        page.screenshot(path=Path(pictures) / "desk.png", full_page=True)
    result = compare(speech, read_wave(heard(page, 2, tmp_path)))
    assert result.stoi >= 0.9

    expect(page.locator("#events")).to_contain_text(PEOPLE[0].tel)
    first.cradle()
    second.says("call ended")
    second.cradle()
    second.says("ready for secure calls")
    first.says("ready for secure calls")
