"""SAKKE through its public face: the RFC's values, and everything that must be refused."""

from __future__ import annotations

import copy
import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import sakke
from crypto.errors import EncapsulationRejected, InvalidKey
from tests.oracle import sakke as oracle
from tests.oracle.rfc import SAKKE

MASTER_SECRET = SAKKE.octets("z", 128)
KMS_KEY = SAKKE.point("Z")
RSK = SAKKE.point("Kb")
IDENTIFIER = SAKKE.octets("b")
SSV = SAKKE.octets("SSV", 16)
SED = SAKKE.point("Rb") + SAKKE.octets("H", 16)
P = int(oracle.p)
Q = int(oracle.q)


def coordinate(number: int) -> bytes:
    return number.to_bytes(128, "big")


def flipped(octets: bytes, place: int, mask: int = 1) -> bytes:
    return octets[:place] + bytes([octets[place] ^ mask]) + octets[place + 1 :]


def negative(point: bytes) -> bytes:
    return point[:129] + coordinate(P - int.from_bytes(point[129:257], "big")) + point[257:]


ORDER_2 = b"\x04" + bytes(256)
ORDER_2Q = oracle.encode(oracle.add(oracle.P, oracle.decode(ORDER_2)))
OFF_CURVE = flipped(KMS_KEY, 256)
BAD_POINTS = {
    "infinity": b"\x00" * 257,
    "02 prefix": b"\x02" + KMS_KEY[1:],
    "03 prefix": b"\x03" + KMS_KEY[1:],
    "hybrid prefix": b"\x06" + KMS_KEY[1:],
    "off the curve": OFF_CURVE,
    "x = p": b"\x04" + coordinate(P) + bytes(128),
    "y + p": b"\x04" + bytes(128) + coordinate(P),
    "all ones": b"\x04" + b"\xff" * 256,
    "short": KMS_KEY[:-1],
    "long": KMS_KEY + b"\x00",
    "empty": b"",
    "text": "04",
    "nothing": None,
}
LOADED = sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY)
OFF_GROUP = {"order 2": ORDER_2, "order 2q": ORDER_2Q}


@pytest.fixture(scope="module")
def receiver():
    with sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY) as key:
        yield key


# The values of RFC 6508 Appendix A.


def test_the_kms_public_key_is_the_rfcs():
    assert sakke.kms_public_key(MASTER_SECRET) == KMS_KEY


def test_the_receiver_secret_key_is_the_rfcs():
    assert sakke.extract_rsk(MASTER_SECRET, IDENTIFIER) == RSK


def test_the_rfcs_receiver_secret_key_is_valid():
    sakke.validate_rsk(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY)


def test_the_encapsulated_data_is_the_rfcs():
    assert sakke.encapsulate_ssv(SSV, identifier=IDENTIFIER, kms_public_key=KMS_KEY) == SED
    assert sakke.KMSPublicKey(KMS_KEY).encapsulate(SSV, IDENTIFIER) == SED


def test_the_rfcs_encapsulated_data_opens():
    assert sakke.decapsulate_ssv(SED, rsk=RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY) == SSV


def test_the_base_point_belongs_to_master_secret_one_and_its_negative_to_q_minus_one():
    base = b"\x04" + SAKKE.octets("Px", 128) + SAKKE.octets("Py", 128)
    assert sakke.kms_public_key(coordinate(Q - 1)) == negative(base)
    # (b + z)^-1 = 1 for z = 1 - b: the key is P itself.
    z = (1 - int.from_bytes(IDENTIFIER, "big")) % Q
    assert sakke.extract_rsk(coordinate(z), IDENTIFIER) == base


