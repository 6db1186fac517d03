"""What is on CRS media, in words, for whoever carries them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from crypto import pack
from crypto.crs_media import CardState, CRSMedia
from crypto.fingerprint import fingerprint
from crypto.pack import PackKind


def report(media: CRSMedia, sizes: Mapping[str, int]) -> list[str]:
    """Return the lines that describe media whose signature, sizes and digests were found right."""
    key = media.own.domain_key
    served = sum(entry.state is CardState.ACTIVE for entry in media.roster)
    made = datetime.fromtimestamp(media.issued, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    addresses = [pack.address(octets, key) for octets in media.packs]
    first = sum(where.kind is PackKind.FIRST for where in addresses)
    monthly = Counter(where.month for where in addresses if where.kind is PackKind.MONTHLY)
    return [
        f"domain       {media.domain} ({media.organisation})",
        f"fingerprint  {fingerprint(key)}",
        f"media        number {media.sequence}, made {made}",
        f"cards        {len(media.roster)}, {served} served, {len(media.blocked)} on the block list",
        f"first packs  {first}",
        *(f"keys of      {month}: {count} phones" for month, count in sorted(monthly.items())),
        f"bulletins    {_listed(media.bulletins)}",
        f"issuance     {_listed(media.issuance)}",
        f"revoked      {len(media.revoked.hashes)} signing keys, list number {media.revoked.number}",
        *(
            f"partner      {one.name} ({one.organisation}) {' '.join(one.prefixes)} at {one.crs}"
            for one in media.partners
        ),
        *(f"file         {name} {size} octets" for name, size in sorted(sizes.items())),
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
