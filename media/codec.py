"""Opus for one voice: 16 kHz mono, 20 ms, 24 kbit/s, every packet of the same size (RFC 6716, RFC 6562).

Sound is S16 in the host's order, which on every board of ours is little-endian.

The library's own setter for FEC is broken (it drops the value), its decoder allocates twice a frame and
cannot be asked to conceal. So this file speaks to `opuslib.api`, the thin layer below, and reuses buffers.
"""

from __future__ import annotations

import ctypes

import opuslib
from opuslib.api import ctl
from opuslib.api import decoder as _decoder
from opuslib.api import encoder as _encoder

RATE = 16000
PERIOD = 320
"""Frames of one packet and of one sound-card period: 20 ms."""
PERIOD_S = PERIOD / RATE
PCM_OCTETS = 2 * PERIOD
RTP_TICKS = 960
"""Opus counts RTP time at 48 kHz whatever it carries (RFC 7587 §4.1)."""
BIT_RATE = 24000
PACKET_OCTETS = BIT_RATE // 8 * PERIOD // RATE
"""60: the size of every packet we send, speech or silence."""
MAX_PACKET_OCTETS = 1275
"""RFC 6716 §3.2.1."""
COMPLEXITY = 5
SILENCE = bytes(PCM_OCTETS)
CLOSED = "this codec has been closed"

_Frames = ctypes.c_int16 * PERIOD
_Packet = ctypes.c_char * PACKET_OCTETS


class CodecError(ValueError):
    """A packet that Opus could not decode, or that does not hold 20 ms."""


class Encoder:
    """Turns 20 ms of sound into 60 octets; `expected_loss` in per cent says how much is FEC (0: none)."""

    _state = None

    def __init__(self, *, expected_loss: int = 10) -> None:
        self._state = _encoder.create_state(RATE, 1, opuslib.APPLICATION_VOIP)
        self._pcm = _Frames()
        self._packet = _Packet()
        self._set(ctl.set_bitrate, BIT_RATE)
        self._set(ctl.set_vbr, 0)
        self._set(ctl.set_dtx, 0)
        self._set(ctl.set_complexity, COMPLEXITY)
        self._set(ctl.set_signal, opuslib.SIGNAL_VOICE)
        self._set(ctl.set_inband_fec, int(expected_loss > 0))
        self._set(ctl.set_packet_loss_perc, expected_loss)

    def expect_loss(self, per_cent: int) -> None:
        """Say how much of what is sent will be lost; the packets keep their size."""
        self._set(ctl.set_packet_loss_perc, per_cent)

    def _set(self, request: object, value: int) -> None:
        _encoder.encoder_ctl(self._state, request, value)

    def encode(self, pcm: bytes) -> bytes:
        """Encode 640 octets of S16_LE. Raises ValueError for any other length."""
        if self._state is None:
            raise ValueError(CLOSED)
        if len(pcm) != PCM_OCTETS:
            raise ValueError(f"a period has {PCM_OCTETS} octets, not {len(pcm)}")
        ctypes.memmove(self._pcm, pcm, PCM_OCTETS)
        octets = _encoder.libopus_encode(self._state, self._pcm, PERIOD, self._packet, PACKET_OCTETS)
        if octets != PACKET_OCTETS:
            raise CodecError(f"Opus answered {octets} to a period of sound")
        return self._packet.raw

    def close(self) -> None:
        """Free the encoder and overwrite its last sound. May be called more than once."""
        if self._state is not None:
            _encoder.destroy(self._state)
            self._state = None
            ctypes.memset(self._pcm, 0, PCM_OCTETS)

    def __del__(self) -> None:
        self.close()


class Decoder:
    """Turns packets into sound, 20 ms at a time, and makes up for those that are missing."""

    _state = None

    def __init__(self) -> None:
        self._state = _decoder.create_state(RATE, 1)
        self._pcm = _Frames()

    def decode(self, packet: bytes) -> bytes:
        """Decode one packet to 640 octets. Raises CodecError; the decoder stays usable."""
        return self._run(packet, 0)

    def recover(self, following: bytes) -> bytes:
        """Decode the frame *before* `following` from the redundancy `following` carries (in-band FEC)."""
        return self._run(following, 1)

    def conceal(self) -> bytes:
        """Continue the last sound as well as can be guessed (packet loss concealment)."""
        return self._decode(None, 0)

    def _run(self, packet: bytes, fec: int) -> bytes:
        if not 0 < len(packet) <= MAX_PACKET_OCTETS:
            raise CodecError(f"an Opus packet has 1 to {MAX_PACKET_OCTETS} octets")
        return self._decode(packet, fec)

    def _decode(self, packet: bytes | None, fec: int) -> bytes:
        if self._state is None:
            raise ValueError(CLOSED)
        octets = 0 if packet is None else len(packet)
        frames = _decoder.libopus_decode(self._state, packet, octets, self._pcm, PERIOD, fec)
        if frames != PERIOD:
            raise CodecError(f"Opus answered {frames} where {PERIOD} frames were due")
        return bytes(self._pcm)

    def forget(self) -> None:
        """Begin anew, as if nothing had been heard. Raises ValueError after `close()`."""
        if self._state is None:
            raise ValueError(CLOSED)
        _decoder.decoder_ctl(self._state, ctl.reset_state)
        ctypes.memset(self._pcm, 0, PCM_OCTETS)

    def close(self) -> None:
        """Free the decoder and overwrite its last sound. May be called more than once."""
        if self._state is not None:
            _decoder.destroy(self._state)
            self._state = None
            ctypes.memset(self._pcm, 0, PCM_OCTETS)

    def __del__(self) -> None:
        self.close()
