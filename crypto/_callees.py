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


# The octets of a KMS public key, and an identifier.
Who = tuple[bytes, bytes]


class Callees:
    """The tables of callees at any KMS, in all `CALLEES_KEPT`: least recently called leaves first."""

    def __init__(self) -> None:
        self._lock: Final = threading.Lock()
        # None: called once, or the table is still being built.
        self._kept: Final[OrderedDict[Who, CData | None]] = OrderedDict()
        self._building: Final[set[Who]] = set()

    def called(self, who: Who, kms_key: CData) -> CData | None:
        """The table of this callee, if there is one; a second call starts the building of it."""
        with self._lock:
            again = who in self._kept
            callee = self._keep(who, self._kept.get(who))
            if callee is not None or not again or who in self._building:
                return callee
            self._building.add(who)
        try:
            threading.Thread(target=self._build, args=(who, kms_key), name="sakke-callee").start()
        except RuntimeError:
            # No thread to be had, or the program is ending: the next call tries again.
            with self._lock:
                self._building.discard(who)
        return None

    def prepare(self, who: Who, kms_key: CData) -> None:
        """Build and keep the table of this callee. Raises InvalidKey if nobody can hold a key there."""
        _, identifier = who
        holder = ffi.new("sakke_callee **")
        status = lib.sakke_callee_load(holder, view(identifier), len(identifier), kms_key)
        check(status, InvalidKey(NOBODY))
        callee: CData = ffi.gc(holder[0], lib.sakke_callee_free)
        with self._lock:
            self._keep(who, callee)

    def prepared(self, kms_octets: bytes) -> frozenset[bytes]:
        """Those of one KMS who have a table at this moment."""
        with self._lock:
            return frozenset(
                who[1] for who, one in self._kept.items() if one is not None and who[0] == kms_octets
            )

    def _keep(self, who: Who, callee: CData | None) -> CData | None:
        self._kept[who] = callee
        self._kept.move_to_end(who)
        if len(self._kept) > CALLEES_KEPT:
            self._kept.popitem(last=False)
        return callee

    def _build(self, who: Who, kms_key: CData) -> None:
        try:
            self.prepare(who, kms_key)
        except (InvalidKey, MemoryError):
            # Nobody waits for this table: without it the calls go on, or are refused, as before.
            return
        finally:
            with self._lock:
                self._building.discard(who)


callees: Final = Callees()
