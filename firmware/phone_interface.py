"""The face of the phone service (Varlink): what shows, and the self-test."""

import collections.abc

from asyncvarlink import VarlinkInterface, varlinkmethod

from firmware.interfaces import Refused
from firmware.record import record


@record
class PhoneStatus:
    """What the person at the phone sees now."""

    screen: str
    text: list[str]
    call: str
    registered: bool


@record
class SelfTestEvent:
    """The self-test says something about a part ('keys', 'hook', … 'vault').

    `state`: 'asks' (`detail` is the key of what the person should do; of 'press every key', those that are
    missing follow), 'passed', 'failed' (with its code, E50 to E59, and why in a word), 'skipped', and at the
    end 'done', or 'left' if somebody left it, each without a part.
    """

    part: str
    state: str
    code: str
    detail: str


class PhoneInterface(VarlinkInterface, name="org.sottovoce.Phone"):
    """The phone itself, for inspection."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> PhoneStatus:
        """Say what is on the display and what the call machine is doing."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="event")
    async def SelfTest(self) -> collections.abc.AsyncIterator[SelfTestEvent]:
        """Begin the self-test and follow it to its end. Refused E42 while the phone is in use."""
        raise NotImplementedError
        yield  # makes this an iterator
