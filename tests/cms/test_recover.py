"""`cms recover`: a lost phone, and a CMS that somebody else had in their hands."""

import itertools

import pytest

from cms import audit, store
from cms.records import CardState
from crypto import crs_media, fields, revocation
from crypto.fingerprint import fingerprint
from crypto.serials import serial_text
from tests.cms.desk import ALICE, BOB, PASSPHRASE
from tests.cms.test_backup import STATED, run_in_a_child
from tests.cms.test_custody import AS_BOB, WITH_BOB, share_options
from tests.cms.test_terminal import on_a_terminal

NEW = "yet another passphrase"
SURE = ("--confirm", "sv.example", "--destroy-old", "--new-passphrase-file", "new")
WITH_NEW_BOB = (*WITH_BOB, "--second-new-passphrase-file", "bobs-new")


def this_month():
    return fields.month_of(store.now())


def media_in(folder, key):
    return crs_media.read({path.name: path.read_bytes() for path in folder.iterdir()}, key)


@pytest.fixture
def ready(pair):
    """Two operators, one person with a card, and files with new passphrases."""
    (pair.desk / "new").write_text(NEW + "\n")
    (pair.desk / "bobs-new").write_text("bob has a new one\n")
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png")
    return pair


# One person


def test_the_lost_card_is_blocked_revoked_and_void_and_there_is_a_new_one(ready):
    [lost] = ready.held().domain.cards
    shown = ready.does("recover", "user", "--tel", ALICE, "--pdf", "new.pdf", "--media", "media")
    domain = ready.held().domain
    before, after = domain.cards
    assert (before.serial, before.state, after.state) == (lost.serial, CardState.BLOCKED, CardState.ISSUED)
    assert after.pvt != lost.pvt
    media = media_in(ready.desk / "media", domain.domain_key)
    assert media.blocked == {lost.serial}
    assert media.revoked.hashes == {revocation.pvt_hash(lost.pvt)}
    assert (ready.desk / "new.pdf").read_bytes().startswith(b"%PDF")
    assert "void" in ready.does("letter", "status", "--serial", f"{lost.serial:016X}")
    for words in (f"crs block {ALICE}", "crs load --media media", "cms letter destroyed", "cms backup"):
        assert words in shown


def test_the_months_that_the_lost_card_had_are_revoked_and_made_for_the_new_one(ready):
    following = fields.month_from_int(fields.month_to_int(this_month()) + 1)
    ready.does("month", "export", following, "--media", "month")
    ready.does("recover", "user", "--tel", ALICE, "-o", "b.png", "--code-file", "b.code")
    before, after = ready.held().domain.cards
    assert before.newest == after.newest == following
    ready.does("export", "media")
    media = media_in(ready.desk / "media", ready.held().domain.domain_key)
    assert media.revoked.hashes == {revocation.pvt_hash(pvt) for pvt in (before.pvt, before.months[0].pvt)}


def test_it_is_entered_in_the_log_with_both_serials(ready):
    ready.does("recover", "user", "--tel", ALICE, "-o", "b.png", "--media", "media")
    lost, new = ready.held().domain.cards
    last = ready.entries()[-1]
    assert last.action == "cms recover user"
    assert all(serial_text(card.serial) in last.details for card in (lost, new))
    assert last.details.endswith("signing keys revoked: 1; new card "
                                 f"{serial_text(new.serial)}; export 1")  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tel", BOB), f"nobody has {BOB}"),
        (("--tel", ALICE, "-o", "a.png"), "already there"),
        (("--tel", ALICE, "-o", "b.png", "--media", "a.png"), "not a folder"),
        (("--tel", ALICE, "-o", "b.png", "--media", "nowhere/at/all"), "cannot be made"),
    ],
)
def test_what_cannot_be_recovered_changes_nothing(ready, words, said):
    assert said in ready.fails("recover", "user", *words)
    assert not (ready.desk / "b.png").exists()


