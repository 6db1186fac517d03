"""RAUC as two questions: what is this bundle, and write it. What it prints is read as a stranger's."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncGenerator
from pathlib import Path

from firmware.update_check import MAX_INFO_OCTETS, Bundle, BundleRefused, read_info

INFO_S = 120.0
_PERCENT = re.compile(rb"^\s*([0-9]{1,3})%")
_LONGEST_LINE = 1024
_log = logging.getLogger("sottovoce.update")


class InstallFailed(RuntimeError):
    """A slot could not be written whole."""


class RAUC:
    """`program` and `service` are for tests; `configuration` is RAUC's system.conf."""

    def __init__(
        self,
        configuration: Path = Path("/etc/rauc/system.conf"),
        *,
        program: str = "/usr/bin/rauc",
        service: str = "rauc.service",
    ) -> None:
        self._configuration, self._program, self._service = configuration, program, service

    async def info(self, bundle: Path) -> Bundle:
        """Verify a bundle's signature and read what it is. Raises BundleRefused E60 and E63, OSError."""
        process = await asyncio.create_subprocess_exec(
            self._program,
            "--conf",
            str(self._configuration),
            "info",
            "--output-format=json",
            str(bundle),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=MAX_INFO_OCTETS,
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(INFO_S):
                told = await process.stdout.read(MAX_INFO_OCTETS + 1)
                code = await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise BundleRefused("E63", "this update takes too long to read") from None
        if code != 0:
            raise BundleRefused("E60", "this update is damaged or not from your supplier: take another copy")
        return read_info(told)

    async def install(self, bundle: Path) -> AsyncGenerator[int, None]:
        """Write a verified bundle into the slot that does not run; yield the percentage.

        RAUC verifies all of it again before it writes (format plain). Raises InstallFailed, OSError.
        """
        process = await asyncio.create_subprocess_exec(
            self._program,
            "install",
            "--progress",
            str(bundle),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_LINE,
        )
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                if found := _PERCENT.match(line):
                    yield min(100, int(found[1]))
            code = await process.wait()
        except ValueError as error:  # a line without end
            raise InstallFailed("rauc prints what it should not") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code != 0:
            raise InstallFailed(f"rauc ended with {code}")

    async def pause(self, on: bool) -> None:
        """Freeze the process that writes, or let it go on. Raises OSError."""
        process = await asyncio.create_subprocess_exec(
            "/usr/bin/systemctl",
            "freeze" if on else "thaw",
            self._service,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        if await process.wait() != 0:
            _log.warning("%s was not %s", self._service, "frozen" if on else "thawed")
