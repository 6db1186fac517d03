"""SAKKE and ECCSI side by side in one run: `make bench-crypto`. Table and picture go to bench/results.

Every operation runs once in each round on each implementation, so that a busy machine disturbs all of them
alike. Times are process CPU time. Minima say what the machine can do, medians what it did.
"""

from __future__ import annotations

import itertools
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import gmpy2

from bench.bars import draw_bars
from bench.plain_sakke import PlainSAKKE
from crypto import eccsi, sakke
from crypto._core import ffi, lib
from tests.oracle.rfc import ECCSI, SAKKE

ROOT = Path(__file__).resolve().parents[1]
NATIVE = ROOT / "crypto" / "native"
RESULTS = Path(__file__).resolve().parent / "results"

ROUNDS = 25
SLOW_EVERY = 3  # Python integers run in every third round only.

# One multiplication of the field: 512 products of words and 16 for the factors of the reduction.
WORD_PRODUCTS = 528

IDENTIFIER = SAKKE.octets("b")
SSV = SAKKE.octets("SSV", 16)
SED = SAKKE.point("Rb") + SAKKE.octets("H", 16)
RSK = SAKKE.point("Kb")
KMS_KEY = SAKKE.point("Z")
MASTER_SECRET = SAKKE.octets("z", 128)

NEW, KNOWN, OPEN = "encapsulate, new callee", "encapsulate, known callee", "decapsulate"
EXTRACT, VALIDATE, LOAD = "extract RSK", "validate RSK", "load receiver key with tables"
SIGN, VERIFY, VERIFY_KNOWN = "ECCSI sign", "ECCSI verify, new caller", "ECCSI verify, known caller"
ROWS = [NEW, KNOWN, OPEN, EXTRACT, VALIDATE, LOAD, SIGN, VERIFY, VERIFY_KNOWN]
PYTHON, GMP, PORTABLE = "Python integers", "gmpy2", "portable C"

# What `make -C crypto/native count` calls the operations that have a limit.
COUNTED = {
    NEW: "encapsulate, new callee",
    KNOWN: "encapsulate, known callee",
    OPEN: "decapsulate",
    EXTRACT: "extract RSK",
    VALIDATE: "validate RSK",
}

Operation = Callable[[], None]


def must(truth: bool) -> None:
    if not truth:
        raise SystemExit("bench: an implementation gave a wrong result; its time would mean nothing")


def plain_operations(field: PlainSAKKE) -> dict[str, Operation]:
    """Jacobian coordinates, over Python integers or gmpy2; nothing is kept from call to call."""
    z, rsk = field.decode(KMS_KEY), field.decode(RSK)
    g = int(SAKKE.number("g"))

    def new() -> None:
        must(field.encapsulate(SSV, IDENTIFIER, field.receiver_point(IDENTIFIER, z)) == SED)

    return {
        NEW: new,
        OPEN: lambda: must(
            field.decapsulate(SED, IDENTIFIER, rsk, field.receiver_point(IDENTIFIER, z)) == SSV
        ),
        EXTRACT: lambda: must(field.extract_rsk(SAKKE.number("z"), IDENTIFIER) == RSK),
        VALIDATE: lambda: must(field.pairing(field.receiver_point(IDENTIFIER, z), rsk) == g),
    }


def native_operations(backend: str) -> dict[str, Operation]:
    """The product's own faces, on one backend of the field."""
    kms = sakke.KMSPublicKey(KMS_KEY)
    receiver = sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY)
    kms.prepare(IDENTIFIER)
    strangers = itertools.count()

    def known() -> None:
        # Every call moves the callee up again among those whose tables are kept.
        must(kms.encapsulate(SSV, IDENTIFIER) == SED and IDENTIFIER in kms.prepared)

    def load() -> None:
        sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY).wipe()

    operations: dict[str, Operation] = {
        NEW: lambda: must(len(kms.encapsulate(SSV, b"%s %d" % (backend.encode(), next(strangers)))) == 273),
        KNOWN: known,
        OPEN: lambda: must(receiver.decapsulate(SED) == SSV),
        EXTRACT: lambda: must(sakke.extract_rsk(MASTER_SECRET, IDENTIFIER) == RSK),
        VALIDATE: lambda: sakke.validate_rsk(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY),
        LOAD: load,
    }

    def on_backend(run: Operation) -> Operation:
        def chosen() -> None:
            lib.fp_backend_use(backend.encode())
            run()

        return chosen

    return {name: on_backend(run) for name, run in operations.items()}


def eccsi_operations() -> dict[str, Operation]:
    """Signatures of callers met for the first time, and of one who is known."""
    ksak, kpak, message = ECCSI.octets("KSAK", 32), ECCSI.octets("KPAK", 65), bytes(400)
    signer = ECCSI.octets("ID")
    ssk, pvt = eccsi.extract_ssk(ksak, signer)

    def sign() -> bytes:
        return eccsi.sign(message, ssk=ssk, pvt=pvt, identifier=signer, kpak=kpak)

    signature = sign()
    for _ in range(2):
        eccsi.verify(signature, message, identifier=signer, kpak=kpak)
    # As many strangers as there are rounds; each call of theirs is their first.
    calls = []
    for _ in range(ROUNDS + 1):
        stranger, token = eccsi.extract_ssk(ksak, signer)
        calls.append(eccsi.sign(message, ssk=stranger, pvt=token, identifier=signer, kpak=kpak))

    return {
        SIGN: lambda: must(len(sign()) == 129),
        VERIFY: lambda: eccsi.verify(calls.pop(), message, identifier=signer, kpak=kpak),
        VERIFY_KNOWN: lambda: eccsi.verify(signature, message, identifier=signer, kpak=kpak),
    }


