"""Calls recorded by order: of the named numbers only, sealed as they came, and the log says so."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from crs.effects import Offered
from crs.errors import OperatorError
from crs.recording import Order, Recording
from tests.crs.office import TurnedClock

ALICE, BOB = "+441632960001", "+441632960002"
OFFER = Offered(ALICE, BOB, "6f0c", b"an I_MESSAGE")


def recorded(file: Path, *numbers: str, offer: Offered = OFFER) -> list[dict[str, str]]:
    recording = Recording(Order(frozenset(numbers), file), clock=TurnedClock())
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


def test_without_an_order_nothing_is_recorded() -> None:
    recording = Recording(None, clock=TurnedClock())
    recording.start()
    recording.offered(OFFER)
    recording.stop()
    assert recording.numbers == frozenset()


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path, tmp_path / "no" / "folder", tmp_path / "link"):
        with pytest.raises(OperatorError, match="cannot record"):
            Recording(Order(frozenset({BOB}), path), clock=TurnedClock()).start()


def test_what_is_sealed_is_in_no_repr() -> None:
    assert "I_MESSAGE" not in repr(OFFER)
