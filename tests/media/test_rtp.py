"""RTP packets, ours and theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import rtp

PACKET = rtp.RTPPacket(
    payload_type=96, sequence=7, timestamp=960, ssrc=0xDECAF, payload=b"voice", marker=True
)


def test_a_packet_has_twelve_octets_of_header_as_rfc_3550_draws_them():
    assert PACKET.encode() == bytes.fromhex("80e00007000003c0000decaf") + b"voice"


@given(
    payload_type=st.integers(0, 127),
    sequence=st.integers(0, 0xFFFF),
    timestamp=st.integers(0, 0xFFFFFFFF),
    ssrc=st.integers(0, 0xFFFFFFFF),
    payload=st.binary(max_size=200),
    marker=st.booleans(),
)
def test_what_we_build_we_read(payload_type, sequence, timestamp, ssrc, payload, marker):
    packet = rtp.RTPPacket(payload_type, sequence, timestamp, ssrc, payload, marker)
    assert rtp.parse(packet.encode()) == packet


def test_csrcs_extension_and_padding_of_others_are_skipped():
    plain = PACKET.encode()
    decorated = (
        bytes([0x80 | 0x20 | 0x10 | 2])
        + plain[1:12]
        + b"CSRC" * 2
        + b"\xbe\xde\0\1EXTN"
        + b"voice"
        + b"\0\0\3"
    )
    assert rtp.parse(decorated).payload == b"voice"


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(PACKET.encode()[:11], id="half a header"),
        pytest.param(b"\x00" + PACKET.encode()[1:], id="version 0"),
        pytest.param(b"\xc0" + PACKET.encode()[1:], id="version 3"),
        pytest.param(b"\x8f" + PACKET.encode()[1:], id="fifteen CSRCs that are not there"),
        pytest.param(b"\x90" + PACKET.encode()[1:12] + b"\xbe\xde", id="half an extension header"),
        pytest.param(b"\x90" + PACKET.encode()[1:12] + b"\xbe\xde\xff\xff", id="an endless extension"),
        pytest.param(b"\xa0" + PACKET.encode()[1:12] + b"\x00", id="padding of nothing"),
        pytest.param(b"\xa0" + PACKET.encode()[1:12] + b"\xff", id="padding longer than the packet"),
        pytest.param(PACKET.encode() + bytes(1400), id="longer than any packet of ours"),
    ],
)
def test_garbage_is_refused(octets):
    with pytest.raises(rtp.MalformedPacket):
        rtp.parse(octets)


@given(st.binary(max_size=1500))
def test_any_octets_are_a_packet_or_a_malformed_packet(octets):
    try:
        packet = rtp.parse(octets)
    except rtp.MalformedPacket:
        return
    assert len(packet.payload) <= len(octets) - rtp.HEADER_OCTETS


def test_rtcp_is_told_from_rtp_with_a_marker():
    assert rtp.is_rtcp(bytes([0x80, 200]) + bytes(6))
    assert not rtp.is_rtcp(PACKET.encode())
    assert not rtp.is_rtcp(b"")
