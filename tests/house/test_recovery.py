"""The CMS was compromised: the whole procedure by its commands, on real phones; then known-bads in a row.

Whoever has the old domain's keys stays in this story to its end: with a copy of the old store they make
packs, lists, cards and calls that are as genuine as any of that domain, and nobody takes one of them.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from board.desk.link import DeskClient
from cms import audit, store
from cms import domain as domains
from cms import media as cms_media
from cms import month as months
from cms.domain import Domain
from crypto import bulletin, crs_media, fields, pack, revocation, sealing
from crypto.bulletin import Bulletin
from crypto.crs_media import CRSMedia
from crypto.pack import PackKind
from crypto.revocation import RevocationList
from crypto.secret import Secret
from demo.house import CommandFailed, House, Person
from demo.month import issue_many
from demo.people import enrol as enrol_by_camera
from demo.people import hold_before_camera, leave_alone
from demo.rounds import press_soft
from firmware.interfaces import Refused
from tests.house.test_months import Domain as Typed
from tests.house.test_months import WatchedPhone, eventually, read_card

PEOPLE = [Person(f"+44163296030{number}", f"Person {number}") for number in range(3)]
WHOLE = Person("+441632960309", "Dora")
MORE = 1000
"""What the thief counts on with: later than everything that anybody has seen."""


@dataclass
class Story:
    """What was before, and what is now."""

    house: House
    typed: Typed
    phones: list[WatchedPhone]
    old: Domain
    old_head: str
    captured: bytes
    said: str
    fingerprint: str
    refusals: dict[str, str]
    told: list[str]

    @property
    def asha(self) -> WatchedPhone:
        """Enrolled anew."""
        return self.phones[0]

    @property
    def ben(self) -> WatchedPhone:
        """Still of the old domain."""
        return self.phones[1]

    def vault(self) -> dict[str, bytes]:
        """Every file of the vault, whatever it holds."""
        return {path.name: path.read_bytes() for path in (self.asha.home / "vault").iterdir()}


def told_fingerprint(said: str) -> str:
    found = re.search(r"^Fingerprint +([0-9A-F ]+)$", said, re.MULTILINE)
    assert found
    return found[1].strip()


def new_card(house: House, person: Person) -> tuple[str, str]:
    """Have a card made by the new domain; read it as a camera would."""
    house.issue_card(person)
    return read_card(house.card(person)), house.codes[person.tel]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """From the old domain to the new one: two bare phones, a letter that nobody used, one whole phone."""
    logging.getLogger("sottovoce").setLevel(logging.CRITICAL)  # refusals are what these tests are about
    with House(tmp_path_factory.mktemp("recovery"), people=(WHOLE,)) as house, asyncio.Runner() as runner:
        house.create_domain()
        house.add_people()
        house.issue_card(WHOLE)
        cards = issue_many(house, PEOPLE)
        house.start_crs(house.export())
        house.start_phone(WHOLE)
        typed = Typed(house, runner)
        phones = [WatchedPhone(one, house.directory / f"bare-{one.tel}") for one in PEOPLE]

        async def before() -> bytes:
            async with DeskClient(house.phone(WHOLE)) as desk:
                await enrol_by_camera(desk, house.card(WHOLE), house.codes[WHOLE.tel])
            for phone, (text, code) in list(zip(phones, cards, strict=True))[:2]:
                await phone.enrol(text, code)
                phone.switch_on()
                await asyncio.wait_for(phone.up.wait(), 20)
            await phones[1].call(phones[0])
            assert phones[0].verified == [PEOPLE[1].tel]
            return await phones[1].message(PEOPLE[0].tel)

        captured = runner.run(before())
        with store.open_store(house.store, house.passphrase.read_text().strip()) as opened:
            old, head = opened.domain, str(opened.mark)
        told: list[str] = []

        async def recover() -> tuple[str, str, dict[str, str]]:
            said, refusals = await asyncio.to_thread(recovered, house, typed)
            # Who has not enrolled anew is told so, and is not let in.
            for phone in phones[:2]:
                await eventually(lambda phone=phone: "E22" in phone.troubles, "the old phones are told")
                assert not phone.up.is_set()
            async with DeskClient(house.phone(WHOLE)) as desk:
                await desk.until("E22", 60)
                told.extend(desk.text)
                await press_soft(desk, "Help")
                await desk.until("new code", 10)
                told.extend(desk.text)
                await leave_alone_offline(desk)
            await phones[0].switch_off()
            await phones[0].enrol(*cards_now[0])
            phones[0].switch_on()
            await asyncio.wait_for(phones[0].up.wait(), 20)
            return said, told_fingerprint(said), refusals

        cards_now: list[tuple[str, str]] = []

        def recovered(house: House, typed: Typed) -> tuple[str, dict[str, str]]:
            """Everything that the operators type."""
            new = house.directory / "new-passphrase"
            new.write_text(secrets.token_urlsafe(24) + "\n")
            said = house.cms(
                "recover", "cms", "--confirm", old.name, "--keep-old", str(house.directory / "aside"),
                "--reason", "the safe was open", "--new-passphrase-file", str(new),
            )  # fmt: skip
            shutil.move(new, house.passphrase)
            for person in (PEOPLE[0], WHOLE):
                house.card(person).unlink(missing_ok=True)
                cards_now.append(new_card(house, person))
            media = house.export()
            house.children.pop("crs").stop()
            typed.crs("log", "review", "--ack")
            refusals = {}
            shutil.copytree(house.crs_home, house.directory / "old-crs")
            for name, given in (("none", []), ("wrong", ["--fingerprint", "0000 0000 0000 0000"])):
                try:
                    typed.crs("recover", "--media", str(media), *given)
                except CommandFailed as failed:
                    refusals[name] = str(failed)
            try:
                typed.crs("load", "--media", str(media))
            except CommandFailed as failed:
                refusals["load"] = str(failed)
            typed.crs("recover", "--media", str(media), "--fingerprint", told_fingerprint(said))
            house.serve_crs()
            return said, refusals

        said, fingerprint, refusals = runner.run(recover())
        yield Story(house, typed, phones, old, head, captured, said, fingerprint, refusals, told)

        async def end() -> None:
            for phone in phones:
                await phone.switch_off()

        runner.run(end())
    logging.getLogger("sottovoce").setLevel(logging.NOTSET)


async def leave_alone_offline(desk: DeskClient) -> None:
    """Put the help away; the phone stays without its server."""
    await press_soft(desk, "Back")
    await desk.until("E22", 10)


def test_a_crs_takes_the_new_domain_over_only_by_its_own_fingerprint(story: Story) -> None:
    assert "nobody is here to type the fingerprint" in story.refusals["none"]
    assert "not the one given" in story.refusals["wrong"]
    assert "E04" in story.refusals["load"]
    assert story.fingerprint in story.typed.crs("status")
    assert "domain-recovered" in story.typed.crs("report")


def test_the_log_of_the_cms_goes_on_and_proves_the_head_noted_before(story: Story) -> None:
    assert "whole" in story.house.cms("audit", "verify", "--head", story.old_head).casefold()
    with store.open_store(story.house.store, story.house.passphrase.read_text().strip()) as opened:
        assert audit.find_fault(opened.entries) is None
        assert any("the safe was open" in entry.details for entry in opened.entries)


def test_a_phone_that_has_not_enrolled_anew_says_what_to_do_next(story: Story) -> None:
    shown = " ".join(story.told)
    assert "Server not genuine" in shown
    assert "Tell security" in shown
    assert "Menu, Administration" in shown


def test_a_phone_enrolled_anew_is_served_and_called_by_its_like(story: Story) -> None:
    """The whole phone shows its new card to the camera; then the two call each other."""

    async def walk() -> None:
        async with DeskClient(story.house.phone(WHOLE)) as desk:
            await press_soft(desk, "Menu")
            await desk.until("Contacts")
            await desk.press("8")
            await desk.until("Enrol this phone")
            await desk.press("1")
            await hold_before_camera(desk, story.house.card(WHOLE), "check code")
            await press_soft(desk, "Enrol")
            await desk.until("transfer code")
            await desk.press(story.house.codes[WHOLE.tel])
            await desk.until("10 of 10")
            await press_soft(desk, "OK")
            await desk.until("destroy the code now", 60)
            await press_soft(desk, "OK")
            await leave_alone(desk, 30)
            before = len(story.asha.verified)
            await desk.lift()
            await desk.press(story.asha.person.tel[-4:] + "#")
            await eventually(lambda: len(story.asha.verified) > before, "the call verifies")
            assert story.asha.verified[-1] == WHOLE.tel
            await desk.hang_up()

    story.typed.runner.run(walk())


# Whoever has the old keys


def thiefs_media(story: Story) -> CRSMedia:
    """Media that the old domain makes now, with next month's keys for everybody, numbered ahead of all."""
    month = fields.month_from_int(fields.month_to_int(fields.month_of(int(time.time()))) + 1)
    now = int(time.time())
    domain = months.issue(replace(story.old, exports=MORE), month, now=now)
    _, files = cms_media.export(domain, now=now)
    return crs_media.read(files, domain.domain_key)


