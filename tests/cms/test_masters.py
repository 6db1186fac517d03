"""Master secrets change, and their end is the end of every key of their months."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cms import domain as domains
from cms import (
    escrow,
    exports,
    files,
    master_words,
    masters,
    media,
    month,
    operators,
    renewing,
    store,
    store_file,
)
from cms.errors import OperatorMistake
from cms.options import progress
from crypto import crs_media, eccsi, fields, identifier, pack, sakke, sealing
from crypto.errors import InvalidKey, PackageError
from crypto.policy import DomainPolicy, Mode, Rotation
from tests.cms.test_month import ALICE, BOB, Phone, packs_for

NOVEMBER = int(datetime(2026, 11, 28, 9, tzinfo=UTC).timestamp())
DECEMBER = int(datetime(2026, 12, 2, 9, tzinfo=UTC).timestamp())
GRACE_OVER = int(datetime(2026, 12, 4, 0, 0, 1, tzinfo=UTC).timestamp())
JANUARY = int(datetime(2027, 1, 10, 9, tzinfo=UTC).timestamp())
PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="module")
def enrolled():
    """(domain, {number: letter}) in November, before any later month."""
    domain = domains.create(
        "sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOVEMBER
    )
    letters = {}
    for tel, name in ((ALICE, "Alice"), (BOB, "Bob")):
        domain = domains.add_user(domain, tel=tel, name=name, now=NOVEMBER)
        domain, letters[tel] = domains.issue_card(domain, tel=tel, now=NOVEMBER)
    return domain, letters


@pytest.fixture(scope="module")
def rotated(enrolled):
    """The domain with December under other master secrets than November."""
    domain = masters.rotate(enrolled[0], "2026-12", now=NOVEMBER)
    return month.issue(domain, "2026-12", now=NOVEMBER)


def keys_of(domain, letters, tel, *, now):
    """What a phone gets with each pack of its number, in order."""
    phone = Phone(letters[tel])
    return [phone.take(octets) for octets in packs_for(domain, tel, now=now)]


def test_the_keys_of_a_month_are_made_from_its_generation_and_say_so(enrolled, rotated):
    _, letters = enrolled
    first, monthly = keys_of(rotated, letters, ALICE, now=NOVEMBER)
    old, new = rotated.generations
    assert first.keys is None
    keys, who = monthly.keys, identifier.monthly(ALICE, fields.month_moment("2026-12"))
    assert (keys.sakke_public_key, keys.eccsi_public_key) == (new.sakke_public_key, new.eccsi_public_key)
    sakke.validate_rsk(keys.rsk.expose(), identifier=who, kms_public_key=new.sakke_public_key)
    eccsi.validate_ssk(keys.ssk.expose(), keys.pvt, identifier=who, kpak=new.eccsi_public_key)
    with pytest.raises(InvalidKey):
        sakke.validate_rsk(keys.rsk.expose(), identifier=who, kms_public_key=old.sakke_public_key)


def test_a_card_of_a_month_is_made_from_its_generation(rotated):
    _, letter = domains.issue_card(rotated, tel=ALICE, now=DECEMBER, reissue=True)
    assert Phone(letter).card.sakke_public_key == rotated.generations[1].sakke_public_key


def test_the_media_hold_the_public_keys_of_both_months(rotated):
    _, files = media.export(rotated, now=NOVEMBER)
    own = crs_media.read(files, rotated.domain_key).own
    old, new = rotated.generations
    assert own.kms("2026-11").eccsi_public_key == old.eccsi_public_key
    assert own.kms("2026-12").eccsi_public_key == new.eccsi_public_key


@pytest.mark.parametrize(
    ("first", "why"),
    [("2026-11", "already"), ("2026-10", "is over"), ("2027-02", "ahead"), ("December", "not a month")],
)
def test_only_a_month_to_come_gets_new_master_secrets(enrolled, first, why):
    with pytest.raises(OperatorMistake, match=why):
        masters.rotate(enrolled[0], first, now=NOVEMBER)


def test_a_month_that_somebody_has_keys_of_keeps_its_master_secrets(enrolled):
    issued = month.issue(enrolled[0], "2026-12", now=NOVEMBER)
    with pytest.raises(OperatorMistake, match="take 2027-01 or later"):
        masters.rotate(issued, "2026-12", now=NOVEMBER)


@pytest.mark.parametrize(
    ("rotation", "due"),
    [
        (Rotation.NEVER, []),
        (Rotation.MONTHLY, ["2026-12", "2027-01", "2027-02"]),
        (Rotation.QUARTERLY, ["2027-01", "2027-02"]),
    ],
)
def test_the_policy_says_when_new_master_secrets_are_due(enrolled, rotation, due):
    domain = replace(enrolled[0], policy=DomainPolicy(rotate=rotation))
    asked = ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert [one for one in asked if masters.due(domain, one)] == due


def test_a_quarter_that_has_begun_keeps_its_master_secrets(enrolled):
    quarterly = replace(enrolled[0], policy=DomainPolicy(rotate=Rotation.QUARTERLY))
    domain = masters.rotate(quarterly, "2027-01", now=DECEMBER)
    assert not masters.due(domain, "2027-03")
    assert masters.due(domain, "2027-04")


def test_an_rsk_of_any_month_is_made_again_while_its_master_secrets_are_there(enrolled, rotated):
    _, letters = enrolled
    card = Phone(letters[ALICE]).card
    november = card.open(letters[ALICE].transfer_code).rsk
    december = keys_of(rotated, letters, ALICE, now=NOVEMBER)[1].keys.rsk
    assert masters.rsk_of(rotated, ALICE, "2026-11") == november
    assert masters.rsk_of(rotated, ALICE, "2026-12") == december


# The end of a generation


@pytest.fixture(scope="module")
def ended(rotated):
    """The domain in January, with November's master secrets destroyed."""
    return masters.destroy(month.issue(rotated, "2027-01", now=DECEMBER), before="2026-12", now=DECEMBER)


