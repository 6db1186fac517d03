"""The panels of the page in Chromium: cards, webcam, faults and what the CRS sees."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.conftest import RunningDesk, eventually, running, visiting

pytestmark = pytest.mark.browser


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


def test_a_webcam_is_what_the_camera_sees_until_it_is_put_away(page: Page, desk: RunningDesk) -> None:
    held = desk.homes[0] / "camera" / "held.jpg"
    page.get_by_role("button", name="Use my webcam").click()
    expect(page.locator("#camera-text")).to_have_text("Phone 1 sees the webcam.")
    expect(page.locator("#camera-video")).to_be_visible()
    eventually(held.exists, page)
    first = held.read_bytes()
    eventually(lambda: held.read_bytes() != first, page)
    with Image.open(held) as frame:
        assert frame.size == (1280, 720)
    page.get_by_role("button", name="Put it away").click()
    expect(page.locator("#camera-video")).to_be_hidden()
    expect(page.locator("#camera-text")).to_have_text("Nothing is held up. Choose a card.")
    assert not held.exists()


def test_a_card_takes_the_place_of_the_webcam(page: Page, desk: RunningDesk) -> None:
    page.get_by_role("button", name="Use my webcam").click()
    expect(page.locator("#camera-text")).to_have_text("Phone 1 sees the webcam.")
    page.get_by_role("button", name="Asha Okafor").click()
    expect(page.locator("#camera-text")).to_have_text("Phone 1 sees 441632960001.png.")
    expect(page.locator("#camera-video")).to_be_hidden()
    tracks = "() => document.getElementById('camera-video').srcObject"
    assert page.evaluate(tracks) is None
    page.get_by_role("button", name="Put it away").click()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NotAllowedError", "No webcam: the browser may not use the camera: allow it beside the address"),
        ("NotFoundError", "No webcam: this computer has no camera."),
        ("NotReadableError", "No webcam: another program uses the camera: close it, then try again."),
        ("AbortError", "No webcam: the camera does not open: why."),
    ],
)
def test_a_webcam_that_is_not_to_be_had_is_explained(page: Page, error: str, words: str) -> None:
    refuse = "async () => { throw new DOMException('why', name) }"
    page.evaluate(f"name => {{ navigator.mediaDevices.getUserMedia = {refuse} }}", error)
    page.get_by_role("button", name="Use my webcam").click()
    expect(page.locator("#camera-text")).to_contain_text(words)


# Faults


@pytest.fixture(scope="module")
def faulty(context: BrowserContext, desk: RunningDesk) -> Iterator[Page]:
    """A desk with the same phones and with faults."""
    phones = [str(home) for home in desk.homes]
    with (
        running(["tests.desk.faulty_desk", "--phones", *phones, "--cards", str(desk.cards)]) as (
            _,
            address,
            token,
        ),
        visiting(context, f"{address}/?token={token}") as page,
    ):
        yield page


def test_a_desk_without_faults_shows_no_panel_for_them(page: Page) -> None:
    expect(page.locator(".faults-panel")).to_be_hidden()


def test_a_fault_of_the_house_is_a_switch(faulty: Page) -> None:
    cut = faulty.get_by_role("switch", name="Cut the network")
    cut.click()
    expect(cut).to_be_checked()
    expect(faulty.locator("#faults-text")).to_have_text("Done. Look for: Not connected. E21")
    expect(cut).to_be_focused()
    cut.click()
    expect(cut).not_to_be_checked()
    expect(faulty.locator("#mend-all")).to_be_hidden()


def test_a_fault_of_a_phone_is_a_switch_for_each_and_all_are_mended_at_once(faulty: Page) -> None:
    for number in (1, 2):
        faulty.get_by_role("switch", name=f"Reset the clock: phone {number}").click()
    faulty.get_by_role("switch", name="Cut the network").click()
    expect(faulty.locator("[role=switch][aria-checked=true]")).to_have_count(3)
    faulty.get_by_role("button", name="Mend everything").click()
    expect(faulty.locator("[role=switch][aria-checked=true]")).to_have_count(0)


def test_a_service_is_killed_by_name(faulty: Page, desk: RunningDesk) -> None:
    faulty.get_by_label("Kill a service: which").select_option("keys")
    faulty.get_by_role("button", name="Kill a service: phone 2").click()
    eventually((desk.cards / "killed 2 keys.txt").exists, faulty)


def test_a_fault_that_cannot_be_had_says_why(faulty: Page) -> None:
    faulty.get_by_role("switch", name="Stop the sun").click()
    expect(faulty.locator("#faults-text")).to_have_text("There is no way to do never to 0")
    expect(faulty.get_by_role("switch", name="Stop the sun")).not_to_be_checked()


def test_a_fault_that_a_script_makes_is_seen_on_the_page(faulty: Page) -> None:
    address = faulty.url + "api/faults"
    answer = faulty.request.post(address, data={"fault": "clock", "on": True, "phone": 2})
    assert [fault["on"] for fault in answer.json() if fault["name"] == "clock"] == [[2]]
    expect(faulty.get_by_role("switch", name="Reset the clock: phone 2")).to_be_checked()
    faulty.request.post(address, data={"fault": "clock", "on": False, "phone": 2})
    expect(faulty.get_by_role("switch", name="Reset the clock: phone 2")).not_to_be_checked()
