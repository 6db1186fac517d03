"""Operators of one store at the offline computer: who else opens it, what it holds, its log."""

import sqlite3

from cms import store, store_file
from tests.cms import office
from tests.cms.office import ALICE, BOB, PASSPHRASE

__all__ = ["ALICE", "BOB", "BOBS", "PASSPHRASE", "Operator", "tampered"]

BOBS = "another staple entirely"


def tampered(folder, *statements, operator=store.OPERATOR):
    """Change the log in a store, as somebody with its key could."""
    with store.open_store(folder, PASSPHRASE, operator=operator) as held:
        database = sqlite3.connect(":memory:")
        database.deserialize(held.image())
        for statement in statements:
            database.execute(statement)
        database.commit()
        octets = store_file.seal(held.head, held.data_key, database.serialize())
    (folder / "store").write_bytes(octets)


class Operator(office.Operator):
    """Somebody at the offline computer, who is not the only one."""

    def __init__(self, desk, monkeypatch, capsys):
        super().__init__(desk, monkeypatch, capsys)
        (desk / "bobs").write_text(BOBS + "\n")
        monkeypatch.setenv("COLUMNS", "200")

    def fails(self, *words, status=1):
        """Return what a refused command says, joined to one line; the store must be as before."""
        before = self.octets()
        said = super().fails(*words, status=status)
        assert self.octets() == before
        return said

    def octets(self):
        """The store's file."""
        path = self.desk / "store" / "store"
        return path.read_bytes() if path.exists() else b""

    def held(self, **key):
        """The store, when it was open."""
        with store.open_store(self.desk / "store", key.pop("passphrase", PASSPHRASE), **key) as opened:
            return opened

    def entries(self, **key):
        """The log."""
        return self.held(**key).entries
