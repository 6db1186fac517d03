"""The registrar: one phone per number, bound to its TLS connection (RFC 3261 §10.3, RFC 5626). Pure.

Rules
1. To and From of a REGISTER are the identity in the client certificate. Nobody registers for anybody else.
2. One device per number. The same card on a new connection replaces the old one. Another card of the same
   number is refused with an alarm while the first is registered: to change the device is to enrol anew.
3. A binding ends with its connection: a TLS phone cannot be reached any other way.
"""

from __future__ import annotations

import email.utils
from dataclasses import dataclass

from crs.effects import Alarm, Bound, CloseFlow, Effect, Flow, Observed, Send, Unbound
from crs.screening import Alarming, Screening
from sip.address import Address
from sip.errors import TheirMistake
from sip.message import Request, response_to

MIN_EXPIRES = 60
DEFAULT_EXPIRES = 600
MAX_EXPIRES = 3600
FLOW_TIMER = 120
"""Seconds after which a silent flow may be taken for dead (RFC 5626 §4.4.1)."""

MAX_CONTACT = 512
"""Octets of a Contact URI or an instance id."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a number is reached: a flow, and the contact URI that the phone wants to see in requests."""

    flow: Flow
    contact: str
    instance: str
    registration: str | None
    """The reg-id, if the phone speaks RFC 5626."""
    call_id: str
    sequence: int
    expires_at: float


class Registrar:
    """The location service of one domain."""

    def __init__(self, screening: Screening) -> None:
        self._screening = screening
        self._bindings: dict[str, Binding] = {}

    def __len__(self) -> int:
        return len(self._bindings)

    def find(self, tel: str, now: float) -> Binding | None:
        """Return the live binding of a number."""
        binding = self._bindings.get(tel)
        return binding if binding is not None and binding.expires_at > now else None

    def register(self, flow: Flow, request: Request, *, now: float, unix: float) -> list[Effect]:
        """Answer a REGISTER. `now` is monotonic; `unix` becomes the Date header of every 200."""
        try:
            effects = self._register(flow, request, now)
        except TheirMistake as mistake:
            headers = [("Min-Expires", str(MIN_EXPIRES))] if mistake.status == 423 else []
            answer = response_to(request, mistake.status, reason=mistake.reason, headers=headers)
            return [*self._screening.alarms(flow, mistake), Send(flow, answer)]
        headers = [("Date", email.utils.formatdate(unix, usegmt=True)), ("Supported", "path, outbound")]
        binding = self.find(flow.identity.tel, now)
        if binding is not None:
            headers.append(("Contact", _contact_of(binding, now)))
            if binding.registration and "outbound" in request.supported:
                headers += [("Require", "outbound"), ("Flow-Timer", str(FLOW_TIMER))]
        return [*effects, Send(flow, response_to(request, 200, headers=headers))]

    def flow_lost(self, flow: Flow) -> list[Effect]:
        """A connection has gone, and its binding with it."""
        binding = self._bindings.get(flow.identity.tel)
        if binding is None or binding.flow != flow:
            return []
        return self._remove(flow.identity.tel, "connection lost")

    def expire(self, now: float) -> list[Effect]:
        """Remove the bindings whose time is over."""
        gone = [tel for tel, binding in self._bindings.items() if binding.expires_at <= now]
        return [effect for tel in gone for effect in self._remove(tel, "expired")]

    def _register(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        self._screening.registration(flow, request)
        tel, serial = flow.identity.tel, flow.identity.serial
        old = self.find(tel, now)
        if old is not None and old.flow.identity.serial != serial:
            raise Alarming(403, "Another device is registered", "second-device-refused")
        # RFC 3261 §10.3 step 7: an older request of the same registration must not undo a newer one.
        if old is not None and old.call_id == request.call_id and request.cseq.sequence <= old.sequence:
            raise TheirMistake(500, "Out of order")
        if request.contact_is_star:
            if request.expires != 0:
                raise TheirMistake(400, "Contact * needs Expires 0")
            return self._remove(tel, "unregistered") if old else []
        if not request.contact:
            return []
        if len(request.contact) != 1:
            raise TheirMistake(400, "One contact for each phone")
        return self._bind(flow, request, request.contact[0], old, now)

    def _bind(
        self, flow: Flow, request: Request, contact: Address, old: Binding | None, now: float
    ) -> list[Effect]:
        tel, serial = flow.identity.tel, flow.identity.serial
        expires = _expires(request, contact)
        if expires == 0:
            return self._remove(tel, "unregistered") if old else []
        instance = contact.parameters.get("+sip.instance") or ""
        if contact.uri.scheme not in ("sip", "sips") or max(len(contact.text), len(instance)) > MAX_CONTACT:
            raise TheirMistake(400, "Unusable contact")
        if not (contact.parameters.get("reg-id") or "1").isdecimal():
            raise TheirMistake(400, "Malformed reg-id")
        registration = contact.parameters.get("reg-id") if instance else None
        self._bindings[tel] = Binding(
            flow, contact.text, instance, registration, request.call_id, request.cseq.sequence, now + expires
        )
        effects: list[Effect] = [Bound(tel, serial, contact.text, instance, expires)]
        if old is None or old.flow != flow:
            effects.append(Observed("registered", {"tel": tel, "serial": serial}))
        if old is not None and old.flow != flow:
            if instance != old.instance:
                # Two phones with one certificate: a copied SD card, or a copied letter.
                effects.append(Alarm("clone-suspected", {"tel": tel, "serial": serial}))
            effects.append(CloseFlow(old.flow, "replaced by a new connection"))
        return effects

    def _remove(self, tel: str, why: str) -> list[Effect]:
        del self._bindings[tel]
        return [Unbound(tel), Observed("unregistered", {"tel": tel, "why": why})]


def _expires(request: Request, contact: Address) -> int:
    """Return the seconds granted. Raises TheirMistake(423) for less than the minimum, but not for 0."""
    parameter = contact.parameters.get("expires")
    wanted = int(parameter) if parameter is not None else request.expires
    if wanted is None:
        wanted = DEFAULT_EXPIRES
    if 0 < wanted < MIN_EXPIRES:
        raise TheirMistake(423, "Interval Too Brief")
    return min(wanted, MAX_EXPIRES)


def _contact_of(binding: Binding, now: float) -> str:
    text = f"<{binding.contact}>;expires={max(1, round(binding.expires_at - now))}"
    if binding.instance:
        quoted = binding.instance.replace("\\", "\\\\").replace('"', '\\"')
        text += f';+sip.instance="{quoted}"'
    if binding.registration:
        text += f";reg-id={binding.registration}"
    return text
