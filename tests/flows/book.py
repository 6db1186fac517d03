"""The picture book: every flow, screen by screen, in each language.

    python -m tests.flows.book            write docs/screens
    python -m tests.flows.book --check    say whether it is current; exit 1 and name what differs if not

A picture that looks like one before it is not stored twice. Pictures are compared by their pixels, so that
another version of the PNG library changes nothing.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import time
from datetime import datetime
from pathlib import Path

from PIL import Image

from firmware.acts import Act
from firmware.screens.canvas import GREYS, HEIGHT, WIDTH
from firmware.screens.render import render
from firmware.text import CATALOGUES, ENGLISH, Words

from . import calling, desk, enrolling
from .flow_phone import Done, Page
from .narration import told
from .registry import FLOWS, Flow

__all__ = ["FLOWS", "calling", "desk", "enrolling"]

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "screens"
GUIDE = DOCS / "desk-user.md"
BEGIN, END = "<!-- codes: begin -->", "<!-- codes: end -->"
CHAPTERS = (enrolling.CHAPTER, *calling.CHAPTERS, *desk.CHAPTERS)
TIMES = 3
EDGE = 12
AMBER = (255, 214, 90)
NAMES = {"en": "English", "de": "Deutsch", "fr": "Français"}

Book = dict[str, bytes]
"""Every file of the book by its path in FOLDER."""


def index_name(language: str) -> str:
    """The name of the page of one language."""
    return "README.md" if language == "en" else f"README.{language}.md"


def tinted(picture: Image.Image) -> bytes:
    """Return the PNG of a screen as it glows: enlarged three times, amber on black, with a black edge."""
    place = {grey: index for index, grey in enumerate(GREYS)}
    large = Image.new("P", (WIDTH * TIMES + 2 * EDGE, HEIGHT * TIMES + 2 * EDGE), 0)
    large.putpalette([round(part * grey / 255) for grey in GREYS for part in AMBER])
    indexed = picture.point([place.get(value, 0) for value in range(256)])
    scaled = indexed.resize((WIDTH * TIMES, HEIGHT * TIMES), Image.Resampling.NEAREST)
    large.paste(Image.frombytes("P", scaled.size, scaled.tobytes()), (EDGE, EDGE))
    file = io.BytesIO()
    large.save(file, "PNG", optimize=True, bits=4)
    return file.getvalue()


def book() -> Book:
    """Live through every flow and return the whole book."""
    pages = {flow.name: flow.script().pages for flow in FLOWS}
    files: Book = {}
    for language in CATALOGUES:
        files |= volume(language, pages)
    return files | {f"../{GUIDE.name}": guide()}


def volume(language: str, pages: dict[str, list[Page]]) -> Book:
    """Return the book of one language."""
    files: Book = {}
    known: dict[bytes, str] = {}
    others = " · ".join(f"[{NAMES[other]}]({index_name(other)})" for other in CATALOGUES if other != language)
    lines = [f"# {told(TITLE, language)}", "", f"{told(PREFACE, language)} {others}", ""]
    for chapter in CHAPTERS:
        lines += [f"## {told(chapter, language)}", ""]
        for flow in FLOWS:
            if flow.chapter == chapter:
                lines += story(flow, pages[flow.name], language, files, known)
    files[index_name(language)] = ("\n".join(lines).rstrip() + "\n").encode()
    return files


def codes() -> str:
    """Return the table of every code with its meaning and the next step, from the catalogue."""
    rows: dict[tuple[str, str, str], None] = {}
    for key, text in ENGLISH.items():
        code = CODE.search(text)
        if code is None or (not key.startswith("failed ") and not key.endswith(" hint")):
            continue
        if key.startswith("failed "):
            title = f"Self-test: {ENGLISH[f'test {key.split()[1]}']}"
        else:
            title = ENGLISH[key.removesuffix(" hint")]
        step = text.removesuffix(code.group()).strip()
        rows[code.group(), PLACE.sub(r"*\1*", title), PLACE.sub(r"*\1*", step)] = None
    for code_, title, step in OTHERS:
        rows[code_, title, step] = None
    lines = ["| code | the display says | what to do |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in sorted(rows))])


CODE = re.compile(r"\bE[0-9]{2}$")
PLACE = re.compile(r"{(\w+)}")
OTHERS = (
    ("E47", "Wrong PIN", "Try again; the tenth wrong one erases everything"),
    ("E48", "Wait, then try again", "Wait as long as it says"),
)
"""Codes that stand on lines of their own."""


def guide() -> bytes:
    """Return the desk users' page with its table of codes as it should be."""
    before, rest = GUIDE.read_text().split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{codes()}\n{END}{after}".encode()


