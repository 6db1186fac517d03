"""Who may come in: this computer, with the token of this run, from a page of ours."""

from __future__ import annotations

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; media-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Doors:
    """Checks host, origin and token of every request.

    The token comes in the address once (?token=…) and lives in a cookie from then on; a script sends it as
    `Authorization: Bearer`. The host check keeps out pages that point their own name at this computer.
    """

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        # Cookies do not know ports: two desks on one computer must not take each other's.
        self._cookie = f"sottovoce-desk-{port}"

    @property
    def check(self) -> Middleware:
        """What aiohttp puts before every handler. Raises HTTPForbidden."""

        @web.middleware
        async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._check_origin(request)
            offered = request.query.get("token")
            if offered is not None:
                return self._let_in(request, offered)
            if self._is_inside(request):
                return await handler(request)
            raise web.HTTPForbidden(text="Open the address that the desk printed when it started.\n")

        return check

    async def sign(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put the rules for the browser on every answer."""
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(), usb=()"
        response.headers.setdefault("Cache-Control", "no-store")

    def _check_origin(self, request: web.Request) -> None:
        origin = request.headers.get("Origin")
        if request.host not in self._hosts:
            raise web.HTTPForbidden(text="This desk answers to 127.0.0.1 only.\n")
        if origin is not None and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="This page is not ours.\n")

    def _is_ours(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(errors="replace"), self._token.encode())

    def _is_inside(self, request: web.Request) -> bool:
        kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
        cookie = request.cookies.get(self._cookie, "")
        return self._is_ours(cookie) or (kind == "Bearer" and self._is_ours(bearer))

    def _let_in(self, request: web.Request, token: str) -> web.StreamResponse:
        if request.method != "GET" or request.path != "/" or not self._is_ours(token):
            raise web.HTTPForbidden(text="That token is not of this run. Use the address printed last.\n")
        response = web.HTTPSeeOther("/")
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict", path="/")
        return response
