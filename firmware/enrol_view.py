"""From where enrolment stands to the one screen that shows it, and to what the soft keys then do."""

from __future__ import annotations

from datetime import date

from firmware import enrolment_words as en
from firmware.acts import Act, soft_keys
from firmware.house import House
from firmware.numbers import shown
from firmware.screens import models as m
from firmware.utc import day


def enrol_view(house: House) -> m.Shown | None:
    """Return the screen of the enrolment in hand, None if there is none."""
    match house.enrolment.phase:
        case en.Looking(seen, hint):
            return m.ViewfinderScreen(seen, hint, False, soft_keys(first=Act.CANCEL))
        case en.Reading(seen, corners):
            return m.ViewfinderScreen(seen, "", True, soft_keys(first=Act.CANCEL), corners)
        case en.Confirming(card):
            return m.ConfirmScreen(
                card.tel,
                card.name,
                card.organisation,
                day(card.issued),
                date(int(card.month[:4]), int(card.month[5:7]), 1),
                card.check_code,
                soft_keys(first=Act.CANCEL, fourth=Act.ENROL),
            )
        case en.Typing(_, digits, left):
            whole = Act.OK if len(digits) == en.CODE_DIGITS else None
            keys = (Act.CANCEL, Act.DELETE, None, whole)
            return m.TransferCodeScreen(len(digits), en.CODE_DIGITS, left, keys)
        case en.Opening():
            return m.ProgressScreen("opening")
        case en.Contacting():
            return m.ProgressScreen("contacting")
        case en.Storing():
            return m.ProgressScreen("storing")
        case en.Registering():
            return m.ProgressScreen("registering")
        case en.Done(number, name):
            return m.EnrolledScreen(shown(number, number), name, soft_keys(fourth=Act.OK))
        case en.Trouble("E12", "contact"):
            return m.TroubleScreen("E12 pending", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(("E03" | "E04") as code, "contact"):
            # The card was good: what is wrong is the pack that the server sent.
            return m.TroubleScreen(f"{code} pack", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(code, "off"):
            return m.TroubleScreen(code, house.now, soft_keys(fourth=Act.OK))
        case en.Trouble(code):
            return m.TroubleScreen(code, house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case _:
            return None
