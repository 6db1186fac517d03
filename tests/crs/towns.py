"""Two towns: domains with running servers, over real TLS."""

from __future__ import annotations

import socket
from dataclasses import dataclass, replace

from crs.config import Config
from crypto import certificates
from crypto.domain import Partner
from crypto.secret import Secret
from tests.crs.border import ASHA, AWAY, BEN, HOME, KARL, PREFIXES
from tests.crs.office import LOOPBACK, TIMEOUT, Office
from tests.crs.phone import Phone, until
from tests.crs.site import Site

RELAYS = {HOME: "20000-20499", AWAY: "20500-20999"}


@dataclass
class Towns:
    """Two domains with their servers: ours, with Asha and Ben, and the partner's, with Karl."""

    home: Site
    away: Site

    def partner(self, site: Site) -> Partner:
        """Return a domain as the other one's media name it."""
        return of(site.office, f"{LOOPBACK}:{site.crs.sip_port}")

    def befriend(self) -> None:
        """Tell each of the other, and wait until both have found each other."""
        self.home.befriend(self.partner(self.away))
        self.away.befriend(self.partner(self.home))
        for site, other in ((self.home, AWAY), (self.away, HOME)):
            until(lambda site=site, other=other: linked(site, other) == 2, f"two links to {other}")

    def link(self, *, certificate: str | None = None, key: Secret | None = None) -> Phone:
        """Connect to our server as the partner's does, by hand; with another certificate for its key."""
        identity = (self.away.home / "tls.pem").read_text()
        if certificate is not None and key is not None:
            identity = certificate + certificates.private_key_pem(key)
        context = self.home.office.context_of(identity)
        plain = socket.create_connection((LOOPBACK, self.home.crs.sip_port), TIMEOUT)
        phone = Phone(None, context.wrap_socket(plain, server_hostname=LOOPBACK))
        self.home._phones.append(phone)
        return phone


def of(office: Office, address: str) -> Partner:
    """Return a domain as media name it."""
    return Partner(office.certificate, office.name, address, (PREFIXES[office.name],))


def linked(site: Site, partner: str) -> int:
    return len(site.crs.switchboard.engine._whereabouts.links(partner))


def config(name: str, **changes: object) -> Config:
    return replace(Config(listen="0.0.0.0", port=0, relay_ports=RELAYS[name]), **changes)  # type: ignore[arg-type]


def offices() -> tuple[Office, Office]:
    home, away = Office(HOME, key=1), Office(AWAY, key=2)
    home.issue(ASHA, 101)
    home.issue(BEN, 102)
    away.issue(KARL, 201)
    return home, away


def log_of(site: Site, event: str) -> list[dict[str, str]]:
    return [dict(entry.detail or {}) for entry in site.log() if entry.event == event]
