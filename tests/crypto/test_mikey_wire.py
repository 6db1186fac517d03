"""What an independent dissector sees: tshark shows every payload in order and nothing malformed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from crypto import mikey
from tests.crypto.callers import ALICE, BOB, HOME, NOW

pytestmark = [
    pytest.mark.wire,
    pytest.mark.skipif(
        shutil.which("tshark") is None or shutil.which("text2pcap") is None, reason="tshark is not installed"
    ),
]
MIKEY_PORT = 2269


def dissected(octets: bytes, folder: Path, *options: str) -> str:
    dump = folder / "message.txt"
    lines = [octets[at : at + 16].hex(" ") for at in range(0, len(octets), 16)]
    dump.write_text("".join(f"{16 * n:06x} {line}\n" for n, line in enumerate(lines)))
    capture = folder / "message.pcap"
    ports = f"40000,{MIKEY_PORT}"
    subprocess.run(["text2pcap", "-q", "-u", ports, dump, capture], check=True, capture_output=True)
    command = ["tshark", "-r", str(capture), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def octets() -> bytes:
    caller, called = HOME.caller(ALICE), HOME.called()
    return mikey.initiate(caller=caller, callee_tel=BOB, callee_kms=called, when=NOW, ssrc=0x11223344).octets


def test_every_payload_is_shown_in_order_and_nothing_is_malformed(octets: bytes, tmp_path: Path) -> None:
    text = dissected(octets, tmp_path, "-V", "-O", "mikey")
    assert "alformed" not in text
    assert re.findall(r"^    (\S.*)$", text, re.MULTILINE) == [
        "Common Header (HDR) Type: SAKKE",
        "Timestamp (T) Type: NTP-UTC",
        "RAND",
        "IDR URI: tel:+447700900123",
        "IDR URI: tel:+447700900124",
        "IDR URI: sv.example",
        "IDR URI: sv.example",
        "Security Policy (SP) No: 0, Type: SRTP",
        "SAKKE Encapsulated Data (SAKKE)",
        "Signature (SIGN)",
    ]
    assert "NTP timestamp: Nov 22, 2026 18:00:00.250000000 UTC" in text


def test_the_fields_are_those_that_we_sent(octets: bytes, tmp_path: Path) -> None:
    names = [
        "mikey.type",
        "mikey.cs_count",
        "mikey.srtp_id.ssrc",
        "mikey.id.role",
        "mikey.sp.encr_alg",
        "mikey.sign.type",
        "mikey.sign.len",
        "_ws.malformed",
    ]
    options = [option for name in names for option in ("-e", name)]
    text = dissected(octets, tmp_path, "-T", "fields", *options)
    values = dict(zip(names, text.rstrip("\n").split("\t"), strict=True))
    assert values["mikey.type"] == "26"
    assert values["mikey.cs_count"] == "2"
    assert values["mikey.srtp_id.ssrc"] == "0x11223344,0x00000000"
    assert values["mikey.id.role"] == "1,2,6,7"
    assert values["mikey.sp.encr_alg"] == "6"
    assert values["mikey.sign.type"] == "2"
    assert values["mikey.sign.len"] == "129"
    assert values["_ws.malformed"] == ""
