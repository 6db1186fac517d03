"""The life of a call, as a pure machine: `step(state, event, now=…) -> (state, effects)`.

                        ┌── digits ──► Dialling ── '#', Call, 4 s ──► Preparing ──► Calling ──► RingingOut
    Idle ◄──► OffHook ──┘                                                │            │            │
     │                                                                   └──── Over ◄─┴────────────┤
     └─ INVITE ─► (verifying, unseen) ─► Incoming ─ lift ─► Answering ─► Talking ◄─────────────────┘
                                                                 (on-hook: Waiting first)

Beside the call in the foreground there is at most one other, held or waiting (see firmware.call_second).

Rules that hold in every state, and that the tests hold it to:
- A person answers, by handset, speaker key or soft key. Nothing else does.
- Laying down ends what is heard in the handset. A call on hold then rings.
- Nothing rings or shows before the caller's key has verified; then the verified number is shown, never From.
- The microphone opens with Connect or with the end of a hold, only for a call in the foreground that is not
  held, only with the handset lifted or hands-free chosen; Hold and Release close it.
- A call shows as secure only after the first packet of the peer has authenticated.
- Every call that was made, or whose caller was verified or refused, is noted once when it is over.
- Tone, lamps, ring, route and gate follow the state, in `firmware.call_follow` and nowhere else.
"""

from __future__ import annotations

from firmware import call_events as on
from firmware.acts import Act
from firmware.call_follow import Step, follow
from firmware.call_house import house
from firmware.call_peer import incoming, progress
from firmware.call_person import fingers
from firmware.call_state import State


def step(state: State, event: on.Event, *, now: float) -> Step:
    """Take one event at monotonic time `now`; return the new state and what is to be done, in order."""
    after, effects = _take(state, event, now)
    return follow(state, after, effects)


def _take(state: State, event: on.Event, now: float) -> Step:
    match event:
        case (
            on.Lifted()
            | on.HungUp()
            | on.Pressed()
            | on.Released()
            | on.Flash()
            | on.HandsFree()
            | on.Key()
            | on.LongPress()
            | Act()
        ):
            return fingers(state, event, now)
        case on.Line() | on.Book() | on.DoNotDisturb() | on.Restarted() | on.ServiceLost() | on.TimeUp():
            return house(state, event, now)
        case on.Invited() | on.Verified() | on.NotVerified():
            return incoming(state, event, now)
        case _:
            return progress(state, event, now)
