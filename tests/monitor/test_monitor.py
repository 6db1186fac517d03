"""Recorded calls: those to the escrowed number open, all others are listed with the reason."""

import io
import sys
import wave
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import issuance, partner_file, signed
from crypto.errors import PackageError
from crypto.issuance import TreeHead
from crypto.partner_file import PartnerFile
from crypto.revocation import RevocationList
from crypto.secret import Secret
from monitor import cli, officer, packets, signalling
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, KMS, NOW, PARTNER, STRANGER
from tests.firmware.issuing import QUICK
from tests.monitor import recorded
from tests.monitor.recorded import CALLEE_HZ, CALLER_HZ, DOMAIN_PRIVATE, KARL, WORDS, Record

PARTNERS_PRIVATE = Secret(bytes(range(2, 34)))


class Officer:
    """Somebody at the computer where captures are opened."""

    def __init__(self, desk, monkeypatch, capsys):
        self.desk, self._patch, self._capsys = desk, monkeypatch, capsys
        (desk / "words").write_text(WORDS + "\n")
        monkeypatch.setenv("MONITOR_PASSPHRASE_FILE", "words")
        monkeypatch.chdir(desk)
        self.record = Record()
        (desk / "case.escrow").write_bytes(recorded.escrow_file())

    def types(self, *words):
        self._patch.setattr(sys, "argv", ["monitor", *words])
        self._capsys.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
        shown = self._capsys.readouterr()
        return status, " ".join((shown.out + shown.err).split())

    def opens(self, *more):
        (self.desk / "seen.jsonl").write_bytes(self.record.signalling())
        if not (self.desk / "relay.pcap").exists():
            (self.desk / "relay.pcap").write_bytes(self.record.capture())
        return self.types(
            "open", "--escrow", "case.escrow", "--signalling", "seen.jsonl", "--packets", "relay.pcap",
            "-o", "call.wav", *more,
        )  # fmt: skip

    def sound(self, name="call.wav"):
        """Both channels, and the loudest frequency of each."""
        with wave.open(str(self.desk / name), "rb") as file:
            assert (file.getnchannels(), file.getframerate()) == (2, 16000)
            both = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
        middle = both[3200:12800].astype(float)
        return [float(np.argmax(np.abs(np.fft.rfft(side))) * 16000 / len(side)) for side in middle.T]


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    return Officer(tmp_path, monkeypatch, capsys)


def test_a_call_to_the_number_becomes_sound_the_caller_left_the_callee_right(desk):
    desk.record.call(ALICE)
    status, said = desk.opens()
    assert status == 0, said
    assert "Case 42" in said
    assert "opened: call.wav, 1.0 s; the caller is verified" in said
    assert desk.sound() == pytest.approx([CALLER_HZ, CALLEE_HZ], abs=10)


def test_a_capture_in_the_newer_form_opens_too(desk):
    desk.record.call(ALICE)
    (desk.desk / "relay.pcap").write_bytes(desk.record.capture(pcapng=True))
    assert desk.opens()[0] == 0


def test_a_trace_of_sip_will_do_for_the_signalling(desk):
    desk.record.call(ALICE)
    line = desk.record.trace[0].split(b'"')[-2]
    desk.record.trace = [b"INVITE sip:+44 SIP/2.0\r\n\r\na=key-mgmt:mikey " + line + b"\r\nm=audio"]
    assert desk.opens()[0] == 0


def test_two_calls_are_two_files_each_with_its_own_sound(desk):
    desk.record.call(ALICE)
    desk.record.call(CAROL, when=NOW + timedelta(minutes=2))
    status, said = desk.opens()
    assert status == 0
    assert f"{CAROL} → {BOB}" in said
    assert desk.sound("call-2.wav") == pytest.approx([CALLER_HZ, CALLEE_HZ], abs=10)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ({"caller": BOB, "callee": ALICE}, f"only calls TO {BOB} open"),
        ({"caller": ALICE, "when": NOW + timedelta(days=10)}, "only 2026-11 was opened"),
        ({"caller": ALICE, "called": PARTNER}, "that organisation's escrow is needed"),
        ({"caller": ALICE, "kms": PARTNER}, "partner.example, which nobody here knows: add"),
        ({"caller": ALICE, "silent": True}, "none of its packets"),
    ],
)
def test_what_does_not_open_is_listed_with_the_reason(desk, call, why):
    desk.record.call(**call)
    status, said = desk.opens()
    assert status == 1
    assert why in said
    assert "nothing was opened" in said
    assert not (desk.desk / "call.wav").exists()


