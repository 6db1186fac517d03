"""The house profile: what is offered, what is refused, what a relay may touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip import sdp
from sip.errors import OurMistake, TheirMistake

MIKEY = b"\x01\x1a\x05\x00" + bytes(range(256)) * 2
OFFER = sdp.offer("192.0.2.7", 40000, MIKEY, session_id=5)
KEY_LINE = next(line for line in OFFER.split(b"\r\n") if line.startswith(b"a=key-mgmt"))


def test_an_offer_is_read_back_as_it_was_made() -> None:
    offer = sdp.parse_offer(OFFER)
    assert offer == sdp.Offer("192.0.2.7", 40000, 96, "sendrecv", 20, MIKEY)


def test_an_offer_says_constant_bit_rate_without_silence_suppression() -> None:
    assert b"cbr=1" in OFFER
    assert b"usedtx=0" in OFFER
    assert b"a=rtpmap:96 opus/48000/2\r\n" in OFFER
    assert b"m=audio 40000 RTP/SAVP 96\r\n" in OFFER


def test_an_answer_repeats_the_payload_type_and_carries_no_key() -> None:
    octets = sdp.answer("2001:db8::7", 41000, payload_type=101, session_id=6)
    assert sdp.parse_answer(octets) == sdp.Answer("2001:db8::7", 41000, 101, "sendrecv", 20)
    assert b"key-mgmt" not in octets
    assert b"c=IN IP6 2001:db8::7\r\n" in octets


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a=ptime:20", b"a=ptime:20\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA"),
        (b"t=0 0", b"t=0 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA"),
        (b"a=ptime:20", b"a=CRYPTO:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA"),
        (b"a=ptime:20", b"a=fingerprint:sha-256 00:11"),
        (b"t=0 0", b"t=0 0\r\na=fingerprint:sha-256 00:11"),
        (b"a=ptime:20", b"a=setup:actpass"),
        (b"a=ptime:20", b"a=candidate:1 1 UDP 1 192.0.2.1 9 typ host"),
        (b"t=0 0", b"k=base64:AAAA\r\nt=0 0"),
        (b"RTP/SAVP", b"RTP/AVP"),
        (b"RTP/SAVP", b"RTP/SAVPF"),
        (b"RTP/SAVP", b"UDP/TLS/RTP/SAVP"),
        (b"RTP/SAVP", b"rtp/savp"),
        (KEY_LINE + b"\r\n", b""),
        (KEY_LINE, KEY_LINE + b"\r\n" + KEY_LINE),
        (b"t=0 0\r\n", b"t=0 0\r\n" + KEY_LINE + b"\r\n"),
        (b"key-mgmt:mikey", b"key-mgmt:mikey-x"),
        (b"key-mgmt:mikey", b"key-mgmt:keyp"),
        (b"key-mgmt:mikey ", b"key-mgmt:mikey  "),
        (b"key-mgmt:mikey", b"Key-Mgmt:mikey"),
        (KEY_LINE, KEY_LINE + b"="),
        (KEY_LINE, KEY_LINE[:-1]),
        (KEY_LINE, KEY_LINE + b"\0"),
        (KEY_LINE, KEY_LINE + b" AAAA"),
        (KEY_LINE, b"a=key-mgmt:mikey "),
        (KEY_LINE, b"a=key-mgmt:mikey AB=="),
        (KEY_LINE, b"a=key-mgmt:mikey " + b"AAAA" * 2000),
        (b"opus/48000/2", b"PCMU/8000"),
        (b"opus/48000/2", b"opus/48000/1"),
        (b"opus/48000/2", b"opus/48000/2/3"),
        (b"a=rtpmap:96", b"a=rtpmap:97"),
        (b"a=ptime:20", b"a=rtpmap:97 PCMU/8000"),
        (b"RTP/SAVP 96", b"RTP/SAVP 96 0"),
        (b"RTP/SAVP 96", b"RTP/SAVP 0"),
        (b"RTP/SAVP 96", b"RTP/SAVP 128"),
        (b"a=ptime:20", b"a=ptime:60"),
        (b"m=audio 40000", b"m=audio 0"),
        (b"m=audio 40000", b"m=audio 65536"),
        (b"m=audio 40000", b"m=audio 40000/2"),
        (b"m=audio", b"m=video"),
        (b"a=rtcp-mux\r\n", b"a=rtcp-mux\r\nm=audio 40002 RTP/SAVP 96\r\n"),
        (b"c=IN IP4 192.0.2.7", b"c=IN IP4 house.example.org"),
        (b"c=IN IP4 192.0.2.7", b"c=IN IP6 192.0.2.7"),
        (b"c=IN IP4 192.0.2.7", b"c=IN IP4 192.0.2.777"),
        (b"c=IN IP4 192.0.2.7\r\n", b""),
        (b"c=IN IP4 192.0.2.7", b"c=IN IP4 192.0.2.7\r\nc=IN IP4 192.0.2.8"),
        (b"a=sendrecv", b"a=sendrecv\r\na=inactive"),
        (b"v=0", b"v=1"),
        (b"v=0\r\n", b""),
        (b"o=- 5 1", b"o=- five 1"),
        (b"s=-", b"s=\xff"),
        (b"s=-", b"s=a\rm=audio"),
        (b"s=-", b"stray"),
        (b"s=-", b"s=" + b"x" * 17000),
    ],
)
def test_any_other_profile_is_refused_with_488(old: bytes, new: bytes) -> None:
    assert old in OFFER
    with pytest.raises(TheirMistake) as caught:
        sdp.parse_offer(OFFER.replace(old, new))
    assert caught.value.status == 488


def test_the_key_may_stand_with_the_media_as_well_but_not_in_both_places() -> None:
    moved = OFFER.replace(KEY_LINE + b"\r\n", b"") + KEY_LINE + b"\r\n"
    assert moved != OFFER
    assert sdp.parse_offer(moved) == sdp.parse_offer(OFFER)
    with pytest.raises(TheirMistake) as caught:
        sdp.parse_offer(OFFER + KEY_LINE + b"\r\n")
    assert caught.value.status == 488


def test_an_answer_with_a_key_or_in_clear_is_refused() -> None:
    answer = sdp.answer("192.0.2.8", 41000)
    for octets in (OFFER, answer.replace(b"SAVP", b"AVP"), answer + b"a=crypto:1 X inline:AAAA\r\n", b""):
        with pytest.raises(TheirMistake) as caught:
            sdp.parse_answer(octets)
        assert caught.value.status == 488


def test_unknown_attributes_and_bare_line_feeds_do_no_harm() -> None:
    octets = OFFER.replace(b"a=sendrecv", b"a=sendrecv\r\na=x-house:yes").replace(b"\r\n", b"\n")
    assert sdp.parse_offer(octets) == sdp.parse_offer(OFFER)


def test_a_relay_changes_addresses_and_port_and_not_one_octet_more() -> None:
    octets = OFFER + b"a=x-odd: \xff\xfe c=IN IP4 9.9.9.9 m=audio 1 \r\n"
    rewritten = sdp.relay_rewrite(octets, "198.51.100.9", 30002)
    expected = octets.replace(b"192.0.2.7", b"198.51.100.9").replace(b"audio 40000", b"audio 30002")
    assert rewritten == expected
    assert KEY_LINE in rewritten


def test_a_relay_may_change_the_address_family() -> None:
    rewritten = sdp.relay_rewrite(OFFER, "2001:db8::9", 30002)
    assert b"c=IN IP6 2001:db8::9\r\n" in rewritten
    assert b"o=- 5 1 IN IP6 2001:db8::9\r\n" in rewritten
    assert sdp.parse_offer(rewritten).mikey == MIKEY


def test_a_relay_refuses_what_it_could_not_point_at_itself() -> None:
    for octets in (
        b"",
        OFFER.replace(b"c=IN IP4 192.0.2.7\r\n", b""),
        OFFER + b"m=audio 5 RTP/SAVP 96\r\n",
        OFFER + b"m=video 5 RTP/SAVP 96\r\n",
        OFFER.replace(b"o=- 5", b"o=- x"),
        OFFER + b"a=" + b"x" * 17000,
    ):
        with pytest.raises(TheirMistake) as caught:
            sdp.relay_rewrite(octets, "198.51.100.9", 30002)
        assert caught.value.status == 488


def test_our_own_bad_arguments_are_our_mistake() -> None:
    for address, port in (("house.example.org", 40000), ("192.0.2.7", 0), ("192.0.2.7\r\na=crypto:x", 1)):
        with pytest.raises(OurMistake):
            sdp.offer(address, port, MIKEY)
        with pytest.raises(OurMistake):
            sdp.relay_rewrite(OFFER, address, port)
    for mikey in (b"", b"x" * 4097):
        with pytest.raises(OurMistake):
            sdp.offer("192.0.2.7", 40000, mikey)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda at, junk: OFFER[:at] + junk + OFFER[at + len(junk) :],
            st.integers(0, len(OFFER)),
            st.binary(max_size=6),
        ),
        st.builds(lambda at, end: OFFER[:at] + OFFER[end:], st.integers(0, 300), st.integers(0, 300)),
    )
)
def test_any_octets_are_an_offer_or_488(octets: bytes) -> None:
    for parse in (sdp.parse_offer, sdp.parse_answer, lambda sdp_: sdp.relay_rewrite(sdp_, "192.0.2.9", 9)):
        statuses = {488}
        try:
            parse(octets)
        except TheirMistake as mistake:
            statuses.add(mistake.status)
        assert statuses == {488}
