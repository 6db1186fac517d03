"""The whole test call in one process: the key service, a user agent, SRTP, and the echo of a real CRS."""

from __future__ import annotations

from pathlib import Path

import pytest

from crypto import mikey
from media.rtp import RTPPacket
from media.srtp import PacketRejected, SRTPReceiver, SRTPSender
from sip.events import Accepted, Ended
from sip.sdp import offer, parse_answer
from tests.crs.office import LOOPBACK, Office
from tests.crs.phone import udp, until
from tests.crs.site import Site
from tests.crs.test_server import Desk
from tests.crypto.callers import ALICE, HOME, NOW, believing
from tests.firmware.phones import Phone

SSRC = 0x11223344


def test_a_phone_hears_its_own_voice_and_the_server_does_not(
    site: Site, office: Office, tmp_path: Path
) -> None:
    initiated, name = Phone(tmp_path / "alice").enrol().custody.initiate_echo(SSRC)
    assert name == "Alice Example"
    sender = SRTPSender(initiated.keys.send, SSRC)
    ear = SRTPReceiver(initiated.keys.receive, SSRC, echo=True)
    ordinary = SRTPReceiver(initiated.keys.receive, SSRC)
    desk = Desk(site.phone(office.cards[0]))
    desk._phone.line.settimeout(10)
    assert desk._phone.ask(desk._phone.register()).status == 200
    desk._phone.line.settimeout(0.01)
    with udp() as voice:
        sdp = offer(LOOPBACK, voice.getsockname()[1], initiated.octets)
        desk.agent.invite("sip:echo@sv.example;user=phone", sdp, 0.0)
        accepted = desk.until(Accepted)
        assert isinstance(accepted, Accepted)
        desk.flush()
        there = parse_answer(accepted.sdp)
        for sequence in range(50):
            said = RTPPacket(96, sequence, 960 * sequence, SSRC, b"voice %02d " % sequence * 8)
            voice.sendto(sender.protect(said), (there.address, there.port))
            octets = voice.recv(2000)
            assert said.payload[:8] not in octets
            assert ear.unprotect(octets) == said
            with pytest.raises(PacketRejected):
                ear.unprotect(octets)  # an echo of the echo is a replay
            with pytest.raises(PacketRejected):
                ordinary.unprotect(octets)  # in any other call our own packets are nobody's voice
        [handle] = desk.agent.calls
        desk.agent.hang_up(handle, 0.0)
        desk.until(Ended)
    until(lambda: len(site.packets) == 50, "every packet at the observer")
    assert not any(b"voice" in packet for packet in site.packets)


def test_what_the_server_saw_of_the_offer_opens_with_the_phones_keys_alone(tmp_path: Path) -> None:
    initiated, _ = Phone(tmp_path / "alice").enrol().custody.initiate_echo(SSRC)
    accepted = mikey.accept(
        initiated.octets,
        callee=HOME.callee(ALICE),
        kms=believing(HOME),
        now=NOW,
        replays=mikey.ReplayCache(),
    )
    assert accepted.keys.receive == initiated.keys.send
    assert initiated.keys.send.expose() not in initiated.octets
