"""Everything a phone service meets, made of paper: vault, sound and camera; its server is `paper_server`.

No annotations from the future here: Varlink reads them.
"""

import asyncio
import base64
import collections.abc
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

from asyncvarlink import FileDescriptor, varlinkmethod

from crypto.fields import month_of
from firmware.interfaces import (
    Acceptance,
    CardSummary,
    DirectoryEntry,
    FirstContact,
    Initiation,
    KeysInterface,
    KeysStatus,
    MediaEndpoint,
    MediaEvent,
    MediaInterface,
    Refused,
    ScanEvent,
    ScanInterface,
    TLSIdentity,
)
from firmware.sealed_memory import seal
from firmware.varlink import serving, socket_path, when_caller_leaves
from firmware.view import NOTHING_HELD
from tests.firmware.paper_server import ASHA, BEN, I_MESSAGE, Domain

SESSION_KEYS = b"\xa5" * 56
CORNERS = "30,6 82,6 82,58 30,58"
Stop = Callable[[str], contextlib.AsyncExitStack]
QUIET = MediaEvent(
    kind="stats",
    sent=0,
    received=0,
    lost=0,
    concealed=0,
    rejected=0,
    delay_ms=0.0,
    xruns=0,
    level=0,
    call=1,
    jitter_ms=0.0,
    spoken=0,
)