def test_a_partners_call_opens_with_the_keys_that_the_escrow_file_has_of_it(desk):
    (desk.desk / "case.escrow").write_bytes(recorded.escrow_file(partners=[recorded.partner()]))
    desk.record.call(KARL, kms=PARTNER)
    status, said = desk.opens()
    assert status == 0, said
    assert f"{KARL} → {BOB} opened: call.wav, 1.0 s; the caller is verified" in said
    assert desk.sound() == pytest.approx([CALLER_HZ, CALLEE_HZ], abs=10)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ({"caller": ALICE, "kms": PARTNER}, f"partner.example has no say about {ALICE}"),
        ({"caller": KARL, "kms": HOME}, f"sv.example has no say about {KARL}"),
        ({"caller": KARL, "kms": STRANGER}, f"stranger.example has no say about {KARL}"),
        ({"caller": KARL, "kms": KMS("partner.example", "of an impostor")}, "not opened: not genuine"),
        ({"caller": ALICE, "kms": STRANGER}, "stranger.example, which nobody here knows"),
    ],
)
def test_nobody_is_believed_about_a_number_of_somebody_else(desk, call, why):
    (desk.desk / "case.escrow").write_bytes(recorded.escrow_file(partners=[recorded.partner()]))
    desk.record.call(**call)
    status, said = desk.opens()
    assert status == 1
    assert why in said


def test_a_partner_who_is_none_any_more_is_believed_by_the_certificate_of_that_time(desk):
    """The check code of the file is shown: whose it is, people say."""
    domain = replace(PARTNER.domain, domain_key=signed.public_key(PARTNERS_PRIVATE))
    certificate = PartnerFile(
        recorded.partner(domain=domain), 1, 0, RevocationList("partner.example", 1, 0, frozenset())
    )
    octets = partner_file.build(certificate, domain_private=PARTNERS_PRIVATE)
    (desk.desk / "partner.kms").write_bytes(octets)
    desk.record.call(KARL, kms=PARTNER)
    assert "which nobody here knows: add its certificate" in desk.opens()[1]
    status, said = desk.opens("--partner", "partner.kms")
    assert status == 0, said
    assert f"partner.example, check code {certificate.check_code}" in said


def test_a_partners_keys_of_another_time_are_named_as_what_is_missing(desk):
    domain = replace(PARTNER.domain, generations=(replace(PARTNER.domain.generations[0], first="2026-12"),))
    octets = recorded.escrow_file(partners=[recorded.partner(domain=domain)])
    (desk.desk / "case.escrow").write_bytes(octets)
    desk.record.call(KARL, kms=PARTNER)
    assert "keys of 2026-11 are not here: add its certificate of that time" in desk.opens()[1]


def test_an_escrow_file_with_other_partners_than_were_signed_is_none():
    octets = recorded.escrow_file(partners=[recorded.partner()])
    changed = octets.replace(b"Partner GmbH", b"Partner GmbX")
    with pytest.raises(PackageError) as refused:
        recorded.escrow.read(changed)
    assert refused.value.code == "E04"


def test_one_side_alone_opens_and_the_other_is_said_to_be_missing(desk):
    keys = desk.record.call(ALICE, silent=True)
    desk.record.hum(keys.send, 7, NOW, CALLER_HZ, ("192.0.2.1", 1), ("192.0.2.2", 2), 50)
    status, said = desk.opens()
    assert status == 0
    assert "callee: no packet of theirs" in said
    assert desk.sound()[0] == pytest.approx(CALLER_HZ, abs=10)


