"""Where the files of updates are on the image (image/layers/70-update makes the places)."""

from __future__ import annotations

from pathlib import Path

AUTOBOOT = Path("/run/sottovoce/bootcfg/autoboot.txt")
"""On the first partition, mounted for the update service alone."""
DATA = Path("/data/update")
STATE = DATA / "state.json"
BUNDLE = DATA / "bundle.raucb"
COMPATIBLE = Path("/usr/share/sottovoce/compatible")
"""One line: what a bundle for this image calls itself, as /etc/rauc/system.conf has it."""
