"""A site's settings say where the network is and how the phone speaks; never whom to trust, and no secret."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.settings import Settings
from firmware.site_settings import site_settings
from firmware.system.apply_site import Places, apply
from firmware.system.site import LARGEST, Site, network_file, radio_file, read_site, summary

WHOLE = b"""
[phone]
language = "de"
tones = "fr"

[network]
address = "192.0.2.10/24"
gateway = "192.0.2.1"
names = ["192.0.2.1", "192.0.2.2"]

[wifi]
name = "Office phones"
country = "DE"
"""
NETWORK = """\
# Made of site.toml.
[Match]
Type=ether wlan
Name=!veth*

[Network]
IPv6AcceptRA=no
LinkLocalAddressing=no
LLMNR=no
MulticastDNS=no
Address=192.0.2.10/24
Gateway=192.0.2.1
DNS=192.0.2.1
DNS=192.0.2.2
"""


def test_a_whole_file_has_no_fault_and_becomes_a_network() -> None:
    site, faults = read_site(WHOLE)
    assert faults == ()
    assert network_file(site) == NETWORK
    assert (site.language, site.tones) == ("de", "fr")


def test_an_open_radio_is_encrypted_if_it_can() -> None:
    site, _ = read_site(WHOLE)
    assert 'ssid="Office phones"' in radio_file(site)
    assert "key_mgmt=OWE NONE" in radio_file(site)


@pytest.mark.parametrize("octets", [b"", b"[network]\naddress = 'dhcp'\n", b"[phone]\n[wifi]\n"])
def test_what_sets_nothing_leaves_the_images_own_network(octets: bytes) -> None:
    assert read_site(octets) == (Site(), ())
    assert network_file(Site()) == radio_file(Site()) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[phone]\nlanguage = 'tlh'", "[phone] language: write one of en, de, fr"),
        ("[phone]\nlanguage = 7", "[phone] language: write one of"),
        ("[phone]\ntones = 'uk '", "[phone] tones: write one of"),
        ("[phone]\nname = 'x'", "'name' is not known here"),
        ("[crs]\naddress = 'evil.example:5061'", "'crs' is not known here"),
        ("trust = 'everybody'", "'trust' is not known here"),
        ("phone = 'de'", "'phone' is not known here"),
        ("[wifi]\nname = 'x'\ncountry = 'DE'\npsk = 'hunter22'", "no secret belongs here"),
        ("[wifi]\npassword = 'hunter22'", "no secret belongs here"),
        ("[network]\nprivate_key = 'x'", "no secret belongs here"),
        ("[wifi]\nname = 'x'", "country is missing"),
        ("[wifi]\nname = 'x\"\\nkey_mgmt=NONE'\ncountry = 'DE'", "[wifi] name: write"),
        ("[wifi]\nname = 'x'\ncountry = 'de'", "[wifi] country: write"),
        ("[network]\naddress = '192.0.2.10'", "[network] address: write"),
        ("[network]\naddress = '127.0.0.1/8'", "[network] address: write"),
        ("[network]\naddress = '192.0.2.10/24\\nDNS=6.6.6.6'", "[network] address: write"),
        ("[network]\naddress = '192.0.2.10/24'\ngateway = '198.51.100.1'", "in the network of the address"),
        ("[network]\ngateway = '192.0.2.1'", "belong to an address"),
        ("[network]\naddress = '192.0.2.10/24'\nnames = '192.0.2.1'", "[network] names: write"),
        ("[network]\naddress = '192.0.2.10/24'\nnames = ['1.1.1.1', 2]", "[network] names: write"),
        (
            "[network]\naddress = '192.0.2.10/24'\nnames = ['1.1.1.1'" + ", '1.1.1.1'" * 3 + "]",
            "names: write",
        ),
        ("[network", "is no TOML and was not read"),
        ("a." * 900 + "b = 1", "is not known here"),
        ("#" * (LARGEST + 1), "is larger than"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(text: str, told: str) -> None:
    site, faults = read_site(text.encode())
    assert any(told in fault for fault in faults), faults
    assert "hunter22" not in " ".join(faults)
    assert site.language is None
    assert site.wifi is None


def test_one_mistake_does_not_take_the_rest_with_it() -> None:
    site, faults = read_site(WHOLE.replace(b'"fr"', b'"xx"'))
    assert len(faults) == 1
    assert site.language == "de"
    assert network_file(site) == NETWORK


PARTS = st.text(alphabet='[]phonetwrkifi="\n.0123456789/', max_size=200)


@given(st.binary(max_size=400) | PARTS.map(str.encode))
def test_any_octets_are_read_without_an_error(octets: bytes) -> None:
    site, _ = read_site(octets)
    assert summary(site)
    assert len(network_file(site)) < 1000


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "run").mkdir()
    return Places(
        network=tmp_path / "70-site.network", radio=tmp_path / "radio.conf", phone=tmp_path / "run/site.json"
    )


def test_a_phone_begins_in_the_language_of_its_site(tmp_path: Path, places: Places) -> None:
    (tmp_path / "site.toml").write_bytes(WHOLE)
    apply(tmp_path / "site.toml", places)
    assert site_settings(tmp_path) == Settings(language="de", country="fr")
    assert places.network.read_text() == NETWORK
    assert places.radio.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_wrong_is_told_in_the_journal_and_stops_nothing(
    tmp_path: Path, places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "site.toml").write_bytes(b"[phone]\nlanguage = 'tlh'\n")
    apply(tmp_path / "site.toml", places)
    assert "site.toml: [phone] language" in caplog.text
    assert site_settings(tmp_path) == Settings()
    assert not places.network.exists()


def test_no_file_is_no_reason_to_fail(
    tmp_path: Path, places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    apply(tmp_path / "site.toml", places)
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize(
    "told", ["", "[]", "{", '{"language": "tlh"}', '{"language": ["de"]}', '{"tones": null}', "[" * 4000]
)
def test_a_phone_begins_as_every_phone_does_if_nothing_sensible_is_told(tmp_path: Path, told: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run/site.json").write_text(told)
    assert site_settings(tmp_path) == Settings()


def deskphone(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from firmware.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_dry_run_says_what_would_be_set_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(WHOLE)
    said = deskphone("apply", tmp_path / "site.toml", "--dry-run")
    assert said.returncode == 0
    assert "network: the address 192.0.2.10/24" in said.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["site.toml"]


def test_settings_are_put_on_a_card_only_if_nothing_is_wrong(tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    site = tmp_path / "site.toml"
    site.write_bytes(WHOLE)
    assert deskphone("apply", site, "--to", card).returncode == 2
    (card / "autoboot.txt").write_text("")
    assert deskphone("apply", site, "--to", card).returncode == 0
    assert (card / "site.toml").read_bytes() == WHOLE
    site.write_bytes(b"[wifi]\npsk = 'hunter22'\n")
    said = deskphone("apply", site, "--to", card)
    assert (said.returncode, "no secret belongs here" in said.stdout.replace("\n", " ")) == (1, True)
    assert (card / "site.toml").read_bytes() == WHOLE


def test_what_is_told_to_the_phone_holds_no_address(tmp_path: Path, places: Places) -> None:
    (tmp_path / "site.toml").write_bytes(WHOLE)
    apply(tmp_path / "site.toml", places)
    assert json.loads(places.phone.read_bytes()) == {"language": "de", "tones": "fr", "faults": 0}
