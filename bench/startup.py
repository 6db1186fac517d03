"""How long each service takes to be imported, and what it weighs then: bench/results/startup.txt.

    python -m bench.startup [-o FILE] [--against DIR]

A fresh interpreter for each measurement; the least CPU time of several counts, for other work on this
computer only adds. `--against` measures another tree beside it, turn by turn.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("keys", "phone", "media", "scan", "update")
ALONE = "interpreter"
TURNS = 5
RESULT = Path(__file__).parents[1] / "bench" / "results" / "startup.txt"
_ASK = """
import resource, sys
sys.path.insert(0, {tree!r})
{work}
used = resource.getrusage(resource.RUSAGE_SELF)
with open("/proc/self/smaps_rollup") as rollup:
    own = sum(int(line.split()[1]) for line in rollup if line.startswith("Private_"))
print(used.ru_utime + used.ru_stime, own, len(sys.modules))
"""


@dataclass(frozen=True)
class Start:
    """One service, imported: CPU milliseconds, private memory in MB, modules."""

    cpu_ms: float
    own_mb: float
    modules: int


def measure(name: str, tree: Path) -> Start:
    """Import a service in an interpreter of its own."""
    work = "" if name == ALONE else f"import firmware.services.{name}"
    command = [sys.executable, "-I", "-c", _ASK.format(tree=str(tree), work=work)]
    said = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True).stdout.split()
    return Start(float(said[0]) * 1000, int(said[1]) / 1000, int(said[2]))


def best(starts: list[Start]) -> Start:
    """The least of each."""
    return Start(
        min(start.cpu_ms for start in starts),
        min(start.own_mb for start in starts),
        min(start.modules for start in starts),
    )


def table(trees: list[Path]) -> list[str]:
    """The lines of the result."""
    rows: dict[tuple[str, Path], list[Start]] = {}
    for _ in range(TURNS):
        for name in (ALONE, *SERVICES):
            for tree in trees:
                rows.setdefault((name, tree), []).append(measure(name, tree))
    lines = [
        f"{'':<12} {'CPU ms':>8} {'own MB':>8} {'modules':>8}"
        + ("   before: CPU, MB, modules" * (len(trees) - 1))
    ]
    for name in (ALONE, *SERVICES):
        now = best(rows[name, trees[0]])
        line = f"{name:<12} {now.cpu_ms:>8.0f} {now.own_mb:>8.1f} {now.modules:>8}"
        for tree in trees[1:]:
            before = best(rows[name, tree])
            line += f"   {before.cpu_ms:>6.0f} {before.own_mb:>6.1f} {before.modules:>6}"
        lines.append(line)
    return lines


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.startup",
        description="What it costs to import each service.",
        epilog="Example: python -m bench.startup --against ../before",
    )
    parser.add_argument("-o", "--output", type=Path, default=RESULT)
    parser.add_argument("--against", type=Path, help="another tree, with its native core built")
    options = parser.parse_args()
    here = Path(__file__).parents[1]
    trees = [here] if options.against is None else [here, options.against.absolute()]
    lines = [f"Least of {TURNS} fresh interpreters each; CPU time of importing, private memory, modules.", ""]
    lines += table(trees)
    text = "\n".join(lines) + "\n"
    print(text, end="")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text)


if __name__ == "__main__":
    main()
