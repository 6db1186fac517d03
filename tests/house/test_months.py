"""The life of the keys in a whole domain: CMS and CRS by their commands, three phones without their parts."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cms import media as cms_media
from cms import store
from crypto import crs_media, fields, issuance
from crypto.issuance import TreeHead
from demo.bare import BarePhone
from demo.house import CommandFailed, House, Person, run
from demo.month import issue_many
from sip import events
from sip.sdp import answer, offer
from tests.codes import qr_codes

ROSTER_LOAD_S = 5.0
"""Within so many seconds of `crs load` everybody knows; the server looks four times a second."""

PEOPLE = [Person(f"+44163296010{number}", f"Person {number}") for number in range(3)]


class WatchedPhone(BarePhone):
    """A bare phone that remembers how its own calls were answered, and how its line fared."""

    def __init__(self, person: Person, home: Path) -> None:
        super().__init__(person, home)
        self.answers: list[int] = []
        self.troubles: list[str] = []
        self.picks_up = False
        self.talks = 0
        self.ends: list[events.Cause] = []

    def _sip(self, event: events.Event) -> None:
        match event:
            case events.Refused(status=status):
                self.answers.append(status)
            case events.Accepted() | events.Established():
                self.talks += 1
            case events.Ended(cause=cause):
                self.ends.append(cause)
            case events.Incoming(handle=handle) if self.picks_up:
                assert self._line is not None
                self._line.accept(handle, answer(self._line.address, 16384))
                return
        super()._sip(event)

    def _line_state(self, up: bool, trouble: str) -> None:
        self.troubles.append("up" if up else trouble)
        super()._line_state(up, trouble)

    async def begin_call(self, tel: str) -> None:
        """Call somebody."""
        assert self._line is not None
        self._line.invite(tel, offer(self._line.address, 16384, await self.message(tel)))

    async def try_to_call(self, tel: str) -> int:
        """Call somebody who will not answer; returns the status that the CRS refused it with."""
        before = len(self.answers)
        await self.begin_call(tel)
        await eventually(lambda: len(self.answers) > before, "an answer")
        return self.answers[-1]


class Domain:
    """The house, its three phones, and the one loop that they live in."""

    def __init__(self, house: House, runner: asyncio.Runner) -> None:
        self.house, self.runner = house, runner
        self.phones: list[WatchedPhone] = []

    def crs(self, *words: str) -> str:
        """Type a command at the CRS."""
        home = ["--home", str(self.house.crs_home)]
        return run([sys.executable, "-m", "crs.cli", *words, *home], dict(os.environ))

    async def typed(self, *words: str) -> str:
        """Type it while the phones live on."""
        return await asyncio.to_thread(self.crs, *words)

    async def load(self) -> float:
        """Export, carry and load; returns when the roster was loaded."""
        media = await asyncio.to_thread(self.house.export)
        await self.typed("load", "--media", str(media))
        return time.monotonic()


async def eventually(condition: object, what: str, seconds: float = 20.0) -> None:
    """Wait for a condition of phones that live in this loop."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        await asyncio.sleep(0.02)


def read_card(picture: Path) -> str:
    """Read a card as a camera would."""
    (found,) = qr_codes(Image.open(picture))
    return str(found.text)


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Domain]:
    """Three phones, enrolled and connected."""
    logging.getLogger("sottovoce").setLevel(logging.CRITICAL)  # refusals are what these tests are about
    with House(tmp_path_factory.mktemp("months"), people=()) as house, asyncio.Runner() as runner:
        house.create_domain()
        house.cms("policy", "set", "rotate", "monthly")
        cards = issue_many(house, PEOPLE)
        house.start_crs(house.export())
        domain = Domain(house, runner)

        async def begin() -> None:
            for person, (text, code) in zip(PEOPLE, cards, strict=True):
                phone = WatchedPhone(person, house.directory / f"bare-{person.tel}")
                domain.phones.append(phone)
                await phone.enrol(text, code)
                phone.switch_on()
            for phone in domain.phones:
                await asyncio.wait_for(phone.up.wait(), 20)

        async def end() -> None:
            for phone in domain.phones:
                await phone.switch_off()

        runner.run(begin())
        yield domain
        runner.run(end())
    logging.getLogger("sottovoce").setLevel(logging.NOTSET)


def test_a_months_keys_reach_every_phone_within_seconds(domain: Domain) -> None:
    """They are made from other master secrets than this month's, as the policy says."""
    month = fields.month_from_int(fields.month_to_int(fields.month_of(int(time.time()))) + 1)
    media = domain.house.directory / "month"

    async def story() -> None:
        said = await asyncio.to_thread(domain.house.cms, "month", "export", month, "--media", str(media))
        assert "6 packs" in said
        assert f"New master secrets serve from {month} on" in said
        with pytest.raises(CommandFailed, match="crs log review --ack"):
            await domain.typed("keys", "load", "--media", str(media))
        assert all(phone.status.packed < month for phone in domain.phones)
        await domain.typed("log", "review", "--ack")
        await domain.typed("keys", "load", "--media", str(media))
        loaded = time.monotonic()
        for phone in domain.phones:
            await asyncio.wait_for(phone.until(month), ROSTER_LOAD_S)
        assert time.monotonic() - loaded < ROSTER_LOAD_S
        for phone in domain.phones:
            assert phone.status.months == [fields.month_of(int(time.time())), month]

    domain.runner.run(story())


