"""A card in QEMU: what is booted is what is on the card.

QEMU runs none of the firmware of a Raspberry Pi, so kernel, initial file system, device tree and command
line are read out of a boot partition here: of the one that the firmware would take, by its own rule for
autoboot.txt (image/firmware_choice.py). A restart ends QEMU, and whoever runs the machine starts it again;
whether it was a "tryboot" is told by what reached the firmware on raspi3b, by the kernel's last line on virt,
and forgotten where a board forgets it: when it was heeded, and when the power fails. Only what QEMU itself
needs is added to the command line: its console, and on raspi3b a word to leave the watchdog alone, which
resets that machine as soon as it is armed.

    image/boot --machine virt CARD          a copy of the card is booted; the serial port is shown
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from image.firmware_choice import asks_tryboot, chosen_slot, tells_tryboot
from image.partitions import read_partitions
from image.progress import BuildFailed, run

QEMU = "qemu-system-aarch64"
MACHINES = ("virt", "raspi3b")
TREE = "bcm2837-rpi-3-b.dtb"
CARD_OCTETS = 1 << 30
"""QEMU's SD card must be a power of two."""
RESTARTS = rb"reboot: Restarting system"
MAC = "52:54:00:12:34:56"
"""The network card's number; QEMU's own."""
LOOK_S = 0.2
STOP_S = 10.0

PR_SET_PDEATHSIG = 1
# Looked up here, because a child that was only just forked should not have to.
_prctl = ctypes.CDLL(None).prctl

REFUSED = rb"sottovoce-init: REFUSED|Kernel panic|Attempted to kill init"


class NotReached(RuntimeError):
    """The machine did not say what was waited for; the text has its last lines."""


