"""SAKKE, parameter set 1 (RFC 6508, RFC 6509 Appendix A): secrets for whoever owns an identifier.

Integers are 128 octets big-endian, points 257 octets `04‖x‖y`. The arithmetic is crypto/native's.
"""

from __future__ import annotations

import functools
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Final

from ._callees import NOBODY, callees
from ._core import Output, check, ffi, is_octets, lib, view
from .errors import EncapsulationRejected, InvalidKey

if TYPE_CHECKING:
    from ._core import CData

SCALAR_OCTETS: Final = 128
POINT_OCTETS: Final = 257
COMPRESSED_OCTETS: Final = 129
SSV_OCTETS: Final = 16
ENCAPSULATED_OCTETS: Final = 273
MAX_IDENTIFIER_OCTETS: Final = 1024

_SLICE: Final = 32  # keys between two reports of progress: some 15 ms
_REJECTED: Final = "the Encapsulated Data did not open"


def generate_master_secret() -> bytes:
    """Draw a new KMS master secret z, 128 octets, uniform in 2..q−1 (RFC 6508 §6.1.1)."""
    while True:
        # q has 1022 bits and starts with 0x265e…, so about six draws of ten succeed.
        candidate = secrets.randbits(1022).to_bytes(SCALAR_OCTETS, "big")
        if lib.sakke_master_secret_is_valid(view(candidate), SCALAR_OCTETS):
            return candidate


def kms_public_key(master_secret: bytes) -> bytes:
    """Compute Z = [z]P, 257 octets (RFC 6508 §6.1.1). Raises InvalidKey unless z is in 2..q−1."""
    _require_master_secret(master_secret)
    output = Output(POINT_OCTETS)
    status = lib.sakke_kms_public_key(output.view, POINT_OCTETS, view(master_secret), SCALAR_OCTETS)
    check(status, InvalidKey("a SAKKE master secret must lie in 2..q−1"))
    return output.take()


def extract_rsk(master_secret: bytes, identifier: bytes) -> bytes:
    """Compute the Receiver Secret Key of an identifier, 257 octets (RFC 6508 §6.1.1).

    Raises InvalidKey for a master secret out of range, or one that has no key for this identifier.
    """
    _require_master_secret(master_secret)
    _require_identifier(identifier)
    output = Output(POINT_OCTETS)
    status = lib.sakke_extract_rsk(
        output.view, POINT_OCTETS, view(master_secret), SCALAR_OCTETS, view(identifier), len(identifier)
    )
    check(status, InvalidKey("this master secret has no Receiver Secret Key for this identifier"))
    return output.take()


