"""Replays and floods of a partner: it has its share, and uses up nobody else's."""

from __future__ import annotations

from crs.allowances import TRANSACTIONS_PER_CALL
from crs.config import Config
from crs.transactions import TIMER_B
from sip.message import Request
from tests.crs.border import (
    ASHA,
    AWAY,
    BEN,
    CHLOE,
    HOME,
    KARL,
    LENA,
    THIRD,
    Abroad,
    Border,
    exchange,
    from_partner,
    linked,
)
from tests.crs.exchange import Exchange, reply
from tests.crs.phone import ANSWER, invite, request


def test_a_replayed_invite_of_a_partner_is_not_forwarded_twice(home: Exchange) -> None:
    link, callee = linked(home), home.registered(ASHA)
    message = from_partner(KARL, ASHA)
    other = message.headers.set("Via", f"SIP/2.0/TLS {AWAY};branch=z9hG4bKother")
    for again in (message, message, message.with_headers(other)):
        home.say(link, again)
    assert home.statuses(link) == [100, 100, 482]
    assert home.statuses(callee) == ["INVITE"]


def test_a_replayed_bye_gets_the_same_answer(inward: Abroad) -> None:
    inward.begin().ring().lift()
    inward.border.say(inward.caller, inward.inside("BYE"))
    (bye,) = inward.border.heard(inward.callee)
    inward.border.say(inward.callee, reply(bye, 200))
    home, (link, _) = inward.border.home, inward.border.links[0]
    crossed = next(
        message
        for message in inward.border.crossed
        if isinstance(message, Request) and message.method == "BYE"
    )
    home.say(link, crossed)
    assert home.statuses(link) == [200]
    assert home.heard(inward.callee) == []


def test_a_partner_that_floods_uses_up_its_own_share_and_nobody_elses() -> None:
    home = exchange(HOME, Config(partner_invites_burst=5, partner_invites_per_minute=60))
    link, third, caller = linked(home), linked(home, THIRD), home.registered(ASHA)
    for number in range(1000):
        home.say(link, from_partner(f"+49301{number:04}", "+441632960999", call_id=f"call{number}"))
    statuses = home.statuses(link)
    assert (statuses.count(480), statuses.count(503)) == (5, 995)
    home.say(third, from_partner(CHLOE, BEN, domain=THIRD))
    home.say(caller, invite(ASHA, BEN))
    assert (home.statuses(third), home.statuses(caller)) == ([480], [480])
    home.wait(1)
    home.say(link, from_partner(KARL, "+441632960999", call_id="later"))
    assert home.statuses(link) == [480]


def test_a_partner_that_floods_with_false_numbers_leaves_nothing_behind() -> None:
    home = exchange(HOME)
    link = linked(home)
    for number in range(1000):
        home.say(link, from_partner(f"+33199{number:04}", ASHA, call_id=f"call{number}"))
    assert set(home.statuses(link)) == {403, 503}
    assert home.engine._proxy.transactions == home.engine.calls == 0


def test_there_are_so_many_calls_with_a_partner_both_ways_together() -> None:
    border = Border(Config(partner_calls=2))
    out = Abroad(border, border.home.registered(ASHA), border.away.registered(KARL)).begin().ring().lift()
    Abroad(border, border.away.registered(LENA), border.home.registered(BEN)).begin()
    third = Abroad(border, out.caller, out.callee).dial()
    assert border.statuses(third.caller) == [503]
    inward = Abroad(border, out.callee, out.caller).dial()
    assert border.statuses(inward.caller) == [503]
    border.say(out.caller, out.inside("BYE"))
    (bye,) = border.heard(out.callee)
    border.say(out.callee, reply(bye, 200))
    assert border.statuses(out.caller) == [200]
    third.begin()


def test_a_partner_has_so_many_requests_under_way() -> None:
    home = exchange(HOME, Config(partner_calls=2))
    link, callee = linked(home), home.registered(ASHA)
    home.say(link, from_partner(KARL, ASHA, call_id="one"))
    (seen,) = home.heard(callee)
    home.say(callee, reply(seen, 200, body=ANSWER))
    inside = {"call_id": "one", "to_tag": "to", "domain": AWAY}
    for number in range(100):
        home.say(
            link, request("UPDATE", "sip:x.invalid", caller=KARL, callee=ASHA, cseq=2 + number, **inside)
        )
    assert len(home.heard(callee)) == 2 * TRANSACTIONS_PER_CALL - 1
    home.wait(TIMER_B)
    assert home.engine._proxy.transactions == 0
