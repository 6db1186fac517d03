"""Somebody at the offline computer, typing."""

import sys

from cms import cli, store
from crypto.sealing import Cost

PASSPHRASE = "correct horse battery"
ALICE, BOB = "+447700900123", "+447700900124"


class Operator:
    """Somebody at the offline computer."""

    def __init__(self, desk, monkeypatch, capsys):
        self.desk = desk
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        (desk / "passphrase").write_text(PASSPHRASE + "\n")
        monkeypatch.setenv("CMS_STORE", str(desk / "store"))
        monkeypatch.setenv("CMS_PASSPHRASE_FILE", str(desk / "passphrase"))
        monkeypatch.setenv("CMS_ACCEPT_NETWORK", "1")
        monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
        monkeypatch.setenv("COLUMNS", "100")
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
        """Return what a refused command says, joined to one line."""
        got, out, err = self.types(*words)
        assert got == status, out + err
        return " ".join((out + err).split())

    def held(self):
        """What the store holds."""
        with store.open_store(self.desk / "store", PASSPHRASE) as opened:
            return opened.domain
