"""Sound through ALSA's own plugins, and through a card that misbehaves."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import alsaaudio
import pytest

from drivers.pace import Pace
from drivers.sound_alsa import PERIOD, PERIOD_OCTETS, RATE, ALSASoundCard, SoundUnavailable
from drivers.sound_virtual import file_sound, null_sound, pulse_sound, recordings

SPEECH = Path(__file__).parent.parent / "data" / "speech.wav"


def samples(wav: Path) -> bytes:
    with wave.open(str(wav)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
        return sound.readframes(sound.getnframes())


def write_wav(path: Path, pcm: bytes, *, rate: int = RATE, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setframerate(rate)
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.writeframes(pcm)
    return path


def test_the_microphone_hears_the_file_and_then_silence(tmp_path):
    said = samples(SPEECH)[8000 : 8000 + 5 * PERIOD_OCTETS]
    card = file_sound(tmp_path, speech=write_wav(tmp_path / "say.wav", said), lead_s=0.04)
    card.open_capture("handset")
    heard = b"".join(card.read() or b"" for _ in range(10))
    card.close()
    assert heard == bytes(2 * PERIOD_OCTETS) + said + bytes(3 * PERIOD_OCTETS)


def test_what_is_played_is_recorded_each_opening_by_itself(tmp_path):
    card = file_sound(tmp_path)
    for what in (b"\1\0", b"\2\0"):
        card.open_playback("ear")
        for _ in range(3):
            assert card.write(what * PERIOD)
        card.close_playback()
    assert [samples(wav) for wav in recordings(tmp_path)] == [b"\1\0" * 3 * PERIOD, b"\2\0" * 3 * PERIOD]


def test_the_ringer_may_be_another_device(tmp_path):
    card = file_sound(tmp_path)
    card.open_playback("ring")
    card.write(b"\3\0" * PERIOD)
    card.open_playback("ear")
    card.write(b"\4\0" * PERIOD)
    card.close()
    assert samples(tmp_path / "ringer.wav") == b"\3\0" * PERIOD
    assert samples(tmp_path / "earpiece.wav") == b"\4\0" * PERIOD


def test_a_card_without_a_clock_is_kept_in_time(tmp_path):
    card = null_sound(tmp_path)
    card.open_playback("ear")
    card.open_capture("handset")
    began = time.monotonic()
    for _ in range(11):
        card.read()
        card.write(bytes(PERIOD_OCTETS))
    card.close()
    assert time.monotonic() - began >= 0.199


def test_a_null_microphone_hears_silence_and_not_our_memory(tmp_path):
    card = null_sound(tmp_path)
    card.open_capture("handset")
    assert [card.read() for _ in range(5)] == [bytes(PERIOD_OCTETS)] * 5
    card.close()


def test_a_device_that_is_not_there_is_named(tmp_path):
    config = tmp_path / "alsa.conf"
    config.write_text("pcm.null { type null }\n")
    card = ALSASoundCard("plughw:CARD=Handset", "plughw:CARD=Handset", config=config)
    for attempt, name in ((card.open_playback, "ear"), (card.open_capture, "handset")):
        with pytest.raises(SoundUnavailable, match="Handset"):
            attempt(name)
    card.close()


def test_a_closed_card_neither_hears_nor_plays(tmp_path):
    card = null_sound(tmp_path)
    with pytest.raises(SoundUnavailable, match="microphone"):
        card.read()
    with pytest.raises(SoundUnavailable, match="earpiece"):
        card.write(bytes(PERIOD_OCTETS))


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (48000, 1), (16000, 2)])
def test_speech_of_another_kind_is_refused(tmp_path, rate, channels):
    say = write_wav(tmp_path / "say.wav", bytes(64), rate=rate, channels=channels)
    with pytest.raises(ValueError, match="convert it"):
        file_sound(tmp_path / "sound", speech=say)


@pytest.mark.parametrize("name", ['quo"te', "back\\slash", "per%cent", "li\nne"])
def test_a_path_that_the_configuration_could_misread_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="path"):
        file_sound(tmp_path / name)


def test_a_server_name_cannot_add_to_the_configuration(tmp_path):
    with pytest.raises(ValueError):
        pulse_sound(tmp_path, server='x" } pcm.evil { type null', sink="a", source="b")


class FakePCM:
    """A device that answers as told."""

    def __init__(self, info=None, answers=(), available=()):
        self.granted = {
            "rate": RATE,
            "channels": 1,
            "format_name": "S16_LE",
            "period_size": PERIOD,
            "buffer_size": 4 * PERIOD,
        } | (info or {})
        self.answers = list(answers)
        self.available = list(available)
        self.closed = False

    def info(self):
        return self.granted

    def _next(self, answers):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def read(self):
        return self._next(self.answers)

    def write(self, pcm):
        return self._next(self.answers)

    def avail(self):
        return self._next(self.available) if self.available else 4 * PERIOD

    def close(self):
        self.closed = True


@pytest.fixture
def card_with(monkeypatch):
    def build(pcm: FakePCM, **options) -> ALSASoundCard:
        monkeypatch.setattr(alsaaudio, "PCM", lambda **_: pcm)
        return ALSASoundCard("fake", "fake", **options)

    return build


def test_an_overrun_is_counted_and_costs_a_period(card_with):
    good = (PERIOD, bytes(PERIOD_OCTETS))
    card = card_with(FakePCM(answers=[good, (-32, b""), (-32, bytes(17)), (0, b""), good]))
    card.open_capture("handset")
    assert [card.read() is None for _ in range(5)] == [False, True, True, True, False]
    assert card.xruns == 3


@pytest.mark.parametrize("size", [160, 240, 341, 512, 640])
def test_a_card_whose_periods_are_not_ours_is_cut_to_measure(card_with, size):
    sound = bytes(n % 251 for n in range(2 * size * 40))
    answers = [(size, sound[2 * size * n : 2 * size * (n + 1)]) for n in range(40)]
    card = card_with(FakePCM({"period_size": size}, answers))
    card.open_capture("handset")
    heard = [card.read() for _ in range(40 * size // PERIOD)]
    assert b"".join(period or b"" for period in heard) == sound[: PERIOD_OCTETS * len(heard)]
    assert card.xruns == 0


def test_what_was_heard_before_an_overrun_or_a_pause_is_not_heard_after_it(card_with):
    old, new = (240, b"\1" * 480), (240, b"\2" * 480)
    card = card_with(FakePCM({"period_size": 240}, [old, old, (-32, b""), new, new, old, new, new]))
    card.open_capture("handset")
    assert [card.read(), card.read(), card.read()] == [b"\1" * 640, None, b"\2" * 640]
    card.read()
    card.close_capture()
    card.open_capture("handset")
    assert card.read() == b"\2" * 640


def test_an_underrun_is_counted_and_nothing_is_raised(card_with):
    card = card_with(FakePCM(answers=[PERIOD, -32, PERIOD]))
    card.open_playback("ear")
    assert [card.write(bytes(PERIOD_OCTETS)) for _ in range(3)] == [True, False, True]
    assert card.xruns == 1


def test_two_periods_are_kept_ahead_and_no_more(card_with):
    slept: list[float] = []
    # The device fills up before it starts, then plays; an underrun (negative) is not slept upon.
    pcm = FakePCM(answers=[PERIOD] * 6, available=[960, 640, 320, 0, 160, -32])
    card = card_with(pcm, sleep=slept.append)
    card.open_playback("ear")
    for _ in range(6):
        card.write(bytes(PERIOD_OCTETS))
    assert slept == pytest.approx([0.020, 0.040, 0.030])


def test_after_an_overrun_the_microphone_goes_on_and_after_an_underrun_the_ear(card_with):
    good = (PERIOD, bytes(PERIOD_OCTETS))
    card = card_with(FakePCM(answers=[*[(-32, b""), good] * 100]))
    card.open_capture("handset")
    assert [card.read() is None for _ in range(200)] == [True, False] * 100
    assert card.xruns == 100
    card = card_with(FakePCM(answers=[-32, PERIOD] * 100))
    card.open_playback("ear")
    assert [card.write(bytes(PERIOD_OCTETS)) for _ in range(200)] == [False, True] * 100
    assert card.xruns == 100


def test_a_card_that_was_pulled_out_and_put_back_is_opened_again(card_with, monkeypatch):
    gone = alsaaudio.ALSAAudioError("No such device [fake]")
    card = card_with(FakePCM(answers=[gone]))
    card.open_capture("handset")
    with pytest.raises(SoundUnavailable):
        card.read()
    card.close_capture()

    def absent(**_):
        raise gone

    monkeypatch.setattr(alsaaudio, "PCM", absent)
    with pytest.raises(SoundUnavailable, match="does not open"):
        card.open_capture("handset")
    back = FakePCM(answers=[(PERIOD, bytes(PERIOD_OCTETS))])
    monkeypatch.setattr(alsaaudio, "PCM", lambda **_: back)
    card.open_capture("handset")
    assert card.read() == bytes(PERIOD_OCTETS)


@pytest.fixture
def opened(monkeypatch):
    """The devices that were opened, in order; those that were closed again have left `open`."""
    log: list[str] = []

    class Named(FakePCM):
        def __init__(self, *, device, type, **_):
            super().__init__(answers=[PERIOD] * 10)
            log.append(device)

    monkeypatch.setattr(alsaaudio, "PCM", Named)
    return log


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({}, ["E", "H"]),
        ({"speaker": "S"}, ["E", "S", "E", "S", "H"]),
        ({"ring": "R"}, ["E", "R", "E", "H"]),
        ({"speaker": "S", "ring": "R", "microphone": "M"}, ["E", "S", "R", "E", "S", "H", "M", "H"]),
    ],
)
def test_each_output_has_its_device_and_borrows_another_where_there_is_none(opened, names, expected):
    card = ALSASoundCard("E", "H", **names)
    for output in ("ear", "ear", "speaker", "ring", "ear", "speaker"):
        card.open_playback(output)
    for source in ("handset", "speaker", "handset"):
        card.open_capture(source)
    assert opened == expected


@pytest.mark.parametrize("device", ["hw:0", "plughw:1,0", "hw:2,1"])
def test_a_card_by_its_number_is_refused(device):
    with pytest.raises(ValueError, match="CARD=NAME"):
        ALSASoundCard("plughw:CARD=Handset", device)
    with pytest.raises(ValueError, match="CARD=NAME"):
        ALSASoundCard("plughw:CARD=Handset", "plughw:CARD=Handset", ring=device)


def test_a_card_that_only_fails_is_given_up_and_not_spun_on(card_with):
    def for_ever(step):
        while True:
            step()

    card = card_with(FakePCM(answers=[-32] * 100))
    card.open_playback("ear")
    with pytest.raises(SoundUnavailable, match="nothing"):
        for_ever(lambda: card.write(bytes(PERIOD_OCTETS)))
    card = card_with(FakePCM(answers=[(-19, b"")] * 100))
    card.open_capture("handset")
    with pytest.raises(SoundUnavailable, match="nothing"):
        for_ever(card.read)


BROKE = alsaaudio.ALSAAudioError("Input/output error [fake]")


def test_a_stream_that_breaks_costs_a_period_and_goes_on(card_with):
    pcm = FakePCM(answers=[BROKE, (PERIOD, bytes(PERIOD_OCTETS)), BROKE, PERIOD])
    card = card_with(pcm)
    card.open_capture("handset")
    assert [card.read(), card.read()] == [None, bytes(PERIOD_OCTETS)]
    card.open_playback("ear")
    assert [card.write(bytes(PERIOD_OCTETS)) for _ in range(2)] == [False, True]
    assert (pcm.closed, card.xruns) == (True, 2)


def test_a_stream_that_breaks_while_it_is_asked_how_much_it_holds_goes_on(card_with):
    card = card_with(FakePCM(answers=[PERIOD, PERIOD], available=[BROKE]))
    card.open_playback("ear")
    assert [card.write(bytes(PERIOD_OCTETS)) for _ in range(2)] == [False, True]


def test_a_stream_that_breaks_again_and_again_is_dead(card_with):
    card = card_with(FakePCM(answers=[BROKE] * 6))
    card.open_capture("handset")
    card.open_playback("ear")
    assert [card.read(), card.read()] == [None, None]
    with pytest.raises(SoundUnavailable, match="nothing"):
        card.read()
    assert [card.write(bytes(PERIOD_OCTETS)) for _ in range(2)] == [False, False]
    with pytest.raises(SoundUnavailable, match="nothing"):
        card.write(bytes(PERIOD_OCTETS))


def test_a_stream_that_breaks_as_its_card_goes_can_be_opened_again(card_with, monkeypatch):
    card = card_with(FakePCM(answers=[BROKE]))
    card.open_capture("handset")

    def absent(**_):
        raise alsaaudio.ALSAAudioError("No such device [fake]")

    monkeypatch.setattr(alsaaudio, "PCM", absent)
    with pytest.raises(SoundUnavailable, match="does not open"):
        card.read()
    back = FakePCM(answers=[(PERIOD, bytes(PERIOD_OCTETS))])
    monkeypatch.setattr(alsaaudio, "PCM", lambda **_: back)
    card.open_capture("handset")
    assert card.read() == bytes(PERIOD_OCTETS)


def test_a_card_that_is_pulled_out_is_unavailable(card_with):
    gone = alsaaudio.ALSAAudioError("No such device [fake]")
    card = card_with(FakePCM(answers=[gone, gone]))
    card.open_capture("handset")
    card.open_playback("ear")
    with pytest.raises(SoundUnavailable, match="gone"):
        card.read()
    with pytest.raises(SoundUnavailable, match="gone"):
        card.write(bytes(PERIOD_OCTETS))


@pytest.mark.parametrize(
    "info",
    [{"rate": 48000}, {"channels": 2}, {"format_name": "S32_LE"}, {"period_size": 960}, {"period_size": 80}],
)
def test_a_card_that_grants_something_else_is_refused_and_closed(card_with, info):
    pcm = FakePCM(info=info)
    with pytest.raises(SoundUnavailable, match="offers"):
        card_with(pcm).open_playback("ear")
    assert pcm.closed


def test_periods_keep_absolute_deadlines():
    now = [100.0]
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds + 0.003  # every sleep oversleeps

    pace = Pace(0.02, 4, clock=lambda: now[0], sleep=sleep)
    assert all(pace.wait() for _ in range(101))
    assert now[0] - 100.0 == pytest.approx(2.0, abs=0.004)


def test_a_short_stall_is_caught_up_and_a_long_one_is_not():
    now = [0.0]

    def sleep(seconds):
        now[0] += seconds

    pace = Pace(0.02, 4, clock=lambda: now[0], sleep=sleep)
    pace.wait()
    now[0] += 0.07
    before = now[0]
    assert all(pace.wait() for _ in range(3))
    assert now[0] == before
    now[0] += 1.0
    assert not pace.wait()
    before = now[0]
    assert pace.wait()
    assert now[0] - before == pytest.approx(0.02)
