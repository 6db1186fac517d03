"""The network of the image: nothing goes in or out but an address, names, and the one server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.system import fence
from firmware.system.fence import OrderRefused, read_order, ruleset, write_order
from image.tests.units import layer, settings

GOLDEN = Path(__file__).parents[1] / "golden"
ORDERS = {
    "fence-closed": None,
    "fence-four": b"192.0.2.7:5061\n192.0.2.9:5061\n",
    "fence-both": b"192.0.2.7:5061\n[2001:db8::5]:5061\n",
}


def nft(rules: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("nft") or shutil.which("nft", path="/usr/sbin")
    if program is None:
        pytest.skip("nft is missing: install nftables")
    alone = [] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if alone and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not make a network of its own, in which nft would check rules")
    command = [*alone, program, "-c", "-f", "-"]
    return subprocess.run(command, input=rules, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ORDERS)
def test_the_rules_of_an_order_are_the_golden_ones_and_nft_takes_them(name: str) -> None:
    octets = ORDERS[name]
    rules = ruleset(None if octets is None else read_order(octets))
    assert rules == (GOLDEN / f"{name}.nft").read_text()
    said = nft(rules)
    assert (said.returncode, said.stderr) == (0, "")


def test_nft_would_refuse_what_are_no_rules() -> None:
    assert nft(ruleset(None).replace("policy drop", "policy drip")).returncode != 0


def test_the_system_begins_with_a_closed_fence_before_there_is_a_network() -> None:
    shipped = (layer("55-network") / "usr/share/sottovoce/fence.nft").read_text()
    assert shipped == ruleset(None)
    assert settings("sottovoce-fence-closed.service", "Before")[0].split()[0] == "network-pre.target"
    drop_in = layer("55-network") / "usr/lib/systemd/system/systemd-networkd.service.d/fence.conf"
    assert "Requires=sottovoce-fence-closed.service" in drop_in.read_text()


@pytest.mark.parametrize("octets", [b"", *(octets for octets in ORDERS.values() if octets)])
def test_every_chain_drops_what_no_rule_names(octets: bytes) -> None:
    rules = ruleset(read_order(octets) if octets else None)
    assert len(re.findall(r"hook (?:input|forward|output) priority filter; policy drop;", rules)) == 3


def test_a_closed_fence_lets_no_service_of_ours_out_but_to_ask_for_names() -> None:
    lines = [line for line in ruleset(None).splitlines() if "skuid" in line]
    assert [line.strip() for line in lines] == [
        'oifname "lo" meta skuid 902 udp dport 53 accept',
        "meta skuid != { 902, 903 } meta l4proto { tcp, udp } th dport 53 accept",
    ]


def test_signalling_and_voice_go_to_the_server_alone_each_by_its_own_service() -> None:
    rules = ruleset(read_order(b"192.0.2.7:5061\n"))
    opened = set(rules.splitlines()) - set(ruleset(None).splitlines())
    assert opened == {
        "\t\tmeta skuid 902 ip daddr { 192.0.2.7 } tcp dport { 5061, 5062 } accept",
        "\t\tmeta skuid 903 ip daddr { 192.0.2.7 } udp dport 1024-65535 accept",
    }


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\n",
        b"192.0.2.7",
        b"192.0.2.7:0",
        b"192.0.2.7:65535",
        b"192.0.2.7:05061",
        b"192.0.2.7:5061\n192.0.2.8:5060\n",
        b"192.0.2.7:5061 }; accept",
        b"192.0.2.7:5061\n\n",
        b"192.0.2.7:5061\r\n",
        b"192.0.2:5061",
        b"0.0.0.0:5061",
        b"127.0.0.1:5061",
        b"224.0.0.1:5061",
        b"169.254.1.1:5061",
        b"[::1]:5061",
        b"[fe80::1%eth0]:5061",
        b"2001:db8::5:5061",
        b"crs.example.org:5061",
        b"192.0.2.7/8:5061",
        b"\xff",
        b"192.0.2.7:5061\n" * 9,
        b"192.0.2.7:5061" + b"\n" * 600,
    ],
)
def test_what_is_no_order_is_refused(octets: bytes) -> None:
    with pytest.raises(OrderRefused):
        read_order(octets)


@given(st.binary(max_size=700) | st.from_regex(r"\A[0-9.:\[\]a-f\n]{0,80}\Z").map(str.encode))
def test_any_octets_are_an_order_or_refused_and_an_order_is_only_addresses(octets: bytes) -> None:
    try:
        order = read_order(octets)
    except OrderRefused:
        return
    assert 0 < len(order.addresses) <= fence.MOST_ADDRESSES
    for addresses in re.findall(r"daddr \{ (.*?) \}", ruleset(order)):
        assert re.fullmatch(r"[0-9a-f.:, ]+", addresses)


@given(
    st.lists(st.ip_addresses(network="198.51.0.0/16") | st.ip_addresses(network="2001:db8::/64"), min_size=1),
    st.integers(1, 65534),
)
def test_what_the_phone_writes_is_read_back(addresses: list[object], port: int) -> None:
    order = read_order(write_order([str(address) for address in addresses], port))
    assert order.port == port
    assert set(map(str, order.addresses)) <= set(map(str, addresses))


def test_an_order_that_is_none_leaves_the_fence_and_says_so(tmp_path: Path) -> None:
    import sys

    path = tmp_path / "order"
    path.write_text("everything\n")
    command = [sys.executable, "-m", "firmware.system.fence", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (1, "the fence stays as it is: a line is not address:port\n")


def test_the_fence_is_moved_by_a_user_that_can_do_nothing_else() -> None:
    assert settings("sottovoce-fence.service", "User") == ["sottovoce-fence"]
    assert settings("sottovoce-fence.service", "CapabilityBoundingSet") == ["CAP_NET_ADMIN"]
    (watched,) = settings("sottovoce-fence.path", "PathChanged")
    assert settings("sottovoce-fence.service", "ExecStart")[0].endswith(f"firmware.system.fence {watched}")
    assert "/run/sottovoce/phone/fence" in settings("sottovoce-phone.service", "ReadWritePaths")[0].split()


def test_the_users_of_the_rules_are_those_of_the_services() -> None:
    users = (layer("50-services") / "usr/lib/sysusers.d/sottovoce.conf").read_text()
    assert f"u sottovoce-phone {fence.PHONE} " in users
    assert f"u sottovoce-media {fence.MEDIA} " in users


def test_no_time_and_no_name_is_taken_from_whoever_gives_an_address() -> None:
    text = (layer("55-network") / "usr/lib/systemd/network/80-sottovoce-wired.network").read_text()
    for word in ("UseNTP", "UseSIP", "UseDomains", "UseHostname", "UseTimezone", "SendHostname"):
        assert f"\n{word}=no\n" in text
    resolved = (layer("55-network") / "etc/systemd/resolved.conf.d/sottovoce.conf").read_text()
    assert "\nFallbackDNS=\n" in resolved
    assert "\nLLMNR=no\n" in resolved
