"""SRTP masters from the TGK (RFC 3830 §4.1, RFC 6043 §6.1)."""

from __future__ import annotations

import hashlib
import hmac
from math import factorial
from typing import Any

import pytest

from crypto.kdf import SALT_CONSTANT, TEK_CONSTANT, prf, srtp_master
from crypto.secret import Secret

TGK = bytes.fromhex("123456789abcdef0123456789abcdef0")
RAND = bytes(range(16))


def mac(key: bytes, octets: bytes) -> bytes:
    return hmac.new(key, octets, hashlib.sha256).digest()


def test_the_constants_are_digits_of_e_as_rfc_3830_says() -> None:
    terms = 60
    e = sum(10**80 * factorial(terms) // factorial(n) for n in range(terms)) // factorial(terms)
    groups = [int(str(e)[1:][9 * n : 9 * n + 9]) for n in range(7)]
    assert groups[0] == TEK_CONSTANT == 0x2AD01C64
    assert groups[6] == SALT_CONSTANT == 0x39A2C14B


def test_key_and_salt_are_one_block_each_of_the_p_function() -> None:
    label = bytes.fromhex("2ad01c64010a0b0c0d") + RAND
    salt_label = bytes.fromhex("39a2c14b010a0b0c0d") + RAND
    expected = mac(TGK, mac(TGK, label) + label)[:16] + mac(TGK, mac(TGK, salt_label) + salt_label)[:12]
    assert srtp_master(Secret(TGK), cs_id=1, csb_id=0x0A0B0C0D, rand=RAND).expose() == expected


def test_long_output_chains_blocks_and_long_keys_are_split_and_added() -> None:
    label = b"label"
    key = bytes(range(48))
    expected = bytearray(40)
    for part in (key[:32], key[32:]):
        a1 = mac(part, label)
        a2 = mac(part, a1)
        stream = mac(part, a1 + label) + mac(part, a2 + label)
        expected = bytearray(x ^ y for x, y in zip(expected, stream, strict=False))
    assert prf(key, label, 40) == bytes(expected)


GOOD: dict[str, Any] = {"cs_id": 1, "csb_id": 7, "rand": RAND}


@pytest.mark.parametrize("change", [{"cs_id": 2}, {"csb_id": 8}, {"rand": bytes(16)}])
def test_every_input_changes_key_and_salt(change: dict[str, Any]) -> None:
    one = srtp_master(Secret(TGK), **GOOD).expose()
    other = srtp_master(Secret(TGK), **{**GOOD, **change}).expose()
    assert one[:16] != other[:16]
    assert one[16:] != other[16:]


@pytest.mark.parametrize(
    "change",
    [
        {"cs_id": 0},
        {"cs_id": 256},
        {"csb_id": -1},
        {"csb_id": 1 << 32},
        {"rand": bytes(15)},
        {"rand": bytes(256)},
    ],
)
def test_an_input_out_of_bounds_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        srtp_master(Secret(TGK), **{**GOOD, **change})


def test_no_key_and_no_output_are_refused() -> None:
    for inkey, octets in ((b"", 16), (TGK, 0), (TGK, 256)):
        with pytest.raises(ValueError):
            prf(inkey, b"label", octets)


def test_a_wiped_tgk_gives_nothing() -> None:
    tgk = Secret(TGK)
    tgk.wipe()
    with pytest.raises(ValueError):
        srtp_master(tgk, **GOOD)
