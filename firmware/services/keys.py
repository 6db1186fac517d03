"""The key service: the vault behind Varlink. It has no network, no camera and no keypad.

    python -m firmware.services.keys --board virtual --home DIR

Everything runs in one worker thread, so nothing here needs a lock and a pairing never stops the event loop.
Keys leave as descriptors of sealed memory only (docs/decisions/0001).
"""

import argparse
import asyncio
import base64
import collections.abc
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from asyncvarlink import FileDescriptor, varlinkmethod

from board.ports import Board, open_board
from crypto import bulletin, issuance
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from firmware.clock import Clock
from firmware.custody import Custody
from firmware.hardening import harden
from firmware.interfaces import (
    Acceptance,
    CardSummary,
    DirectoryEntry,
    FirstContact,
    Initiation,
    KeysInterface,
    KeysStatus,
    Refused,
    TLSIdentity,
)
from firmware.sealed_memory import seal, unseal
from firmware.services.real_time import STACK_OCTETS, stay_in_memory
from firmware.varlink import serve_until_signalled, socket_path
from firmware.vault_disk import Directory

_Result = TypeVar("_Result")

TIDY_EVERY_S = 600.0

_log = logging.getLogger("sottovoce.keys")


class KeysService(KeysInterface):
    """See `KeysInterface`; what each method does is in `Custody`."""

    def __init__(self, custody: Custody) -> None:
        self._custody = custody
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keys")

    def stop(self) -> None:
        """Wait for what is under way and end the worker."""
        self._worker.shutdown()

    async def _work(self, work: collections.abc.Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> KeysStatus:
        """Say what is held. Refused E46."""
        return await self._work(self._custody.status)

    @varlinkmethod(return_parameter="summary")
    async def ImportCard(self, *, text: str) -> CardSummary:
        """Read a scanned card. Nothing is stored. Refused E01 to E05, E07, E09, E13."""
        return await self._work(lambda: self._custody.import_card(text))

    @varlinkmethod(return_parameter="contact")
    async def Unseal(self, *, transfer_code: str) -> FirstContact:
        """Open the imported card, validate, store it beside the old identity. Refused E09, E10, E11, E41."""
        return await self._work(lambda: self._custody.unseal(transfer_code))

    @varlinkmethod(return_parameter="status")
    async def CompleteEnrolment(self, *, pack: str) -> KeysStatus:
        """Open the first pack; the new identity replaces the old. Refused E02, E03, E04, E09, E11, E41."""
        return await self._work(lambda: self._custody.complete(pack))

    @varlinkmethod
    async def AbandonEnrolment(self) -> None:
        """Destroy what was imported; the old identity stays. Refused E11."""
        await self._work(self._custody.abandon)

    @varlinkmethod(return_parameter="contact")
    async def PendingContact(self) -> FirstContact:
        """The first contact of an enrolment that was stored but not completed. Refused E05, E13, E41."""
        return await self._work(self._custody.pending_contact)

    @varlinkmethod(return_parameter="identity")
    async def TLSClient(self) -> TLSIdentity:
        """The identity for mutual TLS with the CRS. Refused E30."""
        certificate, anchor, key = await self._work(self._custody.tls_client)
        moment = await self._work(self._custody.moment)
        with key:
            return TLSIdentity(certificate, anchor, _handed_over(key, "TLS key"), moment)

    @varlinkmethod(return_parameter="initiation")
    async def Initiate(self, *, callee: str, ssrc: int) -> Initiation:
        """Make an I_MESSAGE to an E.164 number. Refused E30, E31, E33."""
        initiated, name = await self._work(lambda: self._custody.initiate(callee, ssrc))
        message = base64.b64encode(initiated.octets).decode()
        return Initiation(message, name, _session_keys(initiated.keys))

    @varlinkmethod(return_parameter="acceptance")
    async def Accept(self, *, message: str) -> Acceptance:
        """Verify and open an I_MESSAGE. Refused E30 without keys for this month, else E34 for every cause."""
        accepted, name = await self._work(lambda: self._custody.accept(message))
        return Acceptance(accepted.caller_tel, name, _session_keys(accepted.keys))

    @varlinkmethod(return_parameter="status")
    async def Take(self, *, kind: str, octets: FileDescriptor) -> KeysStatus:
        """Take in what the CRS passed on, see `Custody.take`. Refused E02 to E04, E09, E11, E30."""
        try:
            content = unseal(octets.fileno(), limit=max(bulletin.MAX_OCTETS, issuance.MAX_OCTETS))
        except ValueError as error:
            raise Refused(code="E03", text=f"{error}") from error
        finally:
            octets.close()
        return await self._work(lambda: self._custody.take(kind, content))

    async def tidy(self) -> None:
        """Destroy what is too old, now and every ten minutes, until cancelled."""
        while True:
            try:
                await self._work(self._custody.tidy)
            except Refused as error:
                _log.error("old keys are still there: %s", error.p_text)
            await asyncio.sleep(TIDY_EVERY_S)

    @varlinkmethod(return_parameter="status")
    async def ObserveTime(self, *, unix: int) -> KeysStatus:
        """Take the time from the authenticated CRS: never back past the last time seen, 48 hours ahead."""
        await self._work(lambda: self._custody.observe_time(unix))
        return await self._work(self._custody.status)

    @varlinkmethod(return_parameter="status")
    async def AcceptTime(self, *, unix: int) -> KeysStatus:
        """Somebody at the phone confirms the proposed time. Refused E39, E46, E47."""
        return await self._work(lambda: self._custody.accept_time(unix))

    @varlinkmethod(return_parameter="status")
    async def RemoveMonth(self, *, month: str) -> KeysStatus:
        """Destroy the keys of one month at once. Refused E11, E30 (none are held), E46, E47."""
        return await self._work(lambda: self._custody.remove_month(month))

    @varlinkmethod
    async def Wipe(self) -> None:
        """Destroy every key and every record at once. Refused E11."""
        await self._work(self._custody.wipe)

    @varlinkmethod(return_parameter="initiation")
    async def InitiateEcho(self, *, ssrc: int) -> Initiation:
        """Make an I_MESSAGE to ourselves and open it; `keys` decrypt what they encrypt. Refused E30, E37."""
        initiated, name = await self._work(lambda: self._custody.initiate_echo(ssrc))
        message = base64.b64encode(initiated.octets).decode()
        return Initiation(message, name, _session_keys(initiated.keys))

    @varlinkmethod(return_parameter="entries")
    async def Find(self, *, text: str, limit: int) -> list[DirectoryEntry]:
        """Search the signed directory: digits match either end of a number, letters a word of a name."""
        return await self._work(lambda: self._custody.find(text, limit))

    @varlinkmethod(return_parameter="status")
    async def Unlock(self, *, pin: str) -> KeysStatus:
        """Open the vault, or check the PIN of an open one. Refused E11, E46, E47, E48, E49."""
        return await self._work(lambda: self._custody.unlock(pin))

    @varlinkmethod
    async def SetPIN(self, *, old: str, new: str) -> None:
        """Change the PIN (4 to 12 digits); '' for none. Refused E11, E46, E47, E48, E49."""
        await self._work(lambda: self._custody.set_pin(old, new))

    @varlinkmethod(return_parameter="data")
    async def Recall(self, *, name: str) -> str:
        """Return a record (base64), '' if there is none. Refused E11 (no such record), E46, E47 (locked)."""
        return await self._work(lambda: self._custody.recall(name))

    @varlinkmethod
    async def Remember(self, *, name: str, data: str) -> None:
        """Store a record, at most 256 KiB, sealed on the disk. Refused E11, E46, E47 (locked)."""
        await self._work(lambda: self._custody.remember(name, data))


def _session_keys(keys: SRTPKeys) -> FileDescriptor:
    with Secret(keys.encode()) as octets:
        keys.wipe()
        return _handed_over(octets, "session keys")


def _handed_over(secret: Secret, name: str) -> FileDescriptor:
    return FileDescriptor(seal(secret.expose(), name=name), should_close=True)


def open_custody(home: Path, board: Board) -> Custody:
    """Take the vault in HOME/vault into custody, with the board's device secret and clock."""
    disk = Directory(home / "vault")
    with Secret(board.device_secret()) as device_secret:
        return Custody(disk, device_secret, Clock(board.now), monotonic=time.monotonic)


async def serve(home: Path, board: Board) -> None:
    """Serve `org.sottovoce.Keys` on HOME/run/keys.sock until SIGTERM or SIGINT."""
    service = KeysService(open_custody(home, board))
    tidying = asyncio.create_task(service.tidy())
    try:
        await serve_until_signalled(socket_path(home, "keys"), service)
    finally:
        tidying.cancel()
        service.stop()


def main(argv: list[str] | None = None) -> None:
    """Run the key service."""
    parser = argparse.ArgumentParser(prog="firmware.services.keys", description="Sottovoce key service")
    parser.add_argument("--board", required=True, help="the board's name, e.g. virtual")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    harden()
    threading.stack_size(STACK_OCTETS)
    locked = stay_in_memory()
    _log.info("key service starts; memory locked: %s", "yes" if locked else "no")
    asyncio.run(serve(arguments.home, open_board(arguments.board, arguments.home)))


if __name__ == "__main__":
    main()
