"""Calls recorded by order: of the named numbers only, sealed as they came, and the log says so."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from crs.effects import Offered
from crs.errors import OperatorError
from crs.recorded_files import FILE, Forgotten, RecordedFiles
from crs.recording import Order, Recording
from tests.crs.office import BEN, Office, TurnedClock
from tests.crs.phone import until
from tests.crs.site import Site

ALICE, BOB = "+441632960001", "+441632960002"
OFFER = Offered(ALICE, BOB, "6f0c", b"an I_MESSAGE")


def recorded(file: Path, *numbers: str, offer: Offered = OFFER) -> list[dict[str, str]]:
    files = RecordedFiles(file.parent)
    recording = Recording(Order(frozenset(numbers), file), files=files, clock=TurnedClock())
    recording.start()
    recording.offered(offer)
    recording.stop()
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_call_to_a_recorded_number_is_kept_as_it_came(tmp_path: Path) -> None:
    [line] = recorded(tmp_path / "record", BOB)
    assert (line["from"], line["to"], line["relay"]) == (ALICE, BOB, "6f0c")
    assert base64.b64decode(line["mikey"]) == OFFER.mikey
    assert (tmp_path / "record").stat().st_mode & 0o777 == 0o600


def test_calls_to_others_leave_no_trace(tmp_path: Path) -> None:
    assert recorded(tmp_path / "record", ALICE) == []


def test_a_later_recording_is_appended(tmp_path: Path) -> None:
    recorded(tmp_path / "record", BOB)
    assert len(recorded(tmp_path / "record", BOB)) == 2


def test_without_an_order_nothing_is_recorded(tmp_path: Path) -> None:
    recording = Recording(None, files=RecordedFiles(tmp_path), clock=TurnedClock())
    recording.start()
    recording.offered(OFFER)
    recording.stop()
    assert recording.numbers == frozenset()


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path, tmp_path / "no" / "folder", tmp_path / "link"):
        order, files = Order(frozenset({BOB}), path), RecordedFiles(tmp_path)
        recording = Recording(order, files=files, clock=TurnedClock())
        with pytest.raises(OperatorError, match="cannot record"):
            recording.start()


@pytest.mark.parametrize("read", [False, True], ids=["nobody reads", "somebody reads"])
def test_a_pipe_is_refused_at_once(tmp_path: Path, read: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK) if read else -1
    order = Order(frozenset({BOB}), tmp_path / "pipe")
    recording = Recording(order, files=RecordedFiles(tmp_path), clock=TurnedClock())
    try:
        with pytest.raises(OperatorError, match="cannot record"):
            recording.start()
    finally:
        if read:
            os.close(reader)


def test_a_call_goes_on_that_cannot_be_recorded_and_that_is_an_alarm(office: Office, tmp_path: Path) -> None:
    """The disk is full; nobody who calls is to notice that he is recorded."""
    order = Order(frozenset({BEN}), Path("/dev/full"))
    with Site(office, tmp_path / "crs", record=order) as site:
        asha, ben = (site.registered(card) for card in office.cards)
        asha.send(asha.invite(BEN))
        ben.expect("INVITE")
        until(lambda: site.alarms("record-not-written"), "an alarm")


def test_what_is_sealed_is_in_no_repr() -> None:
    assert "I_MESSAGE" not in repr(OFFER)


# How long it is kept

NOW = 1_795_368_000.0


def line(at: object) -> bytes:
    return json.dumps({"at": at, "from": ALICE, "to": BOB, "mikey": "AQAF"}).encode() + b"\n"


def kept(home: Path, *lines: bytes, current: bool = False) -> tuple[list[Forgotten], list[bytes] | None]:
    """What becomes of these lines, once what is older than NOW is to be forgotten."""
    file, files = home / "record", RecordedFiles(home)
    file.write_bytes(b"".join(lines))
    files.add(file)
    done = files.forget(NOW, current=file if current else None)
    return done, file.read_bytes().splitlines(keepends=True) if file.exists() else None


def test_what_is_older_is_forgotten_and_the_rest_stays_as_it_was(tmp_path: Path) -> None:
    done, left = kept(tmp_path, line(NOW - 2), line(NOW), line(NOW - 1), line(NOW + 1))
    assert done == [Forgotten(tmp_path / "record", 2)]
    assert left == [line(NOW), line(NOW + 1)]
    assert (tmp_path / "record").stat().st_mode & 0o777 == 0o600


def test_where_nothing_is_old_the_file_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "record").write_bytes(line(NOW))
    before = (tmp_path / "record").stat().st_ino
    assert kept(tmp_path, line(NOW)) == ([], [line(NOW)])
    assert (tmp_path / "record").stat().st_ino == before


def test_a_file_with_nothing_left_is_removed_and_not_looked_for_again(tmp_path: Path) -> None:
    assert kept(tmp_path, line(NOW - 1)) == ([Forgotten(tmp_path / "record", 1)], None)
    assert RecordedFiles(tmp_path).known() == []


def test_a_disk_that_is_away_is_told_and_looked_at_when_it_is_back(tmp_path: Path) -> None:
    files, disk, away = RecordedFiles(tmp_path), tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    (disk / "record").write_bytes(line(NOW - 1))
    files.add(disk / "record")
    disk.rename(away)
    [told] = files.forget(NOW, current=None)
    assert (told.file, told.calls) == (disk / "record", 0)
    assert "mount it" in told.fault
    away.rename(disk)
    assert files.forget(NOW, current=None) == [Forgotten(disk / "record", 1)]


def test_the_file_that_is_recorded_into_stays_although_it_is_empty(tmp_path: Path) -> None:
    assert kept(tmp_path, line(NOW - 1), current=True)[1] == []
    assert RecordedFiles(tmp_path).known() == [tmp_path / "record"]


@pytest.mark.parametrize(
    "torn", [b'{"at": 17953', b"\xff\xfe\n", b"[]\n", b"7\n", b"\n", b'{"at": "x"}\n', b"{}\n"]
)
def test_a_line_that_nobody_can_date_is_forgotten(tmp_path: Path, torn: bytes) -> None:
    assert kept(tmp_path, line(NOW), torn)[1] == [line(NOW)]


def test_recording_goes_on_after_something_was_forgotten(tmp_path: Path) -> None:
    clock, file = TurnedClock(), tmp_path / "record"
    file.write_bytes(line(1))
    recording = Recording(Order(frozenset({BOB}), file), files=RecordedFiles(tmp_path), clock=clock)
    recording.start()
    assert recording.forget(clock.unix() - 1) == [Forgotten(file, 1)]
    recording.offered(OFFER)
    recording.stop()
    [left] = file.read_text().splitlines()
    assert json.loads(left)["from"] == ALICE


def test_a_file_that_cannot_be_written_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "aside").write_bytes(line(NOW - 1))
    (tmp_path / "record").symlink_to(tmp_path / "aside")
    files = RecordedFiles(tmp_path)
    files.add(tmp_path / "record")
    for _ in range(2):
        [told] = files.forget(NOW, current=None)
        assert (told.file, told.calls) == (tmp_path / "record", 0)
        assert told.fault
    assert (tmp_path / "aside").read_bytes() == line(NOW - 1)


def test_what_is_no_file_any_more_is_told_and_not_removed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "record")
    files = RecordedFiles(tmp_path)
    files.add(tmp_path / "record")
    [told] = files.forget(NOW, current=None)
    assert told.fault
    assert (tmp_path / "record").is_fifo()
    assert files.known() == [tmp_path / "record"]


@pytest.mark.parametrize("name", ["rec\x85ord", "rec\u2028ord", "rec\rord", "r" * 200])
def test_a_file_of_any_name_on_one_line_is_found_again(tmp_path: Path, name: str) -> None:
    RecordedFiles(tmp_path).add(tmp_path / name)
    assert RecordedFiles(tmp_path).known() == [tmp_path / name]


def test_a_name_of_two_lines_is_refused_before_anything_is_recorded(tmp_path: Path) -> None:
    order = Order(frozenset({BOB}), tmp_path / "rec\nord")
    with pytest.raises(OperatorError, match="choose another path"):
        Recording(order, files=RecordedFiles(tmp_path), clock=TurnedClock()).start()
    assert list(tmp_path.iterdir()) == []


def test_more_files_than_can_be_known_are_not_forgotten_in_silence(tmp_path: Path) -> None:
    line = f"{tmp_path / 'record'}\n"
    (tmp_path / FILE).write_text(line * (64 * 1024 // len(line) + 1))
    with pytest.raises(OSError, match="File too large"):
        RecordedFiles(tmp_path).forget(NOW, current=None)
    order = Order(frozenset({BOB}), tmp_path / "another")
    with pytest.raises(OperatorError, match="cannot record"):
        Recording(order, files=RecordedFiles(tmp_path), clock=TurnedClock()).start()


def test_a_file_that_cannot_be_opened_again_is_told_and_calls_go_on_until_it_can(tmp_path: Path) -> None:
    file = tmp_path / "there" / "record"
    file.parent.mkdir()
    recording = Recording(Order(frozenset({BOB}), file), files=RecordedFiles(tmp_path), clock=TurnedClock())
    recording.start()
    file.parent.rename(tmp_path / "away")
    [told] = recording.forget(NOW)
    assert (told.file, told.fault) == (file, "No such file or directory")
    recording.offered(OFFER)
    (tmp_path / "away").rename(file.parent)
    assert recording.forget(NOW) == []
    recording.offered(OFFER)
    recording.stop()
    assert len(file.read_text().splitlines()) == 1


def test_a_power_cut_on_the_way_leaves_the_old_file_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*given: object) -> None:
        raise OSError(5, "power cut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", cut)
        (tmp_path / FILE).write_text(f"{tmp_path / 'record'}\n")
        (tmp_path / "record").write_bytes(line(NOW - 1) + line(NOW))
        [told] = RecordedFiles(tmp_path).forget(NOW, current=None)
        assert told.fault == "power cut"
        assert (tmp_path / "record").read_bytes() == line(NOW - 1) + line(NOW)
    assert kept(tmp_path, line(NOW - 1), line(NOW))[1] == [line(NOW)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record", FILE]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_server_forgets_it_with_the_log_whether_it_still_records_or_not(
    office: Office, tmp_path: Path, ordered: bool
) -> None:
    file, home = tmp_path / "record", tmp_path / "crs"
    order = Order(frozenset({BEN}), file)
    with Site(office, home, record=order) as site:
        asha, ben = (site.registered(card) for card in office.cards)
        asha.send(asha.invite(BEN))
        ben.expect("INVITE")
        until(lambda: file.read_bytes(), "a record")
    with Site(office, home, **({"record": order} if ordered else {})) as site:
        site.turn((site.crs.config.retention_days + 1) * 86400)
        until(lambda: site.alarms("record-forgotten"), "the end of its retention")
        assert (file.read_bytes() if file.exists() else b"") == b""
        assert file.exists() is ordered


def test_what_cannot_be_forgotten_is_an_alarm_and_the_server_goes_on(office: Office, tmp_path: Path) -> None:
    (tmp_path / "aside").write_bytes(line(1))
    (tmp_path / "record").symlink_to(tmp_path / "aside")
    with Site(office, tmp_path / "crs") as site:
        RecordedFiles(site.home).add(tmp_path / "record")
        site.turn(3601)
        until(lambda: site.alarms("record-not-forgotten"), "an alarm")
        site.registered(office.cards[0])
