"""The key service of a phone without the service: what a restart keeps and what it does not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from firmware.clock import Clock
from firmware.custody import Custody
from firmware.interfaces import Refused
from firmware.vault_disk import Directory, Disk
from tests.crypto.callers import ALICE, BOB, NOW
from tests.firmware import issuing
from tests.firmware.issuing import CODE, NOW_S, answer, card_text

DEVICE = bytes(range(32))
SSRC = 0x11223344


def custody(disk: Disk, *, device: bytes = DEVICE, now: float = NOW_S, monotonic: float = 1000.0) -> Custody:
    """Return the custody of what is on a disk, with clocks that stand still."""
    return Custody(
        disk,
        Secret(device),
        Clock(lambda: now),
        monotonic=lambda: monotonic,
        pin_cost=issuing.QUICK,
    )


class Phone:
    """One phone's keys in a directory of their own."""

    def __init__(self, home: Path, *, device: bytes = DEVICE) -> None:
        self.home = home
        self.device = device
        self.now: float = NOW_S
        self.monotonic = 1000.0
        self.disk: Directory = Directory(home)
        self.custody = self.opened()

    def opened(self) -> Custody:
        return Custody(
            self.disk,
            Secret(self.device),
            Clock(lambda: self.now),
            monotonic=lambda: self.monotonic,
            pin_cost=issuing.QUICK,
        )

    def restart(self) -> Phone:
        self.disk = Directory(self.home)
        self.custody = self.opened()
        return self

    def enrol(self, tel: str = ALICE, serial: int = 7, when: datetime = NOW) -> Phone:
        self.custody.import_card(card_text(tel, serial, when))
        self.custody.complete(answer(self.custody.unseal(CODE).body))
        self.custody.take("bulletin", issuing.bulletin_octets())
        return self


def refused(code: str, work: Callable[[], Any]) -> str:
    """Check that something is refused with a code; return its words."""
    with pytest.raises(Refused) as refusal:
        work()
    assert refusal.value.p_code == code
    return str(refusal.value.p_text)


def call(caller: Phone, callee: str = BOB) -> tuple[str, SRTPKeys]:
    """Make an I_MESSAGE; return it with the keys of its caller."""
    initiated, _ = caller.custody.initiate(callee, SSRC)
    return base64.b64encode(initiated.octets).decode(), initiated.keys


def flipped(text: str, at: int) -> str:
    """Change one bit of what base64 says."""
    octets = bytearray(base64.b64decode(text))
    octets[at] ^= 1
    return base64.b64encode(octets).decode()


class BrokenDirectory(Directory):
    """A disk that is full."""

    def write(self, name: str, octets: bytes) -> None:
        raise OSError(28, "No space left on device")