def measure(columns: dict[str, dict[str, Operation]]) -> dict[str, dict[str, list[float]]]:
    """Milliseconds, for each column and row."""
    samples: dict[str, dict[str, list[float]]] = {
        column: {row: [] for row in operations} for column, operations in columns.items()
    }
    for turn in range(ROUNDS + 1):
        for row in ROWS:
            for column, operations in columns.items():
                if row not in operations or (column == PYTHON and turn % SLOW_EVERY):
                    continue
                start = time.process_time_ns()
                operations[row]()
                spent = (time.process_time_ns() - start) / 1e6
                if turn > 0 or column == PYTHON:  # the first round warms up
                    samples[column][row].append(spent)
    return samples


def ask(*command: str) -> str:
    answer = subprocess.run(command, cwd=NATIVE, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(f"bench: {' '.join(command)} failed:\n{answer.stdout}{answer.stderr}")
    return answer.stdout


def counts() -> dict[str, int]:
    """Field multiplications of each operation, counted by the build that counts."""
    ask("make", "-s", "build/count/test_count", "build/ship/test_bench_field")
    lines = ask("build/count/test_count").splitlines()
    found = {row: [line for line in lines if line.startswith(f"{name} ")] for row, name in COUNTED.items()}
    return {row: int(lines[0].split()[-1]) for row, lines in found.items()}


def cycle_ns() -> float:
    """The shortest cycle of the processor seen: a step of a chain of dependent additions."""
    found = re.findall(r"one cycle\s+\S+\s+(\S+)", ask("build/ship/test_bench_field"))
    # The table rounds to a hundredth; the number of cycles beside a longer operation says it better.
    longer = re.findall(r"^  inv\s+\S+\s+(\S+)\s+(\S+)$", ask("build/ship/test_bench_field"), re.MULTILINE)
    exact = [float(ns) / float(cycles) for ns, cycles in longer]
    return min(exact or [float(one) for one in found])


def table(samples: dict[str, dict[str, list[float]]], limit: dict[str, float], meq: dict[str, int]) -> str:
    columns = list(samples)
    text = [
        "| median [minimum], ms | " + " | ".join(columns) + " | limit | multiplications |",
        "|---|" + "---|" * (len(columns) + 2),
    ]
    for row in ROWS:
        cells = []
        for column in columns:
            times = samples[column].get(row)
            cells.append(f"{statistics.median(times):.3g} [{min(times):.3g}]" if times else "–")
        cells.append(f"{limit[row]:.3g}" if row in limit else "–")
        cells.append(f"{meq[row]}" if row in meq else "–")
        text.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(text)


def ratios(samples: dict[str, dict[str, list[float]]], fastest: str) -> str:
    text = [f"| {fastest} is faster by | minima | medians |", "|---|---|---|"]
    for row in (NEW, KNOWN, OPEN):
        for column in (GMP, PORTABLE):
            if row not in samples[column]:
                continue
            ours, theirs = samples[fastest][row], samples[column][row]
            least = min(theirs) / min(ours)
            middle = statistics.median(theirs) / statistics.median(ours)
            text.append(f"| {row}, than {column} | {least:.1f} | {middle:.1f} |")
    return "\n".join(text)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main() -> int:
    name = ffi.string(lib.fp_backend_name())
    fastest = name if isinstance(name, str) else name.decode()
    columns = {
        PYTHON: plain_operations(PlainSAKKE(int, lambda a, m: pow(a, -1, m))),
        GMP: plain_operations(PlainSAKKE(gmpy2.mpz, gmpy2.invert)),
        PORTABLE: native_operations("portable"),
    }
    assembly = f"assembly ({fastest})"
    if fastest != "portable":
        columns[assembly] = native_operations(fastest)
    list(columns.values())[-1].update(eccsi_operations())
    meq, cycle = counts(), cycle_ns()
    print(f"bench: {ROUNDS} rounds on {processor()}", flush=True)
    samples = measure(columns)
    limit = {row: count * WORD_PRODUCTS * cycle / 1e6 for row, count in meq.items()}
    parts = [
        "# SAKKE and ECCSI side by side",
        f"{processor()}, Python {platform.python_version()}, gmpy2 {gmpy2.version()}. One run, {ROUNDS} "
        "interleaved rounds, process CPU time. Python integers and gmpy2 run the same code "
        "(`bench/plain_sakke.py`): Jacobian coordinates, non-adjacent form, no tables, in variable time. "
        "Portable C and assembly are `crypto.sakke` and `crypto.eccsi`, called from Python, in constant "
        "time, with the tables that they keep of P, Z, g, a known callee and the own key. ECCSI rests on "
        "libcrypto.",
        "The limit is what the multiplier allows: multiplications of the field, as "
        f"`make -C crypto/native count` counts them, times {WORD_PRODUCTS} products of words at one per "
        f"cycle of {cycle:.3f} ns.",
        table(samples, limit, meq),
    ]
    if assembly in samples:
        parts.append(ratios(samples, assembly))
    parts.append("![log-scale bars](crypto.svg)")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "crypto.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    least = {column: {row: min(times) for row, times in rows.items()} for column, rows in samples.items()}
    picture = draw_bars([NEW, KNOWN, OPEN, EXTRACT, VALIDATE], {**least, "limit of the multiplier": limit})
    (RESULTS / "crypto.svg").write_text(picture, encoding="utf-8")
    print("\n\n".join(parts[3:-1]))
    print(f"bench: written to {RESULTS.relative_to(ROOT)}/crypto.md and crypto.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
