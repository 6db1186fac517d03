"""The ribbon-cable camera of a Raspberry Pi through picamera2: grey frames without any conversion.

One request gives two pictures: `main`, 1280 x 720, for reading the code, and `lores`, 320 x 180, for the
viewfinder. Both are YUV420, whose first plane is the grey picture; rows may be padded up to the stride.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import numpy as np

from drivers.ports import CameraCapabilities, Frame, Gray

SIZE = (1280, 720)
SMALL = (320, 180)
RATE = 12
"""Frames a second."""
LONGEST_US = 16_666
"""Longest exposure in microseconds, 1/60 s: a longer one smears the hand, and its beat with a screen's light
makes bars.
"""
LEAST_GAIN = 1.05
"""Below this, exposure is too long rather than too short."""
PATIENCE_S = 3.0
"""A camera that gives no frame for so long has gone."""
_WAIT_S = 0.2
# The library itself, its tuning files, the devices, and where it learns which devices there are.
_REACHES = ("/usr", "/lib", "/etc", "/dev", "/sys", "/proc", "/run/udev", sys.prefix)


class Picamera2Camera:
    """Camera `number` of the board. A module that can focus does, all the time, on what is near."""

    def __init__(self, number: int = 0) -> None:
        self._number = number
        self._camera: Any = None
        self._autofocus = False
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._fixed = False

    @property
    def reaches(self) -> tuple[Path, ...]:
        """What libcamera opens: its own files and the camera's devices."""
        return tuple(Path(path) for path in _REACHES)

    @property
    def capabilities(self) -> CameraCapabilities:
        """Camera Module 3 focuses; Camera Module 2 is sharp from half a metre on."""
        return CameraCapabilities(autofocus=self._autofocus)

    def open(self) -> None:
        """Take the camera and set it up. Raises OSError without library or camera, or if another has it."""
        try:
            from libcamera import controls
            from picamera2 import Picamera2
        except ImportError as error:
            raise OSError("no picamera2: install the Debian package python3-picamera2") from error
        try:
            camera = Picamera2(self._number)
        except (IndexError, RuntimeError) as error:
            raise OSError(f"no camera {self._number}, or it is in use: check its ribbon cable") from error
        wishes: dict[str, Any] = {"FrameDurationLimits": (1_000_000 // RATE, 1_000_000 // RATE)}
        can = camera.camera_controls
        self._autofocus = "AfMode" in can
        if self._autofocus:
            wishes["AfMode"] = controls.AfModeEnum.Continuous
            if "AfRange" in can:
                wishes["AfRange"] = controls.AfRangeEnum.Macro
        if "AeExposureMode" in can:
            wishes["AeExposureMode"] = controls.AeExposureModeEnum.Short
        # Not queued: a frame is taken after it is asked for, and so is always the newest.
        camera.configure(
            camera.create_video_configuration(
                main={"size": SIZE, "format": "YUV420"},
                lores={"size": SMALL, "format": "YUV420"},
                controls=wishes,
                buffer_count=4,
                queue=False,
            )
        )
        self._camera = camera

    def lamp(self, lit: bool) -> None:
        """It has none."""

    def frames(self) -> Iterator[Frame]:
        """Start the camera and yield what it sees. Raises TimeoutError (an OSError) if it stays silent."""
        with self._lock:
            if self._camera is None or self._closed.is_set():
                return
            self._camera.start()
        sequence = 0
        while (frame := self._next(sequence)) is not None:
            yield frame
            sequence += 1

    def _next(self, sequence: int) -> Frame | None:
        with self._lock:
            if self._closed.is_set():
                return None
            job = self._camera.capture_request(wait=False)
        deadline = time.monotonic() + PATIENCE_S
        while not self._closed.is_set():
            try:
                request = job.get_result(timeout=_WAIT_S)
                break
            except CancelledError:
                return None
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise TimeoutError("the camera gives no pictures: check its ribbon cable") from None
        else:
            return None
        with self._lock:
            try:
                return None if self._closed.is_set() else self._frame(request, sequence)
            finally:
                request.release()

    def _frame(self, request: Any, sequence: int) -> Frame:
        self._limit_exposure(request.get_metadata())
        return Frame(
            gray=_plane(request.make_array("main"), SIZE),
            taken=time.monotonic(),
            sequence=sequence,
            small=_plane(request.make_array("lores"), SMALL),
        )

    def _limit_exposure(self, told: dict[str, Any]) -> None:
        """Hold exposure at LONGEST_US while more is wanted, and let it go when there is light enough."""
        wanted = wish(told, fixed=self._fixed)
        if wanted is not None:
            self._camera.set_controls({"ExposureTime": wanted})
            self._fixed = wanted != 0

    def close(self) -> None:
        """Stop the camera and let it go."""
        self._closed.set()
        with self._lock:
            camera, self._camera = self._camera, None
            if camera is not None:
                # Its jobs are done in turn: behind one that waits for a picture, stopping would wait too.
                camera.cancel_all_and_flush()
                camera.stop()
                camera.close()


def wish(told: dict[str, Any], *, fixed: bool) -> int | None:
    """Return the exposure to ask for in microseconds, 0 for automatic, None to leave all as it is.

    `told` is a frame's metadata; `fixed` says whether exposure is fixed now. Gain stays automatic throughout.
    """
    if fixed:
        return 0 if told.get("AnalogueGain", LEAST_GAIN) < LEAST_GAIN else None
    return LONGEST_US if told.get("ExposureTime", 0) > LONGEST_US else None


def _plane(array: Gray, size: tuple[int, int]) -> Gray:
    """The grey plane of a YUV420 picture, without the padding of its rows; what remains is wiped."""
    width, height = size
    gray = np.array(array[:height, :width], dtype=np.uint8, order="C")
    array.fill(0)
    return gray
