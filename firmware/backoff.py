"""How long a phone waits before it tries its server again: `Backoff.after(reached=…)`, in seconds.

    not reached   the network, the address or somebody else in the way: 1 s, doubled up to 10 s; an attempt
                  costs the server nothing, and the person waits for the phone
    reached       the server was silent or said no: 1 s, doubled up to 30 s, so that ten thousand phones do
                  not keep it down which they brought down

Each wait is between half of that and all of it, so that phones which lost their server together do not come
back together (RFC 5626 §4.5).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

FIRST_S = 1.0
LONGEST_S = {False: 10.0, True: 30.0}
"""The longest wait, by whether the server was reached."""


@dataclass(slots=True)
class Backoff:
    """What the attempts so far have led to. `first_s` is the first wait of all."""

    first_s: float = FIRST_S
    chance: random.Random = field(default_factory=random.SystemRandom)
    failures: int = 0
    """Attempts that failed since the last success, or since the network changed."""

    def after(self, *, reached: bool) -> float:
        """An attempt failed: return how long to wait before the next one."""
        whole = min(self.first_s * 2.0 ** min(self.failures, 10), max(self.first_s, LONGEST_S[reached]))
        self.failures += 1
        return whole * (0.5 + self.chance.random() / 2)

    def anew(self) -> None:
        """There is reason to hope: it was registered, or the network is another one."""
        self.failures = 0
