"""An escrow opening, whole: allowed, made, entered in the log, and only then in a file, sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cms import escrow, slots, store
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.store import Store
from crypto import escrow as file_format
from crypto import sealing
from crypto.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be opened: for which case, the calls to whom, of which month (UTC), into which new file.

    `officer` is the key (32 octets) of the monitoring officer whom the file is sealed to; empty: a
    passphrase.
    """

    number: str
    tel: str
    month: str
    output: Path
    officer: bytes = b""


def open_case(held: Store, case: Case, ask: Callable[[], str], *, at: int) -> str:
    """Give out the key that opens one number's calls of a month; return what to tell. `ask` is asked for the
    passphrase of the file, unless it is sealed to an officer.

    Raises OperatorMistake as `escrow.check_allowed` does, for a passphrase that is too short, or if there is
    no such key.
    """
    escrow.check_allowed(held.domain, held.head, second=held.second is not None)
    with StagedFiles() as staged:
        done = escrow.open_month(held.domain, case=case.number, tel=case.tel, month=case.month, now=at)
        words = ""
        if not case.officer:
            words = ask()
            slots.check_passphrase(words)
        with done.rsk:
            octets = file_format.build(
                done.opening,
                done.rsk,
                own=done.domain.certificate_of(case.month),
                domain_private=done.domain.secrets.domain,
                passphrase=words,
                to=case.officer,
                partners=escrow.partners_of(held.domain, case.month),
                cost=store.COST,
            )
        staged.add(case.output, octets)
        # The log first: a key that got out without being known would be the back door that this is not.
        held.save(done.domain, act=held.act(escrow.told(done.opening)))
        staged.appear()
    said = (
        f"{case.output} opens the calls to {case.tel} in {case.month}, for case {case.number}.\n"
        f"Leaf  {done.opening.leaf.pvt.hex()}\n"
        "Export soon: phones see with the next export that an opening was made."
    )
    if case.officer:
        said += f"\nIt opens with the officer's key  {fingerprint(case.officer)}"
    return said


def officer(digits: str) -> bytes:
    """Return an officer's key from its digits as `monitor key` prints them; empty for none.

    Raises OperatorMistake.
    """
    if not digits:
        return b""
    try:
        key = bytes.fromhex(digits)
    except ValueError as error:
        raise OperatorMistake("the officer's key is 64 hexadecimal digits: copy it again") from error
    if len(key) != sealing.PUBLIC_OCTETS:
        raise OperatorMistake(
            f"the officer's key is 64 hexadecimal digits, not {2 * len(key)}: copy it again"
        )
    return key
