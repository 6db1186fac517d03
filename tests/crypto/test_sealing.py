"""Envelopes under a code and to a device."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, sealing
from crypto.errors import PackageError
from crypto.sealing import Cost
from crypto.secret import Secret

QUICK = Cost(memory=3, passes=1)
PRIVATE = Secret(bytes(range(32)))
PUBLIC = sealing.transport_public(PRIVATE)


def test_what_is_sealed_under_a_code_opens_with_it():
    sealed = sealing.seal_under_code(b"the vault", "0123456789", context=b"here", cost=QUICK)
    assert sealing.open_with_code(sealed, "0123456789", context=b"here") == b"the vault"


def test_a_passphrase_opens_in_either_unicode_spelling():
    sealed = sealing.seal_under_code(b"the vault", "caf\u00e9", context=b"", cost=QUICK)
    assert sealing.open_with_code(sealed, "cafe\u0301", context=b"") == b"the vault"


def test_the_default_guess_costs_64_mib_and_three_passes():
    sealed = sealing.seal_under_code(b"the vault", "code", context=b"")
    assert cbor.decode(sealed, max_octets=200)[1:3] == [16, 3]


@pytest.mark.parametrize(
    ("code", "context"), [("0123456788", b"here"), ("0123456789", b"there"), ("", b"here")]
)
def test_another_code_or_context_does_not_open(code, context):
    sealed = sealing.seal_under_code(b"the vault", "0123456789", context=b"here", cost=QUICK)
    with pytest.raises(PackageError) as refused:
        sealing.open_with_code(sealed, code, context=context)
    assert refused.value.code == "E10"


def test_an_envelope_of_a_newer_version_says_so():
    sealed = cbor.encode([2, "whatever it holds then"])
    with pytest.raises(PackageError) as refused:
        sealing.open_with_code(sealed, "code", context=b"")
    assert refused.value.code == "E02"


@pytest.mark.parametrize(("memory", "passes"), [(19, 1), (3, 17), (3, 0), (2, 1), (2**63, 1), (-1, 1)])
def test_an_envelope_that_asks_for_too_much_work_is_refused_before_any(memory, passes):
    sealed = cbor.encode([1, memory, passes, bytes(16), bytes(40)])
    with pytest.raises(PackageError) as refused:
        sealing.open_with_code(sealed, "code", context=b"")
    assert refused.value.code == "E03"


@settings(max_examples=60)
@given(st.data())
def test_no_changed_octet_of_an_envelope_opens(data):
    sealed = bytearray(sealing.seal_under_code(b"the vault", "code", context=b"", cost=QUICK))
    # The octet of the pass count may only name costs that are quick to try here; it is bound by the seal too.
    at = data.draw(st.sampled_from([at for at in range(len(sealed)) if at not in (2, 3)]))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PackageError) as refused:
        sealing.open_with_code(bytes(sealed), "code", context=b"")
    assert refused.value.code in ("E02", "E03", "E10")


def test_the_cost_is_bound_by_the_seal():
    sealed = cbor.decode(sealing.seal_under_code(b"x", "code", context=b"", cost=QUICK), max_octets=200)
    sealed[2] = 2
    with pytest.raises(PackageError) as refused:
        sealing.open_with_code(cbor.encode(sealed), "code", context=b"")
    assert refused.value.code == "E10"


def test_what_is_sealed_to_a_key_opens_with_it():
    sealed = sealing.seal_to(PUBLIC, b"a pack", context=b"serial 1")
    assert sealing.open_sealed(PRIVATE, sealed, context=b"serial 1") == b"a pack"
    assert len(sealed) == len(b"a pack") + sealing.SEAL_TO_OVERHEAD


def test_the_same_plaintext_is_never_sealed_to_the_same_octets():
    assert sealing.seal_to(PUBLIC, b"a pack", context=b"") != sealing.seal_to(PUBLIC, b"a pack", context=b"")


def test_another_key_or_context_does_not_open_what_was_sealed_to_ours():
    sealed = sealing.seal_to(PUBLIC, b"a pack", context=b"serial 1")
    other = Secret(X25519PrivateKey.generate().private_bytes_raw())
    for private, context in ((other, b"serial 1"), (PRIVATE, b"serial 2")):
        with pytest.raises(PackageError) as refused:
            sealing.open_sealed(private, sealed, context=context)
        assert refused.value.code == "E03"


@pytest.mark.parametrize("ephemeral", [bytes(32), b"\1" + bytes(31), b"\xff" * 32])
def test_a_point_of_small_order_is_refused(ephemeral):
    with pytest.raises(PackageError) as refused:
        sealing.open_sealed(PRIVATE, ephemeral + bytes(40), context=b"")
    assert refused.value.code == "E03"


@given(st.binary(max_size=120))
def test_any_octets_are_refused_with_one_error(octets):
    with pytest.raises(PackageError) as refused:
        sealing.open_sealed(PRIVATE, octets, context=b"")
    assert refused.value.code == "E03"


def test_a_transfer_code_is_ten_digits_and_new_each_time():
    codes = {sealing.new_transfer_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 10 and code.isascii() and code.isdecimal() for code in codes)


def test_one_seed_gives_two_unrelated_keys():
    seed = Secret(bytes(32))
    assert sealing.transport_key(seed) != sealing.device_tls_key(seed)
    assert sealing.transport_key(seed).expose().hex() == (
        "79f7e9cbe8617164ab5f1100b933191875d048ddc75c22dd9eb2979d6be686b0"
    )
    assert sealing.device_tls_key(seed).expose().hex() == (
        "10c45315eaa3e066958b3eba679c06911db6b73ace95a8ddedebfacd8d2a4ac3"
    )
