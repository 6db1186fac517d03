"""How far long work has come: it names its tasks, and advances each. Rich's bar of a terminal is one such."""

from __future__ import annotations

from typing import Any, Protocol


class Bar(Protocol):
    """What shows the progress. It may be told from another thread than the one that shows it."""

    def add_task(self, description: str, *, total: float | None) -> Any:
        """Begin a task of so many steps; return what `advance` knows it by."""

    def advance(self, task_id: Any, /) -> None:
        """One step of a task is done."""