@dataclass
class Machine:
    """One machine with a card, in `folder`: serial.log and, if it has one, run/desk.sock for its panel."""

    kind: str
    folder: Path
    cores: int = 2
    arguments: Sequence[str] = ()
    """More for the kernel's command line."""
    panel: bool = False
    """Whether the test layer's front panel is connected."""
    station: bool = False
    """Whether somebody else is on its cable: run/inject.sock leads to it, run/heard.sock has what it says."""
    card_octets: int = CARD_OCTETS
    """The least that a card inserted here has: what the image lacks is free."""
    usb: bool = False
    """Whether sticks can be plugged in while it runs, through `monitor` (image/monitor.py)."""
    slot: str = field(default="", init=False)
    """Where it was booted from last: 'a' or 'b'."""
    tryboot: bool = field(default=False, init=False)
    """What a board keeps in a register over a restart, and loses with the power."""
    starts: int = field(default=0, init=False)
    began: float = field(default=0.0, init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def card(self) -> Path:
        """The card in the machine; it may be changed while the machine is off."""
        return self.folder / "card.img"

    @property
    def log(self) -> Path:
        """What came out of the serial port."""
        return self.folder / "serial.log"

    @property
    def firmware_log(self) -> Path:
        """What QEMU's firmware of a raspi3b was told and knows nothing of; other machines have none."""
        return self.folder / "firmware.log"

    @property
    def panel_socket(self) -> Path:
        """Where the front panel is."""
        return self.folder / "run" / "desk.sock"

    @property
    def monitor(self) -> Path:
        """Where QEMU is told what happens to the machine."""
        return self.folder / "run" / "monitor.sock"

    def insert(self, card: Path) -> None:
        """Put a copy of a card into the machine. Raises ValueError, BuildFailed."""
        self.panel_socket.parent.mkdir(parents=True, exist_ok=True)
        run(["cp", "--sparse=always", "--reflink=auto", card, self.card])
        self.card.chmod(0o600)
        if self.card.stat().st_size < self.card_octets:
            os.truncate(self.card, self.card_octets)

    def start(self, slot: str = "") -> None:
        """Switch it on with the boot partition that the firmware would take, or that of `slot`.

        The serial log of the start before is kept as serial.N.log. Raises ValueError, BuildFailed.
        """
        if self.log.exists():
            self.log.rename(self.folder / f"serial.{self.starts}.log")
        self.starts += 1
        partitions = read_partitions(self.card)
        if not slot:
            first = f"{self.card}@@{partitions['bootcfg'].start}"
            slot = chosen_slot(run(["mtype", "-i", first, "::/autoboot.txt"]), tryboot=self.tryboot)
        self.slot, self.tryboot = slot, False
        place = partitions[f"boot_{slot}"]
        loaded = self.folder / "loaded"
        shutil.rmtree(loaded, ignore_errors=True)
        loaded.mkdir()
        for name in ("vmlinuz", "initrd.img", "cmdline.txt", TREE):
            run(["mcopy", "-no", "-i", f"{self.card}@@{place.start}", f"::/{name}", loaded / name])
        line = (loaded / "cmdline.txt").read_text(encoding="ascii").strip()
        if slot != "a":
            line = line.replace("phone.root=root_a", f"phone.root=root_{slot}")
        line = re.sub(r" console=\S+", "", line)
        command = [QEMU, "-display", "none", "-monitor", "none", "-no-user-config", "-no-reboot"]
        command += self._hardware(loaded)
        if self.usb:
            command += ["-device", "qemu-xhci", "-qmp", f"unix:{self.monitor},server=on,wait=off"]
        command += ["-kernel", str(loaded / "vmlinuz"), "-initrd", str(loaded / "initrd.img")]
        command += ["-append", " ".join([line, *self._console(), *self.arguments])]
        with (self.folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_end_with_parent
            )
        self.began = time.monotonic()

    def _console(self) -> list[str]:
        if self.kind == "raspi3b":
            return ["console=ttyS1,115200", "systemd.watchdog_sec=0"]
        return ["console=ttyAMA0"]

    def _hardware(self, loaded: Path) -> list[str]:
        serial = ["-serial", f"file:{self.log}"]
        network = "user,id=net0"
        chardev = ["-chardev", f"socket,id=panel,path={self.panel_socket},server=on,wait=off"]
        panel = chardev if self.panel else []
        if self.kind == "raspi3b":
            # The first serial port is the radio's on this board; the console is the second.
            parts = ["-M", "raspi3b", "-dtb", str(loaded / TREE), "-serial", "null", *serial]
            parts += ["-d", "unimp", "-D", str(self.firmware_log)]
            parts += ["-drive", f"file={self.card},if=sd,format=raw", "-netdev", network]
            parts += ["-usb", "-device", f"usb-net,netdev=net0,mac={MAC}", *self._cable(), *panel]
            return parts + (["-device", "usb-serial,chardev=panel,always-plugged=on"] if self.panel else [])
        parts = ["-M", "virt", "-cpu", "cortex-a53", "-smp", str(self.cores), "-m", "1G", *serial]
        parts += [
            "-drive",
            f"file={self.card},if=none,id=card,format=raw",
            "-device",
            "virtio-blk-pci,drive=card",
        ]
        # Debian leaves the network card's boot ROM out; there is nothing to boot from it.
        parts += ["-netdev", network, *self._cable(), *panel]
        parts += ["-device", f"virtio-net-pci,netdev=net0,romfile=,mac={MAC}"]
        if self.panel:
            parts += ["-device", "virtio-serial-pci"]
            parts += ["-device", "virtserialport,chardev=panel,name=sottovoce.panel"]
        return parts

    def _cable(self) -> list[str]:
        if not self.station:
            return []
        parts = []
        for name in ("inject", "heard"):
            path = self.folder / "run" / f"{name}.sock"
            parts += ["-chardev", f"socket,id={name},path={path},server=on,wait=off"]
        parts += ["-object", "filter-redirector,id=to-card,netdev=net0,queue=tx,indev=inject"]
        return [*parts, "-object", "filter-mirror,id=from-card,netdev=net0,queue=rx,outdev=heard"]

    def said(self) -> bytes:
        """Everything that came out of the serial port so far."""
        return self.log.read_bytes() if self.log.exists() else b""

    def wait_for(self, pattern: bytes, timeout_s: float, *, refused: bytes = REFUSED) -> float:
        """Wait until the serial port has said `pattern`; return the seconds since the start.

        Raises NotReached: after `timeout_s` seconds since the start, if the machine ends, or says `refused`.
        """
        with selectors.DefaultSelector() as nothing:
            while True:
                running = self.running  # before its last words are read
                said = self.said()
                if re.search(pattern, said):
                    return time.monotonic() - self.began
                found = re.search(refused, said) if refused else None
                if found or not running or time.monotonic() - self.began > timeout_s:
                    why = (
                        found[0].decode()
                        if found
                        else "the machine ended"
                        if not self.running
                        else "too slow"
                    )
                    raise NotReached(f"{self.kind}: {pattern!r} not reached, {why}:\n{self._last_lines()}")
                nothing.select(LOOK_S)

    def _last_lines(self, count: int = 25) -> str:
        return "\n".join(self.said().decode("utf-8", "replace").splitlines()[-count:])

    @property
    def running(self) -> bool:
        """Whether it is on."""
        return self._process is not None and self._process.poll() is None

    def restarted(self, timeout_s: float) -> bool:
        """Wait until it restarts; whoever waited starts it again. Return whether that is to be a trial.

        Raises NotReached after `timeout_s` seconds from now, or if it ends otherwise.
        """
        assert self._process is not None
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise NotReached(f"{self.kind}: no restart in {timeout_s:.0f} s:\n{self._last_lines()}") from None
        if not re.search(RESTARTS, self.said()):
            raise NotReached(f"{self.kind}: it ended without a restart:\n{self._last_lines()}")
        if self.kind == "raspi3b":
            self.tryboot = tells_tryboot(self.firmware_log.read_bytes())
        else:
            self.tryboot = asks_tryboot(self.said())
        return self.tryboot

    def copy_card(self, to: Path) -> None:
        """Copy the card as it is at one instant, as if the power had failed then. Raises BuildFailed."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            run(["cp", "--sparse=always", "--reflink=auto", self.card, to])
        finally:
            self._process.send_signal(signal.SIGCONT)

    def cut(self) -> None:
        """Cut the power, in the middle of whatever it does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self.tryboot = False

    def stop(self) -> None:
        """Pull the plug."""
        self.tryboot = False
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _end_with_parent() -> None:
    """In the child: no machine outlives whoever started it."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def follow(machine: Machine) -> None:
    """Show what the serial port says until the machine is off; one that restarts is started again."""
    shown = 0
    while True:
        running = machine.running
        said = machine.said()
        sys.stdout.buffer.write(said[shown:])
        sys.stdout.flush()
        shown = len(said)
        if running:
            time.sleep(LOOK_S)
        elif re.search(RESTARTS, said):
            machine.restarted(STOP_S)
            machine.start()
            shown = 0
        else:
            return


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image/boot",
        description="Boot a copy of a card in QEMU and show its serial port. Ctrl-C pulls the plug.",
        epilog="Example: image/boot --machine raspi3b build/image/release/sottovoce.img",
    )
    parser.add_argument("--machine", choices=MACHINES, default="virt")
    parser.add_argument(
        "--slot", choices=("a", "b"), default="", help="boot this one (the firmware's choice)"
    )
    parser.add_argument("--until", metavar="PATTERN", help="end, well, when the serial port has said this")
    parser.add_argument("--within", type=float, default=300, metavar="SECONDS", help="for --until")
    parser.add_argument("--panel", action="store_true", help="connect the test variant's front panel")
    parser.add_argument("--folder", type=Path, help="where the machine lives (a temporary folder)")
    parser.add_argument("card", type=Path, metavar="CARD")
    options = parser.parse_args(arguments)
    try:
        with contextlib.ExitStack() as stack:
            folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            machine = stack.enter_context(Machine(options.machine, folder, panel=options.panel))
            machine.insert(options.card)
            machine.start(options.slot)
            if options.until:
                seconds = machine.wait_for(options.until.encode(), options.within)
                print(f"image: reached after {seconds:.1f} s")
            else:
                follow(machine)
    except (BuildFailed, NotReached, ValueError, KeyError) as reason:
        print(f"image: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
