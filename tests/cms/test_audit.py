"""The log: every change is one signed entry, and whatever is done to the log later is found."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms import audit, audit_file, slots, store, store_file
from cms.audit import Act, Mark
from cms.errors import OperatorMistake
from crypto import fields, signed
from crypto.sealing import Cost
from crypto.secret import Secret
from tests.cms.desk import ALICE, BOB, BOBS, PASSPHRASE, tampered
from tests.cms.test_custody import WITH_BOB, read_shares, share_options

SEEDS = {name: Secret(bytes([at]) * 32) for at, name in enumerate(("ann", "ben"), 1)}
ANN, BEN = (slots.actor(name, seed) for name, seed in SEEDS.items())


def log(count=8):
    """A log of some length: ann begins, ben joins, both sign the fifth."""
    entries = ()
    for number in range(1, count + 1):
        joined, key = {1: ("ann", ANN), 3: ("ben", BEN)}.get(number, ("", None))
        act = Act(f"cms {number}", "x", 1000 + number, joined, signed.public_key(key.signing) if key else b"")
        by = BEN if number > 5 and number % 2 else ANN
        entries = (*entries, audit.entered(entries, act, by, BEN if number == 5 else None))
    return entries


def test_a_log_as_it_was_written_has_no_fault():
    assert audit.find_fault(log()) is None
    assert audit.find_fault(log(), head=audit.mark(log())) is None
    assert audit.find_fault(log(), head=audit.mark(log()[:4])) is None


EDITS = {
    "at": 7, "action": "other", "details": "other", "operator": "eve", "second": "ann",
    "joined": "eve", "joined_key": b"\1" * 32, "left": "ann",
    "signature": b"\1" * 64, "second_signature": b"\1" * 64,
}  # fmt: skip


@pytest.mark.parametrize("place", range(1, 9))
@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_found_at_its_entry(place, what):
    entries = list(log())
    entries[place - 1] = replace(entries[place - 1], **{what: EDITS[what]})
    fault = audit.find_fault(entries)
    assert (fault.entry, "was changed" in fault.what) == (place, True)


@pytest.mark.parametrize("place", range(1, 8))
def test_a_dropped_entry_is_found_at_its_place(place):
    entries = list(log())
    del entries[place - 1]
    fault = audit.find_fault(entries)
    assert (fault.entry, "is missing" in fault.what) == (place, True)


@pytest.mark.parametrize("place", range(1, 8))
def test_a_dropped_entry_with_the_rest_numbered_anew_is_found(place):
    entries = [replace(entry, number=at) for at, entry in enumerate(log()[: place - 1] + log()[place:], 1)]
    assert audit.find_fault(entries).entry == place


@pytest.mark.parametrize("first", range(1, 8))
@pytest.mark.parametrize("second", range(2, 9))
def test_entries_out_of_order_are_found_at_the_first_place(first, second):
    if first >= second:
        return
    entries = list(log())
    entries[first - 1], entries[second - 1] = entries[second - 1], entries[first - 1]
    fault = audit.find_fault(entries)
    assert (fault.entry, "not in its place" in fault.what) == (first, True)


@pytest.mark.parametrize("left", range(8))
def test_a_log_cut_short_is_found_with_the_head(left):
    fault = audit.find_fault(log()[:left], head=audit.mark(log()))
    assert (fault.entry, "missing" in fault.what) == (left + 1, True)


def test_an_operator_who_writes_their_own_entry_anew_is_found_at_the_next():
    entries = list(log())
    unsigned = replace(entries[3], details="it was nothing")
    signature = signed.sign("CMS log entry", 1, unsigned.body, ANN.signing)[-64:]
    entries[3] = replace(unsigned, signature=signature)
    fault = audit.find_fault(entries)
    assert (fault.entry, "does not follow" in fault.what) == (5, True)


def test_a_log_written_anew_to_its_end_is_found_with_the_head():
    forged = ()
    for entry in log():
        act = Act(entry.action, "nothing", entry.at, entry.joined, entry.joined_key)
        by, second = (BEN if entry.operator == "ben" else ANN), (BEN if entry.second else None)
        forged = (*forged, audit.entered(forged, act, by, second))
    assert audit.find_fault(forged) is None
    fault = audit.find_fault(forged, head=audit.mark(log()[:6]))
    assert (fault.entry, "not the one whose head" in fault.what) == (6, True)


def test_who_has_not_joined_or_has_left_cannot_sign():
    entries = log(2)
    strange = audit.entered(entries, Act("cms x", "", 1), BEN, None)
    assert audit.find_fault((*entries, strange)).entry == 3
    entries = log()
    entries = (*entries, audit.entered(entries, Act("cms x", "", 1, left="ben"), ANN, None))
    late = audit.entered(entries, Act("cms x", "", 1), BEN, None)
    assert audit.find_fault((*entries, late)).entry == 10


def test_one_operator_does_not_count_as_two():
    entries = log()
    twice = audit.entered(entries, Act("cms x", "", 1), ANN, ANN)
    assert "twice" in audit.find_fault((*entries, twice)).what


def test_an_empty_log_is_no_log():
    assert audit.find_fault(()).entry == 1


@pytest.mark.parametrize(
    "text", ["", "7", ":", "7:", "7:00", "0:" + "0" * 64, "-1:" + "0" * 64, "7:" + "g" * 64]
)
def test_what_is_not_a_head_is_refused(text):
    with pytest.raises(ValueError):
        audit.parse_mark(text)


def test_a_head_reads_back_whole_or_its_first_half():
    end = audit.mark(log())
    assert audit.parse_mark(str(end)) == end
    assert audit.find_fault(log(), head=audit.parse_mark(str(end)[: len("8:") + 32])) is None


# The log as a file


def exported(entries):
    return audit_file.write("sv.example", entries, ANN)


def test_an_exported_log_reads_back():
    read = audit_file.read(exported(log()))
    assert read.entries == log()
    assert audit_file.find_fault(read, head=None) is None


@pytest.mark.parametrize("line", range(2, 10))
def test_a_line_taken_out_of_an_exported_log_is_found(line):
    lines = exported(log()).splitlines(keepends=True)
    fault = audit_file.find_fault(audit_file.read(b"".join(lines[: line - 1] + lines[line:])), head=None)
    assert fault.entry == line - 1


def test_an_exported_log_that_was_cut_says_so():
    lines = exported(log()).splitlines(keepends=True)
    with pytest.raises(ValueError, match="was cut"):
        audit_file.read(b"".join(lines[:-1]))
    shorter = json.dumps({**json.loads(lines[-1]), "end": str(audit.mark(log()[:5]))}).encode()
    fault = audit_file.find_fault(audit_file.read(b"".join([*lines[:6], shorter])), head=None)
    assert (fault.entry, "not signed" in fault.what) == (5, True)


def test_an_honest_but_older_export_is_found_with_the_head():
    older = audit_file.read(exported(log()[:5]))
    assert audit_file.find_fault(older, head=None) is None
    assert audit_file.find_fault(older, head=audit.mark(log())).entry == 6


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_change_of_an_exported_log_is_found_or_it_is_no_log(data):
    whole = exported(log(4))
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    try:
        read = audit_file.read(changed)
    except ValueError:
        return
    same = read == audit_file.read(whole)
    assert (audit_file.find_fault(read, head=None) is None) == same


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_octets_are_a_log_or_a_value_error(octets):
    with pytest.raises(ValueError):
        audit_file.read(octets)


# In the store, by the commands


def head_in(shown):
    [line] = [line for line in shown.splitlines() if line.startswith("Log  ")]
    return audit.parse_mark(line.removeprefix("Log  "))


def test_every_command_that_changes_something_enters_once_and_prints_the_head(pair):
    begun = len(pair.entries())
    changing = [
        ("user", "add", "--tel", BOB, "--name", "Bob"),
        ("user", "card", "--tel", ALICE, "-o", "a.png"),
        ("export", "media"),
        ("month", "export", fields.month_of(int(time.time())), "--media", "month"),
        ("policy", "set", "two-person", "on"),
        ("backup", "kept"),
        ("restore", "kept", "--not-compromised", *WITH_BOB),
        ("policy", "set", "two-person", "off", *WITH_BOB),
        ("custodians", "--threshold", "2", "--shares", "2", "--to", "shares"),
    ]
    for at, words in enumerate(changing, 1):
        shown = pair.does(*words)
        key = {"shares": read_shares(pair, 1, 2)} if words[0] == "custodians" else {}
        entries = pair.entries(**key)
        assert len(entries) == begun + at, words
        assert head_in(shown) == Mark(len(entries), entries[-1].hash)
        assert " ".join(words).startswith(entries[-1].action.removeprefix("cms "))
    pair.does("audit", "verify", *share_options(1, 2))


def test_commands_that_read_enter_nothing(pair):
    before = pair.octets()
    for words in (
        ("status",), ("user", "list"), ("operator", "list"), ("policy", "show"),
        ("audit", "show"), ("audit", "verify"), ("audit", "export", "log.jsonl"),
    ):  # fmt: skip
        pair.does(*words)
    assert pair.octets() == before


def test_no_entry_holds_a_secret(pair):
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png", "--code-file", "a.code")
    pair.does("audit", "export", "log.jsonl")
    text = (pair.desk / "log.jsonl").read_text()
    held = pair.held()
    own, masters = held.domain.secrets, held.domain.generations[0]
    for secret in (masters.sakke, masters.eccsi, own.domain, own.crs_tls, held.data_key, held.acting.signing):
        assert secret.expose().hex() not in text
    for words in (PASSPHRASE, BOBS, (pair.desk / "a.code").read_text().strip()):
        assert words not in text


def test_an_exported_log_is_verified_without_the_store(pair, monkeypatch):
    shown = pair.does("audit", "export", "log.jsonl")
    noted = str(head_in(shown))
    monkeypatch.delenv("CMS_PASSPHRASE_FILE")
    assert "3 entries" in pair.does("audit", "verify", "--file", "log.jsonl", "--head", noted)
    content = (pair.desk / "log.jsonl").read_text()
    (pair.desk / "log.jsonl").write_text(content.replace(ALICE, "+447700900999"))
    assert "entry 2 was changed" in pair.fails("audit", "verify", "--file", "log.jsonl")
    (pair.desk / "log.jsonl").write_text("nonsense")
    assert "not a whole log" in pair.fails("audit", "verify", "--file", "log.jsonl")
    assert "COUNT:HASH" in pair.fails("audit", "verify", "--file", "log.jsonl", "--head", "3:12")


SWAP = [f"UPDATE audit SET place = {new} WHERE place = {old}" for old, new in ((2, 99), (3, 2), (99, 3))]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE audit SET details = 'nothing' WHERE number = 2"], "entry 2 was changed"),
        (["DELETE FROM audit WHERE number = 2"], "entry 2 is missing"),
        (SWAP, "entry 2 is not in its place"),
        (["DELETE FROM audit WHERE number > 1"], "entry 2 and all to 3 are missing"),
        (["DELETE FROM audit"], "entry 1 and all to 3 are missing"),
        (["DELETE FROM operators WHERE name = 'bob'"], "entry 3 is the last, but the operators"),
        (["UPDATE operators SET signing_key = zeroblob(32)"], "entry 3 is the last, but the operators"),
    ],
)
def test_each_tampering_in_the_store_is_found_and_located(pair, statements, said):
    tampered(pair.desk / "store", *statements)
    assert said in pair.fails("audit", "verify")
    assert said in pair.fails("audit", "export", "log.jsonl")


def test_a_log_cut_with_its_count_in_the_store_is_found_with_the_noted_head(pair):
    noted = str(audit.mark(pair.entries()))
    first = pair.entries()[0].hash.hex()
    tampered(
        pair.desk / "store",
        "DELETE FROM audit WHERE number > 1",
        "DELETE FROM operators WHERE name = 'bob'",
        "UPDATE meta SET value = 1 WHERE name = 'log_count'",
        f"UPDATE meta SET value = X'{first}' WHERE name = 'log_hash'",
    )
    pair.does("audit", "verify")
    assert "entry 2 and all to 3 are missing" in pair.fails("audit", "verify", "--head", noted)


def test_a_slot_whose_operator_never_joined_signs_nothing_that_verifies(pair):
    with store.open_store(pair.desk / "store", PASSPHRASE) as held:
        head = held.head
        slot, _ = slots.new_operator(
            "eve", BOBS, store_id=head.store_id, data_key=held.data_key, now=1, cost=Cost(3, 1)
        )
        octets = store_file.seal(replace(head, slots=(*head.slots, slot)), held.data_key, held.image())
    (pair.desk / "store" / "store").write_bytes(octets)
    as_eve = ("--operator", "eve", "--passphrase-file", "bobs")
    pair.does("user", "add", "--tel", BOB, "--name", "Bob", *as_eve)
    assert "entry 4 was changed: 'eve' was no operator then" in pair.fails("audit", "verify")


def test_a_store_that_cannot_be_opened_has_no_log(pair):
    with pytest.raises(OperatorMistake):
        pair.entries(passphrase="another passphrase")
