"""A dialog: the two tags, the two counters, the way to the other side (RFC 3261 §12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sip.address import MAX_CSEQ, Address
from sip.errors import OurMistake, TheirMistake
from sip.headers import Headers
from sip.message import Message, Request, Response

DialogKey = tuple[str, str, str]
"""Call-ID, our tag, their tag."""


@dataclass
class Dialog:
    """One side's view: `local` and `remote` are From/To values without tag, `routes` Route values."""

    call_id: str
    local: str
    local_tag: str
    remote: str
    remote_tag: str
    target: str
    routes: tuple[str, ...]
    local_sequence: int
    remote_sequence: int | None

    @classmethod
    def of_caller(cls, invite: Request, response: Response) -> Dialog:
        """Make the caller's dialog from a 2xx (RFC 3261 §12.1.2). Raises TheirMistake without a To tag."""
        if not response.to.tag:
            raise TheirMistake(400, "Missing To tag")
        return cls(
            call_id=invite.call_id,
            local=_without_tag(invite.from_),
            local_tag=invite.from_.tag or "",
            remote=_without_tag(response.to),
            remote_tag=response.to.tag,
            target=_target(response) if response.contact else invite.uri,
            routes=tuple(reversed(_route_set(response))),
            local_sequence=invite.cseq.sequence,
            remote_sequence=None,
        )

    @classmethod
    def of_callee(cls, invite: Request, local_tag: str) -> Dialog:
        """Make the callee's dialog (RFC 3261 §12.1.1). Raises TheirMistake without Contact or From tag."""
        if not invite.from_.tag or len(invite.contact) != 1:
            raise TheirMistake(400, "Missing From tag or Contact")
        return cls(
            call_id=invite.call_id,
            local=_without_tag(invite.to),
            local_tag=local_tag,
            remote=_without_tag(invite.from_),
            remote_tag=invite.from_.tag,
            target=_target(invite),
            routes=_route_set(invite),
            local_sequence=0,
            remote_sequence=invite.cseq.sequence,
        )

    @property
    def key(self) -> DialogKey:
        """What finds this dialog for a request that arrives."""
        return self.call_id, self.local_tag, self.remote_tag

    def request(
        self,
        method: str,
        *,
        via: str,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        sequence: int | None = None,
    ) -> Request:
        """Build a request inside the dialog (RFC 3261 §12.2.1.1); `sequence` only for the ACK of an INVITE.

        Raises OurMistake when the counter is used up.
        """
        if sequence is None:
            if self.local_sequence >= MAX_CSEQ:
                raise OurMistake("CSeq is used up")
            self.local_sequence += 1
            sequence = self.local_sequence
        uri, routes = self._way()
        fields = [
            ("Via", via),
            ("Max-Forwards", "70"),
            ("From", f"{self.local};tag={self.local_tag}"),
            ("To", f"{self.remote};tag={self.remote_tag}"),
            ("Call-ID", self.call_id),
            ("CSeq", f"{sequence} {method}"),
            *(("Route", route) for route in routes),
            *headers,
        ]
        return Request(method, uri, Headers(fields), body)

    def take(self, request: Request) -> None:
        """Count a request of theirs and follow its Contact (RFC 3261 §12.2.2).

        Raises TheirMistake(500) for one out of order: an old request replayed.
        """
        sequence = request.cseq.sequence
        if self.remote_sequence is not None and sequence <= self.remote_sequence:
            raise TheirMistake(500, "CSeq out of order")
        target = _target(request) if request.method in ("INVITE", "UPDATE") and request.contact else None
        self.remote_sequence = sequence
        self.target = target or self.target

    def _way(self) -> tuple[str, tuple[str, ...]]:
        """Request-URI and Route values; the first hop may be a strict router of old (RFC 3261 §12.2.1.1)."""
        if not self.routes:
            return self.target, ()
        first = Address.parse(self.routes[0])
        if "lr" in first.uri.parameters:
            return self.target, self.routes
        return first.target, (*self.routes[1:], f"<{self.target}>")


def dialog_key(request: Request) -> DialogKey:
    """Name the dialog a request of theirs belongs to."""
    return request.call_id, request.to.tag or "", request.from_.tag or ""


def _target(message: Message) -> str:
    """The one Contact, of a scheme we can send to."""
    _ = message.contact[0].uri
    return message.contact[0].target


def _route_set(message: Message) -> tuple[str, ...]:
    for route in message.record_routes:
        _ = route.uri
    return tuple(message.headers.elements("Record-Route"))


def _without_tag(address: Address) -> str:
    return f"<{address.text}>"
