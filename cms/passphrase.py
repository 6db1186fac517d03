"""The passphrase of the store: from a file for scripts, otherwise typed."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path

from cms.errors import OperatorMistake

_MAX_FILE_OCTETS = 4096


def passphrase(
    file: Path | None, *, new: bool = False, of: str = "the store", option: str = "--passphrase-file"
) -> str:
    """Return the passphrase of the store or of a person: the first line of `file`, or typed (twice if `new`).

    Raises OperatorMistake if the file holds none or there is nobody to type it.
    """
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise OperatorMistake(f"nobody is there to type the passphrase of {of}: name a file with {option}")
    # getpass stops the echo before it asks, so that nothing typed early is shown.
    typed = getpass(f"Passphrase of {of}: ")
    if new:
        check_same(typed, getpass("The same once more: "))
    return typed


def check_same(typed: str, again: str) -> None:
    """Raise OperatorMistake unless a new passphrase was typed twice."""
    if typed != again:
        raise OperatorMistake("the two were not the same: nothing was made, try again")


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_MAX_FILE_OCTETS)
        line = content.decode().partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise OperatorMistake(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise OperatorMistake(f"{file} does not hold text: put the passphrase on its first line") from error
    if not line:
        raise OperatorMistake(f"{file} is empty: put the passphrase on its first line")
    return line
