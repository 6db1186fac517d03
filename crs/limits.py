"""Token buckets: how often anybody may ask for something expensive."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second` on average."""

    burst: float
    per_second: float


@dataclass(slots=True)
class TokenBucket:
    """One bucket. It starts full; `take` is told the time in seconds."""

    rate: Rate
    tokens: float
    filled_at: float

    @classmethod
    def full(cls, rate: Rate, now: float) -> TokenBucket:
        return cls(rate, rate.burst, now)

    def take(self, now: float) -> bool:
        """Take one token, or say that there is none."""
        passed = max(0.0, now - self.filled_at)
        self.tokens = min(self.rate.burst, self.tokens + passed * self.rate.per_second)
        self.filled_at = now
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


class TokenBuckets:
    """A bucket for every key (a caller, a host); of more than `capacity` keys the stalest is forgotten."""

    def __init__(self, rate: Rate, *, capacity: int = 4096) -> None:
        self._rate = rate
        self._capacity = capacity
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        """Take one token from this key's bucket, or say that there is none."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = TokenBucket.full(self._rate, now)
            if len(self._buckets) > self._capacity:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket.take(now)
