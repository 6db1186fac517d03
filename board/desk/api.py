"""The desk for scripts and for the page's own buttons. Scripts send `Authorization: Bearer TOKEN`.

GET    /api/phones                  what each phone shows
POST   /api/phones/1/keys           {"keys": "2002#"}, or one key by name: {"keys": "soft4"};
                                    {"key": "*", "down": true} holds a key until it is let go with false
POST   /api/phones/1/hook           {"lifted": true}
GET    /api/phones/1/text           {"text": [...]}
GET    /api/phones/1/screen.png     ?scale=1…8
POST   /api/phones/1/hold           {"card": "name.png"}, or a PNG or JPEG as the body
DELETE /api/phones/1/hold           put it away
GET    /api/phones/1/camera.jpg     what the camera sees of it
POST   /api/phones/1/speak          speak the speech file into the handset
GET    /api/phones/1/heard.wav      the last minute that the earpiece played; DELETE forgets it
GET    /api/cards                   GET /api/cards/name.png
GET    /api/faults                  what can be made to go wrong, and what is wrong now
POST   /api/faults                  {"fault": "cut-network", "on": true}; for one phone also "phone": 1,
                                    and for one of its parts "part": "media". Answers when it is so
"""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from board.desk.desk import Desk
from board.desk.faults import EVERYWHERE, FaultRefused
from board.desk.held import NoPicture, picture_of
from board.desk.phone import DeskPhone
from board.desk.sound import NoSpeech, speech_of

BODY_OCTETS = 4096
MOST_KEYS = 64
NO_PHONE = "The phone is not running.\n"
NO_CARD = "There is no such card; GET /api/cards lists them.\n"


