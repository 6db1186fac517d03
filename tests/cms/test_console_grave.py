"""The console and what cannot be undone: recovery, master secrets, partners, custodians, escrow."""

import pytest

from cms import domain as domains
from cms import masters, partners, store
from cms.records import CardState
from crypto import escrow as file_format
from crypto.fingerprint import fingerprint
from crypto.policy import Mode
from crypto.sealing import Cost
from tests.cms.hands import ALICE, BOBS, NOW, PASSPHRASE, at_console, domain, entries, office

NEW, BOBS_NEW = "yet another passphrase", "bob has a new one"
WORDS = "words for the officer"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An office with one person, who has a card, and a second operator."""
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
    monkeypatch.chdir(tmp_path)
    office(tmp_path / "store", people=((ALICE, "Alice"),))

    async def story(hands):
        await hands.opens("enter", "Alice", "no card")
        await hands.opens("l", "Letter: Alice")
        await hands.writes("first.pdf")
        await hands.writes("first.txt")
        await hands.until("The letter is in first.pdf")
        await hands.opens("6", "Signs with")
        await hands.opens("a", "Add an operator")
        for typed in ("bob", BOBS, BOBS):
            await hands.writes(typed)
        await hands.until("bob may open the store")

    at_console(tmp_path / "store", story)
    return tmp_path / "store"


@pytest.fixture
def pair(folder):
    """The same, who have agreed that what matters most needs two."""

    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("t", "Two-person rule on?")
        await hands.presses("y")
        await hands.until("The two-person rule is on.")

    at_console(folder, story)
    return folder


async def appoints(hands, *, folder="shares", second=False):
    """Put the store into the hands of custodians: 2 of 3."""
    await hands.opens("6", "Signs with")
    await hands.opens("c", "Custodians of the store")
    for typed in ("2", "3", folder, "sv.example"):
        await hands.writes(typed)
    if second:
        await hands.writes("")
        await hands.writes(BOBS)


@pytest.fixture
def custody(pair, tmp_path):
    """The same, in escrow mode: 2 of 3 custodians open the store."""

    async def story(hands):
        await appoints(hands, second=True)
        await hands.until("2 of 3 shares open the store now")
        await hands.opens("g", "call-log: on, off")
        await hands.writes("")
        await hands.writes("escrow")
        await hands.writes("")
        await hands.writes(BOBS)
        await hands.until("mode is escrow")

    at_console(pair, story)
    return pair


def opening_key(*numbers):
    """What opens a store that custodians hold."""
    return {"shares": [(f"share {at}", open(f"shares/share-{at}").read()) for at in numbers]}


# A lost phone


async def loses(hands, *, media="", number=ALICE, second=False):
    await hands.opens("enter", "Alice", "has a card")
    await hands.opens("x", "Recover Alice", "is BLOCKED and every signing key")
    for typed in ("new.pdf", "new.txt", media, number):
        await hands.writes(typed)
    if second:
        await hands.writes("")
        await hands.writes(BOBS)


def test_a_lost_phone_is_recovered_with_a_letter_and_media_for_the_crs(folder, tmp_path):
    async def story(hands):
        await loses(hands, media="media")
        await hands.until("is blocked, 1 of its signing keys are revoked", "crs block +447700900123")

    at_console(folder, story)
    assert [card.state for card in domain(folder).cards] == [CardState.BLOCKED, CardState.ISSUED]
    assert (tmp_path / "new.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "media" / "manifest").exists()
    assert entries(folder)[-1][1] == "cms recover user"


def test_a_phone_is_not_recovered_unless_the_number_is_typed(folder, tmp_path):
    async def story(hands):
        await loses(hands, number="+447700900199")
        await hands.until(f"that is not {ALICE}: nothing was changed")

    at_console(folder, story)
    assert [card.state for card in domain(folder).cards] == [CardState.ISSUED]
    assert not (tmp_path / "new.pdf").exists()


def test_a_recovery_needs_two_where_that_is_agreed(pair):
    async def story(hands):
        await loses(hands)
        await hands.writes("")
        await hands.writes("")
        await hands.until("cms recover user needs two people here")

    at_console(pair, story)
    assert [card.state for card in domain(pair).cards] == [CardState.ISSUED]


def test_both_sign_the_recovery_of_a_phone(pair):
    async def story(hands):
        await loses(hands, second=True)
        await hands.until("is blocked")

    at_console(pair, story)
    assert entries(pair)[-1][:2] == ("ann, bob", "cms recover user")


# A compromised CMS


async def ends_all(hands, *, kept="old-store", name="sv.example", words=(NEW,)):
    await hands.opens("7", "2026-11 on")
    await hands.opens("r", "This ends every key of sv.example")
    await hands.writes(kept)
    await hands.writes("")
    for typed in ("the safe was open", "letters", "codes.txt"):
        await hands.writes(typed)
    for one in words:
        await hands.writes(one)
        await hands.writes(one)
    await hands.writes(name)


def test_a_compromised_cms_gets_new_keys_and_the_console_closes_and_says_what_to_do(folder, tmp_path):
    before = domain(folder)

    async def story(hands):
        await ends_all(hands)
        await hands.until_closed()

    said = at_console(folder, story)
    assert "sv.example has new keys" in said
    assert "crs recover --media DIR" in said
    assert (tmp_path / "old-store").stat().st_size > 0
    assert (tmp_path / "letters" / f"{ALICE}.pdf").exists()
    with store.open_store(folder, NEW, operator="ann") as held:
        assert held.domain.domain_key != before.domain_key
        assert held.entries[-1].details == "operator removed: bob"
        assert held.log_fault() is None


def test_a_cms_is_not_recovered_unless_the_domains_name_is_typed(folder, tmp_path):
    before = (folder / "store").read_bytes()

    async def story(hands):
        await ends_all(hands, name="sv.exampel")
        await hands.until("that is not sv.example: nothing was changed")

    at_console(folder, story)
    assert (folder / "store").read_bytes() == before
    assert not (tmp_path / "old-store").exists()


def test_a_cms_is_not_recovered_unless_it_is_said_what_becomes_of_the_old_store(folder):
    before = (folder / "store").read_bytes()

    async def story(hands):
        await ends_all(hands, kept="")
        await hands.until("say what becomes of the old store")

    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_two_who_recover_a_cms_both_take_new_passphrases(pair):
    async def story(hands):
        await ends_all(hands, words=(NEW, BOBS_NEW))
        await hands.writes("")
        await hands.writes(BOBS)
        await hands.until_closed()

    at_console(pair, story)
    with store.open_store(pair, NEW, operator="ann", second=("bob", BOBS_NEW)) as held:
        assert [slot.name for slot in held.head.slots] == ["ann", "bob"]
        assert held.log_fault() is None


# Master secrets


def test_new_master_secrets_serve_from_a_month_on(folder):
    async def story(hands):
        await hands.opens("7", "2026-11 on", fingerprint(hands.held.domain.domain_key))
        await hands.opens("n", "New master secrets")
        await hands.writes("2026-12")
        await hands.until("New master secrets serve from 2026-12 on", "2026-11 to 2026-11")

    at_console(folder, story)
    assert [one.first for one in domain(folder).generations] == ["2026-11", "2026-12"]


def test_master_secrets_that_still_serve_are_not_destroyed(folder):
    async def story(hands):
        await hands.opens("7", "2026-11 on")
        await hands.opens("d", "Destroy master secrets")
        await hands.writes("2026-11")
        await hands.writes("sv.example")
        await hands.until("no master secrets serve only months before 2026-11")

    at_console(folder, story)
    assert not any(one.destroyed for one in domain(folder).generations)


async def destroys(hands, *, name):
    await hands.opens("7", "2026-10 to 2026-10")
    await hands.opens("d", "Destroy master secrets")
    await hands.writes("2026-11")
    await hands.writes(name)


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A store with master secrets of October, and others since."""
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))
    october = NOW - 35 * 86_400
    made = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=october)
    made = masters.rotate(made, "2026-11", now=october)
    with store.create(tmp_path / "store", PASSPHRASE, made, operator="ann", clock=lambda: october):
        pass
    return tmp_path / "store"


