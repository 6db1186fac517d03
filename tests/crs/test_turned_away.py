"""A phone that is not admitted is told so, and shows that, not that the server is out of order."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crs import flows
from crypto import certificates, sealing, signed
from crypto.secret import Secret
from firmware.services.line import Line, Subscription
from sip.message import response_to
from tests.crs.office import ASHA, BEN, LOOPBACK, TIMEOUT, Card, Office
from tests.crs.phone import request, until
from tests.crs.site import Site

INSTANCE = "urn:uuid:00000000-0000-4000-8000-000000000001"


def certificate(office: Office, card: Card, *, not_before: float, private: Secret | None = None) -> Card:
    """Return a card with another certificate for its key."""
    device = sealing.device_tls_key(Secret(card.serial.to_bytes(32, "big")))
    der = certificates.issue_phone(
        private or office.private,
        office.name,
        tel=card.tel,
        serial=card.serial,
        device_public=signed.public_key(device),
        not_before=int(not_before),
    )
    return replace(card, certificate=certificates.certificate_pem(der))


def expired(office: Office) -> Card:
    return certificate(office, office.cards[0], not_before=time.time() - 200 * 86400)


def not_yet_valid(office: Office) -> Card:
    return certificate(office, office.cards[0], not_before=time.time() + 86400)


def forged(office: Office) -> Card:
    return certificate(
        office, office.cards[0], not_before=time.time() - 3600, private=Secret(b"forger" + bytes(26))
    )


def of_nobody(office: Office) -> Card:
    """A certificate of our domain whose card the CRS does not know."""
    stranger = Office(office.name)
    return stranger.issue(ASHA, 999)


def of_another_number(office: Office) -> Card:
    """A serial that belongs to somebody else."""
    return Office(office.name).issue(BEN, office.cards[0].serial)


def without_certificate(office: Office) -> None:
    return None


def shown(site: Site, context: ssl.SSLContext) -> list[str]:
    """Let a real line try to register, and return the troubles it tells of, until it tells of a second."""
    troubles: list[str] = []

    async def run() -> None:
        enough = asyncio.Event()

        def tell(up: bool, trouble: str) -> None:
            troubles.append("up" if up else trouble)
            if up or trouble not in ("", "connecting", "E21"):
                enough.set()

        async def make() -> ssl.SSLContext:
            return context

        line = Line(
            Subscription(ASHA, "sv.example", f"{LOOPBACK}:{site.crs.sip_port}", INSTANCE),
            context=make,
            on_event=lambda event: None,
            on_state=tell,
        )
        running = asyncio.create_task(line.run())
        try:
            async with asyncio.timeout(TIMEOUT):
                await enough.wait()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())
    return troubles


def test_an_admitted_phone_comes_up(site: Site, office: Office) -> None:
    assert shown(site, office.client_context(office.cards[0])) == ["up", "E21"]


def test_a_blocked_phone_shows_that_it_is_not_accepted(office: Office, tmp_path: Path) -> None:
    blocked = office.cards[0]
    office.blocked.add(blocked.serial)
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        assert shown(site, office.client_context(blocked))[-1] == "E23"
        until(lambda: site.alarms("not-admitted"), "an alarm")
        site.registered(office.cards[1])


def test_a_phone_that_is_blocked_while_it_is_connected_shows_it(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    office.issue(ASHA, 201)
    site.load(2)
    assert phone.closed()
    assert shown(site, office.client_context(office.cards[0]))[-1] == "E23"


@pytest.mark.parametrize(
    "card", [expired, not_yet_valid, forged, of_nobody, of_another_number, without_certificate]
)
def test_no_wrong_certificate_looks_like_a_server_out_of_order(
    site: Site, office: Office, card: Callable[[Office], Card | None]
) -> None:
    troubles = shown(site, office.client_context(card(office)))
    assert troubles[-1] == "E23"
    assert "up" not in troubles
    until(lambda: site.crs._listeners[0].connections == 0, "the end of the connection")


@pytest.mark.parametrize(
    ("card", "alert"),
    [
        (expired, "CERTIFICATE_EXPIRED"),
        (forged, "ALERT"),
        (without_certificate, "CERTIFICATE_REQUIRED"),
    ],
)
def test_tls_says_in_its_own_words_what_is_wrong(
    site: Site, office: Office, card: Callable[[Office], Card | None], alert: str
) -> None:
    phone = site.phone(card(office))
    with pytest.raises(ssl.SSLError, match=alert):
        phone.next()


@pytest.fixture
def blocked(office: Office, tmp_path: Path) -> Site:
    """A CRS that admits Ben but not Asha."""
    office.blocked.add(office.cards[0].serial)
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    return site


def test_who_is_not_admitted_gets_403_and_is_closed(blocked: Site, office: Office) -> None:
    with blocked as site:
        phone = site.phone(office.cards[0])
        assert phone.ask(phone.register()).status == 403
        assert phone.closed()
        assert site.crs.switchboard.flows == 0


def test_who_is_not_admitted_is_not_told_the_time_nor_anything_else(blocked: Site, office: Office) -> None:
    with blocked as site:
        phone = site.phone(office.cards[0])
        phone.write((phone.register().encode()) * 3)
        answer = phone.expect(403)
        assert answer.date is None
        assert not answer.body
        assert phone.closed()
        assert phone.inbox == []


@pytest.mark.parametrize("method", ["INVITE", "OPTIONS", "BYE", "CANCEL", "NONSENSE"])
def test_no_request_of_theirs_is_served(blocked: Site, office: Office, method: str) -> None:
    with blocked as site:
        ben = site.registered(office.cards[1])
        phone = site.phone(office.cards[0])
        uri = f"sip:{BEN}@sv.example;user=phone"
        assert phone.ask(request(method, uri, caller=ASHA, callee=BEN)).status == 403
        assert phone.closed()
        assert ben.silent()


def test_an_ack_is_never_answered(blocked: Site, office: Office) -> None:
    with blocked as site:
        phone = site.phone(office.cards[0])
        phone.send(request("ACK", "sip:sv.example", caller=ASHA, callee=BEN))
        assert phone.closed()
        assert phone.inbox == []


def test_a_response_from_them_closes_without_a_word(blocked: Site, office: Office) -> None:
    with blocked as site:
        phone = site.phone(office.cards[0])
        phone.send(response_to(phone.register(), 200))
        assert phone.closed()
        assert phone.inbox == []


@pytest.mark.parametrize(
    "octets",
    [b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 100, b"REGISTER sip:x SIP/2.0\r\n\r\n", b"A" * 70_000],
    ids=["keep-alive", "http", "zeros", "no headers", "endless"],
)
def test_nonsense_from_them_closes(
    blocked: Site, office: Office, octets: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows, "TURNED_AWAY_S", 0.3)
    with blocked as site:
        phone = site.phone(office.cards[0])
        phone.strict = False
        phone.write(octets)
        assert phone.closed()
        assert site.registered(office.cards[1]).silent()


def test_who_says_nothing_is_not_waited_for(
    blocked: Site, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows, "TURNED_AWAY_S", 0.1)
    with blocked as site:
        assert site.phone(office.cards[0]).closed()
        half = site.phone(office.cards[0])
        half.write(half.register().encode()[:50])
        assert half.closed()
        until(lambda: site.crs._listeners[0].connections == 0, "the end of both connections")
