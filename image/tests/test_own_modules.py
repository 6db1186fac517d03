"""Modules of ours are compiled for the kernel of the image, or the build ends."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from image.firmware_choice import SET_REBOOT_FLAGS
from image.layers import LAYERS, words
from image.own_modules import build, vermagic
from image.progress import BuildFailed

RELEASE = "7.3.4-arm64"
OURS = LAYERS / "20-kernel" / "own"
MAKE = """#!/bin/sh
for word; do case $word in M=*) folder=${word#M=} ;; esac; done
printf 'vermagic=7.3.4-arm64 SMP \\0' > "$folder/first.ko"
printf 'vermagic=%s \\0' "$MADE_FOR" > "$folder/second.ko"
"""


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A kernel with one module of its own, and its headers."""
    folder = tmp_path / "unpacked"
    modules = folder / "usr/lib/modules" / RELEASE / "kernel"
    modules.mkdir(parents=True)
    (modules / "its.ko.xz").write_bytes(lzma.compress(b"\x7fELF name=its\0vermagic=7.3.4-arm64 SMP \0"))
    for name in (RELEASE, "7.3.4-common"):
        (folder / "usr/src" / f"linux-headers-{name}").mkdir(parents=True)
    return folder


@pytest.fixture
def made_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A compiler of two modules; the second is for the kernel that MADE_FOR says."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "make").write_text(MAKE)
    (programs / "make").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("MADE_FOR", "7.3.4-arm64 SMP")
    return monkeypatch


@pytest.mark.usefixtures("made_for")
def test_they_lie_beside_the_kernels_own_and_their_sources_stay_clean(unpacked: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    built = build(unpacked, source, tmp_path / "root")
    extra = tmp_path / "root/usr/lib/modules" / RELEASE / "extra"
    assert built == [extra / "first.ko", extra / "second.ko"]
    assert [vermagic(path.read_bytes()) for path in built] == ["7.3.4-arm64 SMP"] * 2
    assert not list(source.iterdir())


def test_one_for_another_kernel_ends_the_build(
    unpacked: Path, tmp_path: Path, made_for: pytest.MonkeyPatch
) -> None:
    made_for.setenv("MADE_FOR", "7.3.5-arm64 SMP")
    (tmp_path / "source").mkdir()
    with pytest.raises(BuildFailed, match=r"7\.3\.5"):
        build(unpacked, tmp_path / "source", tmp_path / "root")
    assert not (tmp_path / "root").exists()


def test_sources_that_make_no_module_end_the_build(
    unpacked: Path, tmp_path: Path, made_for: pytest.MonkeyPatch
) -> None:
    made_for.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "make").symlink_to("/bin/true")
    (tmp_path / "source").mkdir()
    with pytest.raises(BuildFailed, match="no kernel module"):
        build(unpacked, tmp_path / "source", tmp_path / "root")


def test_headers_of_another_kernel_end_the_build(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "usr/src" / f"linux-headers-{RELEASE}").rename(unpacked / "usr/src/linux-headers-7.3.3-arm64")
    with pytest.raises(BuildFailed, match="--fresh"):
        build(unpacked, tmp_path, tmp_path / "root")


def test_a_module_that_does_not_say_its_kernel_is_none() -> None:
    with pytest.raises(BuildFailed):
        vermagic(b"\x7fELF name=ours\0")


def test_kernel_and_headers_are_asked_for_from_one_suite() -> None:
    asked = {word for word in words(OURS.parent / "unpacked") if word.startswith("linux-")}
    assert {word.replace("-headers-", "-image-") for word in asked if "-headers-" in word} == {
        word for word in asked if "-image-" in word
    }


def test_the_message_is_the_one_that_is_looked_for_in_the_machine() -> None:
    source = (OURS / "sottovoce_tryboot.c").read_text()
    assert f"#define SET_REBOOT_FLAGS 0x{SET_REBOOT_FLAGS:08x}\n" in source
