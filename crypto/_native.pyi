"""The C core behind cffi (crypto/native): only crypto.sakke and crypto.eccsi talk to it."""

from typing import Any

from cffi import FFI

ffi: FFI

class _Lib:
    """The functions of sakke.h and eccsi.h; each answers an `enum status` (status.h)."""

    STATUS_OK: int
    STATUS_BAD_LENGTH: int
    STATUS_INVALID_KEY: int
    STATUS_REJECTED: int
    STATUS_NO_MEMORY: int
    STATUS_NO_RANDOM: int

    def __getattr__(self, name: str) -> Any: ...

lib: _Lib
