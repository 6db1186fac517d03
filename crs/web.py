"""The HTTPS service on the port after SIP's: first contact and packs (docs/decisions/0002).

    POST /v1/enrol                no client certificate; body: a first contact; answers the first pack
    GET  /v1/pack?after=2026-11   the first monthly pack after a month: packs are opened in their order
    GET  /v1/bulletin?month=…     what all phones are to know, sealed
    GET  /v1/issuance?month=…     every signing key of the month, signed
    GET  /v1/revoked              the newest revocation list, signed
    GET  /v1/revoked/partners     the newest one of each partner, each signed by its own domain
    GET  /v1/update?kind=…&have=  newer software for a kind of phone, from any octet on (RFC 9110 §14)

All but the first want the certificate of an enrolled phone; /v1/revoked takes that of a partner's server too.

Every refusal is JSON: {"code": "E07", "text": "what to do next"}. Every answer's Date is the CRS's clock.
"""

from __future__ import annotations

import asyncio
import email.utils
import hashlib
import logging
import ssl
from collections.abc import Awaitable, Callable
from typing import IO, Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from crs.effects import Identity
from crs.errors import Refusal
from crs.listener import Counted
from crs.provisioning import MAX_BODY, Provisioning

log = logging.getLogger("crs")

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


UPDATE_AGE = 3600.0
"""Seconds that fetching an update may last in one go; what is cut is gone on with."""


class _File(web.FileResponse):
    """A file in pieces, written like any other answer.

    asyncio's sendfile over TLS falls over, in the log of the operator, whenever a phone hangs up in between.
    """

    async def _sendfile(
        self, request: web.BaseRequest, fobj: IO[Any], offset: int, count: int
    ) -> AbstractStreamWriter:
        writer = await web.StreamResponse.prepare(self, request)
        if writer is None:
            raise ConnectionResetError("the answer was over before its first octet")
        return await self._sendfile_fallback(writer, fobj, offset, count)


class WebServer:
    """HTTP around `Provisioning`. `protocol` makes one connection's protocol."""

    def __init__(self, provisioning: Provisioning) -> None:
        self._provisioning = provisioning
        app = web.Application(client_max_size=MAX_BODY, middlewares=[self._in_json])
        app.router.add_post("/v1/enrol", self._enrol)
        app.router.add_get("/v1/pack", self._pack, allow_head=False)
        app.router.add_get("/v1/{kind:bulletin|issuance}", self._document, allow_head=False)
        app.router.add_get("/v1/revoked", self._revoked, allow_head=False)
        app.router.add_get("/v1/revoked/partners", self._foreign, allow_head=False)
        app.router.add_get("/v1/update", self._update, allow_head=False)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, keepalive_timeout=5.0)

    async def start(self) -> None:
        await self._runner.setup()

    async def stop(self) -> None:
        await self._runner.cleanup()

    def protocol(self) -> asyncio.Protocol:
        server = self._runner.server
        assert server is not None
        return server()

    async def _enrol(self, request: web.Request) -> web.Response:
        body = await request.read()
        return _octets(await self._provisioning.enrol(body, request.remote or ""))

    async def _pack(self, request: web.Request) -> web.Response:
        return _octets(await self._provisioning.pack(self._identity(request), request.query.get("after")))

    async def _document(self, request: web.Request) -> web.Response:
        kind, month = request.match_info["kind"], request.query.get("month")
        return _tagged(request, await self._provisioning.document(self._identity(request), kind, month))

    async def _revoked(self, request: web.Request) -> web.Response:
        return _tagged(request, self._provisioning.revoked(self._identity(request)))

    async def _foreign(self, request: web.Request) -> web.Response:
        return _tagged(request, self._provisioning.foreign(self._identity(request)))

    async def _update(self, request: web.Request) -> web.StreamResponse:
        kind, have = request.query.get("kind"), request.query.get("have")
        path = await self._provisioning.update(self._identity(request), kind, have)
        connection = request.transport.get_protocol() if request.transport is not None else None
        if isinstance(connection, Counted):
            connection.end_after(UPDATE_AGE)  # an enrolled phone asks for much more than a request takes
        return _File(path, headers={"X-Sottovoce-Bundle": path.name})

    def _identity(self, request: web.Request) -> Identity | None:
        """Return who the client certificate is, None if there is none. TLS has verified it."""
        tls = request.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if isinstance(tls, ssl.SSLObject) else None
        if not certificate:
            return None
        return self._provisioning.identify(certificate, request.remote or "")

    @web.middleware
    async def _in_json(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except Refusal as refusal:
            response = _json(refusal.status, refusal.code, refusal.text)
        except web.HTTPRequestEntityTooLarge:
            response = _json(413, "malformed", "This is too large for a first contact.")
        except ConnectionError:
            # Gone, or cut off for taking too long: nobody reads this any more.
            response = _json(400, "malformed", "The request was not finished.")
        except web.HTTPException as error:
            response = _json(error.status, "not-found", "There is nothing here for a phone.")
        response.headers["Date"] = email.utils.formatdate(self._provisioning.unix, usegmt=True)
        response.headers["Cache-Control"] = "no-store"
        return response


def _tagged(request: web.Request, body: bytes) -> web.Response:
    """An answer that is not sent again to a phone that has it already (RFC 9110 §13.1.2)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match") == tag
    response = web.Response(status=304) if known else _octets(body)
    response.headers["ETag"] = tag
    return response


def _octets(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/octet-stream")


def _json(status: int, code: str, text: str) -> web.Response:
    return web.json_response({"code": code, "text": text}, status=status)
