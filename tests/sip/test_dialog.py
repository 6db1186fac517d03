"""Dialogs alone: route sets, tags, counters."""

import pytest

from sip.dialog import Dialog, dialog_key
from sip.errors import OurMistake, TheirMistake
from sip.headers import Headers
from sip.message import Request, Response, response_to

VIA = "SIP/2.0/TLS x.invalid;branch=z9hG4bKn"


def invite(*routes: str) -> Request:
    headers = [
        ("Via", "SIP/2.0/TLS phone.invalid;branch=z9hG4bKa"),
        *(("Record-Route", route) for route in routes),
        ("From", '"Not kept" <sip:a@example.org>;tag=1'),
        ("To", "<sip:b@example.org>"),
        ("Call-ID", "c"),
        ("CSeq", "7 INVITE"),
        ("Contact", "<sip:a@phone.invalid;ob>"),
    ]
    return Request("INVITE", "sip:b@example.org", Headers(headers))


def answer(request: Request, contact: str = "<sip:b@other.invalid;ob>") -> Response:
    return response_to(request, 200, to_tag="2", headers=[("Contact", contact)])


def test_caller_and_callee_name_the_same_dialog_from_both_ends() -> None:
    request = invite()
    caller, callee = Dialog.of_caller(request, answer(request)), Dialog.of_callee(request, "2")
    assert caller.key == ("c", "1", "2")
    assert callee.key == ("c", "2", "1")
    assert dialog_key(caller.request("BYE", via=VIA)) == callee.key
    assert dialog_key(callee.request("BYE", via=VIA)) == caller.key


def test_the_route_set_is_in_order_for_the_callee_and_reversed_for_the_caller() -> None:
    request = invite("<sip:near-callee;lr>, <sip:middle;lr>", "<sip:near-caller;lr>")
    callee = Dialog.of_callee(request, "2").request("BYE", via=VIA)
    caller = Dialog.of_caller(request, answer(request)).request("BYE", via=VIA)
    assert [route.text for route in callee.routes] == [
        "sip:near-callee;lr",
        "sip:middle;lr",
        "sip:near-caller;lr",
    ]
    assert [route.text for route in caller.routes] == [
        "sip:near-caller;lr",
        "sip:middle;lr",
        "sip:near-callee;lr",
    ]
    assert caller.uri == "sip:b@other.invalid;ob"
    assert callee.uri == "sip:a@phone.invalid;ob"


def test_a_strict_router_gets_its_own_address_in_the_start_line() -> None:
    bye = Dialog.of_callee(invite("<sip:old.example.org>", "<sip:new;lr>"), "2").request("BYE", via=VIA)
    assert bye.uri == "sip:old.example.org"
    assert [route.text for route in bye.routes] == ["sip:new;lr", "sip:a@phone.invalid;ob"]


def test_the_ack_repeats_the_number_of_its_invite_and_other_requests_count_on() -> None:
    request = invite()
    dialog = Dialog.of_caller(request, answer(request))
    assert str(dialog.request("ACK", via=VIA, sequence=7).cseq) == "7 ACK"
    assert str(dialog.request("UPDATE", via=VIA).cseq) == "8 UPDATE"
    assert str(dialog.request("BYE", via=VIA).cseq) == "9 BYE"


def test_a_request_out_of_order_is_500_and_does_not_move_the_target() -> None:
    dialog = Dialog.of_callee(invite(), "2")
    old = invite().with_headers(invite().headers.set("Contact", "<sip:evil@x.invalid>"))
    with pytest.raises(TheirMistake) as caught:
        dialog.take(old)
    assert caught.value.status == 500
    assert dialog.target == "sip:a@phone.invalid;ob"


def test_a_request_in_order_moves_the_target_only_if_it_may() -> None:
    dialog = Dialog.of_callee(invite(), "2")
    headers = (
        invite().headers.set("CSeq", "8 UPDATE").set("Contact", "<sip:a@moved.invalid?Route=%3Csip:e%3E>")
    )
    dialog.take(Request("UPDATE", "sip:b@example.org", headers))
    assert dialog.target == "sip:a@moved.invalid"
    dialog.take(Request("BYE", "sip:b@example.org", headers.set("CSeq", "9 BYE").set("Contact", "<sip:e@v>")))
    assert dialog.target == "sip:a@moved.invalid"


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("From", "<sip:a@example.org>", 400),
        ("Contact", "<sip:a@x>, <sip:b@y>", 400),
        ("Contact", "<mailto:a@x>", 416),
        ("Record-Route", "<soap.beep://x>", 416),
    ],
)
def test_an_invite_that_can_begin_no_dialog_is_refused(name: str, value: str, status: int) -> None:
    with pytest.raises(TheirMistake) as caught:
        Dialog.of_callee(invite().with_headers(invite().headers.set(name, value)), "2")
    assert caught.value.status == status


def test_an_answer_without_contact_leaves_the_target_where_the_invite_went() -> None:
    request = invite()
    response = response_to(request, 200, to_tag="2")
    assert Dialog.of_caller(request, response).target == "sip:b@example.org"


def test_a_counter_that_is_used_up_is_our_mistake() -> None:
    dialog = Dialog.of_callee(invite(), "2")
    dialog.local_sequence = 2**31 - 1
    with pytest.raises(OurMistake):
        dialog.request("BYE", via=VIA)
