"""The root as the phone reads it: a squashfs with the tree of hashes appended that dm-verity checks it by."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from image.progress import BuildFailed, run

BLOCK = 4096
SQUASHFS_BLOCK = 262144
LEVEL = 15
"""19 saves one part in fifty and takes three times as long."""


@dataclass(frozen=True, slots=True)
class Root:
    """A root file: `blocks` of squashfs, then its hashes."""

    file: Path
    squashfs: int
    """Octets of the squashfs alone."""
    blocks: int
    digest: str
    """Root hash, hexadecimal."""
    salt: str

    @property
    def argument(self) -> str:
        """What the kernel's command line says about it."""
        return f"phone.verity={self.blocks},{self.blocks},{self.digest},{self.salt}"


def make_root(tree: Path, file: Path, *, epoch: int, name: str) -> Root:
    """Pack `tree` into `file`. `name` goes into the salt, which need not be secret. Raises BuildFailed."""
    file.unlink(missing_ok=True)
    # mksquashfs refuses SOURCE_DATE_EPOCH together with times of its own.
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    command: list[str | Path] = [
        "mksquashfs",
        tree,
        file,
        "-noappend",
        "-quiet",
        "-no-progress",
        "-no-xattrs",
    ]
    command += ["-comp", "zstd", "-Xcompression-level", str(LEVEL), "-b", str(SQUASHFS_BLOCK)]
    command += ["-all-time", str(epoch), "-mkfs-time", str(epoch)]
    run(command, environment={**environment, "LC_ALL": "C", "TZ": "UTC"})
    size = file.stat().st_size
    blocks = -(-size // BLOCK)
    os.truncate(file, blocks * BLOCK)
    salt = hashlib.sha256(f"Sottovoce root {name}".encode()).hexdigest()
    verity: list[str | Path] = ["veritysetup", "format", "--no-superblock", "--hash=sha256", f"--salt={salt}"]
    verity += [f"--data-block-size={BLOCK}", f"--hash-block-size={BLOCK}", f"--data-blocks={blocks}"]
    said = run([*verity, f"--hash-offset={blocks * BLOCK}", file, file]).decode()
    found = re.search(r"Root hash:\s*([0-9a-f]{64})", said)
    if found is None:
        raise BuildFailed("veritysetup printed no root hash")
    return Root(file, size, blocks, found[1], salt)
