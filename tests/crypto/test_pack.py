"""The pack: sealed to one phone, signed by one domain, opened whole or not at all."""

import json
import pathlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, pack, sealing, signed
from crypto.errors import PackageError
from crypto.pack import PackKind
from crypto.secret import Secret
from tests.crypto import issued
from tests.crypto.issued import DOMAIN_KEY, DOMAIN_PRIVATE, OTHER_KEY, OTHER_PRIVATE, SERIAL, TEL

VECTOR = json.loads((pathlib.Path(__file__).parents[1] / "vectors" / "pack.json").read_text())
OCTETS = issued.pack_octets()
TRANSPORT = issued.card_secrets().transport_key
TRANSPORT_PUBLIC = sealing.transport_public(TRANSPORT)


def opened(octets, *, transport_private=TRANSPORT, domain_key=DOMAIN_KEY, serial=SERIAL, tel=TEL):
    return pack.open(
        octets, transport_private=transport_private, domain_key=domain_key, serial=serial, tel=tel
    )


def refusal(octets, **how):
    with pytest.raises(PackageError) as refused:
        opened(octets, **how)
    return refused.value.code


def resealed(change):
    """A pack whose content was changed by the domain itself."""
    outside = cbor.decode(OCTETS[1:-64], max_octets=10**6)
    sealed = outside.pop(4)
    context = b"pack\0" + cbor.encode(outside)
    inside = cbor.decode(sealing.open_sealed(TRANSPORT, sealed, context=context), max_octets=10**6)
    change(outside, inside)
    context = b"pack\0" + cbor.encode(outside)
    outside[4] = sealing.seal_to(TRANSPORT_PUBLIC, cbor.encode(inside), context=context)
    return signed.sign("pack", pack.VERSION, outside, DOMAIN_PRIVATE)


@pytest.mark.parametrize("content", [issued.first_pack(), issued.monthly_pack()], ids=["first", "monthly"])
def test_a_pack_says_what_was_packed(content):
    read = opened(issued.pack_octets(content))
    for field in (
        "kind",
        "tel",
        "serial",
        "month",
        "issued",
        "client_certificate",
        "bulletin_key",
    ):
        assert getattr(read, field) == getattr(content, field)
    assert read.next_transport_seed == content.next_transport_seed
    if content.keys is None:
        assert read.keys is None
    else:
        assert (read.keys.rsk, read.keys.ssk, read.keys.pvt) == (
            content.keys.rsk,
            content.keys.ssk,
            issued.PVT,
        )


@pytest.mark.parametrize(("name", "keys"), [("first", False), ("monthly", True)])
def test_the_packs_of_the_vector_open(name, keys):
    transport = sealing.transport_key(Secret(bytes.fromhex(VECTOR["device_seed"])))
    read = opened(
        bytes.fromhex(VECTOR[name]),
        transport_private=transport,
        domain_key=bytes.fromhex(VECTOR["domain_key"]),
    )
    assert read.tel == TEL
    assert (read.keys is not None) is keys


def test_the_outside_says_whose_it_is_without_opening_it():
    assert pack.address(OCTETS, DOMAIN_KEY) == pack.PackAddress(SERIAL, PackKind.FIRST, "2011-02")


def test_neither_number_nor_certificate_can_be_read_from_outside():
    octets = issued.pack_octets(issued.monthly_pack())
    content = issued.monthly_pack()
    for known in (
        TEL[1:].encode(),
        int(TEL[1:]).to_bytes(8, "big")[1:],
        content.client_certificate,
    ):
        assert known not in octets
    assert issued.SSK not in octets


def test_the_next_transport_key_opens_the_next_pack_and_the_old_one_does_not():
    new = sealing.transport_key(opened(OCTETS).next_transport_seed)
    following = pack.build(
        issued.monthly_pack(),
        transport_public=sealing.transport_public(new),
        domain_private=DOMAIN_PRIVATE,
    )
    assert opened(following, transport_private=new).month == "2011-03"
    assert refusal(following) == "E03"


@settings(max_examples=300)
@given(st.integers(0, len(OCTETS) - 1), st.integers(0, 7))
def test_no_pack_with_a_flipped_bit_opens(at, bit):
    changed = bytearray(OCTETS)
    changed[at] ^= 1 << bit
    assert refusal(bytes(changed)) in ("E02", "E03", "E04")


