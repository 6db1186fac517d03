"""A domain: its master secrets, its people, their cards. Pure: each operation returns the domain after it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace

from cms.errors import OperatorMistake
from cms.generations import MasterGeneration, generate, serving
from cms.partner_record import KnownPartner
from cms.records import CardState, IssuedCard, IssuedOpening, MasterSecrets, User
from crypto import (
    card,
    crs_media,
    eccsi,
    fields,
    identifier,
    revocation,
    sakke,
    sealing,
    signed,
)
from crypto.card import CardDetails, CardSecrets
from crypto.domain import DomainCertificate, partner_of
from crypto.policy import DomainPolicy
from crypto.revocation import RevocationList
from crypto.secret import Secret
from crypto.serials import serial_text

DEFAULT_MARKING = "KEY MATERIAL: FOR THE ADDRESSEE ONLY"
MAX_MARKING_OCTETS = 80
MAX_USERS = crs_media.MAX_USERS
PUBLISHED = 4
"""The month before, this one and two ahead: no more generations than that serve them."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Domain:
    """One domain. `created` and all other times are Unix seconds; `exports` counts CRS media made so far,
    `issuances` the signing keys, with `openings` among them. `policy` is what every phone enforces and shows.
    `generations` come in the order of their months; there is always one. `prefixes` are what our numbers
    begin with, as partners were told, and `certificates` how often they were.

    `changed` says that the CRS does not know everything yet: something happened since the last export.
    """

    name: str
    organisation: str
    crs: str
    marking: str
    created: int
    secrets: MasterSecrets
    generations: tuple[MasterGeneration, ...]
    users: tuple[User, ...] = ()
    cards: tuple[IssuedCard, ...] = ()
    exports: int = 0
    exported: int = 0
    changed: bool = False
    issuances: int = 0
    openings: tuple[IssuedOpening, ...] = ()
    policy: DomainPolicy = field(default_factory=DomainPolicy)
    partners: tuple[KnownPartner, ...] = ()
    prefixes: str = ""
    certificates: int = 0

    @property
    def domain_key(self) -> bytes:
        """The public key that verifies everything this domain signs (Ed25519, 32 octets)."""
        return signed.public_key(self.secrets.domain)

    @property
    def certificate(self) -> DomainCertificate:
        """What others may know of this domain: generations for every month that still counts."""
        published = tuple(one.public for one in self.generations[-PUBLISHED:])
        return DomainCertificate(self.name, self.domain_key, published)

    def certificate_of(self, month: str) -> DomainCertificate:
        """What others may know of this domain in one month, however long ago."""
        return DomainCertificate(self.name, self.domain_key, (self.generation(month).public,))

    def generation(self, month: str) -> MasterGeneration:
        """Return the master secrets that the keys of a month are made from."""
        return serving(self.generations, month)

    @property
    def own_prefixes(self) -> tuple[str, ...]:
        """What our numbers begin with; empty if no partner was ever told."""
        return tuple(self.prefixes.split())

    @property
    def suspended(self) -> frozenset[str]:
        """The numbers of those who are suspended."""
        return frozenset(user.tel for user in self.users if user.suspended)

    def user(self, tel: str) -> User:
        """Return the user with a number. Raises OperatorMistake if there is none."""
        for user in self.users:
            if user.tel == tel:
                return user
        raise OperatorMistake(f"nobody has {tel}: add them with  cms user add --tel {tel} --name NAME")

    def card_of(self, tel: str) -> IssuedCard | None:
        """Return the card of a number that is not blocked, if there is one."""
        for issued in self.cards:
            if issued.tel == tel and issued.state is CardState.ISSUED:
                return issued
        return None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Letter:
    """One card to hand over. `text` is its QR code; `transfer_code` is None if it is not sealed."""

    card: IssuedCard
    text: str
    name: str
    organisation: str
    marking: str
    transfer_code: str | None


def create(name: str, *, organisation: str, crs: str, marking: str = DEFAULT_MARKING, now: int) -> Domain:
    """Return a new domain with fresh master secrets. Raises OperatorMistake for what would not work."""
    try:
        fields.check_domain(name)
        fields.check_text("organisation", organisation, fields.MAX_NAME_OCTETS)
        fields.check_text("marking", marking, MAX_MARKING_OCTETS)
        crs = fields.join_crs(*fields.split_crs(crs))
    except ValueError as error:
        raise OperatorMistake(str(error)) from error
    domain = Domain(
        name=name,
        organisation=organisation,
        crs=crs,
        marking=marking,
        created=now,
        secrets=MasterSecrets(
            domain=Secret(secrets.token_bytes(32)),
            crs_tls=Secret(secrets.token_bytes(32)),
        ),
        generations=(generate(fields.month_of(now), now=now),),
    )
    if room_for_name(domain) < 1:
        raise OperatorMistake(
            "not even one letter of a name would fit on a card: shorten organisation or CRS"
        )
    return domain


