"""Introducing two houses to each other, as operators do: certificates go out, and come in after a call."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from crs.database import FILE, Database
from demo.house import CommandFailed, House
from firmware.interfaces import KeysInterface
from firmware.varlink import connect, socket_path

PREFIX_DIGITS = 10
"""Of a house's first number: the digits that all its numbers begin with."""


def certificate(house: House) -> tuple[Path, str]:
    """`cms partner export`: a house's certificate for others, and the check code that it reads to them."""
    file = house.directory / f"{house.domain}.kms"
    file.unlink(missing_ok=True)
    prefix = house.people[0].tel[: 1 + PREFIX_DIGITS]
    said = house.cms("partner", "export", str(file), "--prefix", prefix)
    code = re.search(r"^Check code +(.+)$", said, re.MULTILINE)
    if code is None:
        raise CommandFailed(f"no check code in: {said}")
    return file, code[1].strip()


def introduce(here: House, there: House) -> None:
    """`cms partner import`: make `there` a partner of `here`, whose operator has heard the check code."""
    file, code = certificate(there)
    here.cms("partner", "import", str(file), "--check", code)


def part(here: House, there: House) -> None:
    """`cms partner remove`: `there` is no partner of `here` any more, from the next export on."""
    here.cms("partner", "remove", there.domain)


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
