"""The ribbon-cable camera: the real driver before a library made of paper."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import islice

import pytest

from drivers import camera_picamera2
from drivers.camera_picamera2 import LONGEST_US, Picamera2Camera, wish
from drivers.ports import CameraCapabilities
from tests.drivers.fake_picamera2 import FakeCamera, install


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> FakeCamera:
    module = FakeCamera()
    install(monkeypatch, module)
    return module


def opened() -> Picamera2Camera:
    camera = Picamera2Camera()
    camera.open()
    return camera


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, drivers.camera_picamera2 as c; c.Picamera2Camera(); print('libcamera' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_it_takes_the_grey_plane_at_1280_x_720_and_a_small_one_from_the_same_request(
    module: FakeCamera,
) -> None:
    module.stride = {"main": 1344, "lores": 384}
    frames = list(islice(opened().frames(), 3))
    assert [frame.sequence for frame in frames] == [0, 1, 2]
    for number, frame in enumerate(frames, start=1):
        assert frame.gray.shape == (720, 1280)
        assert frame.small is not None
        assert frame.small.shape == (180, 320)
        # Neither the padding (222) nor the colours (128) came along.
        assert (frame.gray == number).all()
        assert (frame.small == number).all()
        assert frame.gray.flags.c_contiguous
    assert [request.released for request in module.requests] == [1, 1, 1]
    assert module.configuration["main"] == {"size": (1280, 720), "format": "YUV420"}
    assert module.configuration["queue"] is False


def test_what_the_library_copied_is_wiped(module: FakeCamera) -> None:
    list(islice(opened().frames(), 2))
    assert module.arrays
    assert not any(array.any() for array in module.arrays)


def test_a_module_that_can_focus_does_so_all_the_time_on_what_is_near(module: FakeCamera) -> None:
    camera = opened()
    assert camera.capabilities == CameraCapabilities(autofocus=True, lamp=False)
    assert module.configuration["controls"]["AfMode"] == "continuous"
    assert module.configuration["controls"]["AfRange"] == "macro"


def test_a_module_with_a_fixed_lens_is_not_asked_to_focus(monkeypatch: pytest.MonkeyPatch) -> None:
    module = FakeCamera(autofocus=False)
    install(monkeypatch, module)
    camera = opened()
    assert camera.capabilities == CameraCapabilities(autofocus=False, lamp=False)
    assert not {"AfMode", "AfRange"} & set(module.configuration["controls"])


def test_ten_to_fifteen_frames_a_second_are_asked_for(module: FakeCamera) -> None:
    opened()
    shortest, longest = module.configuration["controls"]["FrameDurationLimits"]
    assert 1 / 15 <= shortest / 1e6 <= longest / 1e6 <= 1 / 10


def test_exposure_is_held_at_a_sixtieth_in_the_dark_and_let_go_in_the_light(module: FakeCamera) -> None:
    frames = opened().frames()
    next(frames)
    assert module.controls == []
    module.metadata = {"ExposureTime": 33_000, "AnalogueGain": 8.0}
    next(frames)
    module.metadata = {"ExposureTime": LONGEST_US, "AnalogueGain": 8.0}
    next(frames)
    assert module.controls == [{"ExposureTime": LONGEST_US}]
    module.metadata = {"ExposureTime": LONGEST_US, "AnalogueGain": 1.0}
    next(frames)
    module.metadata = {"ExposureTime": 3_000, "AnalogueGain": 1.0}
    next(frames)
    assert module.controls[1:] == [{"ExposureTime": 0}]


@pytest.mark.parametrize("fixed", [True, False])
def test_a_frame_that_tells_nothing_changes_nothing(fixed: bool) -> None:
    assert wish({}, fixed=fixed) is None


def test_a_sixtieth_is_the_longest() -> None:
    assert LONGEST_US / 1e6 <= 1 / 60


def test_closing_switches_it_off_and_ends_the_frames(module: FakeCamera) -> None:
    camera = opened()
    frames = camera.frames()
    next(frames)
    camera.close()
    assert not module.started
    assert not module.opened
    assert next(frames, None) is None
    camera.close()


def test_it_can_be_closed_while_it_waits_for_a_picture(module: FakeCamera) -> None:
    module.silent = True
    camera = opened()
    ended = threading.Thread(target=lambda: list(camera.frames()))
    ended.start()
    assert module.asked.wait(5)
    camera.close()
    assert not module.opened
    ended.join(5)
    assert not ended.is_alive()


def test_a_picture_that_comes_while_it_is_closed_is_not_shown(module: FakeCamera) -> None:
    camera = opened()
    frames = camera.frames()
    next(frames)
    module.before_result = camera.close
    assert next(frames, None) is None
    assert not module.opened
    assert [request.released for request in module.requests] == [1, 1]


def test_a_camera_that_falls_silent_is_said_to_be_gone(
    module: FakeCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_picamera2, "PATIENCE_S", 0.0)
    module.silent = True
    with pytest.raises(OSError, match="ribbon cable"):
        next(opened().frames())


def test_no_camera_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    with pytest.raises(OSError, match="ribbon cable"):
        opened()


def test_a_camera_that_another_has_is_said_plainly(module: FakeCamera) -> None:
    module.opened = True
    with pytest.raises(OSError, match="in use"):
        opened()


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    with pytest.raises(OSError, match="python3-picamera2"):
        opened()


def test_a_camera_that_was_not_opened_has_no_frames_and_no_lamp(module: FakeCamera) -> None:
    camera = Picamera2Camera()
    assert list(camera.frames()) == []
    camera.lamp(True)
    camera.close()


def test_only_the_library_and_the_devices_are_within_reach() -> None:
    reached = {str(path) for path in Picamera2Camera().reaches}
    assert {"/dev", "/sys", "/usr"} <= reached
    assert not reached & {"/", "/home", "/var", "/root", "/tmp"}
