"""Who opens the store: operators, two of them, or custodians with their shares."""

import itertools
import re
import shutil

import pytest
from shamir_mnemonic import Share, generate_mnemonics

from cms import shares, slots, store, store_file
from cms.errors import OperatorMistake
from crypto.secret import Secret
from tests.cms.desk import ALICE, BOB, BOBS, PASSPHRASE
from tests.cms.plain import plain
from tests.cms.test_terminal import on_a_terminal

AS_BOB = ("--operator", "bob", "--passphrase-file", "bobs")
WITH_BOB = ("--second", "bob", "--second-passphrase-file", "bobs")


def share_options(*numbers, folder="shares"):
    return [word for number in numbers for word in ("--share", f"{folder}/share-{number}")]


def test_a_second_operator_opens_the_same_store_and_signs_with_their_own_key(pair):
    pair.does("user", "add", "--tel", BOB, "--name", "Bob", *AS_BOB)
    assert [entry.operator for entry in pair.entries()] == ["operator", "operator", "operator", "bob"]
    mine, bobs = pair.held().head.slots
    assert mine.signing_key != bobs.signing_key
    assert "bob" in pair.does("operator", "list", *AS_BOB)


def test_nobodys_passphrase_opens_anothers_slot(pair):
    assert "wrong passphrase of bob" in pair.fails("status", "--operator", "bob")
    assert "wrong passphrase of operator" in pair.fails("status", "--passphrase-file", "bobs")
    said = pair.fails("status", "--operator", "eve")
    assert "no operator 'eve'" in said
    assert "operator, bob" in said


def test_a_removed_operator_opens_neither_the_store_nor_the_generation_before(pair):
    pair.does("operator", "remove", "bob")
    assert "no operator 'bob'" in pair.fails("status", *AS_BOB)
    assert not (pair.desk / "store" / "store.previous").exists()
    pair.does("audit", "verify")
    pair.does("user", "add", "--tel", BOB, "--name", "Bob")
    assert (pair.desk / "store" / "store.previous").exists()
    assert "no operator" in pair.fails("operator", "remove", "bob")


def test_a_removed_operator_who_kept_the_old_key_opens_nothing_new(pair):
    old = pair.held(operator="bob", passphrase=BOBS).data_key
    pair.does("operator", "remove", "bob")
    assert pair.held().data_key != old


