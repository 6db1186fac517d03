"""The tree of RFC 9162 §2.1: its heads, and proofs that hold for nothing but the truth."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import merkle
from crypto.merkle import Tree, consistent, included, leaf_hash

SIZES = st.integers(1, 70)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"leaf %d" % number) for number in range(count)]


def plain_root(hashes: list[bytes]) -> bytes:
    """§2.1.1 word for word, without keeping anything."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = plain_root(hashes[:split]), plain_root(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_heads_are_those_that_transparency_logs_have_published_for_these_leaves() -> None:
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    tree = Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in inputs)
    heads = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    assert {size: tree.root(size).hex() for size in heads} == heads


@given(SIZES)
def test_a_head_is_what_the_definition_says(count: int) -> None:
    assert Tree(leaves(count)).root() == plain_root(leaves(count))


@given(SIZES, st.data())
def test_every_leaf_is_shown_to_be_in_its_place(count: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, count - 1))
    size = data.draw(st.integers(index + 1, count))
    tree = Tree(leaves(count))
    assert included(leaves(count)[index], index, size, tree.inclusion(index, size), tree.root(size))


@given(SIZES, st.data())
def test_a_proof_of_inclusion_holds_for_nothing_else(count: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, count - 1))
    tree = Tree(leaves(count))
    proof, root, leaf = tree.inclusion(index), tree.root(), leaves(count)[index]
    assert not included(leaf_hash(b"another"), index, count, proof, root)
    assert not included(leaf, index, count, (*proof, root), root)
    assert not included(leaf, index, count, proof, leaf_hash(root))
    assert not included(leaf, count, count, proof, root)
    assert not included(leaf, -1, count, proof, root)
    if proof:
        assert not included(leaf, index, count, proof[1:], root)
        other = data.draw(st.integers(0, count - 1).filter(lambda number: number != index))
        assert not included(leaf, other, count, proof, root)
        at = data.draw(st.integers(0, len(proof) - 1))
        forged = (*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :])
        assert not included(leaf, index, count, forged, root)
        assert not included(leaf, index, count, (proof[0][:-1], *proof[1:]), root)


@given(SIZES, st.data())
def test_a_list_that_grew_is_shown_to_begin_with_what_it_was(count: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, count))
    tree = Tree(leaves(count))
    assert consistent(old, tree.root(old), count, tree.root(), tree.consistency(old))


@given(st.integers(2, 70), st.data())
def test_a_list_that_was_changed_is_never_consistent(count: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, count - 1))
    changed = data.draw(st.integers(0, old - 1))
    honest = Tree(leaves(count))
    rewritten = leaves(count)
    rewritten[changed] = leaf_hash(b"rewritten")
    dishonest = Tree(rewritten)
    proof = dishonest.consistency(old)
    assert not consistent(old, honest.root(old), count, dishonest.root(), proof)
    assert not consistent(old, honest.root(old), count, dishonest.root(), honest.consistency(old))
    assert not consistent(old, honest.root(old), count, honest.root(), (*honest.consistency(old), b"x" * 32))
    assert not consistent(old, honest.root(old), count, honest.root(), ())
    assert not consistent(count, honest.root(), old, honest.root(old), proof)


@pytest.mark.parametrize("count", [1, 2, 3, 8, 9])
def test_two_lists_of_one_length_must_be_one(count: int) -> None:
    root = Tree(leaves(count)).root()
    assert consistent(count, root, count, root, ())
    assert not consistent(count, root, count, leaf_hash(root), ())


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (0, 4)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        Tree(leaves(3)).inclusion(index, size)


def test_a_list_of_nothing_begins_every_list() -> None:
    tree = Tree(leaves(5))
    assert consistent(0, Tree().root(), 5, tree.root(), ())
    assert not consistent(0, tree.root(), 5, tree.root(), ())


def test_more_leaves_than_any_list_of_ours_are_refused() -> None:
    assert not included(leaf_hash(b""), 0, merkle.MAX_SIZE + 1, (), leaf_hash(b""))