@given(st.binary(max_size=300))
def test_any_octets_are_refused(octets):
    assert refusal(octets) in ("E02", "E03", "E04")


@pytest.mark.parametrize("keep", [0, 1, 64, 65, 66, 200, len(OCTETS) - 1])
def test_a_truncated_pack_is_refused(keep):
    assert refusal(OCTETS[:keep]) in ("E03", "E04")


def test_a_longer_pack_is_refused():
    assert refusal(OCTETS + b"\0") in ("E03", "E04")
    assert refusal(b"\2" + bytes(pack.MAX_OCTETS)) == "E03"


def test_a_pack_of_a_newer_version_asks_for_an_update():
    assert refusal(bytes([pack.VERSION + 1]) + OCTETS[1:]) == "E02"


def test_a_pack_of_another_domain_is_not_genuine():
    assert refusal(issued.pack_octets(domain_private=OTHER_PRIVATE)) == "E04"
    assert refusal(OCTETS, domain_key=OTHER_KEY) == "E04"


def test_a_pack_for_another_card_or_number_is_refused():
    assert refusal(OCTETS, serial=SERIAL + 1) == "E04"
    assert refusal(OCTETS, tel="+447700900124") == "E04"


def test_a_pack_sealed_to_another_phone_does_not_open():
    assert refusal(OCTETS, transport_private=Secret(bytes([9]) * 32)) == "E03"


def test_the_seal_of_one_pack_does_not_fit_into_the_outside_of_another():
    outside = cbor.decode(OCTETS[1:-64], max_octets=10**6)
    outside[3] += 1
    assert refusal(signed.sign("pack", pack.VERSION, outside, DOMAIN_PRIVATE)) == "E03"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda outside, inside: inside.update({1: 5}), "E04"),
        (lambda outside, inside: inside.update({3: 24_000}), "E04"),
        (lambda outside, inside: inside.update({2: 1}), "E04"),
        (lambda outside, inside: (outside.update({2: 7}), inside.update({2: 7})), "E03"),
        (lambda outside, inside: (outside.update({2: 1}), inside.update({2: 1})), "E03"),
        (lambda outside, inside: inside.update({99: 1}), "E03"),
        (lambda outside, inside: inside.pop(9), "E03"),
        (lambda outside, inside: inside.update({9: bytes(31)}), "E03"),
        (lambda outside, inside: inside.update({7: bytes(32)}), "E03"),
        (lambda outside, inside: inside.update({10: "text"}), "E03"),
        (lambda outside, inside: inside.pop(11), "E03"),
        (lambda outside, inside: inside.update({11: bytes(31)}), "E03"),
    ],
)
def test_an_impossible_content_is_refused_even_when_the_domain_signed_it(change, code):
    assert refusal(resealed(change)) == code


def test_a_monthly_pack_without_all_three_keys_is_damaged():
    content = issued.monthly_pack()
    assert refusal(issued.pack_octets(replace(content, keys=None))) == "E03"


def test_the_same_pack_drawn_from_the_same_secret_has_the_same_octets():
    made = [
        pack.build(
            issued.monthly_pack(),
            transport_public=TRANSPORT_PUBLIC,
            domain_private=DOMAIN_PRIVATE,
            draw_from=Secret(bytes([number]) * 32),
        )
        for number in (1, 1, 2)
    ]
    assert made[0] == made[1] != made[2]
    ephemeral = [cbor.decode(octets[1:-64], max_octets=10**6)[4][:32] for octets in (made[0], made[2])]
    assert ephemeral[0] != ephemeral[1]
    assert opened(made[0]).month == "2011-03"


def test_two_packs_drawn_from_one_secret_never_share_a_key():
    contents = [replace(issued.monthly_pack(), issued=issued.ISSUED + number) for number in range(3)]
    ephemeral = {
        cbor.decode(
            pack.build(
                content,
                transport_public=TRANSPORT_PUBLIC,
                domain_private=DOMAIN_PRIVATE,
                draw_from=Secret(bytes(32)),
            )[1:-64],
            max_octets=10**6,
        )[4][:32]
        for content in contents
    }
    assert len(ephemeral) == 3


def test_no_pack_shows_its_secrets():
    assert "Secret" not in repr(opened(OCTETS))
    assert "seed" not in repr(opened(issued.pack_octets(issued.monthly_pack())))