def add_user(domain: Domain, *, tel: str, name: str, now: int, marking: str = "") -> Domain:
    """Add a person. Raises OperatorMistake if number, name or marking do not work, or the number is taken."""
    if any(other.tel == tel for other in domain.users):
        raise OperatorMistake(f"{tel} is taken: see  cms user list")
    former = max((one.newest for one in domain.cards if one.tel == tel), default="")
    user = check_user(User(tel, name, now, marking), room=room_for_name(domain), former=former)
    check_number(domain, tel)
    users = tuple(sorted((*domain.users, user), key=lambda one: one.tel))
    return replace(domain, users=users, changed=True)


def check_user(user: User, *, room: int, former: str) -> User:
    """Return a person as new. Raises OperatorMistake for a number, name or marking that does not work.

    `room` is how long a name may be. `former` is the last month for which somebody before them has keys of
    the number, '' if nobody has: those keys open what is sent to the number, whoever has it.
    """
    try:
        fields.check_tel(user.tel)
        fields.check_text("name", user.name, fields.MAX_NAME_OCTETS)
        if user.marking:
            fields.check_text("marking", user.marking, MAX_MARKING_OCTETS)
    except ValueError as error:
        raise OperatorMistake(str(error)) from error
    excess = len(user.name.encode()) - room
    if excess > 0:
        raise OperatorMistake(
            f"{user.name!r} does not fit on a card of this domain: shorten it by {excess} octets"
        )
    if former >= fields.month_of(user.added):
        raise OperatorMistake(
            f"whoever had {user.tel} before has keys for it until the end of {former}: "
            "add it after that, or take another number"
        )
    return user


def check_number(domain: Domain, tel: str) -> None:
    """Raise OperatorMistake if a number is a partner's: its KMS vouches for it, and ours does not."""
    owner = partner_of([known.partner for known in domain.partners], tel)
    if owner is not None:
        raise OperatorMistake(f"{tel} is a number of our partner {owner.name}: take one of our own")


def issue_card(
    domain: Domain, *, tel: str, now: int, sealed: bool = True, reissue: bool = False
) -> tuple[Domain, Letter]:
    """Make the card of a number for the month of `now` (UTC), valid for a week or to the month's end.

    With `reissue` an existing card is blocked and its signing key revoked; without, it is a mistake.
    """
    made: list[Letter] = []
    after = issue_cards(domain, [domain.user(tel)], now=now, made=made.append, sealed=sealed, reissue=reissue)
    return after, made[0]


def issue_cards(
    domain: Domain,
    users: Iterable[User],
    *,
    now: int,
    made: Callable[[Letter], None],
    sealed: bool = True,
    reissue: bool = False,
) -> Domain:
    """Make cards for many, as `issue_card` does for one. Each letter is given to `made` and not kept."""
    active = active_cards(domain)
    serials = {issued.serial for issued in domain.cards}
    blocked, cards, order = set(), [], domain.issuances
    for user in users:
        old = active.get(user.tel)
        if user.suspended:
            raise OperatorMistake(f"{user.tel} is suspended: first  cms user resume --tel {user.tel}")
        if old is not None and not reissue:
            raise OperatorMistake(
                f"{user.tel} has card {serial_text(old.serial)} already, and a card is shown once: "
                "to block it and make a new one, add  --reissue"
            )
        letter = _letter(domain, user, serial=_new_serial(serials), order=order, now=now, sealed=sealed)
        order += 1
        serials.add(letter.card.serial)
        active[user.tel] = letter.card
        if old is not None:
            blocked.add(old.serial)
        cards.append(letter.card)
        made(letter)
    after = tuple(
        replace(one, state=CardState.BLOCKED) if one.serial in blocked else one
        for one in (*domain.cards, *cards)
    )
    return replace(domain, cards=after, changed=domain.changed or bool(cards), issuances=order)


