"""How calls through the proxy end: refused, cancelled, given up, cut off, blocked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crs.effects import Identity
from crs.transactions import LONGEST_RINGING, TIMER_B, TIMER_C
from tests.crs.exchange import Talk, reply
from tests.crs.office import ASHA, BEN
from tests.crs.phone import ANSWER, register


def test_a_refusal_is_acknowledged_passed_on_and_closes_the_relay(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.callee, talk.answer(486))
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.statuses(talk.caller) == [486]
    assert talk.exchange.media.calls == {}
    talk.exchange.say(talk.caller, replace(talk.cancel(), method="ACK").with_headers(_ack_headers(talk)))
    assert talk.exchange.heard(talk.callee) == []


def _ack_headers(talk: Talk) -> Any:
    return talk.cancel().headers.set("CSeq", "1 ACK")


def test_cancelling_a_ringing_call(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    assert talk.exchange.statuses(talk.caller) == [200]
    (cancel,) = talk.exchange.heard(talk.callee)
    assert cancel.method == "CANCEL"
    assert cancel.branch == talk.seen.branch
    assert cancel.uri == talk.seen.uri
    talk.exchange.say(talk.callee, talk.answer(487))
    assert talk.exchange.statuses(talk.caller) == [487]
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.engine.calls == 0


def test_cancelling_waits_for_a_first_sign_of_the_callee(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.caller, talk.cancel())
    assert talk.exchange.heard(talk.callee) == []
    talk.exchange.say(talk.callee, talk.answer(180))
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]


def test_cancelling_a_callee_that_says_nothing_any_more(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.statuses(talk.caller) == [200, 487]
    assert talk.exchange.engine.calls == 0


def test_the_answer_to_our_own_cancel_is_not_passed_on(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    (cancel,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(cancel, 200))
    assert talk.exchange.statuses(talk.caller) == [200]


def test_an_answer_that_crosses_the_end_is_ended(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.caller)
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    talk.exchange.say(talk.callee, talk.answer(200, body=ANSWER))
    assert talk.exchange.statuses(talk.callee) == ["ACK", "BYE"]


def test_nobody_answers_a_ringing_phone(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.wait(TIMER_C - 1)
    assert talk.exchange.heard(talk.caller) == []
    talk.exchange.wait(1)
    assert talk.exchange.statuses(talk.caller) == [408]
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.media.calls == {}


def test_a_phone_that_rings_without_end_is_cut_off(talk: Talk) -> None:
    talk.begin()
    for _ in range(int(LONGEST_RINGING / 100)):
        talk.exchange.say(talk.callee, talk.answer(180))
        talk.exchange.say(talk.caller, register(ASHA))
        talk.exchange.say(talk.callee, register(BEN))
        talk.exchange.wait(100)
    assert talk.exchange.statuses(talk.caller)[-1] == 408


def test_a_callee_that_never_says_anything(talk: Talk) -> None:
    talk.begin()
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.statuses(talk.caller) == [408]
    assert talk.exchange.heard(talk.callee) == []


def test_a_callee_that_speaks_up_too_late_is_cancelled(talk: Talk) -> None:
    talk.begin()
    talk.exchange.wait(TIMER_B)
    talk.exchange.say(talk.callee, talk.answer(180))
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    talk.exchange.say(talk.callee, talk.answer(487))
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.statuses(talk.caller) == [408]


def test_the_callees_connection_is_lost_while_it_rings(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.callee)
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_the_callers_connection_is_lost_while_it_rings(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.caller)
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.media.calls == {}


def test_hanging_up_on_a_phone_that_is_gone(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.lose(talk.callee)
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_a_phone_is_lost_before_it_answers_a_bye(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    talk.exchange.lose(talk.callee)
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.engine.calls == 0


def test_a_bye_that_nobody_answers_ends_the_call_all_the_same(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.engine.calls == 0
    assert talk.exchange.heard(talk.caller) == []


def test_a_silent_relay_ends_the_call(talk: Talk) -> None:
    talk.begin().ring().lift()
    (relay_id,) = talk.exchange.media.calls
    talk.exchange.take(talk.exchange.engine.media_silent(relay_id))
    assert talk.exchange.engine.calls == 0
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [481]


def test_a_blocked_phone_is_taken_out_of_its_call(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.take(talk.exchange.engine.expel(talk.callee, talk.exchange.now))
    assert talk.exchange.media.calls == {}
    assert talk.exchange.engine.registered == 1
    (bye,) = talk.exchange.heard(talk.caller)
    assert (bye.method, bye.call_id) == ("BYE", talk.invite.call_id)
    assert (bye.from_.tag, bye.to.tag) == ("to", "from")
    assert bye.request_uri.host == "phone.invalid"
    talk.exchange.say(talk.caller, reply(bye, 200))
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [481]


def test_the_callee_of_a_blocked_caller_is_told_that_the_call_is_over(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.take(talk.exchange.engine.expel(talk.caller, talk.exchange.now))
    (bye,) = talk.exchange.heard(talk.callee)
    assert (bye.method, bye.from_.tag, bye.to.tag) == ("BYE", "from", "to")
    assert talk.exchange.media.calls == {}


def test_a_blocked_phone_that_has_no_connection_is_taken_out_of_its_call_too(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.lose(talk.callee)
    assert talk.callee.identity in talk.exchange.engine.parties()
    talk.exchange.take(talk.exchange.engine.end_calls(talk.callee.identity, talk.exchange.now))
    assert talk.exchange.statuses(talk.caller) == ["BYE"]
    assert talk.exchange.media.calls == {}


def test_another_card_of_the_same_number_is_not_blocked_with_it(talk: Talk) -> None:
    talk.begin().ring().lift()
    other = Identity(talk.callee.identity.tel, "another")
    assert talk.exchange.engine.end_calls(other, talk.exchange.now) == []
    assert len(talk.exchange.media.calls) == 1


def test_a_blocked_phone_stops_ringing(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.take(talk.exchange.engine.expel(talk.callee, talk.exchange.now))
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_nothing_is_remembered_for_ever(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    (bye,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(bye, 200))
    assert talk.exchange.engine._proxy.transactions == 2
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.engine._proxy.transactions == 0
