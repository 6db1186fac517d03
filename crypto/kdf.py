"""From the key that travelled (TGK) to SRTP masters: RFC 3830 §4.1 with PRF-HMAC-SHA-256 (RFC 6043 §6.1)."""

from __future__ import annotations

import hmac

from crypto.secret import Secret
from crypto.srtp_keys import MASTER_OCTETS

TEK_CONSTANT = 718281828
"""0x2AD01C64 (RFC 3830 §4.1.3): like all its constants, nine decimal digits of e, here the first nine of the
fraction."""
SALT_CONSTANT = 966967627
"""0x39A2C14B: the seventh group of nine digits."""

KEY_OCTETS = 16
SALT_OCTETS = MASTER_OCTETS - KEY_OCTETS
RAND_OCTETS = 16
_BLOCK_OCTETS = 32


def prf(inkey: bytes, label: bytes, outkey_octets: int) -> bytes:
    """Return `outkey_octets` derived from `inkey` under `label` (RFC 3830 §4.1.2; SHA-256 by RFC 6043 §6.1).

    Raises ValueError for an empty key or an output that is not 1 to 255 octets.
    """
    if not inkey or not 1 <= outkey_octets <= 255:
        raise ValueError("the PRF takes a key and gives 1 to 255 octets")
    rounds = -(-outkey_octets // _BLOCK_OCTETS)
    outkey = bytes(outkey_octets)
    for start in range(0, len(inkey), _BLOCK_OCTETS):
        piece = _p(inkey[start : start + _BLOCK_OCTETS], label, rounds)
        outkey = bytes(x ^ y for x, y in zip(outkey, piece, strict=False))
    return outkey


def srtp_master(tgk: Secret, *, cs_id: int, csb_id: int, rand: bytes) -> Secret:
    """Return master key ‖ master salt, 28 octets, of one crypto session (RFC 3830 §4.1.3).

    `cs_id` is 1 to 255 in the order of the CS ID map, `csb_id` 32 bits, `rand` at least 16 octets.
    Raises ValueError outside these bounds.
    """
    if not 1 <= cs_id <= 255 or not 0 <= csb_id < 1 << 32 or not RAND_OCTETS <= len(rand) <= 255:
        raise ValueError("CS ID, CSB ID or RAND is out of bounds")
    suffix = cs_id.to_bytes(1, "big") + csb_id.to_bytes(4, "big") + rand
    inkey = tgk.expose()
    key = prf(inkey, TEK_CONSTANT.to_bytes(4, "big") + suffix, KEY_OCTETS)
    salt = prf(inkey, SALT_CONSTANT.to_bytes(4, "big") + suffix, SALT_OCTETS)
    return Secret(key + salt)


def _p(secret: bytes, label: bytes, rounds: int) -> bytes:
    """HMAC(s, A_1 ‖ label) ‖ HMAC(s, A_2 ‖ label) ‖ …, A_0 = label, A_i = HMAC(s, A_(i−1))."""
    a = label
    output = b""
    for _ in range(rounds):
        a = hmac.digest(secret, a, "sha256")
        output += hmac.digest(secret, a + label, "sha256")
    return output
