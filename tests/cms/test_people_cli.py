"""People and letters, as an operator types them."""

import time

import pytest

from crypto import crs_media, fields
from tests.cms.office import ALICE, BOB

CAROL = "+447700900125"


def serial_of(office, tel):
    return f"{office.held().card_of(tel).serial:016X}"


def media_of(folder):
    return crs_media.read({path.name: path.read_bytes() for path in folder.iterdir()})


def test_a_list_is_imported_and_what_comes_next_is_said(office):
    (office.desk / "people.csv").write_bytes(
        b"\xef\xbb\xbf" + f"tel;name\r\n{BOB};Bob\r\n{CAROL};Zoë\r\n".encode()
    )
    assert "2 people were added, 3 of" in office.does("user", "import", "people.csv")
    assert [user.name for user in office.held().users] == ["Alice", "Bob", "Zoë"]


def test_a_list_with_bad_lines_names_each_and_adds_nobody(office):
    (office.desk / "people.csv").write_text(f"{BOB},Bob\n{ALICE},Alice\nx,[y]\n")
    said = office.fails("user", "import", "people.csv")
    assert "nobody was added: mend 2 lines" in said
    assert "line 2: +447700900123 is taken" in said
    assert "line 3: 'x' is not an international number" in said
    assert len(office.held().users) == 1


def test_a_list_that_is_not_there(office):
    assert "cannot be read" in office.fails("user", "import", "nowhere.csv")


def test_what_is_shown_of_a_person(office):
    office.does("user", "mark", "--tel", ALICE, "--marking", "OFFICIAL")
    assert "no card" in office.does("user", "show", "--tel", ALICE)
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    office.does("user", "card", "--tel", ALICE, "-o", "b.png", "--reissue")
    shown = office.does("user", "show", "--tel", ALICE)
    for said in (
        "Alice",
        ALICE,
        "OFFICIAL",
        "blocked",
        "served",
        "issued",
        fields.month_of(office.held().created),
    ):
        assert said in shown
    assert "nobody has" in office.fails("user", "show", "--tel", BOB)


def test_a_person_is_renamed(office):
    assert "cms export" in office.does("user", "rename", "--tel", ALICE, "--name", "Alice [Jones]")
    assert "Alice [Jones]" in office.does("user", "list")


def test_a_person_is_suspended_and_resumed_without_a_new_card(office):
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    office.does("user", "suspend", "--tel", ALICE)
    assert "suspended" in office.does("user", "list")
    assert "1 suspended" in office.does("status")
    office.does("export", "one")
    office.does("user", "resume", "--tel", ALICE)
    assert "suspended" not in office.does("user", "list")
    office.does("export", "two")
    states = [media_of(office.desk / name).roster[0].state.name for name in ("one", "two")]
    assert states == ["BLOCKED", "ACTIVE"]


def test_a_person_is_removed_after_a_question(office):
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    assert "--yes" in office.fails("user", "remove", "--tel", ALICE)
    assert len(office.held().users) == 1
    said = office.does("user", "remove", "--tel", ALICE, "--yes")
    assert "The number is free after" in said
    assert office.held().users == ()
    assert "has keys for it" in office.fails("user", "add", "--tel", ALICE, "--name", "Al")
    office.does("export", "media")
    assert len(media_of(office.desk / "media").revoked.hashes) == 1


def test_a_letter_is_followed_by_its_serial(office):
    assert "No letters" in office.does("letter", "list")
    office.does("user", "card", "--tel", ALICE, "--pdf", "a.pdf")
    serial = serial_of(office, ALICE)
    assert "not noted" in office.does("letter", "status", "--serial", serial[:6])
    assert "destroyed" in office.does("letter", "used", serial)
    assert "used already" in office.fails("letter", "used", serial)
    office.does("letter", "destroyed", f"{serial[:4]} {serial[4:]}")
    assert "0 issued, 0 used, 1 destroyed" in office.does("status")
    assert ALICE in office.does("letter", "list")
    assert "No letters" in office.does("letter", "list", "--open")
    assert "no letter has serial" in office.fails("letter", "status", "--serial", "0000")


