"""SRTP with AEAD_AES_128_GCM (RFC 3711, RFC 7714): a session for each direction, with its own master."""

from __future__ import annotations

import pylibsrtp

from crypto.secret import Secret
from crypto.srtp_keys import MASTER_OCTETS
from media import rtp

TAG_OCTETS = 16
REPLAY_WINDOW = 1024
"""Packets: 20 s of voice, far beyond any reordering the jitter buffer could use (RFC 3711 §3.3.2)."""


class PacketRejected(Exception):
    """A packet failed authentication or replay protection. Nothing is said about which."""


def _session(master: Secret, ssrc_type: int, ssrc: int = 0) -> pylibsrtp.Session:
    if len(master) != MASTER_OCTETS:
        raise ValueError(f"an AEAD_AES_128_GCM master has {MASTER_OCTETS} octets of key and salt")
    policy = pylibsrtp.Policy(
        key=master.expose(),
        ssrc_type=ssrc_type,
        ssrc_value=ssrc,
        srtp_profile=pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    )
    policy.window_size = REPLAY_WINDOW
    session = pylibsrtp.Session(policy)
    # libsrtp has derived its session keys; the policy's copy of the master has done its work.
    policy.key[:] = bytes(MASTER_OCTETS)  # type: ignore[index]  # a writable buffer, whatever its stub says
    return session


class SRTPSender:
    """Protects what we send. One master serves one SSRC in one sender, ever: a GCM nonce must not repeat."""

    def __init__(self, master: Secret, ssrc: int) -> None:
        self._ssrc = ssrc
        self._session: pylibsrtp.Session | None = _session(master, pylibsrtp.Policy.SSRC_SPECIFIC, ssrc)

    def protect(self, packet: rtp.RTPPacket) -> bytes:
        """Return the SRTP packet, 16 octets longer. Raises ValueError after `wipe()` or for another SSRC."""
        if self._session is None:
            raise ValueError("this SRTP session has been wiped")
        if packet.ssrc != self._ssrc:
            raise ValueError("a packet with an SSRC that is not ours")
        return bytes(self._session.protect(packet.encode()))

    def wipe(self) -> None:
        """End the session; libsrtp overwrites its keys as it goes."""
        self._session = None


class SRTPReceiver:
    """Opens what we hear. The first authenticated packet fixes the SSRC; no other is let in after it.

    `ours` is the SSRC that we send with: with `echo` it is the one we hear, otherwise it never is.
    """

    def __init__(self, master: Secret, ours: int | None = None, *, echo: bool = False) -> None:
        if echo and ours is None:
            raise ValueError("an echo is heard under the SSRC that we send with")
        self._session: pylibsrtp.Session | None = _session(master, pylibsrtp.Policy.SSRC_ANY_INBOUND)
        self._refused = None if echo else ours
        self.ssrc: int | None = ours if echo else None
        self.rejected = 0
        """Packets that failed authentication or replay protection, or were no packets at all."""

    def unprotect(self, octets: bytes) -> rtp.RTPPacket:
        """Verify and open a datagram. Raises PacketRejected, having counted it; ValueError after `wipe()`."""
        if self._session is None:
            raise ValueError("this SRTP session has been wiped")
        if not rtp.HEADER_OCTETS + TAG_OCTETS <= len(octets) <= rtp.MAX_OCTETS:
            self.rejected += 1
            raise PacketRejected("rejected")
        try:
            packet = rtp.parse(self._session.unprotect(octets))
        except (pylibsrtp.Error, rtp.MalformedPacket):
            self.rejected += 1
            raise PacketRejected("rejected") from None
        if packet.ssrc == self._refused or self.ssrc not in (None, packet.ssrc):
            self.rejected += 1
            raise PacketRejected("rejected")
        self.ssrc = packet.ssrc
        return packet

    def wipe(self) -> None:
        """End the session; libsrtp overwrites its keys as it goes."""
        self._session = None
