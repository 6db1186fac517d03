"""Who is at the far end of a connection to the SIP port: a phone of ours, or the CRS of a partner. Pure.

TLS trusts our domain key and those of all partners alike. Whose a certificate is, and so what its holder may
be, is decided here by the key that signed it: a partner's key makes a CRS of that partner, and never a phone,
whatever the certificate says.
"""

from __future__ import annotations

from crs.effects import Alarm, Identity
from crs.partners import Partner, Partners
from crs.roster import Roster
from crypto.certificates import is_issued_by, subject_domain, subject_tel
from crypto.errors import PackageError


class NotAdmitted(Exception):
    """Somebody is turned away. `alarm` is for the log."""

    def __init__(self, event: str, **detail: str) -> None:
        super().__init__(event)
        self.alarm = Alarm(event, detail)


def admitted(
    certificate: bytes, *, domain: str, domain_key: bytes, roster: Roster, partners: Partners, host: str
) -> Identity:
    """Return who has connected to us from a host. Raises NotAdmitted."""
    if is_issued_by(certificate, domain, domain_key):
        return _phone(certificate, roster, host)
    for partner in partners:
        if is_issued_by(certificate, partner.domain, partner.domain_key):
            return crs_of(certificate, partner, host)
    raise NotAdmitted("certificate-refused", host=host)


def crs_of(certificate: bytes, partner: Partner, host: str) -> Identity:
    """Return the identity of a partner's CRS. Raises NotAdmitted if this is anything else."""
    try:
        named = subject_domain(certificate)
    except PackageError:
        named = ""
    if named != partner.domain or not is_issued_by(certificate, partner.domain, partner.domain_key):
        raise NotAdmitted("certificate-refused", partner=partner.domain, host=host)
    return Identity("", "", partner.domain)


def _phone(certificate: bytes, roster: Roster, host: str) -> Identity:
    try:
        tel, serial = subject_tel(certificate)
    except PackageError:
        raise NotAdmitted("certificate-refused", host=host) from None
    identity = Identity(tel, str(serial))
    if not roster.admits(identity):
        raise NotAdmitted("not-admitted", tel=tel, serial=identity.serial)
    return identity
