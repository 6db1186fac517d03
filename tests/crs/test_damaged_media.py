"""Every damaged, truncated, reordered, replayed or foreign medium: a clear error, and nothing is changed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crs import loading, review
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.media_directory import read_media
from tests.crs.damage import THOROUGH, damaged
from tests.crs.office import ASHA, BEN, Office
from tests.crs.test_backup import files

Bench = tuple[Path, dict[str, dict[str, bytes]]]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A CRS that has loaded media 2, and the files of several media."""
    where = tmp_path_factory.mktemp("media")
    office, stranger = Office(), Office(key=2)
    for one in (office, stranger):
        one.issue(ASHA, 101)
        one.issue(BEN, 102)
    media = {str(number): files(office.export(where / str(number), number)) for number in (1, 2, 3)}
    media["foreign"] = files(stranger.export(where / "foreign", 3))
    home = where / "crs"
    loading.begin(home, read_media(where / "1", domain_key=None), now=time.time())
    _load(home, where / "2")
    return home, media


def _load(home: Path, directory: Path) -> None:
    """What `crs keys load` does, after a review."""
    database = Database(home / FILE)
    try:
        content = read_media(directory, domain_key=database.domain().domain_key)
        loading.renew(home, database, content, now=time.time())
    finally:
        database.close()


def _refused(bench: Bench, content: dict[str, bytes]) -> None:
    home, _ = bench
    place = home.parent / "medium"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, octets in content.items():
        (place / name).write_bytes(octets)
    before = files(home)
    with pytest.raises(OperatorError, match="nothing was changed"):
        _load(home, place)
    assert files(home) == before


@st.composite
def wrong(draw: st.DrawFn, media: dict[str, dict[str, bytes]]) -> dict[str, bytes]:
    """Media 3 with something wrong about them."""
    content, other = dict(media["3"]), media[draw(st.sampled_from(["1", "2", "foreign"]))]
    name = draw(st.sampled_from(sorted(content)))
    how = draw(st.sampled_from(["damage", "damage", "damage", "lose", "add", "swap", "borrow", "other"]))
    if how == "damage":
        content[name] = draw(damaged(content[name], other.get(name, b"")))
    elif how == "lose":
        del content[name]
    elif how == "add":
        added = draw(st.sampled_from(["bulletin-2030-01", "issuance-2030-01", "autorun.inf", "packs2"]))
        content[added] = draw(st.sampled_from([content[name], b"", b"x"]))
    elif how == "swap":
        second = draw(st.sampled_from(sorted(content)))
        content[name], content[second] = content[second], content[name]
    elif how == "borrow":
        for one in draw(st.lists(st.sampled_from(sorted(content)), min_size=1, unique=True)):
            content[one] = other.get(one, b"")
    else:
        content = dict(other)
    return content


@THOROUGH
@given(data=st.data())
def test_every_wrong_medium_is_refused_and_changes_nothing(bench: Bench, data: st.DataObject) -> None:
    _, media = bench
    content = data.draw(wrong(media))
    assume(content != media["3"])
    _refused(bench, content)


@pytest.mark.parametrize("name", ["1", "2", "foreign"])
def test_media_that_were_loaded_before_or_are_foreign_are_refused(bench: Bench, name: str) -> None:
    _refused(bench, bench[1][name])


def test_whole_media_are_taken(bench: Bench, tmp_path: Path) -> None:
    home, media = bench
    shutil.copytree(home, tmp_path / "crs")
    (tmp_path / "medium").mkdir()
    for name, octets in media["3"].items():
        (tmp_path / "medium" / name).write_bytes(octets)
    _load(tmp_path / "crs", tmp_path / "medium")
    database = Database(tmp_path / "crs" / FILE)
    assert database.domain().sequence == 3
    assert review.look(database).alarms == ()
    database.close()
