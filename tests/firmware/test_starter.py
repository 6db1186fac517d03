"""A service is the same whether somebody passes it a socket and listens for its life, or nobody does."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from asyncvarlink import VarlinkInterface, varlinkmethod

from firmware import varlink
from firmware.starter import Starter


class Echo(VarlinkInterface, name="org.sottovoce.test.Echo"):
    @varlinkmethod(return_parameter="text")
    async def Say(self, *, text: str) -> str: ...


SERVICE = """
import asyncio, os, sys
from pathlib import Path
from asyncvarlink import VarlinkInterface, varlinkmethod
from firmware.varlink import serve_until_signalled

class Echo(VarlinkInterface, name="org.sottovoce.test.Echo"):
    @varlinkmethod(return_parameter="text")
    async def Say(self, *, text: str) -> str:
        left = [name for name in os.environ if name.startswith(("LISTEN", "NOTIFY", "WATCHDOG"))]
        return " ".join([text, *left])

# What a shell in between would do: the variables name the process that is to have them.
os.environ["LISTEN_PID"] = os.environ["WATCHDOG_PID"] = str(os.getpid() + int(sys.argv[2]))
asyncio.run(serve_until_signalled(Path(sys.argv[1]), Echo()))
"""


class Manager:
    """As much of a service manager as a service can see."""

    def __init__(self, folder: Path, *, sockets: int = 1, other_process: bool = False) -> None:
        self.path = folder / "echo.sock"
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(str(folder / "notify"))
        self.ear.settimeout(30)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.path))
        self._listening.listen()
        environment = {
            **os.environ,
            "NOTIFY_SOCKET": str(folder / "notify"),
            "LISTEN_FDS": str(sockets),
            "WATCHDOG_USEC": "200000",
        }
        script = folder / "service.py"
        script.write_text(textwrap.dedent(SERVICE))
        passed = self._listening.fileno()
        # The shell moves the socket to where sd_listen_fds(3) has it, and becomes the service.
        self.process = subprocess.Popen(
            [
                "bash",
                "-c",
                f'exec "$@" 3<&{passed}',
                "-",
                sys.executable,
                script,
                self.path,
                str(int(other_process)),
            ],
            env={**environment, "PYTHONPATH": "."},
            pass_fds=[passed],
            stderr=subprocess.PIPE,
            text=True,
        )

    def heard(self) -> str:
        return self.ear.recv(4096).decode()

    def end(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=30)
        return str(said)


def say(path: Path, text: str) -> str:
    async def run() -> str:
        connection = await varlink.connect(path, Echo)
        try:
            return str((await connection.call.Say(text=text))["text"])
        finally:
            connection.close()

    return asyncio.run(run())


def test_a_service_says_that_it_is_ready_alive_and_stopping(tmp_path: Path) -> None:
    manager = Manager(tmp_path)
    assert manager.heard() == "READY=1"
    assert [manager.heard(), manager.heard()] == ["WATCHDOG=1", "WATCHDOG=1"]
    assert manager.end() == ""
    while (word := manager.heard()) == "WATCHDOG=1":
        pass
    assert word == "STOPPING=1"


def test_a_caller_who_came_before_the_service_is_answered(tmp_path: Path) -> None:
    manager = Manager(tmp_path)
    assert say(manager.path, "early") == "early"
    manager.end()


def test_no_child_of_a_service_finds_what_was_meant_for_it(tmp_path: Path) -> None:
    manager = Manager(tmp_path)
    assert say(manager.path, "left:") == "left:"
    manager.end()


def test_a_socket_that_was_passed_outlives_the_service(tmp_path: Path) -> None:
    manager = Manager(tmp_path)
    manager.heard()
    manager.end()
    assert manager.path.is_socket()


def test_sockets_for_another_process_are_not_taken(tmp_path: Path) -> None:
    manager = Manager(tmp_path, other_process=True)
    manager.heard()
    manager.end()
    assert not manager.path.exists()


def test_more_sockets_than_one_are_refused(tmp_path: Path) -> None:
    manager = Manager(tmp_path, sockets=2)
    _, said = manager.process.communicate(timeout=30)
    assert "see the socket unit" in said


def test_without_a_starter_nothing_is_said_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    starter = Starter()
    starter.tell("READY=1")
    starter.close()
