"""Replays, loops and floods at the proxy: each phone has its share, and no message goes twice."""

from __future__ import annotations

from crs.allowances import CALLS_PER_PHONE, RENEWALS, TRANSACTIONS_PER_PHONE
from crs.config import Config
from tests.crs.exchange import Exchange, Talk, reply
from tests.crs.office import ASHA, BEN, NOBODY
from tests.crs.phone import OFFER, invite


def test_a_replayed_invite_is_not_forwarded_twice(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.invite)
    assert talk.exchange.statuses(talk.caller) == [180]
    assert talk.exchange.heard(talk.callee) == []


def test_a_replayed_invite_is_not_forwarded_from_another_connection_either(talk: Talk) -> None:
    talk.begin().ring().lift()
    again = talk.exchange.registered(ASHA)
    talk.exchange.say(again, talk.invite)
    assert talk.exchange.statuses(again) == [200]
    assert talk.exchange.heard(talk.callee) == []


def test_an_invite_replayed_under_another_branch_is_not_forwarded_twice(talk: Talk) -> None:
    talk.begin().ring()
    headers = talk.invite.headers.set("Via", "SIP/2.0/TLS phone.invalid;branch=z9hG4bKother")
    talk.exchange.say(talk.caller, talk.invite.with_headers(headers))
    assert talk.exchange.statuses(talk.caller) == [482]
    assert talk.exchange.heard(talk.callee) == []


def test_a_replayed_bye_gets_the_same_answer(talk: Talk) -> None:
    talk.begin().ring().lift()
    bye = talk.inside("BYE")
    talk.exchange.say(talk.caller, bye)
    (seen,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(seen, 200))
    talk.exchange.say(talk.caller, bye)
    assert talk.exchange.statuses(talk.caller) == [200, 200]
    assert talk.exchange.heard(talk.callee) == []


def test_a_message_without_hops_left_is_refused(talk: Talk) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, max_forwards=0))
    assert talk.exchange.statuses(talk.caller) == [483]
    assert talk.exchange.heard(talk.callee) == []


def test_a_message_that_passed_here_before_is_a_loop(talk: Talk) -> None:
    via = "SIP/2.0/TLS phone.invalid;branch=z9hG4bKa, SIP/2.0/TLS SV.example;branch=z9hG4bKb"
    talk.exchange.say(talk.caller, invite(ASHA, BEN, via=via))
    assert talk.exchange.statuses(talk.caller) == [482]


def test_an_extension_asked_of_the_proxy_is_refused_by_name(talk: Talk) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, extra=(("Proxy-Require", "teleport"),)))
    (refusal,) = talk.exchange.heard(talk.caller)
    assert (refusal.status, refusal.headers.get("Unsupported")) == (420, "teleport")


def test_a_caller_has_a_bucket_of_invites() -> None:
    exchange = Exchange(Config(invites_burst=3, invites_per_minute=6))
    caller, other = exchange.registered(ASHA), exchange.registered(BEN)
    for attempt in range(1000):
        exchange.say(caller, invite(ASHA, NOBODY, call_id=f"call {attempt}".replace(" ", "")))
    statuses = exchange.statuses(caller)
    assert statuses.count(480) == 3
    assert statuses.count(503) == 997
    exchange.say(other, invite(BEN, NOBODY))
    assert exchange.statuses(other) == [480]
    exchange.wait(10)
    exchange.say(caller, invite(ASHA, NOBODY))
    assert exchange.statuses(caller) == [480]


def test_offers_within_a_call_have_a_bucket_of_their_own() -> None:
    exchange = Exchange(Config(invites_burst=3, invites_per_minute=6))
    talk = Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN)).begin().ring().lift()
    many = int(RENEWALS.burst)
    for number in range(many + 10):
        exchange.say(talk.caller, talk.inside("UPDATE", cseq=2 + number, body=OFFER))
    assert exchange.statuses(talk.callee) == ["UPDATE"] * many
    assert exchange.statuses(talk.caller).count(503) == 10
    exchange.say(talk.caller, invite(ASHA, NOBODY, call_id="another"))
    assert exchange.statuses(talk.caller) == [480]


def test_a_phone_has_few_calls_at_once() -> None:
    exchange = Exchange(Config(invites_burst=100))
    caller = exchange.registered(ASHA)
    exchange.registered(BEN)
    for number in range(CALLS_PER_PHONE + 1):
        exchange.say(caller, invite(ASHA, BEN, call_id=f"call{number}"))
    assert exchange.statuses(caller) == [100] * CALLS_PER_PHONE + [503]
    assert len(exchange.media.calls) == CALLS_PER_PHONE


def test_a_phone_has_few_transactions_at_once(talk: Talk) -> None:
    talk.begin().ring().lift()
    for number in range(TRANSACTIONS_PER_PHONE + 5):
        talk.exchange.say(talk.caller, talk.inside("UPDATE", cseq=2 + number))
    assert talk.exchange.statuses(talk.caller) == [503] * 6
    assert len(talk.exchange.heard(talk.callee)) == TRANSACTIONS_PER_PHONE - 1


def test_a_full_relay_is_told_to_the_caller(talk: Talk) -> None:
    talk.exchange.media.full = True
    talk.exchange.say(talk.caller, invite(ASHA, BEN))
    (refusal,) = talk.exchange.heard(talk.caller)
    assert (refusal.status, refusal.headers.get("Retry-After")) == (503, "10")
    assert talk.exchange.engine.calls == 0