def test_master_secrets_whose_months_are_over_are_destroyed(older):
    async def story(hands):
        await destroys(hands, name="sv.example")
        await hands.until("are destroyed: no key of these months is made again")

    at_console(older, story)
    assert [bool(one.destroyed) for one in domain(older).generations] == [True, False]


def test_what_the_policy_still_keeps_is_not_destroyed_as_due(older):
    async def story(hands):
        await hands.opens("7", "2026-10 to 2026-10")
        await hands.opens("d", "Destroy master secrets")
        await hands.writes("")
        await hands.writes("sv.example")
        await hands.until("the policy still wants all master secrets")

    at_console(older, story)
    assert not any(one.destroyed for one in domain(older).generations)


def test_no_master_secrets_are_destroyed_unless_the_domains_name_is_typed(older):
    async def story(hands):
        await destroys(hands, name="example")
        await hands.until("that is not sv.example: nothing was changed")

    at_console(older, story)
    assert not any(one.destroyed for one in domain(older).generations)


# Partners


def theirs(path="partner.kms"):
    """A partner's certificate in a file; return its check code."""
    away = domains.create("partner.example", organisation="Partner", crs="crs.partner.example:5061", now=NOW)
    away = domains.add_user(away, tel="+493012345601", name="Karl", now=NOW)
    after, octets = partners.own_file(away, prefixes=["+493012345"], now=NOW)
    with open(path, "wb") as file:
        file.write(octets)
    return fingerprint(after.domain_key)


