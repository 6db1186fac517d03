"""A release folder of one build: everything that is published of it, summed up and signed (image/release.py).

    python -m image.publish build/image/release --keys DIRECTORY -o build/release

The folder appears when it is whole.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from image import bundle, release, sbom
from image.build import EPOCH, version
from image.progress import BuildFailed, run, step

ZSTD_LEVEL = "-19"
SITE = "https://example.org/"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published: one build, under whose keys, and where it will be downloaded."""

    build: Path
    base: str
    version: str
    keys: Path
    site: str

    def name(self, ending: str) -> str:
        """A file's name in the release."""
        return f"sottovoce-{self.version}.{ending}"


def publish(what: Publication, output: Path) -> Path:
    """Make the folder. Raises BuildFailed, OSError, ValueError; then there is none."""
    folder = output / f"sottovoce-{what.version}"
    if folder.exists():
        raise BuildFailed(
            f"{folder} is there: a release is not overwritten, remove it or count the version up"
        )
    key = release.load_private(what.keys / "release.key")
    draft = output / f".{folder.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    card = what.build / "sottovoce.img"
    step("the image, compressed")
    image = draft / what.name("img.zst")
    run(["zstd", "-q", "-T2", ZSTD_LEVEL, card, "-o", image])
    step("its block map")
    run(["bmaptool", "create", "-o", draft / what.name("img.bmap"), card])
    step("the update bundle")
    bundle.make(
        what.build,
        version=what.version,
        base=what.base,
        keys=what.keys,
        bundle=draft / bundle.file_name(what.version, what.base),
    )
    step("what is in it, and its licences")
    (draft / what.name("cdx.json")).write_text(parts_list(what), encoding="utf-8")
    (draft / what.name("licences.txt")).write_text(licences(what.build / "root"), encoding="utf-8")
    unpacked: dict[str, object] = {"size": card.stat().st_size, "sha256": release.digest(card)}
    manifest = release.imager(
        name="Sottovoce",
        version=what.version,
        description="An open, end-to-end secure desk phone",
        url=f"{what.site.rstrip('/')}/{image.name}",
        image=image,
        unpacked=unpacked,
    )
    (draft / "imager.json").write_text(manifest, encoding="utf-8")
    release.sign(draft, key)
    draft.rename(folder)
    return folder


def parts_list(what: Publication) -> str:
    """The bill of materials of a build."""
    record = (what.build / "record").read_text(encoding="utf-8")
    installed = (what.build / "root/usr/lib/sottovoce/lib").glob(
        "python3*/site-packages/*.dist-info/METADATA"
    )
    wheels = [sbom.wheel_part(path.read_text(encoding="utf-8")) for path in sorted(installed)]
    parts = sbom.with_licences(sbom.recorded(record), wheels)
    return sbom.document(parts, version=what.version, board=f"boards on {what.base}", made=EPOCH)


def licences(root: Path) -> str:
    """Every licence text on the image: Debian's copyright files, and those of the wheels."""
    texts = sorted(root.glob("usr/share/doc/*/copyright"))
    for kind in ("LICEN[CS]E*", "COPYING*", "NOTICE*"):
        texts += sorted(root.glob(f"usr/lib/sottovoce/lib/python3*/site-packages/*.dist-info/**/{kind}"))
    said = []
    for path in texts:
        if path.is_file() and not path.is_symlink():
            about = path.relative_to(root).as_posix()
            said.append(f"{'=' * 80}\n{about}\n{'=' * 80}\n{path.read_text('utf-8', 'replace').rstrip()}\n")
    if not said:
        raise BuildFailed(f"no licence is to be found in {root}")
    return "\n".join(said)


def main(argv: list[str] | None = None) -> int:
    """Make a release folder; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="image.publish",
        description="Make a signed release folder of a build.",
        epilog="example: python -m image.publish build/image/release --keys /media/safe/update-keys",
    )
    parser.add_argument("build", type=Path, help="what make image built: build/image/release")
    parser.add_argument("--keys", type=Path, required=True, help="what make update-keys made")
    parser.add_argument("--base", default="debian")
    parser.add_argument("--site", default=SITE, help="where the folder will be downloaded from")
    parser.add_argument("-o", "--output", type=Path, default=Path("build/release"))
    arguments = parser.parse_args(argv)
    what = Publication(arguments.build, arguments.base, version(), arguments.keys, arguments.site)
    try:
        folder = publish(what, arguments.output)
    except (BuildFailed, OSError, ValueError) as error:
        print(f"publish: {error}", file=sys.stderr)
        return 1
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:12,}  {path.name}")
    step(f"{folder}: signed; check it with  make image-verify RELEASE={folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
