"""The device secret of a Raspberry Pi.

    HOME/device-secret    if it is there: a phone that began with a file keeps to it, or its vault is lost
    private key in OTP    8 rows, written once with `rpi-otp-private-key -w`
    customer rows of OTP  8 rows, where the firmware knows no private key
    HOME/device-secret    made now, and said so: whoever copies the card has it too

One-time-programmable memory protects against a copied card, not against a program that runs as root: only
signed boot does that. What is read there is hashed, so that it is ours alone if others use the rows too.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
from collections.abc import Callable
from pathlib import Path

from board.secret_file import stored_secret

PRIVATE_KEY, CUSTOMER_ROWS = 0x00030081, 0x00030021
"""Tags of the firmware's property mailbox that read OTP."""
ROWS = 8
FILE = "device-secret"
LABEL = b"Sottovoce device secret 1\0"
VCIO = Path("/dev/vcio")
IOCTL_PROPERTY = 0xC0086400
"""_IOWR(100, 0, char *) where a pointer has eight octets."""
DEVICE_TREE = Path("/proc/device-tree")
FIRMWARE = b"raspberrypi,bcm2835-firmware"
_ANSWERED = 0x80000000
_REQUEST = struct.Struct("<16I")

Ask = Callable[[bytes], bytes]
"""Sends one message of 64 octets to the firmware and returns its answer."""


class SecretUnavailable(OSError):
    """The device secret cannot be read; the text says what to do. Never a reason to make another one."""


def device_secret(home: Path, ask: Ask | None = None) -> bytes:
    """Return the 32 octets of this board. Raises SecretUnavailable, ValueError if the file is damaged."""
    path = home / FILE
    if path.exists():
        return stored_secret(path)
    otp = read_otp(ask or ask_firmware)
    if otp is not None:
        return hashlib.sha256(LABEL + otp).digest()
    secret = stored_secret(path)
    import logging  # once in the life of a board; whoever opens its disk at every start is spared it

    logging.getLogger(__name__).warning(
        "this board has no key in its one-time-programmable memory: the device secret is in %s, and whoever "
        "copies the card has it. See docs/hardware.md",
        path,
    )
    return secret


def has_firmware(tree: Path) -> bool:
    """Whether the device tree says that this board has a firmware that can be asked for its OTP.

    Mainline kernels have it below /firmware, Raspberry Pi's below /soc.
    """
    places = (*tree.glob("firmware/*/compatible"), *tree.glob("soc*/firmware/compatible"))
    return any(FIRMWARE in place.read_bytes().split(b"\0") for place in places)


def read_otp(ask: Ask) -> bytes | None:
    """Return the 32 octets of a key in OTP, or None if there is none. Raises SecretUnavailable."""
    for tag in (PRIVATE_KEY, CUSTOMER_ROWS):
        try:
            rows = parse_answer(tag, ask(otp_request(tag)))
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise SecretUnavailable(f"{VCIO} does not open: {error}; this user needs group video") from error
        # A row of zeros is a row that was never written; with one among them this is no key.
        if rows is not None and all(rows):
            return struct.pack(f">{ROWS}I", *rows)
    return None


def otp_request(tag: int) -> bytes:
    """Write the message that asks for ROWS rows: 64 octets."""
    octets = 4 * (2 + ROWS)
    return _REQUEST.pack(_REQUEST.size, 0, tag, octets, octets, 0, ROWS, *[0] * ROWS, 0)


def parse_answer(tag: int, answer: bytes) -> tuple[int, ...] | None:
    """Return the rows of an answer, or None if the firmware does not know the question."""
    if len(answer) != _REQUEST.size:
        return None
    words = _REQUEST.unpack(answer)
    known = words[1] == _ANSWERED and words[2] == tag and words[4] & _ANSWERED
    return words[7 : 7 + ROWS] if known and words[6] == ROWS else None


def ask_firmware(message: bytes) -> bytes:
    """Ask the firmware through /dev/vcio. Raises FileNotFoundError if there is none, PermissionError."""
    descriptor = os.open(VCIO, os.O_RDWR | os.O_CLOEXEC)
    try:
        answer = bytearray(message)
        fcntl.ioctl(descriptor, IOCTL_PROPERTY, answer)
        return bytes(answer)
    finally:
        os.close(descriptor)
