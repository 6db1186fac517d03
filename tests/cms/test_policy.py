"""What is agreed on for the phones: only what this store keeps, and on the media with the next export."""

from dataclasses import replace

import pytest

from cms import domain as domains
from cms import recovery
from crypto import bulletin, fields
from crypto.policy import DomainPolicy, Mode, Rotation
from tests.cms.test_custody import WITH_BOB

TWO = ("--share", "shares/share-1", "--share", "shares/share-2", *WITH_BOB)


@pytest.fixture
def custody(pair):
    """A store that two operators and two of three custodians open."""
    pair.does("policy", "set", "two-person", "on")
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares", *WITH_BOB)
    return pair


def agreed(office):
    return office.held().domain.policy


def exported(office, *how):
    """The policy in the bulletin of a fresh export."""
    office.does("export", "media", *how)
    domain = office.held().domain
    month = fields.month_of(domain.exported)
    octets = (office.desk / "media" / f"bulletin-{month}").read_bytes()
    key = bulletin.key_of(domain.secrets.domain, month)
    return bulletin.open(octets, key=key, domain_key=domain.domain_key).policy


def test_a_new_domain_is_compatible_keeps_its_masters_and_allows_call_logs(pair):
    assert agreed(pair) == DomainPolicy(Mode.COMPATIBLE, Rotation.NEVER, call_log=True)
    assert "mode compatible" in pair.does("policy", "show")


def test_what_is_agreed_on_is_logged_survives_and_travels_with_the_next_export(pair):
    pair.does("policy", "set", "rotate", "quarterly")
    pair.does("policy", "set", "mode", "forward-secret")
    assert "next export" in pair.does("policy", "set", "call-log", "off")
    assert [entry.details for entry in pair.entries()[-3:]] == [
        "policy: rotate quarterly", "policy: mode forward-secret", "policy: call-log off",
    ]  # fmt: skip
    assert "export again" in pair.does("status")
    wanted = {"mode": "forward-secret", "rotate": "quarterly", "call_log": False}
    assert exported(pair) == wanted == agreed(pair).values


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mode", "open"), "compatible or escrow or forward-secret"),
        (("mode", "ESCROW"), "compatible or escrow"),
        (("rotate", "daily"), "never or monthly or quarterly"),
        (("call-log", "maybe"), "on or off"),
        (("two-person", "maybe"), "on or off"),
        (("mode", "escrow"), "first cms custodians"),
        (("mode", "forward-secret"), "first cms policy set rotate"),
        (("escrow-months", "12"), "first cms policy set rotate"),
        (("escrow-months", "13"), "no-end or 1 or 3"),
        (("escrow-months", "0"), "no-end or 1 or 3"),
    ],
)
def test_what_this_store_does_not_keep_is_not_promised(pair, words, said):
    before = len(pair.entries())
    assert said in pair.fails("policy", "set", *words)
    assert len(pair.entries()) == before


def test_forward_secret_mode_does_not_outlive_rotation(pair):
    pair.does("policy", "set", "rotate", "monthly")
    pair.does("policy", "set", "mode", "forward-secret")
    assert "another mode" in pair.fails("policy", "set", "rotate", "never")


def test_escrow_needs_custodians_and_two_people_and_keeps_both(custody):
    custody.does("policy", "set", "mode", "escrow", *TWO)
    assert "cms policy set two-person on" in custody.fails("policy", "set", "two-person", "off", *TWO)
    assert "cms custodians" in custody.fails("custodians", "--none", *TWO)
    assert "mode escrow" in custody.does("policy", "show", *TWO[:4])


def test_escrow_is_not_agreed_on_without_two_people(pair):
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares")
    said = pair.fails("policy", "set", "mode", "escrow", *TWO[:4])
    assert "two-person on" in said


def test_a_recovered_domain_keeps_its_policy_but_not_a_mode_without_custodians():
    now = 1796000000
    before = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=now)
    before = replace(before, policy=DomainPolicy(Mode.ESCROW, Rotation.QUARTERLY, call_log=False))
    after = recovery.renewed(before, now=now)
    assert after.policy == DomainPolicy(Mode.COMPATIBLE, Rotation.QUARTERLY, call_log=False)


def test_how_long_escrow_keeps_travels_to_the_phones_and_does_not_outlive_rotation(pair):
    pair.does("policy", "set", "rotate", "monthly")
    pair.does("policy", "set", "escrow-months", "12")
    assert "12 months after their last one" in pair.does("policy", "show")
    assert exported(pair)["escrow_months"] == 12
    assert "escrow-months no-end" in pair.fails("policy", "set", "rotate", "never")
    pair.does("policy", "set", "escrow-months", "no-end")
    assert "escrow_months" not in agreed(pair).values
