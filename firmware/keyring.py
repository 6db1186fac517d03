"""An identity made ready for calls: every key loaded once, with its tables, until it is wiped."""

from __future__ import annotations

import logging
from datetime import datetime

from crypto import certificates, mikey, sakke
from crypto.domain import NoGeneration, partner_of, vouches
from crypto.errors import InvalidKey, MessageRejected
from crypto.identifier import month_of
from crypto.kms import KMSCertificate
from crypto.mikey import Accepted, Callee, CalleeKMS, Caller, Initiated
from crypto.replays import ReplayCache
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from firmware.directory import Directory
from firmware.interfaces import Refused
from firmware.vault_format import Enrolled, HeldMonth

_log = logging.getLogger("sottovoce.keys")


class Keyring:
    """The loaded keys of an enrolled identity. Raises InvalidKey if one of them is none."""

    def __init__(self, enrolled: Enrolled, before: Keyring | None = None) -> None:
        """Load the keys; those of months that the ring `before` has loaded are taken over from it."""
        identity = enrolled.identity
        loaded: dict[str, sakke.ReceiverKey] = {} if before is None else before._receiver_keys
        self.enrolled = enrolled
        self._names = dict(enrolled.directory)
        self._revoked: dict[str, frozenset[bytes]] = {}
        for one in (enrolled.revoked, *enrolled.partners_revoked, *enrolled.partners_fetched):
            # What either way of a partner's list says is revoked.
            self._revoked[one.domain] = self._revoked.get(one.domain, frozenset()) | one.hashes
        self.directory = Directory(enrolled.directory)
        self._public_keys: dict[bytes, sakke.KMSPublicKey] = {} if before is None else before._public_keys
        for held in identity.months:
            self._public_key(held.kms)
        self._receiver_keys: dict[str, sakke.ReceiverKey] = {
            held.month: loaded.get(held.month)
            or sakke.ReceiverKey(
                held.rsk.expose(),
                identifier=identity.identifier(held.month),
                kms_public_key=held.kms.sakke_public_key,
            )
            for held in identity.months
        }

    def initiate(self, callee: str, ssrc: int, now: datetime) -> tuple[Initiated, str]:
        """Make an I_MESSAGE to a number; return it with the callee's name in our directory, or ''.

        The KMS of a partner's number is the partner's, that of every other one our own. Refused E30 without
        keys for this month, E31 if a partner has sent none for it, E33 for what is no number.
        """
        identity, month = self.enrolled.identity, month_of(now)
        held = self._held(month)
        if held is None:
            raise _no_keys()
        caller = Caller(identity.tel, held.ssk, held.pvt, held.kms)
        try:
            called = self._called(callee, held)
            initiated = mikey.initiate(
                caller=caller, callee_tel=callee, callee_kms=called, when=now, ssrc=ssrc
            )
        except ValueError as error:
            raise Refused(code="E33", text="this is no number that can have keys") from error
        return initiated, self._name(callee)

    def _held(self, month: str) -> HeldMonth | None:
        return next((held for held in self.enrolled.identity.months if held.month == month), None)

    def _called(self, tel: str, held: HeldMonth) -> CalleeKMS:
        """Return the KMS of whoever has a number. Refused E31 if a partner has sent no keys of this month."""
        partner = partner_of(self.enrolled.partners, tel)
        try:
            kms = held.kms if partner is None else partner.domain.kms(held.month)
            return CalleeKMS(kms.kms_uri, self._public_key(kms))
        except (NoGeneration, InvalidKey) as error:
            _log.warning("a partner has no usable keys for this month")
            text = "the other organisation has sent no keys for this month: ask for new ones"
            raise Refused(code="E31", text=text) from error

    def _public_key(self, kms: KMSCertificate) -> sakke.KMSPublicKey:
        """Return Z, loaded once: what is made ready for a callee is of use again."""
        octets = kms.sakke_public_key
        if octets not in self._public_keys:
            self._public_keys[octets] = sakke.KMSPublicKey(octets)
        return self._public_keys[octets]

    def _kms(self, kms_uri: str, tel: str, month: str) -> KMSCertificate | None:
        """Return a KMS if it may sign for a number in a month (`mikey.KMSBook`).

        A partner's KMS has no say about our numbers or another partner's, and ours has none about theirs.
        """
        enrolled, identity = self.enrolled, self.enrolled.identity
        if not vouches(kms_uri, tel, home=identity.domain, partners=enrolled.partners):
            return None
        partner, held = partner_of(enrolled.partners, tel), self._held(month)
        if partner is None:
            return None if held is None else held.kms
        try:
            return partner.domain.kms(month)
        except NoGeneration:
            return None

    def _name(self, tel: str) -> str:
        """Return a number's name in our directory, the organisation if it is a partner's, or ''."""
        partner = partner_of(self.enrolled.partners, tel)
        return self._names.get(tel, "" if partner is None else partner.organisation)

    def accept(self, message: bytes, now: datetime, replays: ReplayCache) -> tuple[Accepted, str]:
        """Verify and open an I_MESSAGE; return it with the caller's name in our directory, or ''.

        Refused E34 for everything that may be wrong with it; E30 if we have no keys for this month: then
        nothing opens, whatever it is.
        """
        try:
            accepted = self._opened(message, now, replays)
        except MessageRejected:
            if self._held(month_of(now)) is None:
                raise _no_keys() from None
            raise _not_verified() from None
        identity = self.enrolled.identity
        foreign = accepted.caller_kms_uri != identity.domain
        if accepted.caller_tel == identity.tel or (foreign and accepted.caller_tel in self._names):
            # Nobody calls himself: this is the message of a test call, sent back to us. And whatever a prefix
            # says: about the numbers of our own directory no partner has a say.
            accepted.keys.wipe()
            raise _not_verified()
        return accepted, self._name(accepted.caller_tel)

    def initiate_echo(self, ssrc: int, now: datetime) -> tuple[Initiated, str]:
        """Make an I_MESSAGE to ourselves and open it as a callee would; return it with our own name.

        Its keys decrypt what they encrypt. Refused E30 without keys for this month, E37 if the message does
        not verify, does not open, or opens to other keys. The replay cache of calls is not touched.
        """
        initiated, name = self.initiate(self.enrolled.identity.tel, ssrc, now)
        try:
            accepted = self._opened(initiated.octets, now, ReplayCache())
        except MessageRejected:
            initiated.keys.wipe()
            raise _own_test_failed() from None
        ours, theirs = initiated.keys, accepted.keys
        same = ours.send == theirs.receive and ours.receive == theirs.send
        theirs.wipe()
        if not same or accepted.caller_tel != self.enrolled.identity.tel:
            ours.wipe()
            raise _own_test_failed()
        ours.receive.wipe()
        echoed = SRTPKeys(send=ours.send, receive=Secret(ours.send.expose()))
        return Initiated(initiated.octets, echoed), name

    def _opened(self, message: bytes, now: datetime, replays: ReplayCache) -> Accepted:
        identity = self.enrolled.identity
        return mikey.accept(
            message,
            callee=Callee(identity.tel, identity.domain, self._receiver_keys),
            kms=self._kms,
            now=now,
            replays=replays,
            revoked=self._revoked,
        )

    def tls_client(self) -> tuple[str, str, Secret]:
        """Return client certificate, trust anchor and private key, all PEM."""
        identity = self.enrolled.identity
        return (
            certificates.certificate_pem(self.enrolled.client_certificate),
            certificates.trust_anchor(identity.domain, identity.domain_key),
            Secret(certificates.private_key_pem(identity.tls_key).encode()),
        )

    def give_way(self, after: Keyring) -> None:
        """Wipe what the ring `after`, made from this one, does not hold any more."""
        kept = {held.month for held in after.enrolled.identity.months}
        for held in self.enrolled.identity.months:
            if held.month not in kept:
                held.rsk.wipe()
                held.ssk.wipe()
                self._receiver_keys[held.month].wipe()
        known = {month for month, _ in after.enrolled.bulletin_keys}
        for month, key in self.enrolled.bulletin_keys:
            if month not in known:
                key.wipe()
        if after.enrolled.identity.transport_key != self.enrolled.identity.transport_key:
            self.enrolled.identity.transport_key.wipe()

    def wipe(self) -> None:
        """Wipe every secret: the tables of the receiver keys, and the identity's own."""
        for key in self._receiver_keys.values():
            key.wipe()
        for _, bulletin_key in self.enrolled.bulletin_keys:
            bulletin_key.wipe()
        self.enrolled.identity.wipe()


def _no_keys() -> Refused:
    return Refused(code="E30", text="this phone has no keys for this month: ask for new ones")


def _not_verified() -> Refused:
    _log.warning("an I_MESSAGE was refused")
    return Refused(code="E34", text="the caller could not be verified: tell security")


def _own_test_failed() -> Refused:
    _log.error("an I_MESSAGE to ourselves was refused")
    return Refused(code="E37", text="the keys of this phone fail their own test: enrol it again")
