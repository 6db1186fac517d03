"""First contact with the CRS: POST /v1/enrol over TLS 1.3 on the port after SIP's (docs/decisions/0002)."""

from __future__ import annotations

import asyncio
import base64
import email.utils
import json
from dataclasses import dataclass, field
from datetime import UTC

import aiohttp

from crypto.pack import MAX_OCTETS
from firmware.interfaces import FirstContact
from firmware.services.tls import client_context, split_host

TIME_LIMIT = aiohttp.ClientTimeout(total=30.0, sock_connect=10.0)


@dataclass(frozen=True)
class Reply:
    """What the CRS said: a `pack` (base64), or the `code` of a refusal. `unix` is its clock, if it told."""

    pack: str = field(repr=False)
    code: str
    unix: int | None


async def first_contact(contact: FirstContact) -> Reply:
    """Ask once. No error escapes: E21 if nobody sensible answers, E22 if it is not our domain's CRS."""
    host, port = split_host(contact.crs)
    url = f"https://[{host}]:{port + 1}/v1/enrol" if ":" in host else f"https://{host}:{port + 1}/v1/enrol"
    context = client_context(contact.trust_anchor)
    try:
        async with (
            aiohttp.ClientSession(timeout=TIME_LIMIT, trust_env=False) as session,
            session.post(
                url,
                data=base64.b64decode(contact.body),
                headers={"Content-Type": "application/octet-stream"},
                ssl=context,
                server_hostname=host,
                allow_redirects=False,
            ) as response,
        ):
            body = await _read(response)
            return _reply(response.status, body, _date(response.headers.get("Date", "")))
    except aiohttp.ClientConnectorCertificateError:
        return Reply("", "E22", None)
    except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, ValueError):
        return Reply("", "E21", None)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    octets = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        octets += chunk
        if len(octets) > MAX_OCTETS:
            raise ValueError("the answer is too long")
    return bytes(octets)


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


def _date(header: str) -> int | None:
    try:
        when = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return int(when.replace(tzinfo=when.tzinfo or UTC).timestamp())
