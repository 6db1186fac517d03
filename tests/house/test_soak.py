"""Calls at random, the short form of `make soak`: nothing sticks, is left behind, or complains."""

from __future__ import annotations

import asyncio
import random

from demo.health import growth, unexplained
from demo.soak import EXPLAINED, Desk, Soak, everything, logs_of
from tests.house.conftest import WatchedHouse

ROUNDS = 14


def test_a_short_walk_at_random_leaves_every_phone_ready_and_every_log_explained(house: WatchedHouse) -> None:
    before = {log: log.stat().st_size for log in logs_of(house)}

    async def walk() -> Soak:
        async with house.desks() as (here, there):
            desks = [
                Desk(person, house.phone(person), client)
                for person, client in zip(house.people, (here, there), strict=False)
            ]
            soak = Soak(desks, random.Random(20261122), longest_call_s=2, kill_share=0.0)
            processes = everything(house, desks)
            for _ in range(ROUNDS):
                await soak.round()
                soak.look(everything(house, desks))
            assert everything(house, desks) == processes, "a service was started anew"
            return soak

    soak = asyncio.run(walk())
    assert soak.played.total() == ROUNDS
    assert len(soak.played) >= 5, "too few kinds of rounds to say anything"
    for name, looks in soak.looks.items():
        kinds = growth(looks).replace("memory", "").split(",")
        assert not any("descriptors" in kind or "threads" in kind for kind in kinds), (name, looks)
    assert unexplained(logs_of(house), EXPLAINED, before) == []