def test_no_key_of_a_destroyed_generation_is_made_again(ended):
    with pytest.raises(OperatorMistake, match="destroyed"):
        masters.rsk_of(ended, ALICE, "2026-11")
    masters.rsk_of(ended, ALICE, "2026-12")


def test_the_packs_of_the_months_that_go_on_are_the_same(rotated):
    before = month.issue(rotated, "2027-01", now=DECEMBER)
    after = masters.destroy(before, before="2026-12", now=DECEMBER)
    for tel in (ALICE, BOB):
        packs = packs_for(after, tel, now=DECEMBER)
        assert len(packs) == 2
        assert packs == packs_for(before, tel, now=DECEMBER)


def test_what_no_month_has_passed_of_is_not_destroyed(rotated):
    for before in ("2026-12", "2027-01"):
        with pytest.raises(OperatorMistake):
            masters.destroy(rotated, before=before, now=NOVEMBER)
    with pytest.raises(OperatorMistake, match="not a month"):
        masters.destroy(rotated, before="soon", now=NOVEMBER)


def test_what_serves_is_not_destroyed(enrolled):
    with pytest.raises(OperatorMistake, match="cms master list"):
        masters.destroy(enrolled[0], before="2027-01", now=JANUARY)


def test_a_seed_that_opens_a_pack_of_a_destroyed_month_goes_with_it(rotated):
    """Whoever has kept December's packs from the media, and takes the store in January, opens none."""
    kept = packs_for(rotated, ALICE, now=NOVEMBER)[1]
    domain = month.issue(masters.rotate(rotated, "2027-01", now=DECEMBER), "2027-01", now=DECEMBER)
    card = domain.card_of(ALICE)

    def opens(seeds):
        for seed in seeds:
            try:
                pack.open(
                    kept,
                    transport_private=sealing.transport_key(seed),
                    domain_key=domain.domain_key,
                    serial=card.serial,
                    tel=ALICE,
                )
            except PackageError:
                continue
            return True
        return False

    def seeds(after):
        one = after.card_of(ALICE)
        return [
            seed
            for seed in (one.next_transport_seed, *(later.next_transport_seed for later in one.months))
            if len(seed)
        ]

    assert opens(seeds(domain))
    after = masters.destroy(domain, before="2027-01", now=JANUARY)
    assert not opens(seeds(after))
    assert len(packs_for(after, ALICE, now=JANUARY)) == 1


@pytest.mark.parametrize(
    ("mode", "now", "kept"),
    [
        (Mode.FORWARD_SECRET, DECEMBER, 2),
        (Mode.FORWARD_SECRET, GRACE_OVER, 1),
        (Mode.COMPATIBLE, GRACE_OVER, 2),
        (Mode.ESCROW, GRACE_OVER, 2),
    ],
)
def test_a_forward_secret_domain_destroys_by_itself_when_the_grace_is_over(rotated, mode, now, kept):
    domain = replace(rotated, policy=DomainPolicy(mode=mode, rotate=Rotation.MONTHLY))
    after = masters.destroy_due(domain, now=now)
    assert sum(not one.destroyed for one in after.generations) == kept


