"""A partner's phone is stolen: one command and one load there, and our phone refuses it, without a file.

Whoever has it also has its own server on their side, or sits between: what counts is what our phone believes.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PIL import Image

from cms.domain import Domain
from crypto import card, mikey, sakke
from crypto.identifier import month_of
from demo.house import wait_until
from demo.introduction import linked
from demo.partners import ASHA, KARL
from firmware.interfaces import KeysInterface, Refused
from firmware.varlink import connect, socket_path
from tests.codes import qr_codes
from tests.house.border import Border, domain_of, standing
from tests.house.conftest import WatchedHouse

PATIENCE_S = 20.0


@dataclass(frozen=True)
class Stolen:
    """All that a phone can do whose vault somebody has opened: it makes I_MESSAGEs of its month."""

    caller: mikey.Caller
    callee_kms: mikey.CalleeKMS

    @classmethod
    def of(cls, theirs: WatchedHouse, ours: Domain) -> Stolen:
        with Image.open(theirs.card(KARL)) as picture:
            (code,) = qr_codes(picture)
        read = card.parse(code.text)
        opened = read.open(theirs.codes[KARL.tel])
        month = month_of(datetime.now(UTC))
        kms = ours.certificate.kms(month)
        caller = mikey.Caller(KARL.tel, opened.ssk, read.pvt, domain_of(theirs).certificate.kms(month))
        return cls(caller, mikey.CalleeKMS(kms.kms_uri, sakke.KMSPublicKey(kms.sakke_public_key)))

    def message(self) -> str:
        """A fresh one to Asha."""
        made = mikey.initiate(
            caller=self.caller,
            callee_tel=ASHA.tel,
            callee_kms=self.callee_kms,
            when=datetime.now(UTC),
            ssrc=int.from_bytes(os.urandom(4), "big"),
        )
        made.keys.wipe()
        return base64.b64encode(made.octets).decode()


@pytest.fixture(scope="module")
def border(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Border]:
    with standing(tmp_path_factory.mktemp("border")) as border:
        yield border


@pytest.fixture(scope="module")
def stolen(border: Border) -> Stolen:
    return Stolen.of(border.away, domain_of(border.home))


async def verdict(border: Border, stolen: Stolen) -> str:
    """What Asha's key service says to a call of the stolen phone: '' or a code."""
    keys = await connect(socket_path(border.home.phone(ASHA), "keys"), KeysInterface, patience_s=PATIENCE_S)
    try:
        with await keys.call.Accept(message=stolen.message()) as reply:
            assert reply["acceptance"].caller == KARL.tel
        return ""
    except Refused as refusal:
        return str(refusal.p_code)
    finally:
        keys.close()


def test_before_it_is_known_the_stolen_phone_is_believed(border: Border, stolen: Stolen) -> None:
    assert asyncio.run(verdict(border, stolen)) == ""


def test_after_recover_user_and_one_load_at_the_partner_our_phone_refuses_it(
    border: Border, stolen: Stolen
) -> None:
    """Home types nothing and loads nothing: its number of exports is what it was."""
    exports, sequence = border.home.exports, border.home.crs._domain.sequence
    picture, media = border.away.directory / "again.png", border.away.directory / "recovery"
    border.away.cms("recover", "user", "--tel", KARL.tel, "-o", str(picture), "--media", str(media))
    border.away.crs_command("load", "--media", str(media))

    wait_until(lambda: asyncio.run(verdict(border, stolen)) != "", "our phone goes on believing it")
    assert asyncio.run(verdict(border, stolen)) == "E34"
    assert (border.home.exports, border.home.crs._domain.sequence) == (exports, sequence)
    assert linked(border.home)


def test_our_phone_forgets_it_in_no_restart_of_its_server(border: Border, stolen: Stolen) -> None:
    border.home.stop_crs()
    border.home.serve_crs()
    assert asyncio.run(verdict(border, stolen)) == "E34"
