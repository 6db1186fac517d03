"""Calls, from the first digit to the last word, and every way in which one can end."""

from __future__ import annotations

from collections.abc import Callable

from firmware import call_events as on
from firmware.house import NOTHING_HELD
from firmware.reasons import REFUSALS, Why

from .flow_phone import BEN, MAYA, FlowPhone
from .registry import flow

CHAPTERS = OUT, IN, TWO, ENDS, REFUSED = (
    "Making a call",
    "Being called",
    "Hold, call waiting, and two calls",
    "Why a call is over",
    "Calls that were refused",
)


def dialled() -> FlowPhone:
    return FlowPhone().lift().press("2002#")


def calling() -> FlowPhone:
    return dialled().keys_made()


def ringing() -> FlowPhone:
    return calling().they_ring()


def talking() -> FlowPhone:
    return ringing().they_answer().sound().wait(2)


@flow(OUT, "With the handset lifted")
def dialling() -> FlowPhone:
    phone = FlowPhone().sees("2001 Asha Okafor", "Ready for secure calls")
    phone.lift().sees("Dial a number")
    phone.press("2002").sees("2002")
    phone.press("#").sees("Setting up secure call")
    assert phone.presses == 5, "n digits and one more"
    phone.keys_made().sees("Calling")
    phone.they_ring().sees("Ringing")
    phone.they_answer().sees("not yet verified")
    phone.sound().sees("Secure – verified").wait(75).sees("01:15")
    return phone.lay_down().sees("Ready for secure calls")


@flow(OUT, "Without '#': four seconds are enough")
def dialling_and_waiting() -> FlowPhone:
    return FlowPhone().lift().press("2002").wait(4.2).sees("Setting up secure call")


@flow(OUT, "With the handset down")
def dialling_on_hook() -> FlowPhone:
    phone = FlowPhone().press("2002").sees("2002", "Call or lift to send")
    phone.soft("Call").sees("Setting up secure call", "Lift the handset to talk")
    phone.keys_made().they_ring().sees("Ringing", "Lift the handset to talk")
    phone.they_answer().sees("They answered: lift the handset")
    return phone.lift().sees("not yet verified").sound().sees("Secure – verified")


@flow(OUT, "Correcting a number")
def correcting() -> FlowPhone:
    phone = FlowPhone().press("2003").soft("Delete").sees("200")
    return phone.press("2").sees("2002").soft("Clear").sees("Ready for secure calls")


@flow(OUT, "Redial")
def redialling() -> FlowPhone:
    phone = talking().lay_down()
    phone.lift().sees("Redial").soft("Redial").sees("Setting up secure call", "2002")
    assert phone.presses == 1
    return phone


@flow(OUT, "Mute")
def muting() -> FlowPhone:
    phone = talking().soft("Mute").sees("Muted", "Unmute")
    phone.soft("Unmute").sees("Secure – verified").never_sees("Muted")
    return phone.press("mute").sees("Muted").press("mute").never_sees("Muted")


@flow(OUT, "Hands-free")
def hands_free() -> FlowPhone:
    phone = talking().press("speaker").sees("Secure – verified", "Hands-free")
    phone.lay_down().sees("Secure – verified", "Hands-free")
    return phone.lift().sees("Handset")


@flow(IN, "A verified caller")
def being_called() -> FlowPhone:
    phone = (
        FlowPhone().called_by(MAYA).sees("Incoming secure call", "Maya Ramanathan-Grey", "identity checked")
    )
    phone.lift().sees("Answering").answered().sees("not yet verified")
    return phone.sound().sees("Secure – verified", "Maya Ramanathan-Grey")


@flow(IN, "A caller whose number has no name")
def called_by_a_number() -> FlowPhone:
    return FlowPhone().called_by("+4989123456789").sees("+4989123456789", "identity checked")


@flow(IN, "Silence")
def silencing() -> FlowPhone:
    phone = FlowPhone().called_by(MAYA).soft("Silence").sees("Incoming secure call", "Lift to answer")
    return phone.lift().sees("Answering")


@flow(IN, "Decline")
def declining() -> FlowPhone:
    return FlowPhone().called_by(MAYA).soft("Decline").sees("Ready for secure calls")


@flow(IN, "A missed call")
def missing() -> FlowPhone:
    phone = FlowPhone().called_by(MAYA).they_hang_up().sees("Missed call", "Maya Ramanathan-Grey")
    phone.soft("OK").sees("Ready for secure calls")
    return phone.called_by(BEN).wait(90).sees("Missed call")


