"""Proof of isolation: every command there is, found by asking the program, runs where a network call kills.

A command that is added and not run here fails the first test.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
import typer.main

from cms import network
from cms.cli import app
from cms.session import READING
from crypto import fields
from tests.cms.desk import ALICE, BOB, BOBS, PASSPHRASE

GUARDED = """
import sys
import pyseccomp
from cms import store
from cms.cli import main
from crypto.sealing import Cost
store.COST = Cost(memory=3, passes=1)
def run(*words):
    sys.argv = ["cms", *words]
    try:
        main()
    except SystemExit as end:
        assert not end.code, words
guard = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in ("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "recvfrom",
             "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "shutdown", "setsockopt", "getsockopt"):
    guard.add_rule(pyseccomp.KILL_PROCESS, call)
guard.load()
"""
THIS = fields.month_of(int(time.time()))
NEXT = fields.month_from_int(fields.month_to_int(THIS) + 1)
SERIAL = "SERIAL"
AS_BOB = ("--operator", "bob", "--passphrase-file")
WITH_BOB = ("--second", "bob", "--second-passphrase-file", "bobs")
OTHER = ("--store", "other")
CHECK = "CHECK"
MONTHS_LATER = ("master", "destroy")
"""What is typed when the month is over."""
TWO = ("--share", "shares/share-1", "--share", "shares/share-3")
BOTH = (*TWO, *WITH_BOB)

SCENARIO = [
    ("init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061"),
    ("user", "add", "--tel", ALICE, "--name", "Alice"),
    ("user", "import", "people.csv"),
    ("user", "rename", "--tel", ALICE, "--name", "Alicia"),
    ("user", "mark", "--tel", ALICE, "--marking", "OFFICIAL"),
    ("user", "card", "--tel", ALICE, "-o", "a.png", "--pdf", "a.pdf"),
    ("letters", "--new", "-o", "letters", "--codes", "codes.pdf"),
    ("letter", "list"),
    ("letter", "used", SERIAL),
    ("letter", "destroyed", SERIAL),
    ("letter", "status", "--serial", SERIAL),
    ("user", "suspend", "--tel", BOB),
    ("user", "resume", "--tel", BOB),
    ("user", "list"),
    ("user", "show", "--tel", ALICE),
    ("export", "media"),
    ("month", "export", NEXT, "--media", "next"),
    ("user", "remove", "--tel", BOB, "--yes"),
    ("recover", "user", "--tel", ALICE, "-o", "b.png", "--media", "recovery"),
    ("operator", "add", "bob", "--new-passphrase-file", "bobs"),
    ("operator", "list"),
    ("operator", "passphrase", *AS_BOB, "bobs", "--new-passphrase-file", "new"),
    ("operator", "passphrase", *AS_BOB, "new", "--new-passphrase-file", "bobs"),
    ("policy", "set", "two-person", "on"),
    ("custodians", "--threshold", "2", "--shares", "3", "--to", "shares", *WITH_BOB),
    ("policy", "set", "mode", "escrow", *BOTH),
    ("policy", "show", *TWO),
    ("escrow", "open", "--case", "42", "--identity", ALICE, "--month", THIS, "-o", "case", *BOTH,
     "--file-passphrase-file", "new"),
    ("backup", "kept", *TWO),
    ("restore", "kept", "--not-compromised", "--store", "again", *BOTH),
    ("audit", "show", *TWO),
    ("audit", "verify", *TWO),
    ("audit", "export", "log.jsonl", *TWO),
    ("audit", "verify", "--file", "log.jsonl"),
    ("status", *TWO),
    ("operator", "add", "carol", "--new-passphrase-file", "new", *BOTH),
    ("operator", "remove", "carol", *BOTH),
    ("init", "--domain", "b.example", "--organisation", "B", "--crs", "crs.b.example:5061", *OTHER),
    ("partner", "export", "b.kms", "--prefix", "+4930", *OTHER),
    ("partner", "import", "b.kms", "--check", CHECK, *TWO, *WITH_BOB),
    ("partner", "list", *TWO),
    ("partner", "remove", "b.example", *BOTH),
    ("master", "list", *OTHER),
    ("crs", "renew", *OTHER),
    ("master", "rotate", "--from", NEXT, *OTHER),
    ("master", "destroy", "--before", NEXT, *OTHER),
    ("recover", "cms", "--destroy-old", "--confirm", "sv.example", "--new-passphrase-file", "new",
     "--second-new-passphrase-file", "new", "-o", "all", "--codes", "all.codes", *BOTH),
]  # fmt: skip
"""Each command as an office types it in its first days, in order."""
ON_A_TERMINAL = [("console",)]
"""Commands that need a terminal: test_isolation_console runs them where a network call kills."""


def commands():
    """Every command of the program, and the options of each."""
    found = {}

    def walk(command, name):
        if hasattr(command, "commands"):
            for word, below in command.commands.items():
                walk(below, f"{name} {word}")
        else:
            found[name] = {flag for parameter in command.params for flag in parameter.opts}

    walk(typer.main.get_command(app), "cms")
    return found


def named(words):
    """The command that words call."""
    known = commands()
    return next(name for n in (2, 1) if (name := " ".join(["cms", *words[:n]])) in known)


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    (tmp_path / "bobs").write_text(BOBS)
    (tmp_path / "new").write_text("yet another passphrase")
    (tmp_path / "people.csv").write_text(f"tel,name\n{BOB},Bob\n")
    return tmp_path


def guarded(program, desk, *, guard=GUARDED):
    """Run a program that the kernel kills at its first network system call, and all that it starts, too."""
    environment = {
        **os.environ,
        "CMS_STORE": "store",
        "CMS_PASSPHRASE_FILE": "passphrase",
        "CMS_ACCEPT_NETWORK": "1",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    return subprocess.run(
        [sys.executable, "-c", guard + program],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


PROGRAM = f"""
import time
from pathlib import Path
from crypto.fingerprint import fingerprint
began = time.time
def check():
    with store.open_store(Path("other"), {PASSPHRASE!r}) as held:
        return fingerprint(held.domain.domain_key)
def serial():
    with store.open_store(Path("store"), {PASSPHRASE!r}) as held:
        return f"{{held.domain.cards[0].serial:016X}}"
for words in {SCENARIO!r}:
    late = 40 * 86400 if words[:2] == {MONTHS_LATER!r} else 0
    time.time = lambda late=late: began() + late
    run(*(serial() if word == {SERIAL!r} else check() if word == {CHECK!r} else word for word in words))
run("--help")
print("ALL DONE")
"""


def test_every_command_of_the_program_is_run_below():
    assert {named(words) for words in (*SCENARIO, *ON_A_TERMINAL)} == set(commands())


def test_every_command_looks_for_a_network_before_it_starts():
    assert [name for name, options in commands().items() if "--i-accept-network" not in options] == []


def test_no_command_makes_a_network_system_call(desk):
    done = guarded(PROGRAM, desk)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "ALL DONE" in done.stdout


@pytest.mark.skipif(shutil.which("xorriso") is None, reason="xorriso is not installed")
def test_neither_does_the_program_that_makes_a_disc_image(desk):
    init = SCENARIO[0]
    done = guarded(f"run(*{init!r})\nrun('export', '--media', 'media.iso')\nprint('ALL DONE')", desk)
    assert "ALL DONE" in done.stdout, done.stderr[-2000:]
    assert (desk / "media.iso").stat().st_size > 0


@pytest.mark.parametrize(
    "call", ["socket.socket()", "socket.socketpair()", "socket.create_connection(('127.0.0.1', 9))"]
)
def test_the_guard_above_kills_what_makes_one(desk, call):
    done = guarded(f"import socket; {call}", desk)
    assert done.returncode == -signal.SIGSYS, done.stderr


def test_the_guard_reaches_what_a_command_starts(desk):
    child = "[sys.executable, '-c', 'import socket; socket.socket()']"
    done = guarded(f"import subprocess; print(subprocess.run({child}).returncode)", desk)
    assert str(-signal.SIGSYS) in done.stdout.split()


@pytest.fixture
def plugged(bureau, tmp_path, monkeypatch):
    """An office whose computer has a network link up, and nobody has accepted it."""
    eth0 = tmp_path / "links" / "eth0"
    eth0.mkdir(parents=True)
    (eth0 / "type").write_text("1\n")
    (eth0 / "operstate").write_text("up\n")
    monkeypatch.setattr(network, "INTERFACES", tmp_path / "links")
    monkeypatch.delenv("CMS_ACCEPT_NETWORK")
    return bureau


@pytest.mark.parametrize(
    "words",
    [words for words in (*SCENARIO, *ON_A_TERMINAL) if named(words) not in READING],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_command_that_changes_anything_starts_on_a_network(plugged, words):
    before = sorted(path.name for path in plugged.desk.iterdir())
    said = plugged.fails(*words)
    assert "on a network (eth0 is up)" in said
    assert "--i-accept-network" in said
    assert sorted(path.name for path in plugged.desk.iterdir()) == before
