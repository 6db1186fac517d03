"""Hostile signalling at a real phone, from a colleague with a client of her own, through the real CRS."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from demo.house import Person, wait_until
from sip.message import Request
from sip.sdp import offer
from sip.transaction import ack_for_refusal, cancel_for
from tests.crs.phone import Phone
from tests.house.conftest import WatchedHouse, at_rest, call, says
from tests.house.hostile import (
    BEN,
    DOWNGRADES,
    LOOPBACK,
    NONSENSE,
    Trap,
    client_pem,
    dial_in,
    i_message,
    invite,
    register,
    rings,
    use_up,
)
from tests.house.registry import Registry

MALLORY = Person("+441632960031", "Mallory Lund")


class Colleague:
    """Mallory: enrolled like everybody, with a client that says what it likes."""

    def __init__(self, house: WatchedHouse) -> None:
        self.house = house
        self.registry = Registry(house)
        letter = self.registry.issue([MALLORY])[MALLORY.tel]
        self.domain = self.registry.domain
        self.pem = client_pem(self.domain, letter, use_up(self.domain, letter, house.port))
        self.line = dial_in(self.domain, house.port, self.pem)
        assert self.line.ask(register(self.domain.name, MALLORY.tel)).status == 200

    def told(self, claim: Person, sdp: bytes) -> Request:
        """A call to the house's second phone, as if from `claim`."""
        return invite(self.domain.name, claim.tel, self.house.people[1].tel, sdp)

    def alarms(self, event: str) -> int:
        """How often the CRS's log has an alarm about Mallory."""
        return sum(
            entry.detail is not None and entry.detail["tel"] == MALLORY.tel
            for entry in self.registry.log(event)
        )

    def alarmed(self, event: str, before: int) -> None:
        """Wait until it has one more."""
        wait_until(lambda: self.alarms(event) == before + 1, f"no alarm {event}")

    def ring(self, invitation: Request) -> None:
        """Call, and give up once it rings."""
        self.line.send(invitation)
        self.line.expect(100)
        self.line.expect(180)
        self.line.send(cancel_for(invitation))
        self.line.expect(200)
        self.line.send(ack_for_refusal(invitation, self.line.expect(487)))

    def refused(self, invitation: Request) -> int:
        """Call and be refused; return the status."""
        response = self.line.ask(invitation)
        assert response.status >= 300
        self.line.send(ack_for_refusal(invitation, response))
        return response.status


@pytest.fixture(scope="module")
def mallory(house: WatchedHouse) -> Iterator[Colleague]:
    colleague = Colleague(house)
    yield colleague
    colleague.line.hang_up_line()


def with_the_victim(mallory: Colleague, story: Callable[[DeskClient], Awaitable[None]]) -> None:
    """Play a story at the second phone of the house, which afterwards can be called as before."""

    async def played() -> None:
        async with mallory.house.desks() as (here, there):
            await story(there)
            await at_rest(there)
            await call(here, there, mallory.house.people[1])

    asyncio.run(played())


def test_a_spoofed_from_is_refused_by_the_server(mallory: Colleague) -> None:
    asha, victim = mallory.house.people
    home = mallory.house.phone(victim)

    async def story(desk: DeskClient) -> None:
        before, alarms, screen = rings(home), mallory.alarms("identity-refused"), desk.text
        sdp = offer(LOOPBACK, 40000, i_message(mallory.domain, MALLORY.tel, victim.tel))
        assert mallory.refused(mallory.told(asha, sdp)) == 403
        mallory.alarmed("identity-refused", alarms)
        assert (rings(home), desk.text) == (before, screen)

    with_the_victim(mallory, story)


