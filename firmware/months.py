"""How the keys of an enrolled phone change: packs, bulletins and revocation lists in, old months out. Pure.

    now:      …─ November ─────────────────────┬─ December ──────────────
    fetched:            December's pack        │
    used to call:       November               │ December, from the first second (UTC)
    destroyed:                                 │        72 h later: November

Nothing here stores anything. What is taken in must be newer than what is held; of the same, nothing changes.
"""

from __future__ import annotations

from dataclasses import replace

from crypto import bulletin, escrow, issuance, pack, policy, revocation
from crypto.errors import PackageError
from crypto.fields import month_end, month_of
from crypto.pack import PackKind
from crypto.policy import DomainPolicy
from crypto.sealing import transport_key
from firmware.admission import check_certificate, with_month
from firmware.vault_format import Enrolled, SeenIssuance

GRACE_S = 72 * 3600
"""How long the keys of a month outlive it: a call may begin before midnight and be answered after."""


def take_pack(held: Enrolled, octets: bytes, *, now: float) -> Enrolled:
    """Open the next monthly pack. A month that is over brings its successor's transport key and nothing else.

    Raises PackageError E02, E03, E04 (also for a pack that was opened already), E09.
    """
    who = held.identity
    brought = pack.open(
        octets,
        transport_private=who.transport_key,
        domain_key=who.domain_key,
        serial=who.serial,
        tel=who.tel,
    )
    if brought.kind is not PackKind.MONTHLY or brought.month <= held.packed or brought.keys is None:
        raise PackageError("E04", "this is not the pack that follows: ask the server again")
    check_certificate(brought.client_certificate, who)
    months = with_month(who, brought)
    with brought.next_transport_seed as seed:
        next_key = transport_key(seed)
    bulletin_keys = [entry for entry in held.bulletin_keys if entry[0] != brought.month]
    taken = replace(
        held,
        identity=replace(who, transport_key=next_key, months=months),
        client_certificate=brought.client_certificate,
        bulletin_keys=tuple(sorted((*bulletin_keys, (brought.month, brought.bulletin_key)))),
        packed=brought.month,
    )
    return without_old(taken, now=now)


def take_bulletin(held: Enrolled, octets: bytes) -> Enrolled:
    """Read what all phones are to know; an older bulletin, or the same, changes nothing.

    Raises PackageError E02 (also for a policy that we cannot obey), E03 (also without the key of its month),
    E04.
    """
    who = held.identity
    where = bulletin.address(octets, who.domain_key)
    if where.domain != who.domain:
        raise PackageError("E04", "this bulletin is of another domain")
    if where.number <= held.bulletin:
        return held
    key = dict(held.bulletin_keys).get(where.month)
    if key is None:
        raise PackageError("E03", "there is no key for this bulletin: fetch the packs first")
    read = bulletin.open(octets, key=key, domain_key=who.domain_key)
    policy.read(read.policy)
    keys = {one.name: one.domain.domain_key for one in held.partners}
    same = {one.name for one in read.partners if keys.get(one.name) == one.domain.domain_key}
    return replace(
        held,
        bulletin=read.number,
        partners=read.partners,
        policy=read.policy,
        directory=read.directory,
        partners_revoked=read.revoked,
        partners_fetched=tuple(one for one in held.partners_fetched if one.domain in same),
    )


def agreed(held: Enrolled) -> DomainPolicy | None:
    """Return the policy of the newest bulletin; None if a newer firmware took it in and we cannot read it."""
    try:
        return policy.read(held.policy)
    except PackageError:
        return None


def take_revoked(held: Enrolled, octets: bytes) -> Enrolled:
    """Read the revocation list; an older one, or the same, changes nothing. PackageError E02 to E04."""
    read = revocation.parse(octets, held.identity.domain_key)
    if read.domain != held.identity.domain:
        raise PackageError("E04", "this revocation list is of another domain")
    return held if read.number <= held.revoked.number else replace(held, revoked=read)


