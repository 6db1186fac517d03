"""Calls between two domains, each with its own CRS: what passes between them, and all that must not."""

from __future__ import annotations

from typing import Any

import pytest

from crs.allowances import TRANSACTIONS_PER_CALL
from crs.config import Config
from crs.effects import CloseFlow, Flow, PartnerCall, PartnerDown, PartnerUp
from crs.partners import Partner, Partners
from crs.relay import Side
from crs.transactions import TIMER_B
from sip.message import Request
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.crs.border import (
    ASHA,
    AWAY,
    BEN,
    CHLOE,
    HOME,
    HOSTS,
    KARL,
    LENA,
    NUMBERS,
    THIRD,
    Abroad,
    Border,
    exchange,
    partner,
)
from tests.crs.exchange import Exchange, reply
from tests.crs.office import ANSWER, I_MESSAGE, OFFER, invite, register, request

RTP = b"\x80\x60" + bytes(90)
OUT = offer(HOSTS[AWAY], 30000, I_MESSAGE, session_id=1)
"""What a partner's CRS offers: its own relay."""


@pytest.fixture
def border() -> Border:
    return Border()


@pytest.fixture
def abroad(border: Border) -> Abroad:
    """Asha, at home, calls Karl, away; nothing has been said yet."""
    return Abroad(border, border.home.registered(ASHA), border.away.registered(KARL))


@pytest.fixture
def inward(border: Border) -> Abroad:
    """Karl, away, calls Asha, at home."""
    return Abroad(border, border.away.registered(KARL), border.home.registered(ASHA))


@pytest.fixture
def home() -> Exchange:
    """Our engine alone: the partner's CRS is the test."""
    return exchange(HOME)


def linked(home: Exchange, domain: str = AWAY) -> Flow:
    link = home.link(domain, host=HOSTS[domain])
    home.take(home.engine.link_up(link, ours=False))
    return link


def from_partner(
    caller: str, callee: str, *, domain: str = AWAY, body: bytes = OUT, **changes: Any
) -> Request:
    """Build an INVITE as a partner's CRS sends it."""
    via = changes.pop(
        "via", f"SIP/2.0/TLS crs.invalid;branch=z9hG4bK{caller[1:]}{changes.get('call_id', '')}"
    )
    uri = changes.pop("uri", f"sip:{callee}@{HOME};user=phone")
    return invite(caller, callee, domain=domain, body=body, via=via, uri=uri, **changes)


# The call that works


def test_an_invite_reaches_the_partners_phone_with_both_routes(abroad: Abroad) -> None:
    seen = abroad.begin().seen
    assert seen.uri == f"sip:{KARL}@phone.invalid;transport=tls;ob"
    assert seen.from_.uri.user == ASHA
    assert seen.headers.get("Max-Forwards") == "68"
    assert [route.uri.host for route in seen.record_routes] == [AWAY, HOME]
    assert [via.sent_by for via in seen.via] == [AWAY, HOME, "phone.invalid"]


def test_what_crosses_asks_for_a_number_in_the_partners_domain(abroad: Abroad) -> None:
    abroad.begin()
    assert abroad.border.crossed[0].uri == f"sip:{KARL}@{AWAY};user=phone"  # type: ignore[union-attr]


def test_the_key_passes_untouched_and_each_side_sees_its_own_relay(abroad: Abroad) -> None:
    abroad.begin()
    between, there = parse_offer(abroad.border.crossed[0].body), parse_offer(abroad.seen.body)
    assert (between.mikey, there.mikey) == (I_MESSAGE, I_MESSAGE)
    assert (between.address, there.address) == (HOSTS[HOME], HOSTS[AWAY])


