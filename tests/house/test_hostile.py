"""Hostile signalling at real phones: through the real CRS, and from a server that holds its domain's key."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from crypto import certificates, signed
from crypto.secret import Secret
from demo.house import Person, wait_until
from demo.marks import Marks
from demo.people import enrol, hold_before_camera
from sip.message import Request, response_to
from sip.sdp import answer, offer
from sip.transaction import ack_for_refusal, cancel_for
from tests.crs.phone import Phone
from tests.house.conftest import WatchedHouse, at_rest, call, digits, open_menu, processes
from tests.house.hostile import (
    LOOPBACK,
    HostileServer,
    Trap,
    call_to,
    client_pem,
    dial_in,
    i_message,
    invite,
    register,
    server_context,
    use_up,
)
from tests.house.registry import Registry, flipped, print_card

BEN = Person("+441632960021", "Ben Idowu")
CHLOE = Person("+441632960022", "Chloé Jansen")
DAVID = Person("+441632960023", "David Kaya")
MALLORY = Person("+441632960031", "Mallory Lund")


def says(desk: DeskClient, *words: str) -> bool:
    """Whether a screen says all of it."""
    return all(one in "\n".join(desk.text) for one in words)


def rings(home: Path) -> int:
    """How often a phone has ever rung."""
    return sum(mark["mark"] in ("rings", "ringing sent") for mark in Marks.read(home).marks)


# --- a server that is hostile -------------------------------------------------------------------------------


class Ambush:
    """Ben's phone, enrolled at a server that is hostile, with everything in one event loop."""

    def __init__(self, trap: Trap, runner: asyncio.Runner) -> None:
        self.trap = trap
        self.home = trap.phone(BEN)
        self.server = HostileServer(trap.port, trap.context, trap.pack(BEN), trap.bulletin)
        self._runner = runner

    async def begin(self) -> None:
        await self.server.open()
        async with DeskClient(self.home) as desk:
            await enrol(desk, self.trap.card(BEN), self.trap.codes[BEN.tel])

    def play(self, story: Callable[[DeskClient], Awaitable[None]]) -> None:
        """Play a story that begins and ends with the phone at rest."""

        async def played() -> None:
            async with DeskClient(self.home) as desk:
                await at_rest(desk)
                await story(desk)
                await at_rest(desk)

        self._runner.run(played())

    def end(self) -> None:
        self.server.close()

    def invitation(self, caller: Person = CHLOE) -> Request:
        """An honest call to Ben."""
        return call_to(self.trap.domain, caller.tel, BEN.tel)

    def told(self, caller: Person, sdp: bytes) -> Request:
        """A call to Ben of which only From and SDP matter."""
        return invite(self.trap.domain.name, caller.tel, BEN.tel, sdp)

    async def still_rings(self, desk: DeskClient) -> None:
        """An honest call rings, with the verified name on the screen."""
        invitation = self.invitation()
        assert await self.server.call(invitation) == [100, 180]
        await desk.until("identity checked")
        assert says(desk, CHLOE.name)
        await self.server.give_up(invitation)
        await desk.until("Missed call")


@pytest.fixture(scope="module")
def ambush(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ambush]:
    directory = tmp_path_factory.mktemp("trap")
    with Trap(directory, BEN, (CHLOE, DAVID)) as trap, asyncio.Runner() as runner:
        trap.install()
        ambush = Ambush(trap, runner)
        runner.run(ambush.begin())
        yield ambush
        runner.run(asyncio.to_thread(trap.children[ambush.home.name].stop))
        ambush.end()


async def refused(ambush: Ambush, desk: DeskClient, invitation: Request, words: str, code: str) -> None:
    """The phone refuses with 488, says why, and does not ring."""
    before = rings(ambush.home)
    assert await ambush.server.call(invitation) == [100, 488]
    await desk.until(code)
    assert says(desk, "CALL REFUSED", words)
    assert desk.lamps.get("ring") == "off"
    assert rings(ambush.home) == before
    await desk.press("soft4")
    await desk.until("Ready for secure calls")


def replayed(invitation: Request) -> Request:
    """The same offer in a call that was never seen before."""
    return invite("trap.example", CHLOE.tel, BEN.tel, invitation.body)


def test_a_replayed_invite_never_rings_twice(ambush: Ambush) -> None:
    async def story(desk: DeskClient) -> None:
        invitation = ambush.invitation()
        assert await ambush.server.call(invitation) == [100, 180]
        await ambush.server.give_up(invitation)
        await desk.until("Missed call")
        await desk.press("soft4")
        before = rings(ambush.home)
        ambush.server.cut()
        await ambush.server.registered(ambush.server.registrations + 1)
        assert (await ambush.server.call(invitation))[-1] == 482
        await refused(ambush, desk, replayed(invitation), "could not be verified", "E34")
        assert rings(ambush.home) == before

    ambush.play(story)


