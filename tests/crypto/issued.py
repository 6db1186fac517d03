"""One issued number, from the keys that RFC 6507 and RFC 6508 print for +447700900123 in February 2011."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from crypto import bulletin, card, certificates, issuance, pack, revocation, sealing, signed
from crypto.bulletin import Bulletin
from crypto.card import CardDetails, CardSecrets
from crypto.crs_media import CardState, CRSMedia, RosterEntry
from crypto.domain import DomainCertificate, Generation, Partner
from crypto.issuance import TreeHead
from crypto.kms import KMSCertificate
from crypto.pack import MonthKeys, Pack, PackKind
from crypto.revocation import RevocationList
from crypto.sealing import Cost
from crypto.secret import Secret

TEL = "+447700900123"
DOMAIN = "sv.example"
SERIAL = 0x7F3A19C2D4E5F607
ISSUED = int(datetime(2011, 2, 14, 12, tzinfo=UTC).timestamp())
NOW = ISSUED + 3600
CODE = "0123456789"
QUICK = Cost(memory=3, passes=1)

DOMAIN_PRIVATE = Secret(bytes(range(32)))
DOMAIN_KEY = signed.public_key(DOMAIN_PRIVATE)
OTHER_PRIVATE = Secret(bytes(range(1, 33)))
OTHER_KEY = signed.public_key(OTHER_PRIVATE)

# RFC 6508 Appendix A (Zx, Zy; Kbx, Kby) and RFC 6507 Appendix A (KPAK, SSK, PVT); identity 2011-02, TEL.
Z = bytes.fromhex(
    "045958ef1b1679bf099b3a030df255aa6a23c1d8f143d4d23f753e69bd27a832f38cb4ad53ddef4260b0fe8bb45c4c1f"
    "f510effe300367a37b61f701d914aef09724825fa0707d61a6dff4fbd7273566cdde352a0b04b7c16a78309be640697d"
    "e747613a5fc195e8b9f328852a579db8f99b1d0034479ea9c5595f47c4b2f54ff21508d37514dcf7a8e143a6058c09a6"
    "bf2c9858ca37c258065ae6bf7532bc8b5b63383866e0753c5ac0e72709f8445f2e6178e065857e0eda10f68206b63505"
    "ed87e534fb2831ff957fb7dc619dae61301eeacc2fda3680ea4999258a833cea8fc67c6d19487fb449059f26cc8aab65"
    "5ab58b7cc796e24e9a394095754f5f8bae"
)
RSK = bytes.fromhex(
    "0493af67e5007ba6e6a80da793da300fa4b52d0a74e25e6e7b2b3d6ee9d18a9b5c5023597bd82d8062d34019563ba1d2"
    "5c0dc56b7b979d74aa50f29fbf11cc2c93f5dfca615e609279f6175ceadb00b58c6bee1e7a2a47c4f0c456f05259a6fa"
    "94a634a40dae1df593d4fecf688d5fc678be7efc6df3d6835325b83b2c6e69036b155f0a27241094b04bfb0bdfac6c67"
    "0a65c325d39a069f03659d44ca27d3be8df311172b554160181cbe94a2a783320ced590bc42644702cf371271e496bf2"
    "0f588b78a1bc01ecbb6559934bdd2fb65d2884318a33d1a42adf5e33cc5800280b28356497f87135bab9612a17260424"
    "409ac15fee996b744c332151235decb0f5"
)
KPAK = bytes.fromhex(
    "0450d4670bde75244f28d2838a0d25558a7a72686d4522d4c8273fb6442aebfa93dbdd37551afd263b5dfd617f3960c6"
    "5a8c298850ff99f20366dce7d4367217f4"
)
SSK = bytes.fromhex("23f374ae1f4033f3e9dbddaaef20f4cf0b86bbd5a138a5ae9e7e006b34489a0d")
PVT = bytes.fromhex(
    "04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36d9a79d247692f4eda3a6bdab77d6aa64"
    "74a464ae4934663c5265ba7018ba091f79"
)
KMS = KMSCertificate(DOMAIN, Z, KPAK)
OWN = DomainCertificate(DOMAIN, DOMAIN_KEY, (Generation("2011-02", Z, KPAK),))
PARTNER = Partner(
    DomainCertificate(
        "partner.example",
        OTHER_KEY,
        (Generation("2010-12", Z, KPAK), Generation("2011-03", Z, KPAK)),
        until="2011-04",
    ),
    organisation="Partner Office",
    crs="crs.partner.example:5061",
    prefixes=("+44163296", "+44163297"),
)
PARTNERS_REVOKED = RevocationList("partner.example", 4, ISSUED, frozenset({bytes([3]) * 32}))

DETAILS = CardDetails(
    tel=TEL,
    name="Alice Example",
    organisation="Example Office",
    domain=DOMAIN,
    serial=SERIAL,
    month="2011-02",
    issued=ISSUED,
    expires=ISSUED + card.LIFETIME_S,
    crs="crs.sv.example:5061",
    domain_key=DOMAIN_KEY,
    sakke_public_key=Z,
    eccsi_public_key=KPAK,
    pvt=PVT,
)
REVOKED = RevocationList(DOMAIN, 3, ISSUED, frozenset({bytes([1]) * 32, bytes([2]) * 32}))


def card_secrets() -> CardSecrets:
    """Return fresh buffers of the card's three secrets."""
    return CardSecrets(Secret(RSK), Secret(SSK), Secret(bytes([0x5E]) * 32))


