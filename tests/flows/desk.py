"""A phone that is left alone: people, log, settings, PIN, erasing, tests, and help in trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crypto.fields import month_end
from firmware import desk_words as dk
from firmware import self_test
from firmware.house import KEYS_SHUT
from firmware.pin_tries import wait_after
from firmware.reasons import Why
from firmware.update_news import News
from tests.firmware.screen_specimens import camera

from .calling import talking
from .flow_phone import HELD, MAYA, FlowPhone
from .registry import flow

CHAPTERS = PEOPLE, LOG, SETTINGS, LOCK, ERASE, CARE = (
    "Contacts and speed dial",
    "The call log",
    "Settings",
    "PIN and lock",
    "Erasing everything",
    "Keeping the phone well",
)
OTHERS = (
    ("Ring tone", 1, "Classic"),
    ("Call log", 6, "on"),
    ("Lock after", 8, "never"),
    ("Tones of", 10, "United Kingdom"),
    ("Dim at night", 11, "22–07"),
    ("Display off after", 12, "60 min"),
)
"""Settings with their places on the list and what a new phone has."""


TROUBLES = (
    ("E20", "The network cable is pulled"),
    ("E21", "The server does not answer"),
    ("E22", "Somebody else answers for the server"),
    ("E23", "The server does not know this phone"),
    ("E40", "The sound service stops"),
    ("E41", "The key service stops"),
    (KEYS_SHUT, "The memory card was in another phone"),
)


REFUSED = (
    ("E60", "It is damaged, or somebody else has signed it"),
    ("E61", "It is for another kind of phone"),
    ("E62", "It is older than what runs"),
    ("E63", "It is something else"),
    ("E64", "The memory card is full"),
    ("E65", "The memory card fails"),
)


@flow(PEOPLE, "Finding somebody by name, and calling")
def finding() -> FlowPhone:
    phone = FlowPhone().soft("Contacts").sees("No contacts")
    phone.press("629").sees("Maya Ramanathan-Grey", "3310")
    phone.soft("Select").sees("Maya Ramanathan-Grey", "3310")
    return phone.soft("Call").sees("Setting up secure call", "3310")


@flow(PEOPLE, "The name appears while you dial")
def matching() -> FlowPhone:
    return FlowPhone().press("33").sees("33", "Maya Ramanathan-Grey")


@flow(PEOPLE, "Adding a contact")
def adding() -> FlowPhone:
    phone = FlowPhone().soft("Contacts").press("2055").sees("2055").soft("Add")
    phone.sees("2055").press("3").wait(1.2).press("8").wait(1.2).press("2").wait(1.2).sees("Dta")
    phone.soft("Delete").soft("Delete").press("33").wait(1.2).press("8").wait(1.2).press("2").sees("Deta")
    phone.soft("Delete").soft("Delete").press("88").wait(1.2).press("2").sees("Deua")
    return phone.soft("Save").sees("Deua")


@flow(PEOPLE, "A speed-dial key, and two presses to call")
def speed_dial() -> FlowPhone:
    phone = (
        FlowPhone().soft("Contacts").press("629").soft("Select").soft("Speed dial").sees("Which key for Maya")
    )
    phone.press("3").sees("Speed dial 3").soft("Back").soft("Back")
    phone.lift().press("3#").sees("Setting up secure call", "3310")
    assert phone.presses == 2
    return phone.lay_down().hold_down("3", seconds=1).sees("Setting up secure call", "3310")


@flow(PEOPLE, "Deleting a contact")
def deleting() -> FlowPhone:
    phone = FlowPhone().soft("Contacts").press("629").soft("Select").soft("Add").soft("Save")
    phone.sees("Maya Ramanathan-Grey").soft("Delete").sees("Maya Ramanathan-Grey")
    return phone.soft("Delete").sees("3310")


@flow(LOG, "A missed call, and calling back")
def calling_back() -> FlowPhone:
    phone = FlowPhone().called_by(MAYA).wait(20).they_hang_up().soft("OK").sees("1 missed call")
    phone.soft("Log").sees("Maya Ramanathan-Grey").soft("Details").sees("3310", "Missed")
    return phone.soft("Call").sees("Setting up secure call")


@flow(LOG, "Who called whom, and clearing it")
def clearing() -> FlowPhone:
    phone = talking().lay_down().at(datetime(2026, 11, 13, 9, 0)).soft("Log").sees("Ben Yılmaz", "12 Nov")
    phone.soft("Details").sees("2002")
    phone.soft("Clear").sees("!").soft("Clear").sees("No calls")
    return phone.soft("Back").sees("Ready for secure calls")


@flow(SETTINGS, "Deutsch, français")
def languages() -> FlowPhone:
    phone = FlowPhone().soft("Menu").sees("1 ", "2 ").press("3").sees("Language")
    phone.press("1").sees("Deutsch").press("2").soft("Zurück").soft("Zurück").sees("Sicher telefonieren")
    phone.soft("Menü").press("3").press("1").press("3").soft("Retour").soft("Retour")
    return phone.sees("Prêt, appels sécurisés")


@flow(SETTINGS, "Large letters")
def large_letters() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("3")
    for _ in range(9):
        phone.press("down")
    phone.sees("Large text", "off").soft("Select").press("2").soft("Back").soft("Back").sees("Ready")
    phone.lift().press("2002").sees("2002").press("#").keys_made().they_ring().they_answer().sound()
    return phone.sees("Secure – verified", "Ben Yılmaz").lay_down()


@flow(SETTINGS, "Volume")
def volume() -> FlowPhone:
    phone = FlowPhone().press("vol+").sees("6").wait(2.2).sees("Ready for secure calls")
    phone = talking_on(phone).press("vol-").sees("4").wait(2.2).sees("Secure – verified").lay_down()
    return (
        phone.soft("Menu").press("3").press("3").sees("6").soft("Louder").sees("7").soft("Softer").sees("6")
    )


@flow(SETTINGS, "Do not disturb")
def do_not_disturb() -> FlowPhone:
    phone = (
        FlowPhone().soft("Menu").press("3").press("6").sees("now: off").press("2").soft("Back").soft("Back")
    )
    return phone.sees("Do not disturb").called_by(MAYA).sees("Do not disturb")


@flow(SETTINGS, "Ring tone, tones of the country, night, dark display")
def other_settings() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("3")
    for entry, place, value in OTHERS:
        for _ in range(place):
            phone.press("down")
        phone.soft("Select").sees(f"now: {value}").soft("Back").sees(entry).soft("Back").press("3")
    return phone


@flow(LOCK, "Setting a PIN, and locking")
def setting_a_pin() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("3").press("8").sees("New PIN, 4 to 12 digits")
    phone.press("1234").sees("4 digits typed").never_sees("1234")
    phone.soft("OK").sees("The new PIN once more").press("4321").soft("OK").sees("Not the same")
    phone.press("1234").soft("OK").press("1234").soft("OK").sees("PIN is set").soft("OK").soft("Back")
    phone.press("7").sees("Locked").never_sees("Asha")
    phone.press("1234").never_sees("1234").soft("OK")
    return phone.sees("Ready for secure calls")


@flow(LOCK, "A locked phone still rings")
def locked_and_called() -> FlowPhone:
    phone = FlowPhone(pin="1234").sees("Locked").called_by(MAYA).sees("Incoming secure call")
    return phone.lift().answered().sound().sees("Secure – verified").lay_down().sees("Locked")


@flow(LOCK, "Wrong PINs: longer and longer waits, and after ten everything is erased")
def ten_wrong_pins() -> FlowPhone:
    phone = FlowPhone(pin="1234").sees("Locked").press("1111").soft("OK").sees("E47")
    phone.press("1111").soft("OK").press("1111").soft("OK").sees("Wait 0:30", "E48")
    phone.press("1234").sees("0 digits typed", "E48")
    for wrong in range(4, 8):
        phone.wait(wait_after(wrong - 1)).press("1111").soft("OK")
    phone.sees("Wait 8:00").wait(480).press("1111").soft("OK").wait(wait_after(8)).sees("2 tries left", "E47")
    phone.press("1111").soft("OK").wait(wait_after(9)).sees("LAST TRY", "E47")
    phone.press("1111").soft("OK").sees("Ten wrong PINs", "E49")
    return phone.soft("OK").sees("Not enrolled")


@flow(LOCK, "Changing it, and taking it away")
def changing_the_pin() -> FlowPhone:
    phone = FlowPhone(pin="1234").press("1234").soft("OK").soft("Menu").press("3").press("8").sees("PIN")
    phone.press("1").press("9999").soft("OK").sees("E47").press("1234").soft("OK").sees("New PIN")
    phone.press("5678").soft("OK").press("5678").soft("OK").sees("PIN is set").soft("OK")
    phone.press("8").press("2").press("5678").soft("OK").sees("PIN is removed").soft("OK")
    return phone.soft("Back").press("7").sees("No PIN is set").soft("OK")


@flow(ERASE, "In an emergency: two keys, a question, and a key held")
def emergency() -> FlowPhone:
    phone = FlowPhone().hold_down("*", "#", seconds=3).sees("!")
    phone.soft("Cancel").sees("Ready for secure calls")
    phone.hold_down("*", "#", seconds=3).soft_held("Wipe", 3).sees("All is erased")
    return phone.soft("OK").sees("Not enrolled")


@flow(ERASE, "When it cannot be done")
def not_erased() -> FlowPhone:
    phone = FlowPhone().breaks("wipe").hold_down("*", "#", seconds=3).soft_held("Wipe", 3)
    return phone.sees("E11").soft("OK").sees("Ready for secure calls")


@flow(ERASE, "From the menu")
def wiping() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("8").sees("Enrol this phone", "Wipe all keys").press("2")
    phone.sees("! WIPE ALL KEYS?").soft("Cancel").press("2").soft("Wipe").sees("Keys wiped")
    return phone.soft("OK").sees("Not enrolled")


@flow(ERASE, "The keys of one month, by hand")
def removing_a_month() -> FlowPhone:
    held = replace(HELD, months=["2026-11", "2026-12"], expires=month_end("2026-12"))
    phone = FlowPhone(held).soft("Menu").press("8").press("up").sees("> 6 Wipe one month's keys")
    phone.soft("Select").sees("1 Nov 2026  this month", "2 Dec 2026")
    phone.press("2").sees("! WIPE KEYS OF Dec 2026?", "No calls in that month").soft("Cancel").press("1")
    phone.sees("! WIPE KEYS OF Nov 2026?", "No calls this month").soft("Wipe")
    phone.sees("That month's keys are wiped").soft("OK").soft("Back").soft("Back")
    phone.sees("No keys this month", "E30").soft("Help").sees("new code", "E30").soft("Back")
    phone.press("2002").soft("Call").cannot(Why.NO_KEYS, "The key service has no key of this month")
    phone.sees("! CALL REFUSED", "No keys for this month", "Enrol again. E30").wait(20).soft("OK")
    phone.called_without_our_keys(MAYA).sees("! CALL REFUSED", "No keys for this month", "E30")
    return phone


@flow(ERASE, "The same with a PIN, and when nothing is left")
def removing_with_a_pin() -> FlowPhone:
    phone = FlowPhone(pin="1234").press("1234").soft("OK").soft("Menu").press("8").press("6")
    phone.sees("PIN, to wipe a month's keys").press("1234").soft("OK").sees("1 Nov 2026  this month")
    phone.press("1").soft("Wipe").sees("That month's keys are wiped").soft("OK").press("8").press("6")
    phone.press("1234").soft("OK").sees("No keys are held").soft("OK").soft("Back")
    return phone.sees("No keys this month", "E30")


@flow(ERASE, "When a month's keys cannot be wiped")
def month_not_removed() -> FlowPhone:
    phone = FlowPhone().breaks("wipe").soft("Menu").press("8").press("6").press("1").soft("Wipe")
    phone.sees("Keys not wiped", "E11").soft("OK").sees("1 Nov 2026")
    for code, said in (("E30", "It was wiped meanwhile"), ("E41", "The key service stops")):
        phone.press("1").desk(dk.MonthRemoved(code), said).sees(code).soft("OK")
    return phone


@flow(CARE, "The keys end soon")
def keys_end() -> FlowPhone:
    phone = FlowPhone().sees("Keys")
    for day, said in ((17, "14 days"), (24, "7 days"), (28, "3 days"), (30, "tomorrow")):
        phone.at(datetime(2026, 11, day, 9, 0)).sees("Keys end", said).soft("OK").sees("Keys end", said)
    return phone.at(datetime(2026, 12, 1, 0, 1)).sees("No keys this month", "E30")


@flow(CARE, "Somebody else has a key for this number")
def second_key() -> FlowPhone:
    phone = FlowPhone().holds(replace(HELD, others=1)).sees("Second key exists", "E38").soft("Help")
    return phone.sees("Somebody else has a key", "E38").soft("Back").sees("Second key exists")


@flow(CARE, "The server says it is days later")
def clock_to_confirm() -> FlowPhone:
    later = replace(HELD, proposed=int(datetime(2026, 12, 14, 10, 3).timestamp()))
    phone = FlowPhone().soft("Menu").press("8").soft("Next").soft("Next").soft("Next")
    phone.sees("Confirm the clock").soft("Select").sees("Nothing to confirm").soft("OK").soft("Back")
    phone.soft("Back").holds(later).sees("Clock not confirmed", "E39").soft("Help").sees("days later", "E39")
    phone.soft("Back").soft("Menu").press("8").press("4")
    phone.sees("! IS THIS TIME RIGHT?", "14 Dec 2026", "10:03", "This phone").soft("No")
    phone.press("4").soft("Yes").sees("The clock is set").soft("OK").sees("Ready for secure calls")
    phone.breaks("clock").holds(later).soft("Menu").press("8").press("4").soft("Yes")
    return phone.sees("Clock not set", "E39").soft("OK").sees("Clock not confirmed")


@flow(CARE, "The same with a PIN")
def clock_with_pin() -> FlowPhone:
    later = replace(HELD, proposed=int(datetime(2026, 12, 14, 10, 3).timestamp()))
    phone = FlowPhone(pin="1234").press("1234").soft("OK").holds(replace(later, pin=True))
    phone.soft("Menu").press("8").press("4").sees("PIN, to set the clock").press("1234").soft("OK")
    return phone.sees("! IS THIS TIME RIGHT?").soft("Yes").sees("The clock is set")


@flow(CARE, "The test call")
def test_call() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("4").sees("Setting up")
    phone.keys_made().sees("Test call").they_ring()
    return phone.lift().they_answer().sound().sees("Test call", "you hear yourself").lay_down()


@flow(CARE, "The self-test")
def self_testing() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("5").sees("Keys", "Press every key once")
    phone.every_key().sees("Hook", "Lay the handset down, then OK")
    phone.soft("OK").sees("Lift the handset").lift().sees("Lay the handset down").lay_down()
    phone.sees("Do all lamps light?").soft("Yes").sees("").wait(1.2).sees("").wait(1.2).sees("").wait(1.2)
    phone.sees("").wait(1.2).sees("Were all pictures whole?").soft("Yes").sees("Lift the handset and speak")
    phone.lift().desk(self_test.Level(1)).sees("Speak into the handset").desk(self_test.Level(7), "Speak")
    phone.sees("Do you hear the tone?").soft("Yes").desk(self_test.View(camera(), 20)).sees(
        "Sharpness 20 of 100"
    )
    phone.desk(self_test.View(camera(), 60), "Hold a page 25 cm away").sees("passed").soft("OK")
    return phone.lay_down().sees("Ready for secure calls")


@flow(CARE, "What the self-test finds")
def failing() -> FlowPhone:
    phone = FlowPhone().breaks("network").breaks("clock").breaks("vault").soft("Menu").press("5")
    phone.wait(31).sees("Hook").wait(31).sees("Do all lamps light?").soft("No").wait(5).soft("No")
    phone.sees("Microphone").wait(31).sees("Earpiece").wait(31).sees("Camera").wait(31)
    phone.sees("E50", "E51", "E52", "E53", "E54", "E55", "E56", "E57", "E58", "E59")
    phone.soft("Details").sees("E50")
    for code in ("E51", "E52", "E53", "E54", "E55", "E56", "E57", "E58", "E59"):
        phone.soft("Next").sees(code)
    return phone.soft("OK").sees("Ready for secure calls")


@flow(CARE, "New software, and a restart at night")
def updating() -> FlowPhone:
    phone = FlowPhone().desk(dk.UpdateMoved(News("fetching", 43)), "The server has a newer version")
    phone.soft("Menu").press("6").soft("Next").soft("Next").soft("Next").sees("Fetching update", "43 %")
    phone.desk(dk.UpdateMoved(News("writing", 80)), "It is genuine and for this phone").sees("Writing update")
    phone.soft("Back").soft("Back").desk(dk.UpdateMoved(News("ready", version="0.2.0")), "It is written")
    phone.sees("Version 0.2.0 is ready").soft("OK").sees("Ready for secure calls")
    phone.at(datetime(2026, 11, 23, 3, 15)).wait(1)
    phone.desk(dk.UpdateMoved(News("updated", version="0.2.0")), "The phone has restarted and is well")
    return phone.sees("Version 0.2.0 is installed").soft("OK").sees("Ready for secure calls")


@flow(CARE, "Restarting by hand, and when new software does not work")
def restarting() -> FlowPhone:
    phone = FlowPhone().desk(dk.UpdateMoved(News("ready", version="0.2.0")), "It is written").soft("OK")
    phone.soft("Menu").press("6").soft("Next").soft("Next").soft("Next").sees("Restart for", "0.2.0")
    phone.soft("Back").press("8").press("3").sees("RESTART THE PHONE?").soft("No").press("3").soft("Yes")
    phone.desk(dk.UpdateMoved(News("rolled-back", version="0.2.0")), "The phone was not well with it")
    return phone.sees("Version 0.2.0 did not work", "E66").soft("OK").sees("Ready for secure calls")


@flow(CARE, "Asking for newer software")
def seeking() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("8").press("5").sees("Ready for secure calls")
    phone.desk(dk.UpdateMoved(News("none")), "The server has none").sees("No newer software").soft("OK")
    phone.soft("Menu").press("8").press("5")
    phone.desk(dk.UpdateMoved(News("unanswered")), "The server is away").sees("No answer about updates")
    return phone.soft("OK").sees("Ready for secure calls")


@flow(CARE, "When the phone does not restart")
def not_restarting() -> FlowPhone:
    phone = FlowPhone().desk(dk.UpdateMoved(News("ready", version="0.2.0")), "It is written").soft("OK")
    phone.at(datetime(2026, 11, 23, 3, 15)).wait(1)
    phone.desk(dk.UpdateMoved(News("not-restarted", code="E67")), "The restart is refused")
    phone.sees("Not restarted", "Switch the phone off and on. E67").soft("OK").soft("Menu").press("6")
    phone.soft("Next").soft("Next").soft("Next").sees("Restart for", "0.2.0").soft("Back").press("8").press(
        "3"
    )
    phone.soft("Yes").desk(dk.UpdateMoved(News("not-restarted", code="E65")), "Another one is being written")
    return phone.sees("Not restarted", "being written", "E65").soft("OK").sees("Ready for secure calls")


@flow(CARE, "Software that is refused")
def refusing() -> FlowPhone:
    phone = FlowPhone()
    for code, said in REFUSED:
        phone.desk(dk.UpdateMoved(News("failed", code=code)), said).sees("Update", code).soft("OK")
    return phone.sees("Ready for secure calls")


@flow(CARE, "Help in trouble")
def helping() -> FlowPhone:
    phone = FlowPhone()
    for trouble, said in TROUBLES:
        phone.line(trouble, said).sees(trouble).soft("Help").sees("1 ", "2 ", "3 ").soft("Back")
    return phone


@flow(CARE, "When the disk is full, or something on it is damaged")
def storing() -> FlowPhone:
    phone = FlowPhone(records={"log": b"?"}).sees("Call log was damaged").soft("OK").breaks("disk")
    phone.soft("Menu").press("3").press("6").press("2").soft("Back").soft("Back")
    return phone.sees("Could not be stored", "E11").soft("OK").sees("Do not disturb")


@flow(CARE, "Status and diagnostics")
def status() -> FlowPhone:
    phone = FlowPhone().soft("Menu").press("6").sees("+442079462001").soft("Next")
    phone.sees("COMPATIBLE").soft("Next").soft("Next").sees("0.1.0")
    return phone.soft("Back").press("9").sees("Sottovoce 0.1.0")


@flow(CARE, "Who can open calls, and no call log, by policy")
def policy() -> FlowPhone:
    phone = (
        FlowPhone(replace(HELD, mode="escrow", call_log=False, openings=1))
        .soft("Menu")
        .press("6")
        .soft("Next")
    )
    phone.sees("Months opened 1", "ESCROW", "Call log off, by policy").soft("Back").press("9").sees(
        "ESCROW"
    ).soft("Back")
    phone.press("2").sees("No call log, by policy").soft("Back").press("3").press("7")
    return phone.sees("Off, by policy").soft("OK").sees("Call log  off, by policy")


def talking_on(phone: FlowPhone) -> FlowPhone:
    return phone.lift().press("2002#").keys_made().they_ring().they_answer().sound()