def test_lost_and_changed_packets_are_counted_and_the_rest_is_heard(desk):
    desk.record.call(ALICE)
    frames = desk.record.frames
    del frames[40:44]
    at, octets = frames[60]
    frames[60] = at, octets[:-1] + bytes([octets[-1] ^ 1])
    status, said = desk.opens()
    assert status == 0
    assert desk.sound() == pytest.approx([CALLER_HZ, CALLEE_HZ], abs=10)
    assert "periods of 20 ms are missing" in said


def test_streams_of_nobody_are_counted(desk):
    desk.record.call(ALICE)
    desk.record.noise(b"\x80\x60" + bytes(30))
    desk.record.noise(b"not RTP at all")
    _, said = desk.opens()
    assert "3 streams of 101 packets were not needed" in said


def test_a_file_for_an_officers_key_opens_with_it(desk, monkeypatch):
    monkeypatch.setattr(officer.sealing, "DEFAULT_COST", QUICK)
    status, said = desk.types("key", "-o", "officer.key")
    assert status == 0
    public = bytes.fromhex(said.split("--to-key : ")[1][:64])
    (desk.desk / "case.escrow").write_bytes(recorded.escrow_file(to=public))
    desk.record.call(ALICE)
    assert "add --key FILE" in desk.opens()[1]
    assert desk.opens("--key", "officer.key")[0] == 0


@pytest.mark.parametrize(
    ("name", "octets", "said"),
    [
        ("words", b"other words entirely\n", "wrong passphrase"),
        ("case.escrow", b"nothing", "is no escrow file"),
        ("case.escrow", recorded.escrow_file()[:-1] + b"x", "is no escrow file"),
        ("relay.pcap", b"nothing", "not a whole capture"),
        ("relay.pcap", b"", "not a whole capture"),
        ("call.wav", b"taken", "is already there"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(desk, name, octets, said):
    desk.record.call(ALICE)
    (desk.desk / name).write_bytes(octets)
    status, shown = desk.opens()
    assert status == 1
    assert said in shown
    assert name == "call.wav" or not (desk.desk / "call.wav").exists()


def test_a_record_without_a_call_is_refused(desk):
    desk.record.trace = [b'{"event": "media"}']
    assert "holds no call" in desk.opens()[1]


def test_the_phones_list_tells_of_the_opening_or_somebody_is_to_be_told(desk):
    opening, _ = recorded.escrow.read(recorded.escrow_file()).open(passphrase=WORDS)
    key = issuance.leaf("sv.example", ALICE, "2026-11", HOME.caller(ALICE).pvt)
    for name, leaves in (("told", [key, opening.leaf]), ("hidden", [key])):
        head = TreeHead("sv.example", "2026-11", len(leaves), issuance.tree(leaves).root(), 1)
        (desk.desk / name).write_bytes(issuance.build(leaves, head=head, domain_private=DOMAIN_PRIVATE))
    status, said = desk.types("show", "--escrow", "case.escrow", "--issuance", "told")
    assert status == 0
    assert "tells of it, as one of 1" in said
    status, said = desk.types("show", "--escrow", "case.escrow", "--issuance", "hidden")
    assert status == 1
    assert "tell security" in said


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000), st.binary(max_size=8))
def test_whatever_a_capture_holds_is_streams_or_a_value_error(tail, cut, change):
    base = CAPTURE[:cut]
    octets = base[:24] + change + base[24 + len(change) :] + tail
    try:
        streams = packets.streams(io.BytesIO(octets))
    except ValueError:
        return
    assert all(stream.packets for stream in streams)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 1000))
def test_whatever_a_trace_holds_is_calls_or_nothing(noise, cut):
    octets = noise + TRACE[:cut] + noise + b" mikey " + TRACE[20:cut]
    found = signalling.find(octets)
    assert all(one.callee for one in found.invitations)


def _small() -> Record:
    record = Record()
    record.call(ALICE, periods=5)
    return record


CAPTURE, TRACE = _small().capture(), _small().signalling()
