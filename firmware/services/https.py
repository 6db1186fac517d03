"""One question to our CRS over HTTPS, on the port after SIP's (docs/decisions/0002); a bounded answer."""

from __future__ import annotations

import email.utils
import ssl
from dataclasses import dataclass, field
from datetime import UTC

import aiohttp

from firmware.services.tls import split_host

TIME_LIMIT = aiohttp.ClientTimeout(total=120.0, sock_connect=10.0, sock_read=30.0)


@dataclass(frozen=True)
class Answer:
    """What the CRS said. `unix` is its clock, None if it did not tell; `tag` names this very body."""

    status: int
    body: bytes = field(repr=False)
    unix: int | None
    tag: str = ""


async def ask(
    crs: str,
    path: str,
    context: ssl.SSLContext,
    *,
    most: int,
    body: bytes | None = None,
    known: str = "",
) -> Answer:
    """GET `path` at the CRS 'host:port', or POST `body`; take at most `most` octets.

    With the tag `known` of an earlier answer, the status is 304 if nothing has changed. Raises
    aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, or ValueError for an answer too long.
    """
    host, port = split_host(crs)
    shown = f"[{host}]" if ":" in host else host
    headers = {"If-None-Match": known} if known else {}
    if body is not None:
        headers["Content-Type"] = "application/octet-stream"
    async with (
        aiohttp.ClientSession(timeout=TIME_LIMIT, trust_env=False) as session,
        session.request(
            "GET" if body is None else "POST",
            f"https://{shown}:{port + 1}{path}",
            data=body,
            headers=headers,
            ssl=context,
            server_hostname=host,
            allow_redirects=False,
        ) as response,
    ):
        octets = bytearray()
        async for chunk in response.content.iter_chunked(65536):
            octets += chunk
            if len(octets) > most:
                raise ValueError("the answer is too long")
        tag = response.headers.get("ETag", "")
        return Answer(response.status, bytes(octets), _date(response.headers.get("Date", "")), tag[:128])


def _date(header: str) -> int | None:
    try:
        when = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return int(when.replace(tzinfo=when.tzinfo or UTC).timestamp())
