"""Which slot the firmware of a Raspberry Pi would boot: its rule for autoboot.txt, where there is none.

    [all]                   what stands below counts at every start, as what stands before any [section] does
    tryboot_a_b=1           a "tryboot" takes another partition, and not another file of the same one
    boot_partition=2
    [tryboot]               what stands below counts besides in the one start after  reboot "0 tryboot"
    boot_partition=3

The last line that counts wins. It is read here from what the firmware's makers say of it, and not with
`firmware.slots`: a phone that wrote what only it understands would boot nothing.
"""

from __future__ import annotations

import re

MOST_OCTETS = 512
"""What the firmware reads of autoboot.txt."""
PARTITIONS = {2: "a", 3: "b"}
SET_REBOOT_FLAGS, NOTIFY_REBOOT = 0x00038064, 0x00030048
"""Messages of the kernel to the firmware: what the next start is to be, and that a restart begins."""
_ASKED = re.compile(rb"reboot: Restarting system with command '([^'\n]*)'")
_TOLD = re.compile(rb"bcm2835_property: unhandled tag 0x([0-9a-f]{8})")


class NothingToBoot(ValueError):
    """The firmware would find no partition to boot from."""


def chosen_slot(autoboot: bytes, *, tryboot: bool) -> str:
    """Return 'a' or 'b'. Raises NothingToBoot."""
    if len(autoboot) > MOST_OCTETS:
        raise NothingToBoot(f"autoboot.txt has {len(autoboot)} octets, and {MOST_OCTETS} at most are read")
    counts, told = True, {"boot_partition": "", "tryboot_a_b": "0"}
    for line in autoboot.decode("ascii", "replace").splitlines():
        if section := re.fullmatch(r"\s*\[(\w+)\]\s*", line):
            counts = section[1] == "all" or (section[1] == "tryboot" and tryboot)
        elif counts and (found := re.match(r"\s*(\w+)\s*=\s*(\w+)", line)):
            told[found[1]] = found[2]
    if tryboot and told["tryboot_a_b"] != "1":
        raise NothingToBoot("a tryboot without tryboot_a_b=1 reads tryboot.txt, and there is none")
    number = int(told["boot_partition"]) if told["boot_partition"].isdecimal() else 0
    if number not in PARTITIONS:
        raise NothingToBoot(f"autoboot.txt says partition {told['boot_partition']!r}, and that is no slot")
    return PARTITIONS[number]


def asks_tryboot(serial: bytes) -> bool:
    """Whether the kernel's last word was a restart with the request that the firmware knows as tryboot."""
    asked = _ASKED.findall(serial)
    return bool(asked) and b" tryboot" in asked[-1]


def unknown_messages(firmware: bytes) -> list[int]:
    """The tags of the messages that a firmware of QEMU's was sent and knows nothing of, in their order."""
    return [int(tag, 16) for tag in _TOLD.findall(firmware)]


def tells_tryboot(firmware: bytes) -> bool:
    """Whether QEMU's log of a firmware that knows nothing has the request, before the restart that it is for.

    The log has no flags, but there is no other whose message our kernel would send.
    """
    told = unknown_messages(firmware)
    asked = told[: told.index(NOTIFY_REBOOT)] if NOTIFY_REBOOT in told else told
    return SET_REBOOT_FLAGS in asked