class PaperKeys(KeysInterface):
    """A vault that holds what the test says. `asked` are the methods called, without what they were given."""

    def __init__(self, domain: Domain, *, enrolled: bool, crs: str = "127.0.0.1:1") -> None:
        self.domain = domain
        self.asked: list[str] = []
        self.time = 0
        self.moment = int(time.time())
        self.caller, self.caller_name = BEN, "Ben Idowu"
        self.refuses: dict[str, list[str]] = {}
        self.waits: dict[str, asyncio.Event] = {}
        self.codes: list[str] = []
        self.records: dict[str, str] = {}
        self.directory: list[DirectoryEntry] = []
        self.pin = ""
        self.tries = 10
        self.identity = KeysStatus(
            enrolled=True,
            pending=False,
            tel=ASHA,
            name="Asha Okafor",
            organisation="Ministry Mgmt",
            domain=domain.name,
            crs=crs,
            serial="0000000000000077",
            months=[month_of(int(time.time()))],
            expires=int(time.time()) + 9 * 86400,
            pin=False,
            locked=False,
            tries=10,
            wait=0,
            packed="2026-11",
            bulletin=1,
            revoked_at=int(time.time()),
            mode="compatible",
            call_log=True,
            openings=0,
            others=0,
            proposed=0,
            keyless=False,
            told=True,
            ahead=0,
        )
        self.status = self.identity if enrolled else NOTHING_HELD
        self.certificate, self.key = domain.phone(ASHA)

    async def _asked(self, method: str) -> None:
        self.asked.append(method)
        if method in self.waits:
            await self.waits[method].wait()
        if self.refuses.get(method):
            raise Refused(code=self.refuses[method].pop(0), text="the test says no")

    def _contact(self) -> FirstContact:
        body = base64.b64encode(b"first contact").decode()
        return FirstContact(
            crs=self.identity.crs,
            domain=self.domain.name,
            body=body,
            trust_anchor=self.domain.anchor,
            moment=self.moment,
        )

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> KeysStatus:
        await self._asked("Status")
        return self.status

    @varlinkmethod(return_parameter="summary")
    async def ImportCard(self, *, text: str) -> CardSummary:
        await self._asked("ImportCard")
        return CardSummary(
            tel=ASHA,
            name="Asha Okafor",
            organisation="Ministry Mgmt",
            issued=int(time.time()),
            expires=int(time.time()) + 86400,
            month="2026-11",
            check_code="7F3A19C2",
            sealed=True,
        )

    @varlinkmethod(return_parameter="contact")
    async def Unseal(self, *, transfer_code: str) -> FirstContact:
        self.codes.append(transfer_code)
        await self._asked("Unseal")
        self.status = replace(self.status, pending=True)
        return self._contact()

    @varlinkmethod(return_parameter="status")
    async def CompleteEnrolment(self, *, pack: str) -> KeysStatus:
        await self._asked("CompleteEnrolment")
        assert base64.b64decode(pack) == b"the first pack"
        self.status = self.identity
        return self.status

    @varlinkmethod
    async def AbandonEnrolment(self) -> None:
        await self._asked("AbandonEnrolment")
        self.status = replace(self.status, pending=False)

    @varlinkmethod(return_parameter="contact")
    async def PendingContact(self) -> FirstContact:
        await self._asked("PendingContact")
        return self._contact()

    @varlinkmethod(return_parameter="identity")
    async def TLSClient(self) -> TLSIdentity:
        await self._asked("TLSClient")
        return TLSIdentity(
            self.certificate, self.domain.anchor, _descriptor(self.key, "tls key"), self.moment
        )

    @varlinkmethod(return_parameter="initiation")
    async def Initiate(self, *, callee: str, ssrc: int) -> Initiation:
        await self._asked("Initiate")
        message = base64.b64encode(I_MESSAGE).decode()
        return Initiation(message, "", _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="initiation")
    async def InitiateEcho(self, *, ssrc: int) -> Initiation:
        await self._asked("InitiateEcho")
        message = base64.b64encode(I_MESSAGE).decode()
        return Initiation(message, "", _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="acceptance")
    async def Accept(self, *, message: str) -> Acceptance:
        await self._asked("Accept")
        assert base64.b64decode(message) == I_MESSAGE
        return Acceptance(self.caller, self.caller_name, _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="data")
    async def Recall(self, *, name: str) -> str:
        await self._asked("Recall")
        return self.records.get(name, "")

    @varlinkmethod
    async def Remember(self, *, name: str, data: str) -> None:
        await self._asked("Remember")
        self.records[name] = data

    @varlinkmethod(return_parameter="entries")
    async def Find(self, *, text: str, limit: int) -> list[DirectoryEntry]:
        await self._asked("Find")
        return [entry for entry in self.directory if text in entry.tel][:limit]

    @varlinkmethod(return_parameter="status")
    async def Unlock(self, *, pin: str) -> KeysStatus:
        await self._asked("Unlock")
        self._check(pin)
        self.status = replace(self.identity, pin=True)
        return self.status

    @varlinkmethod
    async def SetPIN(self, *, old: str, new: str) -> None:
        await self._asked("SetPIN")
        if self.pin:
            self._check(old)
        self.pin = new
        self.status = replace(self.status, pin=bool(new))

    def _check(self, pin: str) -> None:
        if pin == self.pin:
            self.tries = 10
            return
        self.tries -= 1
        if not self.tries:
            self.status = NOTHING_HELD
            raise Refused(code="E49", text="ten wrong PINs")
        self.status = replace(self.status, tries=self.tries)
        raise Refused(code="E47", text="wrong PIN")

    def lock(self, pin: str) -> None:
        """Be as after a restart with a PIN."""
        self.pin, self.status = pin, replace(NOTHING_HELD, pin=True, locked=True)

    @varlinkmethod(return_parameter="status")
    async def ObserveTime(self, *, unix: int) -> KeysStatus:
        await self._asked("ObserveTime")
        self.time = unix
        return self.status

    @varlinkmethod(return_parameter="status")
    async def AcceptTime(self, *, unix: int) -> KeysStatus:
        await self._asked("AcceptTime")
        self.time = unix
        self.status = replace(self.status, proposed=0)
        return self.status

    @varlinkmethod(return_parameter="status")
    async def RemoveMonth(self, *, month: str) -> KeysStatus:
        await self._asked("RemoveMonth")
        left = [held for held in self.status.months if held != month]
        self.status = replace(self.status, months=left, expires=0, keyless=True)
        return self.status

    @varlinkmethod
    async def Wipe(self) -> None:
        await self._asked("Wipe")
        self.status = NOTHING_HELD


def _descriptor(octets: bytes, name: str) -> FileDescriptor:
    return FileDescriptor(seal(octets, name=name), should_close=True)


