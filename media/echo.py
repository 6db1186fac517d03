"""Echo control for talking hands-free: what the loudspeaker plays is taken out of what the microphone hears.

    played  --(loudspeaker, room)-->  captured = near speech + echo + noise
       '----> adaptive filter ---------> minus      -> residual echo and noise suppression -> near speech

The work is done by speexdsp (an adaptive filter in the frequency domain and a spectral suppressor). What is
ours is the alignment: the filter finds its echo only while every captured period is paired with a period that
was played before it, by always the same distance.
"""

from __future__ import annotations

import ctypes
from collections import deque

from media.codec import PCM_OCTETS, PERIOD, RATE, SILENCE

LIBRARY = "libspeexdsp.so.1"
TAIL_PERIODS = 13
"""260 ms: a sound card's buffers (up to 100 ms) and a room."""
LEAD = 1
"""Periods that wait, played but not yet paired, so that neither thread has to be punctual."""
MOST_WAITING = 8
PATIENCE = 50
"""Periods that the two may be out of step before we believe that their clocks differ."""

_SET_SAMPLING_RATE = 24
_SET_DENOISE, _SET_NOISE_SUPPRESS = 0, 18
_SET_ECHO_SUPPRESS, _SET_ECHO_SUPPRESS_ACTIVE, _SET_ECHO_STATE = 20, 22, 24
NOISE_DB, ECHO_DB, ECHO_WHILE_SPEAKING_DB = -15, -45, -15
"""The most that is taken away from noise, from residual echo, and from echo under near speech."""

_Frames = ctypes.c_int16 * PERIOD


class EchoControlUnavailable(OSError):
    """The library for echo control is not installed."""


class Alignment:
    """Pairs captured periods with played ones at a constant distance, though two threads bring them."""

    def __init__(self) -> None:
        self._played: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._debt = 0
        self._out_of_step = 0
        self._begun = False
        self.slips = 0
        """How often the distance had to change, because one clock is faster or periods were lost."""

    def played(self, pcm: bytes) -> None:
        """A period goes to the loudspeaker. From the thread that plays."""
        self._played.append(pcm)

    def reference(self) -> bytes:
        """Return the played period that belongs to the one captured now. From the thread that hears."""
        if not self._begun:
            if len(self._played) <= LEAD:
                return SILENCE
            self._begun = True
            while len(self._played) > LEAD + 1:
                self._played.popleft()
        if not self._played:
            # The player is late, not gone: what it brings next belongs to now, and is skipped when it comes.
            self._debt += 1
            self._watch(True)
            return SILENCE
        while self._debt and len(self._played) > 1:
            self._played.popleft()
            self._debt -= 1
        pcm = self._played.popleft()
        self._watch(self._debt > 0 or len(self._played) > LEAD + 1)
        return pcm

    def _watch(self, out_of_step: bool) -> None:
        self._out_of_step = self._out_of_step + 1 if out_of_step else 0
        if self._out_of_step > PATIENCE:
            self.slips += 1
            self._out_of_step = 0
            self._debt = 0
            while len(self._played) > LEAD:
                self._played.popleft()


class EchoControl:
    """Takes the echo out of what a hands-free microphone hears. Raises EchoControlUnavailable.

    `played` may be called on one thread, `captured` on another.
    """

    _echo = _clean = None

    def __init__(self, *, library: str = LIBRARY) -> None:
        try:
            speex = ctypes.CDLL(library)
        except OSError as error:
            raise EchoControlUnavailable(
                "hands-free needs speexdsp, which is not installed (Debian: libspeexdsp1)"
            ) from error
        for create in (speex.speex_echo_state_init, speex.speex_preprocess_state_init):
            create.restype = ctypes.c_void_p
        self._speex = speex
        self._alignment = Alignment()
        self._in, self._reference, self._out = _Frames(), _Frames(), _Frames()
        self._echo = ctypes.c_void_p(speex.speex_echo_state_init(PERIOD, TAIL_PERIODS * PERIOD))
        self._clean = ctypes.c_void_p(speex.speex_preprocess_state_init(PERIOD, RATE))
        speex.speex_echo_ctl(self._echo, _SET_SAMPLING_RATE, ctypes.byref(ctypes.c_int(RATE)))
        for request, value in (
            (_SET_DENOISE, 1),
            (_SET_NOISE_SUPPRESS, NOISE_DB),
            (_SET_ECHO_SUPPRESS, ECHO_DB),
            (_SET_ECHO_SUPPRESS_ACTIVE, ECHO_WHILE_SPEAKING_DB),
        ):
            speex.speex_preprocess_ctl(self._clean, request, ctypes.byref(ctypes.c_int(value)))
        speex.speex_preprocess_ctl(self._clean, _SET_ECHO_STATE, self._echo)

    @property
    def slips(self) -> int:
        """How often played and captured sound had to be paired anew."""
        return self._alignment.slips

    def begin(self) -> None:
        """The microphone opens: pair anew with what is played now. The room is remembered."""
        self._alignment = Alignment()

    def played(self, pcm: bytes) -> None:
        """Take note of a period that goes to the loudspeaker, just before it does."""
        self._alignment.played(pcm)

    def captured(self, pcm: bytes | None) -> bytes:
        """Return a captured period without echo; None for one that the card lost."""
        if self._echo is None:
            raise ValueError("this echo control has been closed")
        reference = self._alignment.reference()
        if pcm is None:
            return SILENCE
        ctypes.memmove(self._in, pcm, PCM_OCTETS)
        ctypes.memmove(self._reference, reference, PCM_OCTETS)
        self._speex.speex_echo_cancellation(self._echo, self._in, self._reference, self._out)
        self._speex.speex_preprocess_run(self._clean, self._out)
        return bytes(self._out)

    def close(self) -> None:
        """Free the library's memory. May be called more than once."""
        if self._echo is not None:
            self._speex.speex_preprocess_state_destroy(self._clean)
            self._speex.speex_echo_state_destroy(self._echo)
            self._echo = self._clean = None
            for frames in (self._in, self._reference, self._out):
                ctypes.memset(frames, 0, PCM_OCTETS)

    def __del__(self) -> None:
        self.close()
