"""What a person does not wait for is not imported while the phone starts."""

from __future__ import annotations

import subprocess
import sys


def imported_by(*names: str) -> set[str]:
    """The modules of an interpreter that has imported these, and nothing else."""
    ask = f"import sys, {', '.join(names)}; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    )


def test_the_phone_starts_without_what_speaks_https() -> None:
    modules = imported_by("firmware.services.phone")
    assert "firmware.services.https" in modules
    assert "aiohttp" not in modules


def test_the_phone_and_its_display_start_without_numpy() -> None:
    assert "numpy" not in imported_by("firmware.services.phone", "drivers.display_luma", "drivers.virtual")


def test_the_phone_starts_without_what_it_has_a_line_with_and_reads_keys_with() -> None:
    modules = imported_by("firmware.services.phone")
    assert not modules & {"firmware.services.line", "sip.events", "sip.agent", "sip.sdp", "sipmessage"}
    assert not modules & {"crypto.bulletin", "crypto.pack", "cryptography", "argon2"}


def test_the_scan_service_itself_never_imports_what_reads_codes() -> None:
    assert not imported_by("firmware.services.scan") & {"zxingcpp", "pyzbar", "drivers.qr"}
