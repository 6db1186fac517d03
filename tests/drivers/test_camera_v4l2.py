"""A USB camera: the real driver on a system made of paper."""

from __future__ import annotations

import ctypes
import io
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from drivers import camera_v4l2, qr, v4l2
from drivers.camera_synthetic import Hand
from drivers.camera_v4l2 import V4L2Camera, to_gray
from drivers.ports import CameraCapabilities, Gray
from tests.drivers.cards import card, card_text
from tests.drivers.fake_v4l2 import FakeKernel

TEXT = card_text(640)
SEEN: Gray = Hand(card(TEXT)).see(0.5)
WIDTH, HEIGHT = 1280, 720


def raw(gray: Gray, name: str, *, padding: int = 0) -> bytes:
    """A picture as a driver writes it: padding is 99, colours are 128."""
    height, width = gray.shape
    if name == "MJPG":
        file = io.BytesIO()
        colours = Image.merge("YCbCr", [Image.fromarray(gray)] + [Image.new("L", (width, height), 128)] * 2)
        colours.save(file, "JPEG", quality=85)
        return file.getvalue()
    if name == "YUYV":
        rows = np.full((height, width * 2 + padding), 99, np.uint8)
        rows[:, : width * 2 : 2], rows[:, 1 : width * 2 : 2] = gray, 128
        return rows.tobytes()
    rows = np.full((height, width + padding), 99, np.uint8)
    rows[:, :width] = gray
    return rows.tobytes() + bytes([128]) * (0 if name == "GREY" else rows.size // 2)


def opened(kernel: FakeKernel) -> V4L2Camera:
    camera = V4L2Camera(Path("/dev/video0"), kernel=kernel)
    camera.open()
    return camera


@pytest.mark.parametrize("name", ["GREY", "NV12", "YU12", "YUYV", "MJPG"])
@pytest.mark.parametrize("padding", [0, 64])
def test_a_card_is_read_in_whatever_the_driver_has(name: str, padding: int) -> None:
    kernel = FakeKernel({name: (WIDTH, HEIGHT, padding)})
    camera = opened(kernel)
    kernel.burst(raw(SEEN, name, padding=padding))
    frame = next(camera.frames())
    if name != "MJPG":
        assert (frame.gray == SEEN).all()
    sighting = qr.read(frame.gray, turn=0, prefix="SV1:")
    assert sighting is not None
    assert sighting.text == TEXT
    camera.close()


def test_the_format_with_the_least_work_is_chosen() -> None:
    kernel = FakeKernel({"MJPG": (1280, 720, 0), "YUYV": (1280, 720, 0), "NV12": (1280, 720, 0)})
    opened(kernel)
    assert kernel.chosen[0] == "NV12"


def test_a_larger_picture_is_worth_more_work() -> None:
    kernel = FakeKernel({"YUYV": (640, 480, 0), "MJPG": (1280, 720, 0)})
    opened(kernel)
    assert kernel.chosen[0] == "MJPG"


def test_a_picture_too_large_for_us_is_not_chosen() -> None:
    kernel = FakeKernel({"GREY": (4096, 3072, 0), "YUYV": (640, 480, 0)})
    opened(kernel)
    assert kernel.chosen[:3] == ("YUYV", 640, 480)


def test_the_newest_of_several_pictures_wins_and_every_buffer_goes_back() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 16)})
    camera = opened(kernel)
    kernel.burst(*(raw(np.full((48, 64), shade, np.uint8), "GREY", padding=16) for shade in (1, 2, 3)))
    kernel.burst(raw(np.full((48, 64), 4, np.uint8), "GREY", padding=16))
    frames = list(islice(camera.frames(), 2))
    assert [int(frame.gray[0, 0]) for frame in frames] == [3, 4]
    assert [frame.sequence for frame in frames] == [0, 1]
    assert len(kernel.empty) == 4


def test_short_and_broken_pictures_are_passed_over() -> None:
    kernel = FakeKernel({"YUYV": (64, 48, 0)})
    camera = opened(kernel)
    whole = raw(np.full((48, 64), 7, np.uint8), "YUYV")
    kernel.burst(whole[: len(whole) // 2])
    kernel.burst(b"")
    kernel.burst(whole[:-2])
    kernel.burst(raw(np.full((48, 64), 8, np.uint8), "YUYV"), flags=v4l2.BROKEN)
    kernel.burst(whole)
    assert (next(camera.frames()).gray == 7).all()
    assert len(kernel.empty) == 4


def test_a_torn_jpeg_is_passed_over() -> None:
    kernel = FakeKernel({"MJPG": (WIDTH, HEIGHT, 0)})
    camera = opened(kernel)
    whole = raw(SEEN, "MJPG")
    other = raw(np.full((48, 64), 7, np.uint8), "MJPG")
    for torn in (whole[: len(whole) // 2], whole[500:], b"\xff\xd8\xff", b"GIF89a", other):
        kernel.burst(torn)
    kernel.burst(whole)
    frame = next(camera.frames())
    assert frame.sequence == 0
    assert np.abs(frame.gray.astype(int) - SEEN).mean() < 5


def test_a_camera_pulled_out_ends_with_a_word() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    camera = opened(kernel)
    kernel.burst(raw(np.zeros((48, 64), np.uint8), "GREY"))
    frames = camera.frames()
    next(frames)
    kernel.unplugged = True
    with pytest.raises(OSError, match="No such device"):
        next(frames)
    camera.close()
    assert not kernel.open_now


def test_a_camera_that_falls_silent_is_said_to_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_v4l2, "PATIENCE_S", 0.0)
    with pytest.raises(OSError, match="plug it in again"):
        next(opened(FakeKernel({"GREY": (64, 48, 0)})).frames())


def test_it_can_be_closed_while_it_waits() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    camera = opened(kernel)
    kernel.on_silence = camera._closed.set  # what close() does first, from another thread
    assert list(camera.frames()) == []
    camera.close()
    assert (kernel.streaming, kernel.open_now) == (False, False)
    assert list(camera.frames()) == []
    camera.close()


def test_the_buffers_are_wiped_before_they_are_let_go() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    camera = opened(kernel)
    kernel.burst(raw(np.full((48, 64), 200, np.uint8), "GREY"))
    next(camera.frames())
    assert any(kernel.maps[0][:])
    camera.close()  # the paper system looks


def test_focus_is_automatic_where_there_is_one_and_the_frame_rate_bounds_the_exposure() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)}, controls={v4l2.FOCUS_AUTO: 0, v4l2.EXPOSURE_AUTO_PRIORITY: 1})
    assert opened(kernel).capabilities == CameraCapabilities(autofocus=True, lamp=False)
    assert kernel.controls == {v4l2.FOCUS_AUTO: 1, v4l2.EXPOSURE_AUTO_PRIORITY: 0}
    assert kernel.rate == (1, camera_v4l2.RATE)


