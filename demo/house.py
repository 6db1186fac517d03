"""One domain on one computer: its CMS, its CRS and its phones, each a process used by its own commands."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

DOMAIN = "sottovoce.example"
ORGANISATION = "Example Org"
READY_S = 30.0


@dataclass(frozen=True, slots=True)
class Person:
    """A desk user: E.164 number, the digits that colleagues dial, and a name."""

    tel: str
    name: str


PEOPLE = (Person("+441632960001", "Asha Okafor"), Person("+441632960002", "Łukasz Żak"))


class CommandFailed(RuntimeError):
    """A command of ours ended with an error; the text is what it printed."""


@dataclass(slots=True)
class Child:
    """A long-running process of the house and the file its output goes to."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    def stop(self, *, seconds: float = 5.0) -> None:
        """Ask it to end, then make it."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.popen.kill()
        self.popen.wait()


@dataclass(slots=True)
class House:
    """The domain in `directory`. Use as a context manager: leaving it stops every process."""

    directory: Path
    people: Sequence[Person] = PEOPLE
    domain: str = DOMAIN
    organisation: str = ORGANISATION
    sound: str = "desk"
    address: str = "127.0.0.1"
    """Where the CRS is: this computer as its phones reach it."""
    port: int = 0
    """Where the cards say that the CRS is."""
    crs_port: int = 0
    """Where it listens, if something stands between; 0: there."""
    crs_flags: Sequence[str] = ()
    children: dict[str, Child] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    exports: int = 0

    def __enter__(self) -> Self:
        self.directory.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in reversed(list(self.children.values())):
            child.stop()

    # -- where things are

    @property
    def store(self) -> Path:
        return self.directory / "cms"

    @property
    def crs_home(self) -> Path:
        return self.directory / "crs"

    @property
    def cards(self) -> Path:
        return self.directory / "cards"

    @property
    def observations(self) -> Path:
        return self.directory / "observed.jsonl"

    @property
    def passphrase(self) -> Path:
        return self.directory / "passphrase"

    def phone(self, person: Person) -> Path:
        """The home directory of a person's phone."""
        return self.directory / f"phone-{person.tel.lstrip('+')}"

    def card(self, person: Person) -> Path:
        """The picture of a person's card."""
        return self.cards / f"{person.tel.lstrip('+')}.png"

    # -- what operators do

    def create_domain(self) -> None:
        """`cms init`: a new domain with a passphrase of its own."""
        if not self.port:
            self.port = free_port_pair(self.address)
        with _private_file(self.passphrase) as file:
            file.write(secrets.token_urlsafe(24) + "\n")
        names = ("--domain", self.domain, "--organisation", self.organisation)
        self.cms("init", *names, "--crs", f"{self.address}:{self.port}")

    def add_people(self) -> None:
        """`cms user add` for everybody."""
        for person in self.people:
            self.cms("user", "add", "--tel", person.tel, "--name", person.name)

    def issue_card(self, person: Person) -> str:
        """`cms user card`: render a card to a picture; return its transfer code."""
        self.cards.mkdir(exist_ok=True)
        code_file = self.cards / "code"
        self.cms(
            "user", "card", "--tel", person.tel, "-o", str(self.card(person)), "--code-file", str(code_file)
        )
        self.codes[person.tel] = code_file.read_text().strip()
        code_file.unlink()
        return self.codes[person.tel]

    def export(self) -> Path:
        """`cms export`: fresh media for the CRS."""
        self.exports += 1
        media = self.directory / f"media-{self.exports}"
        self.cms("export", str(media))
        return media

    def cms(self, *arguments: str) -> str:
        """Run a `cms` command on this house's store and return what it printed."""
        environment = dict(
            os.environ,
            CMS_STORE=str(self.store),
            CMS_PASSPHRASE_FILE=str(self.passphrase),
            CMS_ACCEPT_NETWORK="1",
            COLUMNS="120",
        )
        return run([sys.executable, "-m", "cms", *arguments], environment)

    def crs_command(self, *arguments: str) -> str:
        """Run a `crs` command on this house's server and return what it printed."""
        words = [*arguments, "--home", str(self.crs_home)]
        return run([sys.executable, "-m", "crs.cli", *words], dict(os.environ, COLUMNS="120"))

    def start_crs(self, media: Path) -> None:
        """`crs init` with the media, then `crs serve`; returns when it is ready."""
        self.crs_command("init", "--media", str(media), "--trust-media")
        self.serve_crs()

    def serve_crs(self) -> None:
        """`crs serve` on what was loaded; returns when it is ready."""
        arguments = ["serve", "--home", str(self.crs_home), "--listen", self.address, *self.crs_flags]
        sees = ["--port", str(self.crs_port or self.port), "--observe-file", str(self.observations)]
        child = self.spawn("crs", ["crs.cli", *arguments, *sees])
        # At the beginning of a line: "already in use" is no readiness.
        ready = re.compile("^ready ", re.MULTILINE)
        said = f"the CRS did not start; see {child.log}"
        wait_until(lambda: ready.search(child.log.read_text()) is not None, said, child)

    # -- what is on the desks

    def start_phone(self, person: Person) -> None:
        """Put a phone on a desk: the four services on the virtual board."""
        home = self.phone(person)
        home.mkdir(exist_ok=True, mode=0o700)
        (home / "board.toml").write_text(f'sound = "{self.sound}"\n')
        self.spawn(home.name, ["firmware", "--board", "virtual", "--home", str(home)])
        socket_path = home / "run" / "desk.sock"
        wait_until(socket_path.exists, f"the phone did not start; see {home}/log", self.children[home.name])

    def spawn(self, name: str, module: Sequence[str]) -> Child:
        """Start `python -m <module…>` with its output in a log of the house."""
        log = self.directory / f"{name}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                [sys.executable, "-m", *module], stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        self.children[name] = Child(name, popen, log)
        return self.children[name]


def run(command: Sequence[str], environment: dict[str, str]) -> str:
    """Run a command to its end; return its output. Raises CommandFailed with what it said."""
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandFailed(f"{' '.join(command[2:])}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port_pair(address: str = "127.0.0.1") -> int:
    """Return a port P such that P and P + 1 are free."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind((address, 0))
            port = int(first.getsockname()[1])
            with contextlib.suppress(OSError, OverflowError):
                second.bind((address, port + 1))
                return port


def wait_until(
    condition: Callable[[], bool], complaint: str, child: Child | None = None, *, seconds: float = READY_S
) -> None:
    """Wait for a condition. Raises CommandFailed(complaint) if it does not come or the child ends."""
    deadline = time.monotonic() + seconds
    while not condition():
        if (child is not None and child.popen.poll() is not None) or time.monotonic() > deadline:
            raise CommandFailed(complaint)
        time.sleep(0.02)


@contextlib.contextmanager
def _private_file(path: Path) -> Iterator[TextIO]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yield file