def test_a_letter_destroyed_unused_says_how_to_get_another(office):
    office.does("user", "card", "--tel", ALICE, "--pdf", "a.pdf")
    assert "--reissue" in office.does("letter", "destroyed", serial_of(office, ALICE))


def test_somebody_is_found_by_a_part_of_number_or_name(office):
    office.does("user", "add", "--tel", BOB, "--name", "Bob [x]")
    for part, seen in (
        ("0124", [BOB]),
        ("ALI", [ALICE]),
        ("[X]", [BOB]),
        ("+4477", [ALICE, BOB]),
        ("zz", []),
    ):
        shown = office.does("user", "list", "--find", part)
        assert [tel for tel in (ALICE, BOB) if tel in shown] == seen


def test_a_list_fits_into_eighty_columns(office, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    office.does("user", "card", "--tel", ALICE, "--pdf", "a.pdf")
    office.does("user", "card", "--tel", ALICE, "--pdf", "b.pdf", "--reissue")
    shown = office.does("letter", "list")
    assert "…" not in shown
    assert "issued, void" in shown
    assert "…" not in office.does("user", "show", "--tel", ALICE)


@pytest.mark.parametrize(
    "words",
    [("user", "import"), ("user", "remove"), ("letter", "used"), ("letters",), ("letter", "status")],
)
def test_what_is_left_out_is_usage(office, words):
    office.fails(*words, status=2)


def test_every_command_that_changes_something_is_one_entry_of_the_log(bureau):
    (bureau.desk / "people.csv").write_text(f"{BOB},Bob\n{CAROL},Carol,OFFICIAL\n")
    month = fields.month_of(fields.month_end(fields.month_of(int(time.time()))))
    done = []

    def serial():
        return f"{bureau.held().domain.card_of(BOB).serial:016X}"

    def enters(action, *rest):
        before = bureau.entries()
        bureau.does(*action.split(), *rest)
        *older, newest = bureau.entries()
        assert tuple(older) == before
        assert newest.action == f"cms {action}"
        done.append((newest.action, newest.details))

    enters("user import", "people.csv")
    enters("user rename", "--tel", BOB, "--name", "Robert")
    enters("user mark", "--tel", BOB, "--marking", "OFFICIAL")
    enters("letters", "--new", "-o", "letters", "--codes", "codes.txt")
    enters("letter used", serial())
    enters("letter destroyed", serial())
    enters("user suspend", "--tel", CAROL)
    enters("user resume", "--tel", CAROL)
    enters("user remove", "--tel", CAROL, "--yes")
    enters("month export", month, "--media", "media")
    enters("export", "--media", "again")
    assert all(details and details != "nothing changed" for _, details in done), done
    bureau.does("audit", "verify")


def test_what_only_shows_people_and_letters_is_not_in_the_log(bureau):
    bureau.does("user", "card", "--tel", ALICE, "-o", "alice.png")
    before = bureau.octets()
    serial = f"{bureau.held().domain.card_of(ALICE).serial:016X}"
    for words in (
        ("user", "list"),
        ("user", "show", "--tel", ALICE),
        ("letter", "list"),
        ("letter", "status", "--serial", serial),
    ):
        assert "Log  " not in bureau.does(*words)
    assert bureau.octets() == before


def test_two_people_export_a_month_once_they_agreed_so(pair):
    pair.does("policy", "set", "two-person", "on")
    pair.does("user", "suspend", "--tel", ALICE)
    month = fields.month_of(int(time.time()))
    assert "needs two people" in pair.fails("month", "export", month, "--media", "media")
    assert not (pair.desk / "media").exists()
    pair.does(
        "month", "export", month, "--media", "media", "--second", "bob", "--second-passphrase-file", "bobs"
    )
    assert (pair.entries()[-1].operator, pair.entries()[-1].second) == ("operator", "bob")
