"""A recorded call as evidence: what passed a server, the CMS's escrow file, and the monitor that opens it."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sys
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crypto import mikey
from demo.house import run
from tests.house.conftest import WatchedHouse
from tests.monitor.recorded import Record, frame

WORDS = "words for the officer"
CALLER, CALLEE, RELAY = ("192.0.2.1", 40000), ("192.0.2.2", 40002), ("192.0.2.9", 16400)


class Recorded:
    """A call as somebody at a house's server has it: the INVITE's I_MESSAGE, and every packet."""

    def __init__(self, house: WatchedHouse, signalling: list[bytes], folder: Path) -> None:
        self.house, self.folder = house, folder
        invite = next(octets for octets in signalling if octets.startswith(b"INVITE"))
        found = re.search(rb"a=key-mgmt:mikey ([A-Za-z0-9+/=]+)", invite)
        assert found is not None
        self.message = base64.b64decode(found[1])
        self.when = mikey.parse(self.message).timestamp.when
        self.month = mikey.month_of(self.when)
        (folder / "record.jsonl").write_text(json.dumps({"mikey": found[1].decode()}))
        record = Record()
        for at, (side, octets) in enumerate(house.datagrams):
            source = CALLER if side.name == "CALLER" else CALLEE
            record.frames.append((self.when.timestamp() + at / 100, frame(source, RELAY, octets)))
        (folder / "relay.pcap").write_bytes(record.capture())

    def cms(self, *words: str) -> str:
        """A command of the CMS on a copy of the house's store, so that the house stays as it was."""
        environment = dict(
            os.environ,
            CMS_STORE=str(self.folder / "store"),
            CMS_PASSPHRASE_FILE=str(self.house.passphrase),
            CMS_ACCEPT_NETWORK="1",
        )
        return run([sys.executable, "-m", "cms", *words], environment)

    def opened(self, tel: str) -> str:
        """`cms escrow open` for a number, then `monitor open`; return what that said."""
        file = self.folder / f"{tel}.escrow"
        bob = ("--second", "bob", "--second-passphrase-file", str(self.folder / "bobs"))
        held = [word for at in (1, 3) for word in ("--share", str(self.folder / f"shares/share-{at}"))]
        words = ["escrow", "open", "--case", "42", "--identity", tel, "--month", self.month, "-o", str(file)]
        self.cms(*words, "--file-passphrase-file", str(self.folder / "words"), *bob, *held)
        environment = dict(os.environ, MONITOR_PASSPHRASE_FILE=str(self.folder / "words"))
        arguments = ["--signalling", "record.jsonl", "--packets", "relay.pcap", "-o", f"{tel}.wav"]
        paths = [str(self.folder / word) if "." in word else word for word in arguments]
        return run([sys.executable, "-m", "monitor", "open", "--escrow", str(file), *paths], environment)

    def agree_on_escrow(self) -> None:
        """The copy of the house's CMS in escrow mode: two operators, two of three custodians."""
        shutil.copytree(self.house.store, self.folder / "store")
        (self.folder / "bobs").write_text("another staple entirely")
        (self.folder / "words").write_text(WORDS)
        bob = ("--second", "bob", "--second-passphrase-file", str(self.folder / "bobs"))
        held = [word for at in (1, 2) for word in ("--share", str(self.folder / f"shares/share-{at}"))]
        self.cms("operator", "add", "bob", "--new-passphrase-file", str(self.folder / "bobs"))
        self.cms("policy", "set", "two-person", "on")
        self.cms("custodians", "--threshold", "2", "--shares", "3", "--to", str(self.folder / "shares"), *bob)
        self.cms("policy", "set", "mode", "escrow", *bob, *held)

    def said_by_the_caller(self, tel: str) -> NDArray[np.float64]:
        """The left channel of what `opened` has written."""
        with wave.open(str(self.folder / f"{tel}.wav"), "rb") as file:
            both = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
        return both[:, 0].astype(np.float64) / 32768.0
