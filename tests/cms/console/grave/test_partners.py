"""The console and partners: taken by what was read aloud, and removed by name."""

from cms import domain as domains
from cms import partners
from crypto.fingerprint import fingerprint
from tests.cms.hands import BOBS, NOW, at_console, domain, entries


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
