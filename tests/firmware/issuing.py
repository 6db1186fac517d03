"""A domain for tests of the key service: cards for any number and month, packs that answer them."""

from __future__ import annotations

import base64
import functools
from dataclasses import replace
from datetime import UTC, datetime

from crypto import bulletin, card, certificates, enrolment, pack, revocation, sealing, signed
from crypto.bulletin import Bulletin
from crypto.card import CardDetails, CardSecrets
from crypto.fields import month_of
from crypto.pack import MonthKeys, Pack, PackKind
from crypto.revocation import RevocationList
from crypto.sealing import Cost
from crypto.secret import Secret
from tests.crypto.callers import ALICE, BOB, HOME, KMS, NOW

NOW_S = int(NOW.timestamp())
DOMAIN_PRIVATE = Secret(bytes(range(32)))
DOMAIN_KEY = signed.public_key(DOMAIN_PRIVATE)
CODE = "0123456789"
QUICK = Cost(memory=3, passes=1)


def seed(serial: int) -> Secret:
    return Secret(serial.to_bytes(32, "big"))


def secrets_of(tel: str, serial: int, when: datetime = NOW) -> CardSecrets:
    return CardSecrets(Secret(HOME.rsk(tel, when)), Secret(HOME.caller(tel, when).ssk.expose()), seed(serial))


def details(tel: str = ALICE, serial: int = 7, when: datetime = NOW) -> CardDetails:
    return CardDetails(
        tel=tel,
        name="Alice Example",
        organisation="Example Office",
        domain=HOME.uri,
        serial=serial,
        month=month_of(int(when.timestamp())),
        issued=int(when.timestamp()) - 3600,
        expires=int(when.timestamp()) + card.LIFETIME_S,
        crs="crs.sv.example:5061",
        domain_key=DOMAIN_KEY,
        sakke_public_key=HOME.certificate.sakke_public_key,
        eccsi_public_key=HOME.certificate.eccsi_public_key,
        pvt=HOME.caller(tel, when).pvt,
    )


@functools.cache
def card_text(tel: str = ALICE, serial: int = 7, when: datetime = NOW, *, code: str | None = CODE) -> str:
    """Return the text of a card, sealed with a quick cost; the same text every time."""
    return card.encode(
        details(tel, serial, when),
        secrets_of(tel, serial, when),
        domain_private=DOMAIN_PRIVATE,
        code=code,
        cost=QUICK,
    )


def certificate(tel: str, serial: int, key: Secret) -> bytes:
    return certificates.issue_phone(
        DOMAIN_PRIVATE,
        HOME.uri,
        tel=tel,
        serial=serial,
        device_public=signed.public_key(key),
        not_before=NOW_S,
    )


def content(tel: str = ALICE, serial: int = 7, **changes: object) -> Pack:
    """Return what the first pack of a card says."""
    first = Pack(
        kind=PackKind.FIRST,
        tel=tel,
        serial=serial,
        month="2026-11",
        issued=NOW_S,
        next_transport_seed=Secret(bytes([0xA5]) * 32),
        client_certificate=certificate(tel, serial, sealing.device_tls_key(seed(serial))),
        bulletin_key=bulletin.key_of(DOMAIN_PRIVATE, "2026-11"),
    )
    return replace(first, **changes)  # type: ignore[arg-type]


def bulletin_octets(*, domain_private: Secret = DOMAIN_PRIVATE, **changes: object) -> bytes:
    """Return what all phones of the domain are to know."""
    first = Bulletin(
        domain=HOME.uri,
        month="2026-11",
        number=1,
        issued=NOW_S,
        policy={"escrow": "ESCROW"},
        partners=(),
        directory=((ALICE, "Alice Example"), (BOB, "Bob Beispiel")),
    )
    content = replace(first, **changes)  # type: ignore[arg-type]
    key = bulletin.key_of(DOMAIN_PRIVATE, content.month)
    return bulletin.build(content, key=key, domain_private=domain_private)


def revoked_octets(
    *pvts: bytes, number: int = 2, domain: str = HOME.uri, domain_private: Secret = DOMAIN_PRIVATE
) -> bytes:
    """Return the signed list of these PVTs."""
    hashes = frozenset(revocation.pvt_hash(pvt) for pvt in pvts)
    return revocation.build(RevocationList(domain, number, NOW_S, hashes), domain_private=domain_private)


def next_seed(serial: int, packs: int) -> Secret:
    """The transport seed that the pack number `packs` of a card brings."""
    return (
        Secret(bytes([0xA5]) * 32) if packs == 0 else Secret(bytes([packs]) * 24 + serial.to_bytes(8, "big"))
    )


def month_keys(tel: str = ALICE, when: datetime = NOW, home: KMS = HOME) -> MonthKeys:
    """Return the keys of a number for the month of a moment."""
    caller, public = home.caller(tel, when), home.certificate
    return MonthKeys(
        Secret(home.rsk(tel, when)),
        Secret(caller.ssk.expose()),
        caller.pvt,
        public.sakke_public_key,
        public.eccsi_public_key,
    )


def monthly(
    month: str, *, tel: str = ALICE, serial: int = 7, packs: int = 1, home: KMS = HOME, **changes: object
) -> bytes:
    """Return a number's monthly pack, the one that follows `packs - 1` others after the first."""
    when = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=UTC)
    brought = content(
        tel,
        serial,
        kind=PackKind.MONTHLY,
        month=month,
        next_transport_seed=next_seed(serial, packs),
        bulletin_key=bulletin.key_of(DOMAIN_PRIVATE, month),
        keys=month_keys(tel, when, home),
    )
    public = sealing.transport_public(sealing.transport_key(next_seed(serial, packs - 1)))
    return pack.build(
        replace(brought, **changes),  # type: ignore[arg-type]
        transport_public=public,
        domain_private=DOMAIN_PRIVATE,
    )


def sealed(first: Pack, serial: int = 7, *, domain_private: Secret = DOMAIN_PRIVATE) -> str:
    """Return a pack as it comes from the CRS, sealed to the transport key of a card, in base64."""
    public = sealing.transport_public(sealing.transport_key(seed(serial)))
    return base64.b64encode(
        pack.build(first, transport_public=public, domain_private=domain_private)
    ).decode()


def answer(body: str) -> str:
    """Be the CRS: verify a first contact and return the first pack of its card, both in base64."""
    request = enrolment.parse(base64.b64decode(body))
    enrolment.verify(
        request,
        kpak=HOME.certificate.eccsi_public_key,
        now=NOW_S,
        card_pvt_hash=request.pvt_hash,
    )
    return sealed(content(request.tel, request.serial), request.serial)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