def documents(story: Story) -> Iterator[tuple[str, bytes]]:
    """Everything signed that a phone takes from its CRS, by the old domain, and newer than what it holds."""
    media, private = thiefs_media(story), story.old.secrets.domain
    for octets in media.packs:
        yield "pack", octets
    for month, octets in media.bulletins.items():
        yield "bulletin", octets
        # One that is sealed under the key of the new domain's bulletins, should they have found it out.
        held = dict(story.asha.custody._enrolled().enrolled.bulletin_keys).get(month)
        if held is not None:
            content = Bulletin(
                domain=story.old.name, month=month, number=MORE, issued=int(time.time()),
                policy={}, partners=(), directory=((story.asha.person.tel, "Mallory"),),
            )  # fmt: skip
            yield "bulletin", bulletin.build(content, key=held, domain_private=private)
    for octets in media.issuance.values():
        yield "issuance", octets
    yield "revoked", media.revoked_octets
    mine = story.asha.custody._enrolled().enrolled.identity.months[0].pvt
    hashes = frozenset({revocation.pvt_hash(mine)})
    yield (
        "revoked",
        revocation.build(
            RevocationList(story.old.name, MORE, int(time.time()), hashes), domain_private=private
        ),
    )


def test_no_pack_bulletin_or_list_of_the_old_domain_is_taken_and_nothing_changes(story: Story) -> None:
    before, kinds = story.vault(), set()
    for kind, octets in documents(story):
        with pytest.raises(Refused) as refusal:
            story.asha.custody.take(kind, octets)
        assert refusal.value.p_code == "E04", kind
        kinds.add(kind)
    assert kinds == {"pack", "bulletin", "issuance", "revoked"}
    assert story.vault() == before


