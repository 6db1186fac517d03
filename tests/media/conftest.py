"""The recorded voice."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

SPEECH = Path(__file__).parent.parent / "data" / "speech.wav"


@pytest.fixture(scope="session")
def speech() -> bytes:
    """Eleven seconds of speech, S16 mono at 16 kHz."""
    with wave.open(str(SPEECH)) as sound:
        return sound.readframes(sound.getnframes())
