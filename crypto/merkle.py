"""The Merkle tree of RFC 9162 §2.1 over SHA-256: one short head stands for a list that only ever grows.

A leaf is any octets. An inclusion proof shows that a leaf is in the list; a consistency proof shows that an
older list is the beginning of a newer one. Both take about log2(n) hashes of 32 octets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_OCTETS = 32
MAX_SIZE = 1 << 40
"""More leaves than this are no list of ours; it bounds the length of a proof."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (§2.1.1): never that of an inner node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (§2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A list of leaf hashes that grows. Keeps every complete subtree: 64 octets for each leaf."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for hashed in leaf_hashes:
            self.append(hashed)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, hashed: bytes) -> None:
        """Add a leaf by its hash."""
        level = 0
        self._levels[0].append(hashed)
        while len(self._levels[level]) % 2 == 0:
            left, right = self._levels[level][-2:]
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node_hash(left, right))

    def root(self, size: int | None = None) -> bytes:
        """Return the head of the first `size` leaves, or of all. The empty list has the hash of nothing."""
        size = self._size(size)
        return self._range(0, size) if size else hashlib.sha256(b"").digest()

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof (§2.1.3.1) that leaf `index` is among the first `size`. Raises IndexError."""
        size = self._size(size)
        if not 0 <= index < size:
            raise IndexError(f"leaf {index} of {size}")
        return tuple(self._path(index, 0, size))

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Return the proof (§2.1.4.1) that the first `old` leaves begin the first `new`; IndexError."""
        new = self._size(new)
        if not 0 <= old <= new:
            raise IndexError(f"{old} leaves of {new}")
        return tuple(self._subproof(old, 0, new, whole=True)) if 0 < old < new else ()

    def _size(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise IndexError(f"{size} leaves of {len(self)}")
        return size

    def _range(self, begin: int, end: int) -> bytes:
        """The hash of leaves begin…end. Both halves of a tree begin at multiples of their size."""
        count = end - begin
        level = count.bit_length() - 1
        if count == 1 << level:
            return self._levels[level][begin >> level]
        middle = begin + (1 << level)
        return node_hash(self._range(begin, middle), self._range(middle, end))

    def _path(self, index: int, begin: int, end: int) -> list[bytes]:
        if end - begin == 1:
            return []
        middle = begin + _split(end - begin)
        if index < middle:
            return [*self._path(index, begin, middle), self._range(middle, end)]
        return [*self._path(index, middle, end), self._range(begin, middle)]

    def _subproof(self, old: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [self._range(begin, end)]
        middle = begin + _split(end - begin)
        if old <= middle:
            return [*self._subproof(old, begin, middle, whole=whole), self._range(middle, end)]
        return [*self._subproof(old, middle, end, whole=False), self._range(begin, middle)]


def included(hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a proof shows that a leaf is number `index` of the `size` under `root` (§2.1.3.2)."""
    if not 0 <= index < size <= MAX_SIZE or any(len(part) != HASH_OCTETS for part in proof):
        return False
    node, last, found = index, size - 1, hashed
    for part in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(part, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, part)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that a list of `old` leaves begins a list of `new` (§2.1.4.2)."""
    if not 0 <= old <= new <= MAX_SIZE or any(len(part) != HASH_OCTETS for part in proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == hashlib.sha256(b"").digest()
    parts = list(proof)
    if old & (old - 1) == 0:
        parts.insert(0, old_root)
    if not parts:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before, after = node_hash(part, before), node_hash(part, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, part)
        node, last = node >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(count: int) -> int:
    """The largest power of two that is smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)
