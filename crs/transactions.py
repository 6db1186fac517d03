"""One request through the proxy: server transaction above, client transaction below (RFC 3261 §16, §17).

Every flow is reliable, so nothing is sent twice; but a request may arrive twice, from a phone that
reconnected or from somebody who replays, and then only the last answer is repeated.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crs.calls import Call
from crs.effects import Flow
from crs.relay import Side
from sip.headers import Headers
from sip.message import Request, Response

TIMER_B = 32.0
"""Seconds without answer before we give up (B and F of RFC 3261 §17.1), or that an end is remembered (J)."""

TIMER_C = 180.0
"""Seconds after the last sign of ringing (RFC 3261 §16.6 step 11)."""

LONGEST_RINGING = 600.0
LAST_SEQUENCE = 2**31 - 1
"""No CSeq is higher (RFC 3261 §8.1.1.5): what a party that is gone has sent before is lower."""

COOKIE = "z9hG4bK"

Key = tuple[str, str, str, str]
"""Account, branch, sent-by, method (RFC 3261 §17.2.3). The account, not the flow: phones reconnect."""


def key_of(flow: Flow, request: Request, method: str | None = None) -> Key:
    """Return the name of a request's server transaction; a CANCEL names its INVITE's with `method`."""
    return flow.identity.account, request.branch, request.via[0].sent_by, method or request.method


def new_branch() -> str:
    """Return a branch that nobody can guess."""
    return COOKIE + secrets.token_hex(12)


@dataclass(slots=True, eq=False)
class Transaction:
    """A forwarded request of a call; `initial` for the INVITE that begins it."""

    key: Key
    branch: str
    upstream: Flow
    downstream: Flow
    received: Request
    forwarded: Request
    call: Call
    initial: bool
    began: float
    deadline: float
    last: Response | None = None
    """The last response sent upstream."""
    ringing: bool = False
    """A provisional response came: only now may a CANCEL follow."""
    cancelled: bool = False
    cancel_sent: bool = False
    final: int = 0
    """Status of the final response sent upstream; 0 while there is none."""

    @property
    def method(self) -> str:
        return self.received.method


class Transactions:
    """All transactions, by the caller's name for them and by our branch."""

    def __init__(self) -> None:
        self._by_key: dict[Key, Transaction] = {}
        self._by_branch: dict[str, Transaction] = {}
        self._of_account: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[Transaction]:
        return iter(list(self._by_key.values()))

    def add(self, transaction: Transaction) -> None:
        self._by_key[transaction.key] = transaction
        self._by_branch[transaction.branch] = transaction
        self._of_account[transaction.key[0]] += 1

    def remove(self, transaction: Transaction) -> None:
        del self._by_key[transaction.key]
        del self._by_branch[transaction.branch]
        self._of_account[transaction.key[0]] -= 1
        if not self._of_account[transaction.key[0]]:
            del self._of_account[transaction.key[0]]

    def count(self, account: str) -> int:
        """Return how many transactions have been begun on an account."""
        return self._of_account[account]

    def named(self, key: Key) -> Transaction | None:
        return self._by_key.get(key)

    def branched(self, branch: str) -> Transaction | None:
        return self._by_branch.get(branch)


def answers(response: Response, transaction: Transaction) -> bool:
    """Say whether a response is to the forwarded request, not to our own CANCEL on the same branch."""
    sent = transaction.forwarded
    return (
        response.cseq == sent.cseq
        and response.call_id == sent.call_id
        and response.from_.tag == sent.from_.tag
        and len(response.via) == len(sent.via)
    )


def cancel_of(transaction: Transaction) -> Request:
    """Build the CANCEL for a forwarded INVITE (RFC 3261 §9.1)."""
    return _hop_by_hop(transaction, "CANCEL", transaction.forwarded.headers.get("To") or "")


def ack_of(transaction: Transaction, response: Response) -> Request:
    """Build the ACK for a non-2xx final response, which ends at the next hop (RFC 3261 §17.1.1.3)."""
    return _hop_by_hop(transaction, "ACK", response.headers.get("To") or "")


def _hop_by_hop(transaction: Transaction, method: str, to: str) -> Request:
    sent = transaction.forwarded
    return Request(
        method,
        sent.uri,
        Headers(
            [
                ("Via", sent.headers.elements("Via")[0]),
                ("From", sent.headers.get("From") or ""),
                ("To", to),
                ("Call-ID", sent.call_id),
                ("CSeq", f"{sent.cseq.sequence} {method}"),
                ("Max-Forwards", "70"),
            ]
        ),
    )


def end_without(call: Call, gone: Side, *, target: str, domain: str, via: str) -> Request:
    """Build the BYE that tells one party of an answered call that the other will not speak any more.

    It is of their dialog, as if the one that is gone had sent it. `via` is our Via without its branch.
    """
    tags = {Side.CALLER: call.caller_tag, Side.CALLEE: call.callee_tag or ""}
    of, to = (
        f"<sip:{call.parties[side].tel}@{domain};user=phone>;tag={tags[side]}" for side in (gone, gone.other)
    )
    fields = [
        ("Via", f"{via};branch={new_branch()}"),
        ("From", of),
        ("To", to),
        ("Call-ID", call.call_id),
        ("CSeq", f"{LAST_SEQUENCE} BYE"),
        ("Max-Forwards", "70"),
    ]
    return Request("BYE", target, Headers(fields))


def acknowledge_and_end(transaction: Transaction, response: Response, via: str) -> list[Request]:
    """Build ACK and BYE for a 2xx that cannot be passed on: nobody is left, or its answer is unacceptable.

    `via` is our Via without its branch.
    """
    sent = transaction.forwarded
    target = response.contact[0].text if response.contact else sent.uri
    requests = []
    for method, sequence in (("ACK", sent.cseq.sequence), ("BYE", sent.cseq.sequence + 1)):
        fields = [
            ("Via", f"{via};branch={new_branch()}"),
            ("From", sent.headers.get("From") or ""),
            ("To", response.headers.get("To") or ""),
            ("Call-ID", sent.call_id),
            ("CSeq", f"{sequence} {method}"),
            ("Max-Forwards", "70"),
        ]
        requests.append(Request(method, target, Headers(fields)))
    return requests