def test_the_oracle_reproduces_the_inner_values_of_the_rfc():
    r = oracle.hash_to_integer_range(SSV + IDENTIFIER, Q)
    assert r == SAKKE.number("r") == SAKKE.number("htir_v_mod_q")
    assert SAKKE.octets("htir_M") == SSV + IDENTIFIER
    assert oracle.power_of_g(r) == SAKKE.number("g_r")
    assert oracle.pairing(oracle.decode(SAKKE.point("Rb")), oracle.decode(RSK)) == SAKKE.number("w")
    mask = oracle.hash_to_integer_range(SAKKE.octets("w", 128), 2**128)
    assert mask == SAKKE.number("mask")
    assert SAKKE.point("TEST") == SAKKE.point("Rb")
    assert oracle.pairing(oracle.P, oracle.P) == SAKKE.number("g")
    assert (oracle.p, oracle.q) == (SAKKE.number("p"), SAKKE.number("q"))


# Any identifier.


@pytest.mark.parametrize("length", [1, 27, 32, 127, 128, 129, 256, 300, 1024])
def test_a_call_reaches_an_identifier_of_any_length(length):
    identifier = bytes([0xFF]) * length
    rsk = sakke.extract_rsk(MASTER_SECRET, identifier)
    sakke.validate_rsk(rsk, identifier=identifier, kms_public_key=KMS_KEY)
    sed = sakke.encapsulate_ssv(SSV, identifier=identifier, kms_public_key=KMS_KEY)
    assert sakke.decapsulate_ssv(sed, rsk=rsk, identifier=identifier, kms_public_key=KMS_KEY) == SSV


def test_leading_zeros_of_an_identifier_are_hashed_although_the_number_is_the_same():
    padded = b"\x00" + IDENTIFIER
    assert sakke.extract_rsk(MASTER_SECRET, padded) == RSK
    assert sakke.encapsulate_ssv(SSV, identifier=padded, kms_public_key=KMS_KEY) != SED


@pytest.mark.parametrize("identifier", [b"", b"x" * 1025, "tel:+1", None, 5])
def test_an_identifier_that_is_none_is_a_value_error(identifier):
    with pytest.raises(ValueError, match="identifier"):
        sakke.extract_rsk(MASTER_SECRET, identifier)
    with pytest.raises(ValueError, match="identifier"):
        sakke.encapsulate_ssv(SSV, identifier=identifier, kms_public_key=KMS_KEY)
    with pytest.raises(ValueError, match="identifier"):
        sakke.ReceiverKey(RSK, identifier=identifier, kms_public_key=KMS_KEY)


# Keys that are none.


@pytest.mark.parametrize(
    "secret",
    [
        coordinate(0),
        coordinate(1),
        coordinate(Q),
        coordinate(P),
        b"\xff" * 128,
        b"\1" * 127,
        b"\0" * 129,
        None,
        7,
    ],
)
def test_a_master_secret_out_of_range_is_refused(secret):
    with pytest.raises(InvalidKey):
        sakke.kms_public_key(secret)
    with pytest.raises(InvalidKey):
        sakke.extract_rsk(secret, IDENTIFIER)


def test_the_identifier_that_cancels_the_master_secret_has_no_key_and_cannot_be_called():
    z = 0x1234567890ABCDEF
    identifier = coordinate(Q - z)
    with pytest.raises(InvalidKey):
        sakke.extract_rsk(coordinate(z), identifier)
    with pytest.raises(InvalidKey):
        sakke.encapsulate_ssv(SSV, identifier=identifier, kms_public_key=sakke.kms_public_key(coordinate(z)))


@pytest.mark.parametrize("point", [*BAD_POINTS.values(), *OFF_GROUP.values()], ids=[*BAD_POINTS, *OFF_GROUP])
def test_a_kms_public_key_that_is_none_is_refused_everywhere(point):
    with pytest.raises(InvalidKey):
        sakke.KMSPublicKey(point)
    with pytest.raises(InvalidKey):
        sakke.encapsulate_ssv(SSV, identifier=IDENTIFIER, kms_public_key=point)
    with pytest.raises(InvalidKey):
        sakke.validate_rsk(RSK, identifier=IDENTIFIER, kms_public_key=point)
    with pytest.raises(InvalidKey):
        sakke.decapsulate_ssv(SED, rsk=RSK, identifier=IDENTIFIER, kms_public_key=point)


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS)
def test_a_receiver_secret_key_that_is_no_point_is_refused(point):
    with pytest.raises(InvalidKey):
        sakke.validate_rsk(point, identifier=IDENTIFIER, kms_public_key=KMS_KEY)
    with pytest.raises(InvalidKey):
        sakke.ReceiverKey(point, identifier=IDENTIFIER, kms_public_key=KMS_KEY)


