"""Was what was said also what was heard? Alignment by cross-correlation, then STOI."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pystoi import stoi

Samples = npt.NDArray[np.float64]
RATE = 16000
REACH = RATE * 3 // 10
"""How far, in samples, a second of speech may have moved against the whole."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`offset`: sample of the recording where the speech begins; `stoi` 0 to 1; `match`: peak correlation."""

    offset: int
    stoi: float
    match: float


def read_wave(path: Path) -> Samples:
    """Return a 16 kHz mono S16 WAV as floats in -1..1. Raises ValueError for any other format.

    A file whose writer was stopped has no length in its header; then the data runs to the end of the file.
    """
    octets = path.read_bytes()
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise ValueError(f"{path.name} is not 16 kHz mono 16-bit")
        frames = file.readframes(file.getnframes())
    if not frames:
        frames = octets[44:]
    return np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2").astype(np.float64) / 32768.0


def compare(said: Samples, recording: Samples) -> Heard:
    """Find `said` (16 kHz, -1..1) in `recording` and judge its intelligibility.

    Each second is aligned by itself: a jitter buffer that moves speech does not spoil it.
    Raises ValueError if the recording is shorter than what was said.
    """
    if len(recording) < len(said):
        raise ValueError(f"{len(recording) / RATE:.1f} s were recorded, {len(said) / RATE:.1f} s were said")
    offset = find(said, recording)
    part = recording[offset : offset + len(said)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(said))
    match = float(part @ said) / scale if scale else 0.0
    padded = np.concatenate([np.zeros(REACH), recording, np.zeros(REACH)])
    pieces = []
    for begin in range(0, len(said) - RATE + 1, RATE):
        piece = said[begin : begin + RATE]
        around = padded[offset + begin : offset + begin + RATE + 2 * REACH]
        moved = find(piece, around)
        pieces.append((piece, around[moved : moved + RATE]))
    clear, received = (np.concatenate(side) for side in zip(*pieces, strict=True))
    return Heard(offset=offset, stoi=float(stoi(clear, received, RATE)), match=match)


def find(said: Samples, sound: Samples) -> int:
    """Return the sample of `sound` where `said`, which is not longer, fits best."""
    size = 1 << (len(said) + len(sound) - 1).bit_length()
    cross = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(said, size)), size)
    return int(np.argmax(cross[: len(sound) - len(said) + 1]))
