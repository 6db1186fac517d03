"""The store: opens with its passphrase, and after a power cut holds the old state or the new."""

import dataclasses
import multiprocessing
import os
import shutil
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms import domain as domains
from cms import files, letter_record, people, store, store_file
from cms import month as months
from cms.errors import OperatorMistake
from cms.files import StagedFolder
from crypto import cbor, sealing
from crypto.sealing import Cost
from tests.cms.plain import plain

PASSPHRASE = "correct horse battery"
NOW = 1_794_300_000


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """What a guess costs is tested below; the store is opened often here."""
    monkeypatch.setattr(store, "COST", Cost(memory=3, passes=1))


def test_a_guess_at_the_passphrase_costs_64_mib_and_three_passes(tmp_path, domain, monkeypatch):
    monkeypatch.undo()
    with store.create(tmp_path / "store", PASSPHRASE, domain):
        pass
    [slot] = store.head_of(tmp_path / "store").slots
    assert cbor.decode(slot.seed, max_octets=1000)[1:3] == [16, 3]


@pytest.fixture(scope="module")
def domain():
    made = domains.create("sv.example", organisation="Office", crs="crs.sv.example:5061", now=NOW)
    made = domains.add_user(made, tel="+447700900123", name="Alice", now=NOW)
    made, _ = domains.issue_card(made, tel="+447700900123", now=NOW)
    return made


@pytest.fixture
def folder(tmp_path, domain):
    where = tmp_path / "store"
    with store.create(where, PASSPHRASE, domain):
        pass
    return where


def opened(folder, passphrase=PASSPHRASE):
    with store.open_store(folder, passphrase) as held:
        return held.domain


def add(folder, tel):
    with store.open_store(folder, PASSPHRASE) as held:
        held.save(domains.add_user(held.domain, tel=tel, name="Bob", now=NOW))


def test_what_is_saved_is_there_again(folder, domain):
    assert plain(opened(folder)) == plain(domain)


def test_every_change_is_there_again(folder, domain):
    """Each save writes a difference: together they must be the whole."""
    after = domain
    for change in (
        lambda one: domains.add_user(one, tel="+447700900126", name="Dora", now=NOW),
        lambda one: domains.add_user(one, tel="+447700900124", name="Bob", now=NOW),
        lambda one: domains.issue_card(one, tel="+447700900126", now=NOW)[0],
        lambda one: domains.issue_card(one, tel="+447700900124", now=NOW)[0],
        lambda one: months.issue(one, "2026-11", now=NOW),
        lambda one: months.issue(one, "2026-12", now=NOW),
        lambda one: letter_record.mark_used(one, one.cards[0], now=NOW + 1),
        lambda one: letter_record.mark_destroyed(one, one.cards[0], now=NOW + 2),
        lambda one: domains.issue_card(one, tel="+447700900123", now=NOW, reissue=True)[0],
        lambda one: people.rename(one, tel="+447700900124", name="Robert"),
        lambda one: people.mark(one, tel="+447700900124", marking="OFFICIAL"),
        lambda one: people.suspend(one, tel="+447700900124"),
        lambda one: people.resume(one, tel="+447700900124"),
        lambda one: people.remove(one, tel="+447700900126"),
        lambda one: dataclasses.replace(one, users=one.users[1:], cards=one.cards[1:], changed=False),
        lambda one: dataclasses.replace(one, cards=(dataclasses.replace(one.cards[0], months=()),)),
    ):
        after = change(after)
        with store.open_store(folder, PASSPHRASE) as held:
            held.save(after)
        assert plain(opened(folder)) == plain(after)


def test_a_removed_secret_is_not_left_in_the_image(folder, domain):
    seed = domain.cards[0].next_transport_seed.expose()
    with store.open_store(folder, PASSPHRASE) as held:
        assert seed in held.image()
        held.save(dataclasses.replace(domain, cards=()))
        assert seed not in held.image()


def test_the_generation_before_is_kept(folder):
    before = (folder / "store").read_bytes()
    add(folder, "+447700900124")
    assert (folder / "store.previous").read_bytes() == before
    shutil.copy(folder / "store.previous", folder / "store")
    assert len(opened(folder).users) == 1


def test_nobody_else_can_read_the_store(folder):
    assert (folder.stat().st_mode & 0o777, (folder / "store").stat().st_mode & 0o777) == (0o700, 0o600)


def test_no_secret_or_name_can_be_read_in_the_folder(folder, domain):
    add(folder, "+447700900124")
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    own, masters = domain.secrets, domain.generations[0]
    for known in (masters.sakke, masters.eccsi, own.domain, own.crs_tls):
        assert known.expose()[8:24] not in content
    assert b"Alice" not in content
    assert b"sv.example" not in content


@pytest.mark.parametrize("passphrase", ["", "correct horse batterY", PASSPHRASE + " "])
def test_another_passphrase_does_not_open_it(folder, passphrase):
    with pytest.raises(OperatorMistake, match="wrong passphrase"):
        opened(folder, passphrase)


def test_a_short_passphrase_is_refused(tmp_path, domain):
    with (
        pytest.raises(OperatorMistake, match="12 or more"),
        store.create(tmp_path / "s", "eleven char", domain),
    ):
        pass
    assert not (tmp_path / "s").exists()


def test_a_second_domain_does_not_overwrite_the_first(folder, domain):
    before = (folder / "store").read_bytes()
    with pytest.raises(OperatorMistake, match="already"), store.create(folder, PASSPHRASE, domain):
        pass
    assert (folder / "store").read_bytes() == before


