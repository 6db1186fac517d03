"""Python packages come by their hashes, and a wheel writes where it may."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from image.layers import read_layers
from image.progress import BuildFailed
from image.wheels import LOCK, Locked, archive, fetch, install, locked, read_lock

DIGEST = "a" * 64


def lock(folder: Path, text: str) -> Path:
    """Write a lock file."""
    path = folder / "wheels.lock"
    path.write_text(text)
    return path


def test_every_package_of_the_phone_is_locked() -> None:
    assert all(package.hashes for package in locked(read_layers("release", "debian")))


def test_every_hash_of_a_package_is_read(tmp_path: Path) -> None:
    text = f"one==1.0 \\\n    --hash=sha256:{DIGEST} \\\n    --hash=sha256:{'b' * 64}\n"
    assert len(read_lock(lock(tmp_path, text))["one"].hashes) == 2


def test_of_a_package_for_several_pythons_ours_is_taken() -> None:
    assert not read_lock(LOCK)["numpy"].version.startswith("2.4.")


def test_a_package_without_hashes_is_not_in_the_lock(tmp_path: Path) -> None:
    assert read_lock(lock(tmp_path, "one==1.0\n")) == {}


def test_a_changed_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one-1.0-py3-none-any.whl").write_bytes(b"changed")
    with pytest.raises(BuildFailed, match="not what the lock file names"):
        fetch([Locked("one", "1.0", (f"sha256:{DIGEST}",))], tmp_path)


def test_an_archive_of_another_version_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "one-1.0.1-py3-none-any.whl").touch()
    assert archive(Locked("one", "1.0", ()), tmp_path) is None


@pytest.mark.parametrize("name", ["../out.py", "/out.py", "one-1.0.data/headers/one.h"])
def test_a_wheel_writes_into_its_folder_only(tmp_path: Path, name: str) -> None:
    wheel = tmp_path / "one-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr(name, "")
    with pytest.raises(BuildFailed):
        install(wheel, tmp_path / "site")


def test_a_wheel_leaves_no_list_of_where_it_was_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "one-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("one.py", "")
        file.writestr("one-1.0.dist-info/RECORD", "")
        file.writestr("one-1.0.data/purelib/two.py", "")
    install(wheel, tmp_path / "site")
    assert sorted(path.name for path in (tmp_path / "site").rglob("*")) == ["one.py", "two.py"]
