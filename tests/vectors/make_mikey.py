"""Print tests/vectors/mikey.json anew: ``python -m tests.vectors.make_mikey > tests/vectors/mikey.json``.

Everything but the signature follows from the inputs in the file; ECCSI signatures are random, so the file
keeps one, and the suite verifies it and recomputes the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from crypto import eccsi, mikey, sakke
from crypto.identifier import hashed_uid, monthly
from crypto.kms import KMSCertificate
from crypto.mikey import CalleeKMS, Caller, Initiated
from crypto.secret import Secret

INPUT = {
    "kms_uri": "sv.example",
    "master_secret": "aff429d35f84b110d094803b3595a6e2998bc99f",
    "ksak": "12345",
    "caller": "+447700900123",
    "caller_v": "23456",
    "callee": "+447700900124",
    "when": "2011-02-14T12:00:00.250000+00:00",
    "ssrc": 0x11223344,
    "csb_id": "0a0b0c0d",
    "rand": "000102030405060708090a0b0c0d0e0f",
    "ssv": "123456789abcdef0123456789abcdef0",
}
SOURCE = (
    "Made by tests/vectors/make_mikey.py with crypto.mikey. Master secret, KSAK, v and SSV are those of "
    "RFC 6508 Appendix A and RFC 6507 Appendix A (so the caller's SSK and PVT are the RFC's too); no RFC has "
    "a whole I_MESSAGE. tshark dissects it; the suite recomputes it."
)


def octets(name: str, length: int) -> bytes:
    return int(str(INPUT[name]), 16).to_bytes(length, "big")


def certificate() -> KMSCertificate:
    z, ksak = octets("master_secret", 128), octets("ksak", 32)
    return KMSCertificate(str(INPUT["kms_uri"]), sakke.kms_public_key(z), eccsi.kms_public_key(ksak))


def when() -> datetime:
    return datetime.fromisoformat(str(INPUT["when"]))


def entropy() -> Callable[[int], bytes]:
    """Return what the message takes its randomness from, in its order: CSB ID, RAND, SSV."""
    supply = iter([octets("csb_id", 4), octets("rand", 16), octets("ssv", 16)])

    def take(length: int) -> bytes:
        taken = next(supply)
        assert len(taken) == length
        return taken

    return take


def initiated() -> Initiated:
    """Return the message of the file, with a new signature."""
    kms = certificate()
    tel = str(INPUT["caller"])
    ssk, pvt = eccsi.extract_ssk(octets("ksak", 32), monthly(tel, when()), v=octets("caller_v", 32))
    return mikey._initiate(
        Caller(tel, Secret(ssk), pvt, kms),
        str(INPUT["callee"]),
        CalleeKMS(kms.kms_uri, sakke.KMSPublicKey(kms.sakke_public_key)),
        when(),
        int(INPUT["ssrc"]),
        entropy(),
    )


def uids() -> list[dict[str, Any]]:
    """Return hashed UIDs (3GPP TS 33.180 F.2.1) with their inputs."""
    periods = [(2592000, 0, 0), (2592000, 0, 1544), (2592000, 259200, 65536), (604800, 1, 6623)]
    names = ("period_s", "offset_s", "period_number")
    rows = []
    for period in periods:
        given = {
            "user_uri": "sip:user@example.org",
            "kms_uri": "kms.example.org",
            **dict(zip(names, period, strict=True)),
        }
        rows.append({**given, "uid": hashed_uid(**given).hex()})  # type: ignore[arg-type]
    return rows


def vectors() -> dict[str, Any]:
    call = initiated()
    return {
        "source": SOURCE,
        "input": INPUT,
        "i_message": call.octets.hex(),
        "caller_master": call.keys.send.expose().hex(),
        "callee_master": call.keys.receive.expose().hex(),
        "hashed_uids": uids(),
    }


if __name__ == "__main__":
    print(json.dumps(vectors(), indent=2))
