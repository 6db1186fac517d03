"""Transactions alone: what is sent, what is passed on, what times out."""

import pytest

from sip.errors import OurMistake
from sip.headers import Headers
from sip.message import Request, response_to
from sip.transaction import (
    MAX_TRANSACTIONS,
    TIMEOUT,
    AckArrived,
    CancelArrived,
    RequestArrived,
    ResponseArrived,
    TimedOut,
    Transactions,
    cancel_for,
)


def request(method: str = "INVITE", branch: str = "z9hG4bKa", sequence: int = 1) -> Request:
    headers = Headers(
        [
            ("Via", f"SIP/2.0/TLS phone.invalid;branch={branch}"),
            ("From", "<sip:a@example.org>;tag=1"),
            ("To", "<sip:b@example.org>"),
            ("Call-ID", "c"),
            ("CSeq", f"{sequence} {method}"),
            ("Route", "<sip:crs.example.org;lr>"),
        ]
    )
    return Request(method, "sip:b@example.org", headers)


def test_the_ack_of_a_refusal_belongs_to_the_invite() -> None:
    transactions = Transactions()
    invite = request()
    transactions.request(invite, 0.0)
    transactions.outgoing()
    refusal = response_to(invite, 486, to_tag="2")
    (arrived,) = transactions.receive(refusal, 1.0)
    assert isinstance(arrived, ResponseArrived)
    (ack,) = transactions.outgoing()
    assert isinstance(ack, Request)
    assert (ack.method, ack.uri, ack.branch, ack.cseq.sequence) == ("ACK", invite.uri, "z9hG4bKa", 1)
    assert ack.to.tag == "2"
    assert ack.headers.all("Route") == invite.headers.all("Route")
    assert transactions.receive(refusal, 1.0) == []


def test_a_cancel_has_the_branch_and_target_of_its_invite() -> None:
    cancel = cancel_for(request())
    assert (cancel.method, cancel.branch, str(cancel.cseq)) == ("CANCEL", "z9hG4bKa", "1 CANCEL")
    assert cancel.to.tag is None


@pytest.mark.parametrize("method", ["INVITE", "REGISTER", "BYE"])
def test_silence_times_out_after_64_t1(method: str) -> None:
    transactions = Transactions()
    begun = transactions.request(request(method), 10.0)
    assert transactions.deadline == 10.0 + TIMEOUT
    assert transactions.tick(10.0 + TIMEOUT - 0.01) == []
    assert transactions.tick(10.0 + TIMEOUT) == [TimedOut(begun)]
    assert transactions.tick(1e9) == []
    assert transactions.deadline is None


def test_trying_does_not_stop_the_clock_but_ringing_does() -> None:
    transactions = Transactions()
    invite = request()
    transactions.request(invite, 0.0)
    transactions.receive(response_to(invite, 100), 1.0)
    assert transactions.deadline == TIMEOUT
    transactions.receive(response_to(invite, 180, to_tag="2"), 2.0)
    assert transactions.deadline is None
    assert transactions.tick(1e9) == []


def test_a_provisional_answer_does_not_stop_the_clock_of_anything_but_an_invite() -> None:
    transactions = Transactions()
    bye = request("BYE")
    transactions.request(bye, 0.0)
    transactions.receive(response_to(bye, 180, to_tag="2"), 1.0)
    assert transactions.deadline == TIMEOUT


def test_a_2xx_is_passed_on_as_often_as_it_comes_for_32_seconds() -> None:
    transactions = Transactions()
    invite = request()
    transactions.request(invite, 0.0)
    answer = response_to(invite, 200, to_tag="2")
    assert len(transactions.receive(answer, 1.0)) == len(transactions.receive(answer, 2.0)) == 1
    assert transactions.receive(response_to(invite, 486, to_tag="2"), 3.0) == []
    assert transactions.tick(1.0 + TIMEOUT) == []
    assert transactions.receive(answer, 40.0) == []


def test_a_branch_is_for_one_request() -> None:
    transactions = Transactions()
    transactions.request(request(), 0.0)
    with pytest.raises(OurMistake):
        transactions.request(request(), 0.0)


def test_a_repeated_request_brings_the_last_answer_again() -> None:
    transactions = Transactions()
    invite = request()
    (arrived,) = transactions.receive(invite, 0.0)
    assert isinstance(arrived, RequestArrived)
    assert transactions.receive(invite, 0.1) == []
    assert transactions.outgoing() == []
    transactions.respond(arrived.transaction, response_to(invite, 180, to_tag="2"), 0.2)
    transactions.receive(invite, 0.3)
    assert [one.status for one in transactions.outgoing()] == [180, 180]


def test_a_refusal_is_remembered_until_its_ack_or_32_seconds() -> None:
    for acknowledged in (True, False):
        transactions = Transactions()
        invite = request()
        (arrived,) = transactions.receive(invite, 0.0)
        refusal = response_to(invite, 486, to_tag="2")
        transactions.respond(arrived.transaction, refusal, 1.0)
        transactions.outgoing()
        transactions.receive(invite, 2.0)
        assert transactions.outgoing() == [refusal]
        if acknowledged:
            assert transactions.receive(request("ACK"), 3.0) == []
        else:
            transactions.tick(1.0 + TIMEOUT)
        assert transactions.deadline is None


def test_the_ack_of_a_2xx_is_passed_on() -> None:
    transactions = Transactions()
    ack = request("ACK", branch="z9hG4bKother")
    assert transactions.receive(ack, 0.0) == [AckArrived(ack)]


def test_an_answered_request_cannot_be_answered_otherwise() -> None:
    transactions = Transactions()
    invite = request()
    (arrived,) = transactions.receive(invite, 0.0)
    transactions.respond(arrived.transaction, response_to(invite, 200, to_tag="2"), 0.0)
    with pytest.raises(OurMistake):
        transactions.respond(arrived.transaction, response_to(invite, 486, to_tag="2"), 0.0)


def test_a_cancel_finds_its_invite_and_no_other() -> None:
    transactions = Transactions()
    (arrived,) = transactions.receive(request(), 0.0)
    (found,) = transactions.receive(request("CANCEL"), 0.0)
    assert isinstance(found, CancelArrived)
    assert found.target is arrived.transaction
    for other in (request("CANCEL", branch="z9hG4bKx"), request("CANCEL", sequence=2)):
        (lost,) = transactions.receive(other, 0.0)
        assert isinstance(lost, CancelArrived)
        assert lost.target is None


def test_two_requests_with_the_same_poor_branch_are_kept_apart() -> None:
    transactions = Transactions()
    assert transactions.receive(request("OPTIONS", branch="z9hG4bK"), 0.0)
    assert transactions.receive(request("OPTIONS", branch="z9hG4bK", sequence=2), 0.0)


def test_more_requests_than_fit_are_answered_503() -> None:
    transactions = Transactions()
    for serial in range(MAX_TRANSACTIONS):
        assert transactions.receive(request(branch=f"z9hG4bK{serial}"), 0.0)
    assert transactions.receive(request(branch="z9hG4bKmore"), 0.0) == []
    assert [one.status for one in transactions.outgoing()] == [503]
