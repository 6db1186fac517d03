"""Two organisations, each with CMS, CRS and a phone: they call each other, and no server learns a word."""

from __future__ import annotations

import asyncio
import base64
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crs.database import FILE
from crypto import mikey, sakke
from crypto.replays import ReplayCache
from crypto.srtp_keys import SRTPKeys
from demo.house import CommandFailed, wait_until
from demo.introduction import introduce, knows_media, linked, part
from demo.measure import read_wave
from demo.partners import ASHA, KARL, abroad
from drivers.sound_virtual import recordings
from media.srtp import SRTPReceiver
from tests.house.border import Border, call, domain_of, load, standing
from tests.house.conftest import WatchedHouse, at_rest
from tests.house.evidence import Recorded
from tests.house.test_holding import HELD_S, SPOKEN_S, longest_silence, loud, talks, timer
from tests.house.test_secrecy import PACKET_OCTETS, RTP_HEADER, decoded, finds, leaks, secrets_of


@pytest.fixture(scope="module")
def border(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Border]:
    with standing(tmp_path_factory.mktemp("border")) as border:
        yield border


@pytest.mark.parametrize("outward", [True, False], ids=["there", "back"])
def test_a_partners_phone_rings_with_the_verified_number_and_organisation(
    border: Border, outward: bool
) -> None:
    async def story() -> None:
        async with border.desks() as (asha, karl):
            here, there = (asha, karl) if outward else (karl, asha)
            caller, callee = (ASHA, KARL) if outward else (KARL, ASHA)
            whose = (border.home if outward else border.away).organisation
            await here.lift()
            await here.press(abroad(callee) + "#")
            await there.until("incoming secure call")
            shown = " ".join(there.text)
            assert whose in shown
            assert caller.tel in shown.replace(" ", "")
            await here.until("ringing")
            await there.lift()
            await here.until("Secure – verified")
            await there.until("Secure – verified")
            await here.hang_up()
            await there.until("call ended")

    asyncio.run(story())


def test_speech_crosses_the_border_and_is_silent_while_it_is_held(border: Border) -> None:
    async def story() -> None:
        async with border.desks() as (here, there):
            await call(here, there, KARL)
            await talks(here, SPOKEN_S)
            await here.press("soft1")
            await here.until("on hold")
            await there.until("held by them")
            began = timer(here)
            await talks(here, began + HELD_S)
            assert "Secure – verified" in there.text
            await here.press("soft1")
            await there.until("handset")
            await talks(here, began + HELD_S + SPOKEN_S)
            await there.hang_up()
            await here.until("call ended")

    asyncio.run(story())
    longest = max(recordings(border.away.phone(KARL) / "sound"), key=lambda path: path.stat().st_size)
    sound = read_wave(longest)
    begin, end = longest_silence(loud(sound))
    assert (end - begin) / 50 >= HELD_S - 1
    assert finds(sound)


@pytest.fixture(scope="module")
def spoken(border: Border) -> Border:
    """A call in which six seconds of known speech were said."""
    for passed in (border.signalling, border.home.datagrams, border.away.datagrams):
        passed.clear()

    async def story() -> None:
        async with border.desks() as (here, there):
            await call(here, there, KARL)
            await talks(here, 7)
            await here.hang_up()

    asyncio.run(story())
    return border


def session_keys(border: Border) -> SRTPKeys:
    """Open the call's I_MESSAGE from what passed, with the callee's own keys."""
    invite = next(octets for octets in border.signalling if octets.startswith(b"INVITE"))
    found = re.search(rb"a=key-mgmt:mikey ([A-Za-z0-9+/=]+)", invite)
    assert found is not None
    message = base64.b64decode(found.group(1))
    domains = {domain.name: domain for domain in (domain_of(border.home), domain_of(border.away))}
    when = mikey.parse(message).timestamp.when
    month = when.strftime("%Y-%m")
    theirs = domains[border.away.domain].certificate.kms(month)
    key = sakke.ReceiverKey(
        secrets_of(border.away, KARL).rsk.expose(),
        identifier=mikey.monthly(KARL.tel, when),
        kms_public_key=theirs.sakke_public_key,
    )
    accepted = mikey.accept(
        message,
        callee=mikey.Callee(KARL.tel, border.away.domain, {month: key}),
        kms=lambda uri, tel, month: domains[uri].certificate.kms(month),
        now=datetime.now(UTC),
        replays=ReplayCache(),
    )
    assert accepted.caller_kms_uri == border.home.domain
    return accepted.keys


