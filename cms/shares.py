"""An opening key in the hands of custodians: k of n shares as words (SLIP-39). k−1 of them open nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from cms.errors import OperatorMistake
from crypto.secret import Secret

MOST = 16
"""Shares that SLIP-39 can number."""
WORDS = 33
"""Words of a share of a key of 32 octets."""
_PRINT = b"sottovoce CMS share\0"
_MAX_CHARACTERS = 1000


def split(opening_key: Secret, *, threshold: int, shares: int) -> list[str]:
    """Return a key of 32 octets as shares of 33 words each. Raises OperatorMistake unless 2 ≤ k ≤ n ≤ 16."""
    if not 2 <= threshold <= shares <= MOST:
        raise OperatorMistake(
            f"{threshold} of {shares} cannot be: at least 2 custodians must meet, of at most {MOST}"
        )
    # The key is random: stretching it would only cost time.
    made: list[str]
    [made] = generate_mnemonics(1, [(threshold, shares)], opening_key.expose(), iteration_exponent=0)
    return made


def fingerprint(words: str) -> bytes:
    """Return SHA-256 (32 octets) of a share, which says whether words are it but nothing about the key.

    Raises ValueError for words that are not a share; the text does not quote them.
    """
    if len(words) > _MAX_CHARACTERS:
        raise ValueError("too long")
    try:
        share = Share.from_mnemonic(" ".join(words.split()).lower())
    except MnemonicError as error:
        count = len(words.split())
        reason = f"{count} words, not {WORDS}" if count != WORDS else "a word is wrong"
        raise ValueError(reason) from error
    content = share.identifier.to_bytes(2, "big") + bytes([share.index]) + share.value
    return hashlib.sha256(_PRINT + content).digest()


def join(typed: Sequence[tuple[str, str]], *, known: Sequence[bytes], threshold: int) -> Secret:
    """Return the key that shares hold. `typed` gives each a name for the errors, such as its file.

    `known` are the fingerprints of the shares that exist. Raises OperatorMistake, naming the share, if one
    is mistyped, foreign or given twice, or if there are fewer than `threshold`.
    """
    seen: dict[int, str] = {}
    chosen: list[str] = []
    for name, words in typed:
        try:
            found = fingerprint(words)
        except ValueError as error:
            raise OperatorMistake(f"{name} is not a share as it was written ({error}): check it") from error
        if found not in known:
            raise OperatorMistake(
                f"{name} is a share of another store or of earlier custodians: bring the one of this store"
            )
        number = known.index(found) + 1
        if number in seen:
            raise OperatorMistake(
                f"{name} is the same share as {seen[number]}: bring {threshold} different ones"
            )
        seen[number] = name
        chosen.append(" ".join(words.split()).lower())
    if len(chosen) < threshold:
        raise OperatorMistake(
            f"{threshold} of {len(known)} shares open this store, {len(chosen)} came: "
            "add one  --share FILE  for each custodian"
        )
    return Secret(combine_mnemonics(chosen[:threshold]))
