"""The whole house in the browser: a new domain, its CRS and two phones, and the desk to use them at.

    python -m demo.desk [--port 8080]

Everything lives in a new directory, which goes when you stop it (Ctrl-C).
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from board.desk.desk import Furniture
from board.desk.server import serve
from demo.call import SPEECH
from demo.faults import HouseFaults
from demo.house import CommandFailed, House, Person, free_port_pair
from demo.wire import MEDIA_HOST, Wire, free_relay_ports

RELAY_PORTS = 64

console = Console(highlight=False)


def main(argv: list[str] | None = None) -> int:
    """Run until interrupted; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.desk", description="Two secure desk phones in your browser.")
    parser.add_argument("--port", type=int, default=8080, help="of the page, on 127.0.0.1; 0: any (8080)")
    arguments = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    directory = Path(tempfile.mkdtemp(prefix="sottovoce-"))
    house, wire = wired(directory)
    try:
        with house:
            furnish(house)
            asyncio.run(open_desk(house, wire, arguments.port))
        console.print("\nStopped.")
        return 0
    except KeyboardInterrupt:
        console.print("\nStopped.")
        return 0
    except (CommandFailed, OSError) as error:
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


def wired(directory: Path) -> tuple[House, Wire]:
    """A house whose phones reach their CRS over a wire that can be spoilt."""
    port, behind, relay = free_port_pair(), free_port_pair(), free_relay_ports(RELAY_PORTS)
    flags = ("--advertise", MEDIA_HOST, "--relay-ports", f"{relay[0]}-{relay[-1]}")
    house = House(directory, port=port, crs_port=behind, crs_flags=flags)
    return house, Wire(ports=(port, port + 1), behind=(behind, behind + 1), relay_ports=relay)


async def open_desk(house: House, wire: Wire, port: int) -> None:
    """Serve the desk until interrupted."""
    furniture = Furniture(
        tuple(house.phone(person) for person in house.people),
        cards=house.cards,
        observe=house.observations,
        speech=SPEECH,
        faults=HouseFaults(house, wire),
    )
    await wire.start()
    try:
        token = secrets.token_urlsafe(24)
        await serve(furniture, port=port, token=token, ready=lambda address: welcome(house, address))
    finally:
        await wire.close()


def welcome(house: House, address: str) -> None:
    """Say where the desk is and what to do there."""
    console.print(f"\n  Two phones on a desk:  [bold]{address}[/]\n", soft_wrap=True)
    for person in house.people:
        console.print(f"  {person.tel}  {person.name:<16} transfer code {house.codes[person.tel]}")
    console.print(
        "\n  Enrol each with its card, then call one from the other. Ctrl-C stops everything.", soft_wrap=True
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
