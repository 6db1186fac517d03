"""A USB stick with an update: what of it is looked at, and that it comes in as any other bundle does."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from firmware.services.stick import DEVICE, MOUNT, Stick
from firmware.stick import MOST_NAMES, choose
from firmware.update_check import Bundle, BundleRefused
from firmware.update_interface import UpdateEvent
from tests.firmware.test_update_service import COMPATIBLE, GOOD, NEW, FakeRAUC, Phone

NAME = "sottovoce-1.2.0-debian-arm64.raucb"
HAVE = (1, 1, 0)


def test_the_newest_for_this_kind_of_phone_is_chosen() -> None:
    names = [
        NAME,
        "sottovoce-1.10.0-debian-arm64.raucb",
        "sottovoce-1.9.0-debian-arm64.raucb",
        "sottovoce-2.0.0-raspios-arm64.raucb",
    ]
    assert choose(names, kind=COMPATIBLE, have=HAVE) == "sottovoce-1.10.0-debian-arm64.raucb"


@pytest.mark.parametrize(
    "name",
    [
        "sottovoce-1.1.0-debian-arm64.raucb",
        "sottovoce-1.0.9-debian-arm64.raucb",
        "sottovoce-01.2.0-debian-arm64.raucb",
        "sottovoce-1.2-debian-arm64.raucb",
        "../sottovoce-1.2.0-debian-arm64.raucb",
        f"{NAME}\n",
        f"{NAME}.part",
        "SOTTOVOCE-1.2.0-DEBIAN-ARM64.RAUCB",
        "",
    ],
)
def test_what_is_not_newer_or_not_named_as_released_is_passed_over(name: str) -> None:
    assert choose([name], kind=COMPATIBLE, have=HAVE) == ""


@pytest.fixture
def plugged(tmp_path: Path) -> Stick:
    """A stick in a phone whose systemctl notes what it is asked, and does it."""
    (tmp_path / "stick").mkdir()
    systemctl = tmp_path / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n')
    systemctl.chmod(0o755)
    return Stick(tmp_path / "stick", systemctl=str(systemctl), usb=tmp_path / "usb")


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    async def main() -> Any:
        return await work()

    return asyncio.run(main())


async def found(stick: Stick) -> bytes | None:
    async with stick.bundle(kind=COMPATIBLE, have=HAVE) as descriptor:
        return None if descriptor is None else os.read(descriptor, 1 << 20)


def test_a_stick_is_mounted_for_as_long_as_it_is_read(plugged: Stick, tmp_path: Path) -> None:
    (tmp_path / "stick" / NAME).write_bytes(GOOD)
    assert run(lambda: found(plugged)) == GOOD
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == [f"is-active --quiet {DEVICE}", f"start {MOUNT}", f"stop {MOUNT}"]


def test_without_a_stick_nothing_is_mounted(plugged: Stick, tmp_path: Path) -> None:
    (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\nexit 3\n')
    assert run(lambda: found(plugged)) is None
    assert (tmp_path / "asked").read_text().splitlines() == [f"is-active --quiet {DEVICE}"]


def on_usb(folder: Path, number: str) -> None:
    """Something of this class is plugged in."""
    (folder / "usb" / "1-1:1.0").mkdir(parents=True)
    (folder / "usb" / "1-1:1.0" / "bInterfaceClass").write_text(f"{number}\n")


def test_a_stick_that_was_just_plugged_in_is_waited_for(
    plugged: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("firmware.services.stick.LOOK_S", 0.0)
    on_usb(tmp_path, "08")
    (tmp_path / "stick" / NAME).write_bytes(GOOD)
    (tmp_path / "systemctl").write_text(
        f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n'
        f'[ "$1" != is-active ] || [ "$(wc -l < {tmp_path}/asked)" -gt 2 ]\n'
    )
    assert run(lambda: found(plugged)) == GOOD
    assert (tmp_path / "asked").read_text().count("is-active") == 3


@pytest.mark.parametrize(("number", "settles_s"), [("03", 10.0), ("08", 0.0)])
def test_nobody_waits_for_a_keyboard_nor_for_long(
    plugged: Stick, tmp_path: Path, number: str, settles_s: float
) -> None:
    on_usb(tmp_path, number)
    (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\nexit 3\n')
    systemctl = str(tmp_path / "systemctl")
    nothing = Stick(tmp_path / "stick", systemctl=systemctl, usb=tmp_path / "usb", settles_s=settles_s)
    assert run(lambda: found(nothing)) is None
    assert (tmp_path / "asked").read_text().splitlines() == [f"is-active --quiet {DEVICE}"]


def test_a_stick_that_cannot_be_mounted_is_refused(plugged: Stick, tmp_path: Path) -> None:
    (tmp_path / "systemctl").write_text('#!/bin/sh\n[ "$1" != start ]\n')
    with pytest.raises(BundleRefused, match="FAT") as refused:
        run(lambda: found(plugged))
    assert refused.value.code == "E63"


def test_a_link_on_a_stick_is_not_followed(plugged: Stick, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(GOOD)
    (tmp_path / "stick" / NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BundleRefused):
        run(lambda: found(plugged))


def test_what_is_no_file_is_no_bundle(plugged: Stick, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stick" / NAME)
    assert run(lambda: found(plugged)) is None


def test_of_a_stick_with_too_much_on_it_not_all_is_looked_at(
    plugged: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    class Endless:
        def __enter__(self) -> Endless:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def __iter__(self) -> Endless:
            return self

        def __next__(self) -> Path:
            nonlocal read
            read += 1
            return tmp_path / "another file"

    monkeypatch.setattr("firmware.services.stick.os.scandir", lambda _: Endless())
    assert run(lambda: found(plugged)) is None
    assert read == MOST_NAMES


async def install(phone: Phone) -> list[UpdateEvent]:
    async with phone.asked(phone.service()) as call:
        return [reply["event"] async for reply in call.InstallStick()]


@pytest.fixture
def phone(tmp_path: Path, plugged: Stick) -> Phone:
    phone = Phone(tmp_path)
    phone.stick = plugged
    return phone


def test_a_bundle_on_a_stick_is_written_as_any_other(phone: Phone, tmp_path: Path) -> None:
    (tmp_path / "stick" / NAME).write_bytes(GOOD)
    events = run(lambda: install(phone))
    assert [event.kind for event in events] == ["copying", *["writing"] * 11, "ready"]
    assert phone.slot_b.read_bytes() == GOOD


def test_a_bundle_on_a_stick_is_refused_as_any_other(phone: Phone, tmp_path: Path) -> None:
    (tmp_path / "stick" / NAME).write_bytes(GOOD)
    phone.rauc = FakeRAUC(phone.slot_b, Bundle("sottovoce-raspios-arm64", NEW))
    assert [(event.kind, event.code) for event in run(lambda: install(phone))][-1] == ("failed", "E61")


def test_a_stick_that_is_pulled_out_while_it_is_copied_is_no_full_card(
    phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick" / NAME).write_bytes(GOOD)

    def gone(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("firmware.services.update.os.pread", gone)
    assert [(event.kind, event.code) for event in run(lambda: install(phone))][-1] == ("failed", "E63")
    assert not phone.here.bundle.exists()


def test_a_stick_without_anything_newer_is_nothing(phone: Phone) -> None:
    assert [event.kind for event in run(lambda: install(phone))] == ["nothing"]
    assert run(phone.status).ready == ""
