"""Media as a disc image: whole, the same each time, on blank media only."""

import shutil
import subprocess

import pytest

from cms import disc, media
from cms import domain as domains
from cms.errors import OperatorMistake
from cms.files import StagedFolder
from crypto import crs_media
from tests.cms.office import ALICE

NOW = 1_794_300_000


@pytest.fixture(scope="module")
def files():
    domain = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=NOW)
    domain = domains.add_user(domain, tel=ALICE, name="Alice", now=NOW)
    domain, _ = domains.issue_card(domain, tel=ALICE, now=NOW)
    return media.export(domain, now=NOW)[1]


def image_of(path, files, at=NOW):
    with disc.staged(path, at=at) as staged:
        staged.fill(files, lambda: None)
        staged.appear()
    return path.read_bytes()


def content(image, folder):
    """What xorriso finds on an image."""
    folder.mkdir()
    command = [
        "xorriso",
        "-no_rc",
        "-osirrox",
        "on",
        "-indev",
        f"stdio:{image}",
        "-extract",
        "/",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_image_holds_the_media_and_nothing_else(files, tmp_path):
    image_of(tmp_path / "media.iso", files)
    found = content(tmp_path / "media.iso", tmp_path / "found")
    assert found == files
    assert crs_media.read(found).sequence == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found", "media.iso"]


def test_the_same_export_gives_the_same_image_wherever_and_whenever_it_is_written(
    files, tmp_path, monkeypatch
):
    first = image_of(tmp_path / "a.iso", files)
    (tmp_path / "b").mkdir()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert image_of(tmp_path / "b" / "other.iso", dict(reversed(files.items()))) == first
    assert image_of(tmp_path / "c.iso", files, at=NOW + 1) != first


def test_a_name_that_ends_in_iso_is_an_image_and_any_other_a_folder(tmp_path):
    with disc.staged(tmp_path / "a.ISO", at=NOW) as image, disc.staged(tmp_path / "a", at=NOW) as folder:
        assert isinstance(image, disc.StagedImage)
        assert isinstance(folder, StagedFolder)


@pytest.mark.parametrize("taken", ["file", "empty file", "folder", "link"])
def test_an_image_goes_where_nothing_is(files, tmp_path, taken):
    place = tmp_path / "media.iso"
    if taken == "folder":
        place.mkdir()
    elif taken == "link":
        place.symlink_to(tmp_path / "elsewhere")
    else:
        place.write_bytes(b"" if taken == "empty file" else b"last month")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OperatorMistake, match="already there"):
        disc.staged(place, at=NOW)
    assert sorted(tmp_path.rglob("*")) == before


def test_without_xorriso_a_folder_is_named(files, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(OperatorMistake, match="apt install xorriso, or name a folder"):
        disc.staged(tmp_path / "media.iso", at=NOW)
    assert list(tmp_path.iterdir()) == []


def test_what_xorriso_complains_of_is_said_and_nothing_stays(files, tmp_path, monkeypatch):
    failing = tmp_path / "xorriso"
    failing.write_text("#!/bin/sh\necho 'xorriso : FAILURE : Cannot write a single sector' >&2\nexit 32\n")
    failing.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(failing))
    with pytest.raises(OperatorMistake, match="single sector"):
        image_of(tmp_path / "media.iso", files)
    assert list(tmp_path.iterdir()) == [failing]


def test_an_image_that_has_not_appeared_leaves_nothing(files, tmp_path):
    with disc.staged(tmp_path / "media.iso", at=NOW) as staged:
        staged.fill(files, lambda: None)
    assert list(tmp_path.iterdir()) == []


def test_a_month_is_exported_on_an_image_and_an_existing_one_is_kept(office):
    office.does("user", "card", "--tel", ALICE, "-o", "alice.png")
    said = office.does("export", "--media", "media.iso")
    assert "crs init --media media.iso" in said
    before = (office.desk / "media.iso").read_bytes()
    assert "already there" in office.fails("export", "--media", "media.iso")
    assert (office.desk / "media.iso").read_bytes() == before
    assert (office.desk / "media.iso").stat().st_mode & 0o077 == 0
    assert office.held().exports == 1
    assert content(office.desk / "media.iso", office.desk / "found")["manifest"]


@pytest.mark.parametrize("words", [(), ("media", "--media", "media.iso")])
def test_an_export_names_one_place(office, words):
    assert "one place" in office.fails("export", *words, status=2)
