"""CRS media, made from a domain: everything its server needs, and nothing that opens a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cms.domain import CardState, Domain, IssuedCard
from cms.errors import OperatorMistake
from crypto import certificates, crs_media, fields, pack, revocation, signed
from crypto.crs_media import CRSMedia, RosterEntry
from crypto.errors import PackageError
from crypto.pack import Pack, PackKind
from crypto.revocation import RevocationList
from crypto.secret import Secret


def export(
    domain: Domain, *, now: int, packed: Callable[[], None] = lambda: None
) -> tuple[Domain, dict[str, bytes]]:
    """Make CRS media: the files by name, the manifest last. `packed` is called after each phone's pack."""
    after = replace(domain, exports=domain.exports + 1, exported=now, changed=False)
    revoked = _revocation_list(after)
    domain_private = domain.secrets.domain
    packs = {}
    for issued in domain.cards:
        if issued.state is CardState.ISSUED:
            packs[issued.serial] = _first_pack(domain, issued, revoked, now)
            packed()
    host, _ = fields.split_crs(domain.crs)
    media = CRSMedia(
        sequence=after.exports,
        issued=now,
        own=domain.certificate,
        organisation=domain.organisation,
        roster=tuple(
            RosterEntry(
                issued.tel,
                issued.serial,
                crs_media.CardState(issued.state),
                issued.expires,
                revocation.pvt_hash(issued.pvt),
            )
            for issued in domain.cards
        ),
        packs=packs,
        partners=(),
        blocked=frozenset(issued.serial for issued in domain.cards if issued.state is CardState.BLOCKED),
        revoked=revoked,
        revoked_octets=revocation.build(revoked, domain_private=domain_private),
        # A phone whose clock is behind must still accept the CRS: valid since the domain exists.
        tls_certificate=certificates.issue_server(
            domain_private,
            domain.name,
            names=[host],
            public=signed.public_key(domain.secrets.crs_tls),
            not_before=domain.created,
            days=(now - domain.created) // 86_400 + certificates.SERVER_DAYS,
        ),
        tls_key=Secret(certificates.private_key_pem(domain.secrets.crs_tls).encode()),
    )
    return after, crs_media.build(media, domain_private=domain_private)


def _first_pack(domain: Domain, issued: IssuedCard, revoked: RevocationList, now: int) -> bytes:
    try:
        return pack.build(
            Pack(
                kind=PackKind.FIRST,
                tel=issued.tel,
                serial=issued.serial,
                month=issued.month,
                issued=now,
                next_transport_seed=issued.next_transport_seed,
                client_certificate=certificates.issue_phone(
                    domain.secrets.domain,
                    domain.name,
                    tel=issued.tel,
                    serial=issued.serial,
                    device_public=issued.device_public,
                    not_before=issued.issued,
                ),
                partners=(),
                policy={},
                directory=tuple((user.tel, user.name) for user in domain.users),
                revoked=revoked,
            ),
            transport_public=issued.transport_public,
            domain_private=domain.secrets.domain,
        )
    except (PackageError, ValueError) as error:
        raise OperatorMistake(f"the pack of {issued.tel} cannot be made: {error}") from error


def _revocation_list(domain: Domain) -> RevocationList:
    """Every export has its own number, so that of two lists the later one is known."""
    blocked = (issued.pvt for issued in domain.cards if issued.state is CardState.BLOCKED)
    return RevocationList(
        domain=domain.name,
        number=domain.exports,
        issued=domain.exported,
        hashes=frozenset(revocation.pvt_hash(pvt) for pvt in blocked),
    )
