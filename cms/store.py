"""The store: one encrypted file, replaced whole, with the generation before it kept beside it.

DIR/store           sealed under the passphrase (Argon2id, ChaCha20-Poly1305)
DIR/store.previous  the same, one command earlier, under the passphrase of that time
DIR/lock            held while a command runs
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cms.domain import MAX_USERS, CardState, Domain, IssuedCard, IssuedMonth, MasterSecrets, User
from cms.errors import OperatorMistake
from cms.files import locked, replace_keeping_previous
from crypto import cbor, sealing
from crypto.errors import PackageError
from crypto.secret import Secret

_CONTEXT = b"sottovoce CMS store"
_VERSION = 3
_MAX_OCTETS = 1024 * 1024 * 1024
_MAX_CARDS = 1_000_000
_DOMAIN = {
    1: int, 2: str, 3: str, 4: str, 5: str, 6: int, 7: list, 8: bytes, 9: bytes, 10: list, 11: list,
    12: int, 13: int, 14: bool, 15: int,
}  # fmt: skip
_USER = (str, str, int, str, bool)
_CARD = (str, int, str, int, int, int, str, bytes, bytes, bytes, bytes, int, list, int, int)
_MONTH = (str, int, int, bytes, bytes)
_MAX_MONTHS = 1000
_SECRETS = (bytes, bytes, bytes, bytes)
MIN_PASSPHRASE = 12
COST = sealing.DEFAULT_COST


class Store:
    """A store that is open and locked. `domain` is what it holds; `save` replaces it."""

    def __init__(self, folder: Path, passphrase: str, domain: Domain) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self.domain = domain

    def save(self, domain: Domain) -> None:
        """Replace what the store holds. Raises OperatorMistake if the disk refuses; the old content stays."""
        sealed = sealing.seal_under_code(encode(domain), self._passphrase, context=_CONTEXT, cost=COST)
        try:
            replace_keeping_previous(self._folder / "store", sealed, self._folder / "store.previous")
        except OSError as error:
            raise OperatorMistake(
                f"the store cannot be written ({error.strerror}): nothing was changed; "
                f"check the disk of {self._folder} and try again"
            ) from error
        self.domain = domain


def exists(folder: Path) -> bool:
    """Whether there is a store in a folder."""
    return (folder / "store").exists()


@contextmanager
def create(folder: Path, passphrase: str, domain: Domain) -> Iterator[Store]:
    """Make a new store and keep it open. Raises OperatorMistake if there is one already."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise OperatorMistake(
            f"the passphrase has {len(passphrase)} characters: take {MIN_PASSPHRASE} or more"
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorMistake(
            f"{folder} cannot be made ({error.strerror}): choose another --store"
        ) from error
    with locked(folder / "lock"):
        if exists(folder):
            raise OperatorMistake(f"{folder} holds a domain already: choose another --store for a second one")
        store = Store(folder, passphrase, domain)
        store.save(domain)
        yield store


@contextmanager
def open_store(folder: Path, passphrase: str) -> Iterator[Store]:
    """Open a store and hold its lock. Raises OperatorMistake if it is not there, in use, or does not open."""
    if not exists(folder):
        raise OperatorMistake(
            f"there is no domain in {folder}: name its folder with --store, or run  cms init"
        )
    with locked(folder / "lock"):
        yield Store(folder, passphrase, decode(_unseal(folder, passphrase)))


def _unseal(folder: Path, passphrase: str) -> bytes:
    try:
        return sealing.open_with_code((folder / "store").read_bytes(), passphrase, context=_CONTEXT)
    except OSError as error:
        raise OperatorMistake(f"{folder}/store cannot be read: {error.strerror}") from error
    except PackageError as error:
        if error.code == "E02":
            raise OperatorMistake("this store is of a newer CMS: update this one first") from error
        if error.code == "E10":
            raise OperatorMistake(f"wrong passphrase, or {folder}/store was changed: {_HINT}") from error
        raise OperatorMistake(f"{folder}/store is damaged: {_HINT}") from error


_HINT = (
    "if you are sure of the passphrase, copy store.previous (one command earlier) over store and try again"
)


def encode(domain: Domain) -> bytes:
    """Return the content of a store, not yet sealed: secret."""
    own = domain.secrets
    return cbor.encode(
        {
            1: _VERSION,
            2: domain.name,
            3: domain.organisation,
            4: domain.crs,
            5: domain.marking,
            6: domain.created,
            7: [secret.expose() for secret in (own.sakke, own.eccsi, own.domain, own.crs_tls)],
            8: domain.sakke_public_key,
            9: domain.eccsi_public_key,
            10: [[one.tel, one.name, one.added, one.marking, one.suspended] for one in domain.users],
            11: [_card_row(issued) for issued in domain.cards],
            12: domain.exports,
            13: domain.exported,
            14: domain.changed,
            15: domain.issuances,
        }
    )


def decode(octets: bytes) -> Domain:
    """Inverse of `encode`. Raises OperatorMistake for content that this version cannot have written."""
    try:
        values = cbor.fields(cbor.decode(octets, max_octets=_MAX_OCTETS), _DOMAIN)
        if values[1] != _VERSION:
            raise OperatorMistake("this store is of another version of the CMS: use that one")
        [master] = cbor.rows([values[7]], _SECRETS, at_most=1)
        return Domain(
            name=values[2],
            organisation=values[3],
            crs=values[4],
            marking=values[5],
            created=values[6],
            secrets=MasterSecrets(*map(Secret, master)),
            sakke_public_key=values[8],
            eccsi_public_key=values[9],
            users=tuple(User(*row) for row in cbor.rows(values[10], _USER, at_most=MAX_USERS)),
            cards=tuple(_card(row) for row in cbor.rows(values[11], _CARD, at_most=_MAX_CARDS)),
            exports=values[12],
            exported=values[13],
            changed=values[14],
            issuances=values[15],
        )
    except (PackageError, ValueError) as error:
        raise OperatorMistake(
            "the store opens, but its content cannot be read: use the CMS that wrote it"
        ) from error


def _card_row(issued: IssuedCard) -> list[object]:
    return [
        issued.tel,
        issued.serial,
        issued.month,
        issued.issued,
        issued.expires,
        int(issued.state),
        issued.check_code,
        issued.pvt,
        issued.transport_public,
        issued.device_public,
        issued.next_transport_seed.expose(),
        issued.order,
        [
            [month.month, month.order, month.issued, month.pvt, month.next_transport_seed.expose()]
            for month in issued.months
        ],
        issued.used,
        issued.destroyed,
    ]


def _card(row: list[Any]) -> IssuedCard:
    *first, state, check_code, pvt, transport_public, device_public, seed, order, months, used, destroyed = (
        row
    )
    tel, serial, month, issued, expires = first
    return IssuedCard(
        tel=tel,
        serial=serial,
        month=month,
        issued=issued,
        expires=expires,
        state=CardState(state),
        check_code=check_code,
        pvt=pvt,
        transport_public=transport_public,
        device_public=device_public,
        next_transport_seed=Secret(seed),
        order=order,
        months=tuple(
            IssuedMonth(month, made, at, pvt, Secret(following))
            for month, made, at, pvt, following in cbor.rows(months, _MONTH, at_most=_MAX_MONTHS)
        ),
        used=used,
        destroyed=destroyed,
    )