def test_a_changed_passphrase_opens_and_the_old_one_no_longer(pair):
    (pair.desk / "new").write_text("a new one for bob\n")
    (pair.desk / "short").write_text("short")
    assert "12 or more" in pair.fails("operator", "passphrase", "--new-passphrase-file", "short", *AS_BOB)
    old = pair.held().data_key
    pair.does("operator", "passphrase", "--new-passphrase-file", "new", *AS_BOB)
    assert "wrong passphrase of bob" in pair.fails("status", *AS_BOB)
    pair.does("user", "list", "--operator", "bob", "--passphrase-file", "new")
    assert pair.held().data_key != old
    assert not (pair.desk / "store" / "store.previous").exists()
    pair.does("audit", "verify")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("operator", "add", "bob", "--new-passphrase-file", "bobs"), "already"),
        (("operator", "add", "", "--new-passphrase-file", "bobs"), "name of an operator"),
        (("operator", "add", "x" * 41, "--new-passphrase-file", "bobs"), "name of an operator"),
        (("operator", "add", "carol", "--new-passphrase-file", "short"), "12 or more"),
        (("operator", "remove", "eve"), "no operator 'eve'"),
        (("custodians", "--threshold", "1", "--shares", "3"), "at least 2"),
        (("custodians", "--threshold", "4", "--shares", "3"), "at least 2"),
        (("custodians", "--threshold", "2", "--shares", "17"), "at most 16"),
        (("custodians",), "--threshold K"),
        (("custodians", "--none", "--threshold", "2", "--shares", "3"), "--threshold K"),
        (("custodians", "--threshold", "2", "--shares", "3"), "shown on a terminal"),
        (("custodians", "--threshold", "2", "--shares", "3", "--to", "nowhere/at/all"), "cannot be made"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(pair, words, said):
    (pair.desk / "short").write_text("short")
    assert said in pair.fails(*words)
    assert len(pair.entries()) == 3


def test_the_last_operator_stays(bureau):
    assert "must stay" in bureau.fails("operator", "remove", "operator")


GRAVE = [
    ("export", "media"),
    ("month", "export", "2001-01", "--media", "media"),
    ("custodians", "--threshold", "2", "--shares", "3", "--to", "shares"),
    ("operator", "remove", "bob"),
    ("operator", "add", "carol", "--new-passphrase-file", "bobs"),
    ("policy", "set", "two-person", "off"),
]


@pytest.mark.parametrize("words", GRAVE)
def test_one_operator_alone_is_refused_with_what_to_do(pair, words):
    pair.does("policy", "set", "two-person", "on")
    said = pair.fails(*words)
    assert "needs two people" in said
    assert "--second NAME (bob)" in said
    assert not (pair.desk / "media").exists()
    assert not (pair.desk / "shares").exists()


def test_both_sign_what_two_have_done(pair):
    pair.does("policy", "set", "two-person", "on")
    pair.does("export", "media", *WITH_BOB)
    last = pair.entries()[-1]
    assert (last.action, last.operator, last.second) == ("cms export", "operator", "bob")
    assert len(last.signature) == len(last.second_signature) == 64
    pair.does("audit", "verify")
    assert "operator, bob" in pair.does("audit", "show", "--last", "1")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (("--second", "operator", "--second-passphrase-file", "passphrase"), "one person"),
        (("--second", "bob", "--second-passphrase-file", "passphrase"), "wrong passphrase of bob"),
        (("--second", "eve", "--second-passphrase-file", "bobs"), "no operator 'eve'"),
        (("--second", "bob"), "--second-passphrase-file"),
    ],
)
def test_a_second_who_is_not_another_operator_does_not_count(pair, second, said):
    pair.does("policy", "set", "two-person", "on")
    assert said in pair.fails("export", "media", *second)
    assert not (pair.desk / "media").exists()


def test_lighter_commands_need_one_operator_only(pair):
    pair.does("policy", "set", "two-person", "on")
    pair.does("user", "add", "--tel", BOB, "--name", "Bob")
    assert "two-person on" in pair.does("policy", "show")


def test_two_persons_cannot_be_agreed_on_by_one_and_two_stay(pair):
    pair.does("policy", "set", "two-person", "on")
    assert "2 operators must stay" in pair.fails("operator", "remove", "bob", *WITH_BOB)
    pair.does("policy", "set", "two-person", "off", *WITH_BOB)
    pair.does("operator", "remove", "bob")
    assert "one operator only" in pair.fails("policy", "set", "two-person", "on")


@pytest.fixture
def vault(pair):
    """A store that opens with two of three shares, and with no passphrase alone."""
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares")
    return pair


def test_every_set_of_enough_shares_opens_the_store_and_no_smaller_one(vault):
    before = vault.octets()
    for size in range(4):
        for numbers in itertools.combinations((1, 2, 3), size):
            status, _, error = vault.types("status", *share_options(*numbers))
            assert (status == 0) == (size >= 2), (numbers, error)
            if size < 2:
                assert "2 of 3 shares open this store" in " ".join(error.split())
    assert vault.octets() == before


def test_every_subset_of_a_larger_split_below_the_threshold_opens_nothing():
    key = Secret(bytes(range(32)))
    words = shares.split(key, threshold=3, shares=5)
    known = [shares.fingerprint(share) for share in words]
    for size in range(6):
        for chosen in itertools.combinations(range(5), size):
            typed = [(f"share {at}", words[at]) for at in chosen]
            if size >= 3:
                assert shares.join(typed, known=known, threshold=3) == key
            else:
                with pytest.raises(OperatorMistake, match="3 of 5 shares"):
                    shares.join(typed, known=known, threshold=3)


