"""Where an update stands, over restarts: one small file on the data partition.

    nothing ── written(B, 1.2.0) ──► pending B ── tried ──► booted B ── healthy ──► nothing, floor 1.2.0
                                                    │          │
                                                    └──────────┴─ not healthy, or it never came so far:
                                                                  booted A again = rolled back 1.2.0

`floor` never sinks: nothing older than what was once found good is installed any more.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from firmware.slots import Slot
from firmware.update_check import Version, read_version, version_text

MAX_OCTETS = 4096

_log = logging.getLogger("sottovoce.update")


@dataclass(frozen=True, slots=True)
class UpdateState:
    """What is remembered. `pending` is the slot that was written and not yet found good, `tried` that a start
    of it was asked for; `bad` the slot that failed last; `outcome` what is to be told once ('', 'updated',
    'rolled-back'), of version `told`.
    """

    floor: Version = (0, 0, 0)
    pending: Slot | None = None
    version: Version = (0, 0, 0)
    tried: bool = False
    bad: Slot | None = None
    outcome: str = ""
    told: Version = (0, 0, 0)

    def encode(self) -> bytes:
        """Return the octets of the file."""
        return json.dumps(
            {
                "floor": version_text(self.floor),
                "pending": self.pending.value if self.pending else "",
                "version": version_text(self.version),
                "tried": self.tried,
                "bad": self.bad.value if self.bad else "",
                "outcome": self.outcome,
                "told": version_text(self.told),
            },
            indent=1,
        ).encode()

    @classmethod
    def decode(cls, octets: bytes) -> UpdateState:
        """Inverse of `encode`. Raises ValueError."""
        try:
            if len(octets) > MAX_OCTETS:
                raise ValueError("too long")
            told = json.loads(octets)
            if (
                set(told) != set(asdict(cls()))
                or told["outcome"] not in OUTCOMES
                or told["tried"] not in (True, False)
            ):
                raise ValueError("other fields than ours")
            return cls(
                floor=read_version(told["floor"]),
                pending=Slot(told["pending"]) if told["pending"] else None,
                version=read_version(told["version"]),
                tried=told["tried"],
                bad=Slot(told["bad"]) if told["bad"] else None,
                outcome=told["outcome"],
                told=read_version(told["told"]),
            )
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError("not the state of an update") from error


OUTCOMES = ("", "updated", "rolled-back")


def begun(state: UpdateState, slot: Slot) -> UpdateState:
    """A slot is about to be overwritten: whatever was in it is no longer worth a boot."""
    return replace(state, pending=None, tried=False, bad=slot)


def written(state: UpdateState, slot: Slot, version: Version) -> UpdateState:
    """A slot was written whole and is to be tried at the next restart."""
    return replace(state, pending=slot, version=version, tried=False, bad=None)


def asked(state: UpdateState) -> UpdateState:
    """The next start is to be the trial of what is pending."""
    return replace(state, tried=True)


def booted(state: UpdateState, slot: Slot) -> UpdateState:
    """This start is from `slot`. One that was tried and is not what runs has been rolled back."""
    if not state.tried or state.pending in (None, slot):
        return state
    failed = state.pending
    return replace(state, pending=None, tried=False, bad=failed, outcome="rolled-back", told=state.version)


def healthy(state: UpdateState, slot: Slot, running: Version) -> UpdateState:
    """The phone has found itself well in `slot`."""
    floor = max(state.floor, running)
    if state.pending is not slot:
        return replace(state, floor=floor)
    return replace(state, floor=floor, pending=None, tried=False, bad=None, outcome="updated", told=running)


def seen(state: UpdateState) -> UpdateState:
    """The person has read the outcome."""
    return replace(state, outcome="", told=(0, 0, 0))


def read_state(path: Path) -> UpdateState:
    """Read the state. One that is missing or damaged is a phone that was never updated: nothing depends on
    it but the offer to try a slot again.
    """
    try:
        with path.open("rb") as file:
            return UpdateState.decode(file.read(MAX_OCTETS + 1))
    except FileNotFoundError:
        return UpdateState()
    except ValueError as error:
        _log.warning("%s: %s; it begins anew", path.name, error)
        return UpdateState()


def write_state(path: Path, state: UpdateState) -> None:
    """Write the state: the old one or the new, whatever happens. Raises OSError."""
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("wb") as file:
        file.write(state.encode())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
