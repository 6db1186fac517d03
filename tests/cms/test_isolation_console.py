"""The console gives up networks: an evening in it makes no network system call, and none can be made."""

import signal

import pytest

from tests.cms.office import BOB, PASSPHRASE
from tests.cms.test_isolation import guarded
from tests.cms.test_terminal import on_a_terminal

# The console's event loop wakes itself through a pair of sockets of the family AF_UNIX, connected to each
# other. That pair, and sending on it to no address, is all that this guard leaves: without socket(),
# connect() and bind() there is no AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, and no AF_UNIX with a name.
PAIR_ONLY = """
import pyseccomp
from socket import AF_UNIX
guard = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in ("socket", "connect", "bind", "listen", "accept", "accept4", "sendmsg", "recvmsg", "sendmmsg",
             "recvmmsg", "shutdown", "setsockopt", "getsockopt", "io_uring_setup"):
    guard.add_rule(pyseccomp.KILL_PROCESS, call)
guard.add_rule(pyseccomp.KILL_PROCESS, "socketpair", pyseccomp.Arg(0, pyseccomp.NE, AF_UNIX))
for call in ("sendto", "recvfrom"):
    guard.add_rule(pyseccomp.KILL_PROCESS, call, pyseccomp.Arg(4, pyseccomp.NE, 0))
guard.load()
"""
CONSOLE = """
from cms.cli import main
main()
"""
EVENING = [
    ("Passphrase of the store", PASSPHRASE + "\n"),
    ("find a number", "a"),
    ("of their letters", f"{BOB}\rBob\r\r"),
    ("has +4477", "\r"),
    ("Rename", "v"),
    ("It is logged", " \r"),
    ("hides in", "\r"),
    ("was shown", "2"),
    ("New letters", "n"),
    ("1 letters", "letters\rcodes.txt\r\r"),
    ("Then export", "3"),
    ("Due", "e"),
    ("disc image", "month.iso\r"),
    ("Export 1", "\r"),
    ("ends", "4"),
    ("number 2", "b"),
    ("Backup of", "kept\r"),
    ("is in kept", "5"),
    ("Head", "v"),
    ("Verify the", "\r"),
    ("is whole", "\r"),
    ("Verify", "7"),
    ("Agreed on", "n"),
    ("First month", "\x1b"),
    ("Agreed on", "8"),
    ("none: i", "x"),
    ("begin with", "ours.kms\r+44770\r"),
    ("is in ours", "9"),
    ("none ever", "6"),
    ("Signs with", "c"),
    ("must meet", "2\r3\rshares\rsv.example\r"),
    ("open the store now", "q"),
]


def test_the_console_makes_no_network_system_call(office):
    program = ("-c", PAIR_ONLY + CONSOLE)
    status, shown = on_a_terminal(["console"], EVENING, office.desk, program=program)
    assert status == 0, shown[-3000:]
    assert {"letters", "codes.txt", "month.iso", "kept", "ours.kms", "shares"} <= {
        path.name for path in office.desk.iterdir()
    }
    assert "Log  9:" in shown


SOCKETS = ("AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET")


@pytest.mark.parametrize("family", SOCKETS)
def test_the_guard_of_the_console_kills_what_makes_a_socket(tmp_path, family):
    done = guarded(
        f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)", tmp_path, guard=PAIR_ONLY
    )
    assert done.returncode == -signal.SIGSYS, done.stderr


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_TIPC"])
def test_the_guard_of_the_console_kills_a_pair_that_is_not_local(tmp_path, family):
    done = guarded(f"import socket; socket.socketpair(socket.{family})", tmp_path, guard=PAIR_ONLY)
    assert done.returncode == -signal.SIGSYS, done.stderr


def test_the_guard_of_the_console_kills_what_sends_to_an_address(tmp_path):
    pair = "import socket; a, b = socket.socketpair(type=socket.SOCK_DGRAM); a.send(b'x')"
    there = "print(b.recv(1), flush=True); a.sendto(b'x', '/tmp/somebody')"
    done = guarded(f"{pair}; {there}", tmp_path, guard=PAIR_ONLY)
    assert done.stdout == "b'x'\n"
    assert done.returncode == -signal.SIGSYS, done.stderr


LEFT = """
import errno, socket
from cms.console import isolation
isolation.leave_networks()
def refused(make):
    try:
        make()
    except OSError as error:
        return error.errno == errno.EPERM
print(all(refused(lambda: socket.socket(getattr(socket, family), socket.SOCK_DGRAM)) for family in FAMILIES),
      refused(lambda: socket.socketpair(socket.AF_INET)), refused(lambda: socket.create_server(("", 0))))
socket.socketpair()
"""


def test_a_process_that_left_the_networks_can_make_no_socket_but_a_local_pair(tmp_path):
    done = guarded(LEFT.replace("FAMILIES", repr(SOCKETS)), tmp_path, guard="")
    assert done.stdout.split() == ["True"] * 3, done.stderr
    assert done.returncode == 0, done.stderr
