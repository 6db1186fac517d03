"""Whether this computer is on a network, asked without touching one: the links that the kernel lists."""

from __future__ import annotations

from pathlib import Path

INTERFACES = Path("/sys/class/net")
_LOOPBACK = "772"


def links_up(interfaces: Path | None = None) -> list[str]:
    """Return the names of the links that are up, without the loopback."""
    folder = INTERFACES if interfaces is None else interfaces
    if not folder.is_dir():
        return []
    return sorted(link.name for link in folder.iterdir() if link.is_dir() and _is_up(link))


def _is_up(link: Path) -> bool:
    if _word(link / "type") == _LOOPBACK or link.name == "lo":
        return False
    state = _word(link / "operstate")
    # Some drivers never say more than "unknown": then a carrier counts.
    return state == "up" or (state != "down" and _word(link / "carrier") == "1")


def _word(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:  # the carrier of a link that is down cannot be read
        return ""
