"""Calls with a partner that goes away, or is a partner no more."""

from __future__ import annotations

import pytest

from crs.effects import CloseFlow, PartnerDown, PartnerUp
from crs.partners import Partner, Partners
from crs.transactions import TIMER_B
from tests.crs.border import (
    ASHA,
    AWAY,
    HOME,
    KARL,
    NUMBERS,
    THIRD,
    Abroad,
    Border,
    from_partner,
    linked,
    partner,
)
from tests.crs.exchange import Exchange, reply
from tests.crs.phone import invite

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