def test_a_replayed_invite_is_known_after_the_key_service_was_killed(ambush: Ambush) -> None:
    invitation = ambush.invitation()

    async def ring(desk: DeskClient) -> None:
        assert await ambush.server.call(invitation) == [100, 180]
        await ambush.server.give_up(invitation)
        await desk.until("Missed call")

    async def replay(desk: DeskClient) -> None:
        await refused(ambush, desk, replayed(invitation), "could not be verified", "E34")

    ambush.play(ring)
    old = processes(ambush.home, "keys")
    for process in old:
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: bool(set(processes(ambush.home, "keys")) - set(old)), "the key service stays dead")
    ambush.play(replay)


def test_a_spoofed_from_is_refused_by_the_phone_itself(ambush: Ambush) -> None:
    async def story(desk: DeskClient) -> None:
        body = offer(LOOPBACK, 40000, i_message(ambush.trap.domain, DAVID.tel, BEN.tel))
        await refused(ambush, desk, ambush.told(CHLOE, body), "could not be verified", "E34")

    ambush.play(story)


DOWNGRADES: dict[str, Callable[[bytes], bytes]] = {
    "a=crypto beside MIKEY": lambda sdp: (
        sdp + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + b"A" * 40 + b"\r\n"
    ),
    "a=crypto instead of MIKEY": lambda sdp: re.sub(
        rb"a=key-mgmt:[^\r]+", b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + b"A" * 40, sdp
    ),
    "RTP/AVP with MIKEY": lambda sdp: sdp.replace(b"RTP/SAVP", b"RTP/AVP"),
    "RTP/AVP without": lambda sdp: re.sub(
        rb"a=key-mgmt:[^\r]+\r\n", b"", sdp.replace(b"RTP/SAVP", b"RTP/AVP")
    ),
    "no key-mgmt": lambda sdp: re.sub(rb"a=key-mgmt:[^\r]+\r\n", b"", sdp),
    "two key-mgmt": lambda sdp: re.sub(rb"(a=key-mgmt:[^\r]+\r\n)", rb"\1\1", sdp),
    "a DTLS fingerprint": lambda sdp: sdp + b"a=fingerprint:sha-256 " + b":".join([b"00"] * 32) + b"\r\n",
}


@pytest.mark.parametrize("how", DOWNGRADES)
def test_an_offer_without_our_protection_is_a_refused_call(ambush: Ambush, how: str) -> None:
    async def story(desk: DeskClient) -> None:
        honest = ambush.invitation()
        changed = DOWNGRADES[how](honest.body)
        assert changed != honest.body
        await refused(ambush, desk, honest.with_body(changed), "was not protected", "E32")
        assert await ambush.server.call(replayed(honest)) == [100, 180], "what was refused was not the offer"
        await desk.until("identity checked")
        await desk.read()
        await desk.press("soft1")

    ambush.play(story)


@pytest.mark.parametrize("how", ["RTP/AVP with MIKEY", "a=crypto beside MIKEY", "a DTLS fingerprint"])
def test_an_answer_without_our_protection_ends_the_call(ambush: Ambush, how: str) -> None:
    async def story(desk: DeskClient) -> None:
        await desk.lift()
        await desk.press(digits(CHLOE) + "#")
        invitation = await ambush.server.expect("INVITE")
        ambush.server.send(
            response_to(
                invitation,
                200,
                headers=[("Contact", f"<sip:{CHLOE.tel}@phone.invalid;transport=tls;ob>")],
                body=DOWNGRADES[how](answer(LOOPBACK, 41000)),
                content_type="application/sdp",
            )
        )
        await desk.until("E32")
        assert says(desk, "CALL REFUSED", "was not protected")
        await ambush.server.expect("BYE")

    ambush.play(story)


def test_an_i_message_with_any_byte_flipped_is_refused(ambush: Ambush) -> None:
    async def story(desk: DeskClient) -> None:
        whole = i_message(ambush.trap.domain, CHLOE.tel, BEN.tel)
        before = rings(ambush.home)
        for at in range(0, len(whole), 5):
            body = offer(LOOPBACK, 40000, flipped(whole, at))
            assert await ambush.server.call(ambush.told(CHLOE, body)) == [100, 488], f"octet {at}"
        await desk.until("E34")
        assert says(desk, "CALL REFUSED", "could not be verified")
        assert rings(ambush.home) == before
        body = offer(LOOPBACK, 40000, whole)
        assert await ambush.server.call(ambush.told(CHLOE, body)) == [100, 180], "the whole one rings"
        await desk.until("identity checked")
        await desk.read()
        await desk.press("soft1")

    ambush.play(story)


HEAD = b"INVITE sip:%s@trap.example;user=phone SIP/2.0\r\n" % BEN.tel.encode()
NONSENSE: dict[str, bytes] = {
    "a message of 1 MB": HEAD + b"Content-Length: 1048576\r\n\r\n" + bytes(1048576),
    "headers of 1 MB": HEAD + b"Subject: " + b"x" * 1048576 + b"\r\n\r\n",
    "a header without end": HEAD + b"Subject: x\r\n" * 90000,
    "octets": bytes(range(256)) * 256 + b"\r\n\r\n",
    "a length that is none": HEAD + b"Content-Length: -1\r\n\r\n",
}


