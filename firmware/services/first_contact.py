"""First contact with the CRS: POST /v1/enrol."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass, field

from firmware.interfaces import FirstContact
from firmware.services.https import NotAnswered, NotTrusted, ask
from firmware.services.tls import client_context

ANSWER_OCTETS = 64 * 1024
"""A pack has a few thousand octets; a refusal may have come from something less terse than our CRS."""


@dataclass(frozen=True)
class Reply:
    """What the CRS said: a `pack` (base64), or the `code` of a refusal. `unix` is its clock, if it told."""

    pack: str = field(repr=False)
    code: str
    unix: int | None


async def first_contact(contact: FirstContact) -> Reply:
    """Ask once. No error escapes: E21 if nobody sensible answers, E22 if it is not our domain's CRS."""
    context = client_context(contact.trust_anchor, moment=contact.moment)
    try:
        answer = await ask(
            contact.crs, "/v1/enrol", context, most=ANSWER_OCTETS, body=base64.b64decode(contact.body)
        )
        return _reply(answer.status, answer.body, answer.unix)
    except NotTrusted:
        return Reply("", "E22", None)
    except (NotAnswered, TimeoutError, asyncio.IncompleteReadError, ValueError):
        return Reply("", "E21", None)


def _reply(status: int, body: bytes, unix: int | None) -> Reply:
    if status == 200:
        return Reply(base64.b64encode(body).decode(), "", unix)
    try:
        refusal = json.loads(body)
    except (ValueError, RecursionError):
        refusal = None
    code = refusal.get("code") if isinstance(refusal, dict) else None
    if isinstance(code, str) and len(code) == 3 and code[0] == "E" and code[1:].isdigit():
        return Reply("", code, unix)
    # 429 and 5xx pass: asking again later is right. Anything else without a code of ours is a flat no.
    return Reply("", "E21" if status == 429 or status >= 500 else "E23", unix)