def take_foreign(held: Enrolled, octets: bytes) -> tuple[Enrolled, tuple[str, ...]]:
    """Read partners' revocation lists as their servers gave them; also say whose were refused.

    Each is believed by its own domain's signature alone, one of nobody's partner is passed over, and a list
    replaces an older one only. What a partner's file has revoked stays revoked whatever comes this way.
    Raises PackageError E03 if the whole cannot be read.
    """
    partners = {one.name: one for one in held.partners}
    lists = {one.domain: one for one in held.partners_fetched}
    refused = []
    for one in revocation.unbundle(octets):
        name = ""
        try:
            name = revocation.says(one)
            if name not in partners:
                continue
            read = revocation.parse(one, partners[name].domain.domain_key)
        except PackageError:
            refused.append(name)
            continue
        before = lists.get(name)
        others = sum(len(each.hashes) for each in lists.values() if each.domain != name)
        if others + len(read.hashes) > revocation.MAX_FOREIGN_KEYS:
            refused.append(name)
        elif before is None or read.number > before.number:
            lists[name] = read
    fetched = tuple(sorted(lists.values(), key=lambda one: one.domain))
    after = held if fetched == held.partners_fetched else replace(held, partners_fetched=fetched)
    return after, tuple(refused)


def take_issuance(held: Enrolled, octets: bytes) -> Enrolled:
    """Look into a month's issuance list: our own key must be in it, and every other key of ours is counted.

    A list of a month that we hold no keys of says nothing to us. Raises PackageError E02, E03, E04: also if
    the list has lost or changed what it said before, or our own key is not in it.
    """
    who = held.identity
    head, leaves = issuance.open(octets, who.domain_key)
    if head.domain != who.domain:
        raise PackageError("E04", "this issuance list is of another domain")
    ours = next((one for one in who.months if one.month == head.month), None)
    if ours is None:
        return held
    before = next((seen for seen in held.issuance if seen.month == head.month), None)
    if before is not None and issuance.tree(leaves[: before.size]).root() != before.root:
        raise PackageError("E04", "the issuance list does not go on where it was: tell security")
    own = issuance.leaf(who.domain, who.tel, head.month, ours.pvt)
    others = issuance.others(leaves, own=own, revoked=held.revoked.hashes)
    seen = SeenIssuance(head.month, head.size, head.root, others, escrow.openings(leaves))
    if seen == before:
        return held
    kept = [entry for entry in held.issuance if entry.month != head.month]
    return replace(held, issuance=tuple(sorted((*kept, seen), key=lambda entry: entry.month)))


def without_month(held: Enrolled, month: str) -> Enrolled:
    """Return the same without the keys of one month; `held` itself if there are none.

    The key of its bulletins stays: they go on telling who is revoked, and open no call. Nor does a pack bring
    the month back: each opens once.
    """
    who = held.identity
    months = tuple(one for one in who.months if one.month != month)
    if len(months) == len(who.months):
        return held
    seen = tuple(entry for entry in held.issuance if entry.month != month)
    return replace(held, identity=replace(who, months=months), issuance=seen)


def without_old(held: Enrolled, *, now: float) -> Enrolled:
    """Return the same without the keys of months that ended more than 72 hours ago; `held` itself if none."""
    who = held.identity
    months = tuple(one for one in who.months if now < month_end(one.month) + GRACE_S)
    oldest = month_of(max(0, int(now) - GRACE_S))
    keys = tuple(entry for entry in held.bulletin_keys if entry[0] >= oldest)
    if (len(months), len(keys)) == (len(who.months), len(held.bulletin_keys)):
        return held
    left = {one.month for one in months}
    seen = tuple(entry for entry in held.issuance if entry.month in left)
    return replace(held, identity=replace(who, months=months), bulletin_keys=keys, issuance=seen)
