"""The journal on the disk: it changes with every call, and the vault need not be written for that."""

from __future__ import annotations

import logging

from crypto.replays import ReplayCache
from crypto.secret import Secret
from firmware.clock import Clock, Verdict
from firmware.vault import SealedState, VaultDamaged
from firmware.vault_disk import Disk
from firmware.vault_format import Journal

REMEMBER_TIME_EVERY_S = 600
"""How far the authenticated time moves before it is written down: flash wears."""

LARGE_STEP_S = 48 * 3600
"""A step of the clock that somebody should know of."""

_log = logging.getLogger("sottovoce.keys")


class KeptJournal:
    """Replays and the last time seen, as a restart will find them. Raises OSError if the disk cannot be read.

    One that does not open begins anew: calls must go on.
    """

    def __init__(self, disk: Disk, device_secret: Secret, clock: Clock) -> None:
        self._state = SealedState(disk, device_secret, name="journal")
        self._clock = clock
        self._content = Journal()
        try:
            octets = self._state.load()
            if octets is not None:
                self._content = Journal.decode(octets)
        except VaultDamaged as error:
            _log.error("the journal does not open and starts anew: %s", error)
        clock.not_before(self._content.last_seen)

    @property
    def replays(self) -> ReplayCache:
        return self._content.replays

    def observe_time(self, unix: int, *, vouched: float = 0.0) -> None:
        """Take the time from the authenticated CRS, as `Clock.observe` does."""
        moved = unix - self._clock.now()
        match self._clock.observe(unix, vouched=vouched):
            case Verdict.IGNORED:
                _log.warning("the CRS gave an impossible time, or one before the last one seen; ignored")
                return
            case Verdict.PROPOSED:
                _log.warning("the CRS wants the clock %+.0f hours ahead: to be confirmed here", moved / 3600)
                return
        if abs(moved) > LARGE_STEP_S:
            _log.warning("the CRS has put the clock by %+.0f hours", moved / 3600)
        if unix - self._content.last_seen >= REMEMBER_TIME_EVERY_S:
            self.save()

    def accept_time(self) -> bool:
        """Take the time that the CRS has proposed and somebody has confirmed; False if there is none."""
        moved = self._clock.proposed - self._clock.now()
        if not self._clock.accept():
            return False
        _log.warning("an administrator has put the clock by %+.0f hours", moved / 3600)
        self.save()
        return True

    def save(self) -> None:
        """Write it down. A disk that fails is logged, and calls go on: only a restart would forget them."""
        # The time with every save, not only every ten minutes: what the replay cache has dropped for being
        # stale at this time must stay stale after a restart.
        self._content.last_seen = self._clock.last_seen
        try:
            self._state.save(self._content.encode())
        except OSError as error:
            _log.error("the journal could not be saved: %s", error.strerror or error)

    def begin_anew(self) -> None:
        """Forget every call."""
        self._content = Journal()
        self.save()
