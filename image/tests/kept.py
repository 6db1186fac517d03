"""What the proof of updates keeps between two runs: which stages are done, the CRS's port, and the card."""

from __future__ import annotations

import json
from pathlib import Path

from image.machine import Machine


class Kept:
    """In the folder of a run: done.json, and card.kept."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "done.json"

    def read(self) -> tuple[int, int]:
        """How many stages are done, and the CRS's port; 0 and 0 to begin."""
        if not self._file.exists():
            return 0, 0
        told = json.loads(self._file.read_text(encoding="ascii"))
        return int(told["done"]), int(told["port"])

    def write(self, done: int, port: int, machine: Machine) -> None:
        """Keep the card of a machine, as it is at one instant."""
        machine.copy_card(self.card)
        self._file.write_text(json.dumps({"done": done, "port": port}), encoding="ascii")

    @property
    def card(self) -> Path:
        return self._folder / "card.kept"
