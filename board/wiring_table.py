"""A TOML file of wiring: what is wrong in it is told with its line and what would be right."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LARGEST = 64 * 1024
ADVICE = "is missing; see the reference wiring in docs/hardware.md"


class WiringError(ValueError):
    """A wiring file is wrong; the text names the file, the line and the key, and what would be right."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one file, and what it takes to say where in it something is wrong."""

    name: str
    values: Mapping[str, object]
    path: Path
    text: str

    def wrong(self, key: str, advice: str) -> WiringError:
        """Return the error that says what is wrong with `key`, where, and what to do."""
        line = self._line(key)
        return WiringError(f"{self.path}, line {line}: [{self.name}] {key} {advice}")

    def _line(self, key: str) -> int:
        inside, found = False, 1
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(rf"\s*\[\s*{re.escape(self.name)}\s*\]", line):
                inside, found = True, number
            elif re.match(r"\s*\[", line) and "=" not in line:
                inside = False
            elif inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return number
        return found

    def string(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty, unless '' is the default. Raises WiringError."""
        value = self.values.get(key, default)
        if isinstance(value, str) and (value or default == ""):
            return value
        if value is None:
            raise self.wrong(key, ADVICE)
        raise self.wrong(key, f"is {value!r}, and must be text in quotes")

    def word(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """Return one of `words`. Raises WiringError."""
        value = self.string(key, default)
        if value not in words:
            raise self.wrong(key, f"is {value!r}; write {_either(words)}{_meant(value, words)}")
        return value

    def truth(self, key: str) -> bool:
        """Return true or false, false if the key is not there. Raises WiringError."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"is {value!r}; write true or false")
        return value

    def number(self, key: str) -> int:
        """Return a whole number. Raises WiringError."""
        value = self.values.get(key)
        if value is None:
            raise self.wrong(key, ADVICE)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(key, f"is {value!r}, and must be a number")
        return value

    def numbers(self, key: str, count: int) -> tuple[int, ...]:
        """Return a list of `count` whole numbers. Raises WiringError."""
        value = self.values.get(key)
        if (
            not isinstance(value, list)
            or len(value) != count
            or any(isinstance(item, bool) or not isinstance(item, int) for item in value)
        ):
            raise self.wrong(key, f"must be a list of {count} numbers for this layout")
        return tuple(value)


def read_tables(path: Path, known: Mapping[str, tuple[str, ...]]) -> list[Table]:
    """Read a file; `known` are its tables and their keys. Raises WiringError, OSError."""
    text = _text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WiringError(f"{path} is not TOML: {error}") from error
    tables = []
    for name, values in document.items():
        if name not in known:
            raise WiringError(
                f"{path}: there is no table [{name}]{_meant(name, tuple(known))}; the tables are "
                f"{', '.join(known)}"
            )
        if not isinstance(values, dict):
            raise WiringError(f"{path}: {name} is a table; write [{name}] on a line of its own")
        table = Table(name, values, path, text)
        for key in values:
            if key not in known[name]:
                raise table.wrong(
                    key, f"is unknown{_meant(key, known[name])}; known are {', '.join(known[name])}"
                )
        tables.append(table)
    return tables


def _text(path: Path) -> str:
    with path.open("rb") as file:
        octets = file.read(LARGEST + 1)
    if len(octets) > LARGEST:
        raise WiringError(f"{path} has more than {LARGEST} octets; a wiring file has a page")
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        raise WiringError(f"{path} is not UTF-8 text: {error}") from error


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(f'"{word}"' for word in words)


def _meant(word: str, words: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, words, 1)
    return f" (did you mean {near[0]!r}?)" if near else ""