class PaperMedia(MediaInterface):
    """Sound without sound. `did` is what it was asked, in order; `microphone` as the rules say."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.heard: int | None = None
        """The call whose microphone is open."""
        self.latest = 0
        self.echo = False
        self.peer: tuple[str, int] | None = None
        self.news: asyncio.Queue[MediaEvent] = asyncio.Queue()
        self.refuses: dict[str, str] = {}
        self.levels: list[int] = [0, 2, 7]

    def _did(self, what: str) -> None:
        self.did.append(what)
        code = self.refuses.get(what.split()[0])
        if code:
            raise Refused(code=code, text="the test says no")

    @property
    def microphone(self) -> bool:
        return self.heard is not None

    def tell(self, kind: str, level: int = 5, call: int | None = None) -> None:
        """Have something happen on a call, by default on the one that was connected last."""
        self.news.put_nowait(replace(QUIET, kind=kind, level=level, call=call or self.latest))

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, call: int, address: str) -> MediaEndpoint:
        self._did("Open")
        assert address == "127.0.0.1"
        return MediaEndpoint(port=40000 + 2 * call, ssrc=0x1234)

    @varlinkmethod
    async def Connect(self, *, call: int, host: str, port: int, keys: FileDescriptor, echo: bool) -> None:
        self._did("Connect")
        assert os.pread(keys.fileno(), 100, 0) == SESSION_KEYS
        keys.close()
        self.peer, self.heard, self.latest, self.echo = (host, port), call, call, echo

    @varlinkmethod
    async def Hold(self, *, call: int, on: bool) -> None:
        self._did(f"Hold {call} {on}")
        if not on:
            self.heard = call
        elif self.heard == call:
            self.heard = None

    @varlinkmethod
    async def Close(self, *, call: int) -> None:
        self._did("Close")
        if self.heard == call:
            self.heard = None

    @varlinkmethod
    async def Route(self, *, to: str) -> None:
        self._did(f"Route {to}")

    @varlinkmethod
    async def Tone(self, *, name: str) -> None:
        self._did(f"Tone {name}")

    @varlinkmethod
    async def Ring(self, *, on: bool) -> None:
        self._did(f"Ring {on}")

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        self._did(f"Mute {on}")

    @varlinkmethod
    async def Choose(self, *, country: str, melody: str, ear: int, speaker: int, ring: int) -> None:
        self._did(f"Choose {country} {melody} {ear} {speaker} {ring}")

    @varlinkmethod(return_parameter="level", delay_generator=False)
    async def Listen(self) -> collections.abc.AsyncIterator[int]:
        self._did("Listen")
        for level in self.levels:
            yield level
        await asyncio.Event().wait()  # until the caller leaves

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        while True:
            yield await self.news.get()


class PaperScan(ScanInterface):
    """A camera that shows what the test puts into `pictures`; None is the end of the process."""

    def __init__(self) -> None:
        self.pictures: asyncio.Queue[ScanEvent | None] = asyncio.Queue()
        self.looking = False

    def view(self, hint: str = "") -> None:
        view = base64.b64encode(bytes(112 * 64)).decode()
        self.pictures.put_nowait(ScanEvent(kind="view", view=view, hint=hint, text="", corners="", focus=50))

    def code(self, text: str) -> None:
        self.pictures.put_nowait(
            ScanEvent(kind="code", view="", hint="", text=text, corners=CORNERS, focus=50)
        )

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Scan(self) -> collections.abc.AsyncIterator[ScanEvent]:
        self.looking = True
        when_caller_leaves(self._closed)
        while (event := await self.pictures.get()) is not None:
            yield event
        raise Refused(code="E43", text="the camera is gone")

    def _closed(self) -> None:
        self.looking = False


@contextlib.asynccontextmanager
async def offered(
    home: Path, **services: object
) -> AsyncIterator[Callable[[str], contextlib.AsyncExitStack]]:
    """Serve each service under its name; yields a function that returns the stack to end one of them."""
    stacks: dict[str, contextlib.AsyncExitStack] = {}
    try:
        for name, service in services.items():
            stacks[name] = contextlib.AsyncExitStack()
            await stacks[name].enter_async_context(serving(socket_path(home, name), service))
        yield stacks.__getitem__
    finally:
        for stack in stacks.values():
            await stack.aclose()