def test_who_has_no_card_is_told_to_get_one(ready):
    ready.does("user", "add", "--tel", BOB, "--name", "Bob")
    assert f"cms user card --tel {BOB}" in ready.fails("recover", "user", "--tel", BOB, "-o", "b.png")


@pytest.mark.parametrize(
    "words",
    [
        ("recover", "user", "--tel", ALICE, "-o", "b.png"),
        ("user", "card", "--tel", ALICE, "-o", "b.png", "--reissue"),
        ("letters", "--all", "--yes", "-o", "letters", "--codes", "codes.txt"),
        ("recover", "cms", *SURE),
    ],
)
def test_whoever_replaces_cards_under_the_two_person_rule_is_not_alone(ready, words):
    ready.does("policy", "set", "two-person", "on")
    assert "needs two people" in ready.fails(*words)
    assert len(ready.held().domain.cards) == 1
    words += ("--second-new-passphrase-file", "bobs-new") if "cms" in words else ()
    ready.does(*words, *WITH_BOB)


# The whole domain


def test_every_key_of_the_domain_is_another_and_nobody_has_a_card(ready):
    ready.does("export", "media")
    old = ready.held().domain
    ready.does("recover", "cms", *SURE)
    new = ready.held(passphrase=NEW).domain
    for name in ("domain", "crs_tls"):
        assert getattr(new.secrets, name) != getattr(old.secrets, name)
    for name in ("sakke", "eccsi"):
        assert getattr(new.generations[0], name) != getattr(old.generations[0], name)
    assert new.cards == ()
    assert [user.tel for user in new.users] == [ALICE]
    assert (new.name, new.crs, new.exports, new.changed) == (old.name, old.crs, 1, True)


def test_the_log_goes_on_from_the_old_keys_to_the_new_ones(ready):
    ready.does("operator", "add", "carol", "--new-passphrase-file", "bobs")
    old = ready.held()
    ready.does("recover", "cms", *SURE, *WITH_NEW_BOB)
    held = ready.held(passphrase=NEW)
    assert held.entries[: len(old.entries)] == old.entries
    assert audit.find_fault(held.entries, head=held.mark) is None
    bridge, joins, leaves = held.entries[len(old.entries) :]
    assert fingerprint(old.domain.domain_key) in bridge.details
    assert fingerprint(held.domain.domain_key) in bridge.details
    assert (bridge.second, bridge.joined, joins.joined, leaves.left) == ("bob", "operator", "bob", "carol")
    ready.does("audit", "verify", "--head", str(old.mark), "--passphrase-file", "new")


def test_old_passphrases_shares_and_backups_do_not_open_the_new_store(ready):
    ready.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares")
    ready.does("backup", "kept", *share_options(1, 2))
    ready.does("recover", "cms", *SURE, *share_options(1, 2))
    assert "wrong passphrase" in ready.fails("status")
    assert "no operator 'bob'" in ready.fails("status", *AS_BOB)
    assert "another domain" in ready.fails("restore", "kept", STATED, *share_options(1, 2))
    assert not (ready.desk / "store" / "store.previous").exists()
    ready.does("status", "--passphrase-file", "new")


def test_the_old_store_is_kept_aside_as_it_was_and_still_opens(ready):
    before = ready.octets()
    ready.does("recover", "cms", "--keep-old", "aside", *SURE[:2], *SURE[3:])
    assert (ready.desk / "aside").read_bytes() == before
    assert "kept in aside" in ready.entries(passphrase=NEW)[-2].details
    ready.does("restore", "aside", STATED, "--store", "elsewhere")


def test_what_the_operator_states_is_in_the_log(ready):
    ready.does("recover", "cms", *SURE, "--reason", "the safe was open")
    details = ready.entries(passphrase=NEW)[-2].details
    assert "to be destroyed, with its disk and every backup; reason: the safe was open" in details


