"""The CMS is never on a network: it looks before it starts, and no command makes a network system call."""

import os
import signal
import subprocess
import sys

import pytest

from cms import network
from tests.cms.desk import ALICE, BOB, PASSPHRASE


def link(folder, name, *, kind="1", state="down", carrier=None):
    """A link as the kernel lists it."""
    made = folder / name
    made.mkdir(parents=True)
    (made / "type").write_text(f"{kind}\n")
    (made / "operstate").write_text(f"{state}\n")
    if carrier is not None:
        (made / "carrier").write_text(f"{carrier}\n")


@pytest.mark.parametrize(
    ("links", "up"),
    [
        ([], []),
        ([{"name": "lo", "kind": "772", "state": "unknown", "carrier": 1}], []),
        ([{"name": "eth0"}], []),
        ([{"name": "eth0", "state": "up", "carrier": 1}], ["eth0"]),
        ([{"name": "wlan0", "state": "up"}, {"name": "eth0", "state": "up"}], ["eth0", "wlan0"]),
        ([{"name": "tun0", "kind": "65534", "state": "unknown", "carrier": 1}], ["tun0"]),
        ([{"name": "usb0", "state": "unknown", "carrier": 0}], []),
        ([{"name": "usb0", "state": "dormant", "carrier": 1}], ["usb0"]),
        ([{"name": "eth0", "state": "down", "carrier": 1}], []),
    ],
)
def test_a_link_is_up_as_the_kernel_says(tmp_path, links, up):
    for one in links:
        link(tmp_path, **one)
    assert network.links_up(tmp_path) == up


def test_what_is_no_link_in_the_list_of_links_is_passed_over(tmp_path):
    (tmp_path / "bonding_masters").write_text("bond0\n")
    assert network.links_up(tmp_path) == []
    assert network.links_up(tmp_path / "nowhere") == []


@pytest.fixture
def unplugged(bureau, tmp_path, monkeypatch):
    """An office that has not accepted any network, with a list of links that a test can fill."""
    links = tmp_path / "links"
    link(links, "lo", kind="772", state="unknown")
    monkeypatch.setattr(network, "INTERFACES", links)
    monkeypatch.delenv("CMS_ACCEPT_NETWORK")
    return bureau, links


CHANGING = [
    (
        "init",
        "--domain",
        "b.example",
        "--organisation",
        "B",
        "--crs",
        "crs.b.example:5061",
        "--store",
        "other",
    ),
    ("user", "add", "--tel", BOB, "--name", "Bob"),
    ("user", "card", "--tel", ALICE),
    ("user", "import", "people.csv"),
    ("user", "rename", "--tel", ALICE, "--name", "Alicia"),
    ("user", "mark", "--tel", ALICE, "--marking", "OFFICIAL"),
    ("user", "suspend", "--tel", ALICE),
    ("user", "resume", "--tel", ALICE),
    ("user", "remove", "--tel", ALICE, "--yes"),
    ("letters", "--new", "-o", "letters", "--codes", "codes.txt"),
    ("letter", "used", "0000"),
    ("letter", "destroyed", "0000"),
    ("month", "export", "2026-12", "--media", "december"),
    ("operator", "passphrase", "--new-passphrase-file", "bobs"),
    ("export", "media"),
    ("operator", "add", "bob", "--new-passphrase-file", "bobs"),
    ("custodians", "--threshold", "2", "--shares", "3", "--to", "shares"),
    ("backup", "kept"),
    ("restore", "kept", "--not-compromised"),
]


@pytest.mark.parametrize("words", CHANGING)
def test_no_changing_command_starts_on_a_network(unplugged, words):
    office, links = unplugged
    link(links, "eth0", state="up")
    before = sorted(path.name for path in office.desk.iterdir())
    said = office.fails(*words)
    assert "on a network (eth0 is up)" in said
    assert "--i-accept-network" in said
    assert sorted(path.name for path in office.desk.iterdir()) == before


def test_without_a_network_nothing_is_said(unplugged):
    office, _ = unplugged
    assert office.types("user", "add", "--tel", BOB, "--name", "Bob")[::2] == (0, "")
    assert office.types("status")[::2] == (0, "")


def test_status_warns_of_a_network_also_of_an_accepted_one(unplugged):
    office, links = unplugged
    link(links, "eth0", state="up")
    for words in (("status",), ("status", "--i-accept-network")):
        status, _, error = office.types(*words)
        assert status == 0
        assert "eth0 is up" in error


def test_a_trial_accepts_a_network(unplugged, monkeypatch):
    office, links = unplugged
    link(links, "eth0", state="up")
    office.does("user", "add", "--tel", BOB, "--name", "Bob", "--i-accept-network")
    monkeypatch.setenv("CMS_ACCEPT_NETWORK", "1")
    office.does("export", "media")


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
COMMANDS = f"""
run("init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061")
run("user", "add", "--tel", "{ALICE}", "--name", "Alice")
run("user", "card", "--tel", "{ALICE}", "-o", "a.png", "--pdf", "a.pdf")
run("user", "list")
run("export", "media")
run("operator", "add", "bob", "--new-passphrase-file", "bobs")
run("operator", "list")
run("policy", "set", "two-person", "on")
run("custodians", "--threshold", "2", "--shares", "3", "--to", "shares",
    "--second", "bob", "--second-passphrase-file", "bobs")
shares = ("--share", "shares/share-1", "--share", "shares/share-3")
run("backup", "kept", *shares)
run("audit", "export", "log.jsonl", *shares)
run("audit", "verify", *shares)
run("audit", "verify", "--file", "log.jsonl")
run("restore", "kept", "--not-compromised", "--store", "again", *shares,
    "--second", "bob", "--second-passphrase-file", "bobs")
run("status", *shares)
run("--help")
print("ALL DONE")
"""


def guarded(commands, desk):
    """Run commands in a process that the kernel kills at its first network system call."""
    (desk / "passphrase").write_text(PASSPHRASE)
    (desk / "bobs").write_text("another staple entirely")
    environment = {
        **os.environ,
        "CMS_STORE": "store",
        "CMS_PASSPHRASE_FILE": "passphrase",
        "CMS_ACCEPT_NETWORK": "1",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    return subprocess.run(
        [sys.executable, "-c", GUARDED + commands],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_no_command_makes_a_network_system_call(tmp_path):
    done = guarded(COMMANDS, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "ALL DONE" in done.stdout


@pytest.mark.parametrize(
    "call", ["socket.socket()", "socket.socketpair()", "socket.create_connection(('127.0.0.1', 9))"]
)
def test_the_guard_above_kills_what_makes_one(tmp_path, call):
    done = guarded(f"import socket; {call}", tmp_path)
    assert done.returncode == -signal.SIGSYS, done.stderr
