"""The scripts by chapter, in the order of the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .flow_phone import FlowPhone

Script = Callable[[], FlowPhone]


@dataclass(frozen=True)
class Flow:
    """One story of a phone: its script checks it and returns the phone that lived it."""

    chapter: str
    title: str
    script: Script

    @property
    def name(self) -> str:
        """The name of its pictures."""
        return self.script.__name__


FLOWS: list[Flow] = []


def flow(chapter: str, title: str) -> Callable[[Script], Script]:
    """Enter a script into the book."""

    def enter(script: Script) -> Script:
        FLOWS.append(Flow(chapter, title, script))
        return script

    return enter
