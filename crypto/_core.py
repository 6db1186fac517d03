"""What the SAKKE and ECCSI faces share: the loaded C core, its answers and its buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from .errors import CryptoError

try:
    from ._native import ffi, lib
except ImportError as reason:
    raise ImportError(
        "the native SAKKE and ECCSI core is not built; in the project's folder run: make native"
    ) from reason

if TYPE_CHECKING:
    from cffi import FFI

    CData = FFI.CData

__all__ = ["Output", "check", "ffi", "is_octets", "lib", "view"]


class Output:
    """A buffer that the core writes, wiped once its octets have been taken."""

    def __init__(self, length: int) -> None:
        self._octets = bytearray(length)
        self.view = ffi.from_buffer("uint8_t[]", self._octets)

    def take(self) -> bytes:
        """Return the octets and zero the buffer."""
        octets = bytes(self._octets)
        self._octets[:] = bytes(len(octets))
        return octets


def is_octets(octets: object, length: int) -> TypeGuard[bytes]:
    """Tell whether this is bytes (or a bytearray) of exactly that length."""
    return isinstance(octets, (bytes, bytearray)) and len(octets) == length


def view(octets: bytes) -> CData:
    """Lend octets to the core without a copy."""
    return ffi.from_buffer("uint8_t[]", octets)


def check(status: int, refused: CryptoError) -> None:
    """Raise `refused` if the core refused its input; MemoryError or OSError if the system failed us."""
    if status == lib.STATUS_OK:
        return
    if status == lib.STATUS_NO_MEMORY:
        raise MemoryError("the native core could not get memory")
    if status == lib.STATUS_NO_RANDOM:
        raise OSError("the kernel gave no random octets")
    raise refused
