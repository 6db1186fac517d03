"""A release folder: what is published of one build, summed up and signed.

    python -m image.release sign FOLDER --key release.key
    python -m image.release verify FOLDER --key release.pub

    sottovoce-VERSION.img.zst  .img.bmap the card, and which blocks of it matter
    sottovoce-VERSION.raucb              the same as an update
    sottovoce-VERSION.cdx.json           what is in it
    sottovoce-VERSION.licences.txt       under which terms
    imager.json                          for Raspberry Pi Imager
    SHA256SUMS  SHA256SUMS.sig           digests of all the above, and their signature (Ed25519, 64 octets)

The signature can be checked without us, too:
    openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
MAX_SUMS_OCTETS = 64 * 1024
MAX_KEY_OCTETS = 4096
_SUM = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._+-]{0,127})")


class ReleaseRejected(ValueError):
    """A release folder is not what its signer published; the text says what to do."""


def sums(folder: Path) -> str:
    """Return the content of SHA256SUMS for a folder, as sha256sum prints it."""
    names = sorted(path.name for path in folder.iterdir() if path.name not in (SUMS, SIGNATURE))
    return "".join(f"{digest(folder / name)}  {name}\n" for name in names)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sign(folder: Path, private: Ed25519PrivateKey) -> None:
    """Write SHA256SUMS and its signature, each whole or not at all, the signature last."""
    (folder / SIGNATURE).unlink(missing_ok=True)
    text = sums(folder).encode()
    replace(folder / SUMS, text)
    replace(folder / SIGNATURE, private.sign(text))


def verify(folder: Path, public: Ed25519PublicKey) -> list[str]:
    """Return the names of all files of a release, verified. Raises ReleaseRejected, OSError.

    Nothing is read but the two small files before the signature is known to be good.
    """
    text = _bounded(folder / SUMS, MAX_SUMS_OCTETS)
    try:
        public.verify(_bounded(folder / SIGNATURE, 64), text)
    except InvalidSignature:
        raise ReleaseRejected(
            f"{SIGNATURE} was not made with this key: do not flash this; fetch the release again"
        ) from None
    listed = _read_sums(text)
    there = {path.name for path in folder.iterdir()} - {SUMS, SIGNATURE}
    if missing := sorted(set(listed) - there):
        raise ReleaseRejected(f"missing: {', '.join(missing)}; fetch the release again")
    if strange := sorted(there - set(listed)):
        raise ReleaseRejected(f"not part of the release: {', '.join(strange)}; remove what you do not know")
    for name, expected in listed.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            raise ReleaseRejected(f"{name} is not a file; fetch the release again")
        if digest(path) != expected:
            raise ReleaseRejected(f"{name} is not what was signed: do not flash it; fetch it again")
    return sorted(listed)


def imager(
    *, name: str, version: str, description: str, url: str, image: Path, unpacked: Mapping[str, object]
) -> str:
    """Return the manifest for Raspberry Pi Imager. `unpacked` has 'size' and 'sha256' of the image itself."""
    entry = {
        "name": f"{name} {version}",
        "description": description,
        "url": url,
        "extract_size": unpacked["size"],
        "extract_sha256": unpacked["sha256"],
        "image_download_size": image.stat().st_size,
        "image_download_sha256": digest(image),
        "devices": ["pi3-64bit", "pi4-64bit"],
        "init_format": "none",
    }
    return json.dumps({"os_list": [entry]}, indent=1, sort_keys=True) + "\n"


def replace(path: Path, octets: bytes) -> None:
    """Write a file: the old content or the new, whatever happens."""
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _read_sums(text: bytes) -> dict[str, str]:
    listed: dict[str, str] = {}
    for line in text.decode("ascii", "replace").splitlines():
        found = _SUM.fullmatch(line)
        if found is None or found[2] in listed:
            raise ReleaseRejected(f"{SUMS} has a line that is none of ours; fetch the release again")
        listed[found[2]] = found[1]
    if not listed:
        raise ReleaseRejected(f"{SUMS} lists nothing; fetch the release again")
    return listed


def _bounded(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        octets = file.read(most + 1)
    if len(octets) > most:
        raise ReleaseRejected(f"{path.name} is too large; fetch the release again")
    return octets


def load_private(path: Path) -> Ed25519PrivateKey:
    """Read the signing key, asking for its passphrase if it has one. Raises ValueError, OSError."""
    octets = _bounded(path, MAX_KEY_OCTETS)
    passphrase = getpass.getpass(f"Passphrase of {path}: ").encode() if b"ENCRYPTED" in octets else None
    key = load_pem_private_key(octets, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not a release key (Ed25519): take release.key")
    return key


def load_public(path: Path) -> Ed25519PublicKey:
    """Read the verifying key. Raises ValueError, OSError."""
    try:
        key = load_pem_public_key(_bounded(path, MAX_KEY_OCTETS))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError(f"{path} is not a public key: take release.pub") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{path} is not a release key (Ed25519): take release.pub")
    return key


def main(argv: list[str] | None = None) -> int:
    """Sign or verify a release folder; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="image.release",
        description="Sign or verify a release folder.",
        epilog="example: python -m image.release verify ~/Downloads/sottovoce-1.0 --key release.pub",
    )
    parser.add_argument("do", choices=("sign", "verify"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="release.key to sign, release.pub to verify")
    arguments = parser.parse_args(argv)
    try:
        if arguments.do == "sign":
            sign(arguments.folder, load_private(arguments.key))
            print(f"{arguments.folder / SUMS} and its signature are written")
        else:
            for name in verify(arguments.folder, load_public(arguments.key)):
                print(f"{name}: as signed")
    except (OSError, ValueError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
