"""Talking through the browser: the resampler, both directions, and when the microphone is open."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from board.virtual_sound import open_sound
from drivers.ports import SoundCard
from tests.desk.conftest import PATIENCE_S, RunningDesk

pytestmark = pytest.mark.browser

RATE = 16000
RESAMPLE = """async ([from, to, tone]) => {
    const { Resampler } = await import("/page/resampler.js");
    const resampler = new Resampler(from, to);
    const out = [];
    for (let i = 0; i < from; i++) {
        resampler.push(Math.sin(2 * Math.PI * tone * i / from));
        while (resampler.ready) out.push(resampler.take());
    }
    return out;
}"""


def level_db(samples: list[float], tone: float, rate: int) -> tuple[float, float]:
    """The tone in the middle half of a second of samples, and the rest: both in dB below a full sine."""
    middle = np.array(samples)[rate // 4 : 3 * rate // 4]
    angle = 2 * math.pi * tone * np.arange(len(middle)) / rate
    part = 2 * np.mean(middle * np.exp(-1j * angle))
    rest = middle - np.real(part * np.exp(1j * angle))
    return 20 * math.log10(abs(part) + 1e-9), 10 * math.log10(2 * float(np.mean(rest**2)) + 1e-12)


@pytest.mark.parametrize("card", [44100, 48000, 16000, 96000])
@pytest.mark.parametrize("tone", [200, 1000, 6000])
def test_a_voice_comes_through_the_resampler_as_it_was(page: Page, card: int, tone: int) -> None:
    for source, target in ((card, RATE), (RATE, card)):
        out = page.evaluate(RESAMPLE, [source, target, tone])
        assert len(out) == pytest.approx(target, abs=2)
        wanted, unwanted = level_db(out, tone, target)
        assert wanted == pytest.approx(0, abs=0.1)
        assert unwanted < -50


@pytest.mark.parametrize("card", [44100, 48000])
@pytest.mark.parametrize("tone", [9000, 12000, 15000, 20000])
def test_what_is_too_high_for_a_telephone_does_not_come_back_as_something_else(
    page: Page, card: int, tone: int
) -> None:
    out = page.evaluate(RESAMPLE, [card, RATE, tone])
    assert level_db(out, 1000, RATE)[1] < -50


@pytest.fixture
def card(desk: RunningDesk) -> Iterator[SoundCard]:
    """The sound card of the first phone."""
    card = open_sound(desk.homes[0])
    yield card
    card.close()


def play(card: SoundCard, page: Page, periods: int) -> Iterator[None]:
    """Play a tone of 1000 Hz in its own time, period by period."""
    tone = (8000 * np.sin(2 * np.pi * 1000 * np.arange(320) / RATE)).astype("<i2").tobytes()
    for _ in range(periods):
        card.write(tone)
        page.evaluate("0")  # lets the browser work on
        yield


def test_talking_through_the_browser(page: Page, card: SoundCard) -> None:
    card.open_playback("ear")
    card.open_capture("handset")
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .talk")).to_have_text("Talking here")
    expect(page.locator("#phone-1 .open")).to_be_visible()
    heard: list[bytes] = []
    deadline = time.monotonic() + PATIENCE_S
    while len(heard) < 5 and time.monotonic() < deadline:
        # Chromium's pretended microphone beeps once a second.
        heard += [pcm for _ in play(card, page, 10) if any(pcm := card.read() or b"")]
    assert len(heard) >= 5
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .talk")).to_have_text("Talk here")


def test_the_computers_microphone_is_as_closed_as_the_phones(
    page: Page, card: SoundCard, desk: RunningDesk
) -> None:
    card.open_playback("ear")
    opened = page.locator("#phone-1 .open")
    page.evaluate(
        """() => {
            const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wish) => (window.stream = await real(wish));
        }"""
    )
    enabled = "() => window.stream.getAudioTracks().map((track) => track.enabled)"
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .handset-state")).to_have_text(
        "The phone's microphone is closed; so is yours."
    )
    expect(opened).to_be_hidden()
    assert page.evaluate(enabled) == [False]
    card.open_capture("handset")
    expect(opened).to_be_visible()
    assert page.evaluate(enabled) == [True]
    desk.phones[0].mute_lamp.set(True)
    expect(opened).to_be_hidden()
    expect(page.locator("#phone-1 .handset-state")).to_have_text("The phone is muted; so are you.")
    assert page.evaluate(enabled) == [False]
    desk.phones[0].mute_lamp.set(False)
    expect(opened).to_be_visible()
    card.close_capture()
    expect(opened).to_be_hidden()
    page.locator("#phone-1 .talk").click()
    assert page.evaluate("() => window.stream.getAudioTracks().map((track) => track.readyState)") == ["ended"]


def test_one_computer_talks_through_one_phone_at_a_time(page: Page) -> None:
    first, second = page.locator("#phone-1 .talk"), page.locator("#phone-2 .talk")
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(second).to_have_text("Talking here")
    expect(first).to_have_text("Talk here")
    second.click()
    expect(second).to_have_text("Talk here")


def test_without_a_microphone_one_still_hears_and_is_told(page: Page) -> None:
    refuse = "async () => { throw new DOMException('', 'NotFoundError') }"
    page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = {refuse} }}")
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .handset-state")).to_have_text(
        "You hear, but are not heard: this computer has no microphone."
    )
    expect(page.locator("#phone-1 .talk")).to_have_text("Talking here")
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .handset-state")).to_be_empty()


def test_what_the_earpiece_plays_comes_out_of_the_computer(page: Page, card: SoundCard) -> None:
    page.evaluate(
        """() => {
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...rest) {
                if (to === this.context.destination) {
                    window.ear = new AnalyserNode(this.context, { fftSize: 4096 });
                    connect.call(this, window.ear);
                }
                return connect.call(this, to, ...rest);
            };
        }"""
    )
    card.open_playback("ear")
    page.locator("#phone-1 .talk").click()
    expect(page.locator("#phone-1 .talk")).to_have_text("Talking here")
    loudest = """() => {
        const bins = new Float32Array(window.ear.frequencyBinCount);
        window.ear.getFloatFrequencyData(bins);
        const top = bins.indexOf(Math.max(...bins));
        return [top * window.ear.context.sampleRate / window.ear.fftSize, bins[top]];
    }"""
    deadline = time.monotonic() + PATIENCE_S
    tone, level = 0.0, -999.0
    while not (abs(tone - 1000) < 20 and level > -30) and time.monotonic() < deadline:
        for _ in play(card, page, 10):
            pass
        tone, level = page.evaluate(loudest)
    assert tone == pytest.approx(1000, abs=20)
    assert level > -30
    page.locator("#phone-1 .talk").click()
