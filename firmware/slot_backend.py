"""What RAUC asks the board about its slots (RAUC's custom bootloader backend). It decides nothing.

    python -m firmware.slot_backend get-primary | get-current | get-state A | set-primary B | set-state B good

The update service owns the state; it alone commits a slot, after the phone has found itself well in it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from firmware.boot_slots import Autoboot, running_slot
from firmware.slots import Slot
from firmware.update_paths import AUTOBOOT, STATE
from firmware.update_state import UpdateState, read_state


def answer(words: list[str], *, running: Slot, committed: Slot, state: UpdateState) -> str:
    """Return what is to be printed. Raises ValueError for a question that is none, or a forbidden answer."""
    match words:
        case ["get-primary"]:
            return (state.pending or committed).value
        case ["get-current"]:
            return running.value
        case ["get-state", name]:
            return "bad" if Slot(name) is state.bad else "good"
        case ["set-primary", name]:
            if Slot(name) is running:
                raise ValueError("the slot that runs is never written, so it is never chosen anew")
            return ""
        case ["set-state", name, "good" | "bad"]:
            Slot(name)
            return ""
    raise ValueError(f"no such question: {' '.join(words)[:80]}")


def main(argv: list[str] | None = None, *, autoboot: Path = AUTOBOOT, state: Path = STATE) -> int:
    """Answer one question; return the exit status."""
    try:
        said = answer(
            sys.argv[1:] if argv is None else argv,
            running=running_slot(),
            committed=Autoboot(autoboot).committed(),
            state=read_state(state),
        )
    except (ValueError, OSError) as error:
        print(f"slots: {error}", file=sys.stderr)
        return 1
    print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
