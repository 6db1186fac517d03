"""What the demonstration measured, as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from rich.table import Table

from demo.house import CommandFailed
from demo.measure import Heard


@dataclass(frozen=True, slots=True)
class Side:
    """One end of the call as its media service saw it. `began`: when the microphone opened, Unix seconds."""

    began: float
    sent: int
    received: int
    lost: int
    concealed: int
    rejected: int
    xruns: int
    buffer_ms: float
    cpu_percent: float

    @classmethod
    def parse(cls, log: str) -> Side:
        """Read the last call in a media service's log. Raises CommandFailed if there is none."""
        begin = re.findall(r"^(\S+ \S+) \S+ INFO call \d+ begins", log, re.MULTILINE)
        over = re.findall(r"call over: (.*)", log)
        if not begin or not over:
            raise CommandFailed("the media service logged no call")
        values = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", over[-1])}
        return cls(
            began=datetime.strptime(begin[-1], "%Y-%m-%d %H:%M:%S,%f").timestamp(),
            sent=int(values["sent"]),
            received=int(values["received"]),
            lost=int(values["lost"]),
            concealed=int(values["concealed"]),
            rejected=int(values["rejected"]),
            xruns=int(values["xruns"]),
            buffer_ms=values["delay_ms"],
            cpu_percent=values["cpu_percent"],
        )


@dataclass(slots=True)
class Report:
    """Everything measured, and what did not hold."""

    setup_ms: float
    ringback_ms: float
    initiate_ms: float
    accept_ms: float
    delay_ms: float
    heard: Heard
    caller: Side
    callee: Side
    steps: list[tuple[str, float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def require(self, holds: bool, complaint: str) -> None:
        """Note a complaint unless it holds."""
        if not holds:
            self.failures.append(complaint)


def render(report: Report) -> Table:
    """Return the table."""
    table = Table(title="One secure call", title_justify="left", show_header=True, header_style="bold")
    for heading, justify in (("measured", "left"), ("caller", "right"), ("callee", "right")):
        table.add_column(heading, justify="left" if justify == "left" else "right")
    for name, seconds in report.steps:
        table.add_row(name, f"{seconds:.2f} s", "")
    table.add_section()
    table.add_row("last digit to ringing with a verified caller", f"{report.setup_ms:.0f} ms", "")
    table.add_row("last digit to the ringing tone", f"{report.ringback_ms:.0f} ms", "")
    table.add_row(
        "cryptography: make and open the I_MESSAGE",
        f"{report.initiate_ms:.0f} ms",
        f"{report.accept_ms:.0f} ms",
    )
    table.add_section()
    table.add_row(
        "one-way delay, microphone to earpiece, without the cards' buffers", "", f"{report.delay_ms:.0f} ms"
    )
    table.add_row("intelligibility of what arrived (STOI, 0 to 1)", "", f"{report.heard.stoi:.3f}")
    rows = ("sent", "received", "lost", "concealed", "rejected")
    for name in rows:
        table.add_row(f"packets {name}", str(getattr(report.caller, name)), str(getattr(report.callee, name)))
    table.add_row("sound card xruns", str(report.caller.xruns), str(report.callee.xruns))
    table.add_row(
        "jitter buffer at the end", f"{report.caller.buffer_ms:.0f} ms", f"{report.callee.buffer_ms:.0f} ms"
    )
    table.add_row(
        "media service, share of one core",
        f"{report.caller.cpu_percent:.1f} %",
        f"{report.callee.cpu_percent:.1f} %",
    )
    return table
