"""A domain, its CRS and its phones: over sockets, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crs.border import HOME, KARL, Abroad, Border
from tests.crs.border import exchange as engine_of
from tests.crs.exchange import Exchange, Talk
from tests.crs.office import ASHA, BEN, Office
from tests.crs.site import Site


@pytest.fixture
def office() -> Office:
    """A domain with two cards."""
    office = Office()
    office.issue(ASHA, 101)
    office.issue(BEN, 102)
    return office


@pytest.fixture
def site(office: Office, tmp_path: Path) -> Iterator[Site]:
    """A running CRS whose two phones have had their first contact."""
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        yield site


@pytest.fixture
def exchange() -> Exchange:
    """One engine, and nobody there yet."""
    return Exchange()


@pytest.fixture
def talk(exchange: Exchange) -> Talk:
    """Asha calls Ben; nothing has been said yet."""
    return Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN, host="198.51.100.2"))


@pytest.fixture
def border() -> Border:
    """Two engines of two domains, and a link between them."""
    return Border()


@pytest.fixture
def abroad(border: Border) -> Abroad:
    """Asha, at home, calls Karl, away; nothing has been said yet."""
    return Abroad(border, border.home.registered(ASHA), border.away.registered(KARL))


@pytest.fixture
def inward(border: Border) -> Abroad:
    """Karl, away, calls Asha, at home."""
    return Abroad(border, border.away.registered(KARL), border.home.registered(ASHA))


@pytest.fixture
def home() -> Exchange:
    """Our engine alone: the partner's CRS is the test."""
    return engine_of(HOME)
