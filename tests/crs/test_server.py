"""The whole server over real TLS: who may connect, what a phone may send, and what becomes of it."""

from __future__ import annotations

import ssl

import pytest

from tests.crs.office import Office, Site


def test_a_phone_registers_and_is_told_the_time(site: Site, office: Office) -> None:
    phone = site.phone(office.cards[0])
    response = phone.ask(phone.register())
    assert response.status == 200
    assert response.date is not None
    assert response.date.timestamp() == int(site.clock.unix())
    assert response.contact[0].parameters["expires"] == "600"


def test_a_client_without_certificate_is_refused(site: Site) -> None:
    phone = site.phone(None)
    with pytest.raises((ssl.SSLError, EOFError, ConnectionError)):
        phone.next()