def card_text(
    details: CardDetails = DETAILS,
    *,
    code: str | None = CODE,
    domain_private: Secret = DOMAIN_PRIVATE,
    cost: Cost = QUICK,
) -> str:
    """Return the text of a card, by default sealed with a quick cost."""
    return card.encode(details, card_secrets(), domain_private=domain_private, code=code, cost=cost)


def phone_certificate() -> bytes:
    """Return the DER client certificate of the issued number; the same one every time."""
    return certificates.issue_phone(
        DOMAIN_PRIVATE,
        DOMAIN,
        tel=TEL,
        serial=SERIAL,
        device_public=signed.public_key(card_secrets().tls_key),
        not_before=ISSUED,
    )


def first_pack() -> Pack:
    """Return the content of the first pack."""
    return Pack(
        kind=PackKind.FIRST,
        tel=TEL,
        serial=SERIAL,
        month="2011-02",
        issued=ISSUED,
        next_transport_seed=Secret(bytes([0xA5]) * 32),
        client_certificate=phone_certificate(),
        bulletin_key=bulletin.key_of(DOMAIN_PRIVATE, "2011-02"),
    )


def board(month: str = "2011-02") -> Bulletin:
    """Return the content of a bulletin."""
    return Bulletin(
        domain=DOMAIN,
        month=month,
        number=7,
        issued=ISSUED,
        policy={"escrow": "ESCROW", "require_fs": False, "grace_h": 72},
        partners=(PARTNER,),
        directory=((TEL, "Alice Example"), ("+447700900124", "Bob Beispiel")),
        revoked=(PARTNERS_REVOKED,),
    )


def bulletin_octets(content: Bulletin | None = None, *, domain_private: Secret = DOMAIN_PRIVATE) -> bytes:
    """Return a bulletin sealed under its month's key."""
    content = content or board()
    key = bulletin.key_of(DOMAIN_PRIVATE, content.month)
    return bulletin.build(content, key=key, domain_private=domain_private)


def issuance_octets(month: str = "2011-02") -> bytes:
    """Return a month's issuance list with one key in it."""
    leaves = [issuance.leaf(DOMAIN, TEL, month, PVT)]
    head = TreeHead(DOMAIN, month, 1, issuance.tree(leaves).root(), ISSUED)
    return issuance.build(leaves, head=head, domain_private=DOMAIN_PRIVATE)


def monthly_pack() -> Pack:
    """Return the content of a monthly pack with keys."""
    return replace(
        first_pack(),
        kind=PackKind.MONTHLY,
        month="2011-03",
        bulletin_key=bulletin.key_of(DOMAIN_PRIVATE, "2011-03"),
        keys=MonthKeys(Secret(RSK), Secret(SSK), PVT, Z, KPAK),
    )


def pack_octets(content: Pack | None = None, *, domain_private: Secret = DOMAIN_PRIVATE) -> bytes:
    """Return a pack sealed to the card's transport key."""
    return pack.build(
        content or first_pack(),
        transport_public=sealing.transport_public(card_secrets().transport_key),
        domain_private=domain_private,
    )


def media(*, packs: tuple[bytes, ...] | None = None, certificate: str | None = None) -> CRSMedia:
    """Return the content of CRS media with one active and one blocked card."""
    tls = Secret(bytes([0x77]) * 32)
    return CRSMedia(
        sequence=7,
        issued=ISSUED,
        own=OWN,
        organisation="Example Office",
        roster=(
            RosterEntry(TEL, SERIAL, CardState.ACTIVE, ISSUED + card.LIFETIME_S, revocation.pvt_hash(PVT)),
            RosterEntry(TEL, 5, CardState.BLOCKED, ISSUED, bytes([1]) * 32),
        ),
        packs=(pack_octets(),) if packs is None else packs,
        bulletins={"2011-02": bulletin_octets()},
        issuance={"2011-02": issuance_octets()},
        partners=(PARTNER,),
        blocked=frozenset({5}),
        revoked=REVOKED,
        revoked_octets=revocation.build(REVOKED, domain_private=DOMAIN_PRIVATE),
        tls_certificate=certificate
        or certificates.issue_server(
            DOMAIN_PRIVATE,
            DOMAIN,
            names=["crs.sv.example"],
            public=signed.public_key(tls),
            not_before=ISSUED,
        ),
        tls_key=Secret(certificates.private_key_pem(tls).encode()),
    )
