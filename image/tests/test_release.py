"""A release folder: signed whole, and refused when anything of it is not as it was signed."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from image import release, update_keys
from image.release import SIGNATURE, SUMS, ReleaseRejected

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sottovoce-9.9"
    made.mkdir()
    (made / "sottovoce-9.9.img.zst").write_bytes(b"image" * 1000)
    (made / "sottovoce-9.9.raucb").write_bytes(b"bundle" * 1000)
    release.sign(made, KEY)
    return made


def test_a_release_verifies_and_says_what_is_in_it(folder: Path) -> None:
    assert release.verify(folder, KEY.public_key()) == ["sottovoce-9.9.img.zst", "sottovoce-9.9.raucb"]


def test_the_sums_are_read_by_sha256sum(folder: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--strict", "--check", SUMS], cwd=folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_the_signature_is_read_by_openssl(folder: Path, tmp_path: Path) -> None:
    files = update_keys.make("Example Ltd", None, now=NOW)
    update_keys.write(tmp_path / "keys", files)
    release.sign(folder, release.load_private(tmp_path / "keys" / "release.key"))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(tmp_path / "keys" / "release.pub")]
    command += ["-rawin", "-in", SUMS, "-sigfile", SIGNATURE]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "Verified Successfully" in checked.stdout


def test_signing_twice_gives_the_same_octets(folder: Path) -> None:
    before = (folder / SUMS).read_bytes(), (folder / SIGNATURE).read_bytes()
    release.sign(folder, KEY)
    assert ((folder / SUMS).read_bytes(), (folder / SIGNATURE).read_bytes()) == before


def test_a_changed_octet_is_refused_and_named(folder: Path) -> None:
    image = folder / "sottovoce-9.9.img.zst"
    octets = bytearray(image.read_bytes())
    octets[2500] ^= 1
    image.write_bytes(octets)
    with pytest.raises(ReleaseRejected, match=r"img\.zst is not what was signed: do not flash it"):
        release.verify(folder, KEY.public_key())


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "sottovoce-9.9.raucb").unlink()
    with pytest.raises(ReleaseRejected, match=r"missing: sottovoce-9\.9\.raucb"):
        release.verify(folder, KEY.public_key())


def test_a_file_that_nobody_signed_is_named(folder: Path) -> None:
    (folder / "flash-me.sh").write_text("true\n")
    with pytest.raises(ReleaseRejected, match=r"not part of the release: flash-me\.sh"):
        release.verify(folder, KEY.public_key())


def test_another_key_is_refused(folder: Path) -> None:
    with pytest.raises(ReleaseRejected, match="not made with this key"):
        release.verify(folder, Ed25519PrivateKey.generate().public_key())


def test_sums_that_were_changed_with_the_file_are_refused(folder: Path) -> None:
    (folder / "sottovoce-9.9.raucb").write_bytes(b"other")
    (folder / SUMS).write_text(release.sums(folder))
    with pytest.raises(ReleaseRejected, match="not made with this key"):
        release.verify(folder, KEY.public_key())


def test_a_link_in_the_place_of_a_file_is_refused(folder: Path, tmp_path: Path) -> None:
    bundle = folder / "sottovoce-9.9.raucb"
    shutil.move(bundle, tmp_path / "elsewhere")
    bundle.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseRejected, match="is not a file"):
        release.verify(folder, KEY.public_key())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "0" * 64 + " one-space\n",
        "0" * 63 + "  short\n",
        "0" * 64 + "  ../escape\n",
        "0" * 64 + "  .hidden\n",
        ("0" * 64 + "  twice\n") * 2,
    ],
)
def test_signed_sums_that_are_none_of_ours_are_refused(folder: Path, line: str) -> None:
    (folder / SUMS).write_text(line)
    (folder / SIGNATURE).write_bytes(KEY.sign(line.encode()))
    with pytest.raises(ReleaseRejected, match="fetch the release again"):
        release.verify(folder, KEY.public_key())


def test_sums_without_end_are_not_read(folder: Path) -> None:
    (folder / SUMS).write_bytes(b"0" * (release.MAX_SUMS_OCTETS + 1))
    with pytest.raises(ReleaseRejected, match="too large"):
        release.verify(folder, KEY.public_key())


def test_a_folder_is_unsigned_while_its_sums_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(path: Path, octets: bytes) -> None:
        raise OSError("power")

    monkeypatch.setattr(release, "replace", cut)
    with pytest.raises(OSError, match="power"):
        release.sign(folder, KEY)
    assert not (folder / SIGNATURE).exists()


def test_the_manifest_for_the_imager_has_both_digests(folder: Path) -> None:
    image = folder / "sottovoce-9.9.img.zst"
    text = release.imager(
        name="Sottovoce",
        version="9.9",
        description="A secure desk phone",
        url="https://phones.example/sottovoce-9.9.img.zst",
        image=image,
        unpacked={"size": 1 << 30, "sha256": "ab" * 32},
    )
    (entry,) = json.loads(text)["os_list"]
    assert entry["image_download_size"] == 5000
    assert entry["image_download_sha256"] == release.digest(image)
    assert (entry["extract_size"], entry["extract_sha256"]) == (1 << 30, "ab" * 32)


def test_the_command_says_what_is_wrong(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update_keys.write(tmp_path / "keys", update_keys.make("Example Ltd", None, now=NOW))
    assert release.main(["verify", str(folder), "--key", str(tmp_path / "keys" / "bundle-ca.crt")]) == 1
    assert "is not a public key: take release.pub" in capsys.readouterr().err
    assert release.main(["sign", str(folder), "--key", str(tmp_path / "keys" / "release.key")]) == 0
    assert release.main(["verify", str(folder), "--key", str(tmp_path / "keys" / "release.pub")]) == 0
    assert "sottovoce-9.9.raucb: as signed" in capsys.readouterr().out


# The keys


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    update_keys.write(tmp_path / "keys", {"release.key": b"old"})
    with pytest.raises(FileExistsError, match="keys are not overwritten"):
        update_keys.write(tmp_path / "keys", {"release.key": b"new"})
    assert (tmp_path / "keys" / "release.key").read_bytes() == b"old"


def test_private_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    update_keys.write(tmp_path / "keys", update_keys.make("Example Ltd", None, now=NOW))
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert {name for name, mode in modes.items() if mode == 0o600} == {
        "release.key",
        "bundle-ca.key",
        "bundle.key",
    }


def test_private_keys_are_sealed_under_the_passphrase() -> None:
    files = update_keys.make("Example Ltd", b"a long passphrase", now=NOW)
    assert all(b"BEGIN ENCRYPTED PRIVATE KEY" in files[name] for name in files if name.endswith(".key"))


def test_the_signer_chains_to_the_anchor() -> None:
    files = update_keys.make("Example Ltd", None, now=NOW)
    anchor = x509.load_pem_x509_certificate(files["bundle-ca.crt"])
    signer = x509.load_pem_x509_certificate(files["bundle.crt"])
    signer.verify_directly_issued_by(anchor)
    assert signer.not_valid_after_utc < anchor.not_valid_after_utc
    assert not signer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_short_passphrase_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "short")
    with pytest.raises(ValueError, match="at least 12 characters"):
        update_keys.ask_passphrase()
