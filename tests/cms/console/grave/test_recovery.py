"""The console after a loss: a phone, or the CMS itself."""

from cms import store
from cms.records import CardState
from tests.cms.hands import ALICE, BOBS, at_console, domain, entries

NEW, BOBS_NEW = "yet another passphrase", "bob has a new one"


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
