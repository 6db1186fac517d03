"""The core's own test passes on a sound core, and on no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crypto import eccsi, known_answer, sakke
from crypto.errors import EncapsulationRejected, SignatureRejected
from crypto.known_answer import CoreFailed

Breaks = Callable[..., object]


def returns(value: object) -> Breaks:
    return lambda *_, **__: value


def raises(error: Exception) -> Breaks:
    def broken(*_: object, **__: object) -> object:
        raise error

    return broken


def test_a_sound_core_passes() -> None:
    known_answer.check()


@pytest.mark.parametrize(
    ("module", "name", "broken", "said"),
    [
        (sakke, "decapsulate_ssv", returns(bytes(16)), "another secret"),
        (sakke, "decapsulate_ssv", raises(EncapsulationRejected()), "refuses the RFC's own message"),
        (sakke, "decapsulate_ssv", returns(known_answer._SSV), "SAKKE accepts what is forged"),
        (eccsi, "verify", raises(SignatureRejected()), "refuses the RFC's own signature"),
        (eccsi, "verify", returns(None), "ECCSI accepts what is forged"),
    ],
)
def test_a_broken_core_fails(
    module: object, name: str, broken: Breaks, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(CoreFailed, match=said):
        known_answer.check()