def test_a_pack_sealed_to_the_phones_own_key_by_the_old_domain_is_not_taken(story: Story) -> None:
    """Even if the thief knew the transport key: it is the signature that counts."""
    who = story.asha.custody._enrolled().enrolled.identity
    held, kms = who.months[0], who.months[0].kms
    month = fields.month_from_int(fields.month_to_int(fields.month_of(int(time.time()))) + 1)
    brought = pack.Pack(
        kind=PackKind.MONTHLY, tel=who.tel, serial=who.serial, month=month, issued=int(time.time()),
        next_transport_seed=Secret(bytes(range(32))), client_certificate=b"\x30\x00",
        bulletin_key=Secret(bytes(range(32))),
        keys=pack.MonthKeys(held.rsk, held.ssk, held.pvt, kms.sakke_public_key, kms.eccsi_public_key),
    )  # fmt: skip
    octets = pack.build(
        brought,
        transport_public=sealing.transport_public(who.transport_key),
        domain_private=story.old.secrets.domain,
    )
    before = story.vault()
    with pytest.raises(Refused) as refusal:
        story.asha.custody.take("pack", octets)
    assert refusal.value.p_code == "E04"
    assert story.vault() == before


def test_no_i_message_of_the_old_domain_verifies(story: Story) -> None:
    """One captured before, one made by a phone that is still in the old domain: same number, same KMS URI."""

    async def fresh() -> bytes:
        return await story.ben.message(story.asha.person.tel)

    for octets in (story.captured, story.typed.runner.run(fresh())):
        with pytest.raises(Refused) as refusal:
            story.asha.custody.accept(base64.b64encode(octets).decode())
        assert refusal.value.p_code == "E34"