@flow(TWO, "Hold and resume")
def holding() -> FlowPhone:
    phone = talking().soft("Hold").sees("On hold", "Ben Yılmaz")
    phone.soft("Resume").sees("Secure – verified", "Handset")
    phone.they_hold(True).sees("Ben Yılmaz")
    return phone.they_hold(False).sees("Secure – verified", "Handset")


@flow(TWO, "A held call is never forgotten")
def recalled() -> FlowPhone:
    phone = talking().soft("Hold").lay_down().sees("Ben Yılmaz")
    return phone.lift().sees("Secure – verified", "Handset")


@flow(TWO, "Call waiting, and swapping")
def waiting() -> FlowPhone:
    phone = talking().called_by(MAYA).sees("Maya Ramanathan-Grey is calling", "identity checked")
    phone.soft("Answer").answered().sound().sees("Secure – verified", "Maya Ramanathan-Grey")
    phone.soft("Swap").sees("Ben Yılmaz").soft("Swap").sees("Maya Ramanathan-Grey")
    phone.soft("End").sees("Ben Yılmaz")
    return phone.soft("Resume").sees("Secure – verified", "Ben Yılmaz")


@flow(TWO, "Declining who waits")
def not_now() -> FlowPhone:
    return talking().called_by(MAYA).soft("Decline").sees("Secure – verified", "Ben Yılmaz")


@flow(TWO, "With a tap on the cradle")
def tapping() -> FlowPhone:
    phone = talking().tap_cradle().sees("On hold").tap_cradle().sees("Secure – verified", "Handset")
    return phone.called_by(MAYA).tap_cradle().answered().sound().sees("Maya Ramanathan-Grey")


@flow(TWO, "Calling somebody else meanwhile")
def asking_back() -> FlowPhone:
    phone = talking().soft("Hold").soft("New call").sees("On hold: Ben Yılmaz")
    phone.press("3310#").sees("Setting up secure call", "3310").keys_made().they_ring().sees("Ringing")
    phone.they_refuse(486, "They are on another call").sees("Busy")
    return phone.soft("Resume").sees("Secure – verified", "Ben Yılmaz")


@flow(IN, "Through a gateway: secure to there, and no further")
def through_a_gateway() -> FlowPhone:
    phone = FlowPhone().called_by("+4989123456789", "gateway").sees("+4989123456789")
    phone.never_sees("identity checked").lift().answered().sound().sees("+4989123456789")
    return phone.never_sees("Secure – verified").lay_down()


@flow(IN, "A call that is not secure")
def not_secure() -> FlowPhone:
    phone = FlowPhone().called_by("+4989123456789", "unverified").sees("+4989123456789")
    phone.never_sees("identity checked").lift().answered().sound().sees("NOT SECURE")
    return phone.never_sees("Secure – verified").lay_down()


@flow(IN, "Answering hands-free")
def answering_hands_free() -> FlowPhone:
    phone = FlowPhone().called_by(BEN).soft("Answer").answered().sound()
    return phone.sees("Secure – verified", "Hands-free").press("speaker").sees("Ready for secure calls")


@flow(OUT, "A handset that was forgotten")
def forgotten() -> FlowPhone:
    return FlowPhone().lift().wait(25).sees("Lay the handset down").lay_down().sees("Ready for secure calls")


def over(why: Why, title: str, end: Callable[[], FlowPhone], *more: str) -> None:
    """Enter a flow whose call ends for one reason."""

    def script() -> FlowPhone:
        return end().sees(title, *more)

    script.__name__ = f"over_{why.value}"
    titles = {
        Why.ENDED: "They hang up",
        Why.BUSY: "They are on another call",
        Why.DECLINED: "They decline",
        Why.NO_ANSWER: "They do not lift",
        Why.UNAVAILABLE: "Their phone is not connected",
        Why.UNKNOWN_NUMBER: "There is no such number",
        Why.NOT_DIALLABLE: "No number at all",
        Why.OWN_NUMBER: "Your own number",
        Why.NOT_ENROLLED: "This phone is not enrolled yet",
        Why.NOT_CONNECTED: "This phone is not connected",
        Why.NETWORK_GONE: "The line is lost while calling",
        Why.PEER_GONE: "Their sound stops",
        Why.SERVER: "The server does not allow it",
        Why.SOUND_RESTARTED: "The sound service stops",
        Why.KEYS_RESTARTED: "The key service stops",
        Why.PHONE_RESTARTED: "The phone service stops",
        Why.NO_SOUND: "The sound card is gone",
        Why.NOT_READY: "Something takes too long",
        Why.TEST_FAILED: "The test call fails",
        Why.NO_KEYS: "No keys for this month",
        Why.NO_KMS: "A partner that has sent no keys for this month",
        Why.NOT_PROTECTED: "A caller without a key",
        Why.NOT_VERIFIED: "A caller with a false key",
        Why.REFUSED_BY_PEER: "They refuse our key",
        Why.NEVER_SECURED: "Answered, and nothing secure arrives",
    }
    flow(REFUSED if why in REFUSALS else ENDS, titles[why])(script)


