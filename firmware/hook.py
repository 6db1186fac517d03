"""What the cradle means: `step(cradle, event, …) -> (cradle, meanings)`.

    down ── up within 80 ms ───────► nothing: Released
         ── up within 600 ms ──────► Flash
         ── still down at 600 ms ──► HungUp

Only in a call is there anything to find out. Otherwise laying down acts at once. The microphone's gate closes
with the first edge (Pressed), so that nobody is heard while it is not known what the cradle means.
"""

from __future__ import annotations

from firmware import call_events as on
from firmware import call_state as at
from firmware.call_state import State
from firmware.record import record

SHORTEST_FLASH_S = 0.08
LONGEST_FLASH_S = 0.6


@record
class Cradle:
    """`lifted` as its switch says, debounced; `down_at` is when it went down, while it is not known why."""

    lifted: bool = False
    down_at: float | None = None

    @property
    def deadline(self) -> float | None:
        """When `Waited` is due."""
        return None if self.down_at is None else self.down_at + LONGEST_FLASH_S


@record
class Edge:
    """The switch changed, and is stable."""

    lifted: bool


@record
class Waited:
    """The deadline has passed."""


Meaning = on.Lifted | on.HungUp | on.Pressed | on.Released | on.Flash


def can_flash(calls: State) -> bool:
    """True if tapping the cradle means something: a call in the handset, or one on hold."""
    return (
        calls.lifted and not calls.speaker and (isinstance(calls.phase, at.Talking) or calls.held is not None)
    )


def step(
    cradle: Cradle, event: Edge | Waited, *, now: float, flashes: bool
) -> tuple[Cradle, tuple[Meaning, ...]]:
    """Take an edge, or the passing of the deadline; `flashes` as `can_flash` says at this moment."""
    down_at = cradle.down_at
    if isinstance(event, Waited):
        late = down_at is not None and now >= down_at + LONGEST_FLASH_S
        return (Cradle(False), (on.HungUp(),)) if late else (cradle, ())
    if event.lifted == cradle.lifted:
        return cradle, ()
    if not event.lifted:
        return (Cradle(False, now), (on.Pressed(),)) if flashes else (Cradle(False), (on.HungUp(),))
    if down_at is None:
        return Cradle(True), (on.Lifted(),)
    down_for = now - down_at
    if down_for < SHORTEST_FLASH_S:
        return Cradle(True), (on.Released(),)
    if down_for <= LONGEST_FLASH_S:
        return Cradle(True), (on.Flash(),)
    # The deadline passed and nobody told: laid down, and lifted again.
    return Cradle(True), (on.HungUp(), on.Lifted())
