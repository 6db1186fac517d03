"""Telling phones that newer media were loaded: NOTIFY of the event package ua-profile (RFC 6080 §6.8).

Nobody has subscribed: each phone's one flow is ours alone, and the answer does not matter. A phone that does
not hear of it asks by itself a quarter of an hour later.
"""

from __future__ import annotations

import secrets

from crs.effects import Identity
from crs.transactions import new_branch
from sip.headers import Headers
from sip.message import Request


def changed(identity: Identity, domain: str) -> Request:
    """Return the NOTIFY for a phone; it has no body and says nothing but that it should ask."""
    aor = f"sip:{identity.tel}@{domain};user=phone"
    return Request(
        "NOTIFY",
        aor,
        Headers(
            [
                ("Via", f"SIP/2.0/TLS {domain};branch={new_branch()}"),
                ("From", f"<sip:{domain}>;tag={secrets.token_hex(8)}"),
                ("To", f"<{aor}>"),
                ("Call-ID", secrets.token_hex(16)),
                ("CSeq", "1 NOTIFY"),
                ("Max-Forwards", "70"),
                ("Contact", f"<sip:{domain};transport=tls>"),
                ("Event", "ua-profile"),
                ("Subscription-State", "active;expires=86400"),
            ]
        ),
    )
