"""When to say that the keys end soon: 14, 7, 3 and 1 days before."""

from __future__ import annotations

from datetime import UTC, date, datetime

WARN_DAYS = (14, 7, 3, 1)
DAY_S = 86400


def days_left(expires: int, unix: float) -> int:
    """Return how many days, begun ones included, the keys still last; 0 when they have ended."""
    return max(0, -int(-(expires - unix) // DAY_S))


def warning(expires: int, unix: float) -> int | None:
    """Return the days left if they are few enough to be said on the idle screen, None otherwise."""
    left = days_left(expires, unix)
    return left if expires and 0 < left <= max(WARN_DAYS) else None


def notice_due(expires: int, unix: float, told: date | None) -> int | None:
    """Return the days left if this is one of the days to say so with a notice, and it was not said today."""
    left = warning(expires, unix)
    today = datetime.fromtimestamp(unix, UTC).date()
    return left if left in WARN_DAYS and told != today else None
