"""What somebody sees who owns the server, reads every log and copies every disk."""

from __future__ import annotations

import asyncio
import base64
import re
import wave
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from cms.store import open_store
from crypto import card, mikey, sakke
from crypto.card import CardSecrets
from crypto.replays import ReplayCache
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from demo.call import SPEECH
from demo.house import Person
from demo.measure import Samples, find, read_wave
from media.codec import PACKET_OCTETS, PCM_OCTETS, CodecError, Decoder, Encoder
from media.srtp import SRTPReceiver
from tests.codes import qr_codes
from tests.house.conftest import WatchedHouse, call

SPOKEN_S = 6.0
RTP_HEADER = 12
FOUND = 0.5
"""Correlation with the known speech above which it counts as found; unrelated sound stays far below."""


@pytest.fixture(scope="module")
def spoken(house: WatchedHouse) -> WatchedHouse:
    """A call in which six seconds of known speech were said."""
    house.datagrams.clear()
    house.signalling.clear()

    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            await here.until(lambda desk: "00:07" in desk.text, 15)

    asyncio.run(story())
    return house


def said() -> Samples:
    return read_wave(SPEECH)[: int(SPOKEN_S * 16000)]


def from_caller(house: WatchedHouse) -> list[bytes]:
    return [octets for side, octets in house.datagrams if side.name == "CALLER"]


def decoded(payloads: Iterable[bytes]) -> Samples:
    """What one hears who takes each payload for Opus."""
    decoder, sound = Decoder(), bytearray()
    for payload in payloads:
        try:
            sound += decoder.decode(payload)
        except CodecError:
            sound += bytes(PCM_OCTETS)
    return np.frombuffer(bytes(sound), dtype="<i2").astype(np.float64) / 32768.0


def finds(sound: Samples) -> bool:
    """Whether any second of the speech is in `sound`; a jitter buffer may have moved them apart."""
    seconds = np.split(said(), int(SPOKEN_S))
    return max(match(second, sound) for second in seconds) > FOUND


def match(piece: Samples, sound: Samples) -> float:
    """Correlation where `piece` fits best, 0 to 1."""
    at = find(piece, sound)
    part = sound[at : at + len(piece)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(piece))
    return float(part @ piece) / scale if scale else 0.0


