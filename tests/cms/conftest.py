"""An operator, and an office with one person in it."""

import os

import pytest

from tests.cms.office import ALICE, Operator


@pytest.fixture
def operator(tmp_path, monkeypatch, capsys):
    mask = os.umask(0o022)
    yield Operator(tmp_path, monkeypatch, capsys)
    os.umask(mask)


@pytest.fixture
def office(operator):
    operator.does(
        "init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061"
    )
    operator.does("user", "add", "--tel", ALICE, "--name", "Alice")
    return operator
