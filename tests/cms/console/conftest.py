"""An office whose operator, ann, works at the console; and the same with two who have agreed on two."""

import pytest

from cms import store
from crypto.sealing import Cost
from tests.cms.hands import adds_bob, agrees_on_two, at_console, office


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder to work in, where a passphrase costs little."""
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def folder(desk):
    """A store with three people in it."""
    office(desk / "store")
    return desk / "store"


@pytest.fixture
def pair(folder):
    """The same with a second operator, and the agreement that what matters most needs two."""

    async def story(hands):
        await adds_bob(hands)
        await agrees_on_two(hands)

    at_console(folder, story)
    return folder
