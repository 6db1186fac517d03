"""The card: what fits, what opens, and every way in which it is refused."""

import json
import pathlib
from dataclasses import replace

import base45
import cbor2
import pytest
import segno
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import card, cbor, sakke, signed
from crypto.errors import PackageError
from crypto.fields import month_start
from crypto.secret import Secret
from tests.crypto import issued
from tests.crypto.issued import (
    CODE,
    DETAILS,
    DOMAIN_KEY,
    DOMAIN_PRIVATE,
    ISSUED,
    NOW,
    OTHER_KEY,
    OTHER_PRIVATE,
)

VECTOR = json.loads((pathlib.Path(__file__).parents[1] / "vectors" / "card.json").read_text())
TEXT = issued.card_text()
OCTETS = base45.b45decode(TEXT[4:])


def refusal(text, **how):
    with pytest.raises(PackageError) as refused:
        card.parse(text, **how)
    return refused.value.code


def text_of(octets):
    return card.PREFIX + base45.b45encode(octets).decode()


def resigned(change, domain_private=DOMAIN_PRIVATE):
    """A card whose body was changed by somebody who can sign."""
    body = cbor2.loads(OCTETS[1:-64])
    change(body)
    return text_of(signed.sign("card", 1, body, domain_private))


def test_a_card_says_what_was_written_on_it():
    read = card.parse(TEXT)
    for field in ("tel", "name", "organisation", "domain", "serial", "month", "issued", "expires", "crs"):
        assert getattr(read, field) == getattr(DETAILS, field)
    assert (read.domain_key, read.pvt, read.kms) == (DOMAIN_KEY, issued.PVT, issued.KMS)
    assert read.sealed


def test_the_transfer_code_opens_the_secrets_and_they_fit_the_number():
    read = card.parse(TEXT)
    secrets = read.open("0123 456 789")
    read.validate(secrets)
    assert (secrets.rsk.expose(), secrets.ssk.expose()) == (issued.RSK, issued.SSK)
    assert secrets.device_seed == issued.card_secrets().device_seed


def test_a_card_shown_straight_on_the_screen_needs_no_code():
    read = card.parse(issued.card_text(code=None))
    assert not read.sealed
    assert read.open(None).ssk.expose() == issued.SSK


def test_the_card_of_the_vector_is_made_octet_for_octet():
    assert issued.card_text(code=None) == VECTOR["open"]["text"]
    assert issued.card_text(cost=card.sealing.DEFAULT_COST) == VECTOR["sealed"]["text"]
    for kind in ("open", "sealed"):
        assert card.parse(VECTOR[kind]["text"]).check_code() == VECTOR[kind]["check_code"]


def test_an_independent_reader_opens_the_vector_from_the_format_alone():
    octets = base45.b45decode(VECTOR["sealed"]["text"].removeprefix("SV1:"))
    assert octets[0] == 1
    body = cbor2.loads(octets[1:-64])
    Ed25519PublicKey.from_public_bytes(body[10][:32]).verify(octets[-64:], b"sottovoce card\0" + octets[:-64])
    sealed = body.pop(12)
    public = cbor2.dumps(body, canonical=True)
    salt = card.hashlib.sha256(b"sottovoce card salt\0" + public).digest()[:16]
    key = hash_secret_raw(CODE.encode(), salt, body[11][1], 2 ** body[11][0], 1, 44, Type.ID)
    plain = card.sealing.ChaCha20Poly1305(key[:32]).decrypt(key[32:], sealed, public)
    assert plain[1:129] == issued.RSK[1:129]
    assert plain[129:161] == issued.SSK


def test_an_ordinary_card_fits_qr_version_17():
    code = segno.make_qr(TEXT, error="l", boost_error=False)
    assert code.version <= 17
    assert code.mode == "alphanumeric"


def test_the_largest_card_fits_qr_version_18_and_one_octet_more_is_refused_by_name():
    room = card.MAX_OCTETS - len(OCTETS)
    name = "A" * (len(DETAILS.name) + room - 1)  # the head of a text over 23 octets takes one more
    text = issued.card_text(replace(DETAILS, name=name))
    assert len(base45.b45decode(text[4:])) == card.MAX_OCTETS
    assert segno.make_qr(text, error="l", boost_error=False).version == 18
    with pytest.raises(
        ValueError, match="takes 641 octets, 640 fit: shorten name, organisation, domain or CRS by 1"
    ):
        issued.card_text(replace(DETAILS, name=name + "A"))


