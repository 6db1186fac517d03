"""Applies site.toml on the image, before there is a network. What is wrong in it is told in the journal.

python3 -I -m firmware.system.apply_site SITE
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from firmware.system.atomic import write
from firmware.system.site import LARGEST, network_file, radio_file, read_site

_log = logging.getLogger("sottovoce.site")


@dataclass(frozen=True)
class Places:
    """Where what was made of it goes."""

    network: Path = Path("/run/systemd/network/70-sottovoce-site.network")
    radio: Path = Path("/run/sottovoce/radio.conf")
    phone: Path = Path("/run/sottovoce/phone/site.json")


def apply(path: Path, places: Places) -> None:
    """Make of the file what others read. Raises OSError if that cannot be written."""
    try:
        with path.open("rb") as file:
            octets = file.read(LARGEST + 1)
    except OSError as error:
        _log.error("site.toml cannot be read: %s", error.strerror)
        return
    site, faults = read_site(octets)
    for fault in faults:
        _log.error("site.toml: %s", fault)
    for place, text, mode in (
        (places.network, network_file(site), 0o644),
        (places.radio, radio_file(site), 0o600),
    ):
        if text:
            write(place, text.encode(), mode=mode)
    told = {"language": site.language, "tones": site.tones, "faults": len(faults)}
    write(places.phone, json.dumps(told).encode(), mode=0o644)


def main() -> None:
    """Enter here. A file that is wrong is no reason to fail."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    apply(Path(sys.argv[1]), Places())


if __name__ == "__main__":
    main()
