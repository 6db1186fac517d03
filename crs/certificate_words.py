"""What an administrator is told of our TLS certificate: until when it is, and to renew it in time. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

DAY_S = 86_400
WARN_DAYS = 60
"""With fewer days left than these, it is to be renewed."""


def lines(until: int, now: float) -> list[str]:
    """Return when a certificate ends (Unix seconds) and what is left; a second line if that is little."""
    left = int((until - now) // DAY_S)
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    if until <= now:
        return [f"ended {day}", "WARNING: no phone connects. Load newer media now:  cms export, crs load"]
    said = [f"until {day}, {left} day{'' if left == 1 else 's'} left"]
    if left < WARN_DAYS:
        said.append("WARNING: load newer media before it ends:  cms export, crs load")
    return said
