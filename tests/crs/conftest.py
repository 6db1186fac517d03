"""A domain, its CRS and its phones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crs.office import ASHA, BEN, Office, Site


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
