"""What a phone has and whom it answers, compared with the lists in image/golden: python -m image.tests.walk.

`sockets`, `mounts`, `running` and `processes` are what a phone for people has; what the test layer adds to
each is in the list of the same name with `-test` behind it, and no release has it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[1] / "golden"
LISTS = {"sockets": "sockets", "mounts": "mounts", "units": "running", "processes": "processes"}
"""A field of the survey, and its list."""
MEMORY_MB = 180.0
"""The most that all services together may have while nothing happens."""
EVERY_PORT = range(1, 65536)


class Unlike(AssertionError):
    """Something is there that should not be, or the other way round; the text says what."""


def read_list(name: str) -> set[str]:
    """The lines of a golden list; none if there is no such list."""
    if not (GOLDEN / name).exists():
        return set()
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def unlike(survey: dict[str, Any]) -> list[str]:
    """Every difference between a survey and the golden lists: '+' is there, '-' is missing."""
    found = []
    for field, name in LISTS.items():
        here, golden = set(survey[field]), read_list(name) | read_list(f"{name}-test")
        found += [f"{name}: + {line}" for line in sorted(here - golden)]
        found += [f"{name}: - {line}" for line in sorted(golden - here)]
    users = {" ".join(line.split(":")[:2]) for line in survey["users"] if line.startswith("sottovoce")}
    found += [f"users: {line}" for line in sorted(users ^ read_list("users"))]
    found += [
        f"users: {line} may log in" for line in survey["users"] if not line.endswith(("/nologin", "/false"))
    ]
    return found
