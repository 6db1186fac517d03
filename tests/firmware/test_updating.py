"""Software from a real CRS to a real update service, with what people do in between."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest

from crs import updates
from firmware.house import NOTHING_HELD
from firmware.services import updating
from firmware.services.download import Partial, Unwanted, download
from firmware.services.keeper import Keeper
from firmware.services.updating import Updating
from firmware.update_check import Bundle
from firmware.update_interface import UpdateInterface
from firmware.update_news import News
from firmware.varlink import serving
from tests.crs.office import ASHA, BEN, LOOPBACK, Office
from tests.crs.site import Site
from tests.firmware.test_update_service import COMPATIBLE, NEW, FakeRAUC, Phone

NAME = "sottovoce-1.2.0-debian-arm64.raucb"
BUNDLE = os.urandom(400_000)
PATH = f"/v1/update?kind={COMPATIBLE}&have=1.1.0"


@pytest.fixture
def office() -> Office:
    office = Office()
    office.issue(ASHA, 101)
    office.issue(BEN, 102)
    return office


@pytest.fixture
def site(office: Office, tmp_path: Path) -> Iterator[Site]:
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        offer(site, BUNDLE, tmp_path)
        yield site


def offer(site: Site, octets: bytes, folder: Path) -> None:
    if updates.listed(site.home):
        updates.remove(site.home, NAME)
    file = folder / NAME
    file.write_bytes(octets)
    updates.add(site.home, file)


class Idle:
    """A phone as the updates see it."""

    def __init__(self, home: Path, site: Site, office: Office) -> None:
        self.card = Phone(home)
        self.news: list[News] = []
        self.calling = False
        self.hears: Callable[[News], None] = lambda _: None
        self._told, self._connected, self._streams = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.server = f"{LOOPBACK}:{site.crs.sip_port}"
        self.keeper = Keeper(home, "update", UpdateInterface, on_back=self._back, on_lost=_lost)
        self.stream = Keeper(home, "update", UpdateInterface, on_back=self._stream_back, on_lost=_lost)

        async def context() -> object:
            made = office.client_context(office.cards[0])
            made.load_verify_locations(cadata=office.anchor)
            return made

        self.updating = Updating(
            home,
            keeper=self.keeper,
            stream=self.stream,
            status=lambda: replace(NOTHING_HELD, enrolled=True, crs=self.server),
            context=context,  # type: ignore[arg-type]
            in_call=lambda: self.calling,
            on_news=self._news,
        )

    async def _back(self) -> None:
        self._connected.set()
        await self.updating.back()

    async def _stream_back(self) -> None:
        self._streams.set()

    def _news(self, news: News) -> None:
        self.hears(news)
        self.news.append(news)
        self._told.set()

    @property
    def kinds(self) -> list[str]:
        """What was told, each thing once in a row."""
        said = [news.kind for news in self.news]
        return [kind for at, kind in enumerate(said) if at == 0 or said[at - 1] != kind]

    async def until(self, fits: Callable[[News], bool]) -> News:
        async with asyncio.timeout(20):
            while not (found := [news for news in self.news if fits(news)]):
                self._told.clear()
                await self._told.wait()
        return found[-1]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(
                serving(self.card.home / "run" / "update.sock", self.card.service())
            )
            tasks = [
                asyncio.ensure_future(work)
                for work in (self.keeper.run(), self.stream.run(), self.updating.run())
            ]
            try:
                async with asyncio.timeout(10):
                    await asyncio.gather(self._connected.wait(), self._streams.wait())
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


def _lost() -> None:
    pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "phone"
    (home / "phone").mkdir(parents=True)
    return home


def test_newer_software_is_fetched_written_and_told(site: Site, office: Office, home: Path) -> None:
    async def scene() -> Idle:
        phone = Idle(home, site, office)
        async with phone.running():
            phone.updating.soon()
            assert (await phone.until(lambda news: news.kind == "ready")).version == "1.2.0"
        return phone

    phone = asyncio.run(scene())
    assert phone.kinds == ["fetching", "writing", "ready"]
    assert phone.card.slot_b.read_bytes() == BUNDLE
    assert list((home / "phone").iterdir()) == []


def test_what_is_ready_is_not_fetched_again(site: Site, office: Office, home: Path) -> None:
    async def scene() -> list[str]:
        phone = Idle(home, site, office)
        async with phone.running():
            phone.updating.soon()
            await phone.until(lambda news: news.kind == "ready")
            phone.news.clear()
            await phone.updating._seek()
        return phone.kinds

    assert asyncio.run(scene()) == []


def test_a_bundle_that_is_refused_is_told_and_not_fetched_again(
    site: Site, office: Office, home: Path
) -> None:
    async def scene() -> tuple[str, list[str]]:
        phone = Idle(home, site, office)
        phone.card.rauc = FakeRAUC(phone.card.slot_b, Bundle("sottovoce-raspios-arm64", NEW))
        async with phone.running():
            await phone.updating._seek()
            code = phone.news[-1].code
            phone.news.clear()
            await phone.updating._seek()
        return code, phone.kinds

    assert asyncio.run(scene()) == ("E61", [])


def test_whoever_asks_for_what_was_refused_is_told_again(site: Site, office: Office, home: Path) -> None:
    async def scene() -> str:
        phone = Idle(home, site, office)
        phone.card.rauc = FakeRAUC(phone.card.slot_b, Bundle("sottovoce-raspios-arm64", NEW))
        async with phone.running():
            await phone.updating._seek()
            phone.news.clear()
            phone.updating.soon()
            return (await phone.until(lambda news: news.kind == "failed")).code

    assert asyncio.run(scene()) == "E61"


def test_whoever_asks_in_vain_is_told(site: Site, office: Office, home: Path) -> None:
    async def scene() -> None:
        updates.remove(site.home, NAME)
        phone = Idle(home, site, office)
        async with phone.running():
            phone.updating.soon()
            await phone.until(lambda news: news.kind == "none")

    asyncio.run(scene())


def test_whoever_asks_a_server_that_is_away_is_told(site: Site, office: Office, home: Path) -> None:
    async def scene() -> None:
        phone = Idle(home, site, office)
        async with phone.running():
            phone.server = f"{LOOPBACK}:1"
            phone.updating.soon()
            await phone.until(lambda news: news.kind == "unanswered")

    asyncio.run(scene())


def test_where_there_is_no_update_service_the_answer_comes_at_once(
    site: Site, office: Office, home: Path
) -> None:
    async def scene() -> list[str]:
        phone = Idle(home, site, office)
        phone.updating.soon()
        return phone.kinds

    assert asyncio.run(scene()) == ["unanswered"]


def test_a_restart_that_is_refused_is_told(site: Site, office: Office, home: Path) -> None:
    async def scene() -> list[tuple[str, str]]:
        phone = Idle(home, site, office)
        await phone.updating.restart()  # nobody is there to do it
        phone.card.stuck = True
        async with phone.running():
            await phone.updating.restart()
            phone.card.stuck = False
            await phone.updating.restart()
        return [(news.kind, news.code) for news in phone.news if news.kind == "not-restarted"]

    assert asyncio.run(scene()) == [("not-restarted", "E67")] * 2


def test_what_has_no_room_twice_is_not_begun(
    site: Site, office: Office, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 2 * len(BUNDLE) + updating.SPARE - 1
    monkeypatch.setattr(updating.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    async def scene() -> list[News]:
        phone = Idle(home, site, office)
        async with phone.running():
            await phone.updating._seek()
        return phone.news

    assert asyncio.run(scene()) == [News("failed", code="E64")]
    assert list((home / "phone").iterdir()) == []


@pytest.mark.parametrize(("least", "kind"), [(1, "ready"), (len(BUNDLE), "unanswered")])
def test_a_connection_that_fails_is_followed_by_another_if_it_brought_something(
    site: Site, office: Office, home: Path, monkeypatch: pytest.MonkeyPatch, least: int, kind: str
) -> None:
    monkeypatch.setattr(updating, "LEAST", least)
    failed = False

    def fails_once(news: News) -> None:
        nonlocal failed
        if news.kind == "fetching" and news.percent > 40 and not failed:
            failed = True
            raise aiohttp.ClientPayloadError

    async def scene() -> None:
        phone = Idle(home, site, office)
        phone.hears = fails_once
        async with phone.running():
            phone.updating.soon()
            await phone.until(lambda news: news.kind == kind)

    asyncio.run(scene())
    assert failed


def test_nothing_is_fetched_in_a_call(site: Site, office: Office, home: Path) -> None:
    async def scene() -> list[str]:
        phone = Idle(home, site, office)
        phone.calling = True
        async with phone.running():
            await phone.updating._seek()
        return phone.kinds

    assert asyncio.run(scene()) == []


def test_an_outcome_is_told_when_the_update_service_is_there(site: Site, office: Office, home: Path) -> None:
    async def scene() -> News:
        phone = Idle(home, site, office)
        await phone.card.tried()  # and the old slot runs again: the trial has failed
        async with phone.running():
            return await phone.until(lambda news: bool(news.kind))

    told = asyncio.run(scene())
    assert (told.kind, told.version) == ("rolled-back", "1.2.0")


# The download by itself


async def fetch(site: Site, office: Office, target: Path, **changes: object) -> object:
    context = office.client_context(office.cards[0])
    context.load_verify_locations(cadata=office.anchor)
    told: dict[str, object] = {"most": 1 << 20, "wanted": lambda _: True, "progress": lambda _: None}
    crs = f"{LOOPBACK}:{site.crs.sip_port}"
    return await download(crs, PATH, context, Partial(target), **told | changes)  # type: ignore[arg-type]


class Cut(Exception):
    """The line fails."""


def test_a_download_goes_on_where_it_was_cut(site: Site, office: Office, tmp_path: Path) -> None:
    target = tmp_path / "part"

    def cut(percent: int) -> None:
        if percent > 40:
            raise Cut

    with pytest.raises(Cut):
        asyncio.run(fetch(site, office, target, progress=cut))
    come = target.stat().st_size
    assert 0 < come < len(BUNDLE)
    percents: list[int] = []
    asyncio.run(fetch(site, office, target, progress=percents.append))
    assert target.read_bytes() == BUNDLE
    assert percents[0] > 40


def test_a_download_of_another_file_begins_anew(site: Site, office: Office, tmp_path: Path) -> None:
    target = tmp_path / "part"
    target.write_bytes(b"the beginning of another file")
    (tmp_path / "part.since").write_text("Sun, 01 Nov 2020 00:00:00 GMT")
    asyncio.run(fetch(site, office, target))
    assert target.read_bytes() == BUNDLE


def test_a_part_without_its_mark_begins_anew(site: Site, office: Office, tmp_path: Path) -> None:
    target = tmp_path / "part"
    target.write_bytes(b"whatever")
    asyncio.run(fetch(site, office, target))
    assert target.read_bytes() == BUNDLE


def test_a_file_that_is_too_long_is_not_begun(site: Site, office: Office, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too long"):
        asyncio.run(fetch(site, office, tmp_path / "part", most=len(BUNDLE) - 1))
    assert not (tmp_path / "part").exists()


def test_an_unwanted_file_is_not_begun(site: Site, office: Office, tmp_path: Path) -> None:
    with pytest.raises(Unwanted):
        asyncio.run(fetch(site, office, tmp_path / "part", wanted=lambda _: False))
    assert not (tmp_path / "part").exists()


def test_nothing_newer_is_nothing(site: Site, office: Office, tmp_path: Path) -> None:
    updates.remove(site.home, NAME)
    assert asyncio.run(fetch(site, office, tmp_path / "part")) is None


def test_a_whole_file_that_was_not_handed_over_is_fetched_again(
    site: Site, office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "part"
    asyncio.run(fetch(site, office, target))
    percents: list[int] = []
    asyncio.run(fetch(site, office, target, progress=percents.append))
    assert target.read_bytes() == BUNDLE
    assert percents[0] < 50
