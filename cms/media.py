"""CRS media, made from a domain: everything its server needs, and nothing that opens a call.

Two exports of one domain at one time are equal octet for octet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cms import month as months
from cms.domain import Domain, revocation_list
from cms.errors import OperatorMistake
from cms.month import MonthSecrets, Work
from cms.records import CardState, IssuedCard
from crypto import bulletin, certificates, crs_media, fields, issuance, pack, revocation, sealing, signed
from crypto.bulletin import Bulletin
from crypto.crs_media import CRSMedia, RosterEntry
from crypto.errors import PackageError
from crypto.escrow import Opening
from crypto.issuance import TreeHead
from crypto.pack import MonthKeys, Pack, PackKind
from crypto.secret import Secret

FIRST_PACK_S = 86_400
"""How long after its card has expired a first pack still travels: its holder's clock may be behind."""


def packs_in(domain: Domain, *, now: int) -> int:
    """Return how many packs an export makes, for a progress bar."""
    return len(_first(domain, now)) + len(months.work(domain, now=now))


def export(
    domain: Domain, *, now: int, packed: Callable[[], None] = lambda: None
) -> tuple[Domain, dict[str, bytes]]:
    """Make CRS media: the files by name, the manifest last. `packed` is called after each phone's pack."""
    after = replace(domain, exports=domain.exports + 1, exported=now, changed=False)
    revoked = revocation_list(after)
    suspended = domain.suspended
    domain_private = domain.secrets.domain
    packs = []
    for octets in _packs(domain, now):
        packs.append(octets)
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
                _roster_state(issued, suspended),
                issued.expires,
                revocation.pvt_hash(issued.pvt),
            )
            for issued in domain.cards
        ),
        packs=tuple(packs),
        bulletins={month: _bulletin(after, month) for month in _months(domain, now)},
        issuance={month: _issuance_list(domain, month, now) for month in _months(domain, now)},
        partners=tuple(known.partner for known in domain.partners),
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


def _roster_state(issued: IssuedCard, suspended: frozenset[str]) -> crs_media.CardState:
    """What the CRS may do with a card. Who is suspended is blocked there, and on no list that is final."""
    if issued.state is CardState.BLOCKED or issued.tel in suspended:
        return crs_media.CardState.BLOCKED
    return crs_media.CardState.ACTIVE


def _months(domain: Domain, now: int) -> list[str]:
    """This month, and every later one that keys were issued for."""
    this = fields.month_of(now)
    later = {month.month for card in domain.cards for month in card.months if month.month > this}
    return [this, *sorted(later)]


def _packs(domain: Domain, now: int) -> Iterator[bytes]:
    for card in _first(domain, now):
        yield _first_pack(domain, card, now)
    for one, made in months.make(domain, months.work(domain, now=now)):
        yield _monthly_pack(domain, one, made)
        made.rsk.wipe()
        made.ssk.wipe()


def _first(domain: Domain, now: int) -> list[IssuedCard]:
    """The cards that may still be used for the first time."""
    return [
        card for card in domain.cards if card.state is CardState.ISSUED and now < card.expires + FIRST_PACK_S
    ]


def _first_pack(domain: Domain, issued: IssuedCard, now: int) -> bytes:
    brought = Pack(
        kind=PackKind.FIRST,
        tel=issued.tel,
        serial=issued.serial,
        month=issued.month,
        issued=now,
        next_transport_seed=issued.next_transport_seed,
        client_certificate=_certificate(domain, issued, issued.issued),
        bulletin_key=bulletin.key_of(domain.secrets.domain, issued.month),
    )
    return _sealed(domain, brought, issued.transport_public)


def _monthly_pack(domain: Domain, one: Work, made: MonthSecrets) -> bytes:
    month = one.month
    brought = Pack(
        kind=PackKind.MONTHLY,
        tel=one.card.tel,
        serial=one.card.serial,
        month=month.month,
        issued=month.issued,
        next_transport_seed=month.next_transport_seed,
        client_certificate=_certificate(domain, one.card, month.issued),
        bulletin_key=bulletin.key_of(domain.secrets.domain, month.month),
        keys=MonthKeys(
            made.rsk, made.ssk, made.pvt, made.masters.sakke_public_key, made.masters.eccsi_public_key
        ),
    )
    return _sealed(domain, brought, one.transport_public)


def _sealed(domain: Domain, brought: Pack, transport_public: bytes) -> bytes:
    try:
        return pack.build(
            brought,
            transport_public=transport_public,
            domain_private=domain.secrets.domain,
            draw_from=sealing.derive(brought.next_transport_seed, "ephemeral keys"),
        )
    except (PackageError, ValueError) as error:
        raise OperatorMistake(f"the pack of {brought.tel} cannot be made: {error}") from error


def _certificate(domain: Domain, issued: IssuedCard, not_before: int) -> bytes:
    return certificates.issue_phone(
        domain.secrets.domain,
        domain.name,
        tel=issued.tel,
        serial=issued.serial,
        device_public=issued.device_public,
        not_before=not_before,
    )


def _bulletin(domain: Domain, month: str) -> bytes:
    content = Bulletin(
        domain=domain.name,
        month=month,
        number=domain.exports,
        issued=domain.exported,
        policy=domain.policy.values,
        partners=tuple(known.partner for known in domain.partners),
        directory=tuple((user.tel, user.name) for user in domain.users),
        revoked=tuple(known.file.revoked for known in domain.partners),
    )
    domain_private = domain.secrets.domain
    return bulletin.build(content, key=bulletin.key_of(domain_private, month), domain_private=domain_private)


def _issuance_list(domain: Domain, month: str, now: int) -> bytes:
    """Every signing key of a month in the order in which they were made, blocked too, and all openings."""
    made = [(card.order, card.tel, card.pvt) for card in domain.cards if card.month == month]
    made += [
        (later.order, card.tel, later.pvt)
        for card in domain.cards
        for later in card.months
        if later.month == month
    ]
    leaves = {order: issuance.leaf(domain.name, tel, month, pvt) for order, tel, pvt in made}
    for one in domain.openings:
        if one.listed == month:
            opening = Opening(domain.name, one.tel, one.month, one.case, one.opened, one.nonce)
            leaves[one.order] = opening.leaf
    ordered = [leaf for _, leaf in sorted(leaves.items())]
    head = TreeHead(domain.name, month, len(ordered), issuance.tree(ordered).root(), now)
    return issuance.build(ordered, head=head, domain_private=domain.secrets.domain)
