"""Hostile signalling at a real phone, from a server that holds its domain's key."""

from __future__ import annotations

import asyncio
import os
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
from demo.people import enrol, hold_before_camera
from sip.message import Request, response_to
from sip.sdp import answer, offer
from tests.house.conftest import at_rest, digits, open_menu, processes, says
from tests.house.hostile import (
    BEN,
    DOWNGRADES,
    LOOPBACK,
    NONSENSE,
    TRAP,
    HostileServer,
    Trap,
    call_to,
    client_pem,
    i_message,
    invite,
    rings,
    server_context,
)
from tests.house.registry import flipped, print_card

CHLOE = Person("+441632960022", "Chloé Jansen")
DAVID = Person("+441632960023", "David Kaya")


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
        assert says(CHLOE.name)(desk)
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
    assert says("CALL REFUSED", words)(desk)
    assert desk.lamps.get("ring") == "off"
    assert rings(ambush.home) == before
    await desk.press("soft4")
    await desk.until("Ready for secure calls")


def replayed(invitation: Request) -> Request:
    """The same offer in a call that was never seen before."""
    return invite(TRAP, CHLOE.tel, BEN.tel, invitation.body)


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
        assert says("CALL REFUSED", "was not protected")(desk)
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
        assert says("CALL REFUSED", "could not be verified")(desk)
        assert rings(ambush.home) == before
        body = offer(LOOPBACK, 40000, whole)
        assert await ambush.server.call(ambush.told(CHLOE, body)) == [100, 180], "the whole one rings"
        await desk.until("identity checked")
        await desk.read()
        await desk.press("soft1")

    ambush.play(story)


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
        assert says("Server not genuine", "Tell security")(desk)
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
        assert says("Do not use it. Tell security. E22")(desk)
        assert impostor.contacts == 0
        impostor.close()
        await ambush.server.open()
        await desk.press("soft1")
        await ambush.server.registered(before + 1)
        await desk.until(says("Ready for secure calls", BEN.name))
        await ambush.still_rings(desk)

    ambush.play(story)
