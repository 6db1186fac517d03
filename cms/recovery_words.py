"""What an operator is told, and the log keeps, of a recovery: what it ends, and what to do next. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cms.domain import Domain
from cms.letter_record import LetterState, state
from cms.recovery import Recovered
from crypto.fingerprint import fingerprint
from crypto.serials import serial_text


def ends(domain: Domain) -> str:
    """Return what new keys for the whole domain end, to be read before anybody says yes."""
    unused = sum(state(card) is LetterState.ISSUED for card in domain.cards)
    return (
        f"This ends every key of {domain.name}:\n"
        f"- the phones of {len(domain.users)} people stop working until each is enrolled anew;\n"
        f"- all {len(domain.cards)} cards are void, {unused} letters not noted as used among them;\n"
        "- the CRS refuses every phone, and every phone the CRS, until both have the new domain;\n"
        "- partners refuse your calls until they have your new certificate;\n"
        "- backups made before open nothing new, other operators and the custodians leave."
    )


def bridge(old: Domain, after: Domain, octets: bytes, kept: Path | None, reason: str) -> str:
    """Return what the log says where the old keys sign for the new ones. `octets` is the old store's file."""
    digest = hashlib.sha256(octets).hexdigest()
    fate = f"kept in {kept.name}" if kept else "to be destroyed, with its disk and every backup"
    return (
        f"domain key {fingerprint(old.domain_key)} gives way to {fingerprint(after.domain_key)};"
        f" cards void: {len(old.cards)}; stated: the old store (SHA-256 {digest}) is {fate}; reason: {reason}"
    )


def after_cms(old: Domain, after: Domain, kept: Path | None, output: Path | None, codes: Path | None) -> str:
    """Return what to do once the whole domain has new keys."""
    letters = (
        f"Print the letters in {output} and the codes in {codes}, send them different ways, remove both."
        if output
        else "cms letters --new -o DIR --codes FILE   and send both different ways."
    )
    fate = f"Lock {kept} away: it opens with the old passphrases." if kept else "Destroy its disk now."
    return _steps(
        (
            f"{after.name} has new keys.\nFingerprint  {fingerprint(after.domain_key)}\n"
            f"It was       {fingerprint(old.domain_key)}",
            f"{fate} Destroy backups and shares made before; then  cms backup FILE",
            "cms user list   Is everybody somebody you know? Remove who is not, with their letter.",
            letters,
            "cms export --media DIR   and carry it to the CRS, whose server is stopped:"
            "  crs recover --media DIR --fingerprint '…'",
            "Every phone: Menu, Administration, Enrol this phone, with its new letter. Until then it shows"
            " E22 and calls nobody.",
            "Tell your partners by another way than before, and give them your new certificate.",
            "cms operator add, cms policy show, cms custodians: put people and agreements back.",
            "Everything that the old keys ever protected counts as open: its recorded calls, and who anybody"
            " is.",
        )
    )


def told(done: Recovered) -> str:
    """Return what the log says of a person's recovery."""
    lost, new = done.lost, done.letter.card
    return (
        f"{lost.tel}: card {serial_text(lost.serial)} blocked, its letter void, signing keys revoked:"
        f" {done.revoked}; new card {serial_text(new.serial)}"
    )


def after_user(done: Recovered, medium: Path | None) -> str:
    """Return what to do once a person has a new card in the place of one that is lost."""
    lost, serial = done.lost, serial_text(done.lost.serial)
    months = " and ".join(sorted({lost.month, *(later.month for later in lost.months)}))
    carry = f"carry {medium} to the CRS" if medium else "cms export --media DIR   and carry it to the CRS"
    return _steps(
        (
            f"Card {serial} of {lost.tel} is blocked, {done.revoked} of its signing keys are revoked.",
            f"At the CRS, now, if that was not done:  crs block {lost.tel}",
            f"{carry}:  crs load --media {medium or 'DIR'}   Then destroy the media.",
            "Enrol the next phone with the new card; tell the code by another way.",
            f"When the old letter is destroyed:  cms letter destroyed '{serial}'",
            "Back up:  cms backup FILE",
            f"Nothing undoes this: who has the keys out of the lost phone opens recorded calls to {lost.tel}"
            f" of {months}.",
        )
    )


def _steps(lines: Sequence[str]) -> str:
    first, *steps, last = lines
    return "\n".join([first, *(f"{number}. {step}" for number, step in enumerate(steps, 1)), last])
