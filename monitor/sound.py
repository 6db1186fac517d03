"""What was said, as a WAV file: the caller on the left, the callee on the right, 16 kHz."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from media.codec import PCM_OCTETS, PERIOD_S, RATE, RTP_TICKS, SILENCE, CodecError, Decoder
from monitor.opening import Heard, Recording

LONGEST = 6 * 3600 * 50
"""Periods of 20 ms written at most."""
CONCEALED = 5
"""Missing periods that are guessed; longer gaps are silent."""


@dataclass(slots=True)
class Lengths:
    """What was written: seconds of the whole, and of each side what was heard and what was missing."""

    seconds: float
    missing: int = 0
    damaged: int = 0
    cut: bool = False


def write(file: BinaryIO, recording: Recording) -> Lengths:
    """Write both sides of a call as they followed one another. Never raises for what the packets hold."""
    sides = [_timed(side) for side in (recording.caller, recording.callee)]
    begin = min(start for start, _ in sides if start is not None)
    placed = [
        {round((start - begin) / PERIOD_S) + at: payload for at, payload in payloads.items()}
        if start is not None
        else {}
        for start, payloads in sides
    ]
    periods = 1 + max(max(side, default=0) for side in placed)
    lengths = Lengths(min(periods, LONGEST) * PERIOD_S, cut=periods > LONGEST)
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        left, right = (_sound(side, min(periods, LONGEST), lengths) for side in placed)
        for pair in zip(left, right, strict=True):
            both = np.stack([np.frombuffer(pcm, "<i2") for pcm in pair], axis=1)
            out.writeframes(both.tobytes())
    return lengths


def _timed(side: Heard | None) -> tuple[float | None, Mapping[int, bytes]]:
    """Return when a side began, and its payloads by how many periods after that."""
    if side is None:
        return None, {}
    began, first = side.packets[0][0], side.packets[0][1].timestamp
    payloads = {}
    for _, packet in side.packets:
        ahead = (packet.timestamp - first + (1 << 31)) % (1 << 32) - (1 << 31)
        if ahead >= 0:
            payloads[ahead // RTP_TICKS] = packet.payload
    return began, payloads


def _sound(payloads: Mapping[int, bytes], periods: int, lengths: Lengths) -> Iterator[bytes]:
    """Yield each period's 640 octets."""
    decoder, gap = Decoder(), CONCEALED
    last = max(payloads, default=0)
    try:
        for at in range(periods):
            payload = payloads.get(at)
            if payload is not None:
                try:
                    pcm, gap = decoder.decode(payload), 0
                except CodecError:
                    lengths.damaged += 1
                    pcm = SILENCE
            else:
                lengths.missing += bool(payloads) and at < last
                pcm, gap = (decoder.conceal(), gap + 1) if gap < CONCEALED else (SILENCE, gap)
            assert len(pcm) == PCM_OCTETS
            yield pcm
    finally:
        decoder.close()
