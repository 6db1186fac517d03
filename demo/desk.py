"""The whole house in the browser: a new domain, its CRS and two phones, and the desk to use them at.

    python -m demo.desk [--port 8080]

Everything lives in a new directory, which goes when you stop it (Ctrl-C).
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from demo.call import SPEECH
from demo.house import CommandFailed, House, Person, wait_until

console = Console(highlight=False)


def main(argv: list[str] | None = None) -> int:
    """Run until interrupted; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.desk", description="Two secure desk phones in your browser.")
    parser.add_argument("--port", type=int, default=8080, help="of the page, on 127.0.0.1; 0: any (8080)")
    arguments = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    directory = Path(tempfile.mkdtemp(prefix="sottovoce-"))
    try:
        with House(directory) as house:
            furnish(house)
            open_desk(house, arguments.port)
            return 1
    except KeyboardInterrupt:
        console.print("\nStopped.")
        return 0
    except CommandFailed as error:
        console.print(f"[red]✗[/] {error}", soft_wrap=True)
        return 1
    finally:
        shutil.rmtree(directory)


def furnish(house: House) -> None:
    """Make the domain, issue the cards, start the CRS and the phones."""
    with console.status("CMS: a new domain, two users, two cards"):
        house.create_domain()
        house.add_people()
        for person in house.people:
            write_letter(house, person)
    with console.status("CRS: initialised from the media and serving"):
        house.start_crs(house.export())
    with console.status("two phones, four services each"):
        for person in house.people:
            house.start_phone(person)


def write_letter(house: House, person: Person) -> None:
    """Issue a card, and put beside it what a letter says: whose it is, and the transfer code."""
    code = house.issue_card(person)
    letter = f"{person.name}\n{person.tel}\nTransfer code: {code}\n"
    house.card(person).with_suffix(".txt").write_text(letter)


def open_desk(house: House, port: int) -> None:
    """Start the desk, print its address, and wait for its end."""
    phones = [str(house.phone(person)) for person in house.people]
    sees = ["--cards", str(house.cards), "--observe", str(house.observations), "--speech", str(SPEECH)]
    desk = house.spawn("desk", ["board.desk", "--phones", *phones, *sees, "--port", str(port)])
    wait_until(lambda: "http://" in desk.log.read_text(), f"the desk did not start; see {desk.log}", desk)
    address = next(line for line in desk.log.read_text().splitlines() if "http://" in line)
    console.print(f"\n  Two phones on a desk:  [bold]{address[address.index('http') :]}[/]\n", soft_wrap=True)
    for person in house.people:
        console.print(f"  {person.tel}  {person.name:<16} transfer code {house.codes[person.tel]}")
    console.print(
        "\n  Enrol each with its card, then call one from the other. Ctrl-C stops everything.", soft_wrap=True
    )
    sys.stdout.flush()
    desk.popen.wait()
    console.print(f"[red]✗[/] the desk ended by itself:\n{desk.log.read_text()}", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
