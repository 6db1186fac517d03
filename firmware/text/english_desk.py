"""English: a phone that is left alone, and its menu."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH_DESK: Mapping[str, str] = {
    # Soft keys
    "log": "Log",
    "contacts": "Contacts",
    "help": "Help",
    "details": "Details",
    "add": "Add",
    "speed": "Speed dial",
    "save": "Save",
    "yes": "Yes",
    "no": "No",
    "skip": "Skip",
    "louder": "Louder",
    "softer": "Softer",
    # Idle
    "quiet now": "Do not disturb",
    "keys end in": "Keys end in {days} days",
    "keys end tomorrow": "Keys end tomorrow",
    "keys end hint": "Valid to {date}. Ask the administrator for new ones",
    "missed calls": "{count} missed calls",
    "missed call": "1 missed call",
    # Menu
    "menu contacts": "Contacts",
    "menu log": "Call log",
    "menu settings": "Settings",
    "menu test call": "Test call",
    "menu self-test": "Self-test",
    "menu status": "Status",
    "menu lock": "Lock the phone",
    "menu admin": "Administration",
    # Call log
    "sign out": "Called",
    "sign in": "Received",
    "sign missed": "Missed",
    "sign chosen": "now:",
    "log empty": "No calls yet",
    "log off": "No call log, by policy",
    "log by policy": "Off, by policy",
    "log by policy hint": "Your organisation lets no phone keep a call log",
    "clear log question": "CLEAR THE CALL LOG?",
    "clear log line": "All calls are forgotten",
    # Contacts
    "search": "Search",
    "nobody": "Nobody found",
    "book empty": "No contacts yet. Type a name or number",
    "in contacts": "In your contacts",
    "in directory": "In the directory",
    "speed dial is": "Speed dial {digit}",
    "which speed key": "Which key for {name}?",
    "speed keys taken": "Taken: {keys}",
    "delete contact question": "DELETE CONTACT?",
    "delete contact line": "{name}",
    "name of": "Name of {number}",
    "naming hint": "Press a key again for its next letter. * Abc",
    "book full": "Contacts are full",
    "book full hint": "Delete one, then add again",
    # Settings
    "setting language": "Language",
    "setting country": "Tones of",
    "setting melody": "Ring tone",
    "setting ring": "Ring volume",
    "setting ear": "Handset volume",
    "setting speaker": "Speaker volume",
    "setting quiet": "Do not disturb",
    "setting logging": "Call log",
    "setting pin": "PIN",
    "setting lock_after": "Lock after",
    "setting big": "Large text",
    "setting night": "Dim at night",
    "setting blank_after": "Display off after",
    "on": "on",
    "off": "off",
    "off by policy": "off, by policy",
    "never": "never",
    "minutes": "{value} min",
    "language en": "English",
    "language de": "Deutsch",
    "language fr": "Français",
    "country uk": "United Kingdom",
    "country us": "United States",
    "country de": "Germany",
    "country fr": "France",
    "country es": "Spain",
    "country it": "Italy",
    "country au": "Australia",
    "melody classic": "Classic",
    "melody soft": "Soft",
    "melody trill": "Trill",
    "melody silent": "Silent",
    # PIN and lock
    "pin change": "Change the PIN",
    "pin remove": "Remove the PIN",
    "pin enrol": "PIN, to enrol again",
    "pin wipe": "PIN, to wipe all keys",
    "pin old": "The PIN until now",
    "pin new": "New PIN, 4 to 12 digits",
    "pin repeat": "The new PIN once more",
    "pin hint": "Type the PIN, then OK",
    "pin checking": "Checking…",
    "pin wait": "Wait {wait}, then try again. E48",
    "pin E47": "Wrong PIN. Try again. E47",
    "pin E48": "Too soon. Wait, try again. E48",
    "pin E41": "Not checked. Try again. E41",
    "pin E11": "Not stored. Try again. E11",
    "pin E46": "Keys do not open. Wipe, enrol. E46",
    "pin different": "Not the same. Start again",
    "pin tries": "{tries} tries left, then all is erased. E47",
    "pin last try": "LAST TRY before all is erased. E47",
    "pin typed": "{typed} digits typed",
    "pin set": "PIN is set",
    "pin set hint": "Remember it. After ten wrong ones all is erased",
    "pin removed": "PIN is removed",
    "pin removed hint": "Anybody can use this phone now",
    "no pin": "No PIN is set",
    "no pin hint": "Set one first: Menu, Settings, PIN",
    "locked": "Locked",
    # Erase
    "erase asking": "ERASE ALL KEYS?",
    "erase asking hint": "Hold Wipe for 3 seconds. Let go to stop",
    "erase erasing": "Erasing…",
    "erase erasing hint": "Do not switch off",
    "erase erased": "All is erased",
    "erase erased hint": "Keys, contacts and log are gone. Enrol to use the phone",
    "erase erased E49": "All is erased",
    "erase erased E49 hint": "Ten wrong PINs. Enrol to use the phone again. E49",
    "erase kept E11": "Not erased",
    "erase kept E11 hint": "Destroy the memory card by hand. E11",
    "erase kept E41": "Not erased",
    "erase kept E41 hint": "Key service not there. Hold * and # again. E41",
    # Notices
    "damaged settings": "Settings were damaged",
    "damaged settings hint": "The phone starts with new ones. Set them again",
    "damaged contacts": "Contacts were damaged",
    "damaged contacts hint": "Your own contacts are lost. Add them again",
    "damaged log": "Call log was damaged",
    "damaged log hint": "It starts anew. Nothing to do",
    "not stored": "Could not be stored",
    "not stored hint": "Switch the phone off and on, then set it again. E11",
    # Status
    "status number": "Number",
    "status domain": "Domain",
    "status months": "Key months",
    "status server": "Server",
    "status bulletin": "Bulletin",
    "status log on": "Call log as you choose",
    "status log off": "Call log off, by policy",
    "mode compatible": "COMPATIBLE: the CMS can recover keys",
    "mode compatible hint": "Your organisation could open calls to you",
    "mode escrow": "ESCROW: custodians can open calls",
    "mode escrow hint": "Several together, and every time is logged",
    "mode forward-secret": "FORWARD-SECRET: old keys are destroyed",
    "mode forward-secret hint": "Until then the CMS can recover keys",
    "mode unknown": "Mode unknown: the CMS can recover keys",
    "mode unknown hint": "The server has not told this phone yet",
    "status no call": "No call since the start",
    "status loss": "Loss",
    "status jitter": "Jitter, delay",
    "status rejected": "Rejected",
    "status xruns": "Sound gaps",
    "status version": "Version",
    "status board": "Board",
    "status uptime": "Running for",
    "status clock": "Clock",
    # Help
    "help E20": (
        "1 Is the network cable plugged in?\n"
        "2 Does the lamp at its socket light?\n"
        "3 Tell the administrator. E20"
    ),
    "help E21": (
        "1 Wait a minute, the phone goes on trying\n"
        "2 Is the network cable plugged in?\n"
        "3 Tell the administrator. E21"
    ),
    "help E22": (
        "1 Nothing was sent. Tell security at once\n"
        "2 Did they give you a new code? Then\n"
        "3 Menu, Administration, Enrol. E22"
    ),
    "help E23": (
        "1 The phone is blocked or not known\n"
        "2 A new enrolment code may be needed\n"
        "3 Ask the administrator. E23"
    ),
    "help E30": (
        "1 Ask the administrator for a new code\n"
        "2 Menu, Administration, Enrol this phone\n"
        "3 No calls are possible until then. E30"
    ),
    "help E38": (
        "1 Somebody else has a key for this number\n"
        "2 It may speak as you until it is revoked\n"
        "3 Tell security at once. E38"
    ),
    "help E40": (
        "1 Wait, the sound service starts again\n"
        "2 Is the handset plugged in?\n"
        "3 Switch the phone off and on. E40"
    ),
    "help E41": (
        "1 Wait, the key service starts again\n2 Switch the phone off and on\n3 Tell the administrator. E41"
    ),
    "help E46": (
        "1 The keys belong to another board\n"
        "2 Menu, Administration, Wipe all keys\n"
        "3 Then enrol the phone again. E46"
    ),
    # Self-test
    "test keys": "Keys",
    "test hook": "Hook",
    "test lamps": "Lamps",
    "test display": "Display",
    "test microphone": "Microphone",
    "test ear": "Earpiece",
    "test camera": "Camera",
    "test network": "Network",
    "test clock": "Clock",
    "test vault": "Keys held",
    "test looking": "The phone looks by itself…",
    "press every key": "Press every key once",
    "keys missing": "To press: {keys}. To skip, soft key 1 twice",
    "lay down and OK": "Lay the handset down, then OK",
    "lift": "Lift the handset",
    "lay down": "Lay the handset down",
    "lamps lit?": "Do all lamps light?",
    "patterns whole?": "Were all pictures whole?",
    "lift to speak": "Lift the handset and speak",
    "speak": "Speak into the handset",
    "lift to hear": "Lift the handset and listen",
    "tone heard?": "Do you hear the tone?",
    "show something near": "Hold a printed page 25 cm away",
    "focus": "Sharpness {focus} of 100",
    "failed keys": "These keys do not answer. Replace the keypad. E50",
    "failed hook": "The switch does not move. Check its cable. E51",
    "failed hook polarity": "The switch is the other way round. Change hook polarity in the board file. E51",
    "failed lamps": "A lamp stays dark. Check its wires. E52",
    "failed display": "Dots are missing. Replace the display. E53",
    "failed microphone": "Nobody was heard. Try another handset. E54",
    "failed ear": "No tone was heard. Try another handset. E55",
    "failed camera": "No sharp picture. Clean the lens, check its cable. E56",
    "failed network": "The server was not reached. Check the network cable. E57",
    "failed clock": "The clock is wrong. Check the network, restart the phone. E58",
    "failed vault": "The keys do not work. Enrol the phone again. E59",
    "outcome passed": "passed",
    "outcome skipped": "skipped",
    "key soft1": "F1",
    "key soft2": "F2",
    "key soft3": "F3",
    "key soft4": "F4",
    "key mute": "mute",
    "key speaker": "speaker",
    "key vol+": "vol+",
    "key vol-": "vol-",
    "key up": "up",
    "key down": "down",
}
