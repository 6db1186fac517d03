"""The CMS is never on a network: it looks before it starts. That it makes no call: test_isolation."""

import pytest

from cms import network
from tests.cms.desk import BOB


def link(folder, name, *, kind="1", state="down", carrier=None):
    """A link as the kernel lists it."""
    made = folder / name
    made.mkdir(parents=True)
    (made / "type").write_text(f"{kind}\n")
    (made / "operstate").write_text(f"{state}\n")
    if carrier is not None:
        (made / "carrier").write_text(f"{carrier}\n")


@pytest.mark.parametrize(
    ("links", "up"),
    [
        ([], []),
        ([{"name": "lo", "kind": "772", "state": "unknown", "carrier": 1}], []),
        ([{"name": "eth0"}], []),
        ([{"name": "eth0", "state": "up", "carrier": 1}], ["eth0"]),
        ([{"name": "wlan0", "state": "up"}, {"name": "eth0", "state": "up"}], ["eth0", "wlan0"]),
        ([{"name": "tun0", "kind": "65534", "state": "unknown", "carrier": 1}], ["tun0"]),
        ([{"name": "usb0", "state": "unknown", "carrier": 0}], []),
        ([{"name": "usb0", "state": "dormant", "carrier": 1}], ["usb0"]),
        ([{"name": "eth0", "state": "down", "carrier": 1}], []),
    ],
)
def test_a_link_is_up_as_the_kernel_says(tmp_path, links, up):
    for one in links:
        link(tmp_path, **one)
    assert network.links_up(tmp_path) == up


def test_what_is_no_link_in_the_list_of_links_is_passed_over(tmp_path):
    (tmp_path / "bonding_masters").write_text("bond0\n")
    assert network.links_up(tmp_path) == []
    assert network.links_up(tmp_path / "nowhere") == []


@pytest.fixture
def unplugged(bureau, tmp_path, monkeypatch):
    """An office that has not accepted any network, with a list of links that a test can fill."""
    links = tmp_path / "links"
    link(links, "lo", kind="772", state="unknown")
    monkeypatch.setattr(network, "INTERFACES", links)
    monkeypatch.delenv("CMS_ACCEPT_NETWORK")
    return bureau, links


def test_without_a_network_nothing_is_said(unplugged):
    office, _ = unplugged
    assert office.types("user", "add", "--tel", BOB, "--name", "Bob")[::2] == (0, "")
    assert office.types("status")[::2] == (0, "")


def test_status_warns_of_a_network_also_of_an_accepted_one(unplugged):
    office, links = unplugged
    link(links, "eth0", state="up")
    for words in (("status",), ("status", "--i-accept-network")):
        status, _, error = office.types(*words)
        assert status == 0
        assert "eth0 is up" in error


def test_a_trial_accepts_a_network(unplugged, monkeypatch):
    office, links = unplugged
    link(links, "eth0", state="up")
    office.does("user", "add", "--tel", BOB, "--name", "Bob", "--i-accept-network")
    monkeypatch.setenv("CMS_ACCEPT_NETWORK", "1")
    office.does("export", "media")
