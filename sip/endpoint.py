"""Who we are on a flow, and what every message of ours carries."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sip.errors import OurMistake
from sip.headers import Headers
from sip.message import Request, Response, response_to
from sip.transaction import ServerTransaction, Transactions

MAGIC_COOKIE = "z9hG4bK"
METHODS = "INVITE, ACK, CANCEL, BYE, UPDATE, OPTIONS, NOTIFY"
EXTENSIONS = frozenset({"timer", "outbound"})
"""Option tags we understand in a Require."""

_NUMBER = re.compile(r"\+[0-9]{3,15}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,252}[A-Za-z0-9])?")
_INSTANCE = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Identity:
    """One phone: E.164 number, SIP domain, and the URN that is this very device (RFC 5626 §4.1).

    Raises OurMistake for a number, domain or instance that is not one.
    """

    number: str
    domain: str
    instance: str
    user_agent: str = "Sottovoce"

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.number):
            raise OurMistake("number must be + and 3 to 15 digits")
        if not _HOST.fullmatch(self.domain):
            raise OurMistake("domain must be a host name")
        if not _INSTANCE.fullmatch(self.instance):
            raise OurMistake("instance must be urn:uuid: and a UUID in lower case")

    @property
    def aor(self) -> str:
        """The address of record."""
        return f"sip:{self.number}@{self.domain};user=phone"

    @property
    def host(self) -> str:
        """A name for Via and Contact that resolves nowhere: we are reached through our flow only."""
        return f"{self.instance[-12:]}.invalid"

    @property
    def contact(self) -> str:
        """The Contact value of calls; `ob` asks to be reached through this flow (RFC 5626 §4.3)."""
        return f"<sip:{self.number}@{self.host};transport=tls;ob>"

    @property
    def binding(self) -> str:
        """The Contact value of a registration."""
        return f'{self.contact};reg-id=1;+sip.instance="<{self.instance}>"'


def random_token() -> str:
    """Return 64 random bits in hexadecimal: a tag, a branch, a Call-ID."""
    return secrets.token_hex(8)


@dataclass
class Endpoint:
    """An identity with its transactions."""

    identity: Identity
    token: Callable[[], str] = random_token
    transactions: Transactions = field(default_factory=Transactions)

    def via(self) -> str:
        """A Via value with a fresh branch."""
        return f"SIP/2.0/TLS {self.identity.host};branch={MAGIC_COOKIE}{self.token()};rport"

    def request(
        self,
        method: str,
        uri: str,
        *,
        to: str,
        from_tag: str,
        call_id: str,
        sequence: int,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> Request:
        """Build a request outside any dialog (RFC 3261 §8.1.1)."""
        fields = [
            ("Via", self.via()),
            ("Max-Forwards", "70"),
            ("From", f"<{self.identity.aor}>;tag={from_tag}"),
            ("To", f"<{to}>"),
            ("Call-ID", call_id),
            ("CSeq", f"{sequence} {method}"),
            *headers,
            ("User-Agent", self.identity.user_agent),
        ]
        return Request(method, uri, Headers(fields), body)

    def respond(
        self,
        transaction: ServerTransaction,
        status: int,
        now: float,
        *,
        reason: str | None = None,
        to_tag: str | None = None,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> Response:
        """Answer a request, and return the answer."""
        content_type = "application/sdp" if body else None
        response = response_to(
            transaction.request,
            status,
            reason=reason,
            to_tag=to_tag or self.token(),
            headers=[*headers, ("Server", self.identity.user_agent)],
            body=body,
            content_type=content_type,
        )
        self.transactions.respond(transaction, response, now)
        return response
