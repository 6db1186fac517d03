"""What the build itself puts on an image, beside what the layers say."""

from __future__ import annotations

from pathlib import Path

from image.build import bring_licences
from image.publish import licences


def test_a_package_that_was_only_unpacked_brings_its_licence_to_the_release(tmp_path: Path) -> None:
    kernel = tmp_path / "unpacked/usr/share/doc/linux-binary-7.3.4"
    kernel.mkdir(parents=True)
    (kernel / "copyright").write_text("The kernel is under GPL-2.0.")
    (kernel / "changelog.gz").write_bytes(b"\x1f\x8b")
    bring_licences(tmp_path / "unpacked", tmp_path / "root")
    assert "The kernel is under GPL-2.0." in licences(tmp_path / "root")
    assert [path.name for path in (tmp_path / "root").rglob("*") if path.is_file()] == ["copyright"]
