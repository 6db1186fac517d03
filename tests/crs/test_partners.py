"""Calls between two domains, each with its own CRS: what passes between them, and whose a number is."""

from __future__ import annotations

import pytest

from crs.effects import PartnerCall
from crs.partners import Partners
from crs.relay import Side
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
    from_partner,
    linked,
    partner,
)
from tests.crs.exchange import Exchange, reply
from tests.crs.phone import I_MESSAGE, OFFER, invite

RTP = b"\x80\x60" + bytes(90)


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


def test_the_offer_of_one_of_our_phones_is_ours_alone(abroad: Abroad) -> None:
    """The address that our phone has named does not cross the border."""
    abroad.begin()
    assert b"192.0.2.1" not in abroad.border.crossed[0].body
    assert parse_offer(OFFER).address == "192.0.2.1"


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
