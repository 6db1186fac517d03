"""Escrow: opened by custodians and two people for a case, logged, in the list that every phone sees."""

import pytest

from crypto import escrow, fields, identifier, issuance, sakke, sealing
from crypto.errors import PackageError
from crypto.secret import Secret
from tests.cms.desk import ALICE, BOB
from tests.cms.test_custody import WITH_BOB, share_options

WORDS = "words for the officer"
TWO = (*share_options(1, 2), *WITH_BOB)
FILE = "case.escrow"


def this_month(office):
    return office.held(shares=shares(office)).domain.cards[0].month


def shares(office):
    return [(f"share {at}", (office.desk / f"shares/share-{at}").read_text()) for at in (1, 2)]


@pytest.fixture
def office(pair):
    """Escrow mode; Alice has keys of this month."""
    (pair.desk / "words").write_text(WORDS + "\n")
    pair.does("user", "card", "--tel", ALICE, "-o", "a.png")
    pair.does("policy", "set", "two-person", "on")
    pair.does("custodians", "--threshold", "2", "--shares", "3", "--to", "shares", *WITH_BOB)
    pair.does("policy", "set", "mode", "escrow", *TWO)
    return pair


def opening(office, *more, case="42", tel=ALICE, month=None, who=TWO):
    return (
        "escrow", "open", "--case", case, "--identity", tel, "--month", month or this_month(office),
        "-o", FILE, *(more or ("--file-passphrase-file", "words")), *who,
    )  # fmt: skip


def leaves(office):
    """The issuance list of this month, as the next export has it."""
    office.does("export", "media", *TWO)
    held = office.held(shares=shares(office)).domain
    month = fields.month_of(held.exported)
    return issuance.open((office.desk / f"media/issuance-{month}").read_bytes(), held.domain_key)[1]


def test_the_file_holds_that_months_key_of_that_number_and_nothing_else(office):
    month = this_month(office)
    office.does(*opening(office))
    read = escrow.read((office.desk / FILE).read_bytes())
    opened, rsk = read.open(passphrase=WORDS)
    assert (opened.tel, opened.month, opened.case) == (ALICE, month, "42")
    sakke.validate_rsk(
        rsk.expose(),
        identifier=identifier.monthly(ALICE, fields.month_moment(month)),
        kms_public_key=read.domain.kms(month).sakke_public_key,
    )
    held = office.held(shares=shares(office)).domain
    masters = held.generations[0]
    for secret in (masters.sakke, masters.eccsi, held.secrets.domain):
        assert secret.expose() not in (office.desk / FILE).read_bytes()


def test_the_log_says_who_opened_what_and_both_have_signed(office):
    office.does(*opening(office))
    last = office.entries(shares=shares(office))[-1]
    assert (last.action, last.operator, last.second) == ("cms escrow open", "operator", "bob")
    assert f"case 42: calls to {ALICE} in {this_month(office)} opened" in last.details
    assert "The log is whole" in office.does("audit", "verify", *TWO)


def test_every_phone_sees_that_an_opening_was_made_and_not_whose(office):
    before = leaves(office)
    assert escrow.openings(before) == 0
    office.does(*opening(office))
    (office.desk / "media").rename(office.desk / "media-1")
    after = leaves(office)
    assert after[: len(before)] == before
    assert escrow.openings(after) == 1
    opened, _ = escrow.read((office.desk / FILE).read_bytes()).open(passphrase=WORDS)
    assert after[-1] == opened.leaf
    for nonce in (bytes(32), opened.nonce[::-1]):
        guess = escrow.Opening("sv.example", ALICE, opened.month, "42", opened.opened, nonce)
        assert guess.leaf != opened.leaf


def test_two_openings_of_one_month_are_two_leaves(office):
    for case in ("42", "43"):
        office.does(*opening(office, case=case))
        (office.desk / FILE).unlink()
    assert escrow.openings(leaves(office)) == 2


def test_a_file_for_an_officers_key_opens_with_it_alone(office):
    key = sealing.transport_key(Secret(bytes(32)))
    said = office.does(*opening(office, "--to-key", sealing.transport_public(key).hex()))
    assert "officer's key" in said
    read = escrow.read((office.desk / FILE).read_bytes())
    assert read.open(key=key)[0].case == "42"
    with pytest.raises(PackageError):
        read.open(passphrase=WORDS)
    with pytest.raises(PackageError):
        read.open(key=sealing.transport_key(Secret(bytes(31) + b"\1")))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ((*share_options(1), *WITH_BOB), "2 of 3 shares open this store, 1 came"),
        (WITH_BOB, "2 of 3 shares open this store, 0 came"),
        ((*share_options(1), *share_options(1), *WITH_BOB), "the same share"),
        (share_options(1, 2), "needs two people"),
    ],
)
def test_one_share_fewer_or_one_person_opens_nothing(office, who, said):
    assert said in office.fails(*opening(office, who=who))
    assert not (office.desk / FILE).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tel": BOB}, "never had keys"),
        ({"month": "2001-01"}, "never had keys for '2001-01'"),
        ({"month": "next"}, "never had keys"),
        ({"case": " "}, "printable"),
        ({"case": "x" * 65}, "printable"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_nothing_changed(office, change, said):
    assert said in office.fails(*opening(office, **change))
    assert not (office.desk / FILE).exists()


def test_nothing_is_opened_in_advance(office):
    held = office.held(shares=shares(office)).domain
    month = fields.month_from_int(fields.month_to_int(held.cards[0].month) + 1)
    office.does("month", "export", month, "--media", "next", *TWO)
    assert "has not begun" in office.fails(*opening(office, month=month))


@pytest.mark.parametrize("key", ["abc", "00" * 31, "zz" * 32])
def test_a_key_that_is_none_is_refused(office, key):
    assert "64 hexadecimal digits" in office.fails(*opening(office, "--to-key", key))


def test_a_weak_passphrase_is_refused(office):
    (office.desk / "words").write_text("short\n")
    assert "12 or more" in office.fails(*opening(office))


@pytest.mark.parametrize("mode", ["compatible", "forward-secret"])
def test_outside_escrow_mode_nothing_is_opened_and_the_words_say_why(office, mode):
    office.does("policy", "set", "rotate", "monthly", *TWO)
    office.does("policy", "set", "mode", mode, *TWO)
    said = office.fails(*opening(office))
    assert f"this domain is {mode}, and its phones say so" in said


def test_no_changed_file_opens(office):
    office.does(*opening(office))
    octets = (office.desk / FILE).read_bytes()
    for at in range(0, len(octets), 97):
        changed = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        with pytest.raises(PackageError):
            escrow.read(changed)
    for end in (0, 1, 64, len(octets) - 1):
        with pytest.raises(PackageError):
            escrow.read(octets[:end])
    with pytest.raises(PackageError) as refused:
        escrow.read(octets).open(passphrase="other words entirely")
    assert refused.value.code == "E10"
