"""Is the flow alive: CRLF CRLF out, CRLF back within ten seconds (RFC 5626 §4.4.1)."""

from __future__ import annotations

from collections.abc import Callable

PONG_WITHIN = 10.0
INTERVAL = 30.0
"""Seconds between pings unless the registrar's Flow-Timer asks for less."""


class FlowKeepAlive:
    """The client's side. `fraction` is a random number from 0 to 1, so that phones do not ping in step."""

    def __init__(self, fraction: Callable[[], float], interval: float = INTERVAL) -> None:
        self._fraction = fraction
        self._interval = interval
        self._ping_at: float | None = None
        self._sent_at: float | None = None

    def start(self, now: float, flow_timer: int | None = None) -> None:
        """Begin, or go on with the registrar's Flow-Timer in seconds."""
        if flow_timer is not None:
            self._interval = max(5.0, min(INTERVAL, float(flow_timer)))
        if self._ping_at is None and self._sent_at is None:
            self._plan(now)

    def stop(self) -> None:
        """The flow is gone."""
        self._ping_at = self._sent_at = None

    def ping(self, now: float) -> bool:
        """Say whether to send a ping, because it is wanted at once; not while one is unanswered."""
        if self._sent_at is not None:
            return False
        self._ping_at, self._sent_at = None, now
        return True

    def pong(self, now: float) -> float | None:
        """Take a pong; return the round trip in seconds, None for one nobody asked for."""
        if self._sent_at is None:
            return None
        round_trip, self._sent_at = now - self._sent_at, None
        self._plan(now)
        return round_trip

    def due(self, now: float) -> bool:
        """Say whether it is time to ping."""
        return self._ping_at is not None and self._ping_at <= now

    def failed(self, now: float) -> bool:
        """Say whether a pong is overdue."""
        return self._sent_at is not None and now - self._sent_at >= PONG_WITHIN

    @property
    def deadline(self) -> float | None:
        """When to look again."""
        return self._sent_at + PONG_WITHIN if self._sent_at is not None else self._ping_at

    def _plan(self, now: float) -> None:
        self._ping_at = now + self._interval * (0.8 + 0.2 * self._fraction())
