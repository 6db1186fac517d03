"""What keys leave behind: wiping, another board, a damaged journal, an older vault, no trace in a log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from crypto import cbor
from firmware.interfaces import Refused
from firmware.vault import MAX_OCTETS
from firmware.vault_format import VaultContent
from tests.crypto.callers import ALICE, BOB, CAROL
from tests.firmware import issuing
from tests.firmware.issuing import CODE, card_text
from tests.firmware.phones import SSRC, Phone, call, refused

# --- The end ---


def test_after_a_wipe_there_is_nothing(alice: Phone) -> None:
    alice.custody.import_card(card_text(CAROL, 9))
    alice.custody.unseal(CODE)
    alice.custody.wipe()
    for _ in range(2):
        assert not alice.custody.status().enrolled
        assert not alice.custody.status().pending
        refused("E30", lambda: alice.custody.initiate(BOB, SSRC))
        refused("E41", lambda: alice.custody.unseal(CODE))
        alice.restart()
    sizes = [len(alice.disk.read(name)) for name in alice.disk.names()]
    assert max(sizes) < 100, "no slot is large enough for a key"


def test_a_vault_of_another_board_refuses_everything_until_it_is_wiped(alice: Phone) -> None:
    alice.device = bytes(32)
    custody = alice.restart().custody
    for work in (
        custody.status,
        custody.tls_client,
        custody.pending_contact,
        lambda: custody.initiate(BOB, SSRC),
        lambda: custody.accept(""),
        lambda: custody.import_card(card_text()),
    ):
        refused("E46", work)
    alice.device = bytes(range(32))
    assert alice.restart().custody.status().tel == ALICE, "and nothing was lost"
    alice.device = bytes(32)
    alice.restart().custody.wipe()
    assert alice.enrol(CAROL, 9).restart().custody.status().tel == CAROL


def test_a_damaged_journal_does_not_stop_the_phone(alice: Phone, bob: Phone) -> None:
    bob.custody.accept(call(alice)[0])
    [journal] = [name for name in bob.disk.names() if name.startswith("journal")]
    bob.disk.write(journal, b"damaged")
    bob.restart()
    bob.custody.accept(call(alice)[0])
    message, _ = call(alice)
    bob.custody.accept(message)
    refused("E34", lambda: bob.restart().custody.accept(message))


def test_the_log_has_no_number_no_code_and_no_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    alice, bob = Phone(tmp_path / "a").enrol(), Phone(tmp_path / "b").enrol(BOB, 8)
    message, keys = call(alice)
    bob.custody.accept(message)
    with pytest.raises(Refused):
        bob.custody.accept(message)
    alice.custody.import_card(card_text(CAROL, 9))
    with pytest.raises(Refused):
        alice.custody.unseal("9999999999")
    alice.custody.wipe()
    assert len(caplog.records) >= 6
    secrets = [*(key.expose().hex() for key in (keys.send, keys.receive)), CODE, "9999999999"]
    for word in (ALICE, BOB, CAROL, ALICE[1:], BOB[-4:], *secrets, message[:40]):
        assert word not in caplog.text


def test_no_key_lies_open_in_any_file(alice: Phone) -> None:
    issued = issuing.secrets_of(ALICE, 7)
    ssk, rsk = issued.ssk.expose(), issued.rsk.expose()
    for name in alice.disk.names():
        octets = alice.disk.read(name)
        for secret in (ssk, rsk[1:33], issued.tls_key.expose(), issued.transport_key.expose()):
            assert secret not in octets


# --- A vault that older firmware has written ---


@pytest.mark.parametrize("pin", ["", "1234"])
def test_a_phone_that_was_updated_opens_its_vault_of_the_version_before(
    alice: Phone, bob: Phone, monkeypatch: pytest.MonkeyPatch, pin: str
) -> None:
    """Issuance rows without a count of openings, no lists from partners' servers, behind a PIN or not."""
    alice.custody.take("pack", issuing.monthly("2026-12"))
    with monkeypatch.context() as older:
        older.setattr(VaultContent, "encode", _as_version_3)
        if pin:
            alice.custody.set_pin("", pin)
        else:
            alice.custody.remove_month("2026-12")
    alice.restart()
    if pin:
        assert alice.custody.unlock(pin).months == ["2026-11", "2026-12"]
    assert "2026-11" in alice.custody.status().months
    message, _ = call(alice)
    assert bob.custody.accept(message)[0].caller_tel == ALICE
    alice.custody.take("bulletin", issuing.bulletin_octets(number=9))
    alice.restart()
    if pin:
        alice.custody.unlock(pin)
    assert alice.custody.status().bulletin == 9


def _as_version_3(content: VaultContent) -> bytes:
    body = cbor.decode(_ENCODE(content)[1:], max_octets=MAX_OCTETS)
    del body[1][12]
    body[1][10] = [row[:4] for row in body[1][10]] or [[24322, 7, bytes(32), 0]]
    return b"\3" + cbor.encode(body)


_ENCODE = VaultContent.encode
