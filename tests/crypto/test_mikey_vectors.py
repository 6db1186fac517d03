"""The published I_MESSAGE is recomputed octet for octet, and opens to the published keys."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from crypto import mikey, sakke
from crypto.identifier import hashed_uid, monthly
from crypto.mikey import Callee, ReplayCache
from tests.vectors import make_mikey

FILE = Path(__file__).parents[1] / "vectors" / "mikey.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text())
MESSAGE = bytes.fromhex(VECTORS["i_message"])
SIGNATURE_OCTETS = 129


def test_the_file_has_the_inputs_of_its_maker() -> None:
    assert VECTORS["input"] == make_mikey.INPUT


def test_the_message_is_recomputed_up_to_its_signature() -> None:
    call = make_mikey.initiated()
    assert call.octets[:-SIGNATURE_OCTETS] == MESSAGE[:-SIGNATURE_OCTETS]
    assert call.keys.send.expose().hex() == VECTORS["caller_master"]
    assert call.keys.receive.expose().hex() == VECTORS["callee_master"]


def test_the_published_signature_verifies_and_the_message_opens() -> None:
    kms = make_mikey.certificate()
    tel = VECTORS["input"]["callee"]
    identifier = monthly(tel, make_mikey.when())
    rsk = sakke.extract_rsk(make_mikey.octets("master_secret", 128), identifier)
    key = sakke.ReceiverKey(rsk, identifier=identifier, kms_public_key=kms.sakke_public_key)
    accepted = mikey.accept(
        MESSAGE,
        callee=Callee(tel, kms.kms_uri, {"2011-02": key}),
        kms=lambda uri, tel, month: kms if uri == kms.kms_uri else None,
        now=make_mikey.when(),
        replays=ReplayCache(),
    )
    assert accepted.caller_tel == VECTORS["input"]["caller"]
    assert accepted.keys.receive.expose().hex() == VECTORS["caller_master"]
    assert accepted.keys.send.expose().hex() == VECTORS["callee_master"]


@pytest.mark.parametrize(("cs_id", "name"), [(1, "caller_master"), (2, "callee_master")])
def test_the_masters_are_what_rfc_3830_says_written_out_by_hand(cs_id: int, name: str) -> None:
    ssv, csb_id, rand = (bytes.fromhex(VECTORS["input"][key]) for key in ("ssv", "csb_id", "rand"))
    parts = []
    for constant, length in (("2ad01c64", 16), ("39a2c14b", 12)):
        label = bytes.fromhex(constant) + bytes([cs_id]) + csb_id + rand
        a1 = hmac.new(ssv, label, hashlib.sha256).digest()
        parts.append(hmac.new(ssv, a1 + label, hashlib.sha256).digest()[:length])
    assert b"".join(parts).hex() == VECTORS[name]


@pytest.mark.parametrize("row", VECTORS["hashed_uids"], ids=lambda row: str(row["period_number"]))
def test_the_hashed_uids_are_recomputed(row: dict[str, Any]) -> None:
    given = {name: value for name, value in row.items() if name != "uid"}
    assert hashed_uid(**given).hex() == row["uid"]