@pytest.mark.parametrize(
    ("months", "this", "kept"),
    [(1, "2026-12", 2), (1, "2027-01", 1), (3, "2027-02", 2), (3, "2027-03", 1), (0, "2036-01", 2)],
)
def test_escrow_keeps_master_secrets_for_the_months_that_were_agreed_on(rotated, months, this, kept):
    """November's are over in December: one month more is kept until December ends."""
    agreed = DomainPolicy(mode=Mode.ESCROW, rotate=Rotation.MONTHLY, escrow_months=months)
    after = masters.destroy_due(replace(rotated, policy=agreed), now=int(fields.month_start(this)))
    assert sum(not one.destroyed for one in after.generations) == kept


def test_what_escrow_keeps_no_longer_opens_no_call_any_more(rotated):
    agreed = DomainPolicy(mode=Mode.ESCROW, rotate=Rotation.MONTHLY, escrow_months=1)
    after = masters.destroy_due(replace(rotated, policy=agreed), now=JANUARY)
    with pytest.raises(OperatorMistake, match="are destroyed"):
        escrow.open_month(after, case="42", tel=ALICE, month="2026-11", now=JANUARY)


# In the store


def octets_of(domain):
    """Everything secret of November that a store may hold."""
    old = domain.generations[0]
    return [old.sakke.expose().lstrip(b"\0"), old.eccsi.expose()]


@pytest.fixture
def folder(tmp_path, rotated):
    folder = tmp_path / "store"
    with store.create(folder, PASSPHRASE, rotated) as held:
        held.save(replace(rotated, exports=1))
    return folder


def test_nothing_of_a_destroyed_generation_is_left_in_the_store(folder, rotated):
    secrets = octets_of(rotated)
    seed = rotated.card_of(ALICE).next_transport_seed.expose()
    with store.open_store(folder, PASSPHRASE) as held:
        assert all(secret in held.image() for secret in secrets)
        held.save(masters.destroy(held.domain, before="2026-12", now=DECEMBER))
        assert not any(secret in held.image() for secret in secrets)
        assert seed in held.image()  # it opens December's pack, which may be asked for again
    with store.open_store(folder, PASSPHRASE) as held:
        assert not any(secret in held.image() for secret in secrets)
        with pytest.raises(OperatorMistake, match="destroyed"):
            masters.rsk_of(held.domain, ALICE, "2026-11")


def test_the_file_that_held_it_is_overwritten_and_no_generation_of_the_store_is_kept(folder):
    watched = [(folder / name).open("rb") for name in ("store", "store.previous")]
    with store.open_store(folder, PASSPHRASE) as held:
        held.save(masters.destroy(held.domain, before="2026-12", now=DECEMBER))
    assert not (folder / "store.previous").exists()
    for file in watched:
        with file:
            assert not any(file.read())


def test_a_power_cut_on_the_way_leaves_the_old_store_or_the_new(folder, monkeypatch):
    for at in range(8):
        calls = []

        def cut(name, real, at=at, calls=calls):
            def step(*given, **named):
                if len(calls) == at:
                    raise OSError(5, "power cut")
                calls.append(name)
                return real(*given, **named)

            return step

        with monkeypatch.context() as patch:
            for name in ("fsync", "replace"):
                patch.setattr(files.os, name, cut(name, getattr(files.os, name)))
            with store.open_store(folder, PASSPHRASE) as held, suppress(OperatorMistake):
                held.save(masters.destroy(held.domain, before="2026-12", now=DECEMBER))
        with store.open_store(folder, PASSPHRASE) as held:
            assert [bool(one.destroyed) for one in held.domain.generations] in ([False, False], [True, False])
            if held.domain.generations[0].destroyed:
                return
    raise AssertionError("it was never destroyed")


def test_the_log_names_the_backups_that_still_hold_what_was_destroyed(tmp_path, rotated):
    with store.create(tmp_path / "store", PASSPHRASE, rotated, clock=lambda: NOVEMBER) as held:
        operators.backup(held, tmp_path / "old-backup")
    with store.open_store(tmp_path / "store", PASSPHRASE, clock=lambda: DECEMBER) as held:
        before = held.domain
        held.save(masters.destroy(before, before="2026-12", now=DECEMBER))
        destroyed = held.entries[-1]
        assert "destroyed, from 2026-11 on" in destroyed.details
        assert destroyed.details.endswith("backups that still hold them: 2")
    with store.open_store(tmp_path / "store", PASSPHRASE, clock=lambda: DECEMBER + 60) as held:
        operators.backup(held, tmp_path / "new-backup")
        said = master_words.report(held.entries, before, held.domain)
    assert "log entry 2 (old-backup)" in said
    assert "new-backup" not in said


