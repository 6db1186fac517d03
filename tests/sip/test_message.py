"""Reading, refusing, editing and writing single messages."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip.address import Address, address_of_record, parse_uri, split_list, telephone
from sip.errors import OurMistake, TheirMistake
from sip.headers import Headers
from sip.message import Request, Response, parse, response_to

INVITE = (
    b"INVITE sip:+46700000002@example.org;user=phone SIP/2.0\r\n"
    b"Via: SIP/2.0/TLS proxy.example.org;branch=z9hG4bKp, SIP/2.0/TLS phone.invalid;branch=z9hG4bKa;rport\r\n"
    b"Max-Forwards: 70\r\n"
    b'From: "Ingrid, the \\"boss\\"" <sip:+46700000001@example.org;user=phone>;tag=abc\r\n'
    b"To: <sip:+46700000002@example.org;user=phone>\r\n"
    b"Call-ID: 4c1b@phone\r\n"
    b"CSeq: 7 INVITE\r\n"
    b'Contact: <sip:+46700000001@phone.invalid;ob>;reg-id=1;+sip.instance="<urn:uuid:0-1>"\r\n'
    b"X-House: ;;,, anything at all\r\n"
    b"Content-Length: 4\r\n"
    b"\r\n"
    b"body"
)


def changed(old: bytes, new: bytes) -> bytes:
    assert INVITE.count(old) == 1
    return INVITE.replace(old, new)


def request(octets: bytes = INVITE) -> Request:
    message = parse(octets)
    assert isinstance(message, Request)
    return message


def test_a_request_is_read_once_and_typed() -> None:
    message = request()
    assert (message.method, message.cseq.sequence, message.cseq.method) == ("INVITE", 7, "INVITE")
    assert message.from_.display == 'Ingrid, the "boss"'
    assert message.from_.tag == "abc"
    assert message.to.tag is None
    assert telephone(message.request_uri) == "+46700000002"
    assert [via.host for via in message.via] == ["proxy.example.org", "phone.invalid"]
    assert message.contact[0].parameters["+sip.instance"] == "<urn:uuid:0-1>"
    assert message.via is message.via


def test_compact_and_oddly_written_names_are_understood() -> None:
    message = request(
        changed(b"Call-ID: 4c1b@phone", b"i \t: 4c1b@phone").replace(b"CSeq: 7", b"cSEQ:\r\n\t7\r\n  ")
    )
    assert message.call_id == "4c1b@phone"
    assert message.cseq.sequence == 7


def test_octets_after_the_body_are_ignored() -> None:
    assert request(INVITE + b"INVITE sip:x").body == b"body"


def test_a_date_is_read_in_utc() -> None:
    message = request(changed(b"X-House", b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nX-House"))
    assert message.date == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Call-ID: 4c1b@phone\r\n", b""),
        (b"CSeq: 7 INVITE", b"CSeq: 7 BYE"),
        (b"CSeq: 7 INVITE", b"CSeq: 2147483648 INVITE"),
        (b"CSeq: 7 INVITE", b"CSeq: -7 INVITE"),
        (b"CSeq: 7 INVITE", b"CSeq: \xd9\xa7 INVITE"),
        (b"CSeq: 7 INVITE", b"CSeq: 7 INVITE\r\nCSeq: 7 INVITE"),
        (b"Max-Forwards: 70", b"Max-Forwards: 256"),
        (b"Max-Forwards: 70", b"Max-Forwards: seventy"),
        (b"Content-Length: 4", b"Content-Length: -4"),
        (b"Content-Length: 4", b"Content-Length: 5"),
        (b"Content-Length: 4", b"Content-Length: 4\r\nl: 4"),
        (b"Content-Length: 4", b"Content-Length: 99999999999999999999999"),
        (b"X-House", b"Expires: 4294967296\r\nX-House"),
        (b"X-House", b"Date: Sun, 22 Nov 2026 10:00:00 CET\r\nX-House"),
        (b"X-House", b"Date: yesterday\r\nX-House"),
        (b"X-House", b"Require: a b\r\nX-House"),
        (b"X-House", b"no colon here\r\nX-House"),
        (b"X-House", b": no name\r\nX-House"),
        (b"anything at all", b"not \xff UTF-8"),
        (b"anything at all", b"a stray \n line feed"),
        (b"anything at all", b"a stray \r carriage return"),
        (b"anything at all", b"x" * 9000),
        (b"X-House", b"X: y\r\n" * 130 + b"X-House"),
        (b";tag=abc", b";tag=abc;tag=def"),
        (b";tag=abc", b";tag=abc;"),
        (b";tag=abc", b'";tag=abc'),
        (b"Call-ID: 4c1b@phone", b"Call-ID: two words"),
        (b"Call-ID: 4c1b@phone", b"Call-ID: "),
        (b"SIP/2.0/TLS proxy", b"SIP/3.0/TLS proxy"),
        (b"proxy.example.org;branch", b"proxy.example.org:99999;branch"),
        (b"sip:+46700000002@example.org;user=phone SIP", b"<sip:+46700000002@example.org> SIP"),
        (b"sip:+46700000002@example.org;user=phone SIP", b"sip:+46700000002@example.org:0 SIP"),
        (b"sip:+46700000002@example.org;user=phone SIP", b"sip:+46700000002@example.org;self=1 SIP"),
        (b"sip:+46700000002@example.org;user=phone SIP", b"sip:\xc3\xa9@example.org SIP"),
        (b"INVITE sip:", b"INVITE  sip:"),
        (b"INVITE sip:", b" INVITE sip:"),
        (b"phone SIP/2.0\r\n", b"phone SIP/2.0 \r\n"),
        (b"Contact: <", b"Contact: *, <"),
    ],
)
def test_a_malformed_message_is_400(old: bytes, new: bytes) -> None:
    with pytest.raises(TheirMistake) as caught:
        parse(INVITE.replace(old, new, 1))
    assert caught.value.status == 400


def test_a_foreign_scheme_is_416_and_a_foreign_version_505() -> None:
    with pytest.raises(TheirMistake) as caught:
        parse(changed(b"INVITE sip:+46700000002@example.org;user=phone SIP", b"INVITE soap.beep://x SIP"))
    assert caught.value.status == 416
    with pytest.raises(TheirMistake) as caught:
        parse(changed(b"phone SIP/2.0\r\n", b"phone SIP/7.0\r\n"))
    assert caught.value.status == 505


def test_a_mistake_never_quotes_what_was_sent() -> None:
    with pytest.raises(TheirMistake) as caught:
        parse(changed(b"Max-Forwards: 70", b"Max-Forwards: marker-4711"))
    assert "4711" not in str(caught.value)


def test_an_unknown_header_keeps_its_name_value_and_place_through_a_proxy() -> None:
    forwarded = request().hop().push("Via", "SIP/2.0/TLS crs;branch=z9hG4bKc")
    forwarded = forwarded.push("Record-Route", "<sip:crs;lr>").with_uri("sip:there@phone.invalid;ob")
    again = request(forwarded.encode())
    assert again.headers.get("x-house") == ";;,, anything at all"
    assert again.max_forwards == 69
    assert [via.host for via in again.via] == ["crs", "proxy.example.org", "phone.invalid"]
    assert again.headers.all("Contact") == request().headers.all("Contact")
    assert again.body == b"body"


def test_a_via_is_popped_from_a_comma_list_one_at_a_time() -> None:
    once = request().pop("Via")
    assert once.headers.all("Via") == ["SIP/2.0/TLS phone.invalid;branch=z9hG4bKa;rport"]
    assert "Via" not in once.pop("Via").headers
    with pytest.raises(OurMistake):
        once.pop("Via").pop("Via")


def test_max_forwards_runs_out_with_483_and_starts_at_70() -> None:
    with pytest.raises(TheirMistake) as caught:
        request(changed(b"Max-Forwards: 70", b"Max-Forwards: 0")).hop()
    assert caught.value.status == 483
    assert request(changed(b"Max-Forwards: 70\r\n", b"")).hop().max_forwards == 70


def test_a_response_copies_what_it_must_and_tags_the_callee() -> None:
    message = request(changed(b"X-House", b"Record-Route: <sip:crs;lr>\r\nX-House"))
    response = parse(response_to(message, 180, to_tag="mine").encode())
    assert isinstance(response, Response)
    assert response.headers.all("Via") == message.headers.all("Via")
    assert response.headers.all("Record-Route") == ["<sip:crs;lr>"]
    assert (response.status, response.reason, response.to.tag) == (180, "Ringing", "mine")
    assert "X-House" not in response.headers
    refusal = response_to(message, 486)
    assert "Record-Route" not in refusal.headers
    assert refusal.to.tag
    assert response_to(message, 100).to.tag is None


def test_a_line_break_cannot_be_smuggled_into_a_header() -> None:
    for value in ("a\r\nEvil: yes", "a\nb", "a\rb"):
        with pytest.raises(OurMistake):
            request().headers.add("Subject", value)
    with pytest.raises(OurMistake):
        Headers([("Bad Name", "x")])
    with pytest.raises(OurMistake):
        Request("INVITE", "sip:a@b SIP/2.0\r\nEvil: yes", Headers()).encode()
    with pytest.raises(OurMistake):
        Response(200, "OK\r\nEvil: yes", Headers()).encode()


def test_messages_do_not_show_their_body() -> None:
    assert "body" not in repr(request()).replace("body=", "")


@pytest.mark.parametrize(
    ("uri", "number", "key"),
    [
        ("sip:+46700000001@Example.ORG:5061;user=phone", "+46700000001", "sip:+46700000001@example.org"),
        ("tel:+46-70-000(00)01", "+46700000001", "tel:+46-70-000(00)01"),
        ("sip:alice@example.org", None, "sip:alice@example.org"),
        ("sip:+46700000001;ext=1@example.org", "+46700000001", "sip:+46700000001;ext=1@example.org"),
        ("sip:+4670000000123456@example.org", None, "sip:+4670000000123456@example.org"),
        ("sip:example.org", None, "sip:example.org"),
    ],
)
def test_numbers_and_addresses_of_record(uri: str, number: str | None, key: str) -> None:
    parsed = parse_uri(uri)
    assert telephone(parsed) == number
    assert address_of_record(parsed) == key


def test_headers_inside_a_contact_uri_never_reach_a_start_line() -> None:
    contact = Address.parse("<sip:a@b?Route=%3Csip:evil%3E>")
    assert contact.target == "sip:a@b"


def test_commas_in_quotes_and_brackets_do_not_split() -> None:
    assert split_list('"a, b" <sip:x,y@z>, <sip:c>') == ['"a, b" <sip:x,y@z>', "<sip:c>"]
    for value in ('"a, b', "<sip:a, b", "a,,b", ",a", "a" + ",a" * 128):
        with pytest.raises(TheirMistake):
            split_list(value)


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda place, junk: INVITE[:place] + junk + INVITE[place + len(junk) :],
        st.integers(0, len(INVITE)),
        st.binary(min_size=1, max_size=8),
    ),
    st.builds(lambda place: INVITE[:place], st.integers(0, len(INVITE))),
)


@given(HOSTILE)
def test_any_octets_are_a_message_or_their_mistake(octets: bytes) -> None:
    try:
        message = parse(octets)
    except TheirMistake:
        return
    again = parse(message.encode())
    assert again == message.with_headers(again.headers)
    assert again.headers.remove("Content-Length") == message.headers.remove("Content-Length")


@pytest.mark.parametrize(
    "filler", [" ", "\t", "a ", '"', '\\"', "<", ",", ";", ";a", ";a=b", "%41", "-", "[", "1.", "1:"]
)
def test_no_header_value_takes_long_to_refuse(filler: str) -> None:
    value = (filler * 8000)[:8000]
    start = time.process_time()
    for make in (Address.parse, split_list, parse_uri):
        for text in (value, "sip:" + value, '"' + value, "<sip:" + value, "a" + value + "\x01"):
            try:
                make(text)
            except TheirMistake:
                continue
    assert time.process_time() - start < 1.0
