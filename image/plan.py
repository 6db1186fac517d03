"""Lint the layers and print what an image would be made of, board by board. Nothing is fetched or built.

python -m image.plan [--variant release|test] [--base debian|raspios]
"""

from __future__ import annotations

import argparse
import sys

from image.boards import BoardOnCard, read_boards
from image.layers import BASES, VARIANTS, Layer, digest, faults, packages, read_layers


def plan(variant: str, base: str) -> list[str]:
    """The lines of the plan. Raises ValueError if a layer or a board cannot be read."""
    layers = read_layers(variant, base)
    wanted = packages(layers)
    lines = [f"image, variant {variant} on base {base}: {len(layers)} layers, {len(wanted)} Debian packages"]
    lines += [_layer_line(layer) for layer in layers]
    lines += [_board_line(board) for board in read_boards()]
    return [*lines, f"layers' digest {digest(layers)[:16]}"]


def _layer_line(layer: Layer) -> str:
    parts = [f"{len(layer.packages)} packages"] if layer.packages else []
    parts += ["files"] if layer.files else []
    parts += ["script"] if layer.script else []
    return f"  {layer.name:<16} {layer.about} ({', '.join(parts)})"


def _board_line(board: BoardOnCard) -> str:
    secure = "secure boot possible" if board.secure_boot else "no secure boot"
    return f"  board {board.name:<10} {board.title}: {', '.join(board.trees)}; {secure}; {board.state}"


def main(arguments: list[str] | None = None) -> int:
    """Print the plan; 1 if a layer has a fault."""
    parser = argparse.ArgumentParser(
        prog="make image-plan", description="What the image is made of.", epilog="Example: make image-plan"
    )
    parser.add_argument("--variant", choices=VARIANTS, help="only this variant (both, if left out)")
    parser.add_argument("--base", choices=BASES, help="only this base (both, if left out)")
    options = parser.parse_args(arguments)
    wrong = faults()
    for fault in wrong:
        print(f"image: {fault}", file=sys.stderr)
    if wrong:
        return 1
    for base in [options.base] if options.base else BASES:
        for variant in [options.variant] if options.variant else VARIANTS:
            print("\n".join(plan(variant, base)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
