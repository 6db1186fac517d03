"""Introducing two houses to each other: what the CMS of each puts on its media about the other."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

from cms import media as cms_media
from cms.domain import Domain
from cms.store import open_store
from crs.database import FILE, Database
from crypto import bulletin, crs_media
from crypto.domain import Partner
from demo.house import House
from firmware.interfaces import KeysInterface
from firmware.varlink import connect, socket_path

PREFIX_DIGITS = 10
"""Of a house's first number: the digits that all its numbers begin with."""


def domain_of(house: House) -> Domain:
    """Return what the CMS of a house holds."""
    with open_store(house.store, house.passphrase.read_text().strip()) as store:
        return store.domain


def as_partner(house: House) -> Partner:
    """Return what a house tells another one of itself."""
    domain = domain_of(house)
    return Partner(
        domain.certificate, house.organisation, domain.crs, (house.people[0].tel[: 1 + PREFIX_DIGITS],)
    )


def export(house: House, *partners: House) -> Path:
    """Make media of a house that name these partners and no others, to the CRS and to the phones."""
    domain, known = domain_of(house), tuple(as_partner(other) for other in partners)
    house.exports += 1
    _, files = cms_media.export(replace(domain, exports=house.exports - 1), now=int(time.time()))
    private, key = domain.secrets.domain, domain.domain_key
    content = crs_media.read(files, key)
    bulletins = {}
    for month, octets in content.bulletins.items():
        opens = bulletin.key_of(private, month)
        said = replace(bulletin.open(octets, key=opens, domain_key=key), partners=known)
        bulletins[month] = bulletin.build(said, key=opens, domain_private=private)
    content = replace(content, partners=known, bulletins=bulletins)
    media = house.directory / f"media-{house.exports}"
    media.mkdir()
    for name, octets in crs_media.build(content, domain_private=private).items():
        (media / name).write_bytes(octets)
    return media


async def knows_media(house: House, seconds: float = 20.0) -> None:
    """Wait until the phone of a house has taken in what its newest media say. Raises TimeoutError."""
    path = socket_path(house.phone(house.people[0]), "keys")
    connection = await connect(path, KeysInterface, patience_s=seconds)
    try:
        async with asyncio.timeout(seconds):
            while (await connection.call.Status())["status"].bulletin < house.exports:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        connection.close()


def linked(house: House) -> bool:
    """Say whether the CRS of a house is connected with a partner's."""
    database = Database(house.crs_home / FILE)
    try:
        return bool(database.links())
    finally:
        database.close()