class API:
    """The handlers, for one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses above."""
        phone = "/api/phones/{number:[0-9]{1,2}}"
        return [
            web.get("/api/phones", self.list_phones),
            web.post(f"{phone}/keys", self.press),
            web.post(f"{phone}/hook", self.move_hook),
            web.get(f"{phone}/text", self.text),
            web.get(f"{phone}/screen.png", self.screen),
            web.post(f"{phone}/hold", self.hold),
            web.delete(f"{phone}/hold", self.put_away),
            web.get(f"{phone}/camera.jpg", self.camera),
            web.post(f"{phone}/speak", self.speak),
            web.get(f"{phone}/heard.wav", self.heard),
            web.delete(f"{phone}/heard.wav", self.forget),
            web.get("/api/cards", self.list_cards),
            web.get("/api/cards/{name}", self.card),
            web.get("/api/faults", self.list_faults),
            web.post("/api/faults", self.change_fault),
        ]

    def phone(self, request: web.Request) -> DeskPhone:
        """The phone that a request is about. Raises HTTPNotFound."""
        phone = self._desk.phones.get(int(request.match_info["number"]))
        if phone is None:
            raise web.HTTPNotFound(text=f"There are {len(self._desk.phones)} phones on this desk.\n")
        return phone

    async def list_phones(self, request: web.Request) -> web.Response:
        return web.json_response([phone.summary() for phone in self._desk.phones.values()])

    async def press(self, request: web.Request) -> web.Response:
        phone = self.phone(request)
        try:
            match await _body(request):
                case {"keys": str(keys), **rest} if len(keys) <= MOST_KEYS and not rest:
                    await phone.client.press(keys)
                case {"key": str(key), "down": bool(down), **rest} if not rest:
                    await phone.client.key(key, down=down)
                case _:
                    raise web.HTTPBadRequest(
                        text=f'Send {{"keys": "2002#"}}, at most {MOST_KEYS} keys, '
                        'or {"key": "*", "down": true} and later false.\n'
                    )
        except ValueError as error:
            raise web.HTTPBadRequest(text=f"{error}\n") from error
        except ConnectionError as error:
            raise web.HTTPServiceUnavailable(text=NO_PHONE) from error
        return web.json_response(phone.summary())

    async def move_hook(self, request: web.Request) -> web.Response:
        phone = self.phone(request)
        match await _body(request):
            case {"lifted": bool(lifted)}:
                pass
            case _:
                raise web.HTTPBadRequest(text='Send {"lifted": true} or {"lifted": false}.\n')
        try:
            await phone.lift(lifted)
        except ConnectionError as error:
            raise web.HTTPServiceUnavailable(text=NO_PHONE) from error
        return web.json_response(phone.summary())

    async def text(self, request: web.Request) -> web.Response:
        return web.json_response({"text": list(self.phone(request).client.text)})

    async def screen(self, request: web.Request) -> web.Response:
        scale = request.query.get("scale", "4")
        if scale not in set("12345678"):
            raise web.HTTPBadRequest(text="scale is 1 to 8.\n")
        return web.Response(body=self.phone(request).screen_png(scale=int(scale)), content_type="image/png")

    async def hold(self, request: web.Request) -> web.Response:
        phone = self.phone(request)
        if request.content_type == "application/json":
            match await _body(request):
                case {"card": str(name)} if (path := self._desk.cards().get(name)) is not None:
                    octets = await asyncio.to_thread(path.read_bytes)
                case _:
                    raise web.HTTPNotFound(text=NO_CARD)
        else:
            name, octets = "a picture", await request.read()
        try:
            picture = await asyncio.to_thread(picture_of, octets)
        except NoPicture as error:
            raise web.HTTPUnsupportedMediaType(text=f"{error}\n") from error
        await phone.hold(picture, name)
        return web.json_response(phone.summary())

    async def put_away(self, request: web.Request) -> web.Response:
        phone = self.phone(request)
        await phone.put_away()
        return web.json_response(phone.summary())

    async def camera(self, request: web.Request) -> web.Response:
        view = self.phone(request).camera_view()
        return web.Response(body=view, content_type="image/jpeg") if view else web.Response(status=204)

    async def speak(self, request: web.Request) -> web.Response:
        phone, speech = self.phone(request), self._desk.furniture.speech
        if speech is None:
            raise web.HTTPNotFound(text="The desk was started without --speech.\n")
        try:
            phone.handset.speak(await asyncio.to_thread(speech_of, speech))
        except (NoSpeech, OSError) as error:
            raise web.HTTPConflict(text=f"{error}\n") from error
        return web.json_response(phone.summary())

    async def heard(self, request: web.Request) -> web.Response:
        return web.Response(body=self.phone(request).handset.heard(), content_type="audio/wav")

    async def forget(self, request: web.Request) -> web.Response:
        self.phone(request).handset.forget()
        return web.Response(status=204)

    async def list_cards(self, request: web.Request) -> web.Response:
        return web.json_response(self._desk.cards_with_letters())

    async def card(self, request: web.Request) -> web.FileResponse:
        path = self._desk.cards().get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound(text=NO_CARD)
        return web.FileResponse(path)

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response(self._desk.faults())

    async def change_fault(self, request: web.Request) -> web.Response:
        match await _body(request):
            case {"fault": str(name), "on": bool(on), **rest} if set(rest) <= {"phone", "part"}:
                phone, part = rest.get("phone", EVERYWHERE), rest.get("part", "")
            case _:
                raise web.HTTPBadRequest(text='Send {"fault": "cut-network", "on": true}.\n')
        if type(phone) is not int or not isinstance(part, str):
            raise web.HTTPBadRequest(text='"phone" is a number, "part" a text.\n')
        try:
            await self._desk.change(name, on=on, phone=phone, part=part)
        except FaultRefused as error:
            raise web.HTTPConflict(text=f"{error}\n") from error
        return web.json_response(self._desk.faults())


async def _body(request: web.Request) -> object:
    """Return the JSON in the body; None if there is none, or more than BODY_OCTETS."""
    if (request.content_length or 0) > BODY_OCTETS:
        return None
    try:
        octets = await request.read()
        return json.loads(octets) if len(octets) <= BODY_OCTETS else None
    except (ValueError, RecursionError):
        return None
