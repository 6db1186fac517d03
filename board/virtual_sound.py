"""What the handset of a virtual phone is made of, as HOME/board.toml says.

sound = "desk"     HOME/run/sound.sock: the browser, the demonstration or a test is the handset (default);
                   HOME/run/microphone.sock tells whether its microphone is open
sound = "file"     HOME/sound/say.wav is spoken, if it is there; what is heard is recorded in HOME/sound
sound = "null"     silence is spoken, nothing is kept
sound = "pulse"    PulseAudio, with a table of its own:
                   [pulse]
                   server = "unix:/run/user/1000/pulse/native"
                   sink = "a2b"
                   source = "b2a.monitor"
sound = "alsa"     a real card, by its ALSA names (see `aplay -L`); only ear and handset must be there:
                   [alsa]
                   ear = "plughw:CARD=Handset"
                   handset = "plughw:CARD=Handset"
                   speaker = "plughw:CARD=Speaker"
                   microphone = "plughw:CARD=Webcam"
                   ring = "plughw:CARD=Speaker"
"""

from __future__ import annotations

import tomllib
import wave
from pathlib import Path

from drivers.ports import SoundCard
from drivers.sound_alsa import ALSASoundCard
from drivers.sound_desk import DeskSoundCard
from drivers.sound_virtual import file_sound, null_sound, pulse_sound
from drivers.virtual_mute_lamp import MICROPHONE, VirtualMuteLamp

OTHERS = {"speaker", "microphone", "ring"}


def open_sound(home: Path) -> SoundCard:
    """Return the sound card of the virtual phone in `home`; nothing is opened yet.

    Raises ValueError if board.toml or say.wav is not what it should be; the text says what it should be.
    """
    settings = _settings(home / "board.toml")
    folder = home / "sound"
    match settings.get("sound", "desk"):
        case "desk":
            sign = VirtualMuteLamp(home / "run" / "microphone.sock", MICROPHONE)
            return DeskSoundCard(home / "run" / "sound.sock", sign=sign)
        case "null":
            return null_sound(folder)
        case "file":
            speech = folder / "say.wav"
            try:
                return file_sound(folder, speech=speech if speech.exists() else None)
            except (wave.Error, EOFError) as error:
                raise ValueError(f"{speech} is no WAV file: {error}") from error
        case "pulse":
            match settings.get("pulse"):
                case {"server": str(server), "sink": str(sink), "source": str(source)}:
                    return pulse_sound(folder, server=server, sink=sink, source=source)
            raise ValueError('board.toml: sound = "pulse" needs a table [pulse] with server, sink and source')
        case "alsa":
            return _named_card(settings.get("alsa"))
        case other:
            raise ValueError(
                f'board.toml: sound = {other!r} is unknown; use "desk", "file", "null", "pulse" or "alsa"'
            )


def _named_card(names: object) -> ALSASoundCard:
    match names:
        case {"ear": str(ear), "handset": str(handset), **others} if others.keys() <= OTHERS:
            more = [others.get(name) for name in ("speaker", "microphone", "ring")]
            speaker, microphone, ring = (name if isinstance(name, str) else None for name in more)
            if [speaker, microphone, ring] == more:
                return ALSASoundCard(ear, handset, speaker=speaker, microphone=microphone, ring=ring)
    raise ValueError(
        'board.toml: sound = "alsa" needs a table [alsa] with ear and handset; speaker, microphone and ring '
        "may be there, nothing else"
    )


def _settings(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
