"""The C core and the gmpy2 oracle agree on 200 random cases of each ECCSI operation."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from crypto import eccsi
from crypto._core import Output, lib, view
from crypto.errors import InvalidKey, SignatureRejected
from tests.oracle import eccsi as oracle
from tests.oracle.rfc import ECCSI

CASES = 200
Q = int(oracle.q)


@dataclass(frozen=True)
class Case:
    """One random KMS, identifier, signing key and message, as the oracle makes them."""

    ksak: int
    identifier: bytes
    v: int
    message: bytes
    j: int
    kpak: bytes
    ssk: bytes
    pvt: bytes


@pytest.fixture(scope="module")
def cases():
    draw = random.Random(0xECC51)
    made = []
    for number in range(CASES):
        ksak, v, j = (
            draw.randrange(1, 2 ** draw.choice([8, 255]) if number % 10 == 0 else Q) for _ in range(3)
        )
        identifier = draw.randbytes(draw.choice([1, 27, 32, 500]))
        ssk, pvt = oracle.extract_ssk(ksak, identifier, v)
        made.append(
            Case(
                ksak=ksak,
                identifier=identifier,
                v=v,
                message=draw.randbytes(draw.choice([0, 1, 64, 400, 3000])),
                j=j,
                kpak=oracle.kms_public_key(ksak),
                ssk=ssk,
                pvt=pvt,
            )
        )
    return made


def sign_with_j(case: Case, j: int) -> bytes:
    """Sign with a j from outside, which the public face never takes."""
    output = Output(129)
    status = lib.eccsi_sign_with_j(
        output.view,
        129,
        view(case.message),
        len(case.message),
        view(case.ssk),
        32,
        view(case.pvt),
        65,
        view(case.identifier),
        len(case.identifier),
        view(case.kpak),
        65,
        view(j.to_bytes(32, "big")),
        32,
    )
    assert status == lib.STATUS_OK
    return output.take()


def test_the_rfcs_j_gives_the_rfcs_signature():
    case = Case(
        ksak=ECCSI.number("KSAK"),
        identifier=ECCSI.octets("ID"),
        v=ECCSI.number("v"),
        message=ECCSI.octets("M"),
        j=ECCSI.number("j"),
        kpak=ECCSI.octets("KPAK", 65),
        ssk=ECCSI.octets("SSK", 32),
        pvt=ECCSI.octets("PVT", 65),
    )
    assert sign_with_j(case, case.j) == ECCSI.octets("Sig", 129)


def test_both_make_the_same_keys(cases):
    for case in cases:
        ksak = case.ksak.to_bytes(32, "big")
        assert eccsi.kms_public_key(ksak) == case.kpak
        made = eccsi.extract_ssk(ksak, case.identifier, v=case.v.to_bytes(32, "big"))
        assert made == (case.ssk, case.pvt)


def test_both_find_the_same_signing_keys_valid(cases):
    for number, case in enumerate(cases):
        ssk = case.ssk if number % 2 else oracle.octets((int.from_bytes(case.ssk, "big") + 1) % Q)
        if oracle.ssk_is_valid(ssk, case.pvt, case.identifier, case.kpak):
            assert number % 2
            eccsi.validate_ssk(ssk, case.pvt, identifier=case.identifier, kpak=case.kpak)
        else:
            assert not number % 2
            with pytest.raises(InvalidKey):
                eccsi.validate_ssk(ssk, case.pvt, identifier=case.identifier, kpak=case.kpak)


def test_both_make_the_same_signatures_and_verify_each_others(cases):
    for case in cases:
        expected = oracle.sign(case.message, case.ssk, case.pvt, case.identifier, case.kpak, case.j)
        assert sign_with_j(case, case.j) == expected
        eccsi.verify(expected, case.message, identifier=case.identifier, kpak=case.kpak)
        fresh = eccsi.sign(
            case.message, ssk=case.ssk, pvt=case.pvt, identifier=case.identifier, kpak=case.kpak
        )
        assert oracle.signature_is_valid(fresh, case.message, case.identifier, case.kpak)


def test_both_decompress_alike(cases):
    draw = random.Random(0xC0DE)
    refused = 0
    for case in cases:
        assert eccsi.decompress_point(eccsi.compress_point(case.pvt)) == case.pvt
        anything = bytes([draw.choice([2, 3])]) + draw.randrange(int(oracle.p)).to_bytes(32, "big")
        expected = oracle.decompress(anything)
        if expected is None:
            refused += 1
            with pytest.raises(InvalidKey):
                eccsi.decompress_point(anything)
        else:
            assert eccsi.decompress_point(anything) == expected
    assert CASES // 4 < refused < CASES * 3 // 4


def test_a_thousand_random_corruptions_of_a_signed_message_are_rejected(cases):
    draw = random.Random(0xDEAD)

    def flip_bit(octets: bytes) -> bytes:
        place = draw.randrange(len(octets))
        return octets[:place] + bytes([octets[place] ^ 1 << draw.randrange(8)]) + octets[place + 1 :]

    for number in range(1000):
        case = cases[draw.randrange(CASES)]
        message, identifier, kpak = case.message + b"!", case.identifier, case.kpak
        signature = eccsi.sign(message, ssk=case.ssk, pvt=case.pvt, identifier=identifier, kpak=kpak)
        kind = number % 8
        if kind < 3:
            signature = flip_bit(signature)
        elif kind == 3:
            message = flip_bit(message)
        elif kind == 4:
            identifier = flip_bit(identifier)
        elif kind == 5:
            kpak = oracle.kms_public_key(draw.randrange(1, 1000))
        elif kind == 6:
            # The token of another key of the same identifier: a point of the curve.
            signature = signature[:64] + eccsi.extract_ssk(case.ksak.to_bytes(32, "big"), identifier)[1]
        else:
            signature = draw.randbytes(64) + signature[64:]
        with pytest.raises(SignatureRejected):
            eccsi.verify(signature, message, identifier=identifier, kpak=kpak)
