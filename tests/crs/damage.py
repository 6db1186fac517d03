"""What may befall a medium or a backup: octets changed, cut, swapped, and pieces of another one."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("DAMAGE_CASES", "250"))
"""Cases of each property; `DAMAGE_CASES=2000` for the long run."""

THOROUGH = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def damaged(draw: st.DrawFn, octets: bytes, other: bytes) -> bytes:
    """Return octets that are not `octets`; `other` is a file of the same kind."""
    size = len(octets)
    how = draw(st.sampled_from(["flip", "cut", "tail", "grow", "drop", "double", "swap", "splice", "other"]))
    at = draw(st.integers(0, max(0, size - 1)))
    length = draw(st.integers(1, max(1, min(600, size))))
    if how == "flip" and size:
        return octets[:at] + bytes([octets[at] ^ draw(st.integers(1, 255))]) + octets[at + 1 :]
    if how == "cut":
        return octets[:at]
    if how == "tail":
        return octets[at + 1 :]
    if how == "grow":
        return octets + draw(st.binary(min_size=1, max_size=40))
    if how == "drop":
        return octets[:at] + octets[at + length :]
    if how == "double":
        return octets[: at + length] + octets[at:]
    if how == "swap":
        second = octets[at + length : at + 2 * length]
        return octets[:at] + second + octets[at : at + length] + octets[at + length + len(second) :]
    if how == "splice":
        return octets[:at] + other[at:]
    return other
