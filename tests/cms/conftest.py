"""An operator, an office with one person in it, and the same with more operators than one."""

import os

import pytest

from tests.cms import desk
from tests.cms import office as offices
from tests.cms.office import ALICE


def opened_for_business(operator):
    """Make a domain with one person in it."""
    operator.does(
        "init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061"
    )
    operator.does("user", "add", "--tel", ALICE, "--name", "Alice")
    return operator


@pytest.fixture
def wide_mask():
    """The file mask that most accounts have; the commands set their own."""
    mask = os.umask(0o022)
    yield
    os.umask(mask)


@pytest.fixture
def operator(wide_mask, tmp_path, monkeypatch, capsys):
    return offices.Operator(tmp_path, monkeypatch, capsys)


@pytest.fixture
def office(operator):
    return opened_for_business(operator)


@pytest.fixture
def bureau(wide_mask, tmp_path, monkeypatch, capsys):
    """An operator with a new domain and one user, whose store and log are looked into."""
    return opened_for_business(desk.Operator(tmp_path, monkeypatch, capsys))


@pytest.fixture
def pair(bureau):
    """The same with a second operator, bob."""
    bureau.does("operator", "add", "bob", "--new-passphrase-file", "bobs")
    return bureau
