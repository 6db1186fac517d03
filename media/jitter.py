"""The jitter buffer: packets come when they like, the card asks when it must; here they meet.

The rules:

1.  Depth is a time, not a count: how long a frame waits beyond what the quickest packet of the last ten
    seconds needed. It aims at a target: the 97th percentile of what packets needed beyond the quickest, and
    one frame more (`media.delay`). It starts at 40 ms.
2.  A packet that missed its turn raises the target at once; the target comes down slowly.
3.  A frame that is missing while later ones are here is lost: it is recovered from the redundancy of the
    next one, else concealed. Nobody waits for it.
4.  If nothing at all is here, the sound is concealed but we do not move on. If the frame then comes it is
    played, late, and the depth has grown by what was needed. Frames that never come are charged against
    the periods already concealed.
5.  Frames that wait too long (the target fell, or the far clock is fast) are merged, two into one period.
    If they wait too little (the target rose, or the far clock is slow), a concealed period is put in.
6.  After 200 ms of nothing the line is silent until packets come again.

Time is passed in: seconds of any one monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from media.codec import PERIOD_S, RTP_TICKS
from media.delay import DelayEstimate
from media.rtp import RTPPacket

CAPACITY = 64
"""Frames, 1.28 s."""
MAX_HELD = 10
"""Periods of nothing until the line is silent."""
EXCESS_S = PERIOD_S + 0.005
"""Merging begins here; it takes 20 ms away, so it does not call for its own undoing."""
LOUD_EXCESS_S = 0.050
"""From here on speech is merged too; below, we wait for a pause, but no longer than PATIENCE_S."""
PATIENCE_S = 2.0
SKIP_S = 0.200
"""From here on frames are thrown away: nobody wants to hear them that late."""
SHORTAGE_S = -0.012
"""A period put in brings this to 8 ms too much: no reason for a merge."""
CHANGE_EVERY_S = 0.3
"""Between two merges, and between two insertions into speech."""
TICKS_PER_S = RTP_TICKS / PERIOD_S


@dataclass(frozen=True, slots=True)
class Play:
    """Decode `frame`: it is the next one."""

    frame: bytes


@dataclass(frozen=True, slots=True)
class Merge:
    """Decode both and play them in the time of one."""

    first: bytes
    second: bytes


@dataclass(frozen=True, slots=True)
class Recover:
    """The next frame is lost; `following` is the one after it and may carry its redundancy."""

    following: bytes


@dataclass(frozen=True, slots=True)
class Conceal:
    """There is no frame for this period: continue the sound before it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is being played: silence."""


Action = Play | Merge | Recover | Conceal | Wait


@dataclass(slots=True)
class Counters:
    """What has happened so far, in packets or in periods of 20 ms."""

    received: int = 0
    duplicates: int = 0
    late: int = 0
    """Came after their turn."""
    lost: int = 0
    """Frames whose turn passed without them, whether or not they came later."""
    recovered: int = 0
    """Lost frames for which redundancy was at hand."""
    concealed: int = 0
    """Periods that had to be guessed, for a lost frame or to grow."""
    merged: int = 0
    inserted: int = 0
    """Concealed periods put in only to grow."""
    skipped: int = 0
    """Frames thrown away because they were too old to be worth hearing."""
    restarts: int = 0


class JitterBuffer:
    """See the rules above. `put` and `take` belong to one thread. It goes on counting in `counters`."""

    def __init__(self, counters: Counters | None = None) -> None:
        self.counters = counters or Counters()
        self.depth = 0.0
        """Seconds that the frame played last had waited beyond the quickest packet."""
        self._delays = DelayEstimate()
        # By extended sequence: payload, extended timestamp, delay.
        self._frames: dict[int, tuple[bytes, int, float]] = {}
        self._highest: tuple[int, int] | None = None  # extended sequence and timestamp of the newest packet
        self._due: int | None = None  # the frame whose turn it is
        self._due_ticks = 0  # its timestamp: exact if we hold it, else counted on from the one before
        self._silent = True
        self._held = 0  # periods concealed without moving on
        self._changed = float("-inf")
        self._excess_since: float | None = None

    def __len__(self) -> int:
        """Frames that wait."""
        return len(self._frames)

    def put(self, packet: RTPPacket, now: float) -> None:
        """Take in an authenticated packet that arrived at `now`."""
        self.counters.received += 1
        sequence, ticks = self._extend(packet)
        if sequence in self._frames:
            self.counters.duplicates += 1
            return
        delay = now - ticks / TICKS_PER_S
        if not self._delays.observe(delay, now):
            self._fall_silent()
            self.counters.skipped += len(self._frames)
            self._frames.clear()
        if self._due is not None and sequence < self._due:
            self.counters.late += 1
            self._delays.missed(delay, now)
            return
        if self._held and sequence == self._due:
            self._delays.missed(delay, now)
        self._frames[sequence] = packet.payload, ticks, delay
        while max(self._frames) - min(self._frames) >= CAPACITY:
            del self._frames[min(self._frames)]
            self.counters.skipped += 1

    def _extend(self, packet: RTPPacket) -> tuple[int, int]:
        """Return sequence and timestamp without their wrap-around, by their distance from the newest."""
        if self._highest is None:
            self._highest = packet.sequence, packet.timestamp
        newest, newest_ticks = self._highest
        sequence = newest + _signed(packet.sequence - newest, 16)
        ticks = newest_ticks + _signed(packet.timestamp - newest_ticks, 32)
        if sequence > newest:
            self._highest = sequence, ticks
        return sequence, ticks

    def take(self, now: float, *, quiet: bool = False) -> Action:
        """Say what to play in the period that begins at `now`; `quiet`: the last one was no speech."""
        if self._due is None or self._silent:
            due = self._begin(now)
            if due is None:
                return Wait()
        else:
            due = self._due
        while due not in self._frames:
            if not self._frames:
                return self._hold()
            missing = min(self._frames) - due
            if missing > CAPACITY:
                self._fall_silent()
                return Wait()
            excess = self._excess(now)
            if self._held:
                # Time has passed for these already, while nothing was here. Had we waited for the packet that
                # ended the gap, its redundancy would have filled the gap's last frame: from now on, do.
                self._delays.missed(self._frames[due + missing][2] + PERIOD_S, now)
                due = self._pass_over(due, min(self._held, missing))
                self._held = 0
            elif excess < SHORTAGE_S:
                return self._insert(now)
            elif excess > EXCESS_S and missing > 1:
                due = self._pass_over(due, 1)
            else:
                return self._lose(due)
        return self._present(due, now, quiet)

    def _begin(self, now: float) -> int | None:
        """Leave the silence if the first frame here has waited long enough."""
        if not self._frames:
            self.depth = 0.0
            return None
        first = min(self._frames)
        # Half a period early or half a period late: whichever comes nearer to the target.
        if self._waited(self._frames[first][1], now) < self._delays.target(now) - PERIOD_S / 2:
            return None
        if self._due is not None:
            self.counters.lost += first - self._due
        self._silent = False
        self._held = 0
        self._due, self._due_ticks = first, self._frames[first][1]
        return first

    def _fall_silent(self) -> None:
        self._silent = True
        self._held = 0
        self.counters.restarts += 1

    def _waited(self, ticks: int, now: float) -> float:
        return now - ticks / TICKS_PER_S - self._delays.quickest

    def _excess(self, now: float) -> float:
        """How much longer than the target the due frame will have waited, in seconds."""
        self.depth = self._waited(self._due_ticks, now)
        return self.depth - self._delays.target(now)

    def _present(self, due: int, now: float, quiet: bool) -> Action:
        excess = self._excess(now)
        while excess > SKIP_S and due + 1 in self._frames:
            self.counters.skipped += 1
            due = self._move_on(due)
            excess -= PERIOD_S
        self._held = 0
        payload = self._frames[due][0]
        may_change = quiet or now - self._changed >= CHANGE_EVERY_S
        if excess < SHORTAGE_S and may_change:
            return self._insert(now)
        if self._may_merge(excess, now, quiet) and may_change and due + 1 in self._frames:
            second = self._frames[due + 1][0]
            self._changed = now
            self.counters.merged += 1
            self._move_on(self._move_on(due))
            return Merge(payload, second)
        self._move_on(due)
        return Play(payload)

    def _may_merge(self, excess: float, now: float, quiet: bool) -> bool:
        if excess <= EXCESS_S:
            self._excess_since = None
            return False
        if self._excess_since is None:
            self._excess_since = now
        return quiet or excess > LOUD_EXCESS_S or now - self._excess_since > PATIENCE_S

    def _hold(self) -> Action:
        """Nothing is here: it may be late rather than lost, so stay where we are."""
        self._held += 1
        if self._held > MAX_HELD:
            self._fall_silent()
            return Wait()
        self.counters.concealed += 1
        return Conceal()

    def _insert(self, now: float) -> Action:
        self._changed = now
        self.counters.inserted += 1
        self.counters.concealed += 1
        return Conceal()

    def _lose(self, due: int) -> Action:
        self.counters.lost += 1
        following = self._frames.get(due + 1)
        self._move_on(due)
        if following is None:
            self.counters.concealed += 1
            return Conceal()
        self.counters.recovered += 1
        return Recover(following[0])

    def _pass_over(self, due: int, frames: int) -> int:
        for _ in range(frames):
            self.counters.lost += 1
            due = self._move_on(due)
        return due

    def _move_on(self, due: int) -> int:
        """The due frame's turn is over: forget it and return the next."""
        self._frames.pop(due, None)
        due += 1
        held = self._frames.get(due)
        self._due = due
        self._due_ticks = self._due_ticks + RTP_TICKS if held is None else held[1]
        return due


def _signed(value: int, bits: int) -> int:
    """Read `value` modulo 2^bits as the nearest number to zero."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value
