"""Write vectors.h from tests/vectors: the RFC values that the C tests recompute.

Run `python crypto/native/tests/generate_vectors.py > crypto/native/tests/vectors.h`; a test compares them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors"

# File, value, its octets (0: as many as there are), name in C.
WANTED = [
    ("sakke_rfc6508", "z", 128, "SAKKE_MASTER_SECRET"),
    ("sakke_rfc6508", "b", 0, "SAKKE_IDENTIFIER"),
    ("sakke_rfc6508", "SSV", 16, "SAKKE_SSV"),
    ("sakke_rfc6508", "r", 128, "SAKKE_R_SCALAR"),
    ("sakke_rfc6508", "g_r", 128, "SAKKE_G_TO_R"),
    ("sakke_rfc6508", "mask", 16, "SAKKE_MASK"),
    ("eccsi_rfc6507", "KSAK", 32, "ECCSI_KSAK"),
    ("eccsi_rfc6507", "KPAK", 65, "ECCSI_KPAK"),
    ("eccsi_rfc6507", "ID", 0, "ECCSI_IDENTIFIER"),
    ("eccsi_rfc6507", "v", 32, "ECCSI_V"),
    ("eccsi_rfc6507", "PVT", 65, "ECCSI_PVT"),
    ("eccsi_rfc6507", "SSK", 32, "ECCSI_SSK"),
    ("eccsi_rfc6507", "HS", 32, "ECCSI_HS"),
    ("eccsi_rfc6507", "HE", 32, "ECCSI_HE"),
    ("eccsi_rfc6507", "M", 0, "ECCSI_M"),
    ("eccsi_rfc6507", "j", 32, "ECCSI_J_SCALAR"),
    ("eccsi_rfc6507", "r", 32, "ECCSI_R"),
    ("eccsi_rfc6507", "Sig", 129, "ECCSI_SIGNATURE"),
]
POINTS = [("Z", "SAKKE_Z"), ("Kb", "SAKKE_RSK"), ("Rb", "SAKKE_R")]


def array(name: str, octets: bytes, source: str) -> str:
    rows = [octets[i : i + 16] for i in range(0, len(octets), 16)]
    body = ",\n".join("    " + ", ".join(f"0x{octet:02x}" for octet in row) for row in rows)
    return f"/* {source} */\nstatic const uint8_t {name}[{len(octets)}] = {{\n{body}\n}};\n\n"


def octets_of(value: dict[str, str], length: int) -> bytes:
    # Some scalars of the RFC have an odd number of hexadecimal digits.
    digits = value["hex"]
    return int(digits, 16).to_bytes(length, "big") if length else bytes.fromhex(digits)


def header() -> str:
    """The whole of vectors.h."""
    files = {
        name: json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["values"]
        for name in ("sakke_rfc6508", "eccsi_rfc6507")
    }
    text = [
        "/* Written by generate_vectors.py from tests/vectors; do not edit. */\n"
        "#ifndef VECTORS_H\n#define VECTORS_H\n\n#include <stdint.h>\n\n"
    ]
    for file, name, length, c_name in WANTED:
        value = files[file][name]
        text.append(array(c_name, octets_of(value, length), value["source"]))
    sakke = files["sakke_rfc6508"]
    for stem, c_name in POINTS:
        octets = b"\x04" + octets_of(sakke[stem + "x"], 128) + octets_of(sakke[stem + "y"], 128)
        text.append(array(c_name, octets, sakke[stem + "x"]["source"]))
    sed = octets_of(sakke["Rbx"], 128) + octets_of(sakke["Rby"], 128) + octets_of(sakke["H"], 16)
    text.append(array("SAKKE_SED", b"\x04" + sed, "RFC 6508 Appendix A, R and H"))
    text.append("#endif\n")
    return "".join(text)


if __name__ == "__main__":
    sys.stdout.write(header())
