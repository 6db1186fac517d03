"""Puts phones that run already on a desk in the browser.

python -m board.desk --phones HOME1 HOME2 --cards DIR --observe PATH --speech WAV --port 8080
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
from pathlib import Path

from board.desk.desk import Furniture
from board.desk.server import serve


def main(argv: list[str] | None = None) -> None:
    """Run the virtual desk."""
    parser = argparse.ArgumentParser(
        prog="python -m board.desk", description="The virtual desk, on 127.0.0.1"
    )
    parser.add_argument("--phones", required=True, nargs="+", type=Path, help="homes of phones that run")
    parser.add_argument("--cards", type=Path, help="folder of cards: NAME.png, and NAME.txt for its letter")
    parser.add_argument("--observe", type=Path, help="the CRS's observation socket, or its file")
    parser.add_argument("--speech", type=Path, help="WAV file to speak: 16 kHz, mono, 16 bits")
    parser.add_argument("--port", type=int, default=8080, help="on 127.0.0.1; 0 for a free one (8080)")
    parser.add_argument("--token", help="instead of a random one, for scripts")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="desk: %(message)s")
    homes = tuple(home.absolute() for home in given.phones)
    furniture = Furniture(homes, cards=given.cards, observe=given.observe, speech=given.speech)
    asyncio.run(serve(furniture, port=given.port, token=given.token or secrets.token_urlsafe(24)))


if __name__ == "__main__":
    main()
