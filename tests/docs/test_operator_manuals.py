"""The manuals do what they say: every line of their command blocks is typed, in order, in a home of its own.

A line that ends with `# refused: TEXT` must exit with 1 and say TEXT. It is the 24th of November 2026 there.
What a manual cannot know is put in its place: folders, the fingerprint, the serial of the first letter.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer.main

import cms.cli
import cms.store
import crs.cli
import monitor.cli
from tests.crypto.callers import KMS
from tests.monitor.recorded import Record

ROOT = Path(__file__).parents[2]
MANUALS = ROOT / "docs" / "operator"
FINGERPRINT, SERIAL = "1A2B 3C4D …", "3F2A 91C0 77D4 E812"
BUNDLE = "sottovoce-1.2.0-debian-arm64.raucb"
FOLDERS = ("/media/usb", "/var/lib/crs", "/srv/crs-new")
BEGINNING = 1795510800  # 24 November 2026, 09:00 UTC
PROGRAMS = {"cms": cms.cli, "crs": crs.cli, "monitor": monitor.cli}
PROGRAM = """#!{python}
import sys, time
sys.path.insert(0, {root!r})
real, began = time.time, {began} - time.time()
time.time = lambda: real() + began
from cms import store
from crypto.sealing import Cost
store.COST = Cost(memory=3, passes=1)
from {room}.cli import main
sys.argv[0] = {room!r}
main()
"""


@dataclass(frozen=True)
class LivingKMS(KMS):
    """A KMS whose master secrets are those of a store."""

    master_secret: bytes = b""
    ksak: bytes = b""


@dataclass
class Typed:
    """One line as the manual has it."""

    line: str
    refusal: str


def blocks(manual, language):
    """Return the text of the fenced blocks of a language."""
    text = (MANUALS / manual).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def lines(manual):
    for block in blocks(manual, "sh"):
        for line in block.splitlines():
            command, _, refusal = line.partition("# refused: ")
            yield Typed(command.strip(), refusal.strip())


class Home:
    """A computer on which a manual is followed."""

    def __init__(self, place):
        self.place = place
        self.servers = []
        programs = place / "bin"
        programs.mkdir()
        for room in PROGRAMS:
            program = programs / room
            began = f"{BEGINNING}"
            program.write_text(PROGRAM.format(python=sys.executable, root=str(ROOT), room=room, began=began))
            program.chmod(0o700)
        for folder in FOLDERS:
            (place / folder.strip("/")).parent.mkdir(parents=True, exist_ok=True)
        (place / "media" / "usb").mkdir(exist_ok=True)
        (place / "media" / "usb" / BUNDLE).write_bytes(b"as it was released")
        (place / "passphrase").write_text("correct horse battery\n")
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(place),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "120",
            "LINES": "60",
            "CMS_PASSPHRASE_FILE": str(place / "passphrase"),
            "CMS_ACCEPT_NETWORK": "1",
        }

    def follow(self, manual):
        """Type every line of a manual. Fails at the first that does not do what the manual says."""
        for number, text in enumerate(blocks(manual, "csv")):
            assert number == 0, "one list of people in a manual"
            (self.place / "people.csv").write_text(text, encoding="utf-8")
        for typed in lines(manual):
            if typed.line.startswith("crs serve"):
                self.serve(typed.line)
            else:
                self.type(typed)

    def type(self, typed):
        line = self._here(typed.line)
        if " --show" in line:
            # A card on the screen needs a terminal.
            line = f"script -qec {shlex.quote(f'stty cols 120 rows 60; {line}')} /dev/null"
        done = self._run(line, input="\n")
        said = " ".join((done.stdout + done.stderr).split())
        if typed.refusal:
            assert done.returncode == 1, f"{typed.line}: not refused: {said}"
            assert self._here(typed.refusal) in said, typed.line
        else:
            assert done.returncode == 0, f"{typed.line}: {said}"

    def serve(self, line):
        """Start a server on free ports and leave it running."""
        command = f"exec {self._here(line)} --listen 127.0.0.1 --port 0"
        server = subprocess.Popen(
            ["bash", "-c", command],
            cwd=self.place,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
        )
        self.servers.append(server)
        assert server.stdout.readline().startswith("ready sip="), line

    def close(self):
        for server in self.servers:
            server.send_signal(signal.SIGTERM)
            server.stdout.close()
            assert server.wait(30) == 0
        self.servers.clear()

    def _here(self, line):
        for folder in FOLDERS:
            line = line.replace(folder, str(self.place) + folder)
        if FINGERPRINT in line:
            line = line.replace(FINGERPRINT, self._found("cms status", r"Fingerprint +([0-9A-F ]+[0-9A-F])"))
        if SERIAL in line:
            line = line.replace(SERIAL, self._found("cms letter list", r"((?:[0-9A-F]{4} ){3}[0-9A-F]{4})"))
        return line

    def _found(self, command, pattern):
        found = re.search(pattern, self._run(command).stdout)
        assert found, command
        return found[1]

    def _run(self, line, **options):
        return subprocess.run(
            ["bash", "-c", line],
            cwd=self.place,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=60,
            **options,
        )


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.close()


def commands():
    """Return every command of --help with its flags, by its name: 'cms user add'."""
    found = {}

    def walk(command, name):
        if hasattr(command, "commands"):
            for word, below in command.commands.items():
                walk(below, f"{name} {word}")
        else:
            found[name] = {flag for parameter in command.params for flag in parameter.opts} | {"--help"}

    for room, module in PROGRAMS.items():
        walk(typer.main.get_command(module.app), room)
    return found


def named(text):
    """Return what a text has typed of ours: each line of its blocks and each word in code marks."""
    for block in re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield from (line.strip().partition(" #")[0] for line in block.splitlines())
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", prose)


def test_the_manuals_of_cms_and_crs_can_be_followed_in_order(home):
    home.follow("cms.md")
    home.follow("crs.md")


def test_the_escrow_procedure_can_be_followed_and_opens_a_call(home):
    for name in ("bob", "officer", "file"):
        (home.place / f"{name}.txt").write_text(f"the passphrase of {name}\n")
    home.type(Typed("cms init --domain sv.example --organisation Office --crs crs.sv.example:5061", ""))
    home.type(Typed("cms user add --tel +441632960002 --name Bela", ""))
    home.type(Typed("cms user card --tel +441632960002 -o bela.png", ""))
    record_a_call(home.place, "+441632960002")
    home.follow("escrow.md")
    assert (home.place / "call.wav").stat().st_size > 30_000


def record_a_call(place, tel):
    """What the CRS and tcpdump would have kept of a call to a number of the domain in `place`."""
    folder = place / ".local" / "share" / "sottovoce" / "cms"
    with cms.store.open_store(folder, (place / "passphrase").read_text().strip()) as held:
        masters, name = held.domain.generations[0], held.domain.name
    record = Record()
    kms = LivingKMS(name, master_secret=masters.sakke.expose(), ksak=masters.eccsi.expose())
    record.call("+441632960001", tel, when=datetime.fromtimestamp(BEGINNING, UTC), kms=kms, called=kms)
    (place / "case-42.jsonl").write_bytes(record.signalling())
    (place / "case-42.pcap").write_bytes(record.capture())


def test_the_installation_guide_can_be_followed_and_its_service_serves(home):
    home.follow("installation.md")
    [unit] = blocks("installation.md", "ini")
    [started] = re.findall(r"^ExecStart=/usr/local/bin/(crs serve .*)$", unit, re.MULTILINE)
    home.serve(started)


@pytest.mark.parametrize("manual", sorted(path.name for path in MANUALS.glob("*.md")))
def test_no_manual_names_a_command_or_a_flag_that_does_not_exist(manual):
    known = commands()
    for text in named((MANUALS / manual).read_text(encoding="utf-8")):
        words = re.sub(r"[…']", " ", text).split()
        if not words or words[0] not in PROGRAMS or len(words) == 1 or words[1] == "--help":
            continue
        path = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), None)
        if path is None:
            # A family of commands: `cms user …`.
            assert len(words) == 2, text
            assert any(name.startswith(" ".join(words) + " ") for name in known), text
            continue
        flags = {word for word in words if word.startswith("-") and word != "-"}
        assert flags <= known[path], f"{text}: {flags - known[path]}"


def test_every_command_is_in_a_manual():
    text = "\n".join(path.read_text(encoding="utf-8") for path in MANUALS.glob("*.md"))
    assert [name for name in commands() if not re.search(rf"\b{name}\b", text)] == []
