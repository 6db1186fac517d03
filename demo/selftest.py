"""The self-test of a virtual phone, with nobody there: a hand of its own does the person's part.

python -m demo.selftest --home build/selftest
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from demo.hand import hand
from firmware.self_test_run import follow_self_test


def main() -> int:
    """Return the exit status: 0 if nothing failed."""
    parser = argparse.ArgumentParser(prog="demo.selftest", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the phone's directory")
    home = parser.parse_args().home.absolute()
    failed = asyncio.run(follow_self_test(home, "virtual", say=print, sitting=hand))
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