async def befriends(hands, check):
    await hands.opens("8", "none: i imports")
    await hands.opens("i", "Read a partner's certificate")
    await hands.writes("partner.kms")
    await hands.writes("")
    await hands.until("partner.example as a partner", "+493012345…", "Call them on a number that you know")
    await hands.writes(check)


def test_a_partner_is_taken_by_the_check_code_that_they_read_aloud(folder):
    async def story(hands):
        code = theirs()
        await befriends(hands, code)
        await hands.until("partner.example is a partner.")
        await hands.opens("enter", "Check code", code)

    at_console(folder, story)
    assert [one.name for one in domain(folder).partners] == ["partner.example"]


def test_the_check_code_is_not_on_the_screen_before_it_was_heard(folder):
    async def story(hands):
        code = theirs()
        await hands.opens("8", "none: i imports")
        await hands.opens("i", "Read a partner's certificate")
        await hands.writes("partner.kms")
        await hands.writes("")
        await hands.until("Call them on a number")
        assert code not in hands.screen
        assert code[:9] not in hands.screen

    at_console(folder, story)


def test_a_wrong_check_code_makes_nobody_a_partner(folder):
    async def story(hands):
        theirs()
        await befriends(hands, "0000 0000 0000 0000 0000 0000 0000 0000")
        await hands.until("that is not the check code of this file")

    at_console(folder, story)
    assert domain(folder).partners == ()


def test_a_partner_is_taken_by_two_where_that_is_agreed(pair):
    async def story(hands):
        code = theirs()
        await befriends(hands, code)
        await hands.writes("")
        await hands.writes("")
        await hands.until("cms partner import needs two people here")
        await hands.writes("")
        await hands.writes("")
        await hands.writes(BOBS)
        await hands.until("partner.example is a partner.")

    at_console(pair, story)
    assert entries(pair)[-1][:2] == ("ann, bob", "cms partner import")


def test_a_partner_is_removed_when_its_name_is_typed(folder):
    async def story(hands):
        await befriends(hands, theirs())
        await hands.until("partner.example is a partner.")
        await hands.opens("d", "Remove partner.example?")
        await hands.writes("partner")
        await hands.until("that is not partner.example: nothing was changed")
        await hands.presses("home", *["delete"] * len("partner"))
        await hands.writes("partner.example")
        await hands.until("partner.example is no partner any more")

    at_console(folder, story)
    assert domain(folder).partners == ()


def test_our_certificate_is_written_with_the_check_code_to_read_to_them(folder, tmp_path):
    async def story(hands):
        await hands.opens("8", "none: i imports")
        await hands.opens("x", "Our certificate")
        await hands.writes("ours.kms")
        await hands.presses("home", "delete")
        await hands.writes("+4477009001")
        await hands.until("Certificate 1 is in ours.kms", fingerprint(hands.held.domain.domain_key))

    at_console(folder, story)
    assert (tmp_path / "ours.kms").exists()


# Custodians


def test_shares_go_to_files_and_then_open_the_store(folder, tmp_path):
    async def story(hands):
        await appoints(hands)
        await hands.until("2 of 3 shares open the store now")

    at_console(folder, story)
    assert sorted(path.name for path in (tmp_path / "shares").iterdir()) == ["share-1", "share-2", "share-3"]
    with store.open_store(folder, PASSPHRASE, operator="ann", **opening_key(1, 3)) as held:
        assert held.head.custody.threshold == 2


def test_shares_are_shown_one_by_one_and_then_open_the_store(folder):
    seen = []

    async def story(hands):
        await appoints(hands, folder="")
        for at in (1, 2, 3):
            await hands.until(f"Share {at} of 3", " 1 ", "33 ")
            seen.append(share_on(hands.screen))
            await hands.presses("enter")
        await hands.until("Does every custodian have their 33 words?")
        await hands.presses("y")
        await hands.until("2 of 3 shares open the store now")

    at_console(folder, story)
    typed = [(f"share {at}", words) for at, words in enumerate(seen, 1)]
    with store.open_store(folder, PASSPHRASE, operator="ann", shares=typed[:2]) as held:
        assert held.sound


def share_on(screen):
    """The words of a share that the screen shows."""
    words = " ".join(screen.replace("┃", " ").split("eyes only")[1].split("Enter")[0].split()).split()
    return " ".join(words[1::2])


