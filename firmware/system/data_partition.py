"""Opens the data partition, and makes it at the first start. Runs as root, before anything is mounted.

    python3 -I -m firmware.system.data_partition

The partition grows to the end of the card in the kernel only, at every start: no table on the card is written
(docs/decisions). The key comes from the device secret and goes to cryptsetup on its standard input. The first
partition holds what must be known before: `data-in-use`, and the secret of a board that has none of its own.
"""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

from board.pi_secret import DEVICE_TREE, FILE, VCIO, SecretUnavailable, device_secret, has_firmware
from firmware.system.atomic import write
from firmware.system.volume import Found, Step, VolumeRefused, disk_key, next_step, vault_secret

HEADER_OCTETS = 16 * 1024 * 1024
"""A LUKS2 header with its key slots; the data begin behind it."""
COPY_OCTETS = 16 * 1024
"""The first copy of what describes them; the second follows at once."""
BACKUP_SECTORS = 33
"""At the end of a card: the second copy of its table."""
SECTOR, SECTORS_OF_A_BLOCK = 512, 8
"""What a disk counts in, and what is encrypted at once: a length that is no multiple of it is refused."""
BLKPG, BLKPG_RESIZE_PARTITION = 0x1269, 3
MAPPED = "data"
NOTE = "data-in-use"
NOT_OPENED, WRONG_KEY = 1, 2
MARK_AT, MARK = 1024 + 56, b"\x53\xef"
"""Of ext4, in its superblock."""

Run = Callable[[Sequence[str | Path], bytes | None], int]
"""Runs a program with standard input; returns its exit status. What it prints goes to the journal."""

Resize = Callable[[Path, int, int, int], None]
"""Tells the kernel of a disk's partition: its number, its start and its length in octets."""


class Places:
    """Where things are: the partition, the first one's folder, the secret that the vault will be given.

    `refused` is for whoever draws the first picture.
    """

    # No dataclass, here and in volume.py: everybody waits for this program, and it for what makes them.
    def __init__(
        self,
        *,
        device: Path = Path("/run/sottovoce/data"),
        first: Path = Path("/run/sottovoce/bootcfg"),
        mapper: Path = Path("/dev/mapper"),
        vault: Path = Path("/run/sottovoce/secret/device"),
        blocks: Path = Path("/sys/class/block"),
        refused: Path = Path("/run/sottovoce/refused"),
        device_tree: Path = DEVICE_TREE,
        mailbox: Path = VCIO,
    ) -> None:
        self.device, self.first, self.mapper, self.vault = device, first, mapper, vault
        self.blocks, self.refused, self.device_tree, self.mailbox = blocks, refused, device_tree, mailbox


def board_secret(places: Places) -> bytes:
    """Return the device secret of this board. Raises SecretUnavailable, ValueError.

    Where the board's firmware could be asked and cannot, nobody begins with a file: it would be preferred to
    the board's own secret ever after, and then what that one has sealed opens no more.
    """
    may_ask = places.mailbox.exists() or not has_firmware(places.device_tree)
    if not may_ask and not (places.first / FILE).exists():
        raise SecretUnavailable(
            f"{places.mailbox} is not there, so that this board cannot be asked for its secret: write the "
            "image to the card anew"
        )
    return device_secret(places.first)


def run(command: Sequence[str | Path], given: bytes | None = None) -> int:
    """Run a program to its end; the key, if it needs one, is on its standard input."""
    return subprocess.run(list(command), input=given or b"", stdout=sys.stderr, check=False).returncode


