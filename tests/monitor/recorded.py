"""Calls as somebody recorded them: I_MESSAGEs in a trace, and what was spoken as SRTP in a capture."""

from __future__ import annotations

import base64
import io
import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import dpkt

from crypto import escrow, mikey, signed
from crypto.domain import DomainCertificate, Partner
from crypto.escrow import Opening
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from media.codec import PERIOD, RATE, RTP_TICKS, Encoder
from media.rtp import RTPPacket
from media.srtp import SRTPSender
from tests.crypto.callers import BOB, HOME, KMS, NOW, PARTNER
from tests.firmware.issuing import QUICK

WORDS = "words for the officer"
KARL = "+493012345601"
"""A partner's number."""
DOMAIN_PRIVATE = Secret(bytes(range(1, 33)))
RELAY = ("192.0.2.9", 16400)
CALLER_HZ, CALLEE_HZ = 440, 1000


def own() -> DomainCertificate:
    known = HOME.domain
    return DomainCertificate(known.kms_uri, signed.public_key(DOMAIN_PRIVATE), known.generations)


def partner(kms: KMS = PARTNER, domain: DomainCertificate | None = None) -> Partner:
    """The organisation whose numbers begin as Karl's does."""
    return Partner(domain or kms.domain, "Partner GmbH", f"crs.{kms.uri}:5061", (KARL[:9],))


def escrow_file(
    tel: str = BOB,
    when: datetime = NOW,
    *,
    to: bytes = b"",
    kms: KMS = HOME,
    partners: Sequence[Partner] = (),
) -> bytes:
    """What the CMS hands out for a number and the month of a moment."""
    opening = Opening(kms.uri, tel, mikey.month_of(when), "42", int(NOW.timestamp()), bytes(32))
    words = "" if to else WORDS
    return escrow.build(
        opening,
        Secret(kms.rsk(tel, when)),
        own=own(),
        domain_private=DOMAIN_PRIVATE,
        passphrase=words,
        to=to,
        partners=partners,
        cost=QUICK,
    )


def tone(hertz: float, periods: int) -> list[bytes]:
    encoder = Encoder()
    frames = [int(12000 * math.sin(2 * math.pi * hertz * at / RATE)) for at in range(periods * PERIOD)]
    pieces = [frames[at : at + PERIOD] for at in range(0, len(frames), PERIOD)]
    return [encoder.encode(struct.pack(f"<{PERIOD}h", *piece)) for piece in pieces]


@dataclass
class Record:
    """A trace of signalling and a capture that grow with each call."""

    trace: list[bytes] = field(default_factory=list)
    frames: list[tuple[float, bytes]] = field(default_factory=list)

    def call(
        self,
        caller: str,
        callee: str = BOB,
        *,
        when: datetime = NOW,
        kms: KMS = HOME,
        called: KMS = HOME,
        periods: int = 50,
        silent: bool = False,
    ) -> SRTPKeys:
        """One call: the caller hums 440 Hz, the callee 1,000 Hz; each packet passes the relay."""
        made = mikey.initiate(
            caller=kms.caller(caller, when), callee_tel=callee, callee_kms=called.called(), when=when, ssrc=7
        )
        line = base64.b64encode(made.octets).decode()
        self.trace.append(json.dumps({"at": 1.5, "event": "invite", "mikey": line}).encode())
        if not silent:
            self.hum(made.keys.send, 7, when, CALLER_HZ, ("192.0.2.1", 40000), ("192.0.2.2", 40002), periods)
            self.hum(
                made.keys.receive, 9, when, CALLEE_HZ, ("192.0.2.2", 40002), ("192.0.2.1", 40000), periods
            )
        return made.keys

    def hum(
        self,
        master: Secret,
        ssrc: int,
        when: datetime,
        hertz: float,
        source: tuple[str, int],
        target: tuple[str, int],
        periods: int,
    ) -> None:
        sender = SRTPSender(master, ssrc)
        for at, payload in enumerate(tone(hertz, periods)):
            packet = RTPPacket(
                96, (65500 + at) & 0xFFFF, (2**32 - 960 + at * RTP_TICKS) % 2**32, ssrc, payload
            )
            octets = sender.protect(packet)
            moment = (when + timedelta(milliseconds=20 * at)).timestamp()
            self.frames.append((moment, frame(source, RELAY, octets)))
            self.frames.append((moment, frame(RELAY, target, octets)))

    def noise(self, octets: bytes) -> None:
        self.frames.append((NOW.timestamp(), frame(("192.0.2.3", 53), ("192.0.2.4", 53), octets)))

    def signalling(self) -> bytes:
        return b"\n".join(self.trace)

    def capture(self, *, pcapng: bool = False) -> bytes:
        file = io.BytesIO()
        writer = (dpkt.pcapng.Writer if pcapng else dpkt.pcap.Writer)(file)
        for at, octets in sorted(self.frames, key=lambda one: one[0]):
            writer.writepkt(octets, at)
        return file.getvalue()


def frame(source: tuple[str, int], target: tuple[str, int], octets: bytes) -> bytes:
    """Ethernet, IPv4, UDP."""
    udp = dpkt.udp.UDP(sport=source[1], dport=target[1], data=octets, ulen=8 + len(octets))
    packet = dpkt.ip.IP(src=_ip(source[0]), dst=_ip(target[0]), p=17, data=udp, len=28 + len(octets))
    return bytes(dpkt.ethernet.Ethernet(type=0x0800, data=packet))


def _ip(text: str) -> bytes:
    return bytes(map(int, text.split(".")))
