"""RFC 4475: every valid message is understood, every invalid one is answered as the RFC says."""

import pytest

from sip.errors import TheirMistake
from sip.message import Request, Response, parse
from sip.stream import Malformed, MessageStream
from tests.sip.torture import MESSAGES, Torture

VALID = [message for message in MESSAGES.values() if message.group == "valid"]
INVALID = [message for message in MESSAGES.values() if message.group == "invalid"]


def named(message: Torture) -> str:
    return message.name


def read(name: str) -> Request | Response:
    return parse(MESSAGES[name].octets)


def refusal(name: str) -> TheirMistake:
    with pytest.raises(TheirMistake) as caught:
        parse(MESSAGES[name].octets)
    return caught.value


def test_the_set_is_whole_but_for_one() -> None:
    assert (len(VALID), len(INVALID), len(MESSAGES)) == (12, 19, 48)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=named)
def test_each_message_is_octet_for_octet_the_rfcs(message: Torture) -> None:
    assert message.is_the_rfcs


@pytest.mark.parametrize("message", VALID, ids=named)
def test_a_valid_message_is_understood_and_survives_being_passed_on(message: Torture) -> None:
    parsed = parse(message.octets)
    again = parse(parsed.encode())
    assert again.headers.remove("Content-Length") == parsed.headers.remove("Content-Length")
    assert again.body == parsed.body


@pytest.mark.parametrize("message", INVALID, ids=named)
def test_an_invalid_message_is_refused(message: Torture) -> None:
    assert refusal(message.name).status == (505 if message.name == "badvers" else 400)


@pytest.mark.parametrize("message", [one for one in INVALID if one.octets[:3] != b"SIP"], ids=named)
def test_an_invalid_request_on_a_flow_is_answered_or_waited_for(message: Torture) -> None:
    stream = MessageStream()
    try:
        events = stream.receive(message.octets)
    except TheirMistake:
        events = []
    if message.name in ("clerr", "baddn"):  # more is announced than came, and no end of headers
        assert stream.pending > 0
        return
    answer = stream.answer or (events[0].answer if events and isinstance(events[0], Malformed) else None)
    assert answer is not None
    assert answer.status == (505 if message.name == "badvers" else 400)
    assert answer.call_id.startswith(message.name)


def test_the_names_in_baddn_are_refused_even_when_the_headers_end() -> None:
    (event,) = MessageStream().receive(MESSAGES["baddn"].octets + b"\r\n")
    assert isinstance(event, Malformed)
    assert event.answer is not None


@pytest.mark.parametrize("name", ["scalarlg", "bigcode"])
def test_an_invalid_response_is_dropped(name: str) -> None:
    (event,) = MessageStream().receive(MESSAGES[name].octets)
    assert isinstance(event, Malformed)
    assert event.answer is None


def test_a_short_tortuous_invite() -> None:
    message = read("wsinv")
    assert isinstance(message, Request)
    assert message.max_forwards == 68
    assert message.cseq.sequence == 9
    assert message.from_.display == 'J Rosenberg \\"'
    assert message.to.tag == "1918181833n"
    assert [via.host for via in message.via] == ["192.0.2.2", "spindle.example.com", "192.168.255.111"]
    assert message.via[1].branch == "z9hG4bK9ikj8"
    assert message.headers.get("NewFangledHeader") == "newfangled value continued newfangled value"
    assert message.headers.get("UnknownHeaderWithUnusualValue") == ";;,,;;,;"
    assert message.contact[0].parameters["q"] == "0.33"
    assert message.contact[0].parameters["secondparam"] is None
    assert message.routes[0].uri.host == "services.example.com"


def test_a_wide_range_of_characters() -> None:
    message = read("intmeth")
    assert isinstance(message, Request)
    assert message.method == "!interesting-Method0123456789_*+`.%indeed'~"
    assert message.to.display == "BEL:\x07 NUL:\x00 DEL:\x7f"
    assert message.from_.parameters["fromparam''~+*_!.-%"] == "работающий"


def test_a_percent_sign_is_no_escape_in_method_or_header_name() -> None:
    message = read("esc02")
    assert isinstance(message, Request)
    assert message.method == "RE%47IST%45R"
    assert [contact.text for contact in message.contact] == [
        "sip:alias1@host1.example.com",
        "sip:alias3@host3.example.com",
    ]


def test_escaped_characters_in_uris_mean_what_they_escape() -> None:
    assert read("esc01").to.uri.user == "user"
    message = read("escnull")
    assert [contact.uri.user for contact in message.contact] == ["\0", "\0\0"]


def test_a_semicolon_belongs_to_the_user_part() -> None:
    message = read("semiuri")
    assert isinstance(message, Request)
    assert message.request_uri.user == "user;par=u@example.net"


def test_only_the_first_of_two_requests_in_one_packet_counts() -> None:
    message = read("dblreq")
    assert isinstance(message, Request)
    assert (message.method, message.body) == ("REGISTER", b"")


def test_long_values_are_no_reason_to_refuse() -> None:
    message = read("longreq")
    assert len(message.via) == 34
    assert message.call_id.endswith("longcallid")


def test_reason_phrases_may_be_empty_or_in_any_script() -> None:
    unreason, noreason = read("unreason"), read("noreason")
    assert isinstance(unreason, Response)
    assert isinstance(noreason, Response)
    assert unreason.reason.startswith("= 2**3 * 5**2 но сто")
    assert noreason.reason == ""


@pytest.mark.parametrize(
    ("name", "status"),
    [("insuf", 400), ("multi01", 400), ("mcl01", 400), ("unkscm", 416), ("novelsc", 416)],
)
def test_messages_no_application_could_use_are_refused_too(name: str, status: int) -> None:
    assert refusal(name).status == status


def test_messages_that_are_the_applications_business_are_read() -> None:
    names = "badbranch unksm2 bext01 invut regaut01 bcast zeromf cparam01 cparam02 regescrt sdp01 inv2543"
    for name in names.split():
        assert read(name).call_id


def test_parameters_belong_to_the_header_or_to_the_uri() -> None:
    outside, inside = read("cparam01").contact[0], read("cparam02").contact[0]
    assert "unknownparam" in outside.parameters
    assert "unknownparam" not in outside.uri.parameters
    assert "unknownparam" in inside.uri.parameters
    assert "unknownparam" not in inside.parameters


def test_a_foreign_scheme_in_a_header_is_carried_but_not_followed() -> None:
    message = read("unksm2")
    assert message.to.text == "isbn:2983792873"
    with pytest.raises(TheirMistake) as caught:
        _ = message.to.uri
    assert caught.value.status == 416


def test_headers_in_a_contact_uri_are_not_followed() -> None:
    assert read("regescrt").contact[0].target == "sip:user@example.com"


def test_a_request_at_its_last_hop_is_483_for_a_proxy() -> None:
    message = read("zeromf")
    assert isinstance(message, Request)
    with pytest.raises(TheirMistake) as caught:
        message.hop()
    assert caught.value.status == 483
