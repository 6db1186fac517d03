"""A recorded call opened: I_MESSAGE with the escrowed key, streams with the keys that it gives.

Which stream belongs to which call nobody has to say: AES-GCM authenticates each packet, so the right key is
the one under which it opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crypto import mikey, sakke
from crypto.domain import DomainCertificate, NoGeneration, Partner, partner_of, vouches
from crypto.errors import InvalidKey, MessageRejected
from crypto.escrow import Opening
from crypto.fields import month_moment
from crypto.identifier import monthly
from crypto.kms import KMSCertificate
from crypto.replays import ReplayCache
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from media.rtp import RTPPacket
from media.srtp import PacketRejected, SRTPReceiver
from monitor.packets import Stream
from monitor.signalling import Invitation

TRIED = 200
"""Packets at the beginning of a stream of which one at least must open."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One side of a call: which stream it was (its place among all), and its packets with their seconds."""

    stream: int
    packets: tuple[tuple[float, RTPPacket], ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Recording:
    """A call of the record. `closed` says why it did not open; a side is None if no stream is it."""

    invitation: Invitation
    closed: str = ""
    caller: Heard | None = None
    callee: Heard | None = None


class EscrowedKey:
    """One number's key of one month. Raises InvalidKey if it is none. A context manager that wipes it.

    `partners` are whom else we believe about their own numbers, as the phone that was called did.
    """

    def __init__(
        self, opening: Opening, rsk: Secret, domain: DomainCertificate, partners: Sequence[Partner] = ()
    ) -> None:
        self._opening = opening
        self._domain = domain
        self._partners = {one.name: one for one in partners}
        identity = monthly(opening.tel, month_moment(opening.month))
        try:
            public = domain.kms(opening.month).sakke_public_key
        except NoGeneration as error:
            raise InvalidKey("the escrow file has no public key for its own month") from error
        sakke.validate_rsk(rsk.expose(), identifier=identity, kms_public_key=public)
        self._key = sakke.ReceiverKey(rsk.expose(), identifier=identity, kms_public_key=public)

    def __enter__(self) -> EscrowedKey:
        return self

    def __exit__(self, *unused: object) -> None:
        self._key.wipe()

    def why_closed(self, invitation: Invitation) -> str:
        """Say why an I_MESSAGE cannot be opened with this key; '' if it may be."""
        opening = self._opening
        if invitation.callee_kms != self._domain.kms_uri:
            return f"to a number of {invitation.callee_kms}: that organisation's escrow is needed"
        if invitation.callee != opening.tel:
            return f"to {invitation.callee}: only calls TO {opening.tel} open; have that number opened"
        if invitation.month != opening.month:
            return f"of {invitation.month}: only {opening.month} was opened"
        return self._why_unverified(invitation)

    def _why_unverified(self, invitation: Invitation) -> str:
        uri, tel = invitation.caller_kms, invitation.caller
        if not self._vouches(uri, tel):
            if uri not in self._partners and partner_of(self._partners.values(), tel) is None:
                return f"from a number of {uri}, which nobody here knows: add its certificate, --partner FILE"
            return f"not genuine: {uri} has no say about {tel}"
        if self._kms(uri, tel, invitation.month) is None:
            return (
                f"from a number of {uri}, whose keys of {invitation.month} are not here: add its certificate "
                "of that time, --partner FILE"
            )
        return ""

    def keys(self, invitation: Invitation) -> SRTPKeys:
        """Verify the caller and return the keys as the callee had them. Raises MessageRejected."""
        callee = mikey.Callee(self._opening.tel, self._domain.kms_uri, {self._opening.month: self._key})
        accepted = mikey.accept(
            invitation.octets, callee=callee, kms=self._kms, now=invitation.when, replays=ReplayCache()
        )
        return accepted.keys

    def _kms(self, uri: str, tel: str, month: str) -> KMSCertificate | None:
        """Whom we believe about a number: its own KMS, and no other."""
        if not self._vouches(uri, tel):
            return None
        known = self._domain if uri == self._domain.kms_uri else self._partners[uri].domain
        try:
            return known.kms(month)
        except NoGeneration:
            return None

    def _vouches(self, uri: str, tel: str) -> bool:
        return vouches(uri, tel, home=self._domain.kms_uri, partners=self._partners.values())


def recordings(
    key: EscrowedKey, invitations: Sequence[Invitation], streams: Sequence[Stream]
) -> list[Recording]:
    """Open what opens, and say of each call why not."""
    opened = []
    for invitation in invitations:
        closed = key.why_closed(invitation)
        if closed:
            opened.append(Recording(invitation, closed))
            continue
        try:
            keys = key.keys(invitation)
        except MessageRejected:
            opened.append(Recording(invitation, "not genuine"))
            continue
        caller, callee = heard(keys.receive, streams), heard(keys.send, streams)
        keys.wipe()
        closed = "" if caller or callee else "the capture holds none of its packets"
        opened.append(Recording(invitation, closed, caller, callee))
    return opened


def heard(master: Secret, streams: Sequence[Stream]) -> Heard | None:
    """Return the stream that opens with a master; of copies, as before and behind a relay, the fullest."""
    found = [
        one for place, stream in enumerate(streams) if (one := _opened(master, place, stream)) is not None
    ]
    return max(found, key=lambda one: len(one.packets), default=None)


def _opened(master: Secret, place: int, stream: Stream) -> Heard | None:
    receiver = SRTPReceiver(master)
    packets = []
    try:
        for count, (at, octets) in enumerate(stream.packets, 1):
            try:
                packets.append((at, receiver.unprotect(octets)))
            except PacketRejected:
                if not packets and count >= TRIED:
                    return None
        return Heard(place, tuple(packets), receiver.rejected) if packets else None
    finally:
        receiver.wipe()