def test_shares_without_an_operators_passphrase_open_nothing(vault):
    (vault.desk / "guess").write_text("not the passphrase")
    options = share_options(1, 2)
    assert "wrong passphrase" in vault.fails("status", "--passphrase-file", "guess", *options)


def test_either_operator_works_with_the_shares_and_signs(vault):
    vault.does("user", "add", "--tel", BOB, "--name", "Bob", *AS_BOB, *share_options(3, 1))
    vault.does("operator", "remove", "bob", *share_options(2, 1))
    assert "2 of 3 shares" in vault.does("operator", "list", *share_options(2, 3))


def test_no_slot_holds_the_key_while_custodians_do(vault):
    head = store.head_of(vault.desk / "store")
    assert [slot.data_key for slot in head.slots] == [b"", b""]
    assert not (vault.desk / "store" / "store.previous").exists()


def test_an_operator_added_under_custody_opens_with_shares_only(vault):
    vault.does("operator", "add", "carol", "--new-passphrase-file", "bobs", *share_options(1, 2))
    as_carol = ("--operator", "carol", "--passphrase-file", "bobs")
    assert "2 of 3" in vault.fails("status", *as_carol)
    vault.does("status", *as_carol, *share_options(1, 2))


def typed(path, words):
    path.write_text(words + "\n")
    return ["--share", str(path)]


def test_a_mistyped_share_is_named_and_not_shown(vault):
    words = (vault.desk / "shares" / "share-2").read_text().split()
    for wrong, said in (
        ([*words[:9], words[10], words[9], *words[11:]], "share two is not a share as it was written"),
        ([*words[:5], "telephone", *words[6:]], "a word is wrong"),
        (words[:-1], "32 words, not 33"),
        ([], "0 words"),
        (["x"] * 900, "share two is not a share"),
    ):
        got = vault.fails("status", *share_options(1), *typed(vault.desk / "two", " ".join(wrong)))
        assert said in got
        assert not any(" ".join(words[at : at + 2]) in got for at in range(32))


def test_a_foreign_share_an_old_one_and_the_same_twice_are_named(vault):
    [foreign] = generate_mnemonics(1, [(2, 3)], bytes(32), iteration_exponent=0)
    said = vault.fails("status", *share_options(1), *typed(vault.desk / "foreign", foreign[1]))
    assert "share foreign is a share of another store" in said
    assert "same share as" in vault.fails("status", *share_options(1, 1))
    vault.does("custodians", "--threshold", "2", "--shares", "2", "--to", "new", *share_options(1, 3))
    assert "share-1 is a share of another store or of earlier" in vault.fails("status", *share_options(1, 2))
    vault.does("status", *share_options(1, 2, folder="new"))


def test_a_forged_share_with_a_right_checksum_is_named(vault):
    words = (vault.desk / "shares" / "share-2").read_text().strip()
    share = Share.from_mnemonic(words)
    forged = Share(**{**plain_share(share), "value": bytes(32)}).mnemonic()
    said = vault.fails("status", *share_options(1), *typed(vault.desk / "forged", forged))
    assert "share forged is a share of another store" in said


def plain_share(share):
    return {name: getattr(share, name) for name in share.__dataclass_fields__}


def test_case_and_line_breaks_in_a_share_do_not_matter(vault):
    words = (vault.desk / "shares" / "share-2").read_text().upper().split()
    vault.does("status", *share_options(1), *typed(vault.desk / "two", "\n".join(words)))


def test_without_custodians_the_passphrase_opens_it_again(vault):
    domain = plain(vault.held(shares=read_shares(vault, 1, 2)).domain)
    vault.does("custodians", "--none", *share_options(2, 3))
    assert plain(vault.held().domain) == domain
    vault.does("status", *AS_BOB)
    vault.does("audit", "verify")


def read_shares(vault, *numbers):
    return [(str(n), (vault.desk / "shares" / f"share-{n}").read_text()) for n in numbers]