def resize_partition(disk: Path, number: int, start: int, octets: int) -> None:
    """Tell the kernel how long a partition is; the disk's table stays (linux/blkpg.h). Raises OSError.

    Debian's util-linux has no resizepart any more.
    """
    partition = array("b", struct.pack("=qqi64s64s4x", start, octets, number, b"", b""))
    address, size = partition.buffer_info()
    descriptor = os.open(disk, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.ioctl(descriptor, BLKPG, struct.pack("=iiiiQ", BLKPG_RESIZE_PARTITION, 0, size, 0, address))
    finally:
        os.close(descriptor)


class Partition:
    """The data partition, with hands. Each method may be the last one before the power fails."""

    def __init__(
        self, places: Places, secret: bytes, run: Run = run, resize: Resize = resize_partition
    ) -> None:
        self._places, self._run, self._resize = places, run, resize
        self._secret, self._key = secret, disk_key(secret)
        self._open = places.mapper / MAPPED

    def grow(self) -> None:
        """Let the partition reach to the end of the card, in the kernel."""
        name = self._places.device.resolve().name
        partition = self._places.blocks / name
        disk = partition.resolve().parent
        start, size = _number(partition / "start"), _number(partition / "size")
        most = _number(disk / "size") - BACKUP_SECTORS - start
        most -= most % SECTORS_OF_A_BLOCK
        if most > size:
            number = (partition / "partition").read_text("ascii").strip()
            self._resize(Path("/dev", disk.name), int(number), SECTOR * start, SECTOR * most)

    def open(self) -> None:
        """Come from whatever is there to a volume that can be mounted. Raises VolumeRefused, OSError."""
        while (step := next_step(self._look())) is not Step.MOUNT:
            print(f"data partition: {step.value}", file=sys.stderr, flush=True)
            match step:
                case Step.FORMAT:
                    self._format()
                case Step.MAKE_FILE_SYSTEM:
                    self._do("mkfs.ext4", "-q", "-F", "-m", "0", "-L", "data", self._open)
                case Step.NOTE:
                    os.sync()
                    write(self._places.first / NOTE, b"The data partition belongs to this card's phone.\n")
        # Exit status 1: mended. 4: not without deciding; then by the book, for nobody is there to be asked.
        if self._run(["e2fsck", "-p", self._open], None) >= 4:
            self._run(["e2fsck", "-y", self._open], None)

    def hand_over(self) -> None:
        """Leave the vault its secret: in memory, for its own service."""
        self._places.vault.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(self._places.vault, vault_secret(self._secret))

    def _look(self) -> Found:
        noted = (self._places.first / NOTE).exists()
        if not self._open.exists():
            opened = self._cryptsetup("open", "--type=luks2", self._places.device, MAPPED)
            if opened == WRONG_KEY:
                return Found(noted, encrypted=True)
            if opened == NOT_OPENED and self._run(
                ["cryptsetup", "isLuks", "--type=luks2", self._places.device], None
            ):
                return Found(noted, encrypted=False)
            if opened != 0:
                raise OSError(f"the data partition does not open: cryptsetup said {opened}")
        return Found(noted, encrypted=True, opens=True, file_system=self._has_file_system())

    def _has_file_system(self) -> bool:
        """Whether there is one: ours is known by its mark, and blkid knows the others."""
        with self._open.open("rb") as volume:
            volume.seek(MARK_AT)
            if volume.read(len(MARK)) == MARK:
                return True
        return self._run(["blkid", "-p", "-u", "filesystem", self._open], None) == 0

    def _format(self) -> None:
        """Make the header aside; then write its key slots, its second copy, and at last the first."""
        import tempfile  # once in the life of a card: every other start is spared it

        with tempfile.NamedTemporaryFile(dir=self._places.vault.parent.parent) as aside:
            os.truncate(aside.fileno(), HEADER_OCTETS)
            header = f"--header={aside.name}"
            offset = f"--offset={HEADER_OCTETS // 512}"
            made = self._cryptsetup(
                *("luksFormat", "--batch-mode", "--type=luks2", header, offset, "--cipher=aes-xts-plain64"),
                # The key has 256 bits: stretching it would only cost every start half a second.
                *("--key-size=512", "--pbkdf=pbkdf2", "--pbkdf-force-iterations=1000", "--sector-size=4096"),
                self._places.device,
            )
            if made != 0:
                raise OSError(f"the data partition cannot be made: cryptsetup said {made}")
            octets = aside.read(HEADER_OCTETS)
        descriptor = os.open(self._places.device, os.O_WRONLY | os.O_CLOEXEC)
        try:
            for begin, end in (
                (2 * COPY_OCTETS, len(octets)),
                (COPY_OCTETS, 2 * COPY_OCTETS),
                (0, COPY_OCTETS),
            ):
                os.pwrite(descriptor, octets[begin:end], begin)
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _cryptsetup(self, *words: str | Path) -> int:
        return self._run(["cryptsetup", *words, "--key-file=-"], self._key)

    def _do(self, *command: str | Path) -> None:
        status = self._run(command, None)
        if status != 0:
            raise OSError(f"{command[0]} failed with {status}")


def _number(path: Path) -> int:
    return int(path.read_text("ascii"))


def main() -> None:
    """Enter here; exit status 1, and a sentence that says what to do, if there is no data partition."""
    places = Places()
    try:
        partition = Partition(places, board_secret(places))
        partition.grow()
        partition.open()
        partition.hand_over()
    except (VolumeRefused, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        if isinstance(error, VolumeRefused):
            places.refused.touch()
        sys.exit(1)


if __name__ == "__main__":
    main()
