"""The layers of the image: image/layers/NN-name/, in the order of their numbers.

    README      one line that says what the layer adds
    packages    Debian packages, one a word; '#' starts a comment
    unpacked    Debian packages that are only unpacked, beside the root; see image.apt.Apt.resolve
    wheels      Python packages; each is locked in requirements.lock or in the layer's own wheels.lock
    variants    the variants that have this layer (release, test); without this file, both
    bases       the bases that have it (debian, raspios); without this file, both
    files/      copied over the root: owner root, 755 for folders and programs, 644 for the rest
    script      a program run after that, on the building computer

The packages of all layers are in the root before the first layer is laid on it. What a script finds in its
environment is in image/README.md; what it needs beside itself lies in its layer under another name.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

LAYERS = Path(__file__).with_name("layers")
VARIANTS = ("release", "test")
BASES = ("debian", "raspios")
LONGEST_README = 160
"""Characters; it must fit on a line of the plan."""

_NAME = re.compile(r"[0-9]{2}-[a-z][a-z0-9-]*")
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9+.-]+")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as it lies in its folder."""

    path: Path
    about: str
    packages: tuple[str, ...]
    unpacked: tuple[str, ...]
    wheels: tuple[str, ...]
    variants: tuple[str, ...]
    bases: tuple[str, ...]

    @property
    def name(self) -> str:
        """NN-name."""
        return self.path.name

    @property
    def files(self) -> Path | None:
        """The folder that is copied over the root, if there is one."""
        return self.path / "files" if (self.path / "files").is_dir() else None

    @property
    def script(self) -> Path | None:
        """The program that is run, if there is one."""
        return self.path / "script" if (self.path / "script").is_file() else None


def words(path: Path) -> tuple[str, ...]:
    """The words of a file without its comments; none if there is no such file."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines for word in line.split("#", 1)[0].split())


def read_layer(path: Path) -> Layer:
    """Read one layer. Raises ValueError if it has no README."""
    readme = path / "README"
    if not readme.is_file():
        raise ValueError(f"{path.name} has no README: write one line that says what the layer adds")
    return Layer(
        path=path,
        about=readme.read_text(encoding="utf-8").strip(),
        packages=words(path / "packages"),
        unpacked=words(path / "unpacked"),
        wheels=words(path / "wheels"),
        variants=words(path / "variants") or VARIANTS,
        bases=words(path / "bases") or BASES,
    )


def read_layers(variant: str, base: str, folder: Path = LAYERS) -> list[Layer]:
    """The layers of a variant on a base, in their order. Raises ValueError."""
    every = [read_layer(path) for path in sorted(folder.iterdir()) if path.is_dir()]
    return [layer for layer in every if variant in layer.variants and base in layer.bases]


def packages(layers: list[Layer]) -> list[str]:
    """Every Debian package that these layers ask for, sorted."""
    return sorted({package for layer in layers for package in layer.packages})


def digest(layers: list[Layer]) -> str:
    """SHA-256 over every name, mode and octet of these layers, in hexadecimal."""
    said = hashlib.sha256()
    for layer in layers:
        for path in sorted(layer.path.rglob("*")):
            if path.is_symlink():
                content = b"-> " + os.fsencode(os.readlink(path))
            elif path.is_file():
                content = path.read_bytes()
            else:
                continue
            runs = b"x" if not path.is_symlink() and path.stat().st_mode & 0o100 else b"-"
            name = os.fsencode(path.relative_to(layer.path.parent))
            said.update(b"%d %s %s %d " % (len(name), name, runs, len(content)) + content)
    return said.hexdigest()


def faults(folder: Path = LAYERS) -> list[str]:
    """What is wrong with the layers; empty if nothing is."""
    said: list[str] = []
    numbers: dict[str, str] = {}
    askers: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or not _NAME.fullmatch(path.name):
            said.append(f"{path.name} is not a layer: a layer is a folder named NN-name, such as 10-base")
            continue
        number = path.name[:2]
        if number in numbers:
            said.append(f"{path.name} and {numbers[number]} have the same number: the order must be plain")
        numbers[number] = path.name
        try:
            layer = read_layer(path)
        except ValueError as reason:
            said.append(str(reason))
            continue
        said += [f"{path.name}: {fault}" for fault in _layer_faults(layer)]
        for package in layer.packages:
            if package in askers:
                said.append(f"{path.name}: {package} is asked for in {askers[package]} already")
            askers[package] = path.name
    return said


def _layer_faults(layer: Layer) -> list[str]:
    said: list[str] = []
    if not layer.about or "\n" in layer.about or len(layer.about) > LONGEST_README:
        said.append(f"README must be one line of at most {LONGEST_README} characters")
    said += [f"{name} is no Debian package's name" for name in layer.packages if not _PACKAGE.fullmatch(name)]
    said += [
        f"there is no variant {name}; write {VARIANTS}" for name in layer.variants if name not in VARIANTS
    ]
    said += [f"there is no base {name}; write {BASES}" for name in layer.bases if name not in BASES]
    if layer.packages and set(layer.variants) != set(VARIANTS):
        said.append("has packages, so both variants must have it: they share one root")
    script = layer.script
    if script is not None:
        if not os.access(script, os.X_OK):
            said.append("script is not executable: chmod +x")
        if not script.read_bytes().startswith(b"#!"):
            said.append("script does not say what runs it: its first line must begin with #!")
    if script is None and layer.files is None and not (layer.packages or layer.unpacked or layer.wheels):
        said.append("adds nothing: it has no packages, no wheels, no files and no script")
    if layer.files is not None:
        said += _file_faults(layer.files)
    return said


def _file_faults(folder: Path) -> list[str]:
    said: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = f"files/{path.relative_to(folder)}"
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            said.append(f"{name} is neither a file, a folder nor a link")
        if mode & (stat.S_ISUID | stat.S_ISGID):
            said.append(f"{name} is set-user-ID or set-group-ID")
    return said