def test_a_share_folder_that_is_taken_changes_nothing(pair):
    (pair.desk / "shares").mkdir()
    (pair.desk / "shares" / "share-1").write_text("somebody's")
    said = pair.fails("custodians", "--threshold", "2", "--shares", "3", "--to", "shares")
    assert "not empty" in said


def test_the_shares_are_for_their_custodians_eyes_only(vault):
    for path in (vault.desk / "shares").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_a_head_with_another_operators_slot_put_in_does_not_open(pair):
    """Whoever may write the disk cannot let themselves in, nor swap the keys of those who may."""
    octets = pair.octets()
    head, start = store_file.parse(octets, "")
    swapped = slots.Head(head.store_id, head.generation, head.salt, head.slots[::-1], head.custody)
    forged = store_file.seal(swapped, Secret(bytes(32)), b"")[:-16] + octets[start:]
    (pair.desk / "store" / "store").write_bytes(forged)
    assert "was changed" in pair.fails("status")


def test_the_slot_of_another_store_does_not_open_with_the_same_passphrase(pair):
    shutil.copytree(pair.desk / "store", pair.desk / "kept")
    other = slots.new_operator(
        "operator", PASSPHRASE, store_id=bytes(16), data_key=Secret(bytes(32)), now=1, cost=store.COST
    )[0]
    head = store.head_of(pair.desk / "store")
    moved = slots.Head(head.store_id, head.generation, head.salt, (other,), None)
    with pytest.raises(OperatorMistake, match="wrong passphrase"):
        slots.log_in(moved, "operator", PASSPHRASE)


def test_a_card_is_not_lost_between_operators(pair):
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png", *AS_BOB)
    assert pair.entries()[-1].details.startswith("card added: ")


def test_shares_are_shown_one_at_a_time_and_typed_to_open(pair):
    prompts = [
        ("Passphrase of the store", PASSPHRASE + "\n"),
        *((f"Share {at} of 2, for its custodian", "\n") for at in (1, 2)),
        ("have their 33 words", "y\n"),
    ]
    words = ["custodians", "--threshold", "2", "--shares", "2"]
    status, shown = on_a_terminal(words, prompts, pair.desk, columns=100, lines=40)
    assert status == 0, shown
    screens = shown.split("\x1b[?1049h")[1:]
    assert len(screens) == 2
    typed_in = []
    for screen in screens:
        inside = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.partition("\x1b[?1049l")[0])
        numbered = dict(re.findall(r"(\d+) ([a-z]+)", inside.partition("\n")[2]))
        typed_in.append(" ".join(numbered[str(at)] for at in range(1, 34)))
    assert "wrong" not in shown
    prompts = [("Passphrase of the store", PASSPHRASE + "\n")]
    prompts += [(f"Share {at} of 2", share + "\n") for at, share in enumerate(typed_in, 1)]
    status, shown = on_a_terminal(["status"], prompts, pair.desk)
    assert status == 0, shown
    for share in typed_in:
        words = share.split()
        assert not any(" ".join(words[at : at + 2]) in shown for at in range(32)), "typed unseen"


def test_custodians_who_have_not_written_it_down_change_nothing(pair):
    prompts = [
        ("Passphrase of the store", PASSPHRASE + "\n"),
        *((f"Share {at} of 2, for its custodian", "\n") for at in (1, 2)),
        ("have their 33 words", "n\n"),
    ]
    before = pair.octets()
    words = ["custodians", "--threshold", "2", "--shares", "2"]
    status, shown = on_a_terminal(words, prompts, pair.desk, columns=100, lines=40)
    assert (status, "nothing was changed" in shown) == (1, True)
    assert pair.octets() == before


def test_a_second_operator_is_asked_for_their_passphrase(pair):
    pair.does("policy", "set", "two-person", "on")
    prompts = [("Passphrase of the store", PASSPHRASE + "\n"), ("Passphrase of bob", BOBS + "\n")]
    status, shown = on_a_terminal(["export", str(pair.desk / "media"), "--second", "bob"], prompts, pair.desk)
    assert status == 0, shown
    assert BOBS not in shown
    assert pair.entries()[-1].second == "bob"
