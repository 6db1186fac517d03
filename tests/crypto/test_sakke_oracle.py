"""The C core and the gmpy2 oracle agree on 200 random cases of each SAKKE operation."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from crypto import sakke
from crypto.errors import EncapsulationRejected, InvalidKey
from tests.oracle import sakke as oracle

CASES = 200
Q = int(oracle.q)


@dataclass(frozen=True)
class Case:
    """One random KMS, identifier and secret, with what the oracle makes of them."""

    master_secret: int
    identifier: bytes
    ssv: bytes
    kms_key: bytes
    rsk: bytes


@pytest.fixture(scope="module")
def cases():
    # The seed is fixed so that a disagreement can be repeated.
    draw = random.Random(0x5A11E)
    made = []
    for number in range(CASES):
        # Small master secrets and odd lengths of identifiers come up as well as the usual ones.
        z = draw.randrange(2, 2 ** draw.choice([8, 160, 1021])) if number % 10 == 0 else draw.randrange(2, Q)
        length = draw.choice([1, 32, 130, 200]) if number % 10 == 1 else 27
        identifier = draw.randbytes(length)
        made.append(
            Case(
                master_secret=z,
                identifier=identifier,
                ssv=draw.randbytes(16),
                kms_key=oracle.kms_public_key(z),
                rsk=oracle.extract_rsk(z, identifier),
            )
        )
    return made


def test_both_make_the_same_kms_public_keys_and_receiver_secret_keys(cases):
    for case in cases:
        master_secret = case.master_secret.to_bytes(128, "big")
        assert sakke.kms_public_key(master_secret) == case.kms_key
        assert sakke.extract_rsk(master_secret, case.identifier) == case.rsk


def test_both_make_the_same_encapsulated_data_and_open_it(cases):
    for case in cases:
        sed = sakke.encapsulate_ssv(case.ssv, identifier=case.identifier, kms_public_key=case.kms_key)
        assert sed == oracle.encapsulate(case.ssv, case.identifier, case.kms_key)
        with sakke.ReceiverKey(case.rsk, identifier=case.identifier, kms_public_key=case.kms_key) as key:
            assert key.decapsulate(sed) == case.ssv
        assert oracle.decapsulate(sed, case.rsk, case.identifier, case.kms_key) == case.ssv


def test_both_find_the_same_receiver_secret_keys_valid(cases):
    draw = random.Random(0xBAD)
    for number, case in enumerate(cases):
        # Every other key is one that does not fit: somebody else's, or the negative.
        rsk = case.rsk
        if number % 4 == 1:
            rsk = cases[draw.randrange(CASES)].rsk
        elif number % 4 == 3:
            x, y = oracle.decode(rsk)
            rsk = oracle.encode((x, oracle.p - y))
        if oracle.rsk_is_valid(rsk, case.identifier, case.kms_key):
            assert rsk == case.rsk
            sakke.validate_rsk(rsk, identifier=case.identifier, kms_public_key=case.kms_key)
        else:
            assert rsk != case.rsk
            with pytest.raises(InvalidKey):
                sakke.validate_rsk(rsk, identifier=case.identifier, kms_public_key=case.kms_key)


def test_both_compress_and_decompress_alike(cases):
    draw = random.Random(0xC0DE)
    refused = 0
    for case in cases:
        short = sakke.compress_point(case.rsk)
        assert oracle.decompress(short) == case.rsk
        assert sakke.decompress_point(short) == case.rsk
        # About half of all x have a point.
        anything = bytes([draw.choice([2, 3])]) + draw.randrange(int(oracle.p)).to_bytes(128, "big")
        expected = oracle.decompress(anything)
        if expected is None:
            refused += 1
            with pytest.raises(InvalidKey):
                sakke.decompress_point(anything)
        else:
            assert sakke.decompress_point(anything) == expected
    assert CASES // 4 < refused < CASES * 3 // 4


def test_a_thousand_random_corruptions_of_encapsulated_data_are_rejected(cases):
    draw = random.Random(0xDEAD)
    case = cases[0]
    kms = sakke.KMSPublicKey(case.kms_key)
    seds = [kms.encapsulate(draw.randbytes(16), case.identifier) for _ in range(20)]

    def flip_bits(sed: bytes, first: int, last: int) -> bytes:
        spoiled = bytearray(sed)
        for _ in range(draw.randrange(1, 4)):
            spoiled[draw.randrange(first, last)] ^= 1 << draw.randrange(8)
        return bytes(spoiled)

    def another_length(sed: bytes) -> bytes:
        return (
            sed[: draw.randrange(273)] if draw.random() < 0.5 else sed + draw.randbytes(draw.randrange(1, 40))
        )

    def another_point(sed: bytes) -> bytes:
        # A point of the curve and of order q, and the hint of this one.
        return seds[draw.randrange(20)][:257] + draw.randbytes(16)

    def a_point_of_any_order(sed: bytes) -> bytes:
        while True:
            octets = oracle.decompress(b"\x02" + draw.randrange(int(oracle.p)).to_bytes(128, "big"))
            if octets is not None:
                return octets + sed[257:]

    def negative(sed: bytes) -> bytes:
        x, y = oracle.decode(sed[:257])
        return oracle.encode((x, oracle.p - y)) + sed[257:]

    # The first kinds never get as far as the pairing, the others all pass through it.
    kinds = (
        [lambda sed: flip_bits(sed, 0, 257)] * 550
        + [another_length] * 150
        + [lambda sed: flip_bits(sed, 257, 273)] * 130
        + [another_point] * 80
        + [a_point_of_any_order] * 70
        + [negative] * 20
    )
    assert len(kinds) == 1000
    with sakke.ReceiverKey(case.rsk, identifier=case.identifier, kms_public_key=case.kms_key) as key:
        for sed in seds:
            assert len(key.decapsulate(sed)) == 16
        for spoil in kinds:
            sed = seds[draw.randrange(20)]
            spoiled = spoil(sed)
            # Two flips may cancel out; what is still the original must still open.
            if spoiled in seds:
                spoiled = bytes([spoiled[0] ^ 2]) + spoiled[1:]
            with pytest.raises(EncapsulationRejected):
                key.decapsulate(spoiled)
