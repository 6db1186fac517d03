"""A disc image of CRS media (ISO 9660 with Rock Ridge names), made by xorriso: the one other program we run.

All dates in it are those of the export, owners and modes are fixed: the same export gives the same octets.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cms.errors import OperatorMistake
from cms.files import StagedFolder, sync_file, sync_folder

SUFFIX = ".iso"
VOLUME = "SOTTOVOCE_CRS"
_PROGRAM = "xorriso"
_LAST_WORDS = 300


class StagedImage:
    """A disc image that appears whole, by one rename, where nothing is. Its files wait beside it."""

    def __init__(self, target: Path, *, at: int) -> None:
        """Raise OperatorMistake unless `target` is free, its folder can be written, and xorriso is there.

        `at` is the date of everything in the image, in Unix seconds.
        """
        program = shutil.which(_PROGRAM)
        if program is None:
            raise OperatorMistake(
                f"a disc image needs {_PROGRAM}, and it is not installed: "
                f"apt install {_PROGRAM}, or name a folder instead of {target}"
            )
        if target.exists() or target.is_symlink():
            raise OperatorMistake(f"{target} is already there: choose another name for a blank medium")
        self._program = program
        self._target = target
        self._at = at
        self._image = target.with_name(f".{target.name}.{secrets.token_hex(4)}.image")
        self._folder = StagedFolder(target)

    def fill(self, files: Mapping[str, bytes], written: Callable[[], None]) -> None:
        """Write files by name, calling `written` after each, and make the image of them."""
        self._folder.fill(files, written)
        date = datetime.fromtimestamp(self._at, UTC).strftime("%Y%m%d%H%M%S00")
        command = [
            self._program, "-no_rc", "-as", "mkisofs", "-quiet", "-r", "-no-pad", "-V", VOLUME,
            f"--modification-date={date}", "--set_all_file_dates", date,
            "-o", os.path.abspath(self._image), os.path.abspath(self._folder.waiting),
        ]  # fmt: skip
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment(self._at)
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").split()
            raise OperatorMistake(
                f"{self._target} cannot be written, {_PROGRAM} says: {' '.join(said)[-_LAST_WORDS:]}"
            )
        sync_file(self._image)

    def appear(self) -> None:
        """Give the image its name."""
        os.rename(self._image, self._target)
        sync_folder(self._target.parent)

    def __enter__(self) -> StagedImage:
        return self

    def __exit__(self, *error: object) -> None:
        """Remove the files, and an image that has not appeared. Raises OperatorMistake if that fails."""
        self._image.unlink(missing_ok=True)
        self._folder.__exit__(*error)


def staged(target: Path, *, at: int) -> StagedFolder | StagedImage:
    """Return the new medium that a name stands for: an image if it ends in .iso, otherwise a folder."""
    return StagedImage(target, at=at) if target.suffix.lower() == SUFFIX else StagedFolder(target)


def _environment(at: int) -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "SOURCE_DATE_EPOCH": str(at)}
