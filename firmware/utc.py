"""Days as months of keys are counted: in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime


def day(unix: int) -> date:
    """Return the day of a Unix second."""
    return datetime.fromtimestamp(unix, UTC).date()
