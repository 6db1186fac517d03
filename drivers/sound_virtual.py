"""Sound cards without hardware: ALSA configurations for ALSA's own `file`, `null` and `pulse` plugins.

A configuration replaces the system's alsa.conf, so it defines everything it uses. The device names are the
same in each: `earpiece`, `ringer` and `microphone`.
"""

from __future__ import annotations

import os
import tempfile
import wave
from pathlib import Path

from drivers.sound_alsa import RATE, ALSASoundCard

EARPIECE, RINGER, MICROPHONE = "earpiece", "ringer", "microphone"
MICROPHONE_HOURS = 4
"""Length of what the microphone hears: after the end of its file the plugin would hand out stale memory."""


def file_sound(directory: Path, *, speech: Path | None = None, lead_s: float = 0.0) -> ALSASoundCard:
    """Return a card whose microphone hears `speech` (WAV, 16 kHz mono S16) after `lead_s`, then silence.

    It hears it anew each time it is opened. What the earpiece plays is recorded in `directory`: earpiece.wav,
    earpiece.wav.0001 when it is opened again, and so on (see `recordings`). ValueError for another WAV.
    """
    microphone = _write_microphone(directory, speech, lead_s)
    config = _write_config(
        directory,
        _recorder(EARPIECE, directory / "earpiece.wav")
        + _recorder(RINGER, directory / "ringer.wav")
        + _player(MICROPHONE, microphone),
    )
    return ALSASoundCard(EARPIECE, MICROPHONE, ring=RINGER, paced=True, config=config)


def null_sound(directory: Path) -> ALSASoundCard:
    """Return a card that hears silence and drops what it plays, at the right pace."""
    # The null plugin would do as a loudspeaker, never as a microphone: it hands out whatever the process had
    # in memory, and we would send that.
    microphone = _write_microphone(directory, None, 0.0)
    nothing = f"pcm.{EARPIECE} {{ type null }}\npcm.{RINGER} {{ type null }}\n"
    config = _write_config(directory, nothing + _player(MICROPHONE, microphone))
    return ALSASoundCard(EARPIECE, MICROPHONE, ring=RINGER, paced=True, config=config)


def pulse_sound(directory: Path, *, server: str, sink: str, source: str) -> ALSASoundCard:
    """A card on a PulseAudio `server` ("unix:/path"), which has a clock: plays to `sink`, hears `source`."""
    config = _write_config(
        directory,
        "".join(
            f'pcm.{name} {{ type pulse server "{_quote(server)}" device "{_quote(device)}" }}\n'
            for name, device in ((EARPIECE, sink), (RINGER, sink), (MICROPHONE, source))
        ),
    )
    return ALSASoundCard(EARPIECE, MICROPHONE, ring=RINGER, config=config)


def recordings(directory: Path) -> list[Path]:
    """Return what the earpiece of a `file_sound` has played, oldest first."""
    return sorted(directory.glob("earpiece.wav*"))


def _recorder(name: str, wav: Path) -> str:
    return f'pcm.{name} {{ type file slave.pcm "null" file "{_quote(wav)}" format "wav" truncate 0 }}\n'


def _player(name: str, raw: Path) -> str:
    return (
        f'pcm.{name} {{ type file slave.pcm "null" file "/dev/null" infile "{_quote(raw)}" format "raw" }}\n'
    )


def _quote(value: Path | str) -> str:
    """Return a value as it may stand between quotes; the file plugin gives `%` a meaning of its own."""
    text = str(value)
    if any(character in text for character in '"\\\n%'):
        raise ValueError(f"{text!r}: no quotes, backslashes, line ends or per cent signs in a sound's path")
    return text


def _write_microphone(directory: Path, speech: Path | None, lead_s: float) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = b"" if speech is None else _samples(speech)
    lead = bytes(2 * round(lead_s * RATE))
    path = directory / "microphone.raw"
    # The silence is a hole in the file: it takes no room.
    _write(path, lead + said, size=2 * RATE * 3600 * MICROPHONE_HOURS)
    return path


def _samples(wav: Path) -> bytes:
    with wave.open(str(wav), "rb") as sound:
        kind = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
        if kind != (RATE, 1, 2):
            raise ValueError(f"{wav.name} is {kind} (Hz, channels, octets); convert it to {(RATE, 1, 2)}")
        return sound.readframes(sound.getnframes())


def _write_config(directory: Path, devices: str) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / "alsa.conf"
    _write(path, ("pcm.null { type null }\n" + devices).encode())
    return path


def _write(path: Path, octets: bytes, *, size: int | None = None) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(octets)
        if size is not None:
            file.truncate(max(size, len(octets)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, path)
