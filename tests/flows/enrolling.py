"""A blank phone becomes somebody's; and everything that can be wrong with a card."""

from __future__ import annotations

from firmware import enrolment_words as en
from firmware.house import KEYS_SHUT, NOTHING_HELD
from tests.firmware.screen_specimens import FOUND, camera

from .flow_phone import CARD, FlowPhone
from .registry import flow

CHAPTER = "First switch-on and enrolment"
VIEW = camera()
VIEWS = {"closer": camera(0.0, 8.0), "back": camera(0.1, 40.0), "flat": camera(0.6, 20.0)}


def blank() -> FlowPhone:
    return FlowPhone(NOTHING_HELD, up=False)


def looking() -> FlowPhone:
    return blank().soft("Enrol").enrolment(en.Seen(VIEW, ""))


def opening() -> FlowPhone:
    return looking().shows_card().soft("Enrol").press("8675309123").soft("OK")


def contacting() -> FlowPhone:
    return opening().enrolment(en.Unsealed(), "The transfer code is right")


@flow(CHAPTER, "A new phone becomes yours")
def a_new_phone() -> FlowPhone:
    phone = blank().say("Switch the phone on").sees("Not enrolled")
    phone.soft("Enrol").sees("Starting camera")
    phone.enrolment(en.Seen(VIEW, ""), "The camera starts").sees("Show the code", "Fill the frame")
    phone.enrolment(en.Found("SV1:…", FOUND), "Hold the code before the camera").sees("Code read")
    phone.enrolment(en.CardRead(CARD)).sees("Enrol as Asha Okafor?", "Check code: 7F3A 19C2")
    phone.soft("Enrol").sees("Transfer code", "0 of 10 digits")
    phone.press("8675309123").sees("10 of 10 digits").never_sees("8675")
    phone.soft("OK").sees("Opening the keys")
    phone.enrolment(en.Unsealed(), "The transfer code is right").sees("Asking the server")
    phone.enrolment(en.PackCame("…"), "The server sends the first pack").sees("Storing the keys")
    phone.completes().sees("Connecting")
    phone.registers().sees("Enrolled as 2001", "Destroy the code now")
    return phone.soft("OK").sees("2001 Asha Okafor", "Ready for secure calls")


@flow(CHAPTER, "Helping the camera to see")
def hints() -> FlowPhone:
    phone = looking()
    for hint, said in (
        ("closer", "Move closer"),
        ("back", "Move back a little"),
        ("flat", "Hold it flat"),
        ("still", "Hold it still"),
        ("light", "More light"),
        ("glare", "Too much glare"),
        ("stuck", "Can't read it"),
    ):
        phone.enrolment(en.Seen(VIEWS.get(hint, VIEW), hint)).sees(said)
    return phone


@flow(CHAPTER, "Cancelling, and what remains")
def cancelled() -> FlowPhone:
    phone = looking().soft("Cancel").sees("Not enrolled")
    phone.soft("Enrol").enrolment(en.Seen(VIEW, "")).shows_card().sees("Enrol as")
    return phone.soft("Cancel").sees("Not enrolled")


@flow(CHAPTER, "A card that cannot be used")
def unusable_cards() -> FlowPhone:
    phone = looking()
    for code, title in (
        ("E01", "Not an enrolment code"),
        ("E02", "Update phone first"),
        ("E03", "Code is damaged"),
        ("E04", "Code not genuine"),
        ("E05", "Code has expired"),
        ("E06", "Set the clock first"),
        ("E07", "Code already used"),
        ("E13", "Code not valid yet"),
        ("E41", "Key service restarted"),
    ):
        phone.enrolment(en.Found("SV1:…"), "Hold the code before the camera")
        phone.enrolment(en.KeysLost() if code == "E41" else en.Refused(code)).sees(f"! {title}", code)
        phone.soft("Again")
    return phone


@flow(CHAPTER, "The wrong transfer code")
def wrong_transfer_code() -> FlowPhone:
    phone = opening().enrolment(en.Refused("E10"), "The digits are wrong").sees("! Wrong code, 2 left", "E10")
    phone.press("1111111111").soft("OK").enrolment(en.Refused("E10")).sees("! Wrong code, 1 left")
    phone.press("2222222222").soft("OK").enrolment(en.Refused("E10")).sees("! Wrong transfer code", "E10")
    return phone.soft("Again").sees("Starting camera")


@flow(CHAPTER, "Keys that cannot be stored")
def not_stored() -> FlowPhone:
    phone = opening().enrolment(en.Refused("E09"), "The keys do not fit the number")
    phone.sees("! Keys do not match", "E09").soft("Cancel").sees("Not enrolled")
    phone = _joined(phone, opening()).enrolment(en.Refused("E11"), "The disk is full")
    return phone.sees("! Could not save", "E11")


@flow(CHAPTER, "The server at first contact")
def first_contact() -> FlowPhone:
    phone = contacting().enrolment(en.Refused("E21"), "The server does not answer")
    phone.sees("! Saved, not yet active", "E21").wait(15).sees("Asking the server")
    phone.enrolment(en.Refused("E22"), "Somebody else answers").sees("! Server not genuine", "E22")
    phone.soft("Again").enrolment(en.PackCame("…")).enrolment(en.Refused("E03"), "The pack is damaged")
    phone.sees("! Keys came damaged", "E03").soft("Again").enrolment(en.PackCame("…"))
    phone.enrolment(en.Refused("E04"), "The pack is not signed").sees("! Keys not genuine", "E04").soft(
        "Again"
    )
    phone.enrolment(en.Refused("E46"), "The vault does not open").sees("! Keys do not open", "E46").soft(
        "Again"
    )
    return phone.enrolment(en.Refused("E23"), "The server refuses the card").sees("! Server said no", "E23")


@flow(CHAPTER, "Enrolled, and the server is silent")
def enrolled_but_offline() -> FlowPhone:
    phone = contacting().enrolment(en.PackCame("…")).completes()
    phone.line("E21", "The server does not answer").wait(30).sees("! Enrolled but offline", "E21")
    return phone.soft("OK").sees("Not connected", "E21")


@flow(CHAPTER, "A camera that does not work")
def broken_camera() -> FlowPhone:
    phone = blank().soft("Enrol")
    for _ in range(5):
        phone.enrolment(en.ScanLost())
    return phone.say("The camera does not answer").sees("! Camera not working", "E43")


@flow(CHAPTER, "Keys of another board")
def keys_of_another_board() -> FlowPhone:
    phone = FlowPhone(NOTHING_HELD, up=False).line(KEYS_SHUT, "The memory card was in another phone")
    return phone.sees("Keys do not open", "E46")


@flow(CHAPTER, "A new card for a phone that has one")
def enrolled_again() -> FlowPhone:
    phone = FlowPhone(pin="1234").press("1234").soft("OK").soft("Menu").press("8").press("1")
    phone.sees("PIN, to enrol again").press("1234").soft("OK").sees("Starting camera")
    phone.enrolment(en.Seen(VIEW, "")).shows_card().sees("Enrol as Asha Okafor?")
    return phone.soft("Cancel").sees("2001 Asha Okafor")


def _joined(before: FlowPhone, after: FlowPhone) -> FlowPhone:
    """Go on with another phone in the same story."""
    after.pages = before.pages + after.pages
    return after
