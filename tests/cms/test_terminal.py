"""The commands on a terminal of their own: what is typed is not shown, and what is shown does not stay."""

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

from tests.cms.office import ALICE, BOB, PASSPHRASE

AT_MOST_S = 120
ROOT = Path(__file__).parents[2]


def on_a_terminal(words, answers, desk, *, columns=120, lines=60, program=("-m", "cms"), **extra):
    """Run a command on a terminal of its own, answering each prompt in turn; return what it showed.

    `extra` is added to its environment.
    """
    child, terminal = pty.fork()
    if child == 0:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
            "COLUMNS": str(columns),
            "LINES": str(lines),
            "CMS_STORE": str(desk / "store"),
            "CMS_ACCEPT_NETWORK": "1",
            "LANG": "C.UTF-8",
            **extra,
        }
        os.chdir(desk)
        os.execve(sys.executable, [sys.executable, *program, *words], environment)
    shown = b""
    waiting = list(answers)
    until = time.monotonic() + AT_MOST_S
    while True:
        ready, _, _ = select.select([terminal], [], [], max(0.0, until - time.monotonic()))
        if not ready or time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError(f"waited for {waiting[:1]}: {shown.decode(errors='replace')}")
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if waiting and waiting[0][0] in shown[-6000:].decode(errors="replace"):
            os.write(terminal, waiting.pop(0)[1].encode())
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert not waiting, shown
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_the_passphrase_is_typed_twice_for_a_new_store_and_never_shown(tmp_path):
    words = ["init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061"]
    prompts = [("Passphrase of the store", PASSPHRASE + "\n"), ("once more", PASSPHRASE + "\n")]
    status, shown = on_a_terminal(words, prompts, tmp_path)
    assert status == 0, shown
    assert "Fingerprint" in shown
    assert PASSPHRASE not in shown


def test_two_different_passphrases_make_no_store(tmp_path):
    words = ["init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061"]
    prompts = [("Passphrase of the store", PASSPHRASE + "\n"), ("once more", PASSPHRASE + "x\n")]
    status, shown = on_a_terminal(words, prompts, tmp_path)
    assert status == 1
    assert "not the same" in shown
    assert not (tmp_path / "store").exists()


def test_a_card_fills_the_screen_and_hides_at_enter(office):
    prompts = [("Passphrase of the store", PASSPHRASE + "\n"), ("Enter hides it", "\n")]
    status, shown = on_a_terminal(
        ["user", "card", "--tel", ALICE, "--show", "--no-code"], prompts, office.desk
    )
    assert status == 0, shown
    enters, leaves = shown.index("\x1b[?1049h"), shown.index("\x1b[?1049l")
    assert enters < shown.index("▄▄▄▄▄") < leaves
    assert shown.rindex("▄") < leaves


def test_a_terminal_that_is_too_small_issues_no_card(office):
    status, shown = on_a_terminal(["user", "card", "--tel", ALICE, "--show"], [], office.desk, columns=80)
    assert status == 1
    assert "enlarge it" in " ".join(shown.split())
    assert office.held().cards == ()


OPEN = ("Passphrase of the store", PASSPHRASE + "\n")


def test_the_console_is_a_full_screen_that_leaves_nothing_behind_but_the_head_of_the_log(office):
    keys = [OPEN, ("find a number", "a"), ("of their letters", f"{BOB}\rBob\r\r"), ("has +4477", "q")]
    status, shown = on_a_terminal(["console"], keys, office.desk, columns=80, lines=24)
    assert status == 0, shown
    before, _, after = shown.rpartition("\x1b[?1049l")
    assert before
    assert "Log  3:" in after
    assert "Bob" not in after
    assert [user.tel for user in office.held().users] == [ALICE, BOB]


def test_the_console_logs_no_key_whatever_its_library_is_told(office):
    watching = {"TEXTUAL": "devtools,debug", "TEXTUAL_LOG": "keys.log", "TEXTUAL_SCREENSHOT": "0"}
    before = sorted(path.name for path in office.desk.iterdir())
    status, shown = on_a_terminal(["console"], [OPEN, ("find a number", "q")], office.desk, **watching)
    assert status == 0, shown
    assert sorted(path.name for path in office.desk.iterdir()) == before


FAULTY = """
from cms.console.people import PeoplePage
def broken(self):
    words = "a secret of this frame"
    raise ValueError("nobody's mistake")
PeoplePage.gather = broken
from cms.cli import main
main()
"""


def test_a_fault_of_the_console_shows_no_value_of_any_variable(office):
    status, shown = on_a_terminal(["console"], [OPEN], office.desk, program=("-c", FAULTY))
    assert status == 1
    assert "nobody's mistake" in shown
    assert "a secret of this frame" not in shown.replace('words = "a secret of this frame"', "")


def test_the_console_needs_a_terminal(office):
    assert "the console needs a terminal" in office.fails("console")
