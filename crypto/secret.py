"""A secret in a buffer that can be wiped and never shows itself."""

from __future__ import annotations

import hmac
from types import TracebackType


class Secret:
    """Secret octets: no repr, no hash, no pickle; `wipe()` overwrites them in place.

    Python may have made copies that we cannot reach (an argument, a slice); what this class promises is that
    the buffer it owns is zero after `wipe()`, and that no log, traceback or debugger line shows its content.
    """

    __slots__ = ("_octets",)

    def __init__(self, octets: bytes | bytearray | memoryview) -> None:
        self._octets = bytearray(octets)

    def expose(self) -> bytes:
        """Return a copy of the octets for the call that needs them. Raises ValueError after `wipe()`."""
        if not self._octets:
            raise ValueError("this secret has been wiped")
        return bytes(self._octets)

    def wipe(self) -> None:
        """Overwrite the octets with zeros and forget them. May be called more than once."""
        self._octets[:] = bytes(len(self._octets))
        self._octets = bytearray()

    def __len__(self) -> int:
        return len(self._octets)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._octets, other._octets)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "<Secret>"

    def __reduce__(self) -> str:
        raise TypeError("a Secret is never pickled")

    def __enter__(self) -> Secret:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __del__(self) -> None:
        self.wipe()
