"""Write constants.h: every number of the native core, derived from RFC 6509 Appendix A and FIPS 186-4 P-256.

Run `python crypto/native/generate_constants.py > crypto/native/constants.h`; a test holds the two together.
"""

from __future__ import annotations

import sys

# RFC 6509 Appendix A, parameter set 1.
P = int(
    "997abb1f0a563fda65c61198dad0657a416c0ce19cb48261be9ae358b3e01a2e"
    "f40aab27e2fc0f1b228730d531a59cb0e791b39ff7c88a19356d27f4a666a6d0"
    "e26c6487326b4cd4512ac5cd65681ce1b6aff4a831852a82a7cf3c521c3c09aa"
    "9f94d6af56971f1ffce3e82389857db080c5df10ac7ace87666d807afea85feb",
    16,
)
Q = (P + 1) // 4
P_X = int(
    "53fc09ee332c29ad0a7990053ed9b52a2b1a2fd60aec69c698b2f204b6ff7cbf"
    "b5edb6c0f6ce2308ab10db9030b09e1043d5f22cdb9dfa55718bd9e7406ce890"
    "9760af765dd5bccb337c86548b72f2e1a702c3397a60de74a7c1514dba66910d"
    "d5cfb4cc80728d87ee9163a5b63f73ec80ec46c4967e0979880dc8abeae63895",
    16,
)
P_Y = int(
    "0a8249063f6009f1f9f1f0533634a135d3e82016029906963d778d821e141178"
    "f5ea69f4654ec2b9e7f7f5e5f0de55f66b598ccf9a140b2e416cff0ca9e032b9"
    "70dae117ad547c6ccad696b5b7652fe0ac6f1e80164aa989492d979fc5a4d5f2"
    "13515ad7e9cb99a980bdad5ad5bb4636adb9b5706a67dcde75573fd71bef16d7",
    16,
)
G = int(
    "66fc2a432b6ea392148f15867d623068c6a87bd1fb94c41e27fabe658e015a87"
    "371e94744c96feda449ae9563f8bc446cbfda85d5d00ef577072da8f541721be"
    "ee0faed1828eab90b99dfb0138c7843355df0460b4a9fd74b4f1a32bcafa1ffa"
    "d682c033a7942bcce3720f20b9b7b0403c8cae87b7a0042acde0fab36461ea46",
    16,
)
# FIPS 186-4 D.1.2.3: the order of the P-256 group, named q in RFC 6507.
P256_Q = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def edwards_constants() -> tuple[int, int]:
    """Return (c, s): c² = −3, 2c³ a square, s² = 2c³. Square roots are powers to (p+1)/4 = q."""
    c = pow(-3, Q, P)
    if pow(2 * c**3, (P - 1) // 2, P) != 1:
        c = P - c
    s = pow(2 * c**3, Q, P)
    if c * c % P != P - 3 or s * s % P != 2 * c**3 % P:
        raise ArithmeticError("the Edwards form of this curve needs −3 and 2c³ to be squares")
    return c, s


def array(name: str, value: int, words: int = 16) -> str:
    """One constant, least significant word first."""
    limbs = [f"0x{value >> 64 * i & 2**64 - 1:016x}ULL" for i in range(words)]
    lines = [", ".join(limbs[i : i + 4]) for i in range(0, words, 4)]
    return f"#define {name} \\\n    {{ " + ", \\\n      ".join(lines) + " }\n"


def word(name: str, value: int) -> str:
    return f"#define {name} 0x{value:016x}ULL\n"


def header() -> str:
    """The whole of constants.h."""
    r = 2**1024
    c, s = edwards_constants()
    parts = [
        "/* Written by generate_constants.py from RFC 6509 Appendix A and FIPS 186-4; do not edit.\n"
        " * Least significant word first. MONT: multiplied by 2^1024 (2^256 for P256), reduced. */\n"
        "#ifndef CONSTANTS_H\n#define CONSTANTS_H\n\n",
        "/* The field F_p. RR = 2^2048, RRR = 2^3072. */\n",
        array("FP_MODULUS", P),
        word("FP_N0", -pow(P, -1, 2**64) % 2**64),
        array("FP_ONE_MONT", r % P),
        array("FP_RR", r * r % P),
        array("FP_RRR", r**3 % P),
        "\n/* Scalars modulo q; (p + 1) / 4 = q is also the exponent of a square root in F_p. */\n",
        array("FQ_MODULUS", Q),
        word("FQ_N0", -pow(Q, -1, 2**64) % 2**64),
        array("FQ_ONE_MONT", r % Q),
        array("FQ_RR", r * r % Q),
        array("FQ_MODULUS_MINUS_1", Q - 1),
        array("FQ_MODULUS_MINUS_2", Q - 2),
        "\n/* The base point P and g = <P,P>. */\n",
        array("POINT_P_X_MONT", P_X * r % P),
        array("POINT_P_Y_MONT", P_Y * r % P),
        array("PF_G_MONT", G * r % P),
        "\n/* Edwards form: c^2 = -3, s^2 = 2 c^3. */\n",
        array("EDWARDS_C_MONT", c * r % P),
        array("EDWARDS_S_MONT", s * r % P),
        "\n/* Scalars of P-256. */\n",
        array("P256_MODULUS", P256_Q, 4),
        word("P256_N0", -pow(P256_Q, -1, 2**64) % 2**64),
        array("P256_ONE_MONT", 2**256 % P256_Q, 4),
        array("P256_RR", 2**512 % P256_Q, 4),
        array("P256_MODULUS_MINUS_2", P256_Q - 2, 4),
        "\n#endif\n",
    ]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(header())
