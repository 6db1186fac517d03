"""The commands, as an operator types them."""

import os
import resource
import subprocess
import sys
import time

import pytest
from PIL import Image

from cms import store
from cms.records import CardState
from crypto import card, crs_media, fields, pack
from crypto.pack import PackKind
from tests.cms.office import ALICE, BOB, PASSPHRASE
from tests.codes import qr_codes


def read(path):
    [code] = qr_codes(Image.open(path))
    return card.parse(code.text)


def test_from_nothing_to_two_exports(office):
    office.does("user", "card", "--tel", ALICE, "-o", "alice.png", "--code-file", "alice.code")
    assert "1 packs" in office.does("export", "media-1")
    office.does("user", "add", "--tel", BOB, "--name", "Bob")
    office.does("user", "card", "--tel", BOB, "-o", "bob.png", "--pdf", "bob.pdf")
    assert "2 packs" in office.does("export", "media-2")
    media = [
        crs_media.read(
            {
                str(path.relative_to(folder)): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            },
            office.held().domain_key,
        )
        for folder in (office.desk / "media-1", office.desk / "media-2")
    ]
    assert [one.sequence for one in media] == [1, 2]
    assert [len(one.packs) for one in media] == [1, 2]
    alice = read("alice.png")
    alice.validate(alice.open((office.desk / "alice.code").read_text().strip()))
    listed = office.does("user", "list")
    assert ALICE in listed
    assert "Bob" in listed


def test_the_transfer_code_is_on_the_screen_or_in_its_file_but_not_in_both(office):
    shown = office.does("user", "card", "--tel", ALICE, "-o", "a.png", "--code-file", "a.code")
    code = (office.desk / "a.code").read_text().strip()
    assert len(code) == 10
    assert code not in shown.replace(" ", "")
    shown = office.does("user", "card", "--tel", ALICE, "-o", "b.png", "--reissue")
    [line] = [line for line in shown.splitlines() if line.startswith("Transfer code")]
    digits = "".join(line.split()[2:5])
    read("b.png").open(digits)


@pytest.mark.parametrize("name", ["[/bold] Asha", "Asha [red]", "[", "Asha [/]"])
def test_brackets_in_a_name_are_letters_like_others(office, name):
    assert f"{name} has {BOB}." in office.does("user", "add", "--tel", BOB, "--name", name)
    assert name in office.does("user", "list")
    assert name in office.does("user", "card", "--tel", BOB, "-o", "b.png")


def test_brackets_in_a_mistake_are_shown_as_they_were_typed(office):
    assert "nobody has [/x]" in office.fails("user", "card", "--tel", "[/x]")


def test_no_command_leaves_its_memory_in_a_core_file(office):
    office.does("status")
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_everything_written_is_for_the_operators_eyes_only(office):
    office.does("user", "card", "--tel", ALICE, "-o", "a.png", "--pdf", "a.pdf", "--code-file", "a.code")
    office.does("export", "media")
    for path in [office.desk / name for name in ("a.png", "a.pdf", "a.code")] + list(
        (office.desk / "media").rglob("*")
    ):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_card_goes_to_the_terminal_by_default(office):
    shown = office.does("user", "card", "--tel", ALICE)
    assert "▄▄▄▄▄" in shown
    assert "Transfer code" in shown


def test_a_card_without_code_is_for_the_screen_only(office):
    for where in (("-o", "a.png"), ("--pdf", "a.pdf"), ("--code-file", "a.code")):
        assert "screen only" in office.fails("user", "card", "--tel", ALICE, "--no-code", *where)
    assert office.held().cards == ()
    assert "Transfer code" not in office.does("user", "card", "--tel", ALICE, "--no-code")


def test_a_card_is_issued_once_and_reissued_on_request(office):
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    assert "--reissue" in office.fails("user", "card", "--tel", ALICE, "-o", "b.png")
    assert not (office.desk / "b.png").exists()
    office.does("user", "card", "--tel", ALICE, "-o", "b.png", "--reissue")
    assert read("a.png").serial != read("b.png").serial
    assert "1, 1 with a card" in office.does("status")


def test_a_file_that_is_there_is_not_overwritten_and_no_card_is_issued(office):
    (office.desk / "a.png").write_bytes(b"somebody's picture")
    assert "already there" in office.fails("user", "card", "--tel", ALICE, "--pdf", "a.pdf", "-o", "a.png")
    assert (office.desk / "a.png").read_bytes() == b"somebody's picture"
    assert office.held().cards == ()
    assert sorted(path.name for path in office.desk.iterdir()) == ["a.png", "passphrase", "store"]


