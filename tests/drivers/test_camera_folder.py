"""A camera that looks into a folder."""

from __future__ import annotations

import io
import itertools
import logging
import os
import threading
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from board.desk.link import hold_up
from drivers import qr
from drivers.camera_folder import FolderCamera
from drivers.camera_synthetic import Hand
from drivers.ports import Frame
from tests.drivers.cards import card, card_text

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


def bomb(kind: str) -> bytes:
    """A few octets that say that they are a picture of 65000 x 65000 pixels."""
    file = io.BytesIO()
    Image.new("L", (16, 16)).save(file, kind)
    octets = bytearray(file.getvalue())
    if kind == "JPEG":
        place = octets.index(b"\xff\xc0") + 5
        octets[place : place + 4] = b"\xfd\xe8\xfd\xe8"
    else:
        place = octets.index(b"IHDR")
        octets[place + 4 : place + 12] = b"\0\0\xfd\xe8\0\0\xfd\xe8"
        octets[place + 17 : place + 21] = zlib.crc32(octets[place : place + 17]).to_bytes(4, "big")
    return bytes(octets)


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
        bomb("PNG"),
        bomb("JPEG"),
    ],
    ids=[
        *("empty", "text", "only a signature", "cut off", "too many pixels", "another format", "broken JPEG"),
        *("PNG bomb", "JPEG bomb"),
    ],
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


def test_a_live_stream_is_seen_whole_and_never_backwards(tmp_path: Path) -> None:
    """A webcam's pictures replace one another while the camera reads: two halves always belong together."""
    shades = list(range(40, 240, 5))
    pictures = []
    for shade in shades:
        file = io.BytesIO()
        Image.new("L", (1280, 720), shade).save(file, "JPEG", quality=85)
        pictures.append(file.getvalue())
    hold_up(tmp_path, pictures[0])
    camera = FolderCamera(tmp_path / "camera", rate=QUICK)
    frames = camera.frames()
    wanted = threading.Semaphore(0)

    def stream() -> None:
        for picture in pictures[1:]:
            wanted.acquire()  # about as many as are looked at, but at any moment
            hold_up(tmp_path, picture)

    streaming = threading.Thread(target=stream)
    streaming.start()
    seen = []
    while not seen or abs(seen[-1] - shades[-1]) > 2:
        wanted.release()
        frame = next(frames)
        assert int(frame.gray.max()) - int(frame.gray.min()) <= 2, "parts of two pictures, or of none"
        seen.append(float(frame.gray.mean()))
    streaming.join()
    assert seen == sorted(seen)
    assert [path.name for path in (tmp_path / "camera").iterdir()] == ["held.jpg"]
    camera.close()


def test_a_webcam_picture_is_read_well_within_a_fifteenth_of_a_second(tmp_path: Path) -> None:
    text = card_text(640)
    frame = Image.fromarray(Hand(card(text)).see(0.5))
    file = io.BytesIO()
    Image.merge("RGB", [frame] * 3).save(file, "JPEG", quality=80)
    hold_up(tmp_path, file.getvalue())
    camera = FolderCamera(tmp_path / "camera", rate=QUICK)
    began = time.thread_time()
    gray = next(camera.frames()).gray
    assert time.thread_time() - began < 1 / 15
    sighting = qr.read(gray, turn=0, prefix="SV1:")
    assert sighting is not None
    assert sighting.text == text


def test_the_last_picture_is_wiped_when_the_next_one_comes(tmp_path: Path) -> None:
    show(tmp_path, "a.png", Image.new("L", (1280, 720), 90), taken=1000)
    camera = FolderCamera(tmp_path, rate=QUICK)
    frames = camera.frames()
    next(frames)
    kept = camera._picture
    assert kept is not None
    show(tmp_path, "a.png", Image.new("L", (1280, 720), 91), taken=1001)
    next(frames)
    assert not kept.any()


def test_a_folder_that_is_gone_cannot_be_opened(tmp_path: Path) -> None:
    camera = FolderCamera(tmp_path / "camera")
    camera.open()
    assert camera.reaches == (tmp_path / "camera",)
    (tmp_path / "camera").rmdir()
    with pytest.raises(FileNotFoundError):
        camera.open()
