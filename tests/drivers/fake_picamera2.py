"""picamera2 as the camera driver meets it: one camera, its event loop, pictures with padded rows."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

Array = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


def yuv420(gray: Array, *, stride: int) -> Array:
    """A picture as `make_array` returns it: the grey plane, then the colours; padding is 222."""
    height, width = gray.shape
    picture = np.full((height * 3 // 2, stride), 222, dtype=np.uint8)
    picture[:height, :width] = gray
    picture[height:] = 128
    return picture


class Request:
    """A completed request with its two pictures; counts its release."""

    def __init__(self, camera: FakeCamera, metadata: dict[str, Any]) -> None:
        self._camera = camera
        self._metadata = metadata
        self.released = 0

    def make_array(self, name: str) -> Array:
        assert not self.released, "the buffer belongs to the camera again"
        size = self._camera.configuration[name]["size"]
        gray = np.full((size[1], size[0]), self._camera.taken % 200, dtype=np.uint8)
        array = yuv420(gray, stride=self._camera.stride[name])
        self._camera.arrays.append(array)
        return array

    def get_metadata(self) -> dict[str, Any]:
        return self._metadata

    def release(self) -> None:
        self.released += 1


class Job:
    """What `capture_request(wait=False)` returns."""

    def __init__(self, camera: FakeCamera) -> None:
        self._camera = camera
        self._future: Future[Request] = Future()

    def get_result(self, timeout: float | None = None) -> Request:
        self._camera.before_result()
        return self._future.result(timeout=timeout)

    def finish(self, request: Request) -> None:
        self._future.set_result(request)

    @property
    def done(self) -> bool:
        return self._future.done()

    def cancel(self) -> None:
        self._future.set_exception(CancelledError())


class FakeCamera:
    """In place of `picamera2.Picamera2`. `metadata` is what the next frames tell; silent if `silent`."""

    def __init__(self, *, autofocus: bool = True) -> None:
        self.camera_controls: dict[str, Any] = {"AeExposureMode": (), "ExposureTime": (), "AnalogueGain": ()}
        if autofocus:
            self.camera_controls |= {"AfMode": (), "AfRange": ()}
        self.stride = {"main": 1280, "lores": 384}
        self.metadata: dict[str, Any] = {"ExposureTime": 8000, "AnalogueGain": 2.0}
        self.configuration: dict[str, Any] = {}
        self.controls: list[dict[str, Any]] = []
        self.requests: list[Request] = []
        self.arrays: list[Array] = []
        self.taken = 0
        self.silent = False
        self.started = self.opened = False
        self.asked = threading.Event()
        self.jobs: list[Job] = []
        self.before_result: Callable[[], None] = lambda: None

    def create_video_configuration(self, **wanted: Any) -> dict[str, Any]:
        return wanted

    def configure(self, configuration: dict[str, Any]) -> None:
        self.configuration = configuration

    def start(self) -> None:
        assert self.opened
        self.started = True

    def set_controls(self, controls: dict[str, Any]) -> None:
        assert self.started
        self.controls.append(controls)

    def capture_request(self, wait: bool) -> Job:
        assert self.started
        assert wait is False
        job = Job(self)
        self.jobs.append(job)
        if not self.silent:
            self.taken += 1
            self.requests.append(Request(self, dict(self.metadata)))
            job.finish(self.requests[-1])
        self.asked.set()
        return job

    def cancel_all_and_flush(self) -> None:
        for job in self.jobs:
            if not job.done:
                job.cancel()

    def stop(self) -> None:
        # The library does one job after the other: this one would wait for ever behind another that waits.
        assert all(job.done for job in self.jobs)
        self.started = False

    def close(self) -> None:
        self.opened = False


def install(monkeypatch: pytest.MonkeyPatch, *cameras: FakeCamera) -> None:
    """Put the library in place, with these cameras on the board."""

    def picamera2(number: int) -> FakeCamera:
        camera = cameras[number]  # as the library does: IndexError
        if camera.opened:
            raise RuntimeError("Failed to acquire camera: Device or resource busy")
        camera.opened = True
        return camera

    library, below = ModuleType("picamera2"), ModuleType("libcamera")
    library.Picamera2 = picamera2  # type: ignore[attr-defined]
    below.controls = SimpleNamespace(  # type: ignore[attr-defined]
        AfModeEnum=SimpleNamespace(Continuous="continuous"),
        AfRangeEnum=SimpleNamespace(Macro="macro"),
        AeExposureModeEnum=SimpleNamespace(Short="short"),
    )
    monkeypatch.setitem(sys.modules, "picamera2", library)
    monkeypatch.setitem(sys.modules, "libcamera", below)