def test_no_call_to_the_new_domain_opens_for_the_old_one(story: Story) -> None:
    """The other way round: what a phone sends now, a phone of the old domain refuses too."""

    async def fresh() -> bytes:
        return await story.asha.message(story.ben.person.tel)

    octets = story.typed.runner.run(fresh())
    with pytest.raises(Refused) as refusal:
        story.ben.custody.accept(base64.b64encode(octets).decode())
    assert refusal.value.p_code == "E34"


def test_no_card_of_the_old_domain_is_read_by_a_phone_of_the_new_one(story: Story) -> None:
    """A new one for its own number, made today by whoever has the old store."""
    _, letter = domains.issue_card(story.old, tel=story.asha.person.tel, now=int(time.time()), reissue=True)
    before = story.vault()
    with pytest.raises(Refused) as refusal:
        story.asha.custody.import_card(letter.text)
    assert refusal.value.p_code == "E04"
    assert "replaced" in refusal.value.p_text
    assert story.vault() == before


def test_an_old_letter_enrols_no_new_phone(story: Story) -> None:
    """A blank phone cannot know; its CRS is not the card's."""
    person = PEOPLE[2]
    _, letter = domains.issue_card(story.old, tel=person.tel, now=int(time.time()), reissue=True)
    blank = WatchedPhone(person, story.house.directory / "blank")
    assert letter.transfer_code is not None
    with pytest.raises(ConnectionError, match="E22"):
        story.typed.runner.run(blank.enrol(letter.text, letter.transfer_code))
    assert not blank.status.enrolled


def test_a_server_with_a_certificate_of_the_old_domain_is_not_believed(story: Story) -> None:
    """The thief runs the old CRS in the place of the new one."""
    house, asha = story.house, story.asha

    async def walk() -> None:
        await asha.switch_off()
        asha.troubles.clear()
        await asyncio.to_thread(house.children.pop("crs").stop)
        child = house.spawn(
            "rogue",
            ["crs.cli", "serve", "--home", str(house.directory / "old-crs"), "--listen", "127.0.0.1",
             "--port", str(house.port)],
        )  # fmt: skip
        await eventually(lambda: "ready" in child.log.read_text(), "the old CRS serves", 30)
        asha.switch_on()
        await eventually(lambda: "E22" in asha.troubles, "the old CRS is found out", 30)
        assert not asha.up.is_set()
        # Whoever is still in the old domain is let in there, and so hears nothing of the new one.
        await eventually(lambda: story.ben.up.is_set(), "the old phone meets the old CRS", 60)
        await asyncio.to_thread(house.children.pop("rogue").stop)
        await asyncio.to_thread(house.serve_crs)
        await asyncio.wait_for(asha.up.wait(), 60)

    story.typed.runner.run(walk())


def test_old_media_are_not_loaded_by_the_new_crs(story: Story) -> None:
    media = story.house.directory / "thief"
    media.mkdir()
    private = story.old.secrets.domain
    for name, octets in crs_media.build(thiefs_media(story), domain_private=private).items():
        (media / name).write_bytes(octets)
    with pytest.raises(CommandFailed, match="E04"):
        story.typed.crs("load", "--media", str(media))


def test_whoever_enrols_anew_calls_and_is_called_again(story: Story) -> None:
    asha, ben = story.asha, story.ben

    async def walk() -> None:
        text, code = await asyncio.to_thread(new_card, story.house, ben.person)
        media = await asyncio.to_thread(story.house.export)
        await story.typed.typed("load", "--media", str(media))
        await ben.switch_off()
        await ben.enrol(text, code)
        ben.switch_on()
        await asyncio.wait_for(ben.up.wait(), 30)
        await asha.call(ben)
        await ben.call(asha)
        assert (ben.verified[-1], asha.verified[-1]) == (asha.person.tel, ben.person.tel)

    story.typed.runner.run(walk())


def test_nothing_but_the_keys_tells_the_two_domains_apart(story: Story) -> None:
    """What the refusals above rest on: name and numbers are the same."""
    with store.open_store(story.house.store, story.house.passphrase.read_text().strip()) as opened:
        new = opened.domain
    assert (new.name, [one.tel for one in new.users]) == (
        story.old.name,
        [one.tel for one in story.old.users],
    )
    assert new.domain_key != story.old.domain_key