def test_a_simple_camera_has_neither_and_keeps_its_own_rate() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    kernel.rate = None
    camera = opened(kernel)
    assert camera.capabilities == CameraCapabilities()
    camera.lamp(True)
    assert kernel.controls == {}


def test_its_torch_is_lit_and_goes_out_with_it() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)}, controls={v4l2.TORCH: 1})
    camera = opened(kernel)
    assert kernel.controls[v4l2.TORCH] == 0
    assert camera.capabilities.lamp
    camera.lamp(True)
    assert kernel.controls[v4l2.TORCH] == 2
    camera.close()
    assert kernel.controls[v4l2.TORCH] == 0


@pytest.mark.parametrize(
    ("kernel", "words"),
    [
        (FakeKernel({"GREY": (64, 48, 0)}, can=v4l2.CAN_STREAM), "not the camera"),
        (FakeKernel({"GREY": (64, 48, 0)}, can=v4l2.CAN_CAPTURE), "not the camera"),
        (FakeKernel({"H264": (1280, 720, 0)}), "use another camera"),
        (FakeKernel({"GREY": (4096, 3072, 0)}), "use another camera"),
    ],
    ids=["an encoder", "no stream", "only H.264", "only huge"],
)
def test_what_is_no_camera_for_us_is_refused_and_let_go(kernel: FakeKernel, words: str) -> None:
    with pytest.raises(OSError, match=words):
        opened(kernel)
    assert not kernel.open_now


def test_a_driver_without_memory_is_refused() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    kernel.buffers = 1
    with pytest.raises(OSError, match="no memory"):
        opened(kernel)
    assert not kernel.open_now


def test_no_camera_is_said_plainly() -> None:
    kernel = FakeKernel({"GREY": (64, 48, 0)})
    kernel.unplugged = True
    with pytest.raises(OSError, match="is it plugged in"):
        opened(kernel)


def test_the_real_system_has_no_camera_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is it plugged in"):
        V4L2Camera(tmp_path / "video9").open()
    file = tmp_path / "video0"
    file.write_bytes(b"no device")
    with pytest.raises(OSError):
        V4L2Camera(file).open()


@given(st.binary(max_size=300), st.sampled_from(camera_v4l2.FORMATS), st.integers(0, 8))
@example(b"\xff\xd8\xff\xe0", "MJPG", 0)
def test_any_octets_are_a_picture_of_the_right_size_or_none(octets: bytes, name: str, padding: int) -> None:
    stride = 8 * (2 if name == "YUYV" else 1) + padding
    gray = to_gray(memoryview(octets), name, size=(8, 6), stride=stride)
    assert gray is None or gray.shape == (6, 8)


def test_a_jpeg_of_another_size_than_agreed_is_no_picture() -> None:
    """A bomb: a few octets that say that they are 65000 x 65000 pixels."""
    file = io.BytesIO()
    Image.new("L", (16, 16)).save(file, "JPEG")
    bomb = bytearray(file.getvalue())
    place = bomb.index(b"\xff\xc0") + 5
    bomb[place : place + 4] = b"\xfd\xe8\xfd\xe8"
    assert to_gray(memoryview(bytes(bomb)), "MJPG", size=(1280, 720), stride=0) is None


def test_the_structures_are_those_of_the_kernel() -> None:
    # From <linux/videodev2.h> on 64-bit Linux, as the C compiler says.
    sizes = {
        v4l2.Capability: 104,
        v4l2.Format: 208,
        v4l2.StreamParm: 204,
        v4l2.RequestBuffers: 20,
        v4l2.Buffer: 88,
        v4l2.Control: 8,
    }
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert {kind: ctypes.sizeof(kind) for kind in sizes} == sizes
        assert (v4l2.Buffer.m.offset, v4l2.Buffer.length.offset, v4l2.Format.fmt.offset) == (64, 72, 8)
        assert (v4l2.S_FMT, v4l2.DQBUF, v4l2.STREAMON) == (0xC0D05605, 0xC0585611, 0x40045612)
