"""What the status pages say, as rows of a key and a value, four pages of four."""

from __future__ import annotations

from firmware.house import House
from firmware.update_news import News
from firmware.version import VERSION

Row = tuple[str, str]


def status_rows(house: House) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each page: who, what the domain has agreed on, the last call, this phone."""
    held, heard = house.held, house.desk.heard
    months = " ".join(held.months[-2:]) or "–"
    who = (
        ("status number", held.tel or "–"),
        ("status domain", held.domain or "–"),
        ("status months", months),
        ("status server", held.crs or "–"),
    )
    mode = f"mode {held.mode}" if held.mode else "mode unknown"
    policy = (
        ("status openings", str(held.openings)),
        (mode, ""),
        (f"{mode} hint", ""),
        ("status log on" if held.call_log else "status log off", ""),
    )
    trip = ("status trip", "–" if house.round_trip_s is None else f"{1000 * house.round_trip_s:.0f} ms")
    if heard is None:
        sound: tuple[Row, ...] = (("status no call", ""), trip)
    else:
        whole = heard.received + heard.lost
        loss = 100 * heard.lost / whole if whole else 0.0
        sound = (
            ("status loss", f"{loss:.1f} %  ({heard.lost})"),
            ("status jitter", f"{heard.jitter_ms:.0f} / {heard.delay_ms:.0f} ms"),
            trip,
            ("status rejected", f"{heard.rejected} / {heard.xruns}"),
        )
    up = int(house.monotonic - house.desk.began)
    phone = (
        ("status version", VERSION),
        _update(house.desk.update) or ("status board", house.board or "–"),
        ("status uptime", f"{up // 86400} d {up % 86400 // 3600:02}:{up % 3600 // 60:02}"),
        ("status clock", house.now.strftime("%Y-%m-%d %H:%M:%S") if house.clock_known else "–"),
    )
    return who, policy, sound, phone


def _update(news: News) -> Row | None:
    """An update that is under way, in the place of the board's name."""
    match news.kind:
        case "fetching" | "writing":
            return f"status {news.kind}", f"{news.percent} %"
        case "ready" | "not-restarted" if news.version:
            return "status ready", news.version
        case _:
            return None