@pytest.mark.parametrize(
    "change",
    [
        {"tel": "447700900123"}, {"tel": "+0123"}, {"tel": "+1234567890123456"},
        {"tel": "+44 7700"}, {"tel": ""},
        {"name": ""}, {"name": "Ä" * 25}, {"name": "a\nb"}, {"name": " a"},
        {"name": "a\u202eb"},
        {"organisation": "x" * 49}, {"domain": "SV.example"}, {"domain": "sv..example"}, {"domain": "-a"},
        {"crs": "crs.sv.example"}, {"crs": "crs:0"}, {"crs": "crs:65535"}, {"crs": "[zz]:5061"},
        {"month": "2011-13"},
        {"expires": ISSUED}, {"serial": 0}, {"serial": 2**64}, {"domain_key": bytes(31)},
    ],
)  # fmt: skip
def test_a_detail_that_no_phone_could_use_is_not_issued(change):
    with pytest.raises((ValueError, PackageError)):
        issued.card_text(replace(DETAILS, **change))


@pytest.mark.parametrize("crs", ["crs.sv.example:5061", "crs:5071", "192.0.2.1:5061", "[2001:db8::1]:5061"])
def test_the_address_of_the_crs_survives(crs):
    assert card.parse(issued.card_text(replace(DETAILS, crs=crs))).crs == crs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SV",
        "SV1",
        "sv1:ABC",
        "HTTPS://EXAMPLE.COM",
        "WIFI:S:x;;",
        "SV1:abc",
        "SV1:\u00e4",
        "XSV1:AB",
        "SVX:AB",
    ],
)
def test_another_code_is_not_an_enrolment_code(text):
    assert refusal(text) == "E01"


def test_a_newer_card_asks_for_an_update():
    assert refusal("SV2:ANYTHING AT ALL") == "E02"
    assert refusal(text_of(bytes([2]) + OCTETS[1:])) == "E02"


@pytest.mark.parametrize("keep", [0, 1, 2, 3, 60, 64, 65, 66, 300, 605])
def test_a_truncated_card_is_damaged(keep):
    assert refusal(text_of(OCTETS[:keep])) == "E03"


def test_text_that_lost_characters_is_damaged_or_not_genuine():
    for missing in range(1, 9):
        assert refusal(TEXT[:-missing]) in ("E03", "E04")


def test_more_than_a_card_is_damaged():
    assert refusal(text_of(OCTETS + bytes(40))) == "E03"
    assert refusal(card.PREFIX + "0" * 100_000) == "E03"


@settings(max_examples=300)
@given(st.integers(0, len(OCTETS) - 1), st.integers(1, 255))
def test_no_card_with_a_changed_octet_is_read(at, flip):
    changed = bytearray(OCTETS)
    changed[at] ^= flip
    assert refusal(text_of(bytes(changed))) in ("E02", "E03", "E04")


@given(st.binary(max_size=700))
def test_any_octets_behind_the_prefix_are_refused(octets):
    assert refusal(text_of(octets)) in ("E02", "E03", "E04")


@given(st.text(max_size=200))
def test_any_text_is_refused(text):
    assert refusal(text) in ("E01", "E02", "E03")


def test_a_card_signed_by_another_key_is_not_genuine():
    assert refusal(resigned(lambda body: None, OTHER_PRIVATE)) == "E04"


def test_another_domains_card_is_not_genuine_to_who_knows_the_domain():
    theirs = issued.card_text(replace(DETAILS, domain_key=OTHER_KEY), domain_private=OTHER_PRIVATE)
    assert card.parse(theirs).domain_key == OTHER_KEY
    assert refusal(theirs, domain_key=DOMAIN_KEY) == "E04"
    assert card.parse(TEXT, domain_key=DOMAIN_KEY).tel == issued.TEL


@pytest.mark.parametrize("signature_of", ["pack", "CRS media", "revocation list"])
def test_a_signature_over_something_else_does_not_make_a_card(signature_of):
    assert refusal(text_of(signed.sign(signature_of, 1, cbor2.loads(OCTETS[1:-64]), DOMAIN_PRIVATE))) == "E04"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.pop(1), lambda body: body.update({13: 0}), lambda body: body.update({1: "447"}),
        lambda body: body.update({1: 0}), lambda body: body.update({1: 10**15}),
        lambda body: body.update({2: ""}),
        lambda body: body.update({2: "x" * 49}), lambda body: body.update({4: "A"}),
        lambda body: body.update({5: 0}),
        lambda body: body.update({6: 0}), lambda body: body.update({6: 9999 * 12}),
        lambda body: body.update({7: -1}),
        lambda body: body.update({8: body[7]}), lambda body: body.update({9: "crs:5061"}),
        lambda body: body.update({9: "crs:port"}), lambda body: body.update({10: body[10][:-1]}),
        lambda body: body.update({11: [16]}),
        lambda body: body.update({11: [19, 3]}), lambda body: body.update({11: [17, 3]}),
        lambda body: body.update({11: [16, 5]}),
        lambda body: body.update({11: [16, 17]}), lambda body: body.update({7: True}),
    ],
)  # fmt: skip
def test_an_impossible_field_is_damage_even_when_signed(change):
    assert refusal(resigned(change)) == "E03"


