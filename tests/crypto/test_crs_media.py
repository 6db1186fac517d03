"""CRS media: everything listed, everything signed, nothing else."""

import json
import pathlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, crs_media, pack, revocation, signed
from crypto.crs_media import CardState, RosterEntry
from crypto.errors import PackageError
from tests.crypto import issued
from tests.crypto.issued import DOMAIN_KEY, DOMAIN_PRIVATE, OTHER_KEY, OTHER_PRIVATE, PARTNER, SERIAL, TEL

VECTOR = json.loads((pathlib.Path(__file__).parents[1] / "vectors" / "crs_media.json").read_text())
MEDIA = issued.media()
FILES = crs_media.build(MEDIA, domain_private=DOMAIN_PRIVATE)
ONE = FILES["packs"]
"""One pack with its length before it."""


def refusal(files, domain_key=DOMAIN_KEY):
    with pytest.raises(PackageError) as refused:
        crs_media.read(files, domain_key)
    return refused.value.code


def relisted(change, domain_private=DOMAIN_PRIVATE):
    """Media whose files were changed by somebody who then listed and signed them anew."""
    files = dict(FILES)
    change(files)
    body = cbor.decode(FILES["manifest"][1:-64], max_octets=10**6)
    body[6] = [
        [name, len(octets), crs_media.hashlib.sha256(octets).digest()]
        for name, octets in sorted(files.items())
        if name != "manifest"
    ]
    files["manifest"] = signed.sign("CRS media", crs_media.VERSION, body, domain_private)
    return files


def test_the_media_say_what_was_exported():
    read = crs_media.read(FILES, DOMAIN_KEY)
    for field in (
        "sequence",
        "issued",
        "domain",
        "organisation",
        "own",
        "partners",
        "blocked",
        "revoked",
        "packs",
        "bulletins",
        "issuance",
    ):
        assert getattr(read, field) == getattr(MEDIA, field)
    assert set(read.roster) == set(MEDIA.roster)
    assert (read.tls_certificate, read.tls_key) == (MEDIA.tls_certificate, MEDIA.tls_key)
    assert revocation.parse(read.revoked_octets, DOMAIN_KEY) == MEDIA.revoked


def test_a_new_crs_takes_the_domain_key_from_the_manifest():
    assert crs_media.read(FILES).own == issued.OWN


def test_the_media_of_the_vector_are_read_and_made_octet_for_octet():
    files = {name: bytes.fromhex(octets) for name, octets in VECTOR["files"].items()}
    read = crs_media.read(files, bytes.fromhex(VECTOR["domain_key"]))
    assert read.roster[-1] == RosterEntry(
        TEL, SERIAL, CardState.ACTIVE, issued.ISSUED + 604_800, revocation.pvt_hash(issued.PVT)
    )
    assert crs_media.build(read, domain_private=DOMAIN_PRIVATE) == files


def test_the_manifest_is_written_last():
    assert list(FILES)[-1] == "manifest"


def test_no_name_of_a_person_is_on_the_media():
    assert not any(b"Alice" in octets or b"Bob" in octets for octets in FILES.values())


def test_media_of_another_domain_are_refused():
    assert refusal(FILES, OTHER_KEY) == "E04"


def test_media_signed_by_somebody_else_are_refused():
    assert refusal(relisted(lambda files: None, OTHER_PRIVATE)) == "E04"
    assert refusal(relisted(lambda files: None, OTHER_PRIVATE), None) == "E04"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_media_with_a_flipped_bit_are_read(data):
    name = data.draw(st.sampled_from(sorted(FILES)))
    at = data.draw(st.integers(0, len(FILES[name]) - 1))
    changed = bytearray(FILES[name])
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    assert refusal({**FILES, name: bytes(changed)}) in ("E02", "E03", "E04")


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_may_be_missing(name):
    assert refusal({other: octets for other, octets in FILES.items() if other != name}) == "E03"


@pytest.mark.parametrize(
    "name",
    ["packs/0000000000000001", "autorun.inf", "../escape", "packs/../x", "", "manifest ", "bulletin-2011-3"],
)
def test_no_file_may_be_added(name):
    assert refusal({**FILES, name: b"anything"}) == "E03"


@pytest.mark.parametrize(
    "name", ["packs/zz", "packs0", "bulletin-", "issuance-2011-02-", "/etc/passwd", "x\n"]
)
def test_a_foreign_name_has_no_size_that_could_be_read(name):
    with pytest.raises(PackageError):
        crs_media.max_octets(name)


