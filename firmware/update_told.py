"""What becomes of news about an update on a phone that is left alone. Pure."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_state as at
from firmware.desk_state import Desk, Notice
from firmware.house import House
from firmware.update_news import TOLD, News

RESTART_HOUR, RESTART_S = 3, 600.0
"""When a phone restarts into new software by itself: in this hour, and left alone for so long."""


def moved(desk: Desk, news: News) -> Desk:
    """Take news in; what came of an update is told once."""
    if news.kind == "not-restarted":  # what is ready stays so, and waits for a person
        news = replace(news, version=desk.update.version)
    update = News() if news.kind in ("none", "unanswered") else news
    told = TOLD.get(news.kind)
    desk = replace(desk, update=update)
    return desk if told is None else desk.telling(Notice(told.format(code=news.code), version=news.version))


def may_restart(house: House) -> bool:
    """Say whether new software is ready, it is night, and nobody has touched anything for a while."""
    ready = house.desk.update.kind == "ready" and house.now.hour == RESTART_HOUR
    return ready and not house.busy and isinstance(house.calls.phase, at.Idle) and house.alone_s >= RESTART_S