def test_a_receiver_secret_key_must_fit_its_identifier_and_kms():
    other = sakke.kms_public_key(coordinate(2))
    rsk_with_small_part = oracle.encode(oracle.add(oracle.decode(RSK), oracle.decode(ORDER_2)))
    for rsk, identifier, key in [
        (RSK, flipped(IDENTIFIER, 3), KMS_KEY),
        (RSK, IDENTIFIER, other),
        (negative(RSK), IDENTIFIER, KMS_KEY),
        (KMS_KEY, IDENTIFIER, KMS_KEY),
        (ORDER_2, IDENTIFIER, KMS_KEY),
        # The pairing is blind to a point of small order added to the key; the check is not.
        (rsk_with_small_part, IDENTIFIER, KMS_KEY),
    ]:
        with pytest.raises(InvalidKey):
            sakke.validate_rsk(rsk, identifier=identifier, kms_public_key=key)


# Encapsulated Data that must not open.


@pytest.mark.parametrize("ssv", [b"", bytes(15), bytes(17), "0" * 16, None])
def test_a_shared_secret_value_has_sixteen_octets(ssv):
    with pytest.raises(ValueError, match="16 octets"):
        sakke.encapsulate_ssv(ssv, identifier=IDENTIFIER, kms_public_key=KMS_KEY)


@pytest.mark.parametrize("point", [*BAD_POINTS.values(), *OFF_GROUP.values()], ids=[*BAD_POINTS, *OFF_GROUP])
def test_encapsulated_data_whose_point_is_none_is_rejected(receiver, point):
    sed = point + SED[257:] if isinstance(point, bytes) else point
    with pytest.raises(EncapsulationRejected):
        receiver.decapsulate(sed)


@pytest.mark.parametrize(
    "sed",
    [
        negative(SED),
        b"\x04" + SAKKE.octets("Px", 128) + SAKKE.octets("Py", 128) + SED[257:],
        KMS_KEY + SED[257:],
        flipped(SED, 257),
        flipped(SED, 272, 0x80),
        flipped(SED, 0, 0x02),
        flipped(SED, 0, 0x06),
        SED[:-1],
        SED + b"\x00",
        SED[:257],
    ],
)
def test_encapsulated_data_with_one_thing_changed_is_rejected(receiver, sed):
    with pytest.raises(EncapsulationRejected) as refusal:
        receiver.decapsulate(sed)
    assert str(refusal.value) == "the Encapsulated Data did not open"


def test_a_receiver_key_of_somebody_else_opens_nothing():
    other = flipped(IDENTIFIER, 24)
    rsk = sakke.extract_rsk(MASTER_SECRET, other)
    with pytest.raises(EncapsulationRejected):
        sakke.decapsulate_ssv(SED, rsk=rsk, identifier=other, kms_public_key=KMS_KEY)
    with pytest.raises(EncapsulationRejected):
        sakke.decapsulate_ssv(SED, rsk=rsk, identifier=IDENTIFIER, kms_public_key=KMS_KEY)


def test_a_multiple_of_r_that_is_not_the_ephemeral_one_is_rejected(receiver):
    # r xor 1 gives a valid point of order q, with the hint of the right r.
    r = SAKKE.number("r") ^ 1
    wrong = oracle.encode(oracle.multiply(r, oracle.receiver_point(IDENTIFIER, KMS_KEY)))
    with pytest.raises(EncapsulationRejected):
        receiver.decapsulate(wrong + SED[257:])


