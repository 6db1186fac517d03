"""Who may register, for whom, and for how long."""

from __future__ import annotations

import pytest

from tests.crs.exchange import Exchange
from tests.crs.office import ASHA, BEN
from tests.crs.phone import contact, register


def test_a_binding_lasts_as_long_as_was_granted() -> None:
    exchange = Exchange()
    exchange.registered(ASHA)
    exchange.wait(599)
    assert exchange.engine.binding(ASHA, exchange.now)
    exchange.wait(1)
    assert exchange.engine.binding(ASHA, exchange.now) is None
    assert exchange.engine.registered == 0


def test_the_answer_tells_the_time_and_echoes_the_binding() -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA))
    (response,) = exchange.heard(flow)
    assert response.headers.get("Date") == "Sun, 22 Nov 2026 17:36:40 GMT"
    assert response.contact[0].parameters["+sip.instance"] == "<urn:uuid:one>"
    assert response.require == ("outbound",)
    assert response.headers.get("Flow-Timer") == "120"


def test_a_longer_interval_is_cut_to_an_hour() -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, expires=86400))
    assert exchange.heard(flow)[0].contact[0].parameters["expires"] == "3600"


def test_too_short_an_interval_is_refused_with_the_shortest() -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, expires=5))
    (response,) = exchange.heard(flow)
    assert (response.status, response.headers.get("Min-Expires")) == (423, "60")
    assert exchange.engine.registered == 0


@pytest.mark.parametrize("contacts", [None, (("Contact", "*"),)], ids=["own contact", "star"])
def test_a_phone_can_unregister(contacts: tuple[tuple[str, str], ...] | None) -> None:
    exchange = Exchange()
    flow = exchange.registered(ASHA)
    exchange.say(flow, register(ASHA, expires=0, contacts=contacts))
    assert exchange.statuses(flow) == [200]
    assert exchange.engine.registered == 0


def test_a_question_without_contact_changes_nothing() -> None:
    exchange = Exchange()
    flow = exchange.registered(ASHA)
    exchange.say(flow, register(ASHA, contacts=()))
    (response,) = exchange.heard(flow)
    assert len(response.contact) == 1
    assert exchange.engine.registered == 1


def test_a_binding_ends_with_its_connection() -> None:
    exchange = Exchange()
    flow = exchange.registered(ASHA)
    exchange.lose(flow)
    assert exchange.engine.registered == 0


def test_the_same_card_on_a_new_connection_replaces_the_old_one() -> None:
    exchange = Exchange()
    old = exchange.registered(ASHA)
    new = exchange.registered(ASHA)
    assert exchange.closed() == [old]
    exchange.lose(old)
    binding = exchange.engine.binding(ASHA, exchange.now)
    assert binding is not None
    assert binding.flow == new
    assert exchange.alarms() == []


def test_the_same_card_in_another_device_raises_an_alarm() -> None:
    exchange = Exchange()
    exchange.registered(ASHA)
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, instance="two"))
    assert exchange.statuses(flow) == [200]
    assert exchange.alarms() == ["clone-suspected"]


def test_another_card_of_the_same_number_is_refused_with_an_alarm() -> None:
    exchange = Exchange()
    first = exchange.registered(ASHA)
    second = exchange.flow(ASHA, serial="2")
    exchange.say(second, register(ASHA))
    assert exchange.statuses(second) == [403]
    assert exchange.alarms() == ["second-device-refused"]
    binding = exchange.engine.binding(ASHA, exchange.now)
    assert binding is not None
    assert binding.flow == first


def test_another_card_may_register_once_the_first_is_gone() -> None:
    exchange = Exchange()
    exchange.lose(exchange.registered(ASHA))
    exchange.registered(ASHA, serial="2")


@pytest.mark.parametrize("part", ["caller", "callee"])
def test_nobody_registers_for_somebody_else(part: str) -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, **{part: BEN}))
    assert exchange.statuses(flow) == [403]
    assert exchange.alarms() == ["identity-refused"]
    assert exchange.engine.registered == 0


def test_a_number_of_another_domain_is_not_ours() -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, uri="sip:other.example"))
    assert exchange.statuses(flow) == [404]


def test_a_replayed_registration_does_not_undo_a_newer_one() -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, call_id="same", cseq=1, expires=0))
    exchange.say(flow, register(ASHA, call_id="same", cseq=2))
    exchange.say(flow, register(ASHA, call_id="same", cseq=1, expires=0))
    assert exchange.statuses(flow) == [200, 200, 500]
    assert exchange.engine.registered == 1


@pytest.mark.parametrize(
    "contacts",
    [
        (contact(ASHA), contact(ASHA, "two")),
        (("Contact", "<mailto:asha@sv.example>"),),
        (("Contact", "<tel:+441632960001>"),),
        (("Contact", "<sip:" + "a" * 600 + "@phone.invalid>"),),
        (("Contact", '<sip:a@b>;+sip.instance="x";reg-id="1,<sip:c@d>"'),),
    ],
    ids=["two contacts", "mail address", "telephone URI", "huge", "crafted reg-id"],
)
def test_a_contact_we_cannot_use_is_refused(contacts: tuple[tuple[str, str], ...]) -> None:
    exchange = Exchange()
    flow = exchange.flow(ASHA)
    exchange.say(flow, register(ASHA, contacts=contacts))
    (response,) = exchange.heard(flow)
    assert response.status in (400, 416)
    assert exchange.engine.registered == 0


def test_a_star_needs_an_end() -> None:
    exchange = Exchange()
    flow = exchange.registered(ASHA)
    exchange.say(flow, register(ASHA, contacts=(("Contact", "*"),)))
    assert exchange.statuses(flow) == [400]
    assert exchange.engine.registered == 1
