"""SAKKE as a careful Python programmer would write it, on whole numbers of any kind: Jacobian coordinates,
non-adjacent form, one inversion per result, variable time. What the native core is measured against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle import sakke as oracle

# An int or a gmpy2.mpz.
Number = Any
Point = tuple[Number, Number]
Jacobian = tuple[Number, Number, Number]


def non_adjacent(k: int) -> list[int]:
    """Digits −1, 0, 1, most significant first, no two neighbours both non-zero."""
    digits = []
    while k:
        digit = 2 - k % 4 if k % 2 else 0
        digits.append(digit)
        k = (k - digit) >> 1
    return digits[::-1]


class PlainSAKKE:
    """RFC 6508 over one kind of number."""

    def __init__(self, number: Callable[[int], Number], invert: Callable[[Number, Number], Number]) -> None:
        self.number = number
        self.p = number(int(oracle.p))
        self.q = int(oracle.q)
        self.g = number(int(oracle.g))
        self.base = self.decode(oracle.encode(oracle.P))
        self.chain = non_adjacent(self.q - 1)
        self._invert = invert

    def decode(self, octets: bytes) -> Point:
        x, y = int.from_bytes(octets[1:129], "big"), int.from_bytes(octets[129:257], "big")
        return self.number(x), self.number(y)

    def _double(self, c: Jacobian) -> tuple[Jacobian, Number, Number, Number]:
        p = self.p
        x, y, z = c
        zz, yy = z * z % p, y * y % p
        m = 3 * (x - zz) * (x + zz) % p
        z3 = 2 * y * z % p
        t = 4 * x * yy % p
        x3 = (m * m - 2 * t) % p
        return (x3, (m * (t - x3) - 8 * yy * yy) % p, z3), m, zz, yy

    def _add(self, c: Jacobian, a: Point) -> tuple[Jacobian, Number]:
        p = self.p
        x, y, z = c
        zz = z * z % p
        h, r = (a[0] * zz - x) % p, (a[1] * zz * z - y) % p
        hh = h * h % p
        hhh, v = h * hh % p, x * hh % p
        x3 = (r * r - hhh - 2 * v) % p
        return (x3, (r * (v - x3) - y * hhh) % p, z * h % p), r

    def affine(self, c: Jacobian) -> Point:
        inverse = self._invert(c[2], self.p)
        square = inverse * inverse % self.p
        return c[0] * square % self.p, c[1] * square * inverse % self.p

    def multiply(self, k: int, a: Point) -> Jacobian:
        digits = non_adjacent(k)
        minus = a[0], -a[1]
        c: Jacobian = (a[0], a[1], self.number(1))
        for digit in digits[1:]:
            c = self._double(c)[0]
            if digit:
                c = self._add(c, a if digit > 0 else minus)[0]
        return c

    def pairing(self, a: Point, b: Point) -> Number:
        """<a, b> in PF_p: factors in F_p are left out wherever they come up."""
        p = self.p
        real, imaginary = self.number(1), self.number(0)
        c: Jacobian = (a[0], a[1], self.number(1))
        for digit in self.chain[1:]:
            real, imaginary = (real + imaginary) * (real - imaginary) % p, 2 * real * imaginary % p
            x = c[0]
            c, m, zz, yy = self._double(c)
            s, t = (m * (b[0] * zz + x) - 2 * yy) % p, c[2] * zz * b[1] % p
            real, imaginary = (real * s - imaginary * t) % p, (real * t + imaginary * s) % p
            if digit:
                end = (a[0], digit * a[1])
                c, r = self._add(c, end)
                s, t = (r * (a[0] + b[0]) - end[1] * c[2]) % p, c[2] * b[1] % p
                real, imaginary = (real * s - imaginary * t) % p, (real * t + imaginary * s) % p
        for _ in range(2):
            real, imaginary = (real + imaginary) * (real - imaginary) % p, 2 * real * imaginary % p
        return imaginary * self._invert(real, p) % p

    def power_of_g(self, k: int) -> Number:
        p = self.p
        real, imaginary = self.number(1), self.g
        for digit in non_adjacent(k)[1:]:
            real, imaginary = (real + imaginary) * (real - imaginary) % p, 2 * real * imaginary % p
            if digit:
                t = digit * self.g
                real, imaginary = (real - imaginary * t) % p, (imaginary + real * t) % p
        return imaginary * self._invert(real, p) % p

    def receiver_point(self, identifier: bytes, z: Point) -> Point:
        b = int.from_bytes(identifier, "big") % self.q
        return self.affine(self._add(self.multiply(b, self.base), z)[0])

    def encapsulate(self, ssv: bytes, identifier: bytes, s: Point) -> bytes:
        r = oracle.hash_to_integer_range(ssv + identifier, self.q)
        big_r = self.affine(self.multiply(r, s))
        w = int(self.power_of_g(r)).to_bytes(128, "big")
        hint = int.from_bytes(ssv, "big") ^ oracle.hash_to_integer_range(w, 2**128)
        return oracle.encode(big_r) + hint.to_bytes(16, "big")

    def decapsulate(self, sed: bytes, identifier: bytes, rsk: Point, s: Point) -> bytes | None:
        big_r = self.decode(sed[:257])
        w = int(self.pairing(big_r, rsk)).to_bytes(128, "big")
        ssv_number = int.from_bytes(sed[257:], "big") ^ oracle.hash_to_integer_range(w, 2**128)
        ssv = ssv_number.to_bytes(16, "big")
        r = oracle.hash_to_integer_range(ssv + identifier, self.q)
        return ssv if self.affine(self.multiply(r, s)) == big_r else None

    def extract_rsk(self, z: int, identifier: bytes) -> bytes:
        k = pow(int.from_bytes(identifier, "big") + z, -1, self.q)
        return oracle.encode(self.affine(self.multiply(k, self.base)))
