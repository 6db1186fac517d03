"""The page in Chromium, used as a person uses it; behind it are phones without firmware."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from drivers.ports import KeyEvent
from drivers.sound_desk import DeskSoundCard
from tests.desk.conftest import RunningDesk

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PATIENCE_S = 10


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *MICROPHONE]
        )
        yield browser.new_context(viewport={"width": 1280, "height": 1000})
        browser.close()


@pytest.fixture
def page(context: BrowserContext, desk: RunningDesk) -> Iterator[Page]:
    for phone in desk.phones:
        phone.dialled = ""
        phone.say("Ready")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(desk.entrance)
    expect(page.locator("#phone-2 canvas")).to_have_attribute("aria-label", "Ready")
    yield page
    page.close()
    # The browser itself complains of a request that was refused with a reason.
    assert [complaint for complaint in complaints if "status of 415" not in complaint] == []


def eventually(condition: Callable[[], bool], page: Page) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(10)  # lets the browser work on


def screen(page: Page, number: int, text: str) -> None:
    expect(page.locator(f"#phone-{number} canvas")).to_have_attribute("aria-label", text)


def test_the_token_leaves_the_address(page: Page, desk: RunningDesk) -> None:
    assert page.url == desk.address + "/"


def test_dialling_with_the_mouse(page: Page) -> None:
    for key in "2002#":
        page.locator(f'#phone-1 .keypad [data-key="{key}"]').click()
    page.get_by_label("Phone 1", exact=True).get_by_label("Soft key 4").click()
    screen(page, 1, "Dial a number. 2002#soft4")
    expect(page.locator("#phone-1 [aria-live]")).to_have_text("Dial a number. 2002#soft4")
    screen(page, 2, "Ready")


def test_dialling_with_the_keyboard_and_changing_the_phone_with_tab(page: Page, desk: RunningDesk) -> None:
    page.keyboard.type("20*")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.keyboard.press("F1")
    screen(page, 1, "Dial a number. 20*soft4mutesoft1")
    page.locator("#phone-1").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("7#")
    screen(page, 2, "Dial a number. 7#")
    screen(page, 1, "Dial a number. 20*soft4mutesoft1")


def test_tab_goes_on_from_the_last_phone_and_back_to_the_buttons_of_the_first(page: Page) -> None:
    page.locator("#phone-2").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#phone-2 .talk")).to_be_focused()
    page.locator("#phone-2").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#phone-1 .speak")).to_be_focused()


def test_a_key_is_down_as_long_as_it_is_held(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].events.clear()
    key = page.locator('#phone-1 [data-key="5"]')
    key.hover()
    page.mouse.down()
    eventually(lambda: desk.phones[0].events == [KeyEvent("5", True)], page)
    page.mouse.up()
    eventually(lambda: desk.phones[0].events == [KeyEvent("5", True), KeyEvent("5", False)], page)


def test_the_handset_by_mouse_and_by_space(page: Page, desk: RunningDesk) -> None:
    cradle = page.locator("#phone-1 .cradle")
    cradle.click()
    expect(cradle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#phone-1 .lamp.ring")).to_have_attribute("data-pattern", "on")
    page.locator("#phone-1").focus()
    page.keyboard.press("Space")
    expect(cradle).to_have_attribute("aria-pressed", "false")
    assert not desk.phones[0].hook.lifted


def test_lamps_and_the_ringing_phone(page: Page, desk: RunningDesk) -> None:
    phone = desk.phones[1]
    phone.lamps.set("ring", "fast")
    phone.mute_lamp.set(True)
    expect(page.locator("#phone-2")).to_have_class("phone ringing")
    expect(page.locator("#phone-2 .mute")).to_have_attribute("aria-label", "Mute, on")
    phone.lamps.set("ring", "off")
    phone.mute_lamp.set(False)
    expect(page.locator("#phone-2")).to_have_class("phone")


def test_the_display_shows_the_very_pixels(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].say("one", "two", "three")  # grey 45: level 2 of 15
    screen(page, 1, "one. two. three")
    colour = "canvas => [...canvas.getContext('2d').getImageData(255, 63, 1, 1).data]"
    red, green, blue, alpha = page.locator("#phone-1 canvas").evaluate(colour)
    assert red > green > blue
    assert (0 < red < 60, alpha) == (True, 255)


def test_a_card_is_held_up_to_the_chosen_phone(page: Page, desk: RunningDesk) -> None:
    page.get_by_role("button", name="Phone 2", exact=True).click()
    page.get_by_role("button", name="Asha Okafor").click()
    expect(page.locator("#camera-text")).to_have_text("Phone 2 sees 441632960001.png.")
    expect(page.locator("#camera-view[src]")).to_be_visible()
    assert (desk.homes[1] / "camera" / "held.jpg").exists()
    assert not (desk.homes[0] / "camera" / "held.jpg").exists()
    page.get_by_role("button", name="Put it away").click()
    expect(page.locator("#camera-text")).to_have_text("Nothing is held up. Choose a card.")
    assert not (desk.homes[1] / "camera" / "held.jpg").exists()


def test_a_chosen_file_is_held_up_and_a_wrong_one_is_refused(page: Page, desk: RunningDesk) -> None:
    page.locator("#file").set_input_files(desk.cards / "441632960002.png")
    expect(page.locator("#camera-text")).to_have_text("Phone 1 sees a picture.")
    page.get_by_role("button", name="Put it away").click()
    page.locator("#file").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
    )
    expect(page.locator("#camera-text")).to_have_text("that is no PNG or JPEG picture")


def test_the_letter_lies_beside_the_card(page: Page) -> None:
    expect(page.locator(".card").first).to_contain_text("Transfer code 48213 90677")


def test_what_the_crs_sees_is_told_in_words(page: Page, desk: RunningDesk) -> None:
    events = [
        {"event": "invite", "from": "+441632960001", "to": "+441632960002", "relay": "6f", "octets": 1342},
        {"event": "packet", "relay": "6f", "side": "caller", "octets": 92, "sample": "8060ffee"},
        {"event": "media", "relay": "6f", "caller_packets": 50, "callee_packets": 49},
        {"event": "<b>strange</b>", "why": "<img src=x onerror=alert(1)>"},
    ]
    with desk.observed.open("a") as file:
        file.writelines(json.dumps({"at": 1795368000.25, **event}) + "\n" for event in events)
    expect(page.locator("#events")).to_contain_text("+441632960001 → +441632960002, 1342 octets")
    expect(page.locator("#wire-count")).to_have_text("99")
    expect(page.locator("#wire-bytes")).to_contain_text("80 60 ff ee")
    expect(page.locator("#events")).to_contain_text("why <img src=x onerror=alert(1)>")
    assert page.locator("#events img").count() == 0


def test_what_a_phone_says_is_never_markup(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].say("<img src=x onerror=alert(1)>")
    screen(page, 1, "<img src=x onerror=alert(1)>")
    assert page.locator("#phone-1 img").count() == 0


def test_talking_through_the_browser(page: Page, desk: RunningDesk) -> None:
    card = DeskSoundCard(desk.homes[0] / "run" / "sound.sock")
    card.open_playback("ear")
    card.open_capture("handset")
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .talk")).to_have_text("Talking here")
    heard = 0
    deadline = time.monotonic() + PATIENCE_S
    while heard < 5 and time.monotonic() < deadline:
        card.write(bytes(640))
        heard += any(card.read() or b"")  # Chromium's pretended microphone beeps once a second
        page.evaluate("0")
    assert heard == 5
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .talk")).to_have_text("Talk here")
    card.close()


@pytest.mark.parametrize("width", [400, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    for selector in ("#phone-2 .speak", "#cards .card >> nth=0", "#events"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_every_button_has_a_name(page: Page) -> None:
    nameless = "buttons => buttons.filter(b => !(b.ariaLabel || b.innerText).trim()).map(b => b.outerHTML)"
    assert page.locator("button:visible").evaluate_all(nameless) == []


def test_a_phone_that_goes_away_says_so_and_comes_back(page: Page, desk: RunningDesk) -> None:
    phone = desk.phones[1]
    phone.stop()
    expect(page.locator("#phone-2 .off")).to_be_visible()
    desk.phones[1] = type(phone)(desk.homes[1])
    expect(page.locator("#phone-2 .off")).to_be_hidden()
    screen(page, 2, "Ready")
