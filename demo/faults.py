"""What can go wrong in the house on one computer, done to the real thing: its wire, cards, clocks, processes.

cut-network         the wire breaks every connection and lets nothing through
lose-packets        one packet of ten vanishes between mouth and ear
wrong-certificate   the wire leads to an impostor at our CRS's address: another domain of the same name
tampered-card       a copy of a card with one bit changed lies on the desk
clock-ahead         a phone's clock is two months ahead, for which it holds no keys
clock-wrong         a phone's clock shows 1970, as a clock without a battery does
kill                a service gets SIGKILL; the phone starts it again
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import base45
import numpy as np
import segno
from PIL import Image

from board.desk.faults import EVERYWHERE, Fault, FaultRefused
from crypto.card import PREFIX
from demo.health import processes
from demo.house import House
from demo.wire import Wire
from drivers.qr import read

SERVICES = ("media", "keys", "scan", "phone")
LOSS = 1 - 0.9**0.5
"""A voice crosses the wire twice, to the relay and from it: so one packet of ten is lost on the way."""
TAMPERED = "tampered.png"
MORNING_1970 = 10 * 3600
"""So that it is 1 January in every country."""
AHEAD_S = 62 * 24 * 3600
"""Two months: keys for the next one may be held already."""
KILLED = "It restarts by itself. In a call: E40, E41, E42"

CATALOGUE = (
    Fault("cut-network", "Cut the network", "Not connected. E21"),
    Fault("lose-packets", "Lose 1 packet in 10", "The call goes on; gaps are concealed"),
    Fault("wrong-certificate", "Put up a false server", "Server not genuine. E22"),
    Fault("tampered-card", "Tamper with a card", "Its copy: Code not genuine. E04"),
    Fault("clock-ahead", "Let the keys expire", "Calling: No keys for this month. E30", each_phone=True),
    Fault(
        "clock-wrong",
        "Reset the clock to 1970",
        "No clock shows, and a card is taken: the server tells the time",
        each_phone=True,
    ),
    Fault(
        "kill",
        "Kill a service",
        "It restarts by itself. In a call: E40, E41, E42",
        each_phone=True,
        lasts=False,
        parts=SERVICES,
    ),
)


@dataclass(slots=True)
class HouseFaults:
    """The faults of a house whose phones reach their CRS over `wire`."""

    house: House
    wire: Wire
    _on: dict[str, set[int]] = field(default_factory=dict)
    _impostor: House | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    def faults(self) -> tuple[Fault, ...]:
        """Every fault, as it is now."""
        return tuple(replace(fault, on=tuple(sorted(self._on.get(fault.name, ())))) for fault in CATALOGUE)

    async def change(self, name: str, *, on: bool, phone: int = EVERYWHERE, part: str = "") -> None:
        """Make a fault, or mend it; returns when it is so. Raises FaultRefused."""
        fault = next((fault for fault in CATALOGUE if fault.name == name), None)
        if fault is None:
            raise FaultRefused(f"There is no such fault; there are {', '.join(f.name for f in CATALOGUE)}.")
        self._check(fault, phone, part)
        async with self._busy:
            await self._ways[name](on, phone, part)
            if fault.lasts:
                has_it = self._on.setdefault(name, set())
                (has_it.add if on else has_it.discard)(phone)

    async def mend_all(self) -> None:
        """Put everything right that lasts."""
        for fault in self.faults():
            for phone in fault.on:
                await self.change(fault.name, on=False, phone=phone)

    def _check(self, fault: Fault, phone: int, part: str) -> None:
        numbers = range(1, len(self.house.people) + 1) if fault.each_phone else (EVERYWHERE,)
        if phone not in numbers:
            wanted = (
                f"say which phone, 1 to {len(numbers)}" if fault.each_phone else "it is for the whole house"
            )
            raise FaultRefused(f"{fault.label}: {wanted}.")
        if part not in (fault.parts or ("",)):
            wanted = f"say what: {', '.join(fault.parts)}" if fault.parts else "it has no parts"
            raise FaultRefused(f"{fault.label}: {wanted}.")

    @property
    def _ways(self) -> Mapping[str, Callable[[bool, int, str], Awaitable[None]]]:
        return {
            "cut-network": self._cut_network,
            "lose-packets": self._lose_packets,
            "wrong-certificate": self._wrong_certificate,
            "tampered-card": self._tampered_card,
            "clock-ahead": self._clock_ahead,
            "clock-wrong": self._clock_wrong,
            "kill": self._kill,
        }

    async def _cut_network(self, on: bool, _phone: int, _part: str) -> None:
        await (self.wire.cut() if on else self.wire.mend())

    async def _lose_packets(self, on: bool, _phone: int, _part: str) -> None:
        self.wire.loss = LOSS if on else 0.0

    async def _wrong_certificate(self, on: bool, _phone: int, _part: str) -> None:
        if on and self._impostor is None:
            self._impostor = await asyncio.to_thread(build_impostor, self.house)
        port = self._impostor.port if on and self._impostor is not None else 0
        await self.wire.divert((port, port + 1) if port else None)

    async def _tampered_card(self, on: bool, _phone: int, _part: str) -> None:
        path = self.house.cards / TAMPERED
        letter = path.with_suffix(".txt")
        if on:
            victim = self.house.people[0]
            await asyncio.to_thread(tamper, self.house.card(victim), path, victim.name)
            letter.write_text(f"{victim.name}, tampered with\nOne bit of the name is not as it was signed\n")
        else:
            path.unlink(missing_ok=True)
            letter.unlink(missing_ok=True)

    async def _clock_ahead(self, on: bool, phone: int, _part: str) -> None:
        self._set_clock("clock-ahead", on, phone, AHEAD_S)

    async def _clock_wrong(self, on: bool, phone: int, _part: str) -> None:
        self._set_clock("clock-wrong", on, phone, MORNING_1970 - time.time())

    def _set_clock(self, name: str, on: bool, phone: int, offset_s: float) -> None:
        others = {"clock-ahead", "clock-wrong"} - {name}
        if any(phone in self._on.get(other, ()) for other in others):
            raise FaultRefused(f"The clock of phone {phone} is wrong in another way; mend that first.")
        path = self._home(phone) / "clock-offset"
        if on:
            draft = path.with_suffix(".new")
            draft.write_text(f"{offset_s:.0f}\n")
            draft.replace(path)
        else:
            path.unlink(missing_ok=True)

    async def _kill(self, on: bool, phone: int, part: str) -> None:
        if not on:
            raise FaultRefused("A service that was killed is started again by itself.")
        found = processes(self._home(phone), part)
        if not found:
            raise FaultRefused(f"The {part} service of phone {phone} is just being started again.")
        for process in found:
            os.kill(process, signal.SIGKILL)

    def _home(self, phone: int) -> Path:
        return self.house.phone(self.house.people[phone - 1])


def build_impostor(house: House) -> House:
    """Start a CRS of another domain that bears our domain's name. Its processes end with the house's."""
    impostor = House(house.directory / "impostor", people=())
    impostor.directory.mkdir(exist_ok=True)
    impostor.create_domain()
    impostor.start_crs(impostor.export())
    house.children["impostor"] = impostor.children["crs"]
    return impostor


def tamper(card: Path, copy: Path, name: str) -> None:
    """Write a copy of the card of `name` on which one bit of the name is not as signed; it reads well.

    Raises FaultRefused if `card` shows no such card.
    """
    with Image.open(card) as picture:
        seen = read(np.asarray(picture.convert("L")), turn=1, prefix=PREFIX)
    if seen is None or seen.text is None or not seen.text.startswith(PREFIX):
        raise FaultRefused(f"{card.name} shows no card.")
    octets = bytearray(base45.b45decode(seen.text.removeprefix(PREFIX)))
    at = octets.find(name.encode())
    if at < 0:
        raise FaultRefused(f"{card.name} is not the card of {name}.")
    octets[at] ^= 1
    text = PREFIX + str(base45.b45encode(bytes(octets)), "ascii")
    draft = copy.with_name(f".{copy.name}")
    segno.make_qr(text, error="l", boost_error=False).save(str(draft), kind="png", scale=6, border=4)
    draft.replace(copy)