def extract_rsks(
    master_secret: bytes,
    identifiers: Iterable[bytes],
    *,
    progress: Callable[[int, int], None] | None = None,
    workers: int | None = None,
) -> list[bytes]:
    """Compute the Receiver Secret Keys of a month's users, in their order, on all processors.

    As `extract_rsk` does for one, with its errors. `progress(done, all)` is called in our thread, now and
    then and at the end; what it raises ends the work. `workers` is the number of threads, by default one for
    each processor.
    """
    _require_master_secret(master_secret)
    wanted = list(identifiers)
    for identifier in wanted:
        _require_identifier(identifier)
    if workers is not None and workers < 1:
        raise ValueError("at least one worker is needed")
    slices = [wanted[start : start + _SLICE] for start in range(0, len(wanted), _SLICE)]
    made: list[bytes] = []
    with ThreadPoolExecutor(workers or len(os.sched_getaffinity(0)), "sakke-extract") as pool:
        try:
            for rsks in pool.map(lambda some: [extract_rsk(master_secret, one) for one in some], slices):
                made += rsks
                if progress is not None:
                    progress(len(made), len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return made


def validate_rsk(rsk: bytes, *, identifier: bytes, kms_public_key: bytes) -> None:
    """Check that a Receiver Secret Key belongs to this identifier and KMS (RFC 6508 §6.1.2).

    Raises InvalidKey. Takes a pairing, some 10 ms: once per key, when it arrives.
    """
    _require_identifier(identifier)
    _require_rsk(rsk)
    kms = KMSPublicKey(kms_public_key)
    status = lib.sakke_validate_rsk(view(rsk), POINT_OCTETS, view(identifier), len(identifier), kms._key)
    check(status, InvalidKey("this Receiver Secret Key does not fit the identifier and the KMS"))


def encapsulate_ssv(ssv: bytes, *, identifier: bytes, kms_public_key: bytes) -> bytes:
    """Encapsulate a Shared Secret Value of 16 octets for an identifier: 273 octets `R‖H` (RFC 6508 §6.2.1).

    Raises InvalidKey for a KMS public key that is none, ValueError for a wrong SSV or identifier.
    """
    return KMSPublicKey(kms_public_key).encapsulate(ssv, identifier)


def decapsulate_ssv(sed: bytes, *, rsk: bytes, identifier: bytes, kms_public_key: bytes) -> bytes:
    """Open 273 octets of Encapsulated Data with our Receiver Secret Key: 16 octets (RFC 6508 §6.2.2).

    Raises EncapsulationRejected if TEST does not equal R, or for any other fault of the data; nothing else is
    said about why. Raises InvalidKey for a key of ours that is none.
    """
    # Tables cost more than one message saves.
    with ReceiverKey._without_tables(rsk, identifier, kms_public_key) as key:
        return key.decapsulate(sed)


class KMSPublicKey:
    """A KMS public key Z, checked once ([q]Z = O) and kept ready for many encapsulations.

    A callee called a second time gets a table of their own (1.26 MB), built by a thread in the background,
    which halves the work of each further call; the last eight callees are kept, of all KMS together.
    Raises InvalidKey for octets that are no point of order q. Public; safe to share between threads.
    """

    __slots__ = ("_key", "octets")

    def __init__(self, octets: bytes) -> None:
        if not is_octets(octets, POINT_OCTETS):
            raise InvalidKey(f"a SAKKE KMS public key is {POINT_OCTETS} octets 04‖x‖y")
        self.octets: Final = bytes(octets)
        self._key: Final = _load_kms_public_key(self.octets)

    def encapsulate(self, ssv: bytes, identifier: bytes) -> bytes:
        """Encapsulate an SSV of 16 octets for an identifier: 273 octets `R‖H` (RFC 6508 §6.2.1)."""
        if not is_octets(ssv, SSV_OCTETS):
            raise ValueError(f"a Shared Secret Value is {SSV_OCTETS} octets")
        _require_identifier(identifier)
        output = Output(ENCAPSULATED_OCTETS)
        callee = callees.called((self.octets, bytes(identifier)), self._key)
        if callee is None:
            status = lib.sakke_encapsulate(
                output.view,
                ENCAPSULATED_OCTETS,
                view(ssv),
                SSV_OCTETS,
                view(identifier),
                len(identifier),
                self._key,
            )
        else:
            status = lib.sakke_encapsulate_to(output.view, ENCAPSULATED_OCTETS, view(ssv), SSV_OCTETS, callee)
        check(status, InvalidKey(NOBODY))
        return output.take()

    def prepare(self, identifier: bytes) -> None:
        """Build the table of a callee now, some 10 ms, instead of in the background after a second call.

        Raises InvalidKey if nobody can hold a key for this identifier at this KMS.
        """
        _require_identifier(identifier)
        callees.prepare((self.octets, bytes(identifier)), self._key)

    @property
    def prepared(self) -> frozenset[bytes]:
        """The identifiers that have a table at this moment."""
        return callees.prepared(self.octets)


@functools.lru_cache(maxsize=16)
def _load_kms_public_key(octets: bytes) -> CData:
    # Check of the order and table of Z take 15 ms, and a phone meets the same few public keys all month.
    holder = ffi.new("sakke_kms_key **")
    status = lib.sakke_kms_key_load(holder, view(octets), POINT_OCTETS)
    check(status, InvalidKey("this SAKKE KMS public key is not a point of order q"))
    loaded: CData = ffi.gc(holder[0], lib.sakke_kms_key_free)
    return loaded


class ReceiverKey:
    """A Receiver Secret Key in native memory: locked where the system allows, never dumped, wiped after use.

    Loaded once for many messages, with tables (1.7 MB) that take some 30 ms to build and make each message
    cost a quarter of what it would. What is computed from the key is as secret as the key, and is wiped with
    it, or when the program ends. Both points are checked here (curve; order of the public key); whether the
    key belongs to the identifier is the business of `validate_rsk`. A context manager; after `wipe()` every
    use raises ValueError. Threads may share it; they decapsulate one after the other.
    """

    __slots__ = ("_key", "_lock")

    _key: CData | None
    _lock: threading.Lock

    def __init__(self, rsk: bytes, *, identifier: bytes, kms_public_key: bytes) -> None:
        self._load(rsk, identifier, kms_public_key)
        status = lib.sakke_receiver_key_prepare(self._key)
        if status != lib.STATUS_INVALID_KEY:
            # A key that does not fit its identifier gets no tables: it opens nothing, but it may be loaded.
            check(status, InvalidKey(_REJECTED))

    @classmethod
    def _without_tables(cls, rsk: bytes, identifier: bytes, kms_public_key: bytes) -> ReceiverKey:
        key = cls.__new__(cls)
        key._load(rsk, identifier, kms_public_key)
        return key

    def _load(self, rsk: bytes, identifier: bytes, kms_public_key: bytes) -> None:
        self._key = None
        self._lock = threading.Lock()
        _require_rsk(rsk)
        _require_identifier(identifier)
        kms = KMSPublicKey(kms_public_key)
        holder = ffi.new("sakke_receiver_key **")
        status = lib.sakke_receiver_key_load(
            holder, view(rsk), POINT_OCTETS, view(identifier), len(identifier), kms._key
        )
        check(status, InvalidKey("this Receiver Secret Key is not a point of the curve"))
        self._key = ffi.gc(holder[0], lib.sakke_receiver_key_free)

    @property
    def is_locked(self) -> bool:
        """Whether key and tables are locked against swapping (RLIMIT_MEMLOCK: 2 MB for each key)."""
        with self._lock:
            return bool(lib.sakke_receiver_key_is_locked(self._loaded()))

    def decapsulate(self, sed: bytes) -> bytes:
        """Open 273 octets of Encapsulated Data: the SSV, 16 octets (RFC 6508 §6.2.2).

        Raises EncapsulationRejected for every fault of the data, and ValueError after `wipe()`.
        """
        with self._lock:
            key = self._loaded()
            if not is_octets(sed, ENCAPSULATED_OCTETS):
                raise EncapsulationRejected(_REJECTED)
            output = Output(SSV_OCTETS)
            status = lib.sakke_decapsulate(output.view, SSV_OCTETS, view(sed), ENCAPSULATED_OCTETS, key)
            check(status, EncapsulationRejected(_REJECTED))
            return output.take()

    def wipe(self) -> None:
        """Overwrite the key with zeros and give its memory back. May be called more than once."""
        with self._lock:
            key, self._key = self._key, None
            if key is not None:
                ffi.release(key)

    def _loaded(self) -> CData:
        if self._key is None:
            raise ValueError("this Receiver Secret Key has been wiped")
        return self._key

    def __enter__(self) -> ReceiverKey:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "<ReceiverKey>"

    def __reduce__(self) -> str:
        raise TypeError("a ReceiverKey is never pickled or copied")


def compress_point(point: bytes) -> bytes:
    """Shorten a point `04‖x‖y` (257 octets) to `02|03‖x` (129). Raises InvalidKey if off the curve."""
    if not is_octets(point, POINT_OCTETS):
        raise InvalidKey(f"a SAKKE point is {POINT_OCTETS} octets 04‖x‖y")
    output = Output(COMPRESSED_OCTETS)
    status = lib.sakke_compress_point(output.view, COMPRESSED_OCTETS, view(point), POINT_OCTETS)
    check(status, InvalidKey("this SAKKE point is not on the curve"))
    return output.take()


def decompress_point(octets: bytes) -> bytes:
    """Restore a point from `02|03‖x` (129 octets) to `04‖x‖y` (257). Raises InvalidKey if there is none.

    The point is then on the curve; its order is not checked.
    """
    if not is_octets(octets, COMPRESSED_OCTETS):
        raise InvalidKey(f"a compressed SAKKE point is {COMPRESSED_OCTETS} octets")
    output = Output(POINT_OCTETS)
    status = lib.sakke_decompress_point(output.view, POINT_OCTETS, view(octets), COMPRESSED_OCTETS)
    check(status, InvalidKey("no point of the SAKKE curve has these octets"))
    return output.take()


def _require_master_secret(master_secret: bytes) -> None:
    if not is_octets(master_secret, SCALAR_OCTETS):
        raise InvalidKey(f"a SAKKE master secret is {SCALAR_OCTETS} octets")


def _require_rsk(rsk: bytes) -> None:
    if not is_octets(rsk, POINT_OCTETS):
        raise InvalidKey(f"a Receiver Secret Key is {POINT_OCTETS} octets 04‖x‖y")


def _require_identifier(identifier: bytes) -> None:
    if not isinstance(identifier, (bytes, bytearray)) or not 1 <= len(identifier) <= MAX_IDENTIFIER_OCTETS:
        raise ValueError(f"an identifier is 1 to {MAX_IDENTIFIER_OCTETS} octets")
