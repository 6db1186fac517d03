"""First contact and packs: a card is used once, by whoever proves first to hold its key.

    read -> card known? -> signed by the card's own key -> active, not expired -> serial marked used -> pack

The serial is marked before the pack leaves us, on disk; the same nonce again is the same phone after a power
cut and gets its pack again; any other nonce is a second phone with a copy of the card: 409 and an alarm.
An unknown card, a wrong key and a wrong signature look the same from outside.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from crs import updates
from crs.admission import NotAdmitted, admitted
from crs.clock import Clock
from crs.database import Account, Database, Domain, SameContact, SerialUsed, put_serial
from crs.effects import Alarm, Identity
from crs.errors import Refusal
from crs.foreign import ForeignLists
from crs.limits import Rate, TokenBuckets
from crs.partners import Partners
from crs.roster import Roster
from crs.writer import Writer
from crypto import enrolment
from crypto.enrolment import EnrolmentRequest
from crypto.errors import CryptoError, PackageError
from crypto.fields import month_of

MAX_BODY = 4096
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_NO_PVT = bytes(32)
"""What an unknown card's key is compared with: SHA-256 of nothing that exists."""


_TOLD = frozenset({"E04", "E05", "no-pack"})
"""Refusals that go into the log. A second use (E07) is an alarm of its own; a wrong clock is put right."""


def _not_proven() -> Refusal:
    return Refusal(403, "E04", "This card was not accepted. Ask for a new one.")


