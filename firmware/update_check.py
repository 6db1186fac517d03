"""Whether a bundle may be installed: what RAUC read of it, against what runs here. Pure.

RAUC has verified the signature when it tells anything. Here: for this kind of phone, and not older than what
this phone has already run (threat T13: an old release with a known fault, signed long ago, is refused).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

MAX_INFO_OCTETS = 64 * 1024
IMAGES = frozenset({"rootfs", "boot"})
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")

Version = tuple[int, int, int]


class BundleRefused(ValueError):
    """This bundle is not installed. `code` is what the phone shows (E60…E63)."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a verified bundle says of itself."""

    compatible: str
    version: Version

    @property
    def name(self) -> str:
        """The version as people read it."""
        return version_text(self.version)


def read_version(text: str) -> Version:
    """Read '1.2.3'. Raises ValueError for anything else."""
    found = _VERSION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a version such as 1.2.3")
    major, minor, patch = (int(part) for part in found.groups())
    return major, minor, patch


def version_text(version: Version) -> str:
    """Inverse of `read_version`."""
    return ".".join(str(part) for part in version)


def read_info(octets: bytes) -> Bundle:
    """Read what `rauc info --output-format=json` printed of a verified bundle. Raises BundleRefused E63."""
    try:
        if len(octets) > MAX_INFO_OCTETS:
            raise ValueError("too long")
        told = json.loads(octets)
        images = [name for image in told["images"] for name in image]
        if sorted(images) != sorted(IMAGES) or any(_hooks(told)):
            raise ValueError("other images than ours, or hooks")
        return Bundle(_text(told["compatible"]), read_version(_text(told["version"])))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BundleRefused("E63", "this is not an update of this phone: take another copy of it") from error


def check(bundle: Bundle, *, compatible: str, running: Version, floor: Version) -> None:
    """Raise BundleRefused unless the bundle may be installed: E61 wrong board, E62 not newer.

    `running` is what runs now; `floor` the newest version that this phone was ever committed to.
    """
    if bundle.compatible != compatible:
        raise BundleRefused("E61", f"this update is for {bundle.compatible[:40]!r}, not for this phone")
    if bundle.version < floor:
        raise BundleRefused(
            "E62", f"version {bundle.name} is older than {version_text(floor)}: not installed"
        )
    if bundle.version == running:
        raise BundleRefused("E62", f"version {bundle.name} is installed already")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _hooks(told: dict[str, object]) -> list[object]:
    """Programs that the bundle would run while it is installed: we have none, and run none."""
    images = told["images"]
    assert isinstance(images, list)
    own = told.get("hooks", [])
    hooks = list(own) if isinstance(own, list) else [own]
    for image in images:
        for about in image.values():
            hooks += about.get("hooks", [])
    return hooks
