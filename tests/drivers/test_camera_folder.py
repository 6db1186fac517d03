"""A camera that looks into a folder."""

from __future__ import annotations

import io
import itertools
import logging
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drivers.camera_folder import FolderCamera
from drivers.ports import Frame

QUICK = 1000.0


def show(folder: Path, name: str, image: Image.Image, *, taken: int) -> None:
    folder.mkdir(exist_ok=True)
    draft = folder / f".{name}.draft"
    image.save(draft, "PNG" if name.endswith("png") else "JPEG")
    os.utime(draft, (taken, taken))
    draft.replace(folder / name)


def look(camera: FolderCamera, count: int = 1) -> list[Frame]:
    return list(itertools.islice(camera.frames(), count))


def test_an_empty_folder_is_darkness_that_is_not_quite_still(tmp_path: Path) -> None:
    first, second = look(FolderCamera(tmp_path / "camera", rate=QUICK), 2)
    assert first.gray.shape == (720, 1280)
    assert first.gray.dtype == np.uint8
    assert first.gray.mean() < 40
    assert (first.gray != second.gray).any()
    assert (first.sequence, second.sequence) == (0, 1)
    assert second.taken >= first.taken


def test_the_newest_picture_is_seen_whatever_its_name(tmp_path: Path) -> None:
    show(tmp_path, "z.png", Image.new("L", (1280, 720), 50), taken=1000)
    show(tmp_path, "a.jpg", Image.new("L", (1280, 720), 200), taken=2000)
    (frame,) = look(FolderCamera(tmp_path, rate=QUICK))
    assert abs(frame.gray.mean() - 200) < 2


def test_a_picture_that_comes_and_goes_is_followed(tmp_path: Path) -> None:
    frames = FolderCamera(tmp_path, rate=QUICK).frames()
    assert next(frames).gray.mean() < 40
    show(tmp_path, "a.png", Image.new("L", (1280, 720), 90), taken=1000)
    assert next(frames).gray.mean() == 90
    show(tmp_path, "a.png", Image.new("L", (1280, 720), 91), taken=1000)
    assert next(frames).gray.mean() == 91
    (tmp_path / "a.png").unlink()
    assert next(frames).gray.mean() < 40


@pytest.mark.parametrize("size", [(300, 300), (4000, 500), (90, 2000), (1, 1)])
def test_a_picture_of_another_size_is_fitted_without_stretching(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    show(tmp_path, "a.png", Image.new("L", size, 255), taken=1000)
    (frame,) = look(FolderCamera(tmp_path, rate=QUICK))
    assert frame.gray.shape == (720, 1280)
    rows, columns = np.nonzero(frame.gray > 200)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    assert abs(width / height / (size[0] / size[1]) - 1) < 0.1


def test_colour_becomes_grey(tmp_path: Path) -> None:
    show(tmp_path, "a.png", Image.new("RGBA", (1280, 720), (255, 255, 255, 255)), taken=1000)
    assert look(FolderCamera(tmp_path, rate=QUICK))[0].gray.mean() == 255


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n",
        png(Image.effect_noise((300, 300), 90))[:500],
        png(Image.new("L", (4097, 4096))),
        b"GIF89a" + bytes(100),
        b"\xff\xd8\xff" + bytes(200),
    ],
    ids=["empty", "text", "only a signature", "cut off", "too many pixels", "another format", "broken JPEG"],
)
def test_what_is_no_picture_is_darkness_and_one_line_in_the_log(
    tmp_path: Path, octets: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.png").write_bytes(octets)
    with caplog.at_level(logging.WARNING):
        frames = look(FolderCamera(tmp_path, rate=QUICK), 3)
    assert all(frame.gray.mean() < 40 for frame in frames)
    assert len(caplog.records) == 1


def test_a_file_larger_than_any_picture_is_not_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(Image.new("L", (100, 100), 255)))
    os.truncate(path, 9 * 1024 * 1024)
    assert look(FolderCamera(tmp_path, rate=QUICK))[0].gray.mean() < 40
    assert "larger than" in caplog.text


def test_drafts_and_other_files_are_not_looked_at(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / ".a.png").write_bytes(b"draft")
    (tmp_path / "notes.txt").write_bytes(b"notes")
    assert look(FolderCamera(tmp_path, rate=QUICK))[0].gray.mean() < 40
    assert not caplog.records


def test_a_closed_camera_yields_nothing_more(tmp_path: Path) -> None:
    camera = FolderCamera(tmp_path, rate=0.001)  # a frame every 17 minutes: closing must not wait for it
    frames = camera.frames()
    next(frames)
    camera.close()
    assert next(frames, None) is None


def test_frames_are_the_readers_own(tmp_path: Path) -> None:
    show(tmp_path, "a.png", Image.new("L", (1280, 720), 90), taken=1000)
    frames = FolderCamera(tmp_path, rate=QUICK).frames()
    next(frames).gray.fill(0)
    assert next(frames).gray.mean() == 90
