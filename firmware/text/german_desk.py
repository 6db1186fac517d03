"""German: a phone that is left alone, and its menu."""

from __future__ import annotations

from collections.abc import Mapping

GERMAN_DESK: Mapping[str, str] = {
    # Soft keys
    "log": "Anrufliste",
    "contacts": "Kontakte",
    "help": "Hilfe",
    "details": "Details",
    "add": "Neu",
    "speed": "Kurzwahl",
    "save": "Speichern",
    "yes": "Ja",
    "no": "Nein",
    "skip": "Überspr.",
    "louder": "Lauter",
    "softer": "Leiser",
    # Idle
    "quiet now": "Nicht stören",
    "keys end in": "Schlüssel: noch {days} Tage",
    "keys end tomorrow": "Schlüssel: bis morgen",
    "keys end hint": "Gültig bis {date}. Neue beim Administrator holen",
    "missed calls": "{count} Anrufe in Abwesenheit",
    "missed call": "1 Anruf in Abwesenheit",
    # Menu
    "menu contacts": "Kontakte",
    "menu log": "Anrufliste",
    "menu settings": "Einstellungen",
    "menu test call": "Testanruf",
    "menu self-test": "Selbsttest",
    "menu status": "Status",
    "menu lock": "Telefon sperren",
    "menu admin": "Verwaltung",
    # Call log
    "sign out": "Gewählt",
    "sign in": "Angenommen",
    "sign missed": "Verpasst",
    "sign chosen": "jetzt:",
    "log empty": "Noch keine Anrufe",
    "log off": "Keine Anrufliste, durch Richtlinie",
    "log by policy": "Aus, durch Richtlinie",
    "log by policy hint": "Ihre Organisation lässt keine Anrufliste zu",
    "clear log question": "ANRUFLISTE LÖSCHEN?",
    "clear log line": "Alle Anrufe werden vergessen",
    # Contacts
    "search": "Suche",
    "nobody": "Niemand gefunden",
    "book empty": "Noch leer. Name oder Nummer tippen",
    "in contacts": "In Ihren Kontakten",
    "in directory": "Im Verzeichnis",
    "speed dial is": "Kurzwahl {digit}",
    "which speed key": "Welche Taste für {name}?",
    "speed keys taken": "Belegt: {keys}",
    "delete contact question": "KONTAKT LÖSCHEN?",
    "delete contact line": "{name}",
    "name of": "Name von {number}",
    "naming hint": "Taste nochmals: nächster Buchstabe. * Abc",
    "book full": "Kontakte sind voll",
    "book full hint": "Einen löschen, dann neu versuchen",
    # Settings
    "setting language": "Sprache",
    "setting country": "Töne wie in",
    "setting melody": "Rufton",
    "setting ring": "Ruflautstärke",
    "setting ear": "Hörerlautstärke",
    "setting speaker": "Lautsprecher",
    "setting quiet": "Nicht stören",
    "setting logging": "Anrufliste",
    "setting pin": "PIN",
    "setting lock_after": "Sperren nach",
    "setting big": "Große Schrift",
    "setting night": "Nachts dunkler",
    "setting blank_after": "Anzeige aus nach",
    "on": "ein",
    "off": "aus",
    "off by policy": "aus (Richtlinie)",
    "never": "nie",
    "minutes": "{value} min",
    "language en": "English",
    "language de": "Deutsch",
    "language fr": "Français",
    "country uk": "Großbritannien",
    "country us": "USA",
    "country de": "Deutschland",
    "country fr": "Frankreich",
    "country es": "Spanien",
    "country it": "Italien",
    "country au": "Australien",
    "melody classic": "Klassisch",
    "melody soft": "Sanft",
    "melody trill": "Triller",
    "melody silent": "Lautlos",
    # PIN and lock
    "pin change": "PIN ändern",
    "pin remove": "PIN entfernen",
    "pin enrol": "PIN, um neu einzurichten",
    "pin wipe": "PIN, um alles zu löschen",
    "pin old": "Bisherige PIN",
    "pin new": "Neue PIN, 4 bis 12 Ziffern",
    "pin repeat": "Neue PIN noch einmal",
    "pin hint": "PIN eingeben, dann OK",
    "pin checking": "Wird geprüft…",
    "pin wait": "{wait} warten, neu versuchen. E48",
    "pin E47": "Falsche PIN. Neu versuchen. E47",
    "pin E48": "Zu früh. Etwas warten. E48",
    "pin E41": "Ungeprüft. Neu versuchen. E41",
    "pin E11": "Nicht gesichert. Neu versuchen. E11",
    "pin E46": "Öffnet nicht. Neu einrichten. E46",
    "pin different": "Nicht gleich. Von vorn",
    "pin tries": "Noch {tries}, dann wird alles gelöscht. E47",
    "pin last try": "LETZTER Versuch, dann Löschung. E47",
    "pin typed": "{typed} Ziffern eingegeben",
    "pin set": "PIN ist gesetzt",
    "pin set hint": "Gut merken. Nach zehn falschen wird alles gelöscht",
    "pin removed": "PIN ist entfernt",
    "pin removed hint": "Jeder kann das Telefon nun benutzen",
    "no pin": "Keine PIN gesetzt",
    "no pin hint": "Zuerst setzen: Menü, Einstellungen, PIN",
    "locked": "Gesperrt",
    # Erase
    "erase asking": "ALLE SCHLÜSSEL LÖSCHEN?",
    "erase asking hint": "„Vernichten“ 3 s halten. Loslassen: Abbruch",
    "erase erasing": "Wird gelöscht…",
    "erase erasing hint": "Nicht ausschalten",
    "erase erased": "Alles ist gelöscht",
    "erase erased hint": "Schlüssel, Kontakte, Liste sind weg. Neu einrichten",
    "erase erased E49": "Alles ist gelöscht",
    "erase erased E49 hint": "Zehn falsche PINs. Telefon neu einrichten. E49",
    "erase kept E11": "Nicht gelöscht",
    "erase kept E11 hint": "Speicherkarte von Hand vernichten. E11",
    "erase kept E41": "Nicht gelöscht",
    "erase kept E41 hint": "Schlüsseldienst fehlt. * und # nochmals drücken. E41",
    # Notices
    "damaged settings": "Einstellungen beschädigt",
    "damaged settings hint": "Es gelten die Werkseinstellungen. Neu einstellen",
    "damaged contacts": "Kontakte beschädigt",
    "damaged contacts hint": "Eigene Kontakte sind verloren. Neu eingeben",
    "damaged log": "Anrufliste beschädigt",
    "damaged log hint": "Sie beginnt neu. Nichts zu tun",
    "not stored": "Nicht gespeichert",
    "not stored hint": "Telefon aus- und einschalten, neu einstellen. E11",
    # Status
    "status number": "Nummer",
    "status domain": "Domäne",
    "status months": "Monate",
    "status server": "Server",
    "status bulletin": "Bulletin",
    "status log on": "Anrufliste nach Ihrer Wahl",
    "status log off": "Anrufliste aus, durch Richtlinie",
    "mode compatible": "KOMPATIBEL: CMS kann Schlüssel herstellen",
    "mode compatible hint": "Ihre Organisation könnte Anrufe an Sie öffnen",
    "mode escrow": "TREUHAND: Verwahrer können Anrufe öffnen",
    "mode escrow hint": "Mehrere zusammen, und jedes Mal protokolliert",
    "mode forward-secret": "FORWARD-SECRET: alte Schlüssel werden zerstört",
    "mode forward-secret hint": "Bis dahin kann das CMS Schlüssel herstellen",
    "mode unknown": "Modus unbekannt: CMS kann Schlüssel herstellen",
    "mode unknown hint": "Der Server hat es noch nicht mitgeteilt",
    "status no call": "Kein Anruf seit dem Start",
    "status loss": "Verlust",
    "status jitter": "Jitter, Puffer",
    "status rejected": "Abgewiesen",
    "status xruns": "Tonlücken",
    "status version": "Version",
    "status board": "Platine",
    "status uptime": "In Betrieb",
    "status clock": "Uhr",
    # Help
    "help E20": (
        "1 Steckt das Netzwerkkabel?\n2 Leuchtet das Licht an der Dose?\n3 Dem Administrator melden. E20"
    ),
    "help E21": (
        "1 Eine Minute warten, es wird weiter versucht\n"
        "2 Steckt das Netzwerkkabel?\n"
        "3 Dem Administrator melden. E21"
    ),
    "help E22": (
        "1 Nichts gesendet. Sicherheit sofort melden\n"
        "2 Gab sie Ihnen einen neuen Code? Dann\n"
        "3 Menü, Verwaltung, einrichten. E22"
    ),
    "help E23": (
        "1 Telefon ist gesperrt oder unbekannt\n"
        "2 Vielleicht ist ein neuer Code nötig\n"
        "3 Den Administrator fragen. E23"
    ),
    "help E30": (
        "1 Beim Administrator neuen Code holen\n"
        "2 Menü, Verwaltung, Telefon einrichten\n"
        "3 Bis dahin sind keine Anrufe möglich. E30"
    ),
    "help E38": (
        "1 Für diese Nummer gibt es einen zweiten\n"
        "2 Er kann als Sie sprechen, bis er gesperrt ist\n"
        "3 Der Sicherheit sofort melden. E38"
    ),
    "help E40": (
        "1 Warten, der Tondienst startet neu\n2 Steckt der Hörer?\n3 Telefon aus- und einschalten. E40"
    ),
    "help E41": (
        "1 Warten, der Schlüsseldienst startet neu\n"
        "2 Telefon aus- und einschalten\n"
        "3 Dem Administrator melden. E41"
    ),
    "help E46": (
        "1 Die Schlüssel gehören zu anderer Platine\n"
        "2 Menü, Verwaltung, Alle Schlüssel löschen\n"
        "3 Dann Telefon neu einrichten. E46"
    ),
    # Self-test
    "test keys": "Tasten",
    "test hook": "Gabel",
    "test lamps": "Lampen",
    "test display": "Anzeige",
    "test microphone": "Mikrofon",
    "test ear": "Hörer",
    "test camera": "Kamera",
    "test network": "Netz",
    "test clock": "Uhr",
    "test vault": "Schlüssel",
    "test looking": "Das Telefon prüft selbst…",
    "press every key": "Jede Taste einmal drücken",
    "keys missing": "Fehlen: {keys}. Zweimal Wahltaste 1: weiter",
    "lay down and OK": "Hörer auflegen, dann OK",
    "lift": "Hörer abheben",
    "lay down": "Hörer auflegen",
    "lamps lit?": "Leuchten alle Lampen?",
    "patterns whole?": "Waren alle Bilder ganz?",
    "lift to speak": "Hörer abheben und sprechen",
    "speak": "In den Hörer sprechen",
    "lift to hear": "Abheben und hören",
    "tone heard?": "Hören Sie den Ton?",
    "show something near": "Druckseite in 25 cm Abstand zeigen",
    "focus": "Schärfe {focus} von 100",
    "failed keys": "Diese Tasten antworten nicht. Tastatur austauschen. E50",
    "failed hook": "Der Schalter bewegt sich nicht. Kabel prüfen. E51",
    "failed hook polarity": (
        "Der Schalter ist verkehrt herum. In der Platinendatei die Polarität zurücksetzen. E51"
    ),
    "failed lamps": "Eine Lampe bleibt dunkel. Drähte prüfen. E52",
    "failed display": "Punkte fehlen. Anzeige austauschen. E53",
    "failed microphone": "Es war nichts zu hören. Anderen Hörer versuchen. E54",
    "failed ear": "Kein Ton war zu hören. Anderen Hörer versuchen. E55",
    "failed camera": "Kein scharfes Bild. Linse putzen, Kabel prüfen. E56",
    "failed network": "Server nicht erreicht. Netzwerkkabel prüfen. E57",
    "failed clock": "Die Uhr geht falsch. Netz prüfen, neu einschalten. E58",
    "failed vault": "Die Schlüssel wirken nicht. Telefon neu einrichten. E59",
    "outcome passed": "gut",
    "outcome skipped": "übergangen",
    "key soft1": "F1",
    "key soft2": "F2",
    "key soft3": "F3",
    "key soft4": "F4",
    "key mute": "stumm",
    "key speaker": "Lautspr.",
    "key vol+": "lauter",
    "key vol-": "leiser",
    "key up": "auf",
    "key down": "ab",
}
