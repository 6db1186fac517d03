"""SRTP with AEAD_AES_128_GCM."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crypto.secret import Secret
from media.rtp import RTPPacket
from media.srtp import REPLAY_WINDOW, PacketRejected, SRTPReceiver, SRTPSender

MASTER = bytes(range(28))


def packet(sequence: int = 1, ssrc: int = 0xCAFE, payload: bytes = b"sixty octets of voice") -> RTPPacket:
    return RTPPacket(96, sequence, 960 * sequence, ssrc, payload)


@pytest.fixture
def ends():
    return SRTPSender(Secret(MASTER), 0xCAFE), SRTPReceiver(Secret(MASTER))


def test_what_is_protected_is_opened_and_is_sixteen_octets_longer(ends):
    sender, receiver = ends
    sent = sender.protect(packet())
    assert len(sent) == len(packet().encode()) + 16
    assert b"voice" not in sent
    assert receiver.unprotect(sent) == packet()


def test_the_packet_is_what_rfc_7714_says_by_another_implementation(ends):
    # Session key and salt: AES-CM over the master salt with labels 0 and 2 (RFC 3711 §4.3.1, §4.3.3).
    def derive(label: int, length: int) -> bytes:
        block = bytearray(MASTER[16:].ljust(16, b"\0"))
        block[7] ^= label
        return Cipher(algorithms.AES(MASTER[:16]), modes.CTR(bytes(block))).encryptor().update(bytes(length))

    header = packet().encode()[:12]
    iv = bytes(2) + header[8:12] + bytes(4) + header[2:4]
    nonce = bytes(a ^ b for a, b in zip(iv, derive(2, 12), strict=True))
    expected = header + AESGCM(derive(0, 16)).encrypt(nonce, packet().payload, header)
    assert ends[0].protect(packet()) == expected


def test_a_replayed_packet_is_rejected_and_counted(ends):
    sender, receiver = ends
    sent = sender.protect(packet())
    receiver.unprotect(sent)
    with pytest.raises(PacketRejected):
        receiver.unprotect(sent)
    assert receiver.rejected == 1


def test_a_packet_older_than_the_window_is_rejected(ends):
    sender, receiver = ends
    old = sender.protect(packet(1))
    receiver.unprotect(sender.protect(packet(REPLAY_WINDOW + 2)))
    with pytest.raises(PacketRejected):
        receiver.unprotect(old)


def test_every_flipped_bit_is_rejected(ends):
    sender, receiver = ends
    sent = sender.protect(packet())
    for at in range(len(sent) * 8):
        damaged = bytearray(sent)
        damaged[at // 8] ^= 1 << at % 8
        with pytest.raises(PacketRejected):
            receiver.unprotect(bytes(damaged))
    assert receiver.rejected == len(sent) * 8
    assert receiver.unprotect(sent) == packet()


def test_random_octets_of_any_length_are_rejected(ends):
    dice = random.Random(1)
    for length in range(0, 1600, 7):
        with pytest.raises(PacketRejected):
            ends[1].unprotect(dice.randbytes(length))


def test_another_master_opens_nothing(ends):
    with pytest.raises(PacketRejected):
        SRTPReceiver(Secret(MASTER[::-1])).unprotect(ends[0].protect(packet()))


def test_our_own_packets_reflected_to_us_are_rejected():
    """Each direction has a master of its own, so a mirror on the path is no peer."""
    sender, receiver = SRTPSender(Secret(MASTER), 1), SRTPReceiver(Secret(MASTER[::-1]))
    with pytest.raises(PacketRejected):
        receiver.unprotect(sender.protect(packet(ssrc=1)))


def test_a_second_ssrc_under_the_same_key_is_not_let_in(ends):
    sender, receiver = ends
    receiver.unprotect(sender.protect(packet()))
    with pytest.raises(PacketRejected):
        receiver.unprotect(SRTPSender(Secret(MASTER), 0xBEEF).protect(packet(ssrc=0xBEEF)))


def test_the_sequence_number_may_wrap_around(ends):
    sender, receiver = ends
    for n in range(65000, 65536 + 600):
        assert receiver.unprotect(sender.protect(packet(n & 0xFFFF))).sequence == n & 0xFFFF


def test_a_sender_sends_under_its_own_ssrc_only(ends):
    with pytest.raises(ValueError, match="SSRC"):
        ends[0].protect(packet(ssrc=0xBEEF))


def test_a_master_of_another_length_is_refused():
    with pytest.raises(ValueError, match="28 octets"):
        SRTPSender(Secret(MASTER[:27]), 1)


def test_after_wiping_nothing_works_any_more(ends):
    sender, receiver = ends
    sent = sender.protect(packet())
    sender.wipe()
    receiver.wipe()
    with pytest.raises(ValueError, match="wiped"):
        sender.protect(packet(2))
    with pytest.raises(ValueError, match="wiped"):
        receiver.unprotect(sent)
