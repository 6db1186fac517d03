"""ECCSI through its public face: the RFC's values, and everything that must be refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import eccsi
from crypto.errors import InvalidKey, SignatureRejected
from tests.oracle import eccsi as oracle
from tests.oracle.rfc import ECCSI

KSAK = ECCSI.octets("KSAK", 32)
KPAK = ECCSI.octets("KPAK", 65)
IDENTIFIER = ECCSI.octets("ID")
V = ECCSI.octets("v", 32)
PVT = ECCSI.octets("PVT", 65)
SSK = ECCSI.octets("SSK", 32)
MESSAGE = ECCSI.octets("M")
SIGNATURE = ECCSI.octets("Sig", 129)
P = int(oracle.p)
Q = int(oracle.q)


def number(n: int) -> bytes:
    return n.to_bytes(32, "big")


def flipped(octets: bytes, place: int, mask: int = 1) -> bytes:
    return octets[:place] + bytes([octets[place] ^ mask]) + octets[place + 1 :]


def negative(point: bytes) -> bytes:
    return point[:33] + number(P - int.from_bytes(point[33:], "big"))


def verify(signature, message=MESSAGE, identifier=IDENTIFIER, kpak=KPAK):
    eccsi.verify(signature, message, identifier=identifier, kpak=kpak)


BAD_SCALARS = {
    "zero": bytes(32),
    "q": number(Q),
    "all ones": b"\xff" * 32,
    "short": bytes(31),
    "long": bytes(33),
    "empty": b"",
    "text": "1" * 32,
    "nothing": None,
}
BAD_POINTS = {
    "infinity": b"\x00",
    "zeros": bytes(65),
    "02 prefix": b"\x02" + PVT[1:],
    "compressed": b"\x02" + PVT[1:33],
    "hybrid": bytes([6 + PVT[-1] % 2]) + PVT[1:],
    "off the curve": flipped(PVT, 64),
    "x = p": b"\x04" + number(P) + PVT[33:],
    "short": PVT[:-1],
    "long": PVT + b"\x00",
    "empty": b"",
    "nothing": None,
}


# The values of RFC 6507 Appendix A.


def test_the_kms_public_authentication_key_is_the_rfcs():
    assert eccsi.kms_public_key(KSAK) == KPAK


def test_the_signing_key_and_token_are_the_rfcs():
    assert eccsi.extract_ssk(KSAK, IDENTIFIER, v=V) == (SSK, PVT)


def test_the_rfcs_signing_key_is_valid():
    eccsi.validate_ssk(SSK, PVT, identifier=IDENTIFIER, kpak=KPAK)


def test_the_rfcs_signature_verifies():
    verify(SIGNATURE)
    assert ECCSI.octets("r", 32) + ECCSI.octets("s", 32) + PVT == SIGNATURE


def test_the_oracle_reproduces_the_inner_values_of_the_rfc():
    g = ECCSI.octets("G", 65)
    assert g == oracle.encode(oracle.G)
    assert (oracle.p, oracle.q, oracle.B) == tuple(ECCSI.number(name) for name in ("p", "q", "B"))
    hs = oracle.hash_number(g, KPAK, IDENTIFIER, PVT)
    assert hs == ECCSI.number("HS")
    assert oracle.hash_number(oracle.octets(hs), ECCSI.octets("r", 32), MESSAGE) == ECCSI.number("HE")
    assert oracle.encode(oracle.multiply(ECCSI.number("j"), oracle.G)) == ECCSI.octets("J", 65)
    y = oracle.add(oracle.multiply(int(hs), oracle.decode(PVT)), oracle.decode(KPAK))
    assert oracle.encode(y) == ECCSI.octets("Y", 65)
    assert oracle.sign(MESSAGE, SSK, PVT, IDENTIFIER, KPAK, ECCSI.number("j")) == SIGNATURE


# Signing.


@pytest.mark.parametrize("message", [b"", b"\x00", b"m" * 55, b"m" * 64, b"m" * 100_000])
def test_a_message_of_any_length_is_signed_and_verifies(message):
    verify(eccsi.sign(message, ssk=SSK, pvt=PVT, identifier=IDENTIFIER, kpak=KPAK), message)


def test_no_two_signatures_of_one_message_are_alike():
    signatures = {eccsi.sign(MESSAGE, ssk=SSK, pvt=PVT, identifier=IDENTIFIER, kpak=KPAK) for _ in range(50)}
    assert len({signature[:32] for signature in signatures}) == 50


def test_no_two_keys_of_one_identifier_are_alike_and_all_are_valid():
    keys = {eccsi.extract_ssk(KSAK, IDENTIFIER) for _ in range(20)}
    assert len({pvt for _, pvt in keys}) == len({ssk for ssk, _ in keys}) == 20
    for ssk, pvt in keys:
        eccsi.validate_ssk(ssk, pvt, identifier=IDENTIFIER, kpak=KPAK)


def test_new_kms_keys_are_in_range_and_never_the_same():
    drawn = {eccsi.generate_ksak() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(ksak) == 32 and 0 < int.from_bytes(ksak, "big") < Q for ksak in drawn)


# Keys that are none.


@pytest.mark.parametrize("scalar", BAD_SCALARS.values(), ids=BAD_SCALARS)
def test_a_scalar_out_of_range_is_refused(scalar):
    with pytest.raises(InvalidKey):
        eccsi.kms_public_key(scalar)
    with pytest.raises(InvalidKey):
        eccsi.extract_ssk(scalar, IDENTIFIER)
    with pytest.raises(InvalidKey):
        eccsi.validate_ssk(scalar, PVT, identifier=IDENTIFIER, kpak=KPAK)
    with pytest.raises(InvalidKey):
        eccsi.sign(MESSAGE, ssk=scalar, pvt=PVT, identifier=IDENTIFIER, kpak=KPAK)
    if scalar is not None:
        with pytest.raises(InvalidKey):
            eccsi.extract_ssk(KSAK, IDENTIFIER, v=scalar)


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS)
def test_a_token_that_is_no_point_is_refused(point):
    with pytest.raises(InvalidKey):
        eccsi.validate_ssk(SSK, point, identifier=IDENTIFIER, kpak=KPAK)
    with pytest.raises(InvalidKey):
        eccsi.sign(MESSAGE, ssk=SSK, pvt=point, identifier=IDENTIFIER, kpak=KPAK)
    if point is not None:
        with pytest.raises(SignatureRejected):
            verify(SIGNATURE[:64] + point)


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS)
def test_a_kms_key_that_is_no_point_is_refused_everywhere(point):
    with pytest.raises(InvalidKey):
        eccsi.validate_ssk(SSK, PVT, identifier=IDENTIFIER, kpak=point)
    with pytest.raises(InvalidKey):
        eccsi.sign(MESSAGE, ssk=SSK, pvt=PVT, identifier=IDENTIFIER, kpak=point)
    with pytest.raises(InvalidKey):
        verify(SIGNATURE, kpak=point)


def test_a_signing_key_must_fit_its_token_identifier_and_kms():
    other_kpak = eccsi.kms_public_key(number(7))
    _, other_pvt = eccsi.extract_ssk(KSAK, IDENTIFIER)
    for ssk, pvt, identifier, kpak in [
        (number(ECCSI.number("SSK") ^ 1), PVT, IDENTIFIER, KPAK),
        (number(Q - ECCSI.number("SSK")), PVT, IDENTIFIER, KPAK),
        (SSK, other_pvt, IDENTIFIER, KPAK),
        (SSK, negative(PVT), IDENTIFIER, KPAK),
        (SSK, PVT, flipped(IDENTIFIER, 9), KPAK),
        (SSK, PVT, IDENTIFIER, other_kpak),
        (SSK, PVT, IDENTIFIER, negative(KPAK)),
    ]:
        with pytest.raises(InvalidKey):
            eccsi.validate_ssk(ssk, pvt, identifier=identifier, kpak=kpak)


@pytest.mark.parametrize("identifier", [b"", b"x" * 1025, "tel:+1", None])
def test_an_identifier_that_is_none_is_a_value_error(identifier):
    with pytest.raises(ValueError, match="identifier"):
        eccsi.extract_ssk(KSAK, identifier)
    with pytest.raises(ValueError, match="identifier"):
        eccsi.sign(MESSAGE, ssk=SSK, pvt=PVT, identifier=identifier, kpak=KPAK)
    with pytest.raises(ValueError, match="identifier"):
        verify(SIGNATURE, identifier=identifier)


@pytest.mark.parametrize("message", ["text", None])
def test_a_message_that_is_not_octets_is_a_value_error(message):
    with pytest.raises(ValueError, match="message"):
        eccsi.sign(message, ssk=SSK, pvt=PVT, identifier=IDENTIFIER, kpak=KPAK)
    with pytest.raises(ValueError, match="message"):
        verify(SIGNATURE, message)


# Signatures that must not verify.


@pytest.mark.parametrize("place", range(129))
def test_a_signature_with_any_octet_changed_is_rejected(place):
    with pytest.raises(SignatureRejected) as refusal:
        verify(flipped(SIGNATURE, place, 1 << place % 8))
    assert str(refusal.value) == "the signature did not verify"


@pytest.mark.parametrize(
    "signature",
    [
        bytes(32) + SIGNATURE[32:],
        SIGNATURE[:32] + bytes(32) + SIGNATURE[64:],
        SIGNATURE[:32] + number(Q) + SIGNATURE[64:],
        SIGNATURE[:32] + b"\xff" * 32 + SIGNATURE[64:],
        number(Q) + SIGNATURE[32:],
        number(P) + SIGNATURE[32:],
        SIGNATURE[32:64] + SIGNATURE[:32] + SIGNATURE[64:],
        SIGNATURE[:64] + negative(PVT),
        SIGNATURE[:64] + KPAK,
        SIGNATURE[:-1],
        SIGNATURE + b"\x00",
        b"",
        bytes(129),
        "r",
        None,
    ],
)
def test_a_signature_that_is_none_is_rejected(signature):
    with pytest.raises(SignatureRejected):
        verify(signature)


def test_a_signer_met_before_is_checked_as_strictly():
    # From the third time on, what the signatures of one signer have in common is remembered.
    ssk, pvt = eccsi.extract_ssk(KSAK, IDENTIFIER)
    signature = eccsi.sign(b"first", ssk=ssk, pvt=pvt, identifier=IDENTIFIER, kpak=KPAK)
    for _ in range(4):
        verify(signature, b"first")
        again = eccsi.sign(b"again", ssk=ssk, pvt=pvt, identifier=IDENTIFIER, kpak=KPAK)
        verify(again, b"again")
        for bad in [
            flipped(again, 31),
            flipped(again, 63),
            flipped(again, 100),
            bytes(32) + again[32:],
            again[:32] + bytes(32) + again[64:],
            again[:32] + number(Q) + again[64:],
            again[:64] + PVT,
            again[:128],
        ]:
            with pytest.raises(SignatureRejected):
                verify(bad, b"again")
        with pytest.raises(SignatureRejected):
            verify(again, b"first")
        with pytest.raises(SignatureRejected):
            verify(again, b"again", identifier=IDENTIFIER + b"\0")
        with pytest.raises(SignatureRejected):
            verify(again, b"again", kpak=eccsi.kms_public_key(number(77)))


def test_more_signers_than_are_remembered_all_verify():
    keys = [eccsi.extract_ssk(KSAK, IDENTIFIER) for _ in range(eccsi.SIGNERS_KEPT + 5)]
    signed = [eccsi.sign(b"m", ssk=ssk, pvt=pvt, identifier=IDENTIFIER, kpak=KPAK) for ssk, pvt in keys]
    for _ in range(3):
        for signature in signed:
            verify(signature, b"m")


def test_a_signature_holds_for_its_message_identifier_and_kms_only():
    with pytest.raises(SignatureRejected):
        verify(SIGNATURE, MESSAGE + b"\x00")
    with pytest.raises(SignatureRejected):
        verify(SIGNATURE, MESSAGE[:-1])
    with pytest.raises(SignatureRejected):
        verify(SIGNATURE, identifier=flipped(IDENTIFIER, 20))
    with pytest.raises(SignatureRejected):
        verify(SIGNATURE, identifier=IDENTIFIER[:-1])
    with pytest.raises(SignatureRejected):
        verify(SIGNATURE, kpak=eccsi.kms_public_key(number(7)))


def test_both_s_and_q_minus_s_verify_as_the_rfc_allows():
    mirrored = SIGNATURE[:32] + number(Q - int.from_bytes(SIGNATURE[32:64], "big")) + SIGNATURE[64:]
    verify(mirrored)


@given(st.one_of(st.binary(max_size=300), st.binary(min_size=64, max_size=64).map(lambda rs: rs + PVT)))
def test_any_octets_are_rejected_and_nothing_else_happens(signature):
    with pytest.raises(SignatureRejected):
        verify(signature)


# Compressed points.


@pytest.mark.parametrize("point", [KPAK, PVT, negative(PVT), ECCSI.octets("J", 65)])
def test_a_point_comes_back_from_its_compressed_form(point):
    short = eccsi.compress_point(point)
    assert len(short) == 33
    assert short[0] == 2 + point[-1] % 2
    assert eccsi.decompress_point(short) == point


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS)
def test_what_is_no_point_is_not_compressed(point):
    with pytest.raises(InvalidKey):
        eccsi.compress_point(point)


def no_point_at() -> bytes:
    x = 1
    while oracle.decompress(b"\x02" + number(x)) is not None:
        x += 1
    return number(x)


@pytest.mark.parametrize(
    "octets",
    [
        b"\x02" + no_point_at(),
        b"\x03" + no_point_at(),
        b"\x02" + number(P),
        b"\x02" + b"\xff" * 32,
        b"\x00" + PVT[1:33],
        b"\x04" + PVT[1:33],
        b"\x02" + PVT[1:32],
        b"\x00",
        PVT,
        b"",
        None,
    ],
)
def test_a_compressed_form_without_a_point_is_refused(octets):
    with pytest.raises(InvalidKey):
        eccsi.decompress_point(octets)
