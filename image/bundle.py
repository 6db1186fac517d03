"""An update bundle (RAUC, plain format): the root and the boot partition of one build, signed as a whole.

    python -m image.bundle build/image/release --keys DIRECTORY -o sottovoce-1.2.0-debian-arm64.raucb

It fits either slot: neither partition knows which one it will be in.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from image.progress import BuildFailed, run

IMAGES = {"rootfs": "root.img", "boot": "boot.vfat"}
"""Slot class, and the file of a build that fills it; RAUC writes them in this order."""


def compatible(base: str) -> str:
    """What phones with an image on this base call themselves (layer 70-update)."""
    return f"sottovoce-{base}-arm64"


def file_name(version: str, base: str) -> str:
    """As the CRS wants it: version and kind of phone, and nothing else, are read of a name."""
    return f"sottovoce-{version}-{base}-arm64.raucb"


def manifest(version: str, base: str) -> str:
    """RAUC's manifest, without sizes and digests, which RAUC adds."""
    lines = [
        "[update]",
        f"compatible={compatible(base)}",
        f"version={version}",
        "",
        "[bundle]",
        "format=plain",
    ]
    for kind, name in IMAGES.items():
        lines += ["", f"[image.{kind}]", f"filename={name}"]
    return "\n".join([*lines, ""])


def make(build: Path, *, version: str, base: str, keys: Path, bundle: Path) -> None:
    """Make the bundle of a build. Raises BuildFailed; then there is none."""
    for name in IMAGES.values():
        if not (build / name).is_file():
            raise BuildFailed(f"{build / name} is not there: build the image first")
    bundle.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".bundle-") as folder:
        content = Path(folder) / "content"
        content.mkdir()
        for name in IMAGES.values():
            (content / name).hardlink_to(build / name)
        (content / "manifest.raucm").write_text(manifest(version, base), encoding="ascii")
        draft = Path(folder) / "draft.raucb"
        run(
            [
                "rauc",
                "bundle",
                f"--cert={keys / 'bundle.crt'}",
                f"--key={keys / 'bundle.key'}",
                f"--keyring={keys / 'bundle-ca.crt'}",
                content,
                draft,
            ]
        )
        draft.rename(bundle)


def main(argv: list[str] | None = None) -> int:
    """Make a bundle; return the exit status."""
    parser = argparse.ArgumentParser(prog="image.bundle", description="Make an update bundle of a build.")
    parser.add_argument("build", type=Path, help="build/image/VARIANT")
    parser.add_argument("--keys", type=Path, required=True, help="what make update-keys made")
    parser.add_argument("--version", required=True)
    parser.add_argument("--base", default="debian")
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args(argv)
    try:
        make(
            arguments.build,
            version=arguments.version,
            base=arguments.base,
            keys=arguments.keys,
            bundle=arguments.output,
        )
    except (BuildFailed, OSError) as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