def test_a_voice_passes_both_relays_both_ways(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    (here,), (there,) = abroad.border.home.media.calls.values(), abroad.border.away.media.calls.values()
    asha, karl = (abroad.caller.remote_host, 40000), (abroad.callee.remote_host, 41000)
    to_away = here.receive(Side.CALLER, RTP, asha, 1000.0)
    assert to_away == (HOSTS[AWAY], 20000)
    assert there.receive(Side.CALLER, RTP, (HOSTS[HOME], 20001), 1000.0) is None  # Karl has not spoken yet
    to_home = there.receive(Side.CALLEE, RTP, karl, 1000.0)
    assert to_home == (HOSTS[HOME], 20001)
    assert here.receive(Side.CALLEE, RTP, (HOSTS[AWAY], 20000), 1000.0) == asha
    assert there.receive(Side.CALLER, RTP, (HOSTS[HOME], 20001), 1000.0) == karl


@pytest.mark.parametrize(
    "source", [("203.0.113.9", 20000), (HOSTS[AWAY], 20002)], ids=["another host", "another port"]
)
def test_media_from_elsewhere_than_the_partner_announced_is_dropped(
    abroad: Abroad, source: tuple[str, int]
) -> None:
    abroad.begin().ring().lift()
    (here,) = abroad.border.home.media.calls.values()
    here.receive(Side.CALLER, RTP, (abroad.caller.remote_host, 40000), 1000.0)
    assert here.receive(Side.CALLEE, RTP, source, 1000.0) is None
    assert here.receive(Side.CALLEE, RTP, source, 1059.0) is None
    assert here.counters(Side.CALLEE).refused == 2


@pytest.mark.parametrize("by_caller", [True, False])
def test_either_side_hangs_up_and_both_relays_close(abroad: Abroad, by_caller: bool) -> None:
    abroad.begin().ring().lift()
    by, other = (abroad.caller, abroad.callee) if by_caller else (abroad.callee, abroad.caller)
    abroad.border.say(by, abroad.inside("BYE", by=by))
    (bye,) = abroad.border.heard(other)
    abroad.border.say(other, reply(bye, 200))
    assert abroad.border.statuses(by) == [200]
    for side in (abroad.border.home, abroad.border.away):
        assert (side.engine.calls, side.media.calls) == (0, {})
        assert side.alarms() == []


@pytest.mark.parametrize("by_caller", [True, False])
def test_a_call_is_held_and_taken_up_again_across_the_border(abroad: Abroad, by_caller: bool) -> None:
    abroad.begin().ring().lift()
    by, other = (abroad.caller, abroad.callee) if by_caller else (abroad.callee, abroad.caller)
    steps = [("sendonly", "recvonly"), ("sendrecv", "sendrecv")]
    for number, (asked, agreed) in enumerate(steps):
        body = offer("192.0.2.1", 40000, I_MESSAGE, session_id=1, version=2 + number, direction=asked)
        abroad.border.say(by, abroad.inside("UPDATE", by=by, cseq=2 + number, body=body))
        (update,) = abroad.border.heard(other)
        assert parse_offer(update.body).direction == asked
        abroad.border.say(other, reply(update, 200, body=answer("192.0.2.2", 41000, direction=agreed)))
        (accepted,) = abroad.border.heard(by)
        assert (accepted.status, parse_answer(accepted.body).direction) == (200, agreed)
    assert abroad.border.home.engine.calls == abroad.border.away.engine.calls == 1


@pytest.mark.parametrize("by_caller", [True, False])
def test_a_session_is_refreshed_across_the_border(abroad: Abroad, by_caller: bool) -> None:
    abroad.begin().ring().lift()
    by, other = (abroad.caller, abroad.callee) if by_caller else (abroad.callee, abroad.caller)
    timer = (("Session-Expires", "1800;refresher=uac"), ("Supported", "timer"))
    abroad.border.say(by, abroad.inside("UPDATE", by=by, extra=timer))
    (update,) = abroad.border.heard(other)
    assert update.headers.get("Session-Expires") == "1800;refresher=uac"
    abroad.border.say(other, reply(update, 200))
    assert abroad.border.statuses(by) == [200]


def test_a_ringing_call_is_cancelled_across_the_border(abroad: Abroad) -> None:
    abroad.begin().ring()
    abroad.border.say(abroad.caller, abroad.cancel())
    (cancel,) = abroad.border.heard(abroad.callee)
    assert (cancel.method, cancel.branch) == ("CANCEL", abroad.seen.branch)
    abroad.border.say(abroad.callee, abroad.answer(487))
    assert abroad.border.statuses(abroad.caller) == [200, 487]
    assert abroad.border.home.engine.calls == abroad.border.away.engine.calls == 0


@pytest.mark.parametrize("status", [486, 603, 488])
def test_a_refusal_comes_back_as_it_was_said(abroad: Abroad, status: int) -> None:
    abroad.begin().ring()
    abroad.border.say(abroad.callee, abroad.answer(status))
    assert abroad.border.statuses(abroad.caller) == [status]
    assert abroad.border.home.media.calls == abroad.border.away.media.calls == {}


def test_one_link_carries_calls_both_ways(inward: Abroad) -> None:
    inward.begin().ring().lift()
    inward.border.say(inward.callee, inward.inside("BYE", by=inward.callee))
    assert inward.border.statuses(inward.caller) == ["BYE"]


def test_calls_cross_while_two_links_are_up(border: Border) -> None:
    border.connect(opened_at_home=False)
    out = Abroad(border, border.home.registered(ASHA), border.away.registered(KARL)).begin().ring().lift()
    Abroad(border, border.away.registered(LENA), border.home.registered(BEN)).begin().ring().lift()
    first = border.links.pop(0)
    border.home.lose(first[0])
    border.away.lose(first[1])
    border.say(out.caller, out.inside("BYE"))
    assert border.statuses(out.callee) == ["BYE"]


def test_each_call_with_a_partner_is_counted_without_numbers(abroad: Abroad) -> None:
    abroad.begin()
    counted = {
        side.domain: [effect for effect in side.effects if isinstance(effect, PartnerCall)]
        for side in (abroad.border.home, abroad.border.away)
    }
    assert counted == {
        HOME: [PartnerCall(AWAY, inward=False)],
        AWAY: [PartnerCall(HOME, inward=True)],
    }


# Whose number it is


def test_the_longest_prefix_decides() -> None:
    both = Partners([partner(AWAY), partner(THIRD, prefixes=("+493012",))])
    assert (both.of(KARL), both.of("+493099")) == (THIRD, AWAY)


def test_a_prefix_that_two_partners_have_is_nobodys() -> None:
    both = Partners([partner(AWAY, prefixes=("+49", "+4930")), partner(THIRD, prefixes=("+4930",))])
    assert (both.of(KARL), both.of("+4940123")) == ("", AWAY)


def test_a_number_of_ours_is_ours_whatever_a_partners_prefix_says(home: Exchange) -> None:
    home.engine.change_partners(Partners([partner(AWAY, prefixes=("+44",))], own=NUMBERS[HOME]), home.now)
    link, caller = linked(home), home.registered(ASHA)
    home.say(caller, invite(ASHA, BEN))
    assert home.statuses(caller) == [480]
    assert home.heard(link) == []


def test_no_partner_calls_from_a_number_of_ours(home: Exchange) -> None:
    home.engine.change_partners(Partners([partner(AWAY, prefixes=("+44",))], own=NUMBERS[HOME]), home.now)
    link, callee = linked(home), home.registered(ASHA)
    home.say(link, from_partner(BEN, ASHA))
    assert home.statuses(link) == [403]
    assert home.heard(callee) == []
    assert home.alarms() == ["identity-refused"]


def test_a_partner_without_a_link_is_not_reachable(home: Exchange) -> None:
    caller = home.registered(ASHA)
    home.say(caller, invite(ASHA, KARL))
    (refusal,) = home.heard(caller)
    assert (refusal.status, refusal.reason) == (480, "Partner not connected")
    assert home.media.calls == {}


def test_a_number_that_nobody_has_and_one_that_is_switched_off_look_alike_to_a_partner(
    home: Exchange,
) -> None:
    link = linked(home)
    home.lose(home.registered(ASHA))
    answers = []
    for callee in (ASHA, "+441632960999", CHLOE, KARL, "+15550100"):
        home.say(link, from_partner(KARL, callee, call_id=callee[1:]))
        (answer,) = home.heard(link)
        answers.append((answer.status, answer.reason, [name for name, _ in answer.headers]))
    assert len(set(map(str, answers))) == 1
    assert answers[0][0] == 480


# False identities and ways around


@pytest.mark.parametrize(
    ("caller", "changes"),
    [
        (BEN, {}),
        (CHLOE, {}),
        ("+15550100", {}),
        (KARL, {"domain": HOME}),
        (KARL, {"domain": THIRD}),
        (KARL, {"extra": (("P-Asserted-Identity", f"<sip:{BEN}@{HOME}>"),)}),
        (KARL, {"extra": (("P-Preferred-Identity", f"<sip:{LENA}@{AWAY}>"),)}),
        (KARL, {"extra": (("Remote-Party-ID", f"<tel:{KARL}>"),)}),
    ],
    ids=[
        "ours",
        "another partner's",
        "nobody's",
        "our domain",
        "third domain",
        "asserted",
        "preferred",
        "tel",
    ],
)
def test_a_partner_speaks_for_its_own_numbers_alone(
    home: Exchange, caller: str, changes: dict[str, Any]
) -> None:
    link, callee = linked(home), home.registered(ASHA)
    home.say(link, from_partner(caller, ASHA, **changes))
    assert home.statuses(link) == [403]
    assert home.heard(callee) == []
    assert home.alarms() == ["identity-refused"]
    assert home.media.calls == {}


def test_a_caller_without_a_number_is_nobody(home: Exchange) -> None:
    link, callee = linked(home), home.registered(ASHA)
    message = from_partner(KARL, ASHA)
    headers = message.headers.set("From", f"<sip:reception@{AWAY}>;tag=from")
    home.say(link, message.with_headers(headers))
    assert home.statuses(link) == [403]
    assert home.heard(callee) == []


def test_a_phone_of_ours_does_not_pass_for_one_of_a_partner(home: Exchange) -> None:
    linked(home)
    caller, callee = home.registered(ASHA), home.registered(BEN)
    home.say(caller, invite(ASHA, BEN, domain=AWAY))
    home.say(caller, invite(ASHA, BEN, claim=KARL, domain=AWAY))
    assert home.statuses(caller) == [403, 403]
    assert home.heard(callee) == []


def test_nothing_goes_on_from_one_partner_to_another(home: Exchange) -> None:
    link, other = linked(home), linked(home, THIRD)
    home.say(link, from_partner(KARL, CHLOE))
    assert home.statuses(link) == [480]
    assert home.heard(other) == []


def test_nothing_goes_back_to_the_partner_that_it_came_from(home: Exchange) -> None:
    link = linked(home)
    home.say(link, from_partner(KARL, LENA))
    assert home.statuses(link) == [480]


def test_a_partner_that_asks_for_another_domain_is_not_served(home: Exchange) -> None:
    link = linked(home)
    home.say(link, from_partner(KARL, CHLOE, uri=f"sip:{CHLOE}@{THIRD};user=phone"))
    assert home.statuses(link) == [404]


def test_a_call_that_has_passed_here_before_is_a_loop(home: Exchange) -> None:
    link, callee = linked(home), home.registered(ASHA)
    via = f"SIP/2.0/TLS {AWAY};branch=z9hG4bKa, SIP/2.0/TLS {HOME};branch=z9hG4bKb"
    home.say(link, from_partner(KARL, ASHA, via=via))
    assert home.statuses(link) == [482]
    assert home.heard(callee) == []


def test_two_partners_that_send_each_other_the_same_numbers_do_not_loop(border: Border) -> None:
    """Each takes the other's numbers for its own partner's: the call ends at the second."""
    nobodys = "+15550100"
    both = ("+1555",)
    border.home.engine.change_partners(Partners([partner(AWAY, prefixes=both)], own=NUMBERS[HOME]), 1000.0)
    border.away.engine.change_partners(Partners([partner(HOME, prefixes=("+44", *both))]), 1000.0)
    caller = border.home.registered(ASHA)
    border.say(caller, invite(ASHA, nobodys))
    assert border.statuses(caller) == [100, 480]
    assert len(border.crossed) == 3  # INVITE, 480, ACK


@pytest.mark.parametrize("method", ["MESSAGE", "SUBSCRIBE", "REFER", "NOTIFY", "INFO", "BYE", "UPDATE"])
def test_no_other_request_of_a_partner_gets_anywhere(home: Exchange, method: str) -> None:
    link, phone = linked(home), home.registered(ASHA)
    home.say(link, request(method, f"sip:{ASHA}@{HOME}", caller=KARL, callee=ASHA, domain=AWAY))
    assert home.statuses(link)[0] in (405, 481)
    assert home.heard(phone) == []


def test_a_partner_registers_nobody(home: Exchange) -> None:
    link = linked(home)
    for tel, domain in ((KARL, AWAY), (ASHA, HOME)):
        home.say(link, register(tel, domain=domain, uri=f"sip:{HOME}"))
    assert home.statuses(link) == [403, 403]
    assert home.engine.registered == 0


def test_the_echo_is_not_for_partners(home: Exchange) -> None:
    link = linked(home)
    home.say(link, from_partner(KARL, ASHA, uri=f"sip:echo@{HOME}"))
    assert home.statuses(link) == [403]
    assert home.media.calls == {}


def test_a_partner_may_ask_whether_we_are_there(home: Exchange) -> None:
    link = linked(home)
    home.say(link, request("OPTIONS", f"sip:{HOME}", caller=KARL, callee=KARL, domain=AWAY))
    assert home.statuses(link) == [200]


@pytest.mark.parametrize("method", ["BYE", "UPDATE", "INVITE", "ACK"])
@pytest.mark.parametrize("claim", [KARL, ASHA, CHLOE])
def test_a_third_partner_cannot_speak_in_a_call(abroad: Abroad, method: str, claim: str) -> None:
    abroad.begin().ring().lift()
    home = abroad.border.home
    third = linked(home, THIRD)
    by_callee = abroad.inside(method, by=abroad.callee, body=OUT if method == "INVITE" else b"")
    for domain in (HOME, AWAY, THIRD):
        uri = f"<sip:{claim}@{domain};user=phone>;tag=to"
        home.say(third, by_callee.with_headers(by_callee.headers.set("From", uri)))
    assert set(home.statuses(third)) <= ({481, 403} if method != "ACK" else set())
    abroad.border.carry()
    assert home.heard(abroad.caller) == abroad.border.heard(abroad.callee) == []
    assert home.engine.calls == 1


def test_a_partner_cannot_speak_in_a_call_between_our_own_phones(home: Exchange) -> None:
    caller, callee, link = home.registered(ASHA), home.registered(BEN), linked(home)
    home.say(caller, invite(ASHA, BEN, call_id="ours"))
    (seen,) = home.heard(callee)
    home.say(callee, reply(seen, 200, body=ANSWER))
    home.heard(caller)
    for claim in (ASHA, BEN, KARL):
        inside = {"call_id": "ours", "from_tag": "to", "to_tag": "from", "cseq": 2}
        home.say(link, request("BYE", "sip:x.invalid", caller=claim, callee=ASHA, **inside))
    assert set(home.statuses(link)) == {481}
    assert home.heard(caller) == home.heard(callee) == []
    assert home.engine.calls == 1


def test_a_third_partner_cannot_answer_for_the_callee(abroad: Abroad) -> None:
    abroad.begin()
    home = abroad.border.home
    third = linked(home, THIRD)
    sent = abroad.border.crossed[0]
    assert isinstance(sent, Request)
    home.say(third, reply(sent, 200, body=answer(HOSTS[THIRD], 30000)))
    assert home.heard(abroad.caller) == []


def test_a_third_partner_cannot_cancel_a_call(inward: Abroad) -> None:
    inward.begin().ring()
    home = inward.border.home
    third = linked(home, THIRD)
    sent = inward.border.crossed[0]
    assert isinstance(sent, Request)
    headers = sent.headers.set("CSeq", "1 CANCEL").set("From", f"<sip:{CHLOE}@{THIRD}>;tag=from")
    home.say(third, Request("CANCEL", sent.uri, headers))
    assert home.statuses(third) == [481]
    assert home.heard(inward.callee) == []


# Media that are not the partner's own


@pytest.mark.parametrize("address", ["198.51.100.99", HOSTS[THIRD], HOSTS[HOME], "127.0.0.1"])
def test_a_partner_points_our_relay_at_itself_and_nobody_else(home: Exchange, address: str) -> None:
    link, callee = linked(home), home.registered(ASHA)
    home.say(link, from_partner(KARL, ASHA, body=offer(address, 53, I_MESSAGE)))
    assert home.statuses(link) == [488]
    assert home.heard(callee) == []
    assert home.alarms() == ["media-elsewhere-refused"]
    assert home.media.calls == {}


def test_an_answer_that_points_our_relay_elsewhere_ends_the_call(home: Exchange) -> None:
    link, caller = linked(home), home.registered(ASHA)
    home.say(caller, invite(ASHA, KARL))
    (sent,) = home.heard(link)
    home.say(link, reply(sent, 200, body=answer("198.51.100.99", 53)))
    assert home.statuses(caller) == [100, 488]
    assert home.statuses(link) == ["ACK", "BYE"]
    assert home.media.calls == {}


def test_a_renewed_offer_does_not_move_the_media_elsewhere(inward: Abroad) -> None:
    inward.begin().ring().lift()
    home, (link, _) = inward.border.home, inward.border.links[0]
    body = offer("198.51.100.99", 53, I_MESSAGE, session_id=1, version=2)
    home.say(link, inward.inside("UPDATE", body=body))
    assert home.statuses(link) == [488]
    (call,) = home.media.calls.values()
    assert call.legs[Side.CALLER].source == (HOSTS[AWAY], 20001)


@pytest.mark.parametrize(
    "body",
    [
        OUT + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
        OUT.replace(b"RTP/SAVP", b"RTP/AVP"),
        b"".join(line for line in OUT.splitlines(True) if b"key-mgmt" not in line),
        b"",
    ],
    ids=["a=crypto", "RTP/AVP", "no key-mgmt", "nothing"],
)
def test_a_downgraded_offer_of_a_partner_is_refused(home: Exchange, body: bytes) -> None:
    link, callee = linked(home), home.registered(ASHA)
    home.say(link, from_partner(KARL, ASHA, body=body))
    assert home.statuses(link) == [488]
    assert home.heard(callee) == []
    assert home.alarms() == ["downgrade-refused"]


# Replays and floods


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


# Partners that go away


def test_the_link_is_lost_while_a_call_rings(abroad: Abroad) -> None:
    abroad.begin().ring()
    abroad.border.cut()
    assert abroad.border.statuses(abroad.caller) == [480]
    assert abroad.border.statuses(abroad.callee) == ["CANCEL"]
    assert abroad.border.home.media.calls == abroad.border.away.media.calls == {}


def test_an_answered_call_outlives_its_link(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    abroad.border.cut()
    assert abroad.border.home.engine.calls == abroad.border.away.engine.calls == 1
    abroad.border.connect(opened_at_home=False)
    abroad.border.say(abroad.callee, abroad.inside("BYE", by=abroad.callee))
    (bye,) = abroad.border.heard(abroad.caller)
    abroad.border.say(abroad.caller, reply(bye, 200))
    assert abroad.border.statuses(abroad.callee) == [200]
    assert abroad.border.home.engine.calls == abroad.border.away.engine.calls == 0


def test_hanging_up_while_the_partner_is_gone_ends_our_half(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    abroad.border.cut()
    abroad.border.say(abroad.caller, abroad.inside("BYE"))
    assert abroad.border.statuses(abroad.caller) == [480]
    assert abroad.border.home.media.calls == {}


def test_silence_ends_a_call_whose_partner_is_gone(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    abroad.border.cut()
    (relay_id,) = abroad.border.home.media.calls
    abroad.border.home.take(abroad.border.home.engine.media_silent(relay_id))
    assert abroad.border.home.engine.calls == 0


def test_a_partner_that_has_started_anew_knows_nothing_of_the_call(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    abroad.border.restart_away()
    abroad.border.say(abroad.caller, abroad.inside("BYE"))
    assert abroad.border.statuses(abroad.caller) == [481]
    assert abroad.border.home.engine.calls == 0
    assert abroad.border.home.media.calls == {}


def test_a_new_call_passes_after_a_partner_has_started_anew(border: Border) -> None:
    caller = border.home.registered(ASHA)
    border.restart_away()
    Abroad(border, caller, border.away.registered(KARL)).begin().ring().lift()


def test_a_partner_that_never_answers_is_given_up(home: Exchange) -> None:
    link, caller = linked(home), home.registered(ASHA)
    home.say(caller, invite(ASHA, KARL))
    home.wait(TIMER_B)
    assert home.statuses(caller) == [100, 408]
    assert home.statuses(link) == ["INVITE"]
    assert home.engine.calls == 0


def test_a_partner_comes_with_its_first_link_and_goes_with_its_last(border: Border) -> None:
    border.connect(opened_at_home=False)
    border.cut()
    states = [effect for effect in border.home.effects if isinstance(effect, (PartnerUp, PartnerDown))]
    assert states == [PartnerUp(AWAY), PartnerDown(AWAY)]


# Blocked here, or a partner no more


def test_a_blocked_phone_is_taken_out_of_its_call_with_a_partner(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    home = abroad.border.home
    home.take(home.engine.expel(abroad.caller, home.now))
    abroad.border.carry()
    (bye,) = abroad.border.heard(abroad.callee)
    assert (bye.method, bye.from_.tag, bye.to.tag) == ("BYE", "from", "to")
    abroad.border.say(abroad.callee, reply(bye, 200))
    assert home.media.calls == abroad.border.away.media.calls == {}


def test_only_phones_of_ours_are_held_against_the_roster(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    assert abroad.border.home.engine.parties() == {abroad.caller.identity}
    assert abroad.border.away.engine.parties() == {abroad.callee.identity}


def left_of(*partners: Partner) -> Partners:
    return Partners(partners, own=NUMBERS[HOME])


@pytest.mark.parametrize(
    "after",
    [left_of(partner(THIRD)), left_of(partner(AWAY, key=2), partner(THIRD))],
    ids=["gone", "another key"],
)
def test_a_partner_no_more_is_cut_off_at_once(abroad: Abroad, after: Partners) -> None:
    abroad.begin().ring().lift()
    home, (link, _) = abroad.border.home, abroad.border.links[0]
    effects = home.engine.change_partners(after, home.now)
    home.take(effects)
    (bye,) = home.heard(abroad.caller)
    assert (bye.method, bye.from_.tag, bye.to.tag) == ("BYE", "to", "from")
    assert home.media.calls == {}
    assert [effect.flow for effect in effects if isinstance(effect, CloseFlow)] == [link]
    home.say(abroad.caller, invite(ASHA, KARL, call_id="again"))
    assert home.statuses(abroad.caller) == [480]


def test_a_ringing_call_ends_with_its_partner(inward: Abroad) -> None:
    inward.begin().ring()
    home = inward.border.home
    home.take(home.engine.change_partners(left_of(partner(THIRD)), home.now))
    assert home.statuses(inward.callee) == ["CANCEL"]
    assert home.media.calls == {}


def test_calls_with_a_number_that_a_partner_has_lost_end(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    home = abroad.border.home
    effects = home.engine.change_partners(left_of(partner(AWAY, prefixes=("+4940",))), home.now)
    home.take(effects)
    assert home.statuses(abroad.caller) == ["BYE"]
    assert not [effect for effect in effects if isinstance(effect, CloseFlow)]


def test_calls_go_on_when_a_partner_gets_more_numbers_and_another_goes(abroad: Abroad) -> None:
    abroad.begin().ring().lift()
    home = abroad.border.home
    assert home.engine.change_partners(left_of(partner(AWAY, prefixes=("+4930", "+4940"))), home.now) == []
    abroad.border.say(abroad.caller, abroad.inside("UPDATE"))
    assert abroad.border.statuses(abroad.callee) == ["UPDATE"]


def test_a_link_of_a_partner_no_more_is_not_heard(home: Exchange) -> None:
    link, callee = linked(home), home.registered(ASHA)
    home.take(home.engine.change_partners(left_of(), home.now))
    home.say(link, from_partner(KARL, ASHA))
    assert home.statuses(link) == [403]
    assert home.heard(callee) == []


def test_the_offer_of_one_of_our_phones_is_ours_alone(abroad: Abroad) -> None:
    """The address that our phone has named does not cross the border."""
    abroad.begin()
    assert b"192.0.2.1" not in abroad.border.crossed[0].body
    assert parse_offer(OFFER).address == "192.0.2.1"
