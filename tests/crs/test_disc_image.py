"""CRS media in a disc image: read like those in a directory, unpacked privately, or refused."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from crs import disc_image, media_directory
from crs.cli import main
from crs.errors import OperatorError
from crs.media_directory import read_media
from crypto.fingerprint import fingerprint
from tests.crs.office import Office


def crs(*words: object, status: int = 0) -> str:
    """Type a command; returns what it printed, standard error when it fails."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["crs", *map(str, words)])
        patch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as end:
            main()
    assert (end.value.code or 0) == status, err.getvalue()
    return err.getvalue() if status else out.getvalue()


def burn(folder: Path, image: Path) -> Path:
    """Make an image of a folder."""
    command = [
        "xorriso",
        "-no_rc",
        "-as",
        "mkisofs",
        "-quiet",
        "-r",
        "-no-pad",
        "-o",
        str(image),
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return image


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    return office.export(tmp_path / "media")


@pytest.fixture
def image(folder: Path, tmp_path: Path) -> Path:
    return burn(folder, tmp_path / "media.iso")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


def test_an_image_is_read_as_its_directory_is(office: Office, folder: Path, image: Path) -> None:
    from_image, from_folder = (read_media(place, domain_key=office.key) for place in (image, folder))
    assert (from_image.roster, from_image.packs) == (from_folder.roster, from_folder.packs)
    assert from_image.tls_key == from_folder.tls_key


def test_what_was_unpacked_is_private_and_gone_afterwards(
    image: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[tuple[Path, int]] = []
    walk = media_directory._files

    def watched(directory: Path) -> dict[str, bytes]:
        walked.append((directory, directory.stat().st_mode & 0o777))
        return walk(directory)

    monkeypatch.setattr(media_directory, "_files", watched)
    read_media(image, domain_key=None)
    [(directory, mode)] = walked
    assert directory.parent == scratch
    assert mode & 0o077 == 0
    assert list(scratch.iterdir()) == []


def test_a_crs_is_made_and_renewed_from_images(office: Office, image: Path, tmp_path: Path) -> None:
    home = tmp_path / "crs"
    crs("init", "--media", image, "--home", home, "--fingerprint", fingerprint(office.key))
    newer = burn(office.export(tmp_path / "newer", sequence=2), tmp_path / "newer.iso")
    assert "media 2" in crs("keys", "load", "--media", newer, "--home", home)
    assert "nothing was changed" in crs("load", "--media", image, "--home", home, status=1)


@pytest.mark.parametrize("where", ["folder", "image"])
def test_verify_says_what_is_on_media_and_loads_nothing(
    office: Office, folder: Path, image: Path, where: str
) -> None:
    place = {"folder": folder, "image": image}[where]
    said = crs("media", "verify", "--media", place, "--fingerprint", fingerprint(office.key))
    assert fingerprint(office.key) in said
    assert "sv.example" in said
    assert "number 1" in said
    assert "2, 2 served" in said
    assert f"packs {(folder / 'packs').stat().st_size} octets" in said
    assert "by this domain" in said
    assert "compare" in crs("media", "verify", "--media", place)


def test_verify_with_another_fingerprint_fails(image: Path) -> None:
    said = crs("media", "verify", "--media", image, "--fingerprint", "ABCD", status=1)
    assert "tell security" in said


def _huge_key(folder: Path) -> None:
    (folder / "crs.key").write_bytes(bytes(5000))


def _two_names(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "roster").write_bytes(b"x")


FOREIGN: dict[str, Callable[[Path], object]] = {
    "a foreign file": lambda folder: (folder / "autorun.inf").touch(),
    "a directory": _two_names,
    "a link": lambda folder: (folder / "bulletin-2001-01").symlink_to("/etc/passwd"),
    "a pipe": lambda folder: os.mkfifo(folder / "bulletin-2001-01"),
    "a file that is too large": _huge_key,
    "a name that ends the line": lambda folder: (folder / "packs\n-r--r--r-- 1 0 0 1 x").touch(),
    "too many files": lambda folder: [(folder / f"bulletin-{year}-01").touch() for year in range(2000, 2070)],
}


@pytest.mark.parametrize("add", FOREIGN.values(), ids=FOREIGN)
def test_what_cannot_be_media_is_refused_before_it_is_unpacked(
    folder: Path,
    tmp_path: Path,
    scratch: Path,
    add: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(folder)
    image = burn(folder, tmp_path / "media.iso")

    def unexpected(**_: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", unexpected)
    with pytest.raises(OperatorError, match=r"does not belong.*nothing was changed"):
        read_media(image, domain_key=None)


def test_the_sizes_of_files_count_together(image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disc_image, "MAX_TOTAL", 1000)
    with pytest.raises(OperatorError, match="too much of it"):
        read_media(image, domain_key=None)


def test_an_image_that_is_too_large_is_not_looked_at(tmp_path: Path) -> None:
    with (tmp_path / "media.iso").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(OperatorError, match="larger than"):
        read_media(tmp_path / "media.iso", domain_key=None)


@pytest.mark.parametrize("octets", [b"", b"x", bytes(100_000), b"\x01CD001" * 10_000])
def test_what_is_no_image_is_refused(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "media.iso").write_bytes(octets)
    with pytest.raises(OperatorError, match="nothing was changed"):
        read_media(tmp_path / "media.iso", domain_key=None)


def test_a_link_or_a_pipe_is_no_image(image: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(image)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OperatorError, match="neither a directory nor a disc image"):
            read_media(tmp_path / name, domain_key=None)


def test_without_xorriso_mounting_is_named(image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(OperatorError, match="apt install xorriso, or mount"):
        read_media(image, domain_key=None)


def test_a_program_that_hangs_is_given_up(
    image: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "xorriso"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(slow))
    monkeypatch.setattr(disc_image, "_PATIENCE_S", 1)
    with pytest.raises(OperatorError, match="too long"):
        read_media(image, domain_key=None)


def test_a_damaged_image_is_the_same_media_or_is_refused(
    office: Office, folder: Path, image: Path, scratch: Path
) -> None:
    """Cut anywhere, or an octet changed anywhere: in its directory, its names, its files."""
    whole, expected = image.read_bytes(), read_media(folder, domain_key=office.key)
    chance = random.Random(5)
    places = [32768 + chance.randrange(2048) for _ in range(6)]
    places += [chance.randrange(40_000, len(whole)) for _ in range(24)]
    cuts = [chance.randrange(len(whole)) for _ in range(8)]
    refused = 0
    for number, place in enumerate([*places, *cuts]):
        damaged = bytearray(whole)
        damaged[place] ^= 0x41
        image.write_bytes(damaged if number < len(places) else whole[:place])
        try:
            found = read_media(image, domain_key=office.key)
        except OperatorError as error:
            refused += 1
            assert "nothing was changed" in str(error)  # noqa: PT017 - either outcome is lawful, with this text
        else:
            assert (found.roster, found.packs) == (expected.roster, expected.packs)
    assert refused
    assert list(scratch.iterdir()) == []
