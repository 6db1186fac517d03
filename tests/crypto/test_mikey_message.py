"""I_MESSAGEs as octets: what is accepted comes back unchanged, all else is malformed and nothing worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import MalformedMessage
from crypto.mikey_message import MESSAGE_OCTETS, IMessage, parse
from crypto.mikey_payloads import (
    CryptoSession,
    Encapsulation,
    GeneralExtension,
    GenericSession,
    Identity,
    IDRole,
    IDScheme,
    IDType,
    MapType,
    Payload,
    Rand,
    SecurityPolicy,
    SRTPSession,
    Timestamp,
    TimestampType,
)

WHEN = datetime(2026, 11, 22, 18, 0, 0, 250_000, tzinfo=UTC)

T = Timestamp.at(WHEN)
RAND = Rand(bytes(range(16)))
SAKKE = Encapsulation(IDScheme.MONTHLY_TEL, b"\x04" + bytes(272))
INITIATOR = Identity(IDRole.INITIATOR, IDType.URI, b"tel:+447700900123")
POLICY = SecurityPolicy(0, 0, ((0, b"\x06"), (1, b"\x10")))

MESSAGE = IMessage(
    csb_id=0x0A0B0C0D,
    map_type=MapType.SRTP_ID,
    sessions=(SRTPSession(0, 0x11223344, 0), SRTPSession(0, 0, 0)),
    payloads=(T, RAND, INITIATOR, POLICY, SAKKE),
    signature=bytes(129),
)


def with_payloads(*payloads: Payload) -> bytes:
    return replace(MESSAGE, payloads=payloads).encode()


def test_a_small_message_octet_by_octet() -> None:
    header = "01 1a 05 01 0a0b0c0d 02 0000 11223344 0000000000 00000000 00000000"
    t = "0b 00 eeadac20 40000000"
    rand = "0e 10 000102030405060708090a0b0c0d0e0f"
    idr = "0a 01 01 0011" + b"tel:+447700900123".hex()
    sp = "1a 00 00 0006 00 01 06 01 01 10"
    sakke = "04 01 01 0111 04" + "00" * 272
    sign = "2081" + "00" * 129
    assert MESSAGE.encode() == bytes.fromhex(header + t + rand + idr + sp + sakke + sign)


FOREIGN = {
    "no sessions": replace(MESSAGE, map_type=MapType.EMPTY, sessions=()),
    "no sessions in an SRTP map": replace(MESSAGE, sessions=()),
    "generic sessions": replace(
        MESSAGE,
        map_type=MapType.GENERIC_ID,
        sessions=(
            GenericSession(6, 0, True, b"\0\1", b"\0" * 10, b"\1\2\3\4"),
            GenericSession(7, 0, False, b"", b"", b""),
        ),
    ),
    "hidden identities": replace(
        MESSAGE,
        payloads=(
            T,
            RAND,
            Identity(IDRole.INITIATOR_UID, IDType.OCTETS, bytes(32)),
            Identity(IDRole.RESPONDER_UID, IDType.OCTETS, bytes(32)),
            SAKKE,
        ),
    ),
    "extensions": replace(
        MESSAGE, payloads=(T, RAND, GeneralExtension(6, bytes(278)), SAKKE, GeneralExtension(200, b""))
    ),
    "NTP": replace(MESSAGE, payloads=(Timestamp(TimestampType.NTP, T.value), RAND, SAKKE)),
    "hashed UID": replace(MESSAGE, payloads=(T, RAND, Encapsulation(IDScheme.HASHED_UID, bytes(273)))),
    "long RAND": replace(MESSAGE, payloads=(T, Rand(bytes(255)), SAKKE)),
    "MIKEY-1 and V": replace(MESSAGE, prf=0, verification_wanted=True),
    "several policies": replace(MESSAGE, payloads=(T, RAND, POLICY, SecurityPolicy(1, 0, ()), SAKKE)),
}


@pytest.mark.parametrize("message", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_others_may_send_is_read_and_comes_back_unchanged(message: IMessage) -> None:
    assert parse(message.encode()) == message


sessions: st.SearchStrategy[tuple[MapType, list[CryptoSession]]] = st.one_of(
    st.just((MapType.EMPTY, [])),
    st.tuples(
        st.just(MapType.SRTP_ID),
        st.lists(
            st.builds(SRTPSession, st.integers(0, 255), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)),
            max_size=5,
        ),
    ),
    st.tuples(
        st.just(MapType.GENERIC_ID),
        st.lists(
            st.builds(
                GenericSession,
                st.integers(0, 255),
                st.integers(0, 255),
                st.booleans(),
                st.binary(max_size=127),
                st.binary(max_size=40),
                st.binary(max_size=255),
            ),
            max_size=5,
        ),
    ),
)
identities = st.lists(
    st.builds(
        Identity, st.sampled_from(IDRole), st.sampled_from(IDType), st.binary(min_size=1, max_size=100)
    ),
    unique_by=lambda identity: identity.role,
)
others = st.lists(
    st.one_of(
        st.builds(
            SecurityPolicy,
            st.integers(0, 255),
            st.integers(0, 255),
            st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=20)), max_size=8).map(tuple),
        ),
        st.builds(GeneralExtension, st.integers(0, 255), st.binary(max_size=300)),
    ),
    max_size=3,
)


@st.composite
def messages(draw: st.DrawFn) -> IMessage:
    map_type, entries = draw(sessions)
    timestamp = Timestamp(draw(st.sampled_from(TimestampType)), draw(st.binary(min_size=8, max_size=8)))
    sakke = Encapsulation(draw(st.sampled_from(IDScheme)), draw(st.binary(min_size=273, max_size=273)))
    rand = Rand(draw(st.binary(min_size=16, max_size=64)))
    payloads = [timestamp, rand, sakke, *draw(identities), *draw(others)]
    return IMessage(
        csb_id=draw(st.integers(0, 2**32 - 1)),
        map_type=map_type,
        sessions=tuple(entries),
        payloads=tuple(draw(st.permutations(payloads))),
        signature=draw(st.binary(min_size=129, max_size=129)),
        prf=draw(st.integers(0, 127)),
        verification_wanted=draw(st.booleans()),
    )


@given(messages())
def test_every_message_comes_back_unchanged(message: IMessage) -> None:
    assert parse(message.encode()) == message
    assert parse(message.encode()).encode() == message.encode()


@given(messages(), st.data())
def test_a_damaged_message_is_malformed_or_comes_back_unchanged(
    message: IMessage, data: st.DataObject
) -> None:
    octets = bytearray(message.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    check_law(bytes(octets))


@given(st.binary(max_size=600))
def test_any_octets_are_malformed_or_come_back_unchanged(octets: bytes) -> None:
    check_law(octets)
    check_law(MESSAGE.encode()[:10] + octets)


def check_law(octets: bytes) -> None:
    try:
        message = parse(octets)
    except MalformedMessage:
        return
    assert message.encode() == octets
    assert message.signed_part() + message.signature == octets


def test_every_truncation_is_malformed() -> None:
    octets = MESSAGE.encode()
    for length in range(len(octets)):
        with pytest.raises(MalformedMessage):
            parse(octets[:length])


def changed(at: int, value: int) -> bytes:
    octets = bytearray(MESSAGE.encode())
    octets[at] = value
    return bytes(octets)


SIGN_AT = len(MESSAGE.encode()) - 131

BAD = {
    "something after the signature": MESSAGE.encode() + b"\0",
    "two messages": MESSAGE.encode() * 2,
    "another version": changed(0, 2),
    "a pre-shared key message": changed(1, 0),
    "an unknown payload": changed(2, 99),
    "an encrypted key payload": changed(2, 1),
    "an unknown map": changed(9, 3),
    "an empty map with sessions": changed(9, 1),
    "more sessions than there are": changed(8, 255),
    "a counter as timestamp": with_payloads(T, RAND, SAKKE).replace(
        b"\x0b\x00" + T.value, b"\x0b\x02" + T.value
    ),
    "an RSA signature": changed(SIGN_AT, 0x00),
    "a shorter signature": changed(SIGN_AT + 1, 0x80),
    "no timestamp": with_payloads(RAND, SAKKE),
    "two timestamps": with_payloads(T, RAND, T, SAKKE),
    "no RAND": with_payloads(T, SAKKE),
    "two RANDs": with_payloads(T, RAND, Rand(bytes(16)), SAKKE),
    "a short RAND": with_payloads(T, Rand(bytes(15)), SAKKE),
    "no SAKKE": with_payloads(T, RAND),
    "two SAKKEs": with_payloads(T, RAND, SAKKE, SAKKE),
    "a short SAKKE": with_payloads(T, RAND, Encapsulation(IDScheme.MONTHLY_TEL, bytes(272))),
    "two initiators": with_payloads(T, RAND, INITIATOR, INITIATOR, SAKKE),
    "an empty identity": with_payloads(T, RAND, replace(INITIATOR, identity=b""), SAKKE),
    "an endless identity": with_payloads(T, RAND, replace(INITIATOR, identity=b"x" * 513), SAKKE),
    "too many payloads": with_payloads(T, RAND, SAKKE, *[GeneralExtension(0, b"")] * 30),
    "too many octets": with_payloads(T, RAND, SAKKE, GeneralExtension(0, bytes(MESSAGE_OCTETS))),
}


@pytest.mark.parametrize("octets", BAD.values(), ids=BAD.keys())
def test_what_is_not_an_i_message_is_malformed(octets: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse(octets)


def test_the_bad_messages_are_bad_for_one_reason_only() -> None:
    """Each comes from this message, which is good; so what was changed is what was refused."""
    assert parse(MESSAGE.encode()) == MESSAGE
    assert parse(with_payloads(T, RAND, SAKKE))
    assert parse(with_payloads(T, RAND, SAKKE, *[GeneralExtension(0, b"")] * 29))


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_timestamp_keeps_its_microsecond_and_its_era(when: datetime) -> None:
    assert Timestamp.at(when).when == when


def test_a_timestamp_is_ntp_time() -> None:
    epoch = Timestamp.at(datetime(1970, 1, 1, tzinfo=UTC))
    assert int.from_bytes(epoch.value[:4], "big") == 2_208_988_800
    after_the_turn = datetime(2036, 2, 7, 6, 28, 16, tzinfo=UTC) + timedelta(seconds=5)
    assert Timestamp.at(after_the_turn).value == bytes.fromhex("0000000500000000")


def test_a_timestamp_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Timestamp.at(datetime(2026, 11, 22))
