"""Backup and restore, and the end of the process at any moment: the old state or the new."""

import itertools
import os
import random
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import cms
from cms import cli, store, store_file
from cms.errors import OperatorMistake
from crypto import crs_media
from tests.cms.desk import ALICE, BOB, PASSPHRASE
from tests.cms.plain import plain
from tests.cms.test_custody import AS_BOB, WITH_BOB, share_options

STATED = "--not-compromised"


def lose(office):
    """The disk is gone."""
    shutil.rmtree(office.desk / "store")


def fingerprint_in(shown):
    [line] = [line for line in shown.splitlines() if line.startswith("Fingerprint")]
    return line.split()[1:]


def test_after_a_loss_everything_is_as_it_was(pair):
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png")
    before = fingerprint_in(pair.does("backup", "kept"))
    domain = plain(pair.held().domain)
    lose(pair)
    shown = pair.does("restore", "kept", STATED)
    assert fingerprint_in(shown) == before == fingerprint_in(pair.does("status"))
    assert plain(pair.held().domain) == domain
    pair.does("status", *AS_BOB)
    pair.does("audit", "verify")


def test_the_statement_is_asked_for_and_logged(pair):
    pair.does("backup", "kept")
    lose(pair)
    said = pair.fails("restore", "kept")
    assert "--not-compromised" in said
    assert not (pair.desk / "store" / "store").exists()
    pair.does("restore", "kept", STATED)
    last = pair.entries()[-1]
    assert (last.action, "stated: nothing was compromised" in last.details) == ("cms restore", True)


def test_a_newer_store_is_not_overwritten(pair):
    pair.does("backup", "kept")
    pair.does("user", "add", "--tel", BOB, "--name", "Bob")
    assert "is 1 commands newer" in pair.fails("restore", "kept", STATED)


def test_a_store_of_the_same_age_is_replaced_and_kept_beside(pair):
    pair.does("backup", "kept")
    before = pair.octets()
    pair.does("restore", "kept", STATED)
    assert (pair.desk / "store" / "store.previous").read_bytes() == before


def test_another_domain_is_not_overwritten(pair):
    pair.does("backup", "kept")
    other = ("--store", "other")
    pair.does("init", "--domain", "b.example", "--organisation", "B", "--crs", "crs.b.example:5061", *other)
    assert "another domain" in pair.fails("restore", "kept", STATED, *other)


def test_a_store_that_cannot_be_read_is_not_overwritten(pair):
    pair.does("backup", "kept")
    (pair.desk / "store" / "store").write_bytes(b"damaged")
    assert "damaged" in pair.fails("restore", "kept", STATED)


def test_a_backup_is_encrypted_and_for_the_operators_only(pair):
    pair.does("backup", "kept")
    kept = (pair.desk / "kept").read_bytes()
    assert (pair.desk / "kept").stat().st_mode & 0o077 == 0
    assert b"Alice" not in kept
    assert pair.held().domain.generations[0].sakke.expose() not in kept
    lose(pair)
    assert "wrong passphrase" in pair.fails("restore", "kept", STATED, "--passphrase-file", "bobs")


def test_a_backup_does_not_overwrite_and_a_full_medium_changes_nothing(pair):
    (pair.desk / "kept").write_text("somebody's")
    assert "already there" in pair.fails("backup", "kept")
    assert "cannot be written" in pair.fails("backup", "nowhere/kept")
    assert "Log" not in pair.fails("backup", "nowhere/kept"), "nothing was entered"
    assert [entry.action for entry in pair.entries()][-1] == "cms operator add"


def test_a_backup_under_custodians_needs_their_shares(pair):
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares")
    pair.does("backup", "kept", *share_options(1, 2))
    lose(pair)
    assert "2 of 3 shares" in pair.fails("restore", "kept", STATED, *share_options(1))
    assert not (pair.desk / "store" / "store").exists()
    pair.does("restore", "kept", STATED, *share_options(2, 3))


