"""Escrow: one number's key of one month given out, entered where every phone sees that it was. Pure.

Only in escrow mode, only by custodians and two operators, and only for a month that has begun: nothing is
given out in advance.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from cms import masters
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.records import IssuedOpening
from cms.slots import Head
from crypto import escrow, fields, identifier, sakke
from crypto.domain import Generation, NoGeneration, Partner
from crypto.errors import PackageError
from crypto.escrow import Opening
from crypto.policy import Mode
from crypto.secret import Secret


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Opened:
    """An opening that is about to be made: the domain after it, what it is, and the key (257 octets)."""

    domain: Domain
    opening: Opening
    rsk: Secret


def check_allowed(domain: Domain, head: Head, *, second: bool) -> None:
    """Raise OperatorMistake unless this domain has agreed on escrow, and all who are needed are here."""
    if domain.policy.mode is not Mode.ESCROW:
        raise OperatorMistake(
            f"this domain is {domain.policy.mode}, and its phones say so: nothing is opened. "
            "Escrow is agreed on beforehand, for all to see:  cms policy set mode escrow"
        )
    if head.custody is None or not second:
        raise OperatorMistake(
            "escrow needs the shares of the custodians and two operators: "
            "add  --second NAME  and a  --share FILE  for each custodian"
        )


def open_month(domain: Domain, *, case: str, tel: str, month: str, now: int) -> Opened:
    """Give out a number's key of a month. Raises OperatorMistake if there is none, or not yet."""
    try:
        escrow.check_case(case)
    except PackageError as error:
        raise OperatorMistake(
            f"a case has a number of 1 to {escrow.MAX_CASE_OCTETS} printable characters: {error}"
        ) from error
    this = fields.month_of(now)
    had = {card.month for card in domain.cards if card.tel == tel}
    had |= {later.month for card in domain.cards if card.tel == tel for later in card.months}
    if month not in had:
        known = ", ".join(sorted(had)) or "no month at all"
        raise OperatorMistake(f"{tel} never had keys for {month!r}: there are keys for {known}")
    if month > this:
        raise OperatorMistake(f"{month} has not begun: nothing is opened in advance")
    nonce = secrets.token_bytes(escrow.NONCE_OCTETS)
    opening = Opening(domain.name, tel, month, case, now, nonce)
    kept = IssuedOpening(domain.issuances, this, now, tel, month, case, nonce)
    after = replace(domain, openings=(*domain.openings, kept), issuances=domain.issuances + 1, changed=True)
    rsk = masters.rsk_of(domain, tel, month)
    sakke.validate_rsk(
        rsk.expose(),
        identifier=identifier.monthly(tel, fields.month_moment(month)),
        kms_public_key=domain.generation(month).sakke_public_key,
    )
    return Opened(after, opening, rsk)


def partners_of(domain: Domain, month: str) -> tuple[Partner, ...]:
    """Return our partners with their keys of one month: those who have called are verified with them.

    Whoever has not told us the keys of that month, or not any more, is left out.
    """
    known = []
    for one in domain.partners:
        partner = one.partner
        try:
            serving = partner.domain.kms(month)
        except NoGeneration:
            continue
        keys = Generation(month, serving.sakke_public_key, serving.eccsi_public_key)
        known.append(replace(partner, domain=replace(partner.domain, generations=(keys,), until=month)))
    return tuple(known)


def told(opening: Opening) -> str:
    """Return what the log says of an opening: all but its nonce."""
    leaf = opening.leaf.pvt.hex()
    return f"case {opening.case}: calls to {opening.tel} in {opening.month} opened; leaf {leaf}"
