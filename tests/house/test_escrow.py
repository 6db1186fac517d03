"""A call that was recorded on the wire: escrow opens it, and the phone, once the month is over, does not."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import re
import shutil
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from cms.store import open_store
from crypto import mikey, sakke
from crypto.errors import EncapsulationRejected
from crypto.fields import month_end
from crypto.secret import Secret
from demo.house import CommandFailed, run
from firmware.clock import Clock
from firmware.custody import Custody
from firmware.months import GRACE_S
from firmware.vault_disk import Directory
from firmware.vault_format import HeldMonth
from tests.house.conftest import WatchedHouse, call
from tests.house.test_secrecy import finds
from tests.monitor.recorded import Record, frame

BUILT = 1790000000
WORDS = "words for the officer"
CALLER, CALLEE, RELAY = ("192.0.2.1", 40000), ("192.0.2.2", 40002), ("192.0.2.9", 16400)


class Recorded:
    """A call as somebody between the phones has it: the INVITE's I_MESSAGE, and every packet."""

    def __init__(self, house: WatchedHouse, folder: Path) -> None:
        self.house, self.folder = house, folder
        invite = next(octets for octets in house.signalling if octets.startswith(b"INVITE"))
        found = re.search(rb"a=key-mgmt:mikey ([A-Za-z0-9+/=]+)", invite)
        assert found is not None
        self.message = base64.b64decode(found[1])
        self.when = mikey.parse(self.message).timestamp.when
        self.month = mikey.month_of(self.when)
        (folder / "record.jsonl").write_text(json.dumps({"mikey": found[1].decode()}))
        record = Record()
        for at, (side, octets) in enumerate(house.datagrams):
            source = CALLER if side.name == "CALLER" else CALLEE
            record.frames.append((self.when.timestamp() + at / 100, frame(source, RELAY, octets)))
        (folder / "relay.pcap").write_bytes(record.capture())

    def cms(self, *words: str) -> str:
        """A command of the CMS on a copy of the house's store, so that the house stays as it was."""
        environment = dict(
            os.environ,
            CMS_STORE=str(self.folder / "store"),
            CMS_PASSPHRASE_FILE=str(self.house.passphrase),
            CMS_ACCEPT_NETWORK="1",
        )
        return run([sys.executable, "-m", "cms", *words], environment)

    def opened(self, tel: str) -> str:
        """`cms escrow open` for a number, then `monitor open`; return what that said."""
        file = self.folder / f"{tel}.escrow"
        bob = ("--second", "bob", "--second-passphrase-file", str(self.folder / "bobs"))
        held = [word for at in (1, 3) for word in ("--share", str(self.folder / f"shares/share-{at}"))]
        words = ["escrow", "open", "--case", "42", "--identity", tel, "--month", self.month, "-o", str(file)]
        self.cms(*words, "--file-passphrase-file", str(self.folder / "words"), *bob, *held)
        environment = dict(os.environ, MONITOR_PASSPHRASE_FILE=str(self.folder / "words"))
        arguments = ["--signalling", "record.jsonl", "--packets", "relay.pcap", "-o", f"{tel}.wav"]
        paths = [str(self.folder / word) if "." in word else word for word in arguments]
        return run([sys.executable, "-m", "monitor", "open", "--escrow", str(file), *paths], environment)


