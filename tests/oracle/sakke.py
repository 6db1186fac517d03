"""SAKKE in gmpy2, affine, straight from RFC 6508: slow, plain, variable time. For tests only.

Written from the RFC alone; it shares no line, formula or constant table with crypto/native.
"""

from __future__ import annotations

import hashlib

from gmpy2 import invert, mpz, powmod

# RFC 6509 Appendix A.
p = mpz(
    "0x997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
    "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
    "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
    "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB"
)
q = mpz(
    "0x265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
    "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
    "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
    "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB"
)
P = (
    mpz(
        "0x53FC09EE332C29AD0A7990053ED9B52A2B1A2FD60AEC69C698B2F204B6FF7CBF"
        "B5EDB6C0F6CE2308AB10DB9030B09E1043D5F22CDB9DFA55718BD9E7406CE890"
        "9760AF765DD5BCCB337C86548B72F2E1A702C3397A60DE74A7C1514DBA66910D"
        "D5CFB4CC80728D87EE9163A5B63F73EC80EC46C4967E0979880DC8ABEAE63895"
    ),
    mpz(
        "0x0A8249063F6009F1F9F1F0533634A135D3E82016029906963D778D821E141178"
        "F5EA69F4654EC2B9E7F7F5E5F0DE55F66B598CCF9A140B2E416CFF0CA9E032B9"
        "70DAE117AD547C6CCAD696B5B7652FE0AC6F1E80164AA989492D979FC5A4D5F2"
        "13515AD7E9CB99A980BDAD5AD5BB4636ADB9B5706A67DCDE75573FD71BEF16D7"
    ),
)
g = mpz(
    "0x66FC2A432B6EA392148F15867D623068C6A87BD1FB94C41E27FABE658E015A87"
    "371E94744C96FEDA449AE9563F8BC446CBFDA85D5D00EF577072DA8F541721BE"
    "EE0FAED1828EAB90B99DFB0138C7843355DF0460B4A9FD74B4F1A32BCAFA1FFA"
    "D682C033A7942BCCE3720F20B9B7B0403C8CAE87B7A0042ACDE0FAB36461EA46"
)
L = 128

Point = tuple[mpz, mpz] | None  # None is infinity


def on_curve(a: Point) -> bool:
    return a is not None and (a[1] ** 2 - a[0] ** 3 + 3 * a[0]) % p == 0


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
    return b"\x04" + int(a[0]).to_bytes(L, "big") + int(a[1]).to_bytes(L, "big")


def decode(octets: bytes) -> Point:
    assert octets[0] == 4
    assert len(octets) == 2 * L + 1
    return mpz(int.from_bytes(octets[1 : 1 + L], "big")), mpz(int.from_bytes(octets[1 + L :], "big"))


def multiply_complex(v: tuple[mpz, mpz], u: tuple[mpz, mpz]) -> tuple[mpz, mpz]:
    return (v[0] * u[0] - v[1] * u[1]) % p, (v[0] * u[1] + v[1] * u[0]) % p


def pairing(a: Point, b: Point) -> mpz:
    """<a, b> as the pseudocode of RFC 6508 §3.2 has it; the result is a representative in F_p."""
    assert a is not None
    assert b is not None
    v = (mpz(1), mpz(0))
    c: Point = a
    for bit in bin(q - 1)[3:]:
        assert c is not None
        slope = 3 * (c[0] ** 2 - 1) * invert(2 * c[1], p) % p
        v = multiply_complex(v, v)
        v = multiply_complex(v, ((slope * (b[0] + c[0]) - c[1]) % p, b[1]))
        c = add(c, c)
        if bit == "1":
            assert c is not None
            slope = (c[1] - a[1]) * invert(c[0] - a[0], p) % p
            v = multiply_complex(v, ((slope * (b[0] + c[0]) - c[1]) % p, b[1]))
            c = add(c, a)
    for _ in range(2):  # to the power (p+1)/q = 4
        v = multiply_complex(v, v)
    return v[1] * invert(v[0], p) % p


def power_of_g(r: int) -> mpz:
    """g^r in PF_p (RFC 6508 §2.1: g stands for 1 + ig)."""
    v = (mpz(1), mpz(0))
    for bit in bin(r)[2:]:
        v = multiply_complex(v, v)
        if bit == "1":
            v = multiply_complex(v, (mpz(1), g))
    return v[1] * invert(v[0], p) % p


def hash_to_integer_range(s: bytes, n: int) -> int:
    """RFC 6508 §5.1; n is q or a power of two."""
    big_a = hashlib.sha256(s).digest()
    h = bytes(32)
    v = b""
    for _ in range(-(-(n - 1).bit_length() // 256)):
        h = hashlib.sha256(h).digest()
        v += hashlib.sha256(h + big_a).digest()
    return int.from_bytes(v, "big") % n


def kms_public_key(z: int) -> bytes:
    return encode(multiply(z, P))


def extract_rsk(z: int, identifier: bytes) -> bytes:
    b = int.from_bytes(identifier, "big")
    return encode(multiply(int(invert(b + z, q)), P))


def receiver_point(identifier: bytes, kms_key: bytes) -> Point:
    return add(multiply(int.from_bytes(identifier, "big") % int(q), P), decode(kms_key))


def rsk_is_valid(rsk: bytes, identifier: bytes, kms_key: bytes) -> bool:
    return bool(pairing(receiver_point(identifier, kms_key), decode(rsk)) == g)


def encapsulate(ssv: bytes, identifier: bytes, kms_key: bytes) -> bytes:
    r = hash_to_integer_range(ssv + identifier, int(q))
    mask = hash_to_integer_range(int(power_of_g(r)).to_bytes(L, "big"), 2**128)
    hint = int.from_bytes(ssv, "big") ^ mask
    return encode(multiply(r, receiver_point(identifier, kms_key))) + hint.to_bytes(16, "big")


def decapsulate(sed: bytes, rsk: bytes, identifier: bytes, kms_key: bytes) -> bytes | None:
    """The SSV, or None if TEST is not R."""
    big_r = decode(sed[: 2 * L + 1])
    w = pairing(big_r, decode(rsk))
    mask = hash_to_integer_range(int(w).to_bytes(L, "big"), 2**128)
    ssv = (int.from_bytes(sed[2 * L + 1 :], "big") ^ mask).to_bytes(16, "big")
    r = hash_to_integer_range(ssv + identifier, int(q))
    return ssv if multiply(r, receiver_point(identifier, kms_key)) == big_r else None


def square_root(a: mpz) -> mpz | None:
    root = powmod(a, (p + 1) // 4, p)
    return root if root * root % p == a % p else None


def decompress(octets: bytes) -> bytes | None:
    x = mpz(int.from_bytes(octets[1:], "big"))
    y = square_root((x**3 - 3 * x) % p)
    if y is None or x >= p:
        return None
    return encode((x, y if y % 2 == octets[0] % 2 else p - y))
