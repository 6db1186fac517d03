"""Cutting a flow into messages and keep-alives, however the octets arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip.errors import TheirMistake
from sip.message import Request, Response
from sip.stream import PING, PONG, KeepAlive, Malformed, MessageStream, StreamEvent

HEAD = (
    b"SIP/2.0/TLS phone.invalid;branch=z9hG4bKa\r\n"
    b"From: <sip:a@example.org>;tag=1\r\n"
    b"To: <sip:b@example.org>\r\n"
    b"Call-ID: c\r\n"
)
OPTIONS = b"OPTIONS sip:b@example.org SIP/2.0\r\nVia: " + HEAD + b"CSeq: 1 OPTIONS\r\nl: 3\r\n\r\nabc"
OK = b"SIP/2.0 200 OK\r\nVia: " + HEAD + b"CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
BROKEN = b"OPTIONS sip:b@example.org SIP/2.0\r\nVia: " + HEAD + b"CSeq: one OPTIONS\r\nl: 3\r\n\r\nabc"

Outcome = tuple[list[StreamEvent | tuple[int, bool]], int | None]


def outcome(chunks: list[bytes], *, pongs: bool = False, max_message: int = 65536) -> Outcome:
    """All events of the chunks, and the status of the mistake that ended the stream."""
    stream = MessageStream(max_message, pongs=pongs)
    events: list[StreamEvent | tuple[int, bool]] = []
    for chunk in chunks:
        try:
            arrived = stream.receive(chunk)
        except TheirMistake:
            break
        assert stream.pending <= max_message
        events += [
            (each.mistake.status, each.answer is not None) if isinstance(each, Malformed) else each
            for each in arrived
        ]
    return events, stream.mistake.status if stream.mistake else None


def test_two_messages_in_one_piece_and_one_in_two() -> None:
    events, mistake = outcome([OPTIONS + OK + OPTIONS[:50], OPTIONS[50:]])
    assert [type(event) for event in events] == [Request, Response, Request]
    assert mistake is None


def test_half_a_message_is_kept_and_nothing_said() -> None:
    stream = MessageStream()
    assert stream.receive(OPTIONS[:-1]) == []
    assert stream.pending == len(OPTIONS) - 1
    (event,) = stream.receive(OPTIONS[-1:])
    assert isinstance(event, Request)
    assert event.body == b"abc"
    assert stream.pending == 0


def test_a_double_crlf_is_a_ping_for_a_server_and_two_pongs_for_a_phone() -> None:
    assert outcome([PING]) == ([KeepAlive.PING], None)
    assert outcome([b"\r", b"\n\r", b"\n"]) == ([KeepAlive.PING], None)
    assert outcome([PONG], pongs=True) == ([KeepAlive.PONG], None)
    assert outcome([PONG]) == ([], None)


def test_a_single_crlf_before_a_message_is_no_keep_alive() -> None:
    events, _ = outcome([PONG + OPTIONS + PONG + OPTIONS + PING])
    assert [type(event) for event in events] == [Request, Request, KeepAlive]


def test_a_malformed_message_is_answered_and_the_flow_lives_on() -> None:
    stream = MessageStream()
    broken, good = stream.receive(BROKEN + OPTIONS)
    assert isinstance(broken, Malformed)
    assert broken.answer is not None
    assert broken.answer.status == 400
    assert broken.answer.headers.get("Call-ID") == "c"
    assert isinstance(good, Request)


def test_nothing_answers_a_malformed_response_or_ack() -> None:
    for octets in (
        OK.replace(b"CSeq: 1", b"CSeq: one"),
        BROKEN.replace(b"OPTIONS", b"ACK"),
        BROKEN.replace(b"Via:", b"Vio:"),
    ):
        (event,) = MessageStream().receive(octets)
        assert isinstance(event, Malformed)
        assert event.answer is None


@pytest.mark.parametrize(
    ("octets", "status"),
    [
        (OPTIONS.replace(b"l: 3", b"l: 1000000") + b"x" * 70000, 413),
        (OPTIONS.replace(b"l: 3\r\n", b""), 400),
        (OPTIONS.replace(b"l: 3", b"l: 3\r\nContent-Length: 3"), 400),
        (OPTIONS.replace(b"l: 3", b"l: -3"), 400),
        (OPTIONS.replace(b"l: 3", b"l: 0x3"), 400),
        (OPTIONS.replace(b"l: 3", b"l:\r\n 3 3"), 400),
        (b"OPTIONS sip:b@example.org SIP/2.0\r\nX: " + b"y" * 1_000_000, 400),
        (b"x" * 1_000_000, 400),
        (b"\x16\x03\x01" + b"\0" * 40000, 400),
    ],
)
def test_what_cannot_be_cut_ends_the_stream(octets: bytes, status: int) -> None:
    assert outcome([octets]) == ([], status)


def test_a_dead_stream_stays_dead_and_holds_nothing() -> None:
    stream = MessageStream()
    events = stream.receive(OPTIONS + b"x" * 40000)
    assert [type(event) for event in events] == [Request]
    assert stream.mistake is not None
    for _ in range(2):
        with pytest.raises(TheirMistake):
            stream.receive(OPTIONS)
    assert stream.pending == 0


def test_too_large_a_request_can_be_answered_before_the_flow_is_closed() -> None:
    stream = MessageStream()
    with pytest.raises(TheirMistake):
        stream.receive(OPTIONS.replace(b"l: 3", b"l: 1000000"))
    assert stream.answer is not None
    assert stream.answer.status == 413


def test_a_folded_content_length_is_found() -> None:
    events, _ = outcome([OPTIONS.replace(b"l: 3", b"Content-Length :\r\n\t3")])
    assert [type(event) for event in events] == [Request]


PIECES = st.lists(
    st.one_of(
        st.sampled_from([OPTIONS, OK, BROKEN, PING, PONG, b"\r", b"\n", b"\r\nl: 3", b": ", b"\x00\xff"]),
        st.binary(max_size=20),
        st.integers(0, len(OPTIONS)).map(lambda end: OPTIONS[:end]),
    ),
    max_size=8,
).map(b"".join)


@given(PIECES, st.lists(st.integers(1, 60), max_size=40), st.booleans())
def test_the_same_octets_give_the_same_events_however_they_are_split(
    octets: bytes, sizes: list[int], pongs: bool
) -> None:
    chunks, rest = [], octets
    for size in sizes:
        chunks.append(rest[:size])
        rest = rest[size:]
    chunks.append(rest)
    whole = outcome([octets], pongs=pongs, max_message=600)
    assert outcome(chunks, pongs=pongs, max_message=600) == whole
    assert outcome([octets[i : i + 1] for i in range(len(octets))], pongs=pongs, max_message=600) == whole


@given(st.binary(max_size=2000))
def test_any_octets_give_events_or_their_mistake_and_bounded_memory(octets: bytes) -> None:
    outcome([octets], max_message=1000)
