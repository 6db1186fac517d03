"""RAUC's own word on a bundle: whose it is, and whether a single octet of it was changed."""

from __future__ import annotations

import configparser
import os
import struct
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.timeline import SOURCE
from firmware.rauc import RAUC
from firmware.update_check import Bundle, BundleRefused
from image import update_keys
from image.layers import LAYERS
from tests.firmware.test_update_service import COMPATIBLE, NEW, run


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    for name in ("keys", "others"):
        files = update_keys.make("Example Ltd", None, now=datetime.now(UTC))
        update_keys.write(folder / name, files)
    content = folder / "content"
    content.mkdir()
    (content / "root.img").write_bytes(os.urandom(64 * 1024))
    (content / "boot.vfat").write_bytes(os.urandom(64 * 1024))
    (content / "manifest.raucm").write_text(
        f"[update]\ncompatible={COMPATIBLE}\nversion=1.2.0\n\n[bundle]\nformat=plain\n\n"
        "[image.rootfs]\nfilename=root.img\n\n[image.boot]\nfilename=boot.vfat\n"
    )
    keys = folder / "keys"
    subprocess.run(
        [
            "rauc",
            "bundle",
            f"--cert={keys}/bundle.crt",
            f"--key={keys}/bundle.key",
            f"--keyring={keys}/bundle-ca.crt",
            str(content),
            str(folder / "good.raucb"),
        ],
        check=True,
        capture_output=True,
    )
    for name in ("keys", "others"):
        (folder / f"{name}.conf").write_text(
            f"[system]\ncompatible={COMPATIBLE}\nbootloader=noop\n\n[keyring]\n"
            + "".join(f"{key}={value}\n" for key, value in keyring(folder / name).items())
        )
    return folder


def keyring(keys: Path) -> dict[str, str]:
    """What the image tells RAUC about signatures, with our anchor."""
    parser = configparser.ConfigParser()
    parser.read(LAYERS / "70-update/files/etc/rauc/system.conf")
    return dict(parser["keyring"]) | {"path": str(keys / "bundle-ca.crt")}


def info(signed: Path, octets: bytes, who: str = "keys") -> Bundle:
    file = signed / "told.raucb"
    file.write_bytes(octets)
    found: Bundle = run(lambda: RAUC(signed / f"{who}.conf", program="rauc").info(file))
    return found


def test_a_signed_bundle_is_read(signed: Path) -> None:
    assert info(signed, (signed / "good.raucb").read_bytes()) == Bundle(COMPATIBLE, NEW)


@pytest.mark.parametrize("days", [-20_000, -300, 1200])
def test_a_signed_bundle_is_read_on_a_board_whose_clock_is_wrong(
    signed: Path, days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, skew = tmp_path / "skew.so", tmp_path / "skew"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    skew.write_bytes(struct.pack("<q", days * 86_400))
    monkeypatch.setenv("SKEW_FILE", str(skew))
    monkeypatch.setenv("LD_PRELOAD", str(library))
    assert info(signed, (signed / "good.raucb").read_bytes()) == Bundle(COMPATIBLE, NEW)


def test_another_suppliers_bundle_is_refused(signed: Path) -> None:
    with pytest.raises(BundleRefused) as refused:
        info(signed, (signed / "good.raucb").read_bytes(), who="others")
    assert refused.value.code == "E60"


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 60_000])
def test_a_truncated_bundle_is_refused(signed: Path, left: int) -> None:
    with pytest.raises(BundleRefused) as refused:
        info(signed, (signed / "good.raucb").read_bytes()[:left])
    assert refused.value.code == "E60"


@pytest.mark.parametrize("from_end", [9, 100, 500, 1000])
def test_a_changed_signature_is_refused(signed: Path, from_end: int) -> None:
    octets = bytearray((signed / "good.raucb").read_bytes())
    octets[-from_end] ^= 0x10
    with pytest.raises(BundleRefused) as refused:
        info(signed, bytes(octets))
    assert refused.value.code == "E60"


@pytest.mark.parametrize("at", [0, 96, 40_000, 100_000, 131_000])
def test_a_change_anywhere_is_refused_before_anything_is_written(signed: Path, at: int) -> None:
    octets = bytearray((signed / "good.raucb").read_bytes())
    octets[at] ^= 0x10
    with pytest.raises(BundleRefused) as refused:
        info(signed, bytes(octets))
    assert refused.value.code == "E60"
