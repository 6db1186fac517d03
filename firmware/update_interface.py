"""The face of the update service (Varlink), on the image only: the one that writes slots and restarts."""

import collections.abc

from asyncvarlink import FileDescriptor, VarlinkInterface, varlinkmethod

from firmware.interfaces import Refused
from firmware.record import record


@record
class UpdateStatus:
    """What runs, and what came of the last update. Versions are like '1.2.3', '' if there is none."""

    version: str
    kind: str
    """What bundles for this phone call themselves, such as 'sottovoce-debian-arm64'."""
    slot: str
    """'A' or 'B'."""
    trying: bool
    """This start is the trial of an update: unless the phone finds itself well, the next is the old one's."""
    ready: str
    """The version that the next restart tries."""
    outcome: str
    """'', 'updated' or 'rolled-back': to be told to the person once."""
    told: str
    """The version that `outcome` is about."""


@record
class UpdateEvent:
    """`kind`: 'copying', 'writing' (with `percent`), 'ready' (with `version`), 'failed' (with its `code`),
    'nothing' (no newer bundle on the stick, or no stick).
    """

    kind: str
    percent: int
    version: str
    code: str


class UpdateInterface(VarlinkInterface, name="org.sottovoce.Update"):
    """Verifies bundles, writes the slot that does not run, and restarts into it. It has no network."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> UpdateStatus:
        """Say what runs."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="event")
    async def Install(self, *, bundle: FileDescriptor) -> collections.abc.AsyncIterator[UpdateEvent]:
        """Copy a bundle, verify it, and only then write it. Refused E65 while another is written.

        Ends with 'ready' or 'failed': E60 not genuine or damaged, E61 not for this phone, E62 not newer, E63
        not an update of ours, E64 no room, E65 could not be written.
        """
        raise NotImplementedError
        yield  # makes this an iterator

    @varlinkmethod(return_parameter="event")
    async def InstallStick(self) -> collections.abc.AsyncIterator[UpdateEvent]:
        """Look for a newer bundle on the USB stick, and if there is one, do with it as Install does."""
        raise NotImplementedError
        yield  # makes this an iterator

    @varlinkmethod
    async def Pause(self, *, on: bool) -> None:
        """Stop writing while somebody speaks, or go on."""
        raise NotImplementedError

    @varlinkmethod
    async def Restart(self) -> None:
        """Restart into what is ready; without that, a plain restart. Refused E65 while one is written, E67
        if the phone does not restart.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Seen(self) -> None:
        """The person has read the outcome."""
        raise NotImplementedError
