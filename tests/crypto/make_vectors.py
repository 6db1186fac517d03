"""Write the vectors of our own formats into tests/vectors: python -m tests.crypto.make_vectors

The keys are those of RFC 6507 and RFC 6508 (tests/crypto/issued.py). A card is made from nothing random, so
it is compared octet for octet; packs, first contacts and certificates have randomness in them, so what was
written once must be read for ever.
"""

import json
import pathlib

from crypto import card, crs_media, enrolment, partner_file, sealing
from crypto.partner_file import PartnerFile
from crypto.secret import Secret
from tests.crypto import issued

DIRECTORY = pathlib.Path(__file__).parents[1] / "vectors"
SOURCE = "tests/crypto/make_vectors.py; keys of RFC 6507 Appendix A and RFC 6508 Appendix A"


def write(name: str, content: dict[str, object]) -> None:
    """Write one file of vectors."""
    (DIRECTORY / f"{name}.json").write_text(json.dumps({"source": SOURCE, **content}, indent=1) + "\n")


def main() -> None:
    """Write all files."""
    texts = {
        "open": issued.card_text(code=None),
        "sealed": issued.card_text(cost=sealing.DEFAULT_COST),
    }
    write(
        "card",
        {
            "transfer_code": issued.CODE,
            **{
                kind: {"text": text, "octets": len(parsed.octets), "check_code": parsed.check_code()}
                for kind, text in texts.items()
                for parsed in [card.parse(text)]
            },
        },
    )
    first = issued.pack_octets()
    write(
        "pack",
        {
            "device_seed": issued.card_secrets().device_seed.expose().hex(),
            "domain_key": issued.DOMAIN_KEY.hex(),
            "first": first.hex(),
            "monthly": issued.pack_octets(issued.monthly_pack()).hex(),
        },
    )
    write(
        "bulletin",
        {
            "domain_key": issued.DOMAIN_KEY.hex(),
            "key": issued.first_pack().bulletin_key.expose().hex(),
            "octets": issued.bulletin_octets().hex(),
        },
    )
    certificate = PartnerFile(issued.PARTNER, 3, issued.ISSUED, issued.PARTNERS_REVOKED)
    write(
        "partner",
        {
            "check_code": certificate.check_code,
            "octets": partner_file.build(certificate, domain_private=issued.OTHER_PRIVATE).hex(),
        },
    )
    write("issuance", {"domain_key": issued.DOMAIN_KEY.hex(), "octets": issued.issuance_octets().hex()})
    request = enrolment.build(
        serial=issued.SERIAL,
        tel=issued.TEL,
        when=issued.NOW,
        nonce=bytes(range(16)),
        ssk=Secret(issued.SSK),
        pvt=issued.PVT,
        kpak=issued.KPAK,
    )
    write("enrolment", {"kpak": issued.KPAK.hex(), "request": request.hex()})
    files = crs_media.build(issued.media(packs=(first,)), domain_private=issued.DOMAIN_PRIVATE)
    write(
        "crs_media",
        {
            "domain_key": issued.DOMAIN_KEY.hex(),
            "files": {name: octets.hex() for name, octets in files.items()},
        },
    )


if __name__ == "__main__":
    main()