TITLE = "The phone, screen by screen"
PREFACE = "Made by `make screens` from the scripts in tests/flows, which are its tests too."


def story(flow: Flow, pages: list[Page], language: str, files: Book, known: dict[bytes, str]) -> list[str]:
    """Return the lines of one flow; its pictures go to `files`."""
    lines = [f"### {told(flow.title, language)}", ""]
    for number, page in enumerate(pages, 1):
        words = Words(language if page.language == "en" else page.language)
        picture, said = render(page.model, words, big=page.big)
        png = tinted(picture)
        name = known.setdefault(png, f"{language}/{flow.name}-{number}.png")
        files[name] = png
        done = ". ".join(sentence(done, language, words) for done in page.done)
        lines += [f"{number}. {done}".rstrip(), ""] if done else [f"{number}.", ""]
        lines += [f"   ![{' / '.join(said)}]({name})", "", f"   {' / '.join(said)}", ""]
    return lines


def sentence(done: Done, language: str, words: Words) -> str:
    """Return what was done, in a language."""
    values: dict[str, object] = {}
    for name, value in done.values:
        if isinstance(value, Act):
            values[name] = words(value.value)
        elif isinstance(value, datetime):
            values[name] = f"{words.full_date(value)}, {value:%H:%M}"
        else:
            values[name] = value
    return told(done.sentence, language).format(**values)


def write(files: Book) -> None:
    """Write the book, and remove what is no longer part of it."""
    for name, octets in files.items():
        path = FOLDER / name
        if not same(path, octets):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(octets)
    for path in stale(files):
        path.unlink()


def stale(files: Book) -> list[Path]:
    """Return the files in the folder that are not part of the book."""
    wanted = {FOLDER / name for name in files}
    return sorted(path for path in FOLDER.rglob("*") if path.is_file() and path not in wanted)


def same(path: Path, octets: bytes) -> bool:
    """Say whether a file holds this text, or this picture."""
    if not path.exists():
        return False
    if path.suffix != ".png":
        return path.read_bytes() == octets
    with Image.open(path) as one, Image.open(io.BytesIO(octets)) as other:
        return one.convert("RGB").tobytes() == other.convert("RGB").tobytes()


def differing(files: Book) -> list[str]:
    """Return the names of what is missing, different or too much in the folder."""
    changed = [name for name, octets in files.items() if not same(FOLDER / name, octets)]
    return sorted(changed + [str(path.relative_to(FOLDER)) for path in stale(files)])


def main(argv: list[str] | None = None) -> int:
    """Write the book or check it; return the exit status."""
    parser = argparse.ArgumentParser(prog="tests.flows.book", description="the phone, screen by screen")
    parser.add_argument("--check", action="store_true", help="only say whether docs/screens is current")
    arguments = parser.parse_args(argv)
    os.environ["TZ"] = "UTC"
    time.tzset()
    files = book()
    if not arguments.check:
        write(files)
        print(f"{FOLDER}: {len(files)} files, {sum(map(len, files.values())) // 1024} KiB")
        return 0
    names = differing(files)
    for name in names:
        print(f"docs/screens/{name} is not current; run `make screens`")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
