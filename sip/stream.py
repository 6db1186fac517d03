"""Octets from a TCP or TLS flow to messages and keep-alives (RFC 3261 §7.5, §18.3; RFC 5626 §4.4.1).

Between messages the flow carries keep-alives: a double CRLF is a ping, a single CRLF its answer, the pong.
Which of the two a CRLF means depends on the end of the flow we sit at, so the stream is told.

A message that is framed but malformed is an event, `Malformed`, and the flow lives on: one bad message that a
server passed along must not cost a phone its registration. What cannot be framed ends the stream.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sip.errors import TheirMistake
from sip.message import Request, Response, answer_to_mistake, parse

MAX_HEAD = 32768
"""Octets of start line and headers."""

_FOLD = re.compile(rb"\r\n[ \t]+")
_CONTENT_LENGTH = re.compile(rb"\r\n(?:content-length|l)[ \t]*+:[ \t]*+((?:[^\r]|\r(?!\n))*+)", re.IGNORECASE)
_LENGTH = re.compile(rb"[0-9]{1,10}[ \t]*")

PING = b"\r\n\r\n"
PONG = b"\r\n"


class KeepAlive(Enum):
    """A keep-alive seen between messages. A PING is answered with `PONG`."""

    PING = "ping"
    PONG = "pong"


@dataclass(frozen=True)
class Malformed:
    """A message that was framed but refused. `answer` is the response to send, if there can be one."""

    mistake: TheirMistake
    answer: Response | None


StreamEvent = Request | Response | KeepAlive | Malformed


class MessageStream:
    """Cuts one flow into messages; holds at most one incomplete message of `max_message` octets.

    `pongs` says that we are the end which sends pings: each CRLF between messages is then a PONG, otherwise
    each double CRLF is a PING.
    """

    def __init__(self, max_message: int = 65536, *, pongs: bool = False) -> None:
        self._max_message = max_message
        self._max_head = min(MAX_HEAD, max_message - len(PING))
        self._pongs = pongs
        self._buffer = bytearray()
        self._searched = 0
        self._breaks = 0
        self._head: tuple[bytes, int] | None = None
        self.mistake: TheirMistake | None = None
        """Why the stream is dead, or None."""
        self.answer: Response | None = None
        """What to send before closing a dead stream, if the message that killed it can be answered."""

    def receive(self, octets: bytes) -> list[StreamEvent]:
        """Take what came from the flow and return what it completed, in order.

        When the flow can no longer be cut, everything before that point is returned, `mistake` is set,
        and the next call raises it; with nothing to return it is raised at once. Either way: close the flow.
        Raises TheirMistake: 400 for headers without end or Content-Length, 413 for too large a message.
        """
        events: list[StreamEvent] = []
        if self.mistake is None:
            self._buffer += octets
            try:
                while (event := self._next()) is not None:
                    events.append(event)
            except TheirMistake as mistake:
                self.mistake = mistake
                self._buffer.clear()
        if self.mistake is not None and not events:
            raise self.mistake
        return events

    @property
    def pending(self) -> int:
        """Octets held of a message that is not complete yet, its head included."""
        head = len(self._head[0]) + len(PING) if self._head is not None else 0
        return head + len(self._buffer)

    def _next(self) -> StreamEvent | None:
        if self._head is None:
            keep_alive = self._take_keep_alive()
            if keep_alive is not None:
                return keep_alive
            self._head = self._take_head()
        if self._head is None or len(self._buffer) < self._head[1]:
            return None
        head, length = self._head
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        self._head = None
        try:
            return parse(head + b"\r\n\r\n" + body)
        except TheirMistake as mistake:
            return Malformed(mistake, answer_to_mistake(head, mistake))

    def _take_keep_alive(self) -> KeepAlive | None:
        while self._buffer.startswith(PONG):
            del self._buffer[:2]
            if self._pongs:
                return KeepAlive.PONG
            self._breaks += 1
            if self._breaks == 2:
                self._breaks = 0
                return KeepAlive.PING
        return None

    def _take_head(self) -> tuple[bytes, int] | None:
        if not self._buffer or self._buffer == b"\r":
            return None
        self._breaks = 0
        end = self._buffer.find(b"\r\n\r\n", self._searched)
        if end > self._max_head or (end < 0 and len(self._buffer) > self._max_head + 3):
            raise TheirMistake(400, "Headers without end")
        if end < 0:
            self._searched = max(0, len(self._buffer) - 3)
            return None
        head = bytes(self._buffer[:end])
        try:
            length = _declared_length(head)
            if end + 4 + length > self._max_message:
                raise TheirMistake(413, "Message too large")
        except TheirMistake as mistake:
            self.answer = answer_to_mistake(head, mistake)
            raise
        del self._buffer[: end + 4]
        self._searched = 0
        return head, length


def _declared_length(head: bytes) -> int:
    """Find the one Content-Length, whatever else is wrong with the headers."""
    found = _CONTENT_LENGTH.findall(_FOLD.sub(b" ", head))
    if len(found) != 1 or not _LENGTH.fullmatch(found[0]):
        raise TheirMistake(400, "Missing or malformed Content-Length")
    return int(found[0])
