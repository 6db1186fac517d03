"""One question to our CRS over HTTPS, on the port after SIP's (docs/decisions/0002); a bounded answer.

aiohttp is imported with the first question, and on a thread: it is a third of what the phone service is made
of. A person who waits for the phone to start does not wait for that, nor does one who presses keys then.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import importlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from firmware.services.tls import split_host

if TYPE_CHECKING:
    import aiohttp

CONNECT_S, READ_S = 10.0, 30.0
ANSWER_S = 120.0
"""For a whole answer; what is fetched over hours has no such limit (download.py)."""


class NotAnswered(ConnectionError):
    """The CRS was not reached, or what came was not HTTP; the text has no more than what kind of error."""


class NotTrusted(NotAnswered):
    """Whoever answered has no certificate of our domain for this name."""


@dataclass(frozen=True)
class Answer:
    """What the CRS said. `unix` is its clock, None if it did not tell; `tag` names this very body."""

    status: int
    body: bytes = field(repr=False)
    unix: int | None
    tag: str = ""


@contextlib.asynccontextmanager
async def answered(
    crs: str,
    path: str,
    context: ssl.SSLContext,
    *,
    headers: dict[str, str],
    body: bytes | None = None,
    total_s: float | None = None,
) -> AsyncIterator[aiohttp.ClientResponse]:
    """GET `path` at the CRS 'host:port', or POST `body`; the answer as it comes, while this is entered.

    Raises NotTrusted, NotAnswered (also while the answer is read), TimeoutError, asyncio.IncompleteReadError.
    """
    await asyncio.to_thread(importlib.import_module, "aiohttp")
    import aiohttp

    host, port = split_host(crs)
    shown = f"[{host}]" if ":" in host else host
    limit = aiohttp.ClientTimeout(total=total_s, sock_connect=CONNECT_S, sock_read=READ_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, trust_env=False, auto_decompress=False) as session,
            session.request(
                "GET" if body is None else "POST",
                f"https://{shown}:{port + 1}{path}",
                data=body,
                headers={"Accept-Encoding": "identity"} | headers,
                ssl=context,
                server_hostname=host,
                allow_redirects=False,
            ) as response,
        ):
            yield response
    except aiohttp.ClientConnectorCertificateError as error:
        raise NotTrusted(type(error).__name__) from error
    except aiohttp.ClientError as error:
        raise NotAnswered(type(error).__name__) from error


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

    With the tag `known` of an earlier answer, the status is 304 if nothing has changed. Raises NotTrusted,
    NotAnswered, TimeoutError, asyncio.IncompleteReadError, or ValueError for an answer too long.
    """
    headers = {"If-None-Match": known} if known else {}
    if body is not None:
        headers["Content-Type"] = "application/octet-stream"
    async with answered(crs, path, context, headers=headers, body=body, total_s=ANSWER_S) as response:
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
