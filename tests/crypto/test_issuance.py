"""The issuance log: a key that is not in the list is refused, a second one is seen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import issuance, signed
from crypto.errors import PackageError
from crypto.issuance import Leaf, TreeHead
from crypto.merkle import consistent
from crypto.secret import Secret

PRIVATE = Secret(bytes(range(32)))
KEY = signed.public_key(PRIVATE)
DOMAIN, MONTH = "sv.example", "2026-12"
TELS = [f"+4416329600{number:02}" for number in range(12)]


def pvt(number: int) -> bytes:
    return b"\x04" + bytes([number]) * 64


LEAVES = tuple(issuance.leaf(DOMAIN, tel, MONTH, pvt(number)) for number, tel in enumerate(TELS))


def head(leaves: tuple[Leaf, ...] = LEAVES) -> TreeHead:
    return TreeHead(DOMAIN, MONTH, len(leaves), issuance.tree(leaves).root(), 1_790_000_000)


def listed(leaves: tuple[Leaf, ...] = LEAVES, signed_head: TreeHead | None = None) -> bytes:
    """A list as it travels, under the head of `LEAVES`."""
    return issuance.build(leaves, head=signed_head or head(), domain_private=PRIVATE)


def refused(code: str) -> pytest.RaisesExc[PackageError]:
    return pytest.RaisesExc(PackageError, check=lambda error: error.code == code)


def test_a_head_and_its_list_are_read_as_they_were_signed() -> None:
    assert issuance.open(listed(), KEY) == (head(), LEAVES)


def test_every_phone_finds_its_own_key_and_no_other() -> None:
    for own in LEAVES:
        assert issuance.others(LEAVES, own=own, revoked=frozenset()) == 0


def test_a_second_key_for_our_number_is_seen() -> None:
    second = issuance.leaf(DOMAIN, TELS[3], MONTH, pvt(99))
    listed = (*LEAVES, second)
    assert issuance.others(listed, own=LEAVES[3], revoked=frozenset()) == 1
    assert issuance.others(listed, own=LEAVES[4], revoked=frozenset()) == 0


def test_the_key_of_a_lost_phone_is_no_second_one_once_it_is_revoked() -> None:
    new = issuance.leaf(DOMAIN, TELS[3], MONTH, pvt(99))
    listed = (*LEAVES, new)
    assert issuance.others(listed, own=new, revoked=frozenset({LEAVES[3].pvt})) == 0
    assert issuance.others(listed, own=new, revoked=frozenset()) == 1


def test_our_own_key_twice_in_the_list_is_seen() -> None:
    assert issuance.others((*LEAVES, LEAVES[3]), own=LEAVES[3], revoked=frozenset()) == 1


def test_a_list_without_our_key_is_an_alarm() -> None:
    with refused("E04"):
        issuance.others(LEAVES[1:], own=LEAVES[0], revoked=frozenset())


def test_the_same_number_has_another_name_in_each_month_and_domain() -> None:
    names = {
        issuance.whose(DOMAIN, TELS[0], MONTH),
        issuance.whose(DOMAIN, TELS[0], "2027-01"),
        issuance.whose("other.example", TELS[0], MONTH),
        issuance.whose(DOMAIN, TELS[1], MONTH),
    }
    assert len(names) == 4


def test_a_list_that_grew_in_its_month_begins_with_what_it_was() -> None:
    grown = issuance.tree((*LEAVES, issuance.leaf(DOMAIN, TELS[0], MONTH, pvt(77))))
    old = head()
    assert consistent(old.size, old.root, len(grown), grown.root(), grown.consistency(old.size))


@given(st.data())
def test_a_list_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    octets = bytearray(listed())
    at = data.draw(st.integers(0, len(octets) - 1))
    octets[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PackageError):
        issuance.open(bytes(octets), KEY)


@pytest.mark.parametrize("leaves", [LEAVES[:-1], (*LEAVES, LEAVES[0]), ()], ids=["cut", "longer", "empty"])
def test_a_list_of_another_length_is_refused(leaves: tuple[Leaf, ...]) -> None:
    with refused("E03"):
        issuance.open(listed(leaves), KEY)


def test_leaves_in_another_order_are_refused() -> None:
    with refused("E04"):
        issuance.open(listed(LEAVES[::-1]), KEY)


def test_a_leaf_that_was_exchanged_is_refused() -> None:
    other = issuance.leaf(DOMAIN, TELS[0], MONTH, pvt(50))
    with refused("E04"):
        issuance.open(listed((other, *LEAVES[1:])), KEY)


@pytest.mark.parametrize("cut", [1, 31, 64])
def test_a_list_that_was_truncated_is_refused(cut: int) -> None:
    with pytest.raises(PackageError):
        issuance.open(listed()[:-cut], KEY)


@given(st.data())
def test_a_head_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    octets = bytearray(head().sign(PRIVATE))
    at = data.draw(st.integers(0, len(octets) - 1))
    octets[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PackageError):
        issuance.parse_head(bytes(octets), KEY)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(head(), root=bytes(31)),
        replace(head(), size=-1),
        replace(head(), size=issuance.MAX_LEAVES + 1),
        replace(head(), domain="NOT A DOMAIN"),
        replace(head(), issued=-1),
    ],
    ids=["short root", "negative size", "too many leaves", "bad domain", "before time"],
)
def test_a_signed_head_that_says_nonsense_is_refused(wrong: TreeHead) -> None:
    with refused("E03"):
        issuance.parse_head(wrong.sign(PRIVATE), KEY)


def test_a_head_of_somebody_else_is_refused() -> None:
    with refused("E04"):
        issuance.parse_head(head().sign(Secret(bytes(32))), KEY)
