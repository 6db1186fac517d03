"""An operator at the offline computer, as the tests of the commands need one."""

import sys

from cms import cli, store
from crypto.sealing import Cost

PASSPHRASE = "correct horse battery"
BOBS = "another staple entirely"
ALICE, BOB = "+447700900123", "+447700900124"


class Operator:
    """Somebody at the offline computer."""

    def __init__(self, desk, monkeypatch, capsys):
        self.desk = desk
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        (desk / "passphrase").write_text(PASSPHRASE + "\n")
        (desk / "bobs").write_text(BOBS + "\n")
        monkeypatch.setenv("CMS_STORE", str(desk / "store"))
        monkeypatch.setenv("CMS_PASSPHRASE_FILE", str(desk / "passphrase"))
        monkeypatch.setenv("CMS_ACCEPT_NETWORK", "1")
        monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.chdir(desk)

    def types(self, *words):
        """Return (exit status, standard output, standard error)."""
        self._monkeypatch.setattr(sys, "argv", ["cms", *map(str, words)])
        self._capsys.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
        shown = self._capsys.readouterr()
        return status, shown.out, shown.err

    def does(self, *words):
        """Return what a command prints; it must succeed."""
        status, out, err = self.types(*words)
        assert status == 0, err
        return out

    def fails(self, *words, status=1):
        """Return what a refused command says, joined to one line; the store must be as before."""
        before = self.octets()
        got, out, err = self.types(*words)
        assert got == status, out + err
        assert self.octets() == before
        return " ".join((out + err).split())

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