def test_somebody_elses_i_message_under_ones_own_name_is_refused_by_the_phone(mallory: Colleague) -> None:
    """The server cannot see it: From is Mallory's own. It is Asha's signature inside that gives it away."""
    asha, victim = mallory.house.people
    home = mallory.house.phone(victim)

    async def story(desk: DeskClient) -> None:
        before = rings(home)
        sdp = offer(LOOPBACK, 40000, i_message(mallory.domain, asha.tel, victim.tel))
        assert mallory.refused(mallory.told(MALLORY, sdp)) == 488
        await desk.until("E34")
        assert says("CALL REFUSED", "could not be verified")(desk)
        assert rings(home) == before

    with_the_victim(mallory, story)


def test_a_call_that_the_server_saw_before_is_refused_when_it_comes_again(mallory: Colleague) -> None:
    victim = mallory.house.people[1]
    home = mallory.house.phone(victim)

    async def story(desk: DeskClient) -> None:
        sdp = offer(LOOPBACK, 40000, i_message(mallory.domain, MALLORY.tel, victim.tel))
        invitation = mallory.told(MALLORY, sdp)
        mallory.ring(invitation)
        # By number, or by name: her first call may come before or after the list that she is in.
        await desk.until(lambda desk: any(says("Missed call", who)(desk) for who in ("0031", MALLORY.name)))
        await at_rest(desk)
        before = rings(home)
        assert mallory.refused(invitation) in (482, 487)
        assert mallory.refused(mallory.told(MALLORY, sdp)) == 488
        await desk.until("E34")
        assert rings(home) == before

    with_the_victim(mallory, story)


@pytest.mark.parametrize("how", DOWNGRADES)
def test_an_offer_without_our_protection_does_not_pass_the_server(mallory: Colleague, how: str) -> None:
    victim = mallory.house.people[1]
    home = mallory.house.phone(victim)

    async def story(desk: DeskClient) -> None:
        before, alarms, screen = rings(home), mallory.alarms("downgrade-refused"), desk.text
        sdp = offer(LOOPBACK, 40000, i_message(mallory.domain, MALLORY.tel, victim.tel))
        assert mallory.refused(mallory.told(MALLORY, DOWNGRADES[how](sdp))) == 488
        mallory.alarmed("downgrade-refused", alarms)
        assert (rings(home), desk.text) == (before, screen)

    with_the_victim(mallory, story)


@pytest.mark.parametrize("whose", ["none", "of another domain"])
def test_nobody_without_a_certificate_of_the_domain_is_let_in(
    mallory: Colleague, whose: str, tmp_path: Path
) -> None:
    trap, asha = Trap(tmp_path, BEN, ()), mallory.house.people[0]
    foreign = client_pem(trap.domain, trap.letters[BEN.tel], trap.pack(BEN))
    line = dial_in(mallory.domain, mallory.house.port, "" if whose == "none" else foreign)
    # With TLS 1.3 the client hears of its refusal only when it waits for the first answer.
    with pytest.raises((ssl.SSLError, ConnectionError, EOFError)):
        line.ask(register(mallory.domain.name, asha.tel))
    line.hang_up_line()

    async def story(desk: DeskClient) -> None:
        await desk.until("Ready for secure calls")

    with_the_victim(mallory, story)


def read_on(line: Phone) -> None:
    """Read until the other side ends it."""
    while True:
        line.next()


@pytest.mark.parametrize("what", [*NONSENSE, "half a message"])
def test_nonsense_from_a_colleague_costs_the_others_nothing(mallory: Colleague, what: str) -> None:
    line = dial_in(mallory.domain, mallory.house.port, mallory.pem)
    line.strict = False
    if what == "half a message":
        octets = register(mallory.domain.name, MALLORY.tel).encode()
        line.write(octets[: len(octets) // 2])
        line.hang_up_line()
    else:
        with contextlib.suppress(ConnectionError, ssl.SSLError):  # closed before all of it was out
            line.write(NONSENSE[what])
        with pytest.raises((ssl.SSLError, ConnectionError, EOFError)):
            read_on(line)

    async def story(desk: DeskClient) -> None:
        await desk.until("Ready for secure calls")

    with_the_victim(mallory, story)
