"""The phones on the page in Chromium, used as a person uses them; no firmware is behind them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from drivers.ports import KeyEvent
from tests.desk.conftest import RunningDesk, eventually, screen

pytestmark = pytest.mark.browser

SPOKEN = "#phone-1 [aria-live]"


def test_the_token_leaves_the_address(page: Page, desk: RunningDesk) -> None:
    assert page.url == desk.address + "/"


def test_dialling_with_the_mouse(page: Page) -> None:
    for key in "2002#":
        page.locator(f'#phone-1 .keypad [data-key="{key}"]').click()
    page.get_by_label("Phone 1", exact=True).get_by_label("Soft key 4").click()
    page.get_by_label("Phone 1", exact=True).get_by_label("Speaker, hands-free").click()
    screen(page, 1, "Dial a number. 2002#soft4speaker")
    screen(page, 2, "Ready")


def test_dialling_with_the_keyboard_and_changing_the_phone(page: Page) -> None:
    page.keyboard.type("20*")
    for key in ("Enter", "m", "F1", "h", "ArrowUp", "ArrowDown", "+", "-"):
        page.keyboard.press(key)
    screen(page, 1, "Dial a number. 20*soft4mutesoft1speakerupdownvol+vol-")
    page.keyboard.press("p")
    expect(page.locator("#phone-2")).to_be_focused()
    page.keyboard.type("7#")
    screen(page, 2, "Dial a number. 7#")
    screen(page, 1, "Dial a number. 20*soft4mutesoft1speakerupdownvol+vol-")


def test_a_key_pressed_anywhere_but_in_a_field_goes_to_the_phone_used_last(page: Page) -> None:
    page.locator("#phone-2").focus()
    page.locator("h1").click()
    page.keyboard.type("8")
    screen(page, 2, "Dial a number. 8")
    page.locator("#webcam").focus()
    page.keyboard.type("9")
    page.locator("h1").click()
    page.keyboard.type("1")
    screen(page, 2, "Dial a number. 81")


def test_tab_goes_through_everything_that_is_no_key(page: Page) -> None:
    page.locator("#phone-1").focus()
    for stop in ("#phone-1 .talk", "#phone-1 .speak", "#phone-2", "#phone-2 .talk", "#phone-2 .speak"):
        page.keyboard.press("Tab")
        expect(page.locator(stop)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#phone-2 .talk")).to_be_focused()


def test_a_chord_held_on_the_keyboard_is_two_keys_down(page: Page, desk: RunningDesk) -> None:
    phone = desk.phones[0]
    phone.events.clear()
    page.keyboard.down("*")
    page.keyboard.down("#")
    eventually(lambda: phone.events == [KeyEvent("*", True), KeyEvent("#", True)], page)
    page.keyboard.up("#")
    page.keyboard.up("*")
    eventually(lambda: phone.events[2:] == [KeyEvent("#", False), KeyEvent("*", False)], page)


def test_a_chord_by_mouse_shift_keeps_a_key_down_until_its_next_click(page: Page, desk: RunningDesk) -> None:
    phone = desk.phones[0]
    phone.events.clear()
    star, hash_key = (page.locator(f'#phone-1 [data-key="{key}"]') for key in "*#")
    star.click(modifiers=["Shift"])
    hash_key.click()
    expect(star).to_have_class("key down stuck")
    star.click()
    expect(star).to_have_class("key")
    held = [KeyEvent("*", True), KeyEvent("#", True), KeyEvent("#", False), KeyEvent("*", False)]
    eventually(lambda: phone.events == held, page)


def test_a_key_that_is_held_when_the_window_loses_the_keyboard_is_let_go(
    page: Page, desk: RunningDesk
) -> None:
    phone = desk.phones[0]
    phone.events.clear()
    page.keyboard.down("5")
    eventually(lambda: phone.events == [KeyEvent("5", True)], page)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    eventually(lambda: phone.events == [KeyEvent("5", True), KeyEvent("5", False)], page)
    page.keyboard.up("5")


def test_the_handset_by_mouse_and_by_space(page: Page, desk: RunningDesk) -> None:
    cradle = page.locator("#phone-1 .cradle")
    cradle.click()
    expect(cradle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#phone-1 .lamp.ring")).to_have_attribute("data-pattern", "on")
    page.keyboard.press("Space")
    expect(cradle).to_have_attribute("aria-pressed", "false")
    assert not desk.phones[0].hook.lifted


def test_lamps_have_words_and_the_phone_rings(page: Page, desk: RunningDesk) -> None:
    phone = desk.phones[1]
    phone.lamps.set("ring", "fast")
    phone.lamps.set("message", "slow")
    phone.mute_lamp.set(True)
    expect(page.locator("#phone-2")).to_have_class("phone ringing")
    expect(page.locator("#phone-2 .lamp.ring")).to_have_attribute("aria-label", "ring lamp: flashing")
    expect(page.locator("#phone-2 .lamp.message")).to_have_attribute(
        "aria-label", "message lamp: flashing slowly"
    )
    expect(page.locator("#phone-2 .mute")).to_have_attribute("aria-label", "Mute, on")
    phone.lamps.set("ring", "off")
    phone.mute_lamp.set(False)
    expect(page.locator("#phone-2")).to_have_class("phone")


def test_the_live_region_speaks_when_the_display_has_settled(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].say("In a hurry")
    desk.phones[0].say("Secure – verified", "00:01", "Asha Okafor", "Hold | - | Mute | End")
    expect(page.locator(SPOKEN)).to_have_text(
        "Phone 1: Secure – verified. 00:01. Asha Okafor. Keys: Hold, Mute, End"
    )
    desk.phones[0].say("Secure – verified", "00:02", "Asha Okafor", "Hold | - | Mute | End")
    screen(page, 1, "Secure – verified. 00:02. Asha Okafor. Keys: Hold, Mute, End")
    desk.phones[1].say("Something else")
    expect(page.locator("#phone-2 [aria-live]")).to_have_text("Phone 2: Something else")
    expect(page.locator(SPOKEN)).to_contain_text("00:01")  # a clock that goes on is no news
    expect(page.locator("#phone-1 [data-key=soft1]")).to_have_attribute("aria-label", "Soft key 1: Hold")
    expect(page.locator("#phone-1 [data-key=soft2]")).to_have_attribute("aria-label", "Soft key 2")


def test_a_key_is_down_as_long_as_it_is_held(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].events.clear()
    key = page.locator('#phone-1 [data-key="5"]')
    key.hover()
    page.mouse.down()
    eventually(lambda: desk.phones[0].events == [KeyEvent("5", True)], page)
    page.mouse.up()
    eventually(lambda: desk.phones[0].events == [KeyEvent("5", True), KeyEvent("5", False)], page)


def test_the_display_shows_the_very_pixels(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].say("one", "two", "three")  # grey 45: level 2 of 15
    screen(page, 1, "one. two. three")
    colour = "canvas => [...canvas.getContext('2d').getImageData(255, 63, 1, 1).data]"
    red, green, blue, alpha = page.locator("#phone-1 canvas").evaluate(colour)
    assert red > green > blue
    assert (0 < red < 60, alpha) == (True, 255)


def test_what_a_phone_says_is_never_markup(page: Page, desk: RunningDesk) -> None:
    desk.phones[0].say("<img src=x onerror=alert(1)>")
    screen(page, 1, "<img src=x onerror=alert(1)>")
    assert page.locator("#phone-1 img").count() == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    too_wide = (
        "w => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w)"
    )
    assert page.evaluate(f"{too_wide}.map(e => e.outerHTML.slice(0, 80))", width) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    for selector in ("#phone-2 .speak", "#phone-2 .talk-bar", "#cards .card >> nth=0", "#events", "#webcam"):
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
