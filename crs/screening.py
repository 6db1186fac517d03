"""What a phone may say: its own identity, the methods of a call, and the one media profile. Pure.

The CRS cannot vouch for an identity (only the I_MESSAGE can), but it can refuse every claim that the client
certificate contradicts, and every offer or answer that would lead to a call with other keys or none.
"""

from __future__ import annotations

from crs.effects import Alarm, Flow
from sip.address import URI, Address, telephone
from sip.errors import TheirMistake
from sip.headers import Headers
from sip.message import Request, Response, response_to
from sip.sdp import CONTENT_TYPE, Answer, Offer, parse_answer, parse_offer

ASSERTIONS = ("P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID")
"""Headers in which somebody's identity is claimed. Checked, and never passed on."""

IN_CALL = ("INVITE", "BYE", "UPDATE", "PRACK")
METHODS = ("REGISTER", "INVITE", "ACK", "CANCEL", "BYE", "UPDATE", "PRACK", "OPTIONS")
ALLOW = ", ".join(METHODS)
RETRY_AFTER = 10


def without_claims(headers: Headers) -> Headers:
    """Return headers without anything in which an identity is claimed."""
    for name in ASSERTIONS:
        headers = headers.remove(name)
    return headers


def refusal(request: Request, mistake: TheirMistake) -> Response:
    """Build the response that refuses a request, with the headers that its status wants."""
    headers = []
    if mistake.status == 405:
        headers.append(("Allow", ALLOW))
    if mistake.status == 420:
        headers.append(("Unsupported", ", ".join((*request.proxy_require, *request.require))))
    if mistake.status == 503:
        headers.append(("Retry-After", str(RETRY_AFTER)))
    return response_to(request, mistake.status, reason=mistake.reason, headers=headers)


class Alarming(TheirMistake):
    """A refusal that an administrator must see. `event` is the log's word for it."""

    def __init__(self, status: int, reason: str, event: str) -> None:
        super().__init__(status, reason)
        self.event = event


class Downgrade(Alarming):
    """An offer or answer outside the profile."""

    def __init__(self, mistake: TheirMistake) -> None:
        super().__init__(mistake.status, mistake.reason, "downgrade-refused")


class Screening:
    """The rules of one domain. Its name is also what Via and Record-Route call us.

    `partners` are the domains whose CRS may speak to us for their own numbers.
    """

    def __init__(self, domain: str) -> None:
        self.domain = domain.lower()
        self.partners: frozenset[str] = frozenset()

    def number(self, uri: URI) -> str | None:
        """Return the E.164 number that a URI names in our domain, None for any other URI."""
        return self._number(uri, frozenset({self.domain}))

    def registration(self, flow: Flow, request: Request) -> None:
        """Check whom a REGISTER is for. Raises TheirMistake: 403 another identity, 404 another domain."""
        self._claims(flow, request)
        if request.request_uri.host.lower() != self.domain:
            raise TheirMistake(404, "Not our domain")
        if self._named(request.to, frozenset({self.domain})) != flow.identity.tel:
            raise Alarming(403, "Identity does not match certificate", "identity-refused")

    def request(self, flow: Flow, request: Request) -> None:
        """Check method, hops and identity of any other request.

        Raises TheirMistake: 403 for a From or asserted identity that is not the certificate's, 405, 420, 482.
        """
        if request.method not in METHODS:
            raise TheirMistake(405, "Method Not Allowed")
        if request.proxy_require:
            raise TheirMistake(420, "Bad Extension")
        if any(via.sent_by == self.domain for via in request.via):
            raise TheirMistake(482, "Loop Detected")
        self._claims(flow, request)

    def offer(self, message: Request) -> Offer:
        """Read the offer that an INVITE must carry. Raises TheirMistake: 415, or 488 outside the profile."""
        self._is_sdp(message)
        try:
            return parse_offer(message.body)
        except TheirMistake as mistake:
            raise Downgrade(mistake) from None

    def answer(self, message: Response) -> Answer:
        """Read an answer. Raises TheirMistake as `offer` does."""
        self._is_sdp(message)
        try:
            return parse_answer(message.body)
        except TheirMistake as mistake:
            raise Downgrade(mistake) from None

    @staticmethod
    def no_body(message: Request) -> None:
        """Refuse a body where none belongs. Raises TheirMistake(415)."""
        if message.body:
            raise TheirMistake(415, "Unsupported Media Type")

    @staticmethod
    def alarms(flow: Flow, mistake: TheirMistake) -> list[Alarm]:
        """Return the alarm that a refusal deserves, if any."""
        if not isinstance(mistake, Alarming):
            return []
        identity = flow.identity
        whose = {"tel": identity.tel, "serial": identity.serial}
        if identity.partner:
            whose = {"partner": identity.partner, "claimed": identity.tel}
        return [Alarm(mistake.event, {**whose, "reason": mistake.reason})]

    @staticmethod
    def _is_sdp(message: Request | Response) -> None:
        if not message.body:
            raise Downgrade(TheirMistake(488, "No session description"))
        # An encoded or multipart body could hide from us what the phone at the other end would read.
        if message.content_type != CONTENT_TYPE or "Content-Encoding" in message.headers:
            raise TheirMistake(415, "Unsupported Media Type")

    def _claims(self, flow: Flow, request: Request) -> None:
        claimed = [request.from_]
        for name in ASSERTIONS:
            claimed += [Address.parse(element) for element in request.headers.elements(name)]
        hosts = self._hosts(flow, request)
        if any(self._named(address, hosts) != flow.identity.tel for address in claimed):
            raise Alarming(403, "Identity does not match certificate", "identity-refused")

    def _hosts(self, flow: Flow, request: Request) -> frozenset[str]:
        """The domains in which somebody may name himself: his own, and within a dialog also the other's.

        The caller's phone has put its own domain behind the callee's number; so the callee's phone says it,
        too, until the call is over (RFC 3261 §12.1.1).
        """
        partner = flow.identity.partner
        if request.to.tag is None:
            return frozenset({partner or self.domain})
        return frozenset({self.domain, partner}) if partner else self.partners | {self.domain}

    @staticmethod
    def _named(address: Address, hosts: frozenset[str]) -> str | None:
        try:
            return Screening._number(address.uri, hosts)
        except TheirMistake:
            return None

    @staticmethod
    def _number(uri: URI, hosts: frozenset[str]) -> str | None:
        if uri.scheme not in ("sip", "sips") or uri.host.lower() not in hosts:
            return None
        return telephone(uri)
