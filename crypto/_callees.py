"""Tables of those who are called again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from ._core import check, ffi, lib, view
from .errors import InvalidKey

if TYPE_CHECKING:
    from ._core import CData

CALLEES_KEPT: Final = 8
NOBODY: Final = "nobody can hold a key for this identifier at this KMS"


class Callees:
    """The tables of the callees of one KMS: least recently called leaves first."""

    def __init__(self, kms_key: CData) -> None:
        self._kms_key: Final = kms_key
        self._lock: Final = threading.Lock()
        # None: called once, or the table is still being built.
        self._kept: Final[OrderedDict[bytes, CData | None]] = OrderedDict()
        self._building: Final[set[bytes]] = set()

    def called(self, identifier: bytes) -> CData | None:
        """The table of this callee, if there is one; a second call starts the building of it."""
        with self._lock:
            again = identifier in self._kept
            callee = self._kept.setdefault(identifier, None)
            self._kept.move_to_end(identifier)
            if len(self._kept) > CALLEES_KEPT:
                self._kept.popitem(last=False)
            if callee is not None or not again or identifier in self._building:
                return callee
            self._building.add(identifier)
        try:
            threading.Thread(target=self._build, args=(identifier,), name="sakke-callee").start()
        except RuntimeError:
            # No thread to be had, or the program is ending: the next call tries again.
            with self._lock:
                self._building.discard(identifier)
        return None

    def prepare(self, identifier: bytes) -> None:
        """Build and keep the table of this callee. Raises InvalidKey if nobody can hold a key there."""
        holder = ffi.new("sakke_callee **")
        status = lib.sakke_callee_load(holder, view(identifier), len(identifier), self._kms_key)
        check(status, InvalidKey(NOBODY))
        callee: CData = ffi.gc(holder[0], lib.sakke_callee_free)
        with self._lock:
            self._kept[identifier] = callee
            self._kept.move_to_end(identifier)
            if len(self._kept) > CALLEES_KEPT:
                self._kept.popitem(last=False)

    def prepared(self) -> frozenset[bytes]:
        with self._lock:
            return frozenset(who for who, callee in self._kept.items() if callee is not None)

    def _build(self, identifier: bytes) -> None:
        try:
            self.prepare(identifier)
        except (InvalidKey, MemoryError):
            # Nobody waits for this table: without it the calls go on, or are refused, as before.
            return
        finally:
            with self._lock:
                self._building.discard(identifier)