def test_a_restore_under_the_two_person_rule_needs_two(pair):
    pair.does("policy", "set", "two-person", "on")
    pair.does("backup", "kept")
    lose(pair)
    assert "needs two people" in pair.fails("restore", "kept", STATED)
    pair.does("restore", "kept", STATED, *WITH_BOB)


CASES = int(os.environ.get("DAMAGE_CASES", "200"))
"""Cases of each property; `DAMAGE_CASES=2000` for the long run."""


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_changed_cut_or_lengthened_backup_is_refused_and_makes_no_store(kept, data):
    folder, whole = kept
    at = data.draw(st.integers(0, len(whole) - 1))
    flip = 1 << data.draw(st.integers(0, 7))
    damaged = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :], whole + b"\0"])
    )
    (folder / "damaged").write_bytes(damaged)
    key = store.Key("operator", PASSPHRASE)
    with pytest.raises(OperatorMistake):  # noqa: PT012
        octets = store_file.read(folder / "damaged")
        with store.opened(octets, folder, key, action="x", clock=store.now, hint="take another"):
            pass


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_changed_cut_swapped_or_foreign_shares_open_nothing(held, data):
    """Two shares are needed: one is as it was written down, the other has suffered."""
    folder, octets, shares, foreign = held
    [whole, hurt] = data.draw(st.permutations(shares).map(lambda some: some[:2]))
    words = hurt.split()
    at, other = data.draw(st.integers(0, len(words) - 1)), data.draw(st.integers(0, len(words) - 1))
    word = data.draw(st.sampled_from([*foreign.split(), "zebra", "", "é"]))
    swapped = list(words)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    suffered = data.draw(
        st.sampled_from(
            [
                words[:at],
                [*words, word],
                [*words[:at], word, *words[at + 1 :]],
                swapped,
                words[:at] + words[at + 1 :],
                [*words[:at], words[at][: len(words[at]) // 2], *words[at + 1 :]],
                foreign.split(),
                whole.split(),
            ]
        )
    )
    assume(" ".join(suffered).split() != words)
    key = store.Key("operator", PASSPHRASE, shares=[("one", whole), ("other", " ".join(suffered))])
    with (
        pytest.raises(OperatorMistake),
        store.opened(octets, folder, key, action="x", clock=store.now, hint="take another"),
    ):
        pass
    assert (folder / "store" / "store").read_bytes() == octets


@pytest.fixture
def held(pair):
    """A store in the hands of three custodians, their shares, and one of another domain's."""
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "foreign")
    pair.does(
        "custodians", "--threshold", "2", "--shares", "3", "--to", "shares",
        *share_options(1, 2, folder="foreign"),
    )  # fmt: skip
    shares = [(pair.desk / "shares" / f"share-{number}").read_text().strip() for number in (1, 2, 3)]
    return pair.desk, pair.octets(), shares, (pair.desk / "foreign" / "share-1").read_text().strip()


@pytest.fixture
def kept(pair):
    pair.does("backup", "kept")
    return pair.desk, (pair.desk / "kept").read_bytes()


# The end of the process, without warning

OURS = str(Path(cms.__file__).parent)


def run_in_a_child(words, die_at):
    """Run a command in a child that kills itself at its n-th step in our code; return how it ended.

    A step is a line of ours, or a call from it. With 0 it lives, and tells how many steps there were.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            steps = told.read()
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), int(steps or 0)
    code = 70
    try:
        os.close(reading)
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        count = 0

        def step(frame, event, argument):
            nonlocal count
            if frame.f_code.co_filename.startswith(OURS):
                count += 1
                if count == die_at:
                    os.kill(os.getpid(), signal.SIGKILL)
            return step

        sys.argv = ["cms", *words]
        sys.settrace(step)
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        sys.settrace(None)
        os.write(writing, str(count).encode())
    finally:
        os._exit(code)


CHANGES = {
    "user add": ("user", "add", "--tel", BOB, "--name", "Bob"),
    "export": ("export", "out"),
    "backup": ("backup", "out"),
    "restore": ("restore", "kept", STATED),
    "recover user": ("recover", "user", "--tel", ALICE, "-o", "new.png", "--media", "out"),
}
POINTS = int(os.environ.get("KILL_POINTS", "15"))
"""Random points of each command; `KILL_POINTS=200` for the long run."""


@pytest.mark.parametrize("what", CHANGES)
def test_a_process_killed_at_any_point_leaves_the_old_state_or_the_new(pair, what):
    """Random points of each command, two in three close to the end, where it writes."""
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png")
    pair.does("backup", "kept")
    words = CHANGES[what]
    shutil.copytree(pair.desk / "store", pair.desk / "begin")
    code, steps = run_in_a_child(words, 0)
    assert (code, steps > 100) == (0, True)
    new = state(pair)
    assert arrived(pair, what)
    reset(pair)
    old = state(pair)
    assert old != new
    random.seed(what)
    # Drawing the card takes most of the time of a recovery, and changes nothing.
    wanted = POINTS // 3 if what == "recover user" else POINTS
    points = [random.randrange(1, steps) for _ in range(wanted // 3)]
    points += [random.randrange(steps * 3 // 4, steps) for _ in range(wanted - len(points))]
    seen = set()
    for point in points:
        code, _ = run_in_a_child(words, point)
        assert code == -signal.SIGKILL
        found = state(pair)
        assert found in (old, new), f"killed at step {point} of {steps}"
        if found == old and what in ("export", "backup", "recover user"):
            assert not (pair.desk / "out").exists(), "what got out must be known to the store"
        if (pair.desk / "out").exists():
            assert arrived(pair, what), "what is there is whole"
        pair.does("audit", "verify")
        pair.does("user", "add", "--tel", "+447700900129", "--name", "Eve")
        seen.add(found == new)
        reset(pair)
    assert False in seen


def test_a_store_going_to_custodians_is_lost_at_no_point(pair):
    """Killed anywhere, it opens as before, or with shares that are all there."""
    words = ("custodians", "--threshold", "2", "--shares", "3", "--to", "out")
    shutil.copytree(pair.desk / "store", pair.desk / "begin")
    code, steps = run_in_a_child(words, 0)
    assert code == 0
    reset(pair)
    ways = set()
    for point in [*range(steps - 150, steps, 10), *range(1, steps - 150, steps // 5)]:
        assert run_in_a_child(words, point)[0] == -signal.SIGKILL
        held = store.head_of(pair.desk / "store").custody is not None
        pair.does("audit", "verify", *(share_options(1, 3, folder="out") if held else ()))
        ways.add(held)
        reset(pair)
    assert ways == {False, True}


SERIAL = re.compile("[0-9A-F]{4}(?: [0-9A-F]{4}){3}")
"""Drawn at random."""


def state(office):
    """What counts: the content, and what was done, without when."""
    held = office.held()
    entries = [(entry.action, SERIAL.sub("SERIAL", entry.details)) for entry in held.entries]
    domain = held.domain
    return len(domain.users), len(domain.cards), domain.exports, domain.changed, entries


def arrived(office, what):
    """Whether what a command writes is there and whole."""
    out = office.desk / "out"
    if what == "backup":
        return out.read_bytes() == office.octets()
    if what in ("export", "recover user"):
        files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        return crs_media.read(files, office.held().domain.domain_key).sequence == 1
    return not out.exists()


def reset(office):
    """Go back to before the command."""
    shutil.rmtree(office.desk / "store")
    shutil.copytree(office.desk / "begin", office.desk / "store")
    for left in itertools.chain(*map(office.desk.glob, ("out", ".out.*", "new.png", ".new.png.*"))):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
