"""The console and keys: master secrets, and the TLS key of the CRS."""

import pytest

from cms import domain as domains
from cms import masters, store
from crypto.fingerprint import fingerprint
from tests.cms.hands import NOW, PASSPHRASE, at_console, domain

# Master secrets


def test_new_master_secrets_serve_from_a_month_on(folder):
    async def story(hands):
        await hands.opens("7", "2026-11 on", fingerprint(hands.held.domain.domain_key))
        await hands.opens("n", "New master secrets")
        await hands.writes("2026-12")
        await hands.until("New master secrets serve from 2026-12 on", "2026-11 to 2026-11")

    at_console(folder, story)
    assert [one.first for one in domain(folder).generations] == ["2026-11", "2026-12"]


def test_master_secrets_that_still_serve_are_not_destroyed(folder):
    async def story(hands):
        await hands.opens("7", "2026-11 on")
        await hands.opens("d", "Destroy master secrets")
        await hands.writes("2026-11")
        await hands.writes("sv.example")
        await hands.until("no master secrets serve only months before 2026-11")

    at_console(folder, story)
    assert not any(one.destroyed for one in domain(folder).generations)


async def destroys(hands, *, name):
    await hands.opens("7", "2026-10 to 2026-10")
    await hands.opens("d", "Destroy master secrets")
    await hands.writes("2026-11")
    await hands.writes(name)


@pytest.fixture
def older(desk):
    """A store with master secrets of October, and others since."""
    october = NOW - 35 * 86_400
    made = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=october)
    made = masters.rotate(made, "2026-11", now=october)
    with store.create(desk / "store", PASSPHRASE, made, operator="ann", clock=lambda: october):
        pass
    return desk / "store"


def test_master_secrets_whose_months_are_over_are_destroyed(older):
    async def story(hands):
        await destroys(hands, name="sv.example")
        await hands.until("are destroyed: no key of these months is made again")

    at_console(older, story)
    assert [bool(one.destroyed) for one in domain(older).generations] == [True, False]


def test_what_the_policy_still_keeps_is_not_destroyed_as_due(older):
    async def story(hands):
        await hands.opens("7", "2026-10 to 2026-10")
        await hands.opens("d", "Destroy master secrets")
        await hands.writes("")
        await hands.writes("sv.example")
        await hands.until("the policy still wants all master secrets")

    at_console(older, story)
    assert not any(one.destroyed for one in domain(older).generations)


def test_no_master_secrets_are_destroyed_unless_the_domains_name_is_typed(older):
    async def story(hands):
        await destroys(hands, name="example")
        await hands.until("that is not sv.example: nothing was changed")

    at_console(older, story)
    assert not any(one.destroyed for one in domain(older).generations)


# The CRS's TLS key


def test_the_crs_gets_a_new_tls_key_with_the_next_export(folder):
    before = domain(folder).secrets.crs_tls

    async def story(hands):
        await hands.opens("7", "2026-11 on")
        await hands.opens("t", "A new TLS key for the CRS?")
        await hands.presses("y")
        await hands.until("The CRS has a new TLS key with the next export")

    at_console(folder, story)
    assert domain(folder).secrets.crs_tls != before