def test_every_name_on_the_media_has_a_size_cap():
    for name, octets in FILES.items():
        assert len(octets) <= crs_media.max_octets(name)


def test_a_file_that_was_exchanged_for_another_domains_signed_file_is_refused():
    theirs = revocation.build(replace(issued.REVOKED, domain="partner.example"), domain_private=OTHER_PRIVATE)
    assert refusal(relisted(lambda files: files.update({"revoked": theirs}))) == "E04"
    ours = revocation.build(replace(issued.REVOKED, domain="partner.example"), domain_private=DOMAIN_PRIVATE)
    assert refusal(relisted(lambda files: files.update({"revoked": ours}))) == "E03"


def _row(tel=447700900123, serial=9, state=0, expires=1, digest=bytes(32)):
    return [tel, serial, state, expires, digest]


@pytest.mark.parametrize(
    "rows",
    [
        {}, [[1]], [_row(tel=0)], [_row(serial=0)], [_row(state=2)], [_row(digest=bytes(31))],
        [_row(expires=-1)],
        [_row(), _row(tel=447700900124)], [_row(), _row(serial=10)],
    ],
)  # fmt: skip
def test_an_impossible_roster_is_refused_even_when_signed(rows):
    def change(files):
        files["roster"] = cbor.encode(rows)
        files["packs"] = b""

    assert refusal(relisted(change)) == "E03"


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("blocked", cbor.encode([0])),
        ("blocked", cbor.encode(["x"])),
        ("blocked", cbor.encode({})),
        ("domains", cbor.encode([])),
        ("domains", cbor.encode([["sv.example", bytes(257), bytes(65), OTHER_KEY]])),
        ("domains", cbor.encode([["sv.example", bytes(256), bytes(65), DOMAIN_KEY]])),
        ("crs.crt", b"\xff"),
        ("crs.key", bytes(5000)),
        ("packs", ONE[:-1]),
        ("packs", ONE + ONE),
        ("packs", ONE + b"\0"),
        ("packs", bytes(8)),
        ("packs", b"\xff" * 8),
        ("packs", (pack.MAX_OCTETS + 1).to_bytes(4, "big") + bytes(pack.MAX_OCTETS + 1)),
        ("bulletin-2011-02", issued.bulletin_octets(domain_private=OTHER_PRIVATE)),
        ("bulletin-2011-02", issued.bulletin_octets(issued.board("2011-03"))),
        ("bulletin-2011-02", issued.bulletin_octets(replace(issued.board(), domain="partner.example"))),
        ("issuance-2011-02", issued.issuance_octets("2011-03")),
        ("issuance-2011-02", FILES["issuance-2011-02"][:-1]),
    ],
)
def test_an_impossible_part_is_refused_even_when_listed(name, octets):
    assert refusal(relisted(lambda files: files.update({name: octets}))) in ("E03", "E04")


def test_packs_and_lists_of_several_months_travel_together():
    packs = (issued.pack_octets(), issued.pack_octets(issued.monthly_pack()))
    months = {month: issued.bulletin_octets(issued.board(month)) for month in ("2011-02", "2011-03")}
    both = replace(MEDIA, packs=packs, bulletins=months)
    read = crs_media.read(crs_media.build(both, domain_private=DOMAIN_PRIVATE), DOMAIN_KEY)
    assert (read.packs, read.bulletins) == (packs, months)


def test_a_pack_for_a_card_outside_the_roster_is_refused():
    assert refusal(relisted(lambda files: files.update({"roster": cbor.encode([])}))) == "E03"


def test_a_manifest_that_lists_itself_or_a_file_twice_is_refused():
    body = cbor.decode(FILES["manifest"][1:-64], max_octets=10**6)
    for extra in (["manifest", 1, bytes(32)], body[6][0]):
        manifest = signed.sign("CRS media", crs_media.VERSION, {**body, 6: [*body[6], extra]}, DOMAIN_PRIVATE)
        assert refusal({**FILES, "manifest": manifest}) == "E03"


@pytest.mark.parametrize(
    "change", [{1: 0}, {3: "NOT A DOMAIN"}, {5: bytes(31)}, {3: "partner.example"}, {7: 1}]
)
def test_an_impossible_manifest_is_refused(change):
    body = cbor.decode(FILES["manifest"][1:-64], max_octets=10**6)
    manifest = signed.sign("CRS media", crs_media.VERSION, {**body, **change}, DOMAIN_PRIVATE)
    assert refusal({**FILES, "manifest": manifest}) == "E03"


def test_partners_come_after_the_own_domain():
    assert crs_media.read(FILES, DOMAIN_KEY).partners == (PARTNER,)
