"""What is left of destroyed keys on the disk itself: each octet of an ext4 image, free blocks and journal.

Looked for are the keys, as octets, hexadecimal digits and base64, and every sealed vault that held them: with
the device secret beside it, such a vault is as good as the keys. What this cannot show is in SECURITY.md:
what the controller of a memory card keeps behind the blocks that Linux sees.
"""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crypto.fields import month_end
from crypto.secret import Secret
from firmware.interfaces import Refused
from firmware.months import GRACE_S
from firmware.pin_tries import LIMIT
from firmware.vault import SealedState
from firmware.vault_disk import Directory
from tests.crypto.callers import ALICE, HOME
from tests.firmware.issuing import monthly
from tests.firmware.phones import DEVICE, Phone

NOVEMBER, DECEMBER = "2026-11", "2026-12"
PIECE = 48
"""Octets of a sealed vault that are looked for at once: AES-GCM in counter mode gives away any part."""


class Remembering(Directory):
    """A directory that remembers what was ever written to a vault."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.written: list[bytes] = []

    def write(self, name: str, octets: bytes) -> None:
        if name.startswith("vault."):
            self.written.append(octets)
        super().write(name, octets)


class Forgetful(Remembering):
    """One that does not overwrite what it removes, as if that were enough."""

    def overwrite(self, name: str) -> None:
        pass


class Image:
    """A file system in a file, as the phone's data partition is one on a card."""

    def __init__(self, folder: Path) -> None:
        self.file, self.mount = folder / "card", folder / "mnt"
        self.mount.mkdir()
        with self.file.open("wb") as file:
            file.truncate(24 << 20)
        self._run("mkfs.ext4", "-q", str(self.file))
        self._run("mount", "-o", "loop", str(self.file), str(self.mount))
        self._mounted = True

    def octets(self) -> bytes:
        """Take the card out and read all of it."""
        self.close()
        return self.file.read_bytes()

    def close(self) -> None:
        if self._mounted:
            self._run("umount", str(self.mount))
            self._mounted = False

    @staticmethod
    def _run(*command: str) -> None:
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        except (OSError, subprocess.SubprocessError):
            pytest.skip(f"this computer does not allow  {' '.join(command[:3])}")


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Image]:
    if os.geteuid() != 0:
        pytest.skip("only root mounts an image")
    image = Image(tmp_path)
    try:
        yield image
    finally:
        image.close()


def phone_on(image: Image, kind: type[Remembering] = Remembering) -> tuple[Phone, Remembering]:
    """A phone enrolled in November whose vault is on the image, and its disk."""
    phone = Phone(image.mount / "vault")
    disk = kind(image.mount / "vault")
    phone.disk = disk
    phone.custody = phone.opened()
    return phone.enrol(), disk


def secrets_of_november() -> dict[str, bytes]:
    return {"RSK": HOME.rsk(ALICE)[1:129], "SSK": HOME.caller(ALICE).ssk.expose()}


def found(image: bytes, written: list[bytes]) -> set[str]:
    """What of November's keys is on the card: by name, and 'vault' for a part of a sealed vault."""
    there = set()
    for name, secret in secrets_of_november().items():
        head = secret[:16]
        forms = {head, head.hex().encode(), head.hex().upper().encode()}
        forms |= {base64.b64encode(bytes(shift) + head)[4 if shift else 0 : 20] for shift in range(3)}
        if any(form in image for form in forms):
            there.add(name)
    for vault in written:
        pieces = (vault[at : at + PIECE] for at in range(0, len(vault) - PIECE, PIECE))
        if any(piece in image for piece in pieces):
            there.add("vault")
    return there


def month_over(phone: Phone) -> None:
    phone.custody.take("pack", monthly(DECEMBER))
    phone.now = month_end(NOVEMBER) + GRACE_S + 1.0
    phone.custody.tidy()


def wiped(phone: Phone) -> None:
    phone.custody.wipe()


def guessed(phone: Phone) -> None:
    phone.custody.set_pin("", "1357")
    for _ in range(LIMIT):
        phone.monotonic += 4000
        with pytest.raises(Refused):
            phone.custody.unlock("0000")


DESTRUCTIONS = [month_over, wiped, guessed]
each = pytest.mark.parametrize("destroy", DESTRUCTIONS)


@each
def test_after_destruction_no_old_key_and_no_vault_that_held_it_is_on_the_card(
    image: Image, destroy: Callable[[Phone], None]
) -> None:
    phone, disk = phone_on(image)
    destroy(phone)
    held = (
        {one.month for one in phone.custody._ring.enrolled.identity.months} if phone.custody._ring else set()
    )
    assert NOVEMBER not in held
    # The last vault is the one that is there by right: it was written when November's keys were gone.
    assert found(image.octets(), disk.written[:-1]) == set()


@each
def test_the_same_search_finds_the_vault_if_it_is_only_removed(
    image: Image, destroy: Callable[[Phone], None]
) -> None:
    phone, disk = phone_on(image, Forgetful)
    destroy(phone)
    assert "vault" in found(image.octets(), disk.written[:-1])


def test_before_destruction_the_search_finds_the_sealed_vault_and_no_key_in_clear(image: Image) -> None:
    _, disk = phone_on(image)
    assert found(image.octets(), disk.written) == {"vault"}


def test_a_vault_that_is_found_opens_with_the_device_secret_so_finding_none_matters(image: Image) -> None:
    phone, disk = phone_on(image)
    november, generation = disk.written[-1], len(disk.written)
    month_over(phone)
    state = SealedState(disk, Secret(DEVICE), name="vault")
    content = state._open(generation, november)
    assert content is not None
    assert secrets_of_november()["SSK"] in content


def test_a_save_that_fails_leaves_nothing_of_what_was_to_be_saved(image: Image) -> None:
    phone, disk = phone_on(image)

    def broken() -> None:
        raise OSError(5, "the card is broken")

    disk.sync_directory = broken  # type: ignore[method-assign]
    with pytest.raises(Refused):
        phone.custody.take("pack", monthly(DECEMBER))
    assert found(image.octets(), disk.written[-1:]) == set()