def test_letters_for_everybody_come_with_it(ready):
    ready.does("user", "add", "--tel", BOB, "--name", "Bob")
    ready.does("recover", "cms", *SURE, "-o", "letters", "--codes", "codes.txt")
    assert sorted(path.name for path in (ready.desk / "letters").iterdir()) == [f"{ALICE}.pdf", f"{BOB}.pdf"]
    assert len((ready.desk / "codes.txt").read_text().splitlines()) >= 2
    assert len(ready.held(passphrase=NEW).domain.cards) == 2


def test_it_says_what_follows_and_what_is_to_be_carried(ready):
    shown = ready.does("recover", "cms", *SURE)
    told = ("stop working", "crs recover --media DIR", "E22", "Tell your partners", "cms custodians")
    for words in (*told, fingerprint(ready.held(passphrase=NEW).domain.domain_key)):
        assert words in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (SURE[:2], "what becomes of the old store"),
        ((*SURE, "--keep-old", "aside"), "what becomes of the old store"),
        (("--confirm", "sv.exampl", *SURE[2:]), "not the name of this domain"),
        (SURE[2:], "--confirm sv.example"),
        ((*SURE[:3], "--new-passphrase-file", "passphrase"), "which may be known"),
        (SURE[:3], "--new-passphrase-file"),
        ((*SURE, *WITH_BOB), "--second-new-passphrase-file"),
        ((*SURE, *WITH_BOB, "--second-new-passphrase-file", "bobs"), "which may be known"),
        ((*SURE, "-o", "letters"), "--codes FILE"),
        ((*SURE[:2], *SURE[3:], "--keep-old", "a.png"), "already there"),
    ],
)
def test_what_is_not_said_clearly_changes_nothing(ready, words, said):
    assert said in ready.fails("recover", "cms", *words)
    assert ready.held().domain.cards


def test_the_name_of_the_domain_is_typed(ready):
    words = ["recover", "cms", "--destroy-old", "--passphrase-file", str(ready.desk / "passphrase")]
    wrong = [("to go on", "yes\n")]
    assert on_a_terminal(words, wrong, ready.desk)[0] == 1
    answers = [("to go on", "sv.example\n"), ("a new one", NEW + "\n"), ("once more", NEW + "\n")]
    status, shown = on_a_terminal(words, answers, ready.desk)
    assert status == 0, shown
    assert NEW not in shown
    assert ready.held(passphrase=NEW).domain.cards == ()


def test_a_removed_person_of_the_old_domain_leaves_the_number_free(ready):
    ready.does("user", "remove", "--tel", ALICE, "--yes")
    ready.does("recover", "cms", *SURE)
    ready.does("user", "add", "--tel", ALICE, "--name", "Alicia", "--passphrase-file", "new")


def test_killed_anywhere_the_store_is_the_old_one_or_the_new_one_and_none_is_lost(ready):
    words = ("recover", "cms", "--keep-old", "aside", *SURE[:2], *SURE[3:])
    before = ready.octets()
    _, steps = run_in_a_child(words, 0)
    seen = set()
    for point in itertools.chain(range(steps - 60, steps, 4), range(1, steps - 60, steps // 5)):
        for path in (ready.desk / "aside", *ready.desk.glob(".aside.*")):
            path.unlink(missing_ok=True)
        (ready.desk / "store" / "store").write_bytes(before)
        run_in_a_child(words, point)
        old = ready.octets() == before
        seen.add(old)
        held = ready.held(passphrase=PASSPHRASE if old else NEW)
        assert audit.find_fault(held.entries, head=held.mark) is None
        assert bool(held.domain.cards) == old
        if not old:
            assert (ready.desk / "aside").read_bytes() == before
    assert seen == {False, True}


def test_the_second_operators_passphrase_is_another_too(ready):
    ready.does("recover", "cms", *SURE, *WITH_NEW_BOB)
    assert "wrong passphrase of bob" in ready.fails("status", *AS_BOB)
    ready.does("status", "--operator", "bob", "--passphrase-file", "bobs-new")