@pytest.fixture(scope="module")
def recorded(house: WatchedHouse, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    house.datagrams.clear()
    house.signalling.clear()

    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            await here.until(lambda desk: "00:07" in desk.text, 15)

    asyncio.run(story())
    return Recorded(house, tmp_path_factory.mktemp("recorded"))


@pytest.fixture(scope="module")
def escrow(recorded: Recorded) -> Recorded:
    """The same with a CMS in escrow mode: two operators, two of three custodians."""
    folder = recorded.folder
    shutil.copytree(recorded.house.store, folder / "store")
    (folder / "bobs").write_text("another staple entirely")
    (folder / "words").write_text(WORDS)
    bob = ("--second", "bob", "--second-passphrase-file", str(folder / "bobs"))
    held = [word for at in (1, 2) for word in ("--share", str(folder / f"shares/share-{at}"))]
    recorded.cms("operator", "add", "bob", "--new-passphrase-file", str(folder / "bobs"))
    recorded.cms("policy", "set", "two-person", "on")
    recorded.cms("custodians", "--threshold", "2", "--shares", "3", "--to", str(folder / "shares"), *bob)
    recorded.cms("policy", "set", "mode", "escrow", *bob, *held)
    return recorded


def test_with_the_callees_escrow_file_the_recorded_speech_is_heard(escrow: Recorded) -> None:
    callee = escrow.house.people[1].tel
    said = escrow.opened(callee)
    assert "the caller is verified" in said
    with wave.open(str(escrow.folder / f"{callee}.wav"), "rb") as file:
        both = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    assert finds(both[:, 0].astype(np.float64) / 32768.0)


def test_with_the_callers_escrow_file_it_is_not(escrow: Recorded) -> None:
    caller, callee = (person.tel for person in escrow.house.people[:2])
    with pytest.raises(CommandFailed, match=re.escape(f"to {callee}: only calls TO {caller} open")):
        escrow.opened(caller)
    assert not (escrow.folder / f"{caller}.wav").exists()


class Phone:
    """The callee's phone, a copy of it: its key service's disk, at another time."""

    def __init__(self, recorded: Recorded, folder: Path) -> None:
        home = recorded.house.phone(recorded.house.people[1])
        shutil.copytree(home / "vault", folder / "vault")
        self.now = recorded.when.timestamp()
        self.recorded = recorded
        secret = Secret((home / "device-secret").read_bytes())
        disk = Directory(folder / "vault")
        self.custody = Custody(disk, secret, Clock(lambda: self.now), built=BUILT, monotonic=lambda: 1000.0)

    def held(self) -> tuple[HeldMonth, ...]:
        current = self.custody._safe.content.current
        assert current is not None
        return current.identity.months

    def opens(self) -> bool:
        """Whether any key of the phone opens the recorded I_MESSAGE."""
        return any(self._opens(held.rsk) for held in self.held())

    def _opens(self, rsk: Secret) -> bool:
        recorded = self.recorded
        with open_store(recorded.house.store, recorded.house.passphrase.read_text().strip()) as store:
            public = store.domain.certificate.kms(recorded.month).sakke_public_key
        identity = mikey.monthly(recorded.house.people[1].tel, recorded.when)
        with sakke.ReceiverKey(rsk.expose(), identifier=identity, kms_public_key=public) as key:
            try:
                key.decapsulate(mikey.parse(recorded.message).encapsulation.data)
            except EncapsulationRejected:
                return False
        return True


def test_the_phone_opens_it_during_the_month_and_not_when_that_is_destroyed(
    recorded: Recorded, tmp_path: Path
) -> None:
    phone = Phone(recorded, tmp_path)
    assert phone.opens()
    phone.now = month_end(recorded.month) + GRACE_S - 1
    phone.custody.tidy()
    assert phone.opens()
    phone.now += 2
    phone.custody.tidy()
    assert recorded.month not in {held.month for held in phone.held()}
    assert not phone.opens()


def test_a_capture_of_nothing_says_so(escrow: Recorded) -> None:
    empty = io.BytesIO(Record().capture()).getvalue()
    kept = (escrow.folder / "relay.pcap").read_bytes()
    (escrow.folder / "relay.pcap").write_bytes(empty)
    try:
        with pytest.raises(CommandFailed, match="none of its packets"):
            _again(escrow)
    finally:
        (escrow.folder / "relay.pcap").write_bytes(kept)


def _again(escrow: Recorded) -> None:
    callee = escrow.house.people[1].tel
    for name in (f"{callee}.escrow", f"{callee}.wav"):
        (escrow.folder / name).unlink(missing_ok=True)
    escrow.opened(callee)
