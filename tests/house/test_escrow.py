"""A call that was recorded on the wire: escrow opens it, and the phone, once the month is over, does not."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
from pathlib import Path

import pytest

from cms.store import open_store
from crypto import mikey, sakke
from crypto.errors import EncapsulationRejected
from crypto.fields import month_end
from crypto.secret import Secret
from demo.house import CommandFailed
from firmware.clock import Clock
from firmware.custody import Custody
from firmware.months import GRACE_S
from firmware.vault_disk import Directory
from firmware.vault_format import HeldMonth
from tests.house.conftest import WatchedHouse, call
from tests.house.evidence import Recorded
from tests.house.test_secrecy import finds
from tests.monitor.recorded import Record


@pytest.fixture(scope="module")
def recorded(house: WatchedHouse, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    house.datagrams.clear()
    house.signalling.clear()

    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            await here.until(lambda desk: "00:07" in desk.text, 15)

    asyncio.run(story())
    return Recorded(house, house.signalling, tmp_path_factory.mktemp("recorded"))


@pytest.fixture(scope="module")
def escrow(recorded: Recorded) -> Recorded:
    recorded.agree_on_escrow()
    return recorded


def test_with_the_callees_escrow_file_the_recorded_speech_is_heard(escrow: Recorded) -> None:
    callee = escrow.house.people[1].tel
    said = escrow.opened(callee)
    assert "the caller is verified" in said
    assert finds(escrow.said_by_the_caller(callee))


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
        self.custody = Custody(disk, secret, Clock(lambda: self.now), monotonic=lambda: 1000.0)

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