over(Why.ENDED, "Call ended", lambda: talking().they_hang_up())
over(Why.BUSY, "Busy", lambda: calling().they_refuse(486, "They are on another call"), "2002")
over(Why.DECLINED, "Declined", lambda: ringing().they_refuse(603, "They press Decline"))
over(Why.NO_ANSWER, "No answer", lambda: ringing().wait(60))
over(Why.UNAVAILABLE, "Not reachable", lambda: calling().they_refuse(480, "Their phone is switched off"))
over(Why.UNKNOWN_NUMBER, "No such number", lambda: calling().they_refuse(404, "Nobody has this number"))
over(Why.NOT_DIALLABLE, "Not a number", lambda: FlowPhone().lift().press("00#"))
over(Why.OWN_NUMBER, "Your own number", lambda: FlowPhone().lift().press("2001#"))
over(
    Why.NOT_ENROLLED, "Not enrolled", lambda: FlowPhone(NOTHING_HELD, up=False).lift().press("2002#"), "Enrol"
)
over(
    Why.NOT_CONNECTED,
    "Not connected",
    lambda: FlowPhone().line("E21", "The server does not answer").lift().press("2002#"),
    "E21",
)
over(
    Why.NETWORK_GONE,
    "Connection lost",
    lambda: ringing().line("E21", "The network cable is pulled"),
    "E21",
)
over(Why.PEER_GONE, "Connection lost", lambda: talking().sound("lost").wait(11), "E24")
over(Why.SERVER, "Call not allowed", lambda: calling().they_refuse(403, "The server forbids it"), "E25")
over(Why.SOUND_RESTARTED, "Sound service restarted", lambda: talking().loses("media"), "E40")
over(Why.KEYS_RESTARTED, "Key service restarted", lambda: dialled().loses("keys"), "E41")
over(
    Why.PHONE_RESTARTED,
    "Phone service restarted",
    lambda: FlowPhone().restarted("The phone service stopped in a call", on.Restarted()),
    "E42",
)
over(Why.NO_SOUND, "No sound", lambda: dialled().cannot(Why.NO_SOUND, "There is no sound card"), "E44")
over(Why.NOT_READY, "Phone was too slow", lambda: dialled().wait(10), "E45")
over(Why.NO_KEYS, "No keys for this month", lambda: dialled().cannot(Why.NO_KEYS, "The month is over"), "E30")
over(
    Why.NO_KMS,
    "no keys this month",
    lambda: (
        FlowPhone()
        .lift()
        .press("0049891234567#")
        .cannot(Why.NO_KMS, "The partner's certificate has no keys for this month")
    ),
    "! CALL REFUSED",
    "Partner sent none. Ask the administrator. E31",
)
over(
    Why.NOT_PROTECTED,
    "was not protected",
    lambda: FlowPhone().called_falsely("+4989123456789", protected=False),
    "! CALL REFUSED",
    "E32",
)
over(
    Why.NOT_VERIFIED,
    "could not be verified",
    lambda: FlowPhone().called_falsely(MAYA, protected=True),
    "! CALL REFUSED",
    "E34",
)
over(
    Why.REFUSED_BY_PEER,
    "refused our key",
    lambda: calling().they_refuse(488, "Their phone could not verify your key"),
    "! CALL REFUSED",
    "E35",
)
over(
    Why.NEVER_SECURED,
    "could not be verified",
    lambda: ringing().they_answer().wait(10),
    "! CALL REFUSED",
    "E36",
)


over(
    Why.TEST_FAILED,
    "Test call",
    lambda: FlowPhone().soft("Menu").press("4").cannot(Why.TEST_FAILED, "Our own key does not open"),
    "E37",
)


@flow(REFUSED, "An answer without a key")
def answered_without_a_key() -> FlowPhone:
    return ringing().they_answer(protected=False).sees("! CALL REFUSED", "2002 was not protected", "E32")


@flow(ENDS, "A service stops, and the call goes on")
def notes() -> FlowPhone:
    phone = talking().loses("keys").sees("Secure – verified", "Key service restarted. E41")
    return phone.loses("scan").sees("Secure – verified", "Camera service restarted. E43")


@flow(ENDS, "The sound stops and comes back")
def lost_and_back() -> FlowPhone:
    return talking().sound("lost").sees("No sound from them").sound("back").sees("Secure – verified")
