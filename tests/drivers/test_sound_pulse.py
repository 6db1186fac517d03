"""A sound card with a clock of its own: PulseAudio's null sinks, through ALSA's pulse plugin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.sound_alsa import PERIOD, RATE
from media.tones import Tone, parse
from tests.media.goertzel import dbm0

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs the package pulseaudio")

PERIODS = 100

# In a process of its own: the ALSA library reads its configuration once.
DUPLEX = """
import sys, time
from pathlib import Path
from drivers.sound_virtual import pulse_sound
import threading

card = pulse_sound(Path(sys.argv[1]), server=sys.argv[2], sink="a2b", source="a2b.monitor")
tone = Path(sys.argv[1], "tone").read_bytes()
periods = int(sys.argv[3])
begun = threading.Event()
times = []

def play():
    card.open_playback("ear")
    while not done.is_set():
        for at in range(0, len(tone), 640):
            card.write(tone[at : at + 640])
            times.append(time.monotonic())
            if len(times) > 10 and times[-1] - times[-8] > 0.1:
                begun.set()

done = threading.Event()
player = threading.Thread(target=play)
player.start()
assert begun.wait(20)
card.open_capture("handset")
while not any(card.read() or b""):
    pass
before, xruns = len(times), card.xruns
start = time.monotonic()
heard = [card.read() for _ in range(periods)]
seconds = time.monotonic() - start
played = len(times) - before
done.set()
player.join()
card.close()
Path(sys.argv[1], "heard").write_bytes(b"".join(period or b"" for period in heard))
print(seconds, played, card.xruns - xruns, sum(period is None for period in heard))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A sound server with one sink that goes nowhere, in this directory and nowhere else."""
    sock = tmp_path / "native"
    home = {name: str(tmp_path) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    modules = [
        f"module-native-protocol-unix socket={sock} auth-anonymous=1",
        f"module-null-sink sink_name=a2b rate={RATE} channels=1",
    ]
    pulse = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        + [word for module in modules for word in ("-L", module)],
        env={**os.environ, **home},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 20
    ready = threading.Event()
    while not sock.exists():
        assert pulse.poll() is None
        assert time.monotonic() < deadline
        ready.wait(0.02)
    yield f"unix:{sock}"
    pulse.terminate()
    pulse.wait(10)


def test_full_duplex_keeps_the_time_of_the_card_and_loses_nothing(tmp_path: Path, server: str) -> None:
    sound = Tone(parse("1000"))
    (tmp_path / "tone").write_bytes(b"".join(sound.period() or b"" for _ in range(50)))
    told = subprocess.run(
        [sys.executable, "-c", DUPLEX, str(tmp_path), server, str(PERIODS)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    seconds, played, xruns, lost = (float(word) for word in told.stdout.split())
    assert seconds == pytest.approx(PERIODS * PERIOD / RATE, rel=0.1)
    assert played == pytest.approx(PERIODS, rel=0.1)
    assert xruns <= 2
    assert lost <= 2
    heard = (tmp_path / "heard").read_bytes()
    levels = [dbm0(heard[at : at + 2 * PERIOD], 1000) for at in range(0, len(heard), 2 * PERIOD)]
    # On a busy computer the sound server itself, which runs as any process does, may miss a moment.
    assert sum(abs(level + 12) < 1 for level in levels) >= 0.85 * PERIODS
