"""The log, listed, checked and exported; a fault is an OperatorMistake that says where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cms import audit, audit_file
from cms.audit import Entry, Fault, Mark
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter import when
from cms.store import Store

COLUMNS = ("Entry", "When", "Who", "Command", "What")


class Tampered(OperatorMistake):
    """The log is not what it was. `fault` names the first entry that shows it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"the log was tampered with: {fault}. Stop, and tell security")
        self.fault = fault


def rows(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Return entries of the log: a text for each of COLUMNS."""
    return [(str(one.number), when(one.at), one.who, one.action, one.details) for one in entries]


def noted(text: str) -> Mark:
    """Return a head that somebody noted, as commands print it. Raises OperatorMistake."""
    try:
        return audit.parse_mark(text)
    except ValueError as error:
        raise OperatorMistake(str(error)) from error


def check(held: Store, head: Mark | None = None) -> None:
    """Check the store's log: signatures, chain, end, and that it continues `head`. Raises Tampered."""
    refuse(held.log_fault() or audit.find_fault(held.entries, head=head))


def refuse(fault: Fault | None) -> None:
    """Raise Tampered if there is a fault."""
    if fault is not None:
        raise Tampered(fault)


def whole(end: Mark) -> str:
    """Return what to tell of a log without a fault."""
    return f"The log is whole: {end.count} entries, each signed and in its place.\nLog  {end}"


def export(held: Store, file: Path) -> None:
    """Write the log as a file that anybody can check. Raises Tampered, or OperatorMistake if it cannot be."""
    with StagedFiles() as staged:
        refuse(held.log_fault())
        staged.add(file, audit_file.write(held.domain.name, held.entries, held.acting))
        staged.appear()
