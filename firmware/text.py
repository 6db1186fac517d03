"""All words of the phone, in one catalogue.

A language is one dictionary with the same keys as English. `{…}` are filled in; a text that ends with a code
(E21) keeps it at the end of the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

ENGLISH: Mapping[str, str] = {
    # Soft keys
    "delete": "Delete",
    "clear": "Clear",
    "call": "Call",
    "redial": "Redial",
    "decline": "Decline",
    "silence": "Silence",
    "mute": "Mute",
    "unmute": "Unmute",
    "end": "End",
    "ok": "OK",
    "menu": "Menu",
    "back": "Back",
    "next": "Next",
    "select": "Select",
    "cancel": "Cancel",
    "enrol": "Enrol",
    "again": "Again",
    "wipe": "Wipe",
    # Dates
    "weekdays": "Mon Tue Wed Thu Fri Sat Sun",
    "months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "day": "{weekday} {day} {month}",
    "date": "{day} {month}",
    "full date": "{day} {month} {year}",
    "month": "{month} {year}",
    # Idle
    "ready": "Ready for secure calls",
    "keys valid to": "Keys valid to {date}",
    "connecting": "Connecting…",
    "not enrolled": "Not enrolled",
    "not enrolled hint": "Press Enrol, show the code",
    "offline E20": "No network",
    "offline E20 hint": "Check the cable. E20",
    "offline E21": "Not connected",
    "offline E21 hint": "Server not answering. E21",
    "offline E22": "Server not genuine",
    "offline E22 hint": "Tell security. E22",
    "offline E23": "Phone not accepted",
    "offline E23 hint": "Ask the administrator. E23",
    "offline E30": "Keys have ended",
    "offline E30 hint": "Enrol again. E30",
    "offline E41": "Keys not available",
    "offline E41 hint": "Service restarting. E41",
    "offline E46": "Keys do not open",
    "offline E46 hint": "Wipe, enrol again. E46",
    "offline E40": "Sound not available",
    "offline E40 hint": "Service restarting. E40",
    # Dialling and calling
    "dial": "Dial a number",
    "dial hint lifted": "# or Call to send",
    "dial hint": "Call or lift to send",
    "preparing": "Setting up secure call",
    "preparing hint": "Making a key for this number",
    "calling": "Calling…",
    "calling hint": "They check who is calling",
    "ringing out": "Ringing",
    "ringing out hint": "They have checked it is you",
    "lift to talk": "Lift the handset to talk",
    "lift now": "They answered: lift the handset",
    "incoming": "Incoming secure call",
    "identity checked": "identity checked",
    "lift to answer": "Lift to answer",
    "answering": "Answering…",
    "securing": "Connecting…",
    "not yet verified": "not yet verified",
    "secure": "Secure – verified",
    "lost": "No sound from them",
    "handset": "Handset",
    "muted": "Muted",
    # Why a call is over
    "ended": "Call ended",
    "ended hint": "{number}",
    "busy": "Busy",
    "busy hint": "{number} is on another call",
    "declined": "Declined",
    "declined hint": "{number} did not take the call",
    "no_answer": "No answer",
    "no_answer hint": "{number} did not answer",
    "missed": "Missed call",
    "missed hint": "{number} · identity checked",
    "unavailable": "Not reachable",
    "unavailable hint": "{number} is not connected",
    "unknown_number": "No such number",
    "unknown_number hint": "Check {number}",
    "not_diallable": "Not a number",
    "not_diallable hint": "{number} cannot be dialled here",
    "own_number": "Your own number",
    "own_number hint": "Dial another number",
    "not_enrolled_yet": "Not enrolled",
    "not_enrolled_yet hint": "Lay down, then press Enrol",
    "not_connected": "Not connected",
    "not_connected hint": "Server not answering. E21",
    "network_gone": "Connection lost",
    "network_gone hint": "Server not answering. E21",
    "peer_gone": "Connection lost",
    "peer_gone hint": "Nothing arrives from them. Call again. E24",
    "server": "Call not allowed",
    "server hint": "The server refused it. Ask the administrator. E25",
    "sound_restarted": "Sound service restarted",
    "sound_restarted hint": "The call ended. Call again. E40",
    "keys_restarted": "Key service restarted",
    "keys_restarted hint": "Call again. E41",
    "camera_restarted": "Camera service restarted",
    "camera_restarted hint": "Nothing is lost. E43",
    "phone_restarted": "Phone service restarted",
    "phone_restarted hint": "The call ended. Call again. E42",
    "no_sound": "No sound",
    "no_sound hint": "Check the handset's plug. E44",
    "not_ready": "Phone was too slow",
    "not_ready hint": "Call again. E45",
    "no_keys": "No keys for this month",
    "no_keys hint": "Enrol again. E30",
    "no_kms": "{number} is not known here",
    "no_kms hint": "Their organisation is no partner. E31",
    "not_protected": "{number} was not protected",
    "not_protected hint": "The call had no key. Tell security. E32",
    "not_verified": "{number} could not be verified",
    "not_verified hint": "Their key did not match. Tell security. E34",
    "refused_by_peer": "{number} refused our key",
    "refused_by_peer hint": "Call again; if refused, enrol again. E35",
    "never_secured": "{number} could not be verified",
    "never_secured hint": "No secure sound arrived. Call again. E36",
    "refused": "CALL REFUSED",
    "unknown caller": "The caller",
    "note keys_restarted": "Key service restarted. E41",
    "note camera_restarted": "Camera service restarted. E43",
    # Enrolment
    "enrol this phone": "Enrol this phone",
    "hint": "Show the code",
    "hint hint": "Fill the frame. Hold still",
    "hint closer": "Move closer",
    "hint closer hint": "Code too small to read",
    "hint flat": "Hold it flat",
    "hint flat hint": "Face the camera squarely",
    "hint light": "More light",
    "hint light hint": "Turn to the window",
    "hint glare": "Too much glare",
    "hint glare hint": "Tilt the page a little",
    "hint stuck": "Can't read it",
    "hint stuck hint": "Wipe lens or print larger",
    "camera starting": "Starting camera",
    "camera starting hint": "Have the code ready",
    "code read": "Code read",
    "code read hint": "Checking the code…",
    "confirm": "Enrol as {name}?",
    "confirm who": "{number} · {organisation}",
    "confirm keys": "Keys {month}. Issued {date}",
    "check code": "Check code:",
    "transfer code": "Transfer code",
    "transfer code hint": "Type the {digits} digits from your administrator",
    "tries left": "Wrong code, {left} left",
    "tries left hint": "Check the {digits} digits. E10",
    "opening": "Opening the keys",
    "opening hint": "This takes a few seconds…",
    "contacting": "Asking the server",
    "contacting hint": "The code is being used up…",
    "storing": "Storing the keys",
    "storing hint": "Do not switch off",
    "registering": "Connecting",
    "registering hint": "Keys are stored…",
    "enrolled": "Enrolled as {number}",
    "enrolled hint": "Destroy the code now",
    "E01": "Not an enrolment code",
    "E01 hint": "Ask for a phone enrolment code. E01",
    "E02": "Update phone first",
    "E02 hint": "Code needs a newer version. E02",
    "E03": "Code is damaged",
    "E03 hint": "Ask for a new print. E03",
    "E04": "Code not genuine",
    "E04 hint": "Do not use it. Tell security. E04",
    "E03 pack": "Keys came damaged",
    "E03 pack hint": "Ask the server again. E03",
    "E04 pack": "Keys not genuine",
    "E04 pack hint": "Server sent false keys. Tell security. E04",
    "E05": "Code has expired",
    "E05 hint": "Ask for a new one. E05",
    "E06": "Set the clock first",
    "E06 hint": "Phone says {date}. E06",
    "E07": "Code already used",
    "E07 hint": "Tell security if not by you. E07",
    "E08": "For another phone",
    "E08 hint": "Ask for a code for this phone. E08",
    "E09": "Keys do not match",
    "E09 hint": "Ask for a new code. E09",
    "E10": "Wrong transfer code",
    "E10 hint": "Too many tries. Show the code again. E10",
    "E11": "Could not save",
    "E11 hint": "Old keys kept. Try again. E11",
    "E12": "Enrolled but offline",
    "E12 hint": "Server not answering. E21",
    "E12 pending": "Saved, not yet active",
    "E12 pending hint": "Server not answering. It is asked again. E21",
    "E13": "Code not valid yet",
    "E13 hint": "Wait for its month, then show it again. E13",
    "E22": "Server not genuine",
    "E22 hint": "Do not use it. Tell security. E22",
    "E23": "Server said no",
    "E23 hint": "Ask the administrator. E23",
    "E41": "Key service restarted",
    "E41 hint": "Show the code again. E41",
    "E46": "Keys do not open",
    "E46 hint": "Wipe all keys, then enrol again. E46",
    "E43": "Camera not working",
    "E43 hint": "Switch the phone off and on. E43",
    # Menu
    "menu enrol": "Enrol this phone",
    "menu wipe": "Wipe all keys",
    "menu about": "About this phone",
    "wipe question": "WIPE ALL KEYS?",
    "wipe line": "This cannot be undone",
    "wipe hint": "No calls until the phone is enrolled again",
    "wiped": "Keys wiped",
    "wiped hint": "Enrol the phone to use it again",
    "about": "Sottovoce {version}",
    "about number": "{number} · {organisation}",
    "about keys": "Keys held by the CMS too: it can recover them",
    "about emergency": "No emergency calls from this phone",
    # Pictures in words, for those who cannot see them
    "viewfinder": "camera picture",
    "digits typed": "{typed} of {digits} digits",
}

CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}


class Words:
    """The words of one language. Raises KeyError for an unknown language or an unknown key."""

    def __init__(self, language: str = "en") -> None:
        self._catalogue = CATALOGUES[language]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text `key` with its places filled in."""
        return self._catalogue[key].format(**values) if values else self._catalogue[key]

    def has(self, key: str) -> bool:
        """Say whether there is a text `key`."""
        return key in self._catalogue

    def day(self, when: date) -> str:
        """Return e.g. 'Sun 22 Nov'."""
        return self("day", weekday=self("weekdays").split()[when.weekday()], **self._parts(when))

    def short_date(self, when: date) -> str:
        """Return e.g. '22 Nov'."""
        return self("date", **self._parts(when))

    def full_date(self, when: date) -> str:
        """Return e.g. '22 Nov 2026'."""
        return self("full date", **self._parts(when))

    def month(self, when: date) -> str:
        """Return e.g. 'Nov 2026'."""
        return self("month", **self._parts(when))

    def _parts(self, when: date) -> dict[str, object]:
        return {"day": when.day, "month": self("months").split()[when.month - 1], "year": when.year}