@pytest.mark.parametrize("what", [*NONSENSE, "half a message"])
def test_a_phone_survives_nonsense_from_its_server_and_comes_back(ambush: Ambush, what: str) -> None:
    async def story(desk: DeskClient) -> None:
        service = processes(ambush.home, "phone")
        before = ambush.server.registrations
        if what == "half a message":
            octets = ambush.invitation().encode()
            ambush.server.send(octets[: len(octets) // 2])
            await desk.until("Ready for secure calls")
            ambush.server.cut()
        else:
            ambush.server.send(NONSENSE[what])
        await ambush.server.registered(before + 1)
        await desk.until("Ready for secure calls")
        assert processes(ambush.home, "phone") == service
        await ambush.still_rings(desk)

    ambush.play(story)


def another_domain(trap: Trap) -> ssl.SSLContext:
    """A server of the same name and address, certified by a domain key of its own."""
    own, key = Secret(b"\x66" * 32), Secret(b"\x77" * 32)
    certificate = certificates.issue_server(
        own,
        trap.domain.name,
        names=[LOOPBACK],
        public=signed.public_key(key),
        not_before=trap.domain.created,
    )
    return server_context(certificate, certificates.private_key_pem(key))


def colleague(trap: Trap) -> ssl.SSLContext:
    """A colleague's phone that plays the server with its own genuine certificate."""
    return server_context(client_pem(trap.domain, trap.letters[DAVID.tel], trap.pack(DAVID)), "")


def elsewhere(trap: Trap) -> ssl.SSLContext:
    """A genuine server of this domain, but of another address."""
    key = Secret(b"\x77" * 32)
    certificate = certificates.issue_server(
        trap.domain.secrets.domain,
        trap.domain.name,
        names=["192.0.2.1"],
        public=signed.public_key(key),
        not_before=trap.domain.created,
    )
    return server_context(certificate, certificates.private_key_pem(key))


IMPOSTORS = [another_domain, colleague, elsewhere]


@pytest.mark.parametrize("who", IMPOSTORS, ids=lambda who: who.__name__)
def test_a_server_that_is_not_the_pinned_one_hears_nothing(
    ambush: Ambush, who: Callable[[Trap], ssl.SSLContext]
) -> None:
    async def story(desk: DeskClient) -> None:
        impostor = replace(ambush.server, context=who(ambush.trap), arrived=asyncio.Queue(), registrations=0)
        before = ambush.server.registrations
        ambush.server.close()
        await impostor.open()
        await desk.until("E22")
        assert says(desk, "Server not genuine", "Tell security")
        impostor.close()
        assert impostor.registrations == 0
        assert impostor.arrived.empty()
        await ambush.server.open()
        await ambush.server.registered(before + 1)
        await desk.until("Ready for secure calls")
        await ambush.still_rings(desk)

    ambush.play(story)


def test_a_card_is_not_used_up_at_a_server_that_is_not_its_domains(ambush: Ambush, tmp_path: Path) -> None:
    letter = ambush.trap.letters[DAVID.tel]

    async def story(desk: DeskClient) -> None:
        impostor = replace(ambush.server, context=another_domain(ambush.trap), contacts=0)
        before = ambush.server.registrations
        ambush.server.close()
        await impostor.open()
        await open_menu(desk)
        await desk.press("81")
        await desk.until("Cancel")
        await hold_before_camera(desk, print_card(letter.text, tmp_path), "check code")
        await desk.press("soft4")
        await desk.until("of 10 digits")
        await desk.press((letter.transfer_code or "") + "#")
        await desk.until("Server not genuine", 20)
        assert says(desk, "Do not use it. Tell security. E22")
        assert impostor.contacts == 0
        impostor.close()
        await ambush.server.open()
        await desk.press("soft1")
        await ambush.server.registered(before + 1)
        await desk.until(lambda desk: says(desk, "Ready for secure calls", BEN.name))
        await ambush.still_rings(desk)

    ambush.play(story)


# --- a colleague who is hostile, and the real CRS -----------------------------------------------------------


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
        assert says(desk, "CALL REFUSED", "could not be verified")
        assert rings(home) == before

    with_the_victim(mallory, story)


def test_a_call_that_the_server_saw_before_is_refused_when_it_comes_again(mallory: Colleague) -> None:
    victim = mallory.house.people[1]
    home = mallory.house.phone(victim)

    async def story(desk: DeskClient) -> None:
        sdp = offer(LOOPBACK, 40000, i_message(mallory.domain, MALLORY.tel, victim.tel))
        invitation = mallory.told(MALLORY, sdp)
        mallory.ring(invitation)
        await desk.until("Missed call")
        assert says(desk, "0031")
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
    mallory: Colleague, ambush: Ambush, whose: str
) -> None:
    trap, asha = ambush.trap, mallory.house.people[0]
    foreign = client_pem(trap.domain, trap.letters[CHLOE.tel], trap.pack(CHLOE))
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
