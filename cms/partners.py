"""Partners: organisations whose phones ours may call. Their certificates in, our own out. Pure.

first import    the check code, heard from them, is typed
a newer file    of the same key replaces the one there is; if it claims more numbers, the check code again
another key     under the same name: only with `replacing`, and the check code (they had to begin anew)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cms import masters
from cms.domain import Domain, revocation_list
from cms.errors import OperatorMistake
from cms.partner_record import KnownPartner
from crypto import domain as domains
from crypto import fields, partner_file
from crypto.domain import MAX_PARTNERS, MAX_PREFIXES, DomainCertificate, Partner
from crypto.errors import PackageError
from crypto.fingerprint import same_fingerprint
from crypto.partner_file import PartnerFile

_CLOCKS_S = 86_400
"""How far apart the clocks of two CMS may be: neither is on a network."""
_AT_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A certificate file that was read, and what it would replace. `confirm`: its check code is needed."""

    octets: bytes
    file: PartnerFile
    before: PartnerFile | None
    confirm: bool


def own_file(domain: Domain, *, prefixes: Sequence[str], now: int) -> tuple[Domain, bytes]:
    """Make our own certificate for partners; without `prefixes`, with those of the last time.

    Raises OperatorMistake for what no number begins with, or if somebody's number begins otherwise.
    """
    claimed = tuple(sorted(set(prefixes))) or domain.own_prefixes
    if not claimed:
        raise OperatorMistake("say what our numbers begin with, once for each:  --prefix +44163296")
    if len(claimed) > MAX_PREFIXES:
        raise OperatorMistake(f"{MAX_PREFIXES} prefixes are the most: take shorter ones")
    try:
        for prefix in claimed:
            fields.check_prefix(prefix)
    except ValueError as error:
        raise OperatorMistake(str(error)) from error
    outside = [user.tel for user in domain.users if not user.tel.startswith(claimed)]
    if outside:
        raise OperatorMistake(
            f"{_some(outside)} would be no number of ours for a partner: add what it begins with  (--prefix)"
        )
    for known in domain.partners:
        _check_apart(claimed, known.partner, "our own numbers")
    after = replace(domain, prefixes=" ".join(claimed), certificates=domain.certificates + 1)
    newest = max(fields.month_of(now), domain.generations[-1].first, masters.newest_issued(domain))
    certificate = DomainCertificate(
        domain.name,
        domain.domain_key,
        domain.certificate.generations,
        until=masters.period_end(newest, domain.policy.rotate),
    )
    content = PartnerFile(
        Partner(certificate, domain.organisation, domain.crs, claimed),
        number=after.certificates,
        issued=now,
        revoked=replace(revocation_list(domain), number=after.certificates, issued=now),
    )
    return after, partner_file.build(content, domain_private=domain.secrets.domain)


def ask(domain: Domain, octets: bytes, *, now: int, replacing: bool) -> Asked:
    """Read a certificate file and hold it against what we know. Raises OperatorMistake."""
    try:
        file = partner_file.parse(octets)
    except PackageError as error:
        raise OperatorMistake(f"this is no KMS certificate that can be used ({error})") from error
    partner = file.partner
    if partner.name == domain.name or partner.domain.domain_key == domain.domain_key:
        raise OperatorMistake(f"this certificate is of {domain.name}, which is ourselves")
    known = {one.name: one.file for one in domain.partners}
    before = known.get(partner.name)
    if file.issued > now + _CLOCKS_S:
        raise OperatorMistake("this certificate is dated later than today: check the clock of this computer")
    if partner.domain.until and partner.domain.until < fields.month_of(now):
        raise OperatorMistake(
            f"this certificate speaks for months until {partner.domain.until} only: ask for a newer one"
        )
    others = [one.partner for one in known.values() if one.partner.name != partner.name]
    for other in others:
        if other.domain.domain_key == partner.domain.domain_key:
            raise OperatorMistake(f"this is the key of {other.name}, under another name: ask them why")
        _check_apart(partner.prefixes, other, f"numbers of {other.name}")
    _check_ours(domain, partner)
    if before is None and len(others) >= MAX_PARTNERS:
        raise OperatorMistake(f"{MAX_PARTNERS} partners are the most: remove one first")
    if before is not None and not replacing:
        _check_follows(file, before)
    return Asked(octets, file, before, confirm=_to_confirm(file, before))


def take(domain: Domain, asked: Asked, *, check: str, now: int) -> Domain:
    """Put a partner in, or in the place of its older certificate. `check` is what was read aloud.

    Raises OperatorMistake if the check code is needed and is not this one.
    """
    partner = asked.file.partner
    if (asked.confirm or check) and not same_fingerprint(check, partner.domain.domain_key):
        raise OperatorMistake(
            f"that is not the check code of this file: it may be somebody else's, who calls himself "
            f"{partner.name}. Do not use it; ask them for the file again, another way"
        )
    others = [one for one in domain.partners if one.name != partner.name]
    known = (*others, KnownPartner(partner.name, asked.octets, now))
    return replace(domain, partners=tuple(sorted(known, key=lambda one: one.name)), changed=True)


def remove(domain: Domain, name: str) -> Domain:
    """Let a partner be none any more. Raises OperatorMistake."""
    left = tuple(one for one in domain.partners if one.name != name)
    if len(left) == len(domain.partners):
        raise OperatorMistake(f"{name} is no partner: see  cms partner list")
    return replace(domain, partners=left, changed=True)


def _check_follows(file: PartnerFile, before: PartnerFile) -> None:
    name = file.partner.name
    if file.partner.domain.domain_key != before.partner.domain.domain_key:
        raise OperatorMistake(
            f"{name} is known under another key: call them. If they had to begin anew, add  --replace  "
            "and type the check code that they read to you"
        )
    if file == before:
        raise OperatorMistake(f"this certificate of {name} is known already: nothing was changed")
    if file.number <= before.number:
        raise OperatorMistake(
            f"this is certificate {file.number} of {name}, and number {before.number} is known: ask for a "
            "newer one; if they had to restore a backup, add  --replace  and the check code"
        )


def _to_confirm(file: PartnerFile, before: PartnerFile | None) -> bool:
    """A newer file of a known key needs no check code, unless it claims numbers that it did not before."""
    if before is None or file.partner.domain.domain_key != before.partner.domain.domain_key:
        return True
    if file.number <= before.number:
        return True
    return not all(prefix.startswith(before.partner.prefixes) for prefix in file.partner.prefixes)


def _check_ours(domain: Domain, partner: Partner) -> None:
    ours = [user.tel for user in domain.users if domains.partner_of([partner], user.tel)]
    if ours:
        raise OperatorMistake(
            f"{partner.name} claims {_some(ours)}, which we have given out: nothing was changed; "
            "ask them for a certificate with their own numbers only"
        )
    _check_apart(domain.own_prefixes, partner, "our own numbers")


def _check_apart(prefixes: Sequence[str], partner: Partner, whose: str) -> None:
    for ours in prefixes:
        for theirs in partner.prefixes:
            if ours.startswith(theirs) or theirs.startswith(ours):
                raise OperatorMistake(
                    f"{ours} and {theirs} overlap: {partner.name} and {whose} would be mixed up; "
                    "agree on whose they are, and ask for another certificate"
                )


def _some(tels: Sequence[str]) -> str:
    more = f" and {len(tels) - _AT_MOST_NAMED} more" if len(tels) > _AT_MOST_NAMED else ""
    return ", ".join(tels[:_AT_MOST_NAMED]) + more