def test_a_folder_without_a_store_says_so(tmp_path):
    with pytest.raises(OperatorMistake, match="cms init"):
        opened(tmp_path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_changed_or_cut_store_does_not_open_and_names_the_way_back(folder, data):
    whole = (folder / "store").read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    for damaged in (whole[:cut], bytes(changed)):
        if damaged == whole:
            continue
        (folder / "store").write_bytes(damaged)
        with pytest.raises(OperatorMistake, match=r"store\.previous|newer CMS"):
            opened(folder)
    (folder / "store").write_bytes(whole)


def resealed(folder, image):
    """Put another image into a store, as somebody who has its key could."""
    with store.open_store(folder, PASSPHRASE) as held:
        octets = store_file.seal(held.head, held.data_key, image)
    (folder / "store").write_bytes(octets)


def image_after(folder, statement):
    with store.open_store(folder, PASSPHRASE) as held:
        database = sqlite3.connect(":memory:")
        database.deserialize(held.image())
    database.execute(statement)
    database.commit()
    return database.serialize()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE cards",
        "DELETE FROM secrets WHERE name = 'domain'",
        "DELETE FROM generations",
        "DELETE FROM meta WHERE name = 'two_person'",
        "UPDATE cards SET state = 7",
        "ALTER TABLE users DROP COLUMN added",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
    ],
)
def test_content_that_this_version_cannot_have_written_is_refused(folder, statement):
    resealed(folder, image_after(folder, statement))
    with pytest.raises(OperatorMistake, match="content cannot be read"):
        opened(folder)


@pytest.mark.parametrize("image", [b"", b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 4080])
def test_an_image_that_is_no_database_is_refused(folder, image):
    resealed(folder, image)
    with pytest.raises(OperatorMistake, match="content cannot be read"):
        opened(folder)


def test_the_tables_take_no_value_of_another_type(folder):
    with pytest.raises(sqlite3.IntegrityError):
        image_after(folder, "UPDATE cards SET expires = 'never'")


def test_a_store_from_before_the_first_release_says_so(folder):
    (folder / "store").write_bytes(sealing.seal_under_code(b"\xa0", PASSPHRASE, context=b"x"))
    with pytest.raises(OperatorMistake, match="before the first release"):
        opened(folder)


def test_every_save_seals_under_another_key(folder):
    salts = set()
    for _ in range(3):
        salts.add(store.head_of(folder).salt)
        with store.open_store(folder, PASSPHRASE) as held:
            held.save(held.domain)
    assert len(salts) == 3


def hold(folder, held, release):
    with files.locked(folder / "lock"):
        held.set()
        release.wait(20)


def test_two_commands_do_not_use_a_store_at_once(folder):
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(folder, held, release))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(OperatorMistake, match="another command"):
            opened(folder)
    finally:
        release.set()
        other.join(20)
    assert opened(folder).name == "sv.example"


class PowerCut(BaseException):
    """The end of the process, as far as it can tell."""


CALLS = ("open", "fsync", "link", "replace", "unlink")


def cut_after(monkeypatch, allowed):
    """Let the n-th call to the file system be the last."""
    left = [allowed]

    def counted(real):
        def call(*args, **how):
            if left[0] == 0:
                raise PowerCut
            left[0] -= 1
            return real(*args, **how)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, counted(getattr(os, name)))


@pytest.mark.parametrize("allowed", range(16))
def test_a_power_cut_at_any_step_leaves_the_old_state_or_the_new(folder, allowed):
    add(folder, "+447700900124")
    with pytest.MonkeyPatch.context() as cutting:
        cut_after(cutting, allowed)
        try:
            add(folder, "+447700900125")
            completed = True
        except PowerCut:
            completed = False
    users = len(opened(folder).users)
    assert users == 3 if completed else users in (2, 3)
    add(folder, "+447700900126")
    assert len(opened(folder).users) == users + 1


def test_the_power_cuts_above_reach_from_before_the_first_step_to_after_the_last(folder):
    with pytest.MonkeyPatch.context() as cutting:
        cut_after(cutting, 0)
        with pytest.raises(PowerCut):
            add(folder, "+447700900124")
    with pytest.MonkeyPatch.context() as cutting:
        cut_after(cutting, 15)
        add(folder, "+447700900124")


def test_a_full_disk_changes_nothing(folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    with store.open_store(folder, PASSPHRASE) as held:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OperatorMistake, match="nothing was changed"):
            held.save(domains.add_user(held.domain, tel="+447700900124", name="Bob", now=NOW))
    monkeypatch.undo()
    assert len(opened(folder).users) == 1


def test_an_unfinished_export_that_cannot_be_removed_is_named(tmp_path, monkeypatch):
    def stuck(path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("cms.files.shutil.rmtree", stuck)
    with (
        pytest.raises(OperatorMistake, match=r"/\.media\.[0-9a-f]{8} could not be removed"),
        StagedFolder(tmp_path / "media"),
    ):
        pass


def test_an_open_store_does_one_command_after_the_other(folder):
    with store.open_store(folder, PASSPHRASE, action="cms console") as held:
        with held.doing("cms user add", None):
            held.save(domains.add_user(held.domain, tel="+447700900124", name="Bob", now=NOW))
        held.save(held.domain)
    with store.open_store(folder, PASSPHRASE) as held:
        assert [entry.action for entry in held.entries] == ["create", "cms user add", "cms console"]


def test_a_store_is_sound_until_a_save_fails(folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    with store.open_store(folder, PASSPHRASE) as held:
        held.save(held.domain)
        assert held.sound
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(OperatorMistake):
                held.save(held.domain)
        assert not held.sound