def periods() -> Iterator[bytes]:
    with wave.open(str(SPEECH), "rb") as file:
        while len(pcm := file.readframes(PCM_OCTETS // 2)) == PCM_OCTETS:
            yield pcm


def secrets_of(house: WatchedHouse, person: Person) -> CardSecrets:
    """Read a person's card again and open it, as only who has both card and code can."""
    with Image.open(house.card(person)) as picture:
        (code,) = qr_codes(picture)
    return card.parse(code.text).open(house.codes[person.tel])


def session_keys(house: WatchedHouse) -> SRTPKeys:
    """Open the call's I_MESSAGE from the captured INVITE with the callee's own keys."""
    invite = next(octets for octets in house.signalling if octets.startswith(b"INVITE"))
    found = re.search(rb"a=key-mgmt:mikey ([A-Za-z0-9+/=]+)", invite)
    assert found is not None
    message = base64.b64decode(found.group(1))
    with open_store(house.store, house.passphrase.read_text().strip()) as store:
        domain = store.domain
    when = mikey.parse(message).timestamp.when
    callee = house.people[1]
    key = sakke.ReceiverKey(
        secrets_of(house, callee).rsk.expose(),
        identifier=mikey.monthly(callee.tel, when),
        kms_public_key=domain.certificate.kms(when.strftime("%Y-%m")).sakke_public_key,
    )
    accepted = mikey.accept(
        message,
        callee=mikey.Callee(callee.tel, domain.name, {when.strftime("%Y-%m"): key}),
        kms=lambda uri, tel, month: domain.certificate.kms(month) if uri == domain.name else None,
        now=datetime.now(UTC),
        replays=ReplayCache(),
    )
    return accepted.keys


def test_the_known_speech_is_not_in_what_passed_the_server(spoken: WatchedHouse) -> None:
    captured = from_caller(spoken)
    assert len(captured) > SPOKEN_S * 50
    assert not finds(decoded(octets[RTP_HEADER : RTP_HEADER + PACKET_OCTETS] for octets in captured))
    octets = b"".join(captured)
    loudest = max(periods(), key=lambda pcm: int(np.abs(np.frombuffer(pcm, "<i2").astype(int)).sum()))
    assert loudest[:64] not in octets


def test_the_search_would_find_it_without_encryption(spoken: WatchedHouse) -> None:
    encoder = Encoder()
    assert finds(decoded(encoder.encode(pcm) for pcm in periods()))


def test_the_callees_keys_do_find_it(spoken: WatchedHouse) -> None:
    receiver = SRTPReceiver(session_keys(spoken).receive)
    payloads = [receiver.unprotect(octets).payload for octets in from_caller(spoken)]
    assert finds(decoded(payloads))


def test_every_packet_has_the_same_size_whatever_is_said(spoken: WatchedHouse) -> None:
    assert {len(octets) for _, octets in spoken.datagrams} == {RTP_HEADER + PACKET_OCTETS + 16}


def every_secret(house: WatchedHouse) -> dict[str, bytes]:
    """Everything that must be nowhere: what the CMS, the cards, the phones and the last call had."""
    with open_store(house.store, house.passphrase.read_text().strip()) as store:
        domain = store.domain
    found = {
        "SAKKE master secret": domain.generations[0].sakke.expose().lstrip(b"\0"),
        "ECCSI master secret": domain.generations[0].eccsi.expose(),
        "domain private key": domain.secrets.domain.expose(),
        "passphrase": house.passphrase.read_bytes().strip(),
    }
    for issued in domain.cards:
        found[f"next transport seed of {issued.tel}"] = issued.next_transport_seed.expose()
    for person in house.people:
        own = secrets_of(house, person)
        for name in own.__dataclass_fields__:
            value = getattr(own, name)
            if isinstance(value, Secret):
                octets = value.expose()
                found[f"{name} of {person.tel}"] = octets[1:129] if len(octets) == 257 else octets
        found[f"device secret of {person.tel}"] = (house.phone(person) / "device-secret").read_bytes()
        found[f"transfer code of {person.tel}"] = house.codes[person.tel].encode()
    keys = session_keys(house)
    found["SRTP master, caller to callee"] = keys.receive.expose()
    found["SRTP master, callee to caller"] = keys.send.expose()
    return found


def appearances(secret: bytes) -> Iterator[bytes]:
    """The secret's beginning as octets, as hexadecimal, and as base64 wherever it starts."""
    head = secret[:16]
    yield head
    yield head.hex().encode()
    yield head.hex().upper().encode()
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + head)[4 if shift else 0 : 20]


def leaks(octets: bytes, secrets: dict[str, bytes]) -> list[str]:
    return [name for name, secret in secrets.items() if any(form in octets for form in appearances(secret))]


def test_no_secret_is_in_any_file_of_the_server_or_in_any_log_or_vault(spoken: WatchedHouse) -> None:
    secrets = every_secret(spoken)
    assert len(secrets) >= 15
    homes = [spoken.phone(person) for person in spoken.people]
    allowed = {spoken.passphrase, *(home / "device-secret" for home in homes)}
    files = [path for path in spoken.directory.rglob("*") if path.is_file() and path not in allowed]
    files = [path for path in files if path.suffix not in (".wav", ".raw")]
    names = {path.relative_to(spoken.directory).parts[0] for path in files}
    assert {"cms", "crs", "media-1", "observed.jsonl", *(home.name for home in homes)} <= names
    for path in files:
        assert not leaks(path.read_bytes(), secrets), path
    passed = b"".join(spoken.signalling) + b"".join(octets for _, octets in spoken.datagrams)
    assert not leaks(passed, secrets)


@pytest.mark.parametrize(
    "form", [bytes, bytes.hex, lambda s: base64.b64encode(s), lambda s: base64.b64encode(b"x" + s)]
)
def test_the_scan_would_find_a_secret_that_leaked(form: object) -> None:
    assert callable(form)
    secret = bytes(range(100, 132))
    leaked = form(secret)
    assert leaks(b"log: " + (leaked.encode() if isinstance(leaked, str) else leaked), {"it": secret}) == [
        "it"
    ]


def test_no_log_of_a_phone_names_whom_it_called(spoken: WatchedHouse) -> None:
    logs = list((spoken.phone(spoken.people[0]) / "log").iterdir())
    assert {path.name for path in logs} >= {"keys.log", "media.log", "phone.log", "phone.jsonl", "scan.log"}
    for path in logs:
        assert spoken.people[1].tel[-9:].encode() not in path.read_bytes(), path