def test_a_backup_from_before_still_makes_the_old_keys(tmp_path, rotated):
    """Said plainly, because destruction is worth nothing while it is so."""
    with store.create(tmp_path / "store", PASSPHRASE, rotated) as held:
        operators.backup(held, tmp_path / "backup")
        held.save(masters.destroy(held.domain, before="2026-12", now=DECEMBER))
    octets = store_file.read(tmp_path / "backup")
    key = store.Key(store.OPERATOR, PASSPHRASE)
    with store.opened(octets, tmp_path, key, action="look", clock=lambda: DECEMBER, hint="") as old:
        assert masters.rsk_of(old.domain, ALICE, "2026-11")


@pytest.fixture
def kept_a_month(tmp_path, rotated):
    """A store in escrow mode whose operators have agreed that master secrets stay one month."""
    agreed = DomainPolicy(mode=Mode.ESCROW, rotate=Rotation.MONTHLY, escrow_months=1)
    with store.create(tmp_path / "store", PASSPHRASE, replace(rotated, policy=agreed)):
        return tmp_path / "store"


def test_an_export_destroys_what_escrow_keeps_no_longer_and_the_log_says_so(kept_a_month, tmp_path, rotated):
    watched = (kept_a_month / "store").open("rb")
    with store.open_store(kept_a_month, PASSPHRASE, clock=lambda: JANUARY) as held, watched:
        said = exports.export(held, tmp_path / "media", progress(), month=None, at=JANUARY)
        assert not any(secret in held.image() for secret in octets_of(rotated))
        assert "master secrets destroyed, from 2026-11 on" in held.entries[-1].details
        assert not any(watched.read())
    assert "The master secrets for 2026-11 to 2026-11 are destroyed" in said


def test_an_export_before_that_destroys_nothing(kept_a_month, tmp_path):
    with store.open_store(kept_a_month, PASSPHRASE, clock=lambda: DECEMBER) as held:
        said = exports.export(held, tmp_path / "media", progress(), month=None, at=DECEMBER)
        assert not any(one.destroyed for one in held.domain.generations)
    assert "destroyed" not in said


def test_what_is_due_is_destroyed_without_waiting_for_an_export(kept_a_month):
    with store.open_store(kept_a_month, PASSPHRASE, clock=lambda: JANUARY) as held:
        assert "are destroyed" in renewing.destroy_due(held, at=JANUARY)
        assert [bool(one.destroyed) for one in held.domain.generations] == [True, False]
        with pytest.raises(OperatorMistake, match="still wants all master secrets"):
            renewing.destroy_due(held, at=JANUARY)


# The commands


def following(count):
    """A month from now on."""
    this = fields.month_to_int(fields.month_of(store.now()))
    return fields.month_from_int(this + count)


def test_master_secrets_by_command(bureau):
    said = bureau.does("master", "rotate", "--from", following(1))
    assert f"New master secrets serve from {following(1)} on" in said
    assert "cms partner export" not in said  # nobody was ever told of this domain
    assert following(1) in bureau.does("master", "list")
    assert f"serving from {following(0)}, {following(1)} on" in bureau.does("status")
    assert "is not over" in bureau.fails("master", "destroy", "--before", following(1))
    assert "master secrets made" in bureau.entries()[-1].details


def test_partners_are_to_be_told_of_new_master_secrets(bureau):
    bureau.does("partner", "export", "ours.kms", "--prefix", "+447700900")
    assert "cms partner export" in bureau.does("master", "rotate", "--from", following(2))


def test_a_month_export_makes_new_master_secrets_when_the_policy_says_so(bureau):
    bureau.does("user", "card", "--tel", ALICE, "-o", "a.png", "--code-file", "a.code")
    bureau.does("policy", "set", "rotate", "monthly")
    said = bureau.does("month", "export", following(1), "--media", "december")
    assert f"New master secrets serve from {following(1)} on" in said
    again = bureau.does("month", "export", following(1), "--media", "again")
    assert "New master secrets" not in again
    assert len(bureau.held().domain.generations) == 2


def test_two_people_change_master_secrets_where_two_are_needed(pair):
    pair.does("policy", "set", "two-person", "on")
    assert "two people" in pair.fails("master", "rotate", "--from", following(1))
    assert "two people" in pair.fails("master", "destroy", "--before", following(0))


def test_what_is_to_be_destroyed_is_said_once(bureau):
    assert "say which" in bureau.fails("master", "destroy")
    assert "say which" in bureau.fails("master", "destroy", "--due", "--before", following(0))
    assert "still wants all" in bureau.fails("master", "destroy", "--due")
