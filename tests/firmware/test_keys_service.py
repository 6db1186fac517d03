"""The key service as a process: spoken to over its socket, killed, started again, looked at from outside."""

import asyncio
import base64
import contextlib
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asyncvarlink import FileDescriptor

from crypto.srtp_keys import SRTPKeys
from firmware import varlink
from firmware.interfaces import KeysInterface, Refused
from firmware.sealed_memory import seal, unseal
from tests.crypto.callers import ALICE, BOB
from tests.firmware.issuing import CODE, NOW_S, answer, bulletin_octets, card_text, monthly, revoked_octets

SSRC = 0x11223344


class Service:
    """`python -m firmware.services.keys` with a home of its own and a clock that shows NOW."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(exist_ok=True)
        (home / "clock-offset").write_text(str(NOW_S - time.time()))
        self.log = home / "log"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "firmware.services.keys", "--board", "virtual", "--home", self.home]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def kill(self, number: int = signal.SIGKILL) -> int:
        self.process.send_signal(number)
        return self.process.wait(10)

    @contextlib.asynccontextmanager
    async def keys(self) -> AsyncIterator[Any]:
        path = varlink.socket_path(self.home, "keys")
        connection = await varlink.connect(path, KeysInterface, patience_s=30)
        try:
            yield connection.call
        finally:
            connection.close()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[tuple[Service, Service]]:
    pair = Service(tmp_path / "alice"), Service(tmp_path / "bob")
    yield pair
    for service in pair:
        if service.process.poll() is None:
            service.kill()


async def enrol(keys: Any, tel: str, serial: int) -> None:
    await keys.ImportCard(text=card_text(tel, serial))
    contact = (await keys.Unseal(transfer_code=CODE))["contact"]
    await keys.CompleteEnrolment(pack=answer(contact.body))
    await take(keys, "bulletin", bulletin_octets())


async def take(keys: Any, kind: str, octets: bytes) -> Any:
    """Hand something from the CRS to the service, as sealed memory."""
    descriptor = seal(octets, name=kind)
    try:
        return (await keys.Take(kind=kind, octets=FileDescriptor(descriptor)))["status"]
    finally:
        os.close(descriptor)


async def call(alice: Any, bob: Any) -> tuple[str, str, SRTPKeys, SRTPKeys]:
    with await alice.Initiate(callee=BOB, ssrc=SSRC) as reply:
        initiation = reply["initiation"]
        message = initiation.message
        sent = SRTPKeys.decode(unseal(initiation.keys.fileno(), limit=56))
    with await bob.Accept(message=message) as reply:
        acceptance = reply["acceptance"]
        heard = SRTPKeys.decode(unseal(acceptance.keys.fileno(), limit=56))
        return message, acceptance.caller, sent, heard


def test_two_services_from_card_to_call_through_a_kill(services: tuple[Service, Service]) -> None:
    one, two = services

    async def run() -> None:
        async with one.keys() as alice, two.keys() as bob:
            await enrol(alice, ALICE, 7)
            await enrol(bob, BOB, 8)
            message, caller, sent, heard = await call(alice, bob)
            assert caller == ALICE
            assert (sent.send, sent.receive) == (heard.receive, heard.send)
            with pytest.raises(Refused) as refusal:
                await bob.Accept(message=message)
            assert refusal.value.p_code == "E34"
        two.kill()
        two.start()
        async with one.keys() as alice, two.keys() as bob:
            assert (await bob.Status())["status"].tel == BOB
            with pytest.raises(Refused) as refusal:
                await bob.Accept(message=message)
            assert refusal.value.p_code == "E34", "a restart forgets no replay"
            assert (await call(alice, bob))[1] == ALICE
            with await alice.TLSClient() as reply:
                key = unseal(reply["identity"].key.fileno(), limit=4096)
            assert key.startswith(b"-----BEGIN PRIVATE KEY-----")
            await alice.Wipe()
            assert not (await alice.Status())["status"].enrolled

    asyncio.run(run())
    assert one.kill(signal.SIGTERM) == 0
    assert not varlink.socket_path(one.home, "keys").exists()
    for service in services:
        log = service.log.read_text()
        assert "enrolled" in log
        for secret in (ALICE[1:], BOB[1:], BOB[-4:], CODE):
            assert secret not in log


def test_a_service_killed_while_its_keys_are_pending_goes_on_where_it_was(
    services: tuple[Service, Service],
) -> None:
    service, _ = services

    async def run() -> None:
        async with service.keys() as keys:
            await keys.ImportCard(text=card_text(ALICE, 7))
            before = (await keys.Unseal(transfer_code=CODE))["contact"]
        service.kill()
        service.start()
        async with service.keys() as keys:
            status = (await keys.Status())["status"]
            assert (status.enrolled, status.pending) == (False, True)
            after = (await keys.PendingContact())["contact"]
            assert (after.crs, after.trust_anchor) == (before.crs, before.trust_anchor)
            await keys.CompleteEnrolment(pack=answer(after.body))
            assert (await keys.Status())["status"].tel == ALICE

    asyncio.run(run())


PIN = "2580"


async def refused(code: str, work: Awaitable[Any]) -> str:
    with pytest.raises(Refused) as refusal:
        await work
    assert refusal.value.p_code == code
    return str(refusal.value.p_text)


def test_a_service_with_a_pin_starts_locked_and_no_kill_gives_a_try_back(
    services: tuple[Service, Service],
) -> None:
    service, _ = services
    contacts, settings = (base64.b64encode(octets).decode() for octets in (b"Bob" * 1000, b"de"))

    async def first() -> None:
        async with service.keys() as keys:
            await enrol(keys, ALICE, 7)
            assert await keys.Recall(name="contacts") == {"data": ""}
            await keys.Remember(name="contacts", data=contacts)
            await keys.Remember(name="settings", data=settings)
            await keys.SetPIN(old="", new=PIN)
            status = (await keys.Status())["status"]
            assert (status.pin, status.locked, status.tries, status.wait) == (True, False, 10, 0)
            with await keys.InitiateEcho(ssrc=SSRC) as reply:
                octets = unseal(reply["initiation"].keys.fileno(), limit=56)
            assert octets[:28] == octets[28:]
            found = (await keys.Find(text="beis", limit=5))["entries"]
            assert [(entry.tel, entry.name) for entry in found] == [(BOB, "Bob Beispiel")]

    async def second() -> None:
        async with service.keys() as keys:
            status = (await keys.Status())["status"]
            assert (status.pin, status.locked, status.enrolled, status.tel) == (True, True, False, "")
            assert (await keys.Recall(name="settings"))["data"] == settings
            await refused("E47", keys.Recall(name="contacts"))
            await refused("E47", keys.Initiate(callee=BOB, ssrc=SSRC))
            await refused("E47", keys.TLSClient())
            for left in (9, 8, 7):
                assert f"{left} tries left" in await refused("E47", keys.Unlock(pin="9999"))
            await refused("E48", keys.Unlock(pin=PIN))

    async def third() -> None:
        async with service.keys() as keys:
            status = (await keys.Status())["status"]
            assert (status.locked, status.tries) == (True, 7)
            assert 20 < status.wait <= 30, "a restart begins the wait anew"
            await refused("E48", keys.Unlock(pin=PIN))
            await keys.Wipe()
            assert not (await keys.Status())["status"].pin
            assert (await keys.Recall(name="settings"))["data"] == ""

    for part in (first, second, third):
        asyncio.run(part())
        service.kill()
        service.start()
    log = service.log.read_text()
    for pin in (PIN, "9999", ALICE[1:], BOB[1:]):
        assert pin not in log


def test_the_right_pin_opens_a_killed_service(services: tuple[Service, Service]) -> None:
    service, other = services

    async def run() -> None:
        async with service.keys() as keys:
            await enrol(keys, ALICE, 7)
            await keys.SetPIN(old="", new=PIN)
        service.kill()
        service.start()
        async with service.keys() as keys, other.keys() as bob:
            await enrol(bob, BOB, 8)
            status = (await keys.Unlock(pin=PIN))["status"]
            assert (status.locked, status.tel, status.tries) == (False, ALICE, 10)
            assert (await call(keys, bob))[1] == ALICE
            await refused("E47", keys.Unlock(pin="9999"))
            assert (await call(keys, bob))[1] == ALICE, "an open vault stays open"

    asyncio.run(run())


def test_the_process_and_its_files_are_for_their_owner_alone(services: tuple[Service, Service]) -> None:
    service, _ = services

    async def run() -> None:
        async with service.keys() as keys:
            await enrol(keys, ALICE, 7)

    asyncio.run(run())
    assert resource.prlimit(service.process.pid, resource.RLIMIT_CORE) == (0, 0)
    assert "NoNewPrivs:\t1" in Path(f"/proc/{service.process.pid}/status").read_text()
    vault = service.home / "vault"
    assert stat.S_IMODE(vault.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in vault.iterdir()} == {0o600}
    assert stat.S_IMODE(os.stat(varlink.socket_path(service.home, "keys")).st_mode) == 0o600


def test_a_wrong_command_line_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "firmware.services.keys"]
    result = subprocess.run([*command, "--home", tmp_path], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "--board" in result.stderr
    result = subprocess.run(
        [*command, "--board", "toaster", "--home", tmp_path], capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "unknown board 'toaster'" in result.stderr


def test_what_the_server_passed_on_is_taken_in_and_survives_a_kill(services: tuple[Service, Service]) -> None:
    service, _ = services

    async def first() -> None:
        async with service.keys() as keys:
            await enrol(keys, ALICE, 7)
            assert (await take(keys, "pack", monthly("2026-12"))).months == ["2026-11", "2026-12"]
            assert (await take(keys, "revoked", revoked_octets())).revoked_at == NOW_S
            await refused("E03", take(keys, "pack", monthly("2026-12")))
            await refused("E04", take(keys, "bulletin", bulletin_octets(number=9, domain="other.example")))
            await refused("E03", take(keys, "pack", b""))
            await refused("E02", take(keys, "firmware", b"x"))

    async def second() -> None:
        async with service.keys() as keys:
            status = (await keys.Status())["status"]
            assert (status.months, status.packed, status.bulletin) == (["2026-11", "2026-12"], "2026-12", 1)

    asyncio.run(first())
    service.kill()
    service.start()
    asyncio.run(second())


def test_what_is_not_sealed_memory_is_not_taken(services: tuple[Service, Service]) -> None:
    service, _ = services

    async def ask() -> None:
        async with service.keys() as keys:
            await enrol(keys, ALICE, 7)
            with (service.home / "changing").open("w+b") as file:
                file.write(monthly("2026-12"))
                file.flush()
                await refused("E03", keys.Take(kind="pack", octets=FileDescriptor(file.fileno())))

    asyncio.run(ask())
