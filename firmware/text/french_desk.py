"""French: a phone that is left alone, and its menu."""

from __future__ import annotations

from collections.abc import Mapping

FRENCH_DESK: Mapping[str, str] = {
    # Soft keys
    "log": "Journal",
    "contacts": "Contacts",
    "help": "Aide",
    "details": "Détails",
    "add": "Ajouter",
    "speed": "N° abrégé",
    "save": "Enregistrer",
    "yes": "Oui",
    "no": "Non",
    "skip": "Passer",
    "louder": "Plus fort",
    "softer": "Moins fort",
    # Idle
    "quiet now": "Ne pas déranger",
    "keys end in": "Clés : encore {days} jours",
    "keys end tomorrow": "Clés : fin demain",
    "keys end hint": "Valables jusqu'au {date}. Demandez-en à l'administrateur",
    "missed calls": "{count} appels manqués",
    "missed call": "1 appel manqué",
    # Menu
    "menu contacts": "Contacts",
    "menu log": "Journal d'appels",
    "menu settings": "Réglages",
    "menu test call": "Appel test",
    "menu self-test": "Autotest",
    "menu status": "État",
    "menu lock": "Verrouiller",
    "menu admin": "Administration",
    # Call log
    "sign out": "Émis",
    "sign in": "Reçu",
    "sign missed": "Manqué",
    "sign chosen": "choisi :",
    "log empty": "Aucun appel",
    "log off": "Pas de journal d'appels (règle)",
    "log by policy": "Interdit par la règle",
    "log by policy hint": "Votre organisme n'en permet pas",
    "clear log question": "EFFACER LE JOURNAL ?",
    "clear log line": "Tous les appels seront oubliés",
    # Contacts
    "search": "Chercher",
    "nobody": "Personne",
    "book empty": "Vide. Tapez un nom ou un numéro",
    "in contacts": "Dans vos contacts",
    "in directory": "Dans l'annuaire",
    "speed dial is": "N° abrégé {digit}",
    "which speed key": "Quelle touche pour {name} ?",
    "speed keys taken": "Prises : {keys}",
    "delete contact question": "SUPPRIMER CE CONTACT ?",
    "delete contact line": "{name}",
    "name of": "Nom de {number}",
    "naming hint": "Même touche : lettre suivante. * Abc",
    "book full": "Contacts pleins",
    "book full hint": "Supprimez-en un, puis recommencez",
    # Settings
    "setting language": "Langue",
    "setting country": "Tonalités",
    "setting melody": "Sonnerie",
    "setting ring": "Volume sonnerie",
    "setting ear": "Volume combiné",
    "setting speaker": "Volume haut-parleur",
    "setting quiet": "Ne pas déranger",
    "setting logging": "Journal d'appels",
    "setting pin": "Code PIN",
    "setting lock_after": "Verrouiller après",
    "setting big": "Grands caractères",
    "setting night": "Sombre la nuit",
    "setting blank_after": "Écran éteint après",
    "on": "oui",
    "off": "non",
    "off by policy": "non (règle)",
    "never": "jamais",
    "minutes": "{value} min",
    "language en": "English",
    "language de": "Deutsch",
    "language fr": "Français",
    "country uk": "Royaume-Uni",
    "country us": "États-Unis",
    "country de": "Allemagne",
    "country fr": "France",
    "country es": "Espagne",
    "country it": "Italie",
    "country au": "Australie",
    "melody classic": "Classique",
    "melody soft": "Douce",
    "melody trill": "Trille",
    "melody silent": "Silencieuse",
    # PIN and lock
    "pin change": "Changer le PIN",
    "pin remove": "Supprimer le PIN",
    "pin enrol": "PIN, pour réactiver",
    "pin wipe": "PIN, pour tout détruire",
    "pin old": "PIN actuel",
    "pin new": "Nouveau PIN, 4 à 12 chiffres",
    "pin repeat": "Nouveau PIN encore une fois",
    "pin hint": "Tapez le PIN, puis OK",
    "pin checking": "Vérification…",
    "pin wait": "Attendez {wait}. E48",
    "pin E47": "PIN erroné. Réessayez. E47",
    "pin E48": "Trop tôt. Réessayez. E48",
    "pin E41": "Non vérifié. Réessayez. E41",
    "pin E11": "Non enregistré. Réessayez. E11",
    "pin E46": "Clés illisibles. Réactivez. E46",
    "pin different": "Différent. Recommencez",
    "pin tries": "Encore {tries}, puis tout est effacé. E47",
    "pin last try": "DERNIER essai avant effacement. E47",
    "pin typed": "{typed} chiffres saisis",
    "pin set": "PIN enregistré",
    "pin set hint": "Retenez-le. Après dix erreurs tout est effacé",
    "pin removed": "PIN supprimé",
    "pin removed hint": "Chacun peut utiliser ce téléphone",
    "no pin": "Pas de PIN",
    "no pin hint": "D'abord : Menu, Réglages, Code PIN",
    "locked": "Verrouillé",
    # Erase
    "erase asking": "EFFACER TOUTES LES CLÉS ?",
    "erase asking hint": "Tenez Détruire 3 s. Lâchez : arrêt",
    "erase erasing": "Effacement…",
    "erase erasing hint": "N'éteignez pas",
    "erase erased": "Tout est effacé",
    "erase erased hint": "Clés, contacts, journal détruits. Réactivez le téléphone",
    "erase erased E49": "Tout est effacé",
    "erase erased E49 hint": "Dix PIN erronés. Réactivez le téléphone. E49",
    "erase kept E11": "Non effacé",
    "erase kept E11 hint": "Détruisez la carte mémoire à la main. E11",
    "erase kept E41": "Non effacé",
    "erase kept E41 hint": "Service des clés absent. Appuyez encore sur * et #. E41",
    # Notices
    "damaged settings": "Réglages endommagés",
    "damaged settings hint": "Réglages d'origine. Refaites-les",
    "damaged contacts": "Contacts endommagés",
    "damaged contacts hint": "Vos contacts sont perdus. Ressaisissez-les",
    "damaged log": "Journal endommagé",
    "damaged log hint": "Il recommence à zéro. Rien à faire",
    "not stored": "Non enregistré",
    "not stored hint": "Redémarrez le téléphone, puis recommencez. E11",
    # Status
    "status number": "Numéro",
    "status domain": "Domaine",
    "status months": "Mois des clés",
    "status server": "Serveur",
    "status bulletin": "Bulletin",
    "status log on": "Journal d'appels à votre choix",
    "status log off": "Pas de journal d'appels (règle)",
    "mode compatible": "COMPATIBLE : le CMS peut restituer les clés",
    "mode compatible hint": "Votre organisme pourrait ouvrir vos appels reçus",
    "mode escrow": "Séquestre : des dépositaires ouvrent les appels",
    "mode escrow hint": "Jamais seuls, et chaque fois dans un journal",
    "mode forward-secret": "FORWARD-SECRET : vieilles clés détruites",
    "mode forward-secret hint": "Jusque-là, le CMS peut restituer les clés",
    "mode unknown": "Mode inconnu : le CMS peut restituer les clés",
    "mode unknown hint": "Le serveur ne l'a pas encore dit",
    "status no call": "Aucun appel depuis le démarrage",
    "status loss": "Pertes",
    "status jitter": "Gigue, délai",
    "status rejected": "Rejetés",
    "status xruns": "Coupures son",
    "status version": "Version",
    "status board": "Carte",
    "status uptime": "En marche",
    "status clock": "Horloge",
    # Help
    "help E20": (
        "1 Le câble réseau est-il branché ?\n"
        "2 Le voyant de la prise brille-t-il ?\n"
        "3 Demandez à l'administrateur. E20"
    ),
    "help E21": (
        "1 Attendez, le téléphone réessaie\n"
        "2 Le câble réseau est-il branché ?\n"
        "3 Demandez à l'administrateur. E21"
    ),
    "help E22": (
        "1 Rien n'a été envoyé. Alertez la sécurité\n"
        "2 Elle vous a donné un nouveau code\u00a0?\n"
        "3 Menu, Administration, Activer. E22"
    ),
    "help E23": (
        "1 Téléphone bloqué ou inconnu\n"
        "2 Un nouveau code peut être nécessaire\n"
        "3 Demandez à l'administrateur. E23"
    ),
    "help E30": (
        "1 Demandez un nouveau code\n"
        "2 Menu, Administration, Activer ce téléphone\n"
        "3 Aucun appel possible d'ici là. E30"
    ),
    "help E38": (
        "1 Une seconde clé existe pour ce numéro\n"
        "2 Elle peut parler en votre nom\n"
        "3 Alertez aussitôt la sécurité. E38"
    ),
    "help E40": (
        "1 Attendez, le service du son redémarre\n"
        "2 Le combiné est-il branché ?\n"
        "3 Redémarrez le téléphone. E40"
    ),
    "help E41": (
        "1 Attendez, le service des clés redémarre\n"
        "2 Redémarrez le téléphone\n"
        "3 Demandez à l'administrateur. E41"
    ),
    "help E46": (
        "1 Les clés sont celles d'une autre carte\n"
        "2 Menu, Administration, Détruire toutes les clés\n"
        "3 Puis réactivez le téléphone. E46"
    ),
    # Self-test
    "test keys": "Touches",
    "test hook": "Crochet",
    "test lamps": "Voyants",
    "test display": "Écran",
    "test microphone": "Micro",
    "test ear": "Écouteur",
    "test camera": "Caméra",
    "test network": "Réseau",
    "test clock": "Horloge",
    "test vault": "Clés",
    "test looking": "Le téléphone vérifie…",
    "press every key": "Pressez chaque touche",
    "keys missing": "Reste : {keys}. Touche 1 deux fois : passer",
    "lay down and OK": "Raccrochez, puis OK",
    "lift": "Décrochez",
    "lay down": "Raccrochez",
    "lamps lit?": "Tous les voyants brillent ?",
    "patterns whole?": "Images toutes entières ?",
    "lift to speak": "Décrochez et parlez",
    "speak": "Parlez dans le combiné",
    "lift to hear": "Décrochez et écoutez",
    "tone heard?": "Entendez-vous le son ?",
    "show something near": "Montrez une page à 25 cm",
    "focus": "Netteté {focus} sur 100",
    "failed keys": "Ces touches ne répondent pas. Changez le clavier. E50",
    "failed hook": "Le crochet ne bouge pas. Vérifiez son câble. E51",
    "failed hook polarity": "Le crochet est inversé. Changez sa polarité dans le fichier de carte. E51",
    "failed lamps": "Un voyant reste éteint. Vérifiez ses fils. E52",
    "failed display": "Des points manquent. Changez l'écran. E53",
    "failed microphone": "Rien n'a été entendu. Essayez un autre combiné. E54",
    "failed ear": "Aucun son entendu. Essayez un autre combiné. E55",
    "failed camera": "Pas d'image nette. Nettoyez l'objectif, vérifiez son câble. E56",
    "failed network": "Serveur non joint. Vérifiez le câble réseau. E57",
    "failed clock": "L'horloge est fausse. Vérifiez le réseau, redémarrez. E58",
    "failed vault": "Les clés ne marchent pas. Réactivez le téléphone. E59",
    "outcome passed": "bon",
    "outcome skipped": "passé",
    "key soft1": "F1",
    "key soft2": "F2",
    "key soft3": "F3",
    "key soft4": "F4",
    "key mute": "muet",
    "key speaker": "haut-parl.",
    "key vol+": "vol+",
    "key vol-": "vol-",
    "key up": "haut",
    "key down": "bas",
}