def active_cards(domain: Domain) -> dict[str, IssuedCard]:
    """Return every card that is not blocked, by its number."""
    return {issued.tel: issued for issued in domain.cards if issued.state is CardState.ISSUED}


def block_card(domain: Domain, blocked: IssuedCard) -> Domain:
    """Block a card: the CRS refuses its holder and the next revocation list names its signing key."""
    cards = tuple(
        replace(one, state=CardState.BLOCKED) if one.serial == blocked.serial else one for one in domain.cards
    )
    return replace(domain, cards=cards, changed=True)


def revocation_list(domain: Domain) -> RevocationList:
    """Every export has its own number, so that of two lists the later one is known."""
    blocked = [card for card in domain.cards if card.state is CardState.BLOCKED]
    pvts = [pvt for card in blocked for pvt in (card.pvt, *(month.pvt for month in card.months))]
    return RevocationList(
        domain=domain.name,
        number=domain.exports,
        issued=domain.exported,
        hashes=frozenset(revocation.pvt_hash(pvt) for pvt in pvts),
    )


def with_new_crs_key(domain: Domain) -> Domain:
    """Return the domain with another TLS key for its CRS, which the next export carries."""
    kept = replace(domain.secrets, crs_tls=Secret(secrets.token_bytes(32)))
    return replace(domain, secrets=kept, changed=True)


def room_for_name(domain: Domain) -> int:
    """Return how many octets (UTF-8) a name may have to fit on this domain's cards."""
    longest = _details(
        domain,
        User("+999999999999999", "x" * fields.MAX_NAME_OCTETS, domain.created),
        serial=fields.MAX_SERIAL,
        month=fields.month_of(domain.created),
        issued=domain.created,
        expires=domain.created + card.LIFETIME_S,
        pvt=domain.generations[-1].eccsi_public_key,  # any point has the size of a PVT
    )
    return fields.MAX_NAME_OCTETS - max(0, card.size(longest) - card.MAX_OCTETS)


def _details(
    domain: Domain, user: User, *, serial: int, month: str, issued: int, expires: int, pvt: bytes
) -> CardDetails:
    kms = domain.generation(month)
    return CardDetails(
        tel=user.tel,
        name=user.name,
        organisation=domain.organisation,
        domain=domain.name,
        serial=serial,
        month=month,
        issued=issued,
        expires=expires,
        crs=domain.crs,
        domain_key=domain.domain_key,
        sakke_public_key=kms.sakke_public_key,
        eccsi_public_key=kms.eccsi_public_key,
        pvt=pvt,
    )


def _letter(domain: Domain, user: User, *, serial: int, order: int, now: int, sealed: bool) -> Letter:
    details, card_secrets = _new_card(domain, user, serial, now)
    code = sealing.new_transfer_code() if sealed else None
    text = card.encode(details, card_secrets, domain_private=domain.secrets.domain, code=code)
    read = card.parse(text, domain_key=domain.domain_key)
    read.validate(card_secrets)
    issued = IssuedCard(
        tel=user.tel,
        serial=serial,
        month=details.month,
        issued=now,
        expires=details.expires,
        state=CardState.ISSUED,
        check_code=read.check_code(),
        pvt=details.pvt,
        transport_public=sealing.transport_public(card_secrets.transport_key),
        device_public=signed.public_key(card_secrets.tls_key),
        next_transport_seed=Secret(secrets.token_bytes(32)),
        order=order,
    )
    card_secrets.wipe()
    return Letter(issued, text, user.name, domain.organisation, user.marking or domain.marking, code)


def _new_card(domain: Domain, user: User, serial: int, now: int) -> tuple[CardDetails, CardSecrets]:
    month = fields.month_of(now)
    identity = identifier.monthly(user.tel, fields.month_moment(month))
    masters = domain.generation(month).check_kept()
    ssk, pvt = eccsi.extract_ssk(masters.eccsi.expose(), identity)
    details = _details(
        domain,
        user,
        serial=serial,
        month=month,
        issued=now,
        expires=min(now + card.LIFETIME_S, fields.month_end(month)),
        pvt=pvt,
    )
    rsk = sakke.extract_rsk(masters.sakke.expose(), identity)
    return details, CardSecrets(Secret(rsk), Secret(ssk), Secret(secrets.token_bytes(32)))


def _new_serial(used: Container[int]) -> int:
    while (serial := secrets.randbits(64)) in used or serial == 0:
        pass
    return serial