@pytest.mark.parametrize("leaving", ["escape", "time"])
def test_a_share_that_nobody_wrote_down_changes_nothing(folder, leaving):
    async def story(hands):
        await appoints(hands, folder="")
        await hands.until("Share 1 of 3")
        if leaving == "time":
            hands.clock.seconds += 601
        else:
            await hands.presses("enter", "escape")
        await hands.until("nothing was changed: destroy what was written down")

    before = (folder / "store").read_bytes()
    at_console(folder, story)
    assert (folder / "store").read_bytes() == before


def test_custodians_are_not_appointed_unless_the_domains_name_is_typed(folder, tmp_path):
    async def story(hands):
        await hands.opens("6", "Signs with")
        await hands.opens("c", "Custodians of the store")
        for typed in ("2", "3", "shares", "example"):
            await hands.writes(typed)
        await hands.until("that is not sv.example: nothing was changed")

    at_console(folder, story)
    assert not (tmp_path / "shares").exists()


@pytest.mark.parametrize(("share", "said"), [("share-2", "no custodians"), ("share-1", "is the same share")])
def test_custodians_are_dismissed_by_their_shares_only(folder, share, said):
    async def story(hands):
        await appoints(hands)
        await hands.until("2 of 3 shares open the store now")
        await hands.opens("c", "Custodians of the store", "Share 2 of 2")
        for typed in ("", "", ""):
            await hands.writes(typed)
        await hands.presses("space", "enter")
        for typed in ("shares/share-1", f"shares/{share}", "sv.example"):
            await hands.writes(typed)
        await hands.until(said)

    at_console(folder, story)


# Escrow


async def opens_case(hands, *, second=("shares/share-1", "shares/share-3"), by=BOBS, officer=""):
    words = ("", "") if officer else (WORDS, WORDS)
    await hands.opens("9", "none ever")
    await hands.opens("o", "Open calls for a case")
    for typed in ("42", ALICE, "2026-11", "case.escrow", officer, *words, *second):
        await hands.writes(typed)
    await hands.writes("")
    await hands.writes(by)


def test_a_case_is_opened_by_custodians_and_two_operators(custody, tmp_path):
    async def story(hands):
        await opens_case(hands)
        await hands.until("case.escrow opens the calls to +447700900123 in 2026-11, for case 42")
        await hands.presses("enter")
        await hands.until("42", ALICE, "2026-11")

    at_console(custody, story, key=opening_key(1, 2))
    read = file_format.read((tmp_path / "case.escrow").read_bytes())
    opened, _ = read.open(passphrase=WORDS)
    assert (opened.tel, opened.month, opened.case) == (ALICE, "2026-11", "42")


def test_an_opening_is_in_the_log_by_both(custody):
    async def story(hands):
        await opens_case(hands)
        await hands.until("for case 42")
        last = hands.held.entries[-1]
        assert (last.who, last.action) == ("ann, bob", "cms escrow open")

    at_console(custody, story, key=opening_key(1, 2))


@pytest.mark.parametrize(
    ("second", "by", "said"),
    [
        (("shares/share-1", "shares/share-1"), BOBS, "is the same share as share 1"),
        (("shares/share-1", ""), BOBS, "is not a share as it was written"),
        (("shares/share-1", "shares/share-3"), "", "needs two people here"),
        (("shares/share-1", "shares/share-3"), "not bob's words", "wrong passphrase of bob"),
    ],
)
def test_without_all_who_are_needed_no_case_is_opened(custody, tmp_path, second, by, said):
    async def story(hands):
        await opens_case(hands, second=second, by=by)
        await hands.until(said)
        assert hands.held.domain.openings == ()

    at_console(custody, story, key=opening_key(1, 2))
    assert not (tmp_path / "case.escrow").exists()


def test_a_domain_that_has_not_agreed_on_escrow_opens_nothing(folder):
    async def story(hands):
        await hands.opens("9", "none ever")
        await hands.opens("o", "this domain is compatible, and its phones say so: nothing is opened")

    at_console(folder, story)
    assert domain(folder).policy.mode is Mode.COMPATIBLE


# The CRS's TLS key


def test_the_crs_gets_a_new_tls_key_with_the_next_export(folder):
    before = domain(folder).secrets.crs_tls

    async def story(hands):
        await hands.opens("7", "2026-11 on")
        await hands.opens("t", "A new TLS key for the CRS?")
        await hands.presses("y")
        await hands.until("The CRS has a new TLS key with the next export")

    at_console(folder, story)
    assert domain(folder).secrets.crs_tls != before
