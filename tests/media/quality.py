"""How much of what was said can be understood where it was heard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pystoi import stoi

from media.codec import RATE

Sound = npt.NDArray[np.float64]
WINDOW = RATE
REACH = RATE * 3 // 10
"""How far, in frames, a part may have moved against the whole: the jitter buffer grows and shrinks."""


def samples(pcm: bytes) -> Sound:
    """Turn S16 into numbers."""
    return np.frombuffer(pcm, "<i2").astype(np.float64)


def _lag(said: Sound, heard: Sound) -> int:
    """Where in `heard` the sound `said` begins."""
    size = 1 << (len(said) + len(heard)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size))
    return int(np.argmax(np.fft.irfft(product, size)[: max(1, len(heard) - len(said) + 1)]))


def delay_s(said: bytes, heard: bytes) -> float:
    """From the beginning of `heard` to where `said` begins in it, in seconds."""
    return _lag(samples(said), samples(heard)) / RATE


def intelligibility(said: bytes, heard: bytes) -> float:
    """Short-time objective intelligibility, 0 to 1, each second of speech aligned by itself."""
    whole = samples(said)
    other = np.concatenate([samples(heard), np.zeros(len(whole))])
    start = _lag(whole, other)
    other = np.concatenate([np.zeros(REACH), other, np.zeros(REACH)])
    clear, received = [], []
    for at in range(0, len(whole) - WINDOW + 1, WINDOW):
        piece = whole[at : at + WINDOW]
        around = other[at + start : at + start + WINDOW + 2 * REACH]
        lag = _lag(piece, around)
        clear.append(piece)
        received.append(around[lag : lag + WINDOW])
    return float(stoi(np.concatenate(clear), np.concatenate(received), RATE))
