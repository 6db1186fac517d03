"""Partners: believed after a telephone call, renewed by their own key, and never about numbers of others."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cms import domain as domains
from cms import escrow, masters, media, month, partners, people
from cms.errors import OperatorMistake
from cms.people_file import BadLines, Line
from crypto import bulletin, crs_media, partner_file, revocation
from crypto.domain import partner_of
from crypto.policy import DomainPolicy, Rotation
from tests.cms.plain import kept, plain

NOW = int(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp())
ALICE, KARL = "+441632960001", "+493012345601"


def domain_named(name, tel, **policy):
    made = domains.create(name, organisation=f"Office of {name}", crs=f"crs.{name}:5061", now=NOW)
    made = replace(made, policy=DomainPolicy(**policy))
    made = domains.add_user(made, tel=tel, name="Somebody", now=NOW)
    return domains.issue_card(made, tel=tel, now=NOW)[0]


@pytest.fixture(scope="module")
def home():
    return domain_named("sv.example", ALICE)


@pytest.fixture(scope="module")
def away():
    return domain_named("partner.example", KARL)


def certificate(domain, *prefixes, now=NOW):
    """A domain after it, and its certificate."""
    return partners.own_file(domain, prefixes=prefixes, now=now)


@pytest.fixture(scope="module")
def theirs(away):
    return certificate(away, "+493012345")[1]


def code_of(octets):
    return partner_file.parse(octets).check_code


def taken(domain, octets, *, check="", replacing=False, now=NOW):
    asked = partners.ask(domain, octets, now=now, replacing=replacing)
    return partners.take(domain, asked, check=check, now=now)


@pytest.fixture(scope="module")
def befriended(home, theirs):
    return taken(home, theirs, check=code_of(theirs))


def refusal(act):
    with pytest.raises(OperatorMistake) as refused:
        act()
    return str(refused.value)


def test_a_certificate_says_what_a_partner_needs_and_nothing_secret(away, theirs):
    read = partner_file.parse(theirs)
    assert (read.partner.name, read.partner.crs, read.partner.prefixes) == (
        "partner.example",
        "crs.partner.example:5061",
        ("+493012345",),
    )
    assert read.partner.domain.kms("2026-11") == away.certificate.kms("2026-11")
    assert (read.number, read.issued, read.partner.domain.until) == (1, NOW, "")
    old = away.generations[0]
    for secret in (old.sakke, old.eccsi, away.secrets.domain, away.secrets.crs_tls):
        assert secret.expose().lstrip(b"\0")[:16] not in theirs


def test_prefixes_are_remembered_and_certificates_are_numbered(away):
    first, _ = certificate(away, "+493012345")
    second, octets = certificate(first)
    assert partner_file.parse(octets).partner.prefixes == ("+493012345",)
    assert (partner_file.parse(octets).number, second.certificates) == (2, 2)


def test_a_certificate_without_all_our_numbers_is_not_made(away):
    assert KARL in refusal(lambda: certificate(away, "+4930999"))
    assert "--prefix" in refusal(lambda: certificate(away))
    assert "not the beginning" in refusal(lambda: certificate(away, "4930"))


@pytest.mark.parametrize(
    ("rotation", "until"),
    [(Rotation.NEVER, ""), (Rotation.MONTHLY, "2026-11"), (Rotation.QUARTERLY, "2026-12")],
)
def test_a_domain_that_rotates_says_how_long_it_speaks_for_itself(away, rotation, until):
    made = replace(away, policy=DomainPolicy(rotate=rotation))
    assert partner_file.parse(certificate(made, "+493012345")[1]).partner.domain.until == until


def test_after_a_rotation_the_certificate_brings_both_generations(away):
    made = replace(away, policy=DomainPolicy(rotate=Rotation.MONTHLY))
    rotated = month.issue(masters.rotate(made, "2026-12", now=NOW), "2026-12", now=NOW)
    read = partner_file.parse(certificate(rotated, "+493012345")[1]).partner.domain
    assert read.kms("2026-11") != read.kms("2026-12")
    assert read.until == "2026-12"


def test_revoked_keys_travel_with_the_certificate(away):
    lost = away.card_of(KARL)
    blocked = domains.block_card(away, lost)
    read = partner_file.parse(certificate(blocked, "+493012345")[1])
    assert read.revoked.hashes == {revocation.pvt_hash(lost.pvt)}


def test_a_partner_is_on_the_media_and_in_the_bulletins(befriended, theirs):
    read = partner_file.parse(theirs)
    _, files = media.export(befriended, now=NOW)
    on_media = crs_media.read(files, befriended.domain_key)
    assert on_media.partners == (read.partner,)
    opened = bulletin.open(
        on_media.bulletins["2026-11"],
        key=bulletin.key_of(befriended.secrets.domain, "2026-11"),
        domain_key=befriended.domain_key,
    )
    assert opened.partners == (read.partner,)
    assert opened.revoked == (read.revoked,)


def test_a_store_gives_partners_back(befriended):
    assert plain(kept(befriended)) == plain(befriended)


@pytest.mark.parametrize("check", ["", "0000 0000", "1" * 32])
def test_without_its_check_code_nobody_becomes_a_partner(home, theirs, check):
    assert "not the check code" in refusal(lambda: taken(home, theirs, check=check))


def test_somebody_who_calls_himself_a_partner_is_none(home, theirs):
    liar = domain_named("partner.example", KARL)
    forged = certificate(liar, "+493012345")[1]
    assert "not the check code" in refusal(lambda: taken(home, forged, check=code_of(theirs)))


def test_a_newer_certificate_of_the_same_key_needs_no_check_code(befriended, away):
    after, _ = certificate(away, "+493012345")
    newer = certificate(after)[1]
    renewed = taken(befriended, newer)
    assert renewed.partners[0].file.number == 2
    assert "known already" in refusal(lambda: taken(renewed, newer))
    assert "number 2 is known" in refusal(lambda: taken(renewed, certificate(away, "+493012345")[1]))


def test_a_newer_certificate_that_claims_more_needs_it_again(befriended, away):
    after, _ = certificate(away, "+493012345")
    wider = certificate(after, "+49301234")[1]
    narrower = certificate(after, "+4930123456")[1]
    assert "not the check code" in refusal(lambda: taken(befriended, wider))
    assert taken(befriended, wider, check=code_of(wider)).partners[0].partner.prefixes == ("+49301234",)
    assert taken(befriended, narrower).partners[0].partner.prefixes == ("+4930123456",)


def test_another_key_under_the_same_name_needs_to_be_asked_for_and_checked(befriended):
    anew = certificate(domain_named("partner.example", KARL), "+493012345")[1]
    assert "--replace" in refusal(lambda: taken(befriended, anew, check=code_of(anew)))
    assert "not the check code" in refusal(lambda: taken(befriended, anew, replacing=True))
    after = taken(befriended, anew, check=code_of(anew), replacing=True)
    assert [one.file.check_code for one in after.partners] == [code_of(anew)]


def test_ourselves_are_no_partner(home, away):
    own = certificate(home, "+441632960")[1]
    assert "ourselves" in refusal(lambda: taken(home, own, check=code_of(own)))
    namesake = certificate(domain_named("sv.example", KARL), "+493012345")[1]
    assert "ourselves" in refusal(lambda: taken(home, namesake, check=code_of(namesake)))


@pytest.mark.parametrize("prefix", ["+44163296", "+4416329600", ALICE])
def test_nobody_becomes_a_partner_who_claims_a_number_of_ours(home, prefix):
    greedy = certificate(domain_named("greedy.example", ALICE), prefix)[1]
    assert ALICE in refusal(lambda: taken(home, greedy, check=code_of(greedy)))


@pytest.mark.parametrize("prefix", ["+493012345", "+49301234", "+4930123456"])
def test_no_number_has_two_partners(befriended, prefix):
    other = certificate(domain_named("other.example", KARL), prefix)[1]
    assert "overlap" in refusal(lambda: taken(befriended, other, check=code_of(other)))


def test_nobody_of_ours_gets_a_number_of_a_partner(befriended):
    assert "partner.example" in refusal(
        lambda: domains.add_user(befriended, tel="+493012345999", name="Eve", now=NOW)
    )
    with pytest.raises(BadLines) as refused:
        people.add_all(befriended, [Line(1, "+493012345999", "Eve", "")], now=NOW)
    assert "partner.example" in str(refused.value)


def test_our_own_prefixes_stay_apart_from_a_partners(befriended, home):
    assert "overlap" in refusal(lambda: certificate(befriended, "+441632960", "+49301"))
    told, _ = certificate(home, "+44163296", "+49301")
    other = certificate(domain_named("other.example", KARL), "+493012345")[1]
    assert "overlap" in refusal(lambda: taken(told, other, check=code_of(other)))


def test_a_certificate_that_is_over_or_of_tomorrow_is_refused(home, away):
    monthly = certificate(replace(away, policy=DomainPolicy(rotate=Rotation.MONTHLY)), "+493012345")[1]
    late = NOW + 30 * 86400
    assert "until 2026-11" in refusal(lambda: taken(home, monthly, check=code_of(monthly), now=late))
    ahead = certificate(away, "+493012345", now=NOW + 3 * 86400)[1]
    assert "check the clock" in refusal(lambda: taken(home, ahead, check=code_of(ahead)))


def test_a_partner_is_removed_by_name(befriended):
    assert partners.remove(befriended, "partner.example").partners == ()
    assert "no partner" in refusal(lambda: partners.remove(befriended, "other.example"))


def test_octets_that_are_no_certificate_are_refused(home):
    assert "no KMS certificate" in refusal(lambda: taken(home, b"nothing"))


# The commands


@pytest.fixture
def file(bureau):
    """A partner's certificate on the operator's desk; its check code."""
    away = domain_named("partner.example", KARL)
    octets = certificate(away, "+493012345")[1]
    (bureau.desk / "partner.kms").write_bytes(octets)
    return code_of(octets)


def test_a_partner_by_command(bureau, file):
    said = bureau.does("partner", "import", "partner.kms", "--check", file)
    assert "+493012345" in said
    assert "cms export" in said
    listed = bureau.does("partner", "list")
    assert "partner.example" in listed
    assert file in listed
    assert re.search(r"Partners +partner\.example", bureau.does("status"))
    [entry] = [one for one in bureau.entries() if one.action == "cms partner import"]
    assert file in entry.details
    bureau.does("export", "media")
    bureau.does("partner", "remove", "partner.example")
    assert "partner.example" not in bureau.does("partner", "list")


def test_without_a_check_code_and_a_terminal_nothing_is_imported(bureau, file):
    assert "--check" in bureau.fails("partner", "import", "partner.kms")
    assert "not the check code" in bureau.fails("partner", "import", "partner.kms", "--check", "1234")
    assert "cannot be read" in bureau.fails("partner", "import", "nowhere.kms", "--check", file)


def test_our_certificate_by_command(bureau):
    said = bureau.does("partner", "export", "ours.kms", "--prefix", "+447700900")
    read = partner_file.parse((bureau.desk / "ours.kms").read_bytes())
    assert re.search(r"Check code  (.*)", said).group(1).strip() == read.check_code
    bureau.does("partner", "export", "again.kms")
    assert partner_file.parse((bureau.desk / "again.kms").read_bytes()).number == 2


def test_a_domain_that_wants_two_people_wants_them_for_partners(pair, file):
    pair.does("policy", "set", "two-person", "on")
    assert "two people" in pair.fails("partner", "import", "partner.kms", "--check", file)
    pair.does(
        "partner", "import", "partner.kms", "--check", file,
        "--second", "bob", "--second-passphrase-file", "bobs",
    )  # fmt: skip
    assert partner_of([one.partner for one in pair.held().domain.partners], KARL).name == "partner.example"


def test_for_a_case_the_partners_keys_of_that_one_month_are_given_out(befriended, away):
    [known] = escrow.partners_of(befriended, "2026-11")
    assert known.domain.kms("2026-11") == away.certificate.kms("2026-11")
    assert (known.prefixes, known.domain.until) == (("+493012345",), "2026-11")
    assert [one.first for one in known.domain.generations] == ["2026-11"]


def test_a_partner_who_told_us_no_keys_of_that_month_is_left_out(befriended):
    assert escrow.partners_of(befriended, "2026-10") == ()
