"""What no partner can do: speak for numbers that are not its own, or have media sent elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from crs.partners import Partners
from crs.relay import Side
from sip.message import Request
from sip.sdp import answer, offer
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
    OUT,
    THIRD,
    Abroad,
    Border,
    from_partner,
    linked,
    partner,
)
from tests.crs.exchange import Exchange, reply
from tests.crs.phone import ANSWER, I_MESSAGE, invite, register, request

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
