"""ECCSI in gmpy2, affine, straight from RFC 6507: slow, plain, variable time. For tests only."""

from __future__ import annotations

import hashlib

from gmpy2 import invert, mpz, powmod

# FIPS 186-4 D.1.2.3.
p = mpz(2**256 - 2**224 + 2**192 + 2**96 - 1)
q = mpz("0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")
B = mpz("0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B")
G = (
    mpz("0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
    mpz("0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"),
)
N = 32

Point = tuple[mpz, mpz] | None  # None is infinity


def on_curve(a: Point) -> bool:
    return a is not None and (a[1] ** 2 - a[0] ** 3 + 3 * a[0] - B) % p == 0


def add(a: Point, b: Point) -> Point:
    if a is None:
        return b
    if b is None:
        return a
    if a[0] == b[0]:
        if (a[1] + b[1]) % p == 0:
            return None
        slope = (3 * a[0] ** 2 - 3) * invert(2 * a[1], p) % p
    else:
        slope = (b[1] - a[1]) * invert(b[0] - a[0], p) % p
    x = (slope * slope - a[0] - b[0]) % p
    return x, (slope * (a[0] - x) - a[1]) % p


def multiply(k: int, a: Point) -> Point:
    result: Point = None
    for bit in bin(k)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, a)
    return result


def encode(a: Point) -> bytes:
    assert a is not None
    return b"\x04" + int(a[0]).to_bytes(N, "big") + int(a[1]).to_bytes(N, "big")


def decode(octets: bytes) -> Point:
    return mpz(int.from_bytes(octets[1 : 1 + N], "big")), mpz(int.from_bytes(octets[1 + N :], "big"))


def hash_number(*parts: bytes) -> mpz:
    return mpz(int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big"))


def octets(number: int) -> bytes:
    return int(number).to_bytes(N, "big")


def kms_public_key(ksak: int) -> bytes:
    return encode(multiply(ksak, G))


def extract_ssk(ksak: int, identifier: bytes, v: int) -> tuple[bytes, bytes]:
    pvt = encode(multiply(v, G))
    hs = hash_number(encode(G), kms_public_key(ksak), identifier, pvt)
    return octets((ksak + hs * v) % q), pvt


def ssk_is_valid(ssk: bytes, pvt: bytes, identifier: bytes, kpak: bytes) -> bool:
    hs = hash_number(encode(G), kpak, identifier, pvt)
    left = multiply(int.from_bytes(ssk, "big"), G)
    right = multiply(int(hs), decode(pvt))
    assert right is not None
    return add(left, (right[0], p - right[1])) == decode(kpak)


def sign(message: bytes, ssk: bytes, pvt: bytes, identifier: bytes, kpak: bytes, j: int) -> bytes:
    hs = octets(hash_number(encode(G), kpak, identifier, pvt))
    big_j = multiply(j, G)
    assert big_j is not None
    r = big_j[0]
    he = hash_number(hs, octets(r), message)
    s = j * invert((he + r * int.from_bytes(ssk, "big")) % q, q) % q
    return octets(r) + octets(s) + pvt


def signature_is_valid(signature: bytes, message: bytes, identifier: bytes, kpak: bytes) -> bool:
    r_octets, s_octets, pvt = signature[:N], signature[N : 2 * N], signature[2 * N :]
    hs = hash_number(encode(G), kpak, identifier, pvt)
    he = hash_number(octets(hs), r_octets, message)
    r = mpz(int.from_bytes(r_octets, "big"))
    y = add(multiply(int(hs), decode(pvt)), decode(kpak))
    inner = add(multiply(int(he), G), multiply(int(r), y))
    big_j = multiply(int.from_bytes(s_octets, "big"), inner)
    return big_j is not None and big_j[0] == r % p and big_j[0] != 0


def decompress(compressed: bytes) -> bytes | None:
    x = mpz(int.from_bytes(compressed[1:], "big"))
    right = (x**3 - 3 * x + B) % p
    y = powmod(right, (p + 1) // 4, p)
    if y * y % p != right or x >= p:
        return None
    return encode((x, y if y % 2 == compressed[0] % 2 else p - y))