def test_a_folder_that_cannot_be_written_issues_no_card(office):
    assert "cannot be written" in office.fails("user", "card", "--tel", ALICE, "-o", "nowhere/a.png")
    assert office.held().cards == ()


def test_an_export_goes_to_blank_media_only(office):
    (office.desk / "media").mkdir()
    (office.desk / "media" / "autorun.inf").touch()
    assert "not empty" in office.fails("export", "media")
    (office.desk / "link").symlink_to(office.desk / "media")
    assert "not a folder" in office.fails("export", "link")
    assert "cannot be made" in office.fails("export", "nowhere/media")
    assert office.held().exports == 0
    (office.desk / "media" / "autorun.inf").unlink()
    office.does("export", "media")
    assert (office.desk / "media" / "manifest").exists()


def test_the_medium_itself_is_not_taken_for_a_folder_on_it(office, monkeypatch):
    (office.desk / "usb").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: str(path) == "usb")
    assert "a new folder on it, such as usb/export" in office.fails("export", "usb")


def test_an_export_that_is_cut_short_leaves_no_media_and_no_trace(office, monkeypatch):
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    written = []

    def full(path, octets):
        written.append(path)
        if path.name == "crs.key":
            raise OSError(28, "No space left on device")
        path.write_bytes(octets)

    with monkeypatch.context() as cutting:
        cutting.setattr("cms.files.write_through", full)
        assert "No space left" in office.fails("export", "media")
    assert len(written) > 3
    assert sorted(path.name for path in office.desk.iterdir()) == ["a.png", "passphrase", "store"]
    assert office.held().exports == 0


def test_a_wrong_passphrase_changes_nothing(office):
    before = (office.desk / "store" / "store").read_bytes()
    (office.desk / "other").write_text("another passphrase")
    said = office.fails("user", "add", "--tel", BOB, "--name", "Bob", "--passphrase-file", "other")
    assert "wrong passphrase" in said
    assert (office.desk / "store" / "store").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"), [("", "empty"), ("\n", "empty"), (b"\xff\xfe", "text"), (None, "read")]
)
def test_a_passphrase_file_that_holds_none(office, content, said):
    path = office.desk / "other"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in office.fails("status", "--passphrase-file", "other")