def test_a_public_point_off_its_curve_is_a_key_that_does_not_match():
    def off_curve(body):
        for tail in range(256):
            point = body[10][32:160] + bytes([tail])
            try:
                sakke.decompress_point(point)
            except card.InvalidKey:
                body[10] = body[10][:32] + point + body[10][161:]
                return

    assert refusal(resigned(off_curve)) == "E09"


@pytest.mark.parametrize("code", ["0123456788", "", None, "012345678", "01234567890", "０１２３４５６７８９"])
def test_a_wrong_transfer_code_opens_nothing(code):
    with pytest.raises(PackageError) as refused:
        card.parse(TEXT).open(code)
    assert refused.value.code == "E10"


def test_keys_of_another_number_or_month_do_not_fit():
    for change in ({"tel": "+447700900124"}, {"month": "2011-03"}):
        read = card.parse(issued.card_text(replace(DETAILS, **change)))
        with pytest.raises(PackageError) as refused:
            read.validate(read.open(CODE))
        assert refused.value.code == "E09"


def test_another_ssk_or_rsk_does_not_fit():
    read = card.parse(TEXT)
    other_rsk = sakke.extract_rsk(bytes(127) + b"\7", read.identifier)
    for change in ({"ssk": Secret(bytes(31) + b"\1")}, {"rsk": Secret(other_rsk)}):
        with pytest.raises(PackageError) as refused:
            read.validate(replace(issued.card_secrets(), **change))
        assert refused.value.code == "E09"


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (ISSUED - 1, "E13"),
        (DETAILS.expires, "E05"),
        (DETAILS.expires + 10**9, "E05"),
        (0, "E06"),
        (ISSUED - 86_401, "E06"),
    ],
)
def test_the_dates_are_held_against_the_clock(now, code):
    with pytest.raises(PackageError) as refused:
        card.parse(TEXT).check_dates(now, built=ISSUED - 86_400)
    assert refused.value.code == code


def test_a_card_in_its_week_is_in_date():
    for now in (ISSUED, NOW, DETAILS.expires - 1):
        card.parse(TEXT).check_dates(now, built=ISSUED)


def test_a_card_ends_with_its_month_and_does_not_begin_before_it():
    late = month_start("2011-03") - 3600
    old = card.parse(issued.card_text(replace(DETAILS, issued=late, expires=late + card.LIFETIME_S)))
    old.check_dates(late + 3599, built=0)
    with pytest.raises(PackageError) as refused:
        old.check_dates(late + 3600, built=0)
    assert refused.value.code == "E05"
    early = card.parse(issued.card_text(replace(DETAILS, month="2011-03", expires=ISSUED + 30 * 86_400)))
    with pytest.raises(PackageError) as refused:
        early.check_dates(NOW, built=0)
    assert refused.value.code == "E13"


def test_the_check_code_is_eight_hexadecimal_digits_and_differs_for_every_change():
    codes = {
        card.parse(issued.card_text(replace(DETAILS, **change))).check_code()
        for change in (
            {},
            {"name": "Alice Exampie"},
            {"serial": 2},
            {"pvt": issued.KPAK},
            {"crs": "crs:5062"},
        )
    }
    assert len(codes) == 5
    assert all(len(code) == 8 and set(code) <= set("0123456789ABCDEF") for code in codes)


def test_no_card_or_secret_shows_itself():
    read = card.parse(issued.card_text(code=None))
    shown = repr(read) + repr(read.open(None)) + str(read)
    assert issued.SSK.hex() not in shown
    assert repr(issued.SSK)[2:20] not in shown


def test_wiping_the_secrets_wipes_all_three():
    secrets = issued.card_secrets()
    secrets.wipe()
    for secret in (secrets.rsk, secrets.ssk, secrets.device_seed):
        with pytest.raises(ValueError):
            secret.expose()


def test_the_body_of_a_card_is_deterministic_cbor():
    body = OCTETS[1:-64]
    assert cbor.encode(cbor.decode(body, max_octets=640)) == body