@pytest.mark.parametrize("where", ["home", "away"])
def test_neither_server_can_hear_a_word(spoken: Border, where: str) -> None:
    house: WatchedHouse = getattr(spoken, where)
    captured = [octets for side, octets in house.datagrams if side.name == "CALLER"]
    assert len(captured) > 6 * 50
    assert {len(octets) for octets in captured} == {RTP_HEADER + PACKET_OCTETS + 16}
    assert not finds(decoded(octets[RTP_HEADER : RTP_HEADER + PACKET_OCTETS] for octets in captured))


@pytest.mark.parametrize("where", ["home", "away"])
def test_the_callees_keys_do_hear_it(spoken: Border, where: str) -> None:
    house: WatchedHouse = getattr(spoken, where)
    receiver = SRTPReceiver(session_keys(spoken).receive)
    captured = [octets for side, octets in house.datagrams if side.name == "CALLER"]
    assert finds(decoded(receiver.unprotect(octets).payload for octets in captured))


@pytest.mark.parametrize("where", ["home", "away"])
def test_no_key_of_the_call_is_in_what_passed_or_in_a_file_of_a_server(
    spoken: Border, where: str, tmp_path: Path
) -> None:
    house: WatchedHouse = getattr(spoken, where)
    keys = session_keys(spoken)
    secrets = {"to the callee": keys.receive.expose(), "to the caller": keys.send.expose()}
    passed = b"".join(spoken.signalling) + b"".join(octets for _, octets in house.datagrams)
    assert not leaks(passed, secrets)
    # By another process: SQLite's locks on a file are gone as soon as this one closes it anywhere (POSIX).
    subprocess.run(["cp", "-r", house.crs_home, house.observations, tmp_path], check=True)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {FILE, "tls.pem", house.observations.name} <= {path.name for path in files}
    for path in files:
        assert not leaks(path.read_bytes(), secrets), path


def test_between_the_servers_the_message_is_what_the_phone_has_said(spoken: Border) -> None:
    """Whoever sits between sees the I_MESSAGE that the callee's phone verifies, and can make no other."""
    invites = [octets for octets in spoken.signalling if octets.startswith(b"INVITE")]
    messages = {re.search(rb"a=key-mgmt:mikey ([A-Za-z0-9+/=]+)", octets)[1] for octets in invites}  # type: ignore[index]
    assert len(invites) == 2  # from the phone to its server, and from there to the partner's
    assert len(messages) == 1


def test_the_callees_organisation_opens_a_partners_call_for_a_case_and_knows_who_called(
    spoken: Border, tmp_path: Path
) -> None:
    """The escrow file of the callee's CMS has the caller's KMS keys: nothing is asked of the partner."""
    recorded = Recorded(spoken.away, spoken.signalling, tmp_path)
    recorded.agree_on_escrow()
    said = recorded.opened(KARL.tel)
    assert f"{ASHA.tel} → {KARL.tel}" in said
    assert "the caller is verified" in said
    assert finds(recorded.said_by_the_caller(KARL.tel))


def test_the_callers_organisation_does_not_open_what_its_user_said_to_a_partner(
    spoken: Border, tmp_path: Path
) -> None:
    recorded = Recorded(spoken.home, spoken.signalling, tmp_path)
    recorded.agree_on_escrow()
    with pytest.raises(CommandFailed, match=r"partner\.example: that organisation's escrow is needed"):
        recorded.opened(ASHA.tel)


def test_a_partner_no_more_is_cut_off_in_the_middle_of_a_call(border: Border) -> None:
    async def story() -> None:
        async with border.desks() as (here, there):
            await call(here, there, KARL)
            await asyncio.to_thread(part, border.home, border.away)
            await asyncio.to_thread(load, border.home)
            await here.until("call ended", 10)
            await there.hang_up()
            await knows_media(border.home)
            await here.hang_up()
        assert not linked(border.home)
        await asyncio.to_thread(introduce, border.home, border.away)
        await asyncio.to_thread(load, border.home)
        await knows_media(border.home)
        await asyncio.to_thread(wait_until, lambda: linked(border.home), "the servers do not find each other")
        async with border.desks() as (here, there):
            await call(here, there, KARL)
            await here.hang_up()

    asyncio.run(story())


def test_while_the_partners_server_is_away_its_phones_are_not_reachable(border: Border) -> None:
    async def story() -> None:
        async with border.home.desk(ASHA) as here:
            await at_rest(here)
            await asyncio.to_thread(border.away.stop_crs)
            await here.lift()
            await here.press(abroad(KARL) + "#")
            await here.until("not reachable")
            await at_rest(here)
            await asyncio.to_thread(border.away.serve_crs)
        await asyncio.to_thread(wait_until, lambda: linked(border.home), "the servers do not find each other")
        async with border.desks() as (here, there):
            await call(here, there, KARL)
            await here.hang_up()

    asyncio.run(story())
