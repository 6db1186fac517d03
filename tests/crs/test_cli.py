"""`crs` as an administrator types it."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

from crs.cli import main
from crs.database import FILE, Database
from crs.journal import Journal
from crypto.fingerprint import fingerprint
from tests.crs.office import ASHA, LOOPBACK, TIMEOUT, Office, use_serial
from tests.crs.phone import Phone, until

ROOT = Path(__file__).parents[2]


def crs(*words: object, status: int = 0, stdin: io.StringIO | None = None) -> str:
    """Type a command; returns what it printed, standard error when it fails."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["crs", *map(str, words)])
        patch.setattr(sys, "stdin", stdin or io.StringIO())
        with pytest.raises(SystemExit) as end:
            main()
    assert (end.value.code or 0) == status, err.getvalue()
    return err.getvalue() if status else out.getvalue()


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    """A CRS made by `crs init`."""
    crs("init", "--media", office.export(tmp_path / "media"), "--home", tmp_path / "crs", "--trust-media")
    return tmp_path / "crs"


@contextmanager
def serving(home: Path, *options: object) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run `crs serve` until the block ends; yields the process and its SIP port."""
    command = [
        sys.executable,
        "-m",
        "crs.cli",
        "serve",
        "--home",
        str(home),
        "--listen",
        LOOPBACK,
        "--port",
        "0",
        *map(str, options),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            ready = server.stdout.readline()
            found = re.fullmatch(r"ready sip=127\.0\.0\.1:(\d+) https=127\.0\.0\.1:(\d+)\n", ready)
            assert found, (ready, server.stderr)
            assert int(found[2]) == int(found[1]) + 1
            yield server, int(found[1])
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(TIMEOUT)
    assert server.returncode == 0


def test_init_shows_the_fingerprint_and_says_what_to_do_next(office: Office, tmp_path: Path) -> None:
    media = office.export(tmp_path / "media")
    said = crs(
        "init", "--media", media, "--home", tmp_path / "crs", "--fingerprint", fingerprint(office.key).lower()
    )
    assert fingerprint(office.key) in said
    assert "crs serve" in said


def test_init_with_another_fingerprint_makes_nothing(office: Office, tmp_path: Path) -> None:
    media = office.export(tmp_path / "media")
    for trust in ((), ("--trust-media",)):
        words = ("init", "--media", media, "--home", tmp_path / "crs", "--fingerprint", "ABCD", *trust)
        assert "tell security" in crs(*words, status=1)
        assert not (tmp_path / "crs").exists()


def test_init_without_anybody_to_ask_wants_the_fingerprint(office: Office, tmp_path: Path) -> None:
    media = office.export(tmp_path / "media")
    for words in ((), ("--fingerprint", "")):
        error = crs("init", "--media", media, "--home", tmp_path / "crs", *words, status=1)
        assert "--fingerprint" in error
        assert "--trust-media" in error
        assert not (tmp_path / "crs").exists()


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "made"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_init_asks_whoever_is_there(office: Office, tmp_path: Path, answer: str, made: bool) -> None:
    media = office.export(tmp_path / "media")
    words = ("init", "--media", media, "--home", tmp_path / "crs")
    crs(*words, status=0 if made else 1, stdin=Terminal(answer))
    assert (tmp_path / "crs").exists() == made


def test_init_does_not_overwrite(office: Office, home: Path, tmp_path: Path) -> None:
    error = crs("init", "--media", tmp_path / "media", "--home", home, status=1)
    assert "crs load" in error


def test_load_takes_newer_media_only(office: Office, home: Path, tmp_path: Path) -> None:
    assert "number 1" in crs("load", "--media", tmp_path / "media", "--home", home, status=1)
    newer = office.export(tmp_path / "newer", sequence=2)
    assert "media 2: 2 cards, 4 packs" in crs("load", "--media", newer, "--home", home)


def test_load_refuses_another_domains_media(home: Path, tmp_path: Path) -> None:
    other = Office(key=2).export(tmp_path / "other", sequence=2)
    assert "nothing was changed" in crs("load", "--media", other, "--home", home, status=1)


@pytest.mark.parametrize("command", [["status"], ["serve"], ["log", "verify"], ["log", "show"]], ids=" ".join)
def test_without_a_crs_every_command_says_how_to_make_one(command: list[str], tmp_path: Path) -> None:
    assert "crs init" in crs(*command, "--home", tmp_path / "none", status=1)


def test_serve_registers_a_phone_and_status_shows_it(office: Office, home: Path) -> None:
    card = office.cards[0]
    database = Database(home / FILE)
    use_serial(database, serial=str(card.serial), tel=card.tel, nonce_hash=b"", now=0)
    database.close()
    with serving(home) as (_, port):
        assert "running" in crs("status", "--home", home)
        plain = socket.create_connection((LOOPBACK, port), TIMEOUT)
        phone = Phone(card, office.client_context(card).wrap_socket(plain, server_hostname=LOOPBACK))
        assert phone.ask(phone.register()).status == 200
        until(lambda: f"registered   {ASHA}" in crs("status", "--home", home), "who is registered")
        status = crs("status", "--home", home)
        assert "2 active, 1 of them enrolled" in status
        assert "another `crs serve`" in crs("serve", "--home", home, status=1)
    assert phone.closed()
    status = crs("status", "--home", home)
    assert "not running" in status
    assert "registered   " not in status
    shown = crs("log", "show", "--home", home)
    assert re.findall(r"UTC (\S+)", shown) == [
        "media-loaded",
        "started",
        "registered-at-most",
        "stopped",
    ]
    assert "4 entries, chain whole" in crs("log", "verify", "--home", home)


def test_after_a_kill_the_server_starts_again(home: Path) -> None:
    with serving(home) as (server, _):
        server.send_signal(signal.SIGKILL)
        server.wait(TIMEOUT)
        server.returncode = 0
    with serving(home):
        pass
    assert "chain whole" in crs("log", "verify", "--home", home)


def test_a_tampered_log_is_told(home: Path) -> None:
    raw = sqlite3.connect(home / FILE)
    raw.executescript("DROP TRIGGER log_is_never_changed; UPDATE log SET event = 'nothing'")
    raw.close()
    assert "tell security" in crs("log", "verify", "--home", home, status=1)


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--listen", "example.org", "IPv4 address"),
        ("--port", "70000", "65534"),
        ("--relay-ports", "many", "first-last"),
        ("--relay-ports", "1-2", "1024-65535"),
        ("--advertise", "here", "IPv4 address"),
    ],
)
def test_a_setting_that_makes_no_sense_is_explained(home: Path, option: str, value: str, hint: str) -> None:
    assert hint in crs("serve", "--home", home, option, value, status=1)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("port = 'x'", "must be a number"),
        ("prot = 1", "not a setting"),
        ("=", "TOML"),
        ("idle_timeout = 0", "at least"),
    ],
)
def test_a_settings_file_that_makes_no_sense_is_explained(home: Path, text: str, hint: str) -> None:
    (home / "crs.toml").write_text(text)
    assert hint in crs("serve", "--home", home, status=1)


def test_an_observer_at_the_socket_sees_a_phone_register(office: Office, home: Path, tmp_path: Path) -> None:
    card = office.cards[0]
    database = Database(home / FILE)
    use_serial(database, serial=str(card.serial), tel=card.tel, nonce_hash=b"", now=0)
    database.close()
    path = tmp_path / "observe.sock"
    with serving(home, "--observe", path) as (_, port), socket.socket(socket.AF_UNIX) as observer:
        assert os.stat(path).st_mode & 0o777 == 0o600
        observer.settimeout(TIMEOUT)
        observer.connect(str(path))
        lines = observer.makefile()
        plain = socket.create_connection((LOOPBACK, port), TIMEOUT)
        phone = Phone(card, office.client_context(card).wrap_socket(plain, server_hostname=LOOPBACK))
        phone.ask(phone.register())
        seen = ""
        while '"registered"' not in seen:
            seen = lines.readline()
        assert ASHA in seen
        phone.hang_up_line()
    assert not path.exists()


@pytest.mark.parametrize(
    "command", [["init"], ["load"], ["serve"], ["status"], ["log", "verify"], ["log", "show"]]
)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    assert "Example: crs " + command[0] in " ".join(crs(*command, "--help").split())


def test_a_new_months_keys_are_loaded_after_the_review(office: Office, tmp_path: Path) -> None:
    media = office.media()
    bare = Office()
    bare.cards = office.cards
    bare.media = lambda sequence=1: replace(media, packs=media.packs[::2])  # type: ignore[method-assign]
    home = tmp_path / "crs"
    crs("init", "--media", bare.export(tmp_path / "first"), "--home", home, "--trust-media")
    newer = office.export(tmp_path / "newer", sequence=2)
    assert "crs log review --ack" in crs("keys", "load", "--media", newer, "--home", home, status=1)
    assert "1 media-loaded" in crs("log", "review", "--home", home)
    assert "crs log review --ack" in crs("keys", "load", "--media", newer, "--home", home, status=1)
    assert "Reviewed." in crs("log", "review", "--ack", "--home", home)
    assert "4 packs loaded" in crs("keys", "load", "--media", newer, "--home", home)


def test_what_an_earlier_database_left_beside_its_name_is_not_played_into_a_new_one(
    office: Office, tmp_path: Path
) -> None:
    home, busy = tmp_path / "new", tmp_path / "busy"
    media = office.export(tmp_path / "media")
    crs("init", "--media", media, "--home", busy, "--trust-media")
    database = Database(busy / FILE)
    for number in range(50):
        Journal(database).append("card-used-twice", {"number": str(number)}, 0)
    home.mkdir(mode=0o700)
    for end in ("-wal", "-shm"):
        shutil.copy(f"{busy / FILE}{end}", f"{home / FILE}{end}")
    database.close()
    crs("init", "--media", media, "--home", home, "--trust-media")
    made = Database(home / FILE)
    made.check()
    assert [entry.event for entry in Journal(made).entries()] == ["media-loaded"]
    made.close()