@given(st.one_of(st.binary(max_size=600), st.binary(min_size=272, max_size=272).map(b"\x04".__add__)))
def test_any_octets_are_rejected_and_nothing_else_happens(sed):
    with pytest.raises(EncapsulationRejected):
        LOADED.decapsulate(sed)


# The loaded key.


def test_a_wiped_key_opens_nothing_and_may_be_wiped_again():
    key = sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY)
    assert key.decapsulate(SED) == SSV
    key.wipe()
    key.wipe()
    with pytest.raises(ValueError, match="wiped"):
        key.decapsulate(SED)
    with pytest.raises(ValueError, match="wiped"):
        key.decapsulate(b"too short")


def test_leaving_the_context_wipes_the_key():
    with sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY) as key:
        assert key.decapsulate(SED) == SSV
    with pytest.raises(ValueError, match="wiped"):
        key.decapsulate(SED)


def test_a_key_does_not_show_itself_and_is_never_copied(receiver):
    assert repr(receiver) == str(receiver) == "<ReceiverKey>"
    for escape in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            escape(receiver)
    assert not hasattr(receiver, "__dict__")


def test_wiping_while_others_decapsulate_gives_them_the_secret_or_a_clear_error():
    key = sakke.ReceiverKey(RSK, identifier=IDENTIFIER, kms_public_key=KMS_KEY)
    first_done = threading.Event()
    outcomes = []

    def use():
        try:
            while True:
                outcomes.append(key.decapsulate(SED))
                first_done.set()
        except ValueError as wiped:
            outcomes.append(str(wiped))

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert first_done.wait(30)
    key.wipe()
    for thread in threads:
        thread.join(30)
    assert set(outcomes) == {SSV, "this Receiver Secret Key has been wiped"}
    assert outcomes.count("this Receiver Secret Key has been wiped") == 3


def test_bytearrays_serve_as_well_as_bytes():
    rsk, identifier = bytearray(RSK), bytearray(IDENTIFIER)
    with sakke.ReceiverKey(rsk, identifier=identifier, kms_public_key=bytearray(KMS_KEY)) as key:
        rsk[:] = bytes(len(rsk))
        identifier[:] = bytes(len(identifier))
        assert key.decapsulate(bytearray(SED)) == SSV


def test_a_new_master_secret_is_in_range_and_never_the_same():
    drawn = {sakke.generate_master_secret() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(secret) == 128 and 2 <= int.from_bytes(secret, "big") < Q for secret in drawn)
    assert any(int.from_bytes(secret, "big").bit_length() >= 1021 for secret in drawn)


# Compressed points.


@pytest.mark.parametrize("point", [KMS_KEY, RSK, negative(RSK), SED[:257], ORDER_2, ORDER_2Q])
def test_a_point_comes_back_from_its_compressed_form(point):
    short = sakke.compress_point(point)
    assert len(short) == 129
    assert short[0] == 2 + point[-1] % 2
    assert sakke.decompress_point(short) == point


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS)
def test_what_is_no_point_is_not_compressed(point):
    with pytest.raises(InvalidKey):
        sakke.compress_point(point)


def no_point_at() -> int:
    x = 2
    while oracle.square_root((x**3 - 3 * x) % P) is not None:
        x += 1
    return x


@pytest.mark.parametrize(
    "octets",
    [
        b"\x02" + coordinate(no_point_at()),
        b"\x03" + coordinate(no_point_at()),
        b"\x02" + coordinate(P),
        b"\x02" + b"\xff" * 128,
        b"\x03" + bytes(128),
        b"\x00" + KMS_KEY[1:129],
        b"\x04" + KMS_KEY[1:129],
        b"\x82" + KMS_KEY[1:129],
        b"\x02" + KMS_KEY[1:128],
        b"\x02" + KMS_KEY[1:130],
        KMS_KEY,
        b"",
        None,
    ],
)
def test_a_compressed_form_without_a_point_is_refused(octets):
    with pytest.raises(InvalidKey):
        sakke.decompress_point(octets)