def test_a_live_call_ends_for_the_other_party_when_a_phone_is_blocked(domain: Domain) -> None:
    asha, ben = domain.phones[:2]

    async def story() -> None:
        ben.picks_up = True
        await asha.begin_call(ben.person.tel)
        await eventually(lambda: asha.talks and ben.talks, "a call")
        ben.troubles.clear()
        await domain.typed("block", ben.person.tel)
        blocked = time.monotonic()
        await eventually(
            lambda: asha.ends == [events.Cause.THERE], "the other party hears of it", ROSTER_LOAD_S
        )
        await eventually(lambda: not ben.up.is_set(), "the blocked phone is cut off", ROSTER_LOAD_S)
        assert time.monotonic() - blocked < ROSTER_LOAD_S
        assert asha.up.is_set()
        assert '"why": "blocked"' in domain.house.observations.read_text()
        await eventually(lambda: "E23" in ben.troubles, "the blocked phone is told")
        await domain.typed("unblock", ben.person.tel)
        await ben.switch_off()
        ben.switch_on()
        await asyncio.wait_for(ben.up.wait(), 20)
        ben.picks_up = False
        await asha.call(ben)

    domain.runner.run(story())


def test_a_stolen_phone_is_out_within_one_roster_load(domain: Domain) -> None:
    asha, ben, stolen = domain.phones
    person = stolen.person
    picture, code_file = domain.house.directory / "new.png", domain.house.directory / "new.code"

    async def story() -> None:
        # What it said before, word for word, from another phone's line: genuine, while nobody has revoked it.
        await ben.offer(asha, await stolen.message(asha.person.tel))
        assert (asha.verified[-1:], asha.refused) == ([person.tel], [])
        before = await stolen.message(asha.person.tel)
        media = domain.house.directory / "recovery"
        words = ("recover", "user", "--tel", person.tel, "-o", str(picture), "--media", str(media))
        said = await asyncio.to_thread(domain.house.cms, *words, "--code-file", str(code_file))
        assert f"crs load --media {media}" in said
        known = asha.status.revoked_at
        await domain.typed("load", "--media", str(media))
        loaded = time.monotonic()
        await eventually(lambda: not stolen.up.is_set(), "the stolen phone is cut off", ROSTER_LOAD_S)
        await eventually(lambda: asha.status.revoked_at > known, "the revocation list", ROSTER_LOAD_S)
        assert time.monotonic() - loaded < ROSTER_LOAD_S

        assert await asha.try_to_call(person.tel) == 480
        assert asha.up.is_set()
        for message in (before, await stolen.message(asha.person.tel)):
            await ben.offer(asha, message)
        assert asha.refused == ["E34", "E34"]
        assert asha.verified == [person.tel]
        await stolen.switch_off()
        stolen.troubles.clear()
        stolen.switch_on()
        await eventually(lambda: "E23" in stolen.troubles, "the stolen phone is told that it is not admitted")
        assert "up" not in stolen.troubles

        new = WatchedPhone(person, domain.house.directory / "bare-new")
        await new.enrol(read_card(picture), code_file.read_text().strip())
        new.switch_on()
        domain.phones.append(new)
        await asyncio.wait_for(new.up.wait(), 20)
        await new.call(asha)
        await asha.call(new)
        assert (asha.verified[-1], new.verified) == (person.tel, [asha.person.tel])
        assert "up" not in stolen.troubles
        await stolen.switch_off()
        domain.phones.remove(stolen)

    domain.runner.run(story())
    assert "alarm        not-admitted" in domain.crs("report")


def test_a_second_key_for_a_number_is_seen_by_its_phone(domain: Domain) -> None:
    """Somebody at the CMS has made another key for Asha's number; it must be listed, and she sees it."""
    asha, ben = domain.phones[:2]
    house, month = domain.house, fields.month_of(int(time.time()))
    with store.open_store(house.store, house.passphrase.read_text().strip()) as opened:
        _, files = cms_media.export(opened.domain, now=int(time.time()))
        private, key = opened.domain.secrets.domain, opened.domain.domain_key
        content = crs_media.read(files, key)
        head, leaves = issuance.open(content.issuance[month], key)
        leaves += (issuance.leaf(head.domain, asha.person.tel, month, b"\x04" + bytes(64)),)
        longer = TreeHead(head.domain, month, len(leaves), issuance.tree(leaves).root(), head.issued + 1)
        listed = issuance.build(leaves, head=longer, domain_private=private)
        content = replace(content, issuance={**content.issuance, month: listed})
        media = house.directory / "second-key"
        media.mkdir()
        for name, octets in crs_media.build(content, domain_private=private).items():
            (media / name).write_bytes(octets)

    async def story() -> None:
        assert (asha.status.others, ben.status.others) == (0, 0)
        await domain.typed("load", "--media", str(media))
        await eventually(lambda: asha.status.others == 1, "the second key", ROSTER_LOAD_S)
        assert ben.status.others == 0

    domain.runner.run(story())
