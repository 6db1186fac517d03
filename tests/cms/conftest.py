"""The office of tests of the commands."""

import os

import pytest

from tests.cms.desk import ALICE, Operator


@pytest.fixture
def bureau(tmp_path, monkeypatch, capsys):
    """An operator with a new domain and one user."""
    mask = os.umask(0o022)
    made = Operator(tmp_path, monkeypatch, capsys)
    made.does("init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061")
    made.does("user", "add", "--tel", ALICE, "--name", "Alice")
    yield made
    os.umask(mask)


@pytest.fixture
def pair(bureau):
    """The same with a second operator, bob."""
    bureau.does("operator", "add", "bob", "--new-passphrase-file", "bobs")
    return bureau
