"""Partners at a store: our certificate out, theirs in; each change is one entry of the log, and one save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cms import partners
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter import when
from cms.partner_record import KnownPartner
from cms.partners import Asked
from cms.store import Store
from crypto.fingerprint import fingerprint
from crypto.partner_file import MAX_OCTETS

COLUMNS = ("Domain", "Organisation", "Numbers", "CRS", "Certificate", "Until", "Check code")
_EXPORT = "Phones hear of it with the next export:  cms export --media DIR"


def rows(domain: Domain) -> list[tuple[str, ...]]:
    """Return every partner, in the columns of a list."""
    return [_row(known) for known in domain.partners]


def _row(known: KnownPartner) -> tuple[str, ...]:
    read, partner = known.file, known.partner
    return (
        partner.name,
        partner.organisation,
        " ".join(partner.prefixes),
        partner.crs,
        f"{read.number}, {when(read.issued)}",
        partner.domain.until or "open",
        read.check_code,
    )


def give(held: Store, file: Path, prefixes: Sequence[str], *, at: int) -> str:
    """Write our own certificate to a new file; return what to tell. Raises OperatorMistake."""
    with StagedFiles() as staged:
        after, octets = partners.own_file(held.domain, prefixes=prefixes, now=at)
        staged.add(file, octets)
        held.save(after, act=held.act(f"certificate {after.certificates} for partners"))
        staged.appear()
    return f"Certificate {after.certificates} is in {file}.\nCheck code  {fingerprint(after.domain_key)}"


def read(file: Path) -> bytes:
    """Return the octets of a certificate file. Raises OperatorMistake."""
    try:
        with file.open("rb") as opened_file:
            octets = opened_file.read(MAX_OCTETS + 1)
    except OSError as error:
        raise OperatorMistake(f"{file} cannot be read: {error.strerror}") from error
    if len(octets) > MAX_OCTETS:
        raise OperatorMistake(f"{file} is larger than any certificate: it is something else")
    return octets


def shown(asked: Asked) -> str:
    """Return what a certificate says of itself, but for its check code: that is heard, not read here."""
    file, partner = asked.file, asked.file.partner
    until = f", until {partner.domain.until}" if partner.domain.until else ""
    return (
        f"Organisation  {partner.organisation}\nDomain        {partner.name}\n"
        f"Numbers       {' '.join(partner.prefixes)}…\nCRS           {partner.crs}\n"
        f"Certificate   {file.number}, made {when(file.issued)}, {len(file.revoked.hashes)} keys revoked\n"
        f"Keys          from {', '.join(one.first for one in partner.domain.generations)} on{until}"
    )


def take(held: Store, asked: Asked, check: str, *, at: int) -> str:
    """Make an organisation a partner, or know it newer; return what to tell. Raises OperatorMistake."""
    after = partners.take(held.domain, asked, check=check, now=at)
    partner = asked.file.partner
    told = (
        f"partner {partner.name}, certificate {asked.file.number}, check code {asked.file.check_code}, "
        f"numbers {' '.join(partner.prefixes)}"
    )
    if asked.before is not None and asked.before.check_code != asked.file.check_code:
        told += f"; in place of {asked.before.check_code}"
    held.save(after, act=held.act(told))
    return f"{partner.name} is a partner. {_EXPORT}"


def remove(held: Store, name: str) -> str:
    """Let an organisation be no partner any more; return what to tell. Raises OperatorMistake."""
    held.save(partners.remove(held.domain, name), act=held.act(f"partner removed: {name}"))
    return f"{name} is no partner any more. {_EXPORT}"