def test_without_anybody_to_ask_a_passphrase_file_is_named(office, monkeypatch):
    monkeypatch.delenv("CMS_PASSPHRASE_FILE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert "--passphrase-file" in office.fails("status")


def test_a_second_domain_needs_a_second_store(office):
    said = office.fails("init", "--domain", "b.example", "--organisation", "B", "--crs", "crs.b.example:5061")
    assert "another --store" in said
    assert office.held().name == "sv.example"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("init", "--domain", "SV", "--organisation", "x", "--crs", "a:1", "--store", "s2"), "not a domain"),
        (("init", "--domain", "sv", "--organisation", "x", "--crs", "a", "--store", "s2"), "host:port"),
        (("user", "add", "--tel", "2002", "--name", "Bob"), "international number"),
        (("user", "add", "--tel", ALICE, "--name", "Bob"), "is taken"),
        (("user", "add", "--tel", BOB, "--name", "x" * 60), "60 octets"),
        (("user", "card", "--tel", BOB), "cms user add"),
        (("user", "card", "--tel", ALICE, "--show"), "needs a terminal"),
        (("status", "--store", "nowhere"), "cms init"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(office, words, said):
    assert said in office.fails(*words)


@pytest.mark.parametrize(
    "words", [("user", "add"), ("export",), ("nonsense",), ("user", "card", "--seconds", "1", "--tel", ALICE)]
)
def test_what_is_typed_wrongly_is_usage(operator, words):
    operator.fails(*words, status=2)


@pytest.mark.parametrize(
    "words",
    [
        *(("init",), ("status",), ("export",), ("letters",), ("month", "export")),
        *(("user", name) for name in ("add", "import", "list", "show", "card", "rename", "mark")),
        *(("user", name) for name in ("suspend", "resume", "remove")),
        *(("letter", name) for name in ("list", "used", "destroyed", "status")),
    ],
)
def test_every_command_helps_with_an_example(operator, words):
    assert f"cms {' '.join(words)}" in " ".join(operator.does(*words, "--help").split())


def test_status_says_that_changes_wait_for_an_export(office):
    office.does("export", "media-1")
    assert "export again" not in " ".join(office.does("status").split())
    office.does("user", "card", "--tel", ALICE, "-o", "a.png")
    assert "export again" in " ".join(office.does("status").split())


WATCH = """
import os, sys
seen = []
PROGRAMS = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty")
def hook(event, arguments):
    if event == "subprocess.Popen":
        seen.append(os.path.basename(arguments[0]))
    elif event.split(".")[0] in ("socket", "urllib", "http") or event in PROGRAMS:
        seen.append(event)
sys.addaudithook(hook)
def run(*words):
    from cms.cli import main
    sys.argv = ["cms", *words]
    try:
        main()
    except SystemExit as end:
        assert not end.code, words
{commands}
print("SEEN", seen)
"""


def watched(commands, desk):
    environment = {
        **os.environ,
        "CMS_STORE": str(desk / "store"),
        "CMS_PASSPHRASE_FILE": str(desk / "passphrase"),
        "CMS_ACCEPT_NETWORK": "1",
    }
    result = subprocess.run(
        [sys.executable, "-c", WATCH.format(commands=commands)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return result.stdout.splitlines()[-1]


def test_no_command_opens_a_socket_and_one_program_makes_disc_images(tmp_path):
    (tmp_path / "people.csv").write_text("+447700900125,Carol\n")
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    commands = f"""
run("init", "--domain", "sv.example", "--organisation", "Office", "--crs", "crs.sv.example:5061")
run("user", "add", "--tel", "{ALICE}", "--name", "Alice")
run("user", "card", "--tel", "{ALICE}")
run("user", "card", "--tel", "{ALICE}", "--reissue", "-o", r"{tmp_path}/a.png", "--pdf", r"{tmp_path}/a.pdf")
run("user", "list")
run("user", "import", r"{tmp_path}/people.csv")
run("letters", "--new", "-o", r"{tmp_path}/letters", "--codes", r"{tmp_path}/codes.pdf")
run("letter", "list")
run("user", "suspend", "--tel", "{ALICE}")
run("user", "remove", "--tel", "{ALICE}", "--yes")
run("export", r"{tmp_path}/media")
run("status")
run("--help")
"""
    assert watched(commands, tmp_path) == "SEEN []"
    assert watched(f'run("export", "--media", r"{tmp_path}/media.iso")', tmp_path) == "SEEN ['xorriso']"


def test_the_watch_above_sees_a_socket(tmp_path):
    seen = watched("import socket; socket.socket().close()", tmp_path)
    assert "socket.__new__" in seen


def test_a_running_command_keeps_others_out(office):
    with store.open_store(office.desk / "store", PASSPHRASE):
        assert "another command" in office.fails("user", "add", "--tel", BOB, "--name", "Bob")


def test_the_card_is_known_to_the_store_before_it_is_anywhere_else(office, monkeypatch):
    def no_name(self):
        raise KeyboardInterrupt

    monkeypatch.setattr("cms.files.StagedFiles.appear", no_name)
    office.types("user", "card", "--tel", ALICE, "-o", "a.png")
    assert not (office.desk / "a.png").exists()
    [issued] = office.held().cards
    assert issued.state is CardState.ISSUED
    assert sorted(path.name for path in office.desk.iterdir()) == ["passphrase", "store"]


def this_month():
    return fields.month_of(int(time.time()))


def next_month():
    return fields.month_from_int(fields.month_to_int(this_month()) + 1)


def test_a_month_is_exported_for_everybody_and_again_for_newcomers_only(office):
    office.does("user", "card", "--tel", ALICE, "-o", "alice.png")
    said = office.does("month", "export", next_month(), "--media", "december")
    assert "2 packs" in said
    assert "crs init --media december" in said
    first = crs_media.read({path.name: path.read_bytes() for path in (office.desk / "december").iterdir()})
    office.does("user", "add", "--tel", BOB, "--name", "Bob")
    office.does("user", "card", "--tel", BOB, "-o", "bob.png")
    assert "4 packs" in office.does("month", "export", next_month(), "--media", "again")
    again = crs_media.read({path.name: path.read_bytes() for path in (office.desk / "again").iterdir()})
    [monthly] = [
        octets
        for octets in first.packs
        if pack.address(octets, first.own.domain_key).kind is PackKind.MONTHLY
    ]
    assert monthly in again.packs, "Alice's keys of the month are the same octets"
    assert set(first.bulletins) == {this_month(), next_month()}
    assert [one.newest for one in office.held().cards] == [next_month(), next_month()]


@pytest.mark.parametrize("month", ["2001-01", "9000-01", "December", "2026-13"])
def test_a_month_that_cannot_be_issued_leaves_nothing_behind(office, month):
    before = office.held()
    assert (
        "take" in (said := office.fails("month", "export", month, "--media", "media")) or "write it" in said
    )
    assert not (office.desk / "media").exists()
    assert office.held().issuances == before.issuances
