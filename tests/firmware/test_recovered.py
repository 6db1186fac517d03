"""A domain with new keys in the place of a compromised one, as the key service of a phone sees it."""

from __future__ import annotations

import base64
import functools
from pathlib import Path

import pytest

from cms import domain as domains
from cms import media, recovery
from cms.domain import Domain
from crypto import crs_media, pack
from crypto.pack import PackKind
from tests.crypto.callers import ALICE, BOB
from tests.firmware.issuing import NOW_S
from tests.firmware.phones import Phone, refused

MINUTE = 60


@functools.cache
def domain(name: str = "sv.example", number: int = 0) -> Domain:
    """A domain with Alice in it; each `number` has keys of its own."""
    made = domains.create(name, organisation="Office", crs="crs.sv.example:5061", now=NOW_S - MINUTE)
    return domains.add_user(made, tel=ALICE, name="Alice", now=NOW_S - MINUTE)


def card(of: Domain, *, tel: str = ALICE) -> tuple[str, str]:
    """A card without a code, and the first pack that answers it (base64)."""
    if all(user.tel != tel for user in of.users):
        of = domains.add_user(of, tel=tel, name="Somebody", now=NOW_S - MINUTE)
    after, letter = domains.issue_card(of, tel=tel, now=NOW_S - MINUTE, sealed=False)
    _, files = media.export(after, now=NOW_S - MINUTE)
    [octets] = [
        octets
        for octets in crs_media.read(files).packs
        if pack.address(octets, of.domain_key).kind is PackKind.FIRST
    ]
    return letter.text, base64.b64encode(octets).decode()


def enrolled(phone: Phone, of: Domain) -> Phone:
    text, answer = card(of)
    phone.custody.import_card(text)
    phone.custody.unseal("")
    phone.custody.complete(answer)
    return phone


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return enrolled(Phone(tmp_path / "alice"), domain())


def renewed(of: Domain) -> Domain:
    return recovery.renewed(of, now=NOW_S - MINUTE)


def test_a_card_of_the_same_domain_is_read_as_before(phone: Phone) -> None:
    phone.custody.import_card(card(domain())[0])


def test_after_the_new_domain_has_come_no_card_of_the_old_one_is_read(phone: Phone) -> None:
    enrolled(phone, renewed(domain()))
    for again in (phone, phone.restart()):
        for tel in (ALICE, BOB):
            assert "replaced" in refused(
                "E04", lambda tel=tel, again=again: again.custody.import_card(card(domain(), tel=tel)[0])
            )


def test_a_card_alone_retires_nothing_it_is_the_server_of_the_new_domain_that_does(phone: Phone) -> None:
    text, _ = card(renewed(domain()))
    phone.custody.import_card(text)
    phone.custody.unseal("")
    phone.custody.abandon()
    phone.custody.import_card(card(domain())[0])


def test_a_phone_that_goes_to_another_domain_and_back_is_welcome(phone: Phone) -> None:
    enrolled(phone, domain("other.example"))
    enrolled(phone, domain())


def test_two_recoveries_retire_two_keys(phone: Phone) -> None:
    second = renewed(domain())
    third = renewed(second)
    enrolled(phone, second)
    enrolled(phone, third)
    for old in (domain(), second):
        refused("E04", lambda old=old: phone.custody.import_card(card(old)[0]))


def test_a_phone_that_was_wiped_has_forgotten_what_was_retired(phone: Phone) -> None:
    """Whoever enrols it then looks at the card and its check code, as for any new phone."""
    enrolled(phone, renewed(domain()))
    phone.custody.wipe()
    phone.custody.import_card(card(domain())[0])
