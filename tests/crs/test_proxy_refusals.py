"""What never gets through the proxy: false identities, and calls that would be less than secret."""

from __future__ import annotations

from typing import Any

import pytest

from sip.sdp import offer
from tests.crs.exchange import Talk
from tests.crs.office import ASHA, BEN, NOBODY
from tests.crs.phone import ANSWER, I_MESSAGE, OFFER, invite

# False identities


@pytest.mark.parametrize(
    "changes",
    [
        {"claim": BEN},
        {"claim": NOBODY},
        {"domain": "other.example"},
        {"extra": (("P-Asserted-Identity", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("P-Preferred-Identity", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("Remote-Party-ID", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("P-Asserted-Identity", f"<sip:{ASHA}@sv.example>, <tel:{BEN}>"),)},
    ],
    ids=["From", "nobody", "other domain", "asserted", "preferred", "remote party", "second asserted"],
)
def test_a_false_identity_is_refused_and_raises_an_alarm(talk: Talk, changes: dict[str, Any]) -> None:
    exchange = talk.exchange
    exchange.say(talk.caller, invite(ASHA, BEN, **changes))
    assert exchange.statuses(talk.caller) == [403]
    assert exchange.alarms() == ["identity-refused"]
    assert exchange.heard(talk.callee) == []


def test_a_true_assertion_is_not_passed_on(talk: Talk) -> None:
    talk.begin(extra=(("P-Asserted-Identity", f"<sip:{ASHA}@sv.example>"),))
    assert "P-Asserted-Identity" not in talk.seen.headers


def test_an_assertion_in_a_response_is_not_passed_on(talk: Talk) -> None:
    talk.begin()
    claim = ("P-Asserted-Identity", f"<sip:{NOBODY}@sv.example>")
    talk.exchange.say(talk.callee, talk.answer(180, extra=(claim,)))
    (ringing,) = talk.exchange.heard(talk.caller)
    assert "P-Asserted-Identity" not in ringing.headers


@pytest.mark.parametrize("method", ["BYE", "UPDATE", "INVITE", "ACK"])
def test_a_third_phone_cannot_speak_in_a_call(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    third = talk.exchange.registered(NOBODY)
    message = talk.inside(method, caller=NOBODY, body=OFFER if method == "INVITE" else b"")
    talk.exchange.say(third, message)
    assert talk.exchange.statuses(third) == ([] if method == "ACK" else [481])
    assert talk.exchange.heard(talk.callee) == talk.exchange.heard(talk.caller) == []
    assert talk.exchange.engine.calls == 1


def test_a_third_phone_cannot_answer_for_the_callee(talk: Talk) -> None:
    talk.begin()
    third = talk.exchange.registered(NOBODY)
    talk.exchange.say(third, talk.answer(200, body=ANSWER))
    assert talk.exchange.heard(talk.caller) == []


def test_a_third_phone_cannot_cancel_a_call(talk: Talk) -> None:
    talk.begin().ring()
    third = talk.exchange.registered(NOBODY)
    cancel = talk.cancel()
    headers = cancel.headers.set("From", f"<sip:{NOBODY}@sv.example>;tag=from")
    talk.exchange.say(third, cancel.with_headers(headers))
    assert talk.exchange.statuses(third) == [481]
    assert talk.exchange.heard(talk.callee) == []


# Downgrades


DOWNGRADES = {
    "a=crypto": OFFER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "RTP/AVP": OFFER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "no key-mgmt": b"".join(line for line in OFFER.splitlines(True) if b"key-mgmt" not in line),
    "two key-mgmt": OFFER + b"a=key-mgmt:mikey AAAA\r\n",
    "fingerprint": OFFER + b"a=fingerprint:sha-256 00\r\n",
    "second stream": OFFER + b"m=video 4 RTP/AVP 97\r\n",
    "another codec": OFFER.replace(b"opus/48000/2", b"PCMU/8000"),
    "not SDP": b"hello",
    "nothing": b"",
}


@pytest.mark.parametrize("body", DOWNGRADES.values(), ids=DOWNGRADES)
def test_a_downgraded_offer_is_refused(talk: Talk, body: bytes) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.heard(talk.callee) == []
    assert talk.exchange.media.calls == {}
    assert talk.exchange.alarms() == ["downgrade-refused"]


WITHIN = [(method, name) for method in ("INVITE", "UPDATE") for name in DOWNGRADES]
WITHIN.remove(("UPDATE", "nothing"))  # that only refreshes the session


@pytest.mark.parametrize(("method", "name"), WITHIN)
def test_a_downgraded_offer_within_the_call_is_refused(talk: Talk, method: str, name: str) -> None:
    body = DOWNGRADES[name]
    talk.begin().ring().lift()
    talk.exchange.say(talk.callee, talk.inside(method, by=talk.callee, body=body))
    assert talk.exchange.statuses(talk.callee) == [488]
    assert talk.exchange.heard(talk.caller) == []
    assert talk.exchange.engine.calls == 1


BAD_ANSWERS = {
    "a=crypto": ANSWER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "RTP/AVP": ANSWER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "key-mgmt": ANSWER + b"a=key-mgmt:mikey AAAA\r\n",
    "fingerprint": ANSWER + b"a=fingerprint:sha-256 00\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("body", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_downgraded_answer_ends_the_call_on_both_sides(talk: Talk, body: bytes) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.callee, talk.answer(200, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    ack, bye = talk.exchange.heard(talk.callee)
    assert (ack.method, bye.method) == ("ACK", "BYE")
    assert bye.uri == f"sip:{BEN}@callee.invalid"
    assert bye.to.tag == "to"
    assert talk.exchange.engine.calls == 0
    assert talk.exchange.media.calls == {}
    assert talk.exchange.alarms() == ["downgrade-refused"]


def test_a_downgraded_early_answer_ends_the_call(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.callee, talk.answer(183, body=BAD_ANSWERS["RTP/AVP"]))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.engine.calls == 0


def test_an_offer_in_disguise_is_refused(talk: Talk) -> None:
    message = invite(ASHA, BEN)
    for headers in (
        message.headers.set("Content-Type", "multipart/mixed;boundary=x"),
        message.headers.add("Content-Encoding", "gzip"),
    ):
        talk.exchange.say(talk.caller, message.with_headers(headers))
        assert talk.exchange.statuses(talk.caller) == [415]
    assert talk.exchange.heard(talk.callee) == []


@pytest.mark.parametrize("method", ["BYE", "PRACK"])
def test_a_body_where_none_belongs_is_refused(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside(method, body=OFFER))
    assert talk.exchange.statuses(talk.caller) == [415]
    assert talk.exchange.heard(talk.callee) == []


def test_an_acknowledgement_with_a_body_goes_nowhere(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("ACK", cseq=1, body=OFFER))
    assert talk.exchange.heard(talk.callee) == []


def test_the_body_of_a_refusal_is_not_passed_on(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.callee, talk.answer(486, body=b"my diary"))
    (busy,) = talk.exchange.heard(talk.caller)
    assert (busy.status, busy.body) == (486, b"")
    assert "Content-Type" not in busy.headers


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_other_keys_within_a_call_are_refused_and_raise_an_alarm(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    body = offer("192.0.2.1", 40000, I_MESSAGE[::-1], session_id=1, version=2)
    talk.exchange.say(talk.caller, talk.inside(method, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.heard(talk.callee) == []
    assert talk.exchange.alarms() == ["downgrade-refused"]
    assert talk.exchange.engine.calls == 1