class Provisioning:
    """What the HTTPS service does, without HTTP. `domain`, `roster` and `partners` return the newest; the two
    others hear of first contacts, and of certificates that were admitted."""

    def __init__(
        self,
        home: Path,
        *,
        domain: Callable[[], Domain],
        roster: Callable[[], Roster],
        database: Database,
        writer: Writer,
        clock: Clock,
        rate: Rate,
        partners: Callable[[], Partners],
        foreign: ForeignLists,
        on_enrolled: Callable[[Identity], None],
        on_certificate: Callable[[Identity], None],
    ) -> None:
        self._home = home
        self._domain = domain
        self._roster = roster
        self._database = database
        self._writer = writer
        self._clock = clock
        self._buckets = TokenBuckets(rate)
        self._partners = partners
        self._foreign = foreign
        self._on_enrolled = on_enrolled
        self._on_certificate = on_certificate

    @property
    def unix(self) -> float:
        """The time of day, for the Date header."""
        return self._clock.unix()

    async def enrol(self, body: bytes, host: str) -> bytes:
        """Answer a first contact with the phone's first pack. Raises Refusal."""
        if not self._buckets.take(host, self._clock.monotonic()):
            raise Refusal(429, "busy", "Too many attempts from this address. Try again in a minute.")
        request = _read(body)
        identity = Identity(request.tel, str(request.serial))
        account = self._roster().find(identity)
        try:
            await self._prove(request, account)
            if account is None or not account.active:
                raise _not_proven()
            return await self._first_pack(identity, account, request)
        except Refusal as refusal:
            if refusal.code in _TOLD:
                # Who it says that it is has not been proven; and a number of each own would be a bucket each.
                self._writer.alarm(Alarm("enrolment-refused", {"code": refusal.code, "host": host}))
            raise

    async def pack(self, identity: Identity | None, after: str | None) -> bytes:
        """Return an enrolled phone's first monthly pack after a month ('YYYY-MM'). Raises Refusal."""
        who, month = self._admitted(identity), _month(after)
        octets = await self._writer.run(self._database.next_pack, who.serial, month)
        if octets is None:
            raise Refusal(404, "no-pack", "There is no such pack yet. Ask again later.")
        return octets

    async def document(self, identity: Identity | None, kind: str, month: str | None) -> bytes:
        """Return the 'bulletin' or the 'issuance' list of a month to an enrolled phone. Raises Refusal."""
        self._admitted(identity)
        octets = await self._writer.run(self._database.document, f"{kind} {_month(month)}")
        if octets is None:
            raise Refusal(404, "nothing-yet", "There is nothing for this month. Ask again later.")
        return octets

    def identify(self, certificate: bytes, host: str) -> Identity | None:
        """Return whom a client certificate makes a phone of ours or a partner's server; None for all others.

        By the key that has signed it: a partner's key makes nobody a phone of ours, whatever it says.
        """
        domain = self._domain()
        try:
            return admitted(
                certificate,
                domain=domain.name,
                domain_key=domain.domain_key,
                roster=self._roster(),
                partners=self._partners(),
                host=host,
            )
        except NotAdmitted:
            return None

    def revoked(self, identity: Identity | None) -> bytes:
        """Return the newest revocation list to an enrolled phone or a partner's server. Raises Refusal."""
        if identity is None or not identity.partner:
            self._admitted(identity)
        return self._domain().revoked

    def foreign(self, identity: Identity | None) -> bytes:
        """Return the partners' revocation lists to an enrolled phone. Raises Refusal."""
        self._admitted(identity)
        if not self._foreign.bundle:
            raise Refusal(404, "nothing-yet", "No partner has sent a list yet. Ask again later.")
        return self._foreign.bundle

    async def update(self, identity: Identity | None, kind: str | None, have: str | None) -> Path:
        """Return the file of newer software than an enrolled phone has. Raises Refusal."""
        self._admitted(identity)
        try:
            asked = updates.check_kind(kind or ""), updates.read_version(have or "")
        except ValueError as error:
            raise Refusal(400, "malformed", f"{error}".capitalize() + ".") from error
        found = await asyncio.to_thread(updates.newer, self._home, *asked)
        if found is None:
            raise Refusal(404, "nothing-newer", "There is nothing newer for this phone.")
        return found.path

    def _admitted(self, identity: Identity | None) -> Identity:
        if identity is None or not self._roster().admits(identity):
            raise Refusal(403, "certificate", "A valid certificate of an enrolled phone is needed.")
        self._on_certificate(identity)
        return identity

    async def _prove(self, request: EnrolmentRequest, account: Account | None) -> None:
        """Check the signature, beside the event loop: it is a scalar multiplication or two."""
        pvt_hash = account.pvt_hash if account is not None else _NO_PVT
        try:
            await asyncio.to_thread(
                enrolment.verify,
                request,
                kpak=self._domain().kpak(month_of(request.when)),
                now=int(self._clock.unix()),
                card_pvt_hash=pvt_hash,
            )
        except PackageError as error:
            if error.code == "E06":
                text = "The phone's clock is wrong. Set it by the Date of this answer and try again."
                raise Refusal(400, "E06", text) from error
            raise _not_proven() from error
        except CryptoError as error:
            raise _not_proven() from error

    async def _first_pack(self, identity: Identity, account: Account, request: EnrolmentRequest) -> bytes:
        octets = await self._writer.run(self._database.first_pack, identity.serial)
        if octets is None:
            text = "The server holds no pack for this card. Ask your administrator to load newer media."
            raise Refusal(503, "no-pack", text)
        if not account.enrolled and self._clock.unix() >= account.expires:
            raise Refusal(403, "E05", "This card has expired. Ask for a new one.")
        detail = {"tel": identity.tel, "serial": identity.serial}
        use = functools.partial(
            put_serial,
            serial=identity.serial,
            tel=identity.tel,
            nonce_hash=hashlib.sha256(request.nonce).digest(),
            now=self._clock.unix(),
        )
        try:
            await self._writer.recorded("enrolled", detail, also=use)
        except SameContact:
            pass
        except SerialUsed as error:
            self._writer.alarm(Alarm("card-used-twice", detail))
            text = "This card was already used. Tell security if that was not you."
            raise Refusal(409, "E07", text) from error
        self._on_enrolled(identity)
        return octets


def _month(month: str | None) -> str:
    if month is None or not _MONTH.fullmatch(month):
        raise Refusal(400, "malformed", "A month is written like 2026-11.")
    return month


def _read(body: bytes) -> EnrolmentRequest:
    try:
        return enrolment.parse(body)
    except PackageError as error:
        if error.code == "E02":
            text = "This phone is newer than the server. Ask your administrator to update the server."
            raise Refusal(400, "E02", text) from error
        raise Refusal(400, "malformed", "This is not a first contact.") from error
