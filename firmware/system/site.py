"""What a site sets for all its phones: site.toml on the first partition of a card.

    [phone]                          [network]                         [wifi]
    language = "de"                  address = "192.0.2.10/24"         name = "Office phones"
    tones = "de"                     gateway = "192.0.2.1"             country = "DE"
                                     names = ["192.0.2.1"]

Whoever holds the card can read and change this file. So it can hold no secret, and nothing in it weakens a
phone: it says where the network is, never whom to trust. What is wrong in it is told and left out, and the
phone starts all the same.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field

from firmware.settings import COUNTRIES, LANGUAGES

LARGEST = 8192
"""Octets."""
MOST_NAMES = 3
TABLES = {
    "phone": ("language", "tones"),
    "network": ("address", "gateway", "names"),
    "wifi": ("name", "country"),
}
_SECRET = re.compile(r"pass|psk|secret|key|pin|token|credential|private|sae", re.IGNORECASE)
_WIFI_NAME = re.compile(r"[A-Za-z0-9 ._-]{1,32}")
_COUNTRY = re.compile(r"[A-Z]{2}")

Interface = ipaddress.IPv4Interface
Address = ipaddress.IPv4Address


@dataclass(frozen=True, slots=True)
class Site:
    """What the file sets; what it does not set is None or empty. Without `address` it is DHCP."""

    language: str | None = None
    tones: str | None = None
    address: Interface | None = None
    gateway: Address | None = None
    names: tuple[Address, ...] = ()
    wifi: str | None = None
    country: str | None = None


@dataclass
class _Reader:
    """Takes keys out of tables and notes what is wrong."""

    tables: dict[str, dict[str, object]]
    faults: list[str] = field(default_factory=list)

    def take(self, table: str, key: str, read: Callable[[str], object], wanted: str) -> object | None:
        value = self.tables.get(table, {}).get(key)
        if value is None:
            return None
        try:
            if not isinstance(value, str):
                raise ValueError
            return read(value)
        except ValueError:
            self.faults.append(f"[{table}] {key}: write {wanted}")
            return None


def read_site(octets: bytes) -> tuple[Site, tuple[str, ...]]:
    """Read the file; return what holds, and a sentence for each thing that does not. Nothing is raised."""
    if len(octets) > LARGEST:
        return Site(), (f"site.toml is larger than {LARGEST} octets and was not read",)
    try:
        written = tomllib.loads(octets.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Site(), (f"site.toml is no TOML and was not read: {error}",)
    reader = _Reader({})
    for name, table in written.items():
        reader.faults += _strange(name, table)
        if name in TABLES and isinstance(table, dict):
            reader.tables[name] = table
    site = _site(reader)
    return site, tuple(reader.faults)


def _strange(name: str, table: object) -> list[str]:
    if name not in TABLES or not isinstance(table, dict):
        shown = ", ".join(f"[{known}]" for known in TABLES)
        return [f"{name!r} is not known here: there are {shown}"]
    faults = []
    for key in table:
        if key in TABLES[name]:
            continue
        if _SECRET.search(key):
            faults.append(f"[{name}] {key!r}: no secret belongs here: whoever holds the card can read it")
        else:
            faults.append(f"[{name}] {key!r} is not known here: there are {', '.join(TABLES[name])}")
    return faults


def _site(reader: _Reader) -> Site:
    address = reader.take("network", "address", _own_address, '"dhcp", or an address such as "192.0.2.10/24"')
    gateway = reader.take("network", "gateway", _address, 'an address such as "192.0.2.1"')
    names = _names(reader)
    if not isinstance(address, Interface):
        address = None
        if gateway is not None or names:
            reader.faults.append("[network] gateway and names belong to an address; with DHCP they are told")
        gateway, names = None, ()
    elif gateway is not None and gateway not in address.network:
        reader.faults.append("[network] gateway: it must be in the network of the address")
        gateway = None
    language = reader.take("phone", "language", _one_of(LANGUAGES), f"one of {', '.join(LANGUAGES)}")
    tones = reader.take("phone", "tones", _one_of(COUNTRIES), f"one of {', '.join(COUNTRIES)}")
    wifi = reader.take("wifi", "name", _matching(_WIFI_NAME), "letters, digits, blanks, . _ -, at most 32")
    country = reader.take("wifi", "country", _matching(_COUNTRY), 'two capital letters such as "DE"')
    if wifi is not None and country is None:
        reader.faults.append("[wifi] country is missing: a radio may only do what the country allows")
    if any(fault.startswith("[wifi]") for fault in reader.faults):
        # Whoever wrote a passphrase does not want an open network of the same name.
        wifi = None
    return Site(
        language=_text(language),
        tones=_text(tones),
        address=address,
        gateway=gateway if isinstance(gateway, Address) else None,
        names=names,
        wifi=_text(wifi),
        country=_text(country) if wifi is not None else None,
    )


def _names(reader: _Reader) -> tuple[Address, ...]:
    value = reader.tables.get("network", {}).get("names", [])
    try:
        if not isinstance(value, list) or len(value) > MOST_NAMES:
            raise ValueError
        return tuple(_address(name) if isinstance(name, str) else _address("") for name in value)
    except ValueError:
        reader.faults.append(f'[network] names: write at most {MOST_NAMES} addresses, such as ["192.0.2.1"]')
        return ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError
        return text

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError
        return text

    return read


def _address(text: str) -> Address:
    address = Address(text)
    if address.is_multicast or address.is_unspecified or address.is_loopback:
        raise ValueError
    return address


def _own_address(text: str) -> Interface | None:
    if text == "dhcp":
        return None
    if "/" not in text:
        raise ValueError
    interface = Interface(text)
    _address(str(interface.ip))
    return interface


def network_file(site: Site) -> str:
    """The file for systemd-networkd, or '' if the image's own, which asks by DHCP, is the right one."""
    if site.address is None:
        return ""
    lines = ["# Made of site.toml.", "[Match]", "Type=ether wlan", "Name=!veth*", "", "[Network]"]
    lines += ["IPv6AcceptRA=no", "LinkLocalAddressing=no", "LLMNR=no", "MulticastDNS=no"]
    lines += [f"Address={site.address}"]
    lines += [f"Gateway={site.gateway}"] if site.gateway is not None else []
    lines += [f"DNS={name}" for name in site.names]
    return "\n".join([*lines, ""])


def radio_file(site: Site) -> str:
    """The file for wpa_supplicant: an open network, encrypted if it can (OWE); '' without one."""
    if site.wifi is None:
        return ""
    return (
        f'country={site.country}\nnetwork={{\n\tssid="{site.wifi}"\n\tkey_mgmt=OWE NONE\n\tieee80211w=1\n}}\n'
    )


def summary(site: Site) -> list[str]:
    """What holds, in sentences."""
    where = "an address by DHCP" if site.address is None else f"the address {site.address}"
    said = [f"network: {where}"]
    said += [f"gateway: {site.gateway}"] if site.gateway is not None else []
    said += [f"names from: {', '.join(map(str, site.names))}"] if site.names else []
    said += [f"wireless network: {site.wifi!r}, open, in {site.country}"] if site.wifi is not None else []
    said += [f"language: {site.language or 'as the person chooses (en)'}"]
    return [*said, f"tones: {site.tones or 'as the person chooses (uk)'}"]
