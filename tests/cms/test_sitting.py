"""Many commands at one store: each is allowed as if it had been typed."""

import pytest

from cms import network, operators, store
from cms.errors import OperatorMistake
from cms.sitting import Sitting
from crypto.sealing import Cost
from tests.cms.hands import BOBS, PASSPHRASE, office


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
    monkeypatch.setattr(network, "links_up", list)


@pytest.fixture
def sitting(tmp_path):
    office(tmp_path / "store")
    with store.open_store(tmp_path / "store", PASSPHRASE, operator="ann", action="cms console") as held:
        yield Sitting(held)


def test_each_command_is_entered_by_its_own_words(sitting):
    for action in ("cms backup", "cms user add"):
        with sitting.doing(action) as held:
            held.save(held.domain)
    assert [entry.action for entry in sitting.held.entries[1:]] == ["cms backup", "cms user add"]


def test_a_command_that_is_refused_leaves_the_sitting_as_it_was(sitting):
    with pytest.raises(OperatorMistake, match="no"), sitting.doing("cms export"):
        raise OperatorMistake("no")
    with sitting.doing("cms user add") as held:
        held.save(held.domain)
    assert sitting.held.entries[-1].action == "cms user add"
    assert not sitting.busy


def test_one_command_runs_at_a_time(sitting):
    running = sitting.doing("cms export")
    with running, pytest.raises(OperatorMistake, match="still running"), sitting.doing("cms backup"):
        pass
    assert not sitting.busy


def test_on_a_network_only_what_changes_nothing_is_done(sitting, monkeypatch):
    monkeypatch.setattr(network, "links_up", lambda: ["eth0"])
    with sitting.doing("cms audit verify"):
        pass
    with pytest.raises(OperatorMistake, match="eth0 is up"), sitting.doing("cms user add"):
        pass
    sitting.accepts_network = True
    with sitting.doing("cms user add"):
        pass


def test_a_second_operator_signs_what_is_done_and_nothing_later(sitting):
    with sitting.doing("cms operator add") as held:
        operators.add(held, "bob", BOBS)
    with sitting.doing("cms policy set") as held:
        operators.agree_on_two(held, on=True)
    assert sitting.seconds("cms export") == ["bob"]
    assert sitting.seconds("cms user add") == []
    with sitting.doing("cms export", ("bob", BOBS)) as held:
        held.save(held.domain)
    with sitting.doing("cms user add") as held:
        held.save(held.domain)
    assert [entry.who for entry in sitting.held.entries[-2:]] == ["ann, bob", "ann"]
    with pytest.raises(OperatorMistake, match="two people"), sitting.doing("cms export"):
        pass
    with pytest.raises(OperatorMistake, match="one person"), sitting.doing("cms export", ("ann", PASSPHRASE)):
        pass
