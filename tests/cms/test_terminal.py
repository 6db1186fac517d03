"""The commands on a terminal of their own: what is typed is not shown, and what is shown does not stay."""

import os
import pty
import select
import sys
from pathlib import Path

from tests.cms.office import ALICE, PASSPHRASE

ROOT = Path(__file__).parents[2]


def on_a_terminal(words, answers, desk, *, columns=120, lines=60):
    """Run a command on a terminal of its own, answering each prompt in turn; return what it showed."""
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
        }
        os.execve(sys.executable, [sys.executable, "-m", "cms", *words], environment)
    shown = b""
    waiting = list(answers)
    while True:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, shown
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
