"""The CMS at size: a list of people imported, everybody enrolled, a month exported on a disc image.

    python -m bench.cms [--users 10000 100000]

Each size runs in a process of its own, which does what the commands do on a real store, and tells its peak
memory. Everybody's card is put into the store as if it had been issued; what a real one takes, most of it
slow on purpose (check code, transfer code), is measured on a few. Exit status 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cms import disc, media, people, people_file, store
from cms import domain as domains
from cms import month as months
from cms.domain import Domain
from cms.letter_files import StagedLetters
from cms.records import CardState, IssuedCard
from crs.media_directory import read_media
from crypto import eccsi, fields, identifier, sealing, signed
from crypto.secret import Secret

BAR_S = 180.0
BAR_MB = 500.0
BAR_USERS = 10_000
LETTERS = 20
RESULT = Path(__file__).parent / "results" / "cms.txt"
NOW = fields.month_start("2026-11") + 27 * 86_400
STEPS = {
    "import": "a list of people imported",
    "cards": "everybody enrolled (simulated)",
    "export": "month export on a disc image",
    "verify": "the image verified by the CRS",
}


def csv_of(users: int) -> bytes:
    """A list of people, as a spreadsheet writes it."""
    rows = (f"+4477{number:08},Person {number}\n" for number in range(users))
    return ("tel,name\n" + "".join(rows)).encode()


def one_size(users: int) -> dict[str, float]:
    """Import, enrol, export. Returns seconds by step, peak megabytes, and octets of the image."""
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="bench-cms-") as name:
        folder = Path(name)
        new = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
        with store.create(folder / "store", "a passphrase of no worth", new) as held:
            with _timed(took, "import"):
                lines, faults = people_file.read(csv_of(users))
                held.save(people.add_all(held.domain, lines, now=NOW, faults=faults))
            with _timed(took, "cards"):
                held.save(_enrolled(held.domain))
        with _timed(took, "export"), store.open_store(folder / "store", "a passphrase of no worth") as held:
            image = folder / "december.iso"
            _export(held, image)
        took["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took["image"] = image.stat().st_size
        with _timed(took, "verify"):
            found = read_media(image, domain_key=held.domain.domain_key)
        if len(found.roster) != users or len(found.packs) != 2 * users:
            raise SystemExit("the CRS does not find on the image what the CMS wrote")
        took["store"] = (folder / "store" / "store").stat().st_size
    return took


def _enrolled(domain: Domain) -> Domain:
    """Give everybody what the CMS keeps of a card: a true signing key, nothing that is slow on purpose."""
    cards = []
    for order, user in enumerate(domain.users):
        identity = identifier.monthly(user.tel, fields.month_moment("2026-11"))
        _, pvt = eccsi.extract_ssk(domain.generation("2026-11").eccsi.expose(), identity)
        cards.append(
            IssuedCard(
                tel=user.tel,
                serial=order + 1,
                month="2026-11",
                issued=NOW,
                expires=fields.month_end("2026-11"),
                state=CardState.ISSUED,
                check_code="00000000",
                pvt=pvt,
                transport_public=sealing.transport_public(Secret(secrets.token_bytes(32))),
                device_public=signed.public_key(Secret(secrets.token_bytes(32))),
                next_transport_seed=Secret(secrets.token_bytes(32)),
                order=order,
            )
        )
    return replace(domain, cards=tuple(cards), issuances=len(cards))


def one_letter() -> float:
    """Seconds for one letter: card, transfer code, page."""
    domain = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
    domain = people.add_all(domain, people_file.read(csv_of(LETTERS))[0], now=NOW)
    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="bench-cms-") as name,
        StagedLetters(Path(name) / "letters", one_file=False) as staged,
    ):
        domains.issue_cards(domain, domain.users, now=NOW, made=staged.add)
        staged.finish(Path(name) / "codes.pdf", marking=domain.marking)
        staged.appear()
    return (time.perf_counter() - began) / LETTERS


def _export(held: store.Store, image: Path) -> None:
    domain = months.issue(held.domain, "2026-12", now=NOW)
    after, files = media.export(domain, now=NOW)
    with disc.staged(image, at=NOW) as staged:
        staged.fill(files, lambda: None)
        held.save(after)
        staged.appear()


@contextmanager
def _timed(took: dict[str, float], step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[step] = time.perf_counter() - began


def measured(users: int) -> dict[str, float]:
    """Run one size in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "bench.cms", "--one", str(users)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return {str(key): float(value) for key, value in json.loads(done.stdout).items()}


def missed(took: dict[int, dict[str, float]]) -> list[str]:
    """Say which bars are missed."""
    bad = []
    for users, figures in took.items():
        times = max(1.0, users / BAR_USERS)
        if figures["export"] > BAR_S * times:
            bad.append(f"{users} users: the export took more than {BAR_S * times:.0f} s")
        if figures["megabytes"] > BAR_MB * times:
            bad.append(f"{users} users: more than {BAR_MB * times:.0f} MB")
    return bad


def table(took: dict[int, dict[str, float]], letter_s: float) -> str:
    """Write what was measured."""
    bad = missed(took)
    lines = [
        f"The CMS at size: {'MISSED' if bad else 'met'}",
        f"(bar: the export for {BAR_USERS} people in {BAR_S:.0f} s and {BAR_MB:.0f} MB, ten times that for",
        f"ten times as many; {os.cpu_count()} cores, Python {platform.python_version()})",
        "",
        f"  {'':<32}" + "".join(f"{users:>12,}" for users in took),
        *(
            f"  {text:<32}" + "".join(f"{figures[step]:>10.1f} s" for figures in took.values())
            for step, text in STEPS.items()
        ),
        f"  {'peak memory of the CMS':<32}"
        + "".join(f"{figures['megabytes']:>9.0f} MB" for figures in took.values()),
        *(
            f"  {text:<32}" + "".join(f"{figures[key] / 1e6:>9.1f} MB" for figures in took.values())
            for key, text in (("image", "disc image"), ("store", "store on disk"))
        ),
        "",
        f"A letter (card, transfer code, page) takes {letter_s:.2f} s,",
        f"so {BAR_USERS} letters take {letter_s * BAR_USERS / 60:.0f} min.",
        *bad,
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=int, nargs="+", default=[BAR_USERS, 10 * BAR_USERS])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", type=Path, default=RESULT)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(one_size(arguments.one)))
        return
    took = {users: measured(users) for users in arguments.users}
    text = table(took, one_letter())
    print(text, end="")
    arguments.output.parent.mkdir(exist_ok=True)
    arguments.output.write_text(text)
    sys.exit(bool(missed(took)))


if __name__ == "__main__":
    main()
