"""What an operator may set: flags of `crs serve`, or the same names in `crs.toml` in the home directory."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from crs.errors import OperatorError

FILE = "crs.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """One CRS. Times are in seconds."""

    listen: str = "0.0.0.0"
    """IPv4 address that SIP, HTTPS and relay are bound to."""
    port: int = 5061
    """SIP over TLS; HTTPS is on the next port. 0 takes a free pair."""
    advertise: str = ""
    """IPv4 address that phones send media to; empty: the one their own TLS connection reached us at."""
    relay_ports: str = "16384-16883"
    """UDP ports of the media relay, first-last; each call takes two."""
    max_connections: int = 2000
    max_connections_per_host: int = 256
    """Phones behind one NAT share a host."""
    idle_timeout: int = 300
    """A registered phone that says nothing for so long is dropped; phones keep alive every 120 s at most."""
    message_timeout: int = 15
    """A message must be complete so long after its first octet; a new connection must say something."""
    invites_burst: int = 10
    """Calls one phone may start at once…"""
    invites_per_minute: int = 20
    """…and on average."""
    partner_invites_burst: int = 30
    """Calls one partner's phones may start at once, all together…"""
    partner_invites_per_minute: int = 120
    """…and on average."""
    partner_calls: int = 50
    """Calls there may be with one partner at a time, both ways together."""
    partner_lists_every: int = 60
    """Seconds between two questions to a partner's server for its revoked keys, at most."""
    retention_days: int = 62
    """Days after which the log forgets whom an entry was about: each monthly review finds its whole month."""
    enrolments_burst: int = 20
    """First contacts from one host at once…"""
    enrolments_per_minute: int = 20
    """…and on average."""

    @property
    def relay_range(self) -> range:
        """The relay's ports."""
        first, _, last = self.relay_ports.partition("-")
        return range(int(first), int(last) + 1)


def load(home: Path, overrides: Mapping[str, str | int | None] | None = None) -> Config:
    """Read `crs.toml` if there is one and let the command line have the last word.

    Raises OperatorError for an unknown name or a value that makes no sense.
    """
    config = Config()
    path = home / FILE
    if path.exists():
        try:
            config = _merged(config, tomllib.loads(path.read_text("utf-8")), str(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise OperatorError(f"{path}: not readable as TOML ({error}); correct it or remove it") from error
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    return _checked(_merged(config, given, "command line"))


def _merged(config: Config, values: Mapping[str, object], where: str) -> Config:
    known = {field.name: type(getattr(config, field.name)) for field in fields(config)}
    for name, value in values.items():
        if name not in known:
            raise OperatorError(f"{where}: {name!r} is not a setting; settings are {', '.join(known)}")
        if type(value) is not known[name]:
            raise OperatorError(f"{where}: {name} must be {'a number' if known[name] is int else 'a text'}")
    return replace(config, **values)  # type: ignore[arg-type]


def _checked(config: Config) -> Config:
    for name, address in (("listen", config.listen), ("advertise", config.advertise)):
        try:
            if address:
                ipaddress.IPv4Address(address)
        except ValueError:
            raise OperatorError(f"{name}: {address!r} is not an IPv4 address such as 192.0.2.10") from None
    if not 0 <= config.port <= 65534:
        raise OperatorError(f"port: {config.port} is not between 0 and 65534")
    try:
        ports = config.relay_range
    except ValueError:
        raise OperatorError(
            f"relay_ports: {config.relay_ports!r} is not first-last, e.g. 16384-16883"
        ) from None
    if not 1024 <= ports.start < ports.stop - 1 <= 65535:
        raise OperatorError("relay_ports: must be a range within 1024-65535 with at least two ports")
    for field in fields(config):
        value = getattr(config, field.name)
        if field.name != "port" and isinstance(value, int) and value < 1:
            raise OperatorError(f"{field.name}: must be at least 1")
    return config
