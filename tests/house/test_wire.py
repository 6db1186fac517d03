"""The INVITE as it passed the server, read by somebody else's dissector."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.conftest import WatchedHouse, call

PAYLOADS = (
    "Common Header (HDR) Type: SAKKE",
    "Timestamp (T) Type: NTP-UTC",
    "RAND len: 16",
    "ID role: Initiator (IDRi)",
    "ID role: Responder (IDRr)",
    "ID role: Initiator's KMS (IDRkmsi)",
    "ID role: Responder's KMS (IDRkmsr)",
    "Security Policy (SP) No: 0, Type: SRTP",
    "SAKKE data length: 273",
    "Signature type: ECCSI",
)
"""One line of each payload, in order."""

pytestmark = pytest.mark.wire


@pytest.fixture(scope="module")
def dissected(house: WatchedHouse, tmp_path_factory: pytest.TempPathFactory) -> str:
    """`tshark -V -O sip,sdp,mikey` of the INVITE of a real call."""
    if shutil.which("tshark") is None:
        pytest.skip("tshark is not installed (Debian package tshark)")
    house.signalling.clear()

    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])

    asyncio.run(story())
    invite = next(octets for octets in house.signalling if octets.startswith(b"INVITE"))
    return dissect(invite, tmp_path_factory.mktemp("wire"))


def dissect(octets: bytes, folder: Path) -> str:
    raw, dump, capture = (folder / name for name in ("sip.raw", "sip.txt", "sip.pcap"))
    raw.write_bytes(octets)
    dump.write_text(run("od", "-Ax", "-tx1", "-v", str(raw)))
    run("text2pcap", "-q", "-u", "5060,5060", str(dump), str(capture))
    return run("tshark", "-r", str(capture), "-V", "-O", "sip,sdp,mikey")


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_payload_is_there_in_order(dissected: str) -> None:
    places = [dissected.find(line) for line in PAYLOADS]
    assert -1 not in places
    assert places == sorted(places)


def test_nothing_is_malformed(dissected: str) -> None:
    assert "alformed" not in dissected
    assert "Signature len: 129" in dissected


def test_the_profile_is_savp_with_one_key_management_line_and_no_other_key(dissected: str) -> None:
    assert "RTP/SAVP" in dissected
    assert dissected.count("Attribute Fieldname: key-mgmt") == 1
    assert "Media Attribute Fieldname: crypto" not in dissected
    assert "fingerprint" not in dissected
