"""Calls by I_MESSAGE: who may call is who signed, and every other message is refused with the same words."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

import pytest

from crypto import eccsi, mikey, sakke
from crypto.errors import MessageRejected
from crypto.identifier import monthly
from crypto.kdf import srtp_master
from crypto.kms import KMSCertificate
from crypto.mikey import Accepted, Callee, Caller, Initiated, ReplayCache
from crypto.mikey_message import IMessage
from crypto.mikey_payloads import (
    Encapsulation,
    GeneralExtension,
    Identity,
    IDRole,
    IDScheme,
    IDType,
    MapType,
    Payload,
    SecurityPolicy,
    SRTPSession,
)
from crypto.secret import Secret
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, NOW, PARTNER, STRANGER, TRUSTED, believing

SSRC = 0x11223344
CALLER = HOME.caller(ALICE)
CALLEE = HOME.callee(BOB)


def call(caller: Caller = CALLER, callee_tel: str = BOB, *, when: datetime = NOW) -> Initiated:
    return mikey.initiate(
        caller=caller, callee_tel=callee_tel, callee_kms=HOME.called(), when=when, ssrc=SSRC
    )


CALL = call()


def answer(
    octets: bytes,
    *,
    callee: Callee = CALLEE,
    kms: dict[str, KMSCertificate] = TRUSTED,
    now: datetime = NOW,
    replays: ReplayCache | None = None,
    revoked: Mapping[str, Container[bytes]] = MappingProxyType({}),
) -> Accepted:
    cache = ReplayCache() if replays is None else replays
    return mikey.accept(octets, callee=callee, kms=kms, now=now, replays=cache, revoked=revoked)


def refused(octets: bytes, **circumstances: Any) -> None:
    with pytest.raises(MessageRejected) as refusal:
        answer(octets, **circumstances)
    assert str(refusal.value) == "the I_MESSAGE was refused"
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def signed_by(caller: Caller, message: IMessage) -> bytes:
    """Return the message as this caller would have signed it at NOW."""
    unsigned = message.signed_part()
    return unsigned + eccsi.sign(
        unsigned,
        ssk=caller.ssk.expose(),
        pvt=caller.pvt,
        identifier=monthly(caller.tel, NOW),
        kpak=caller.kms.eccsi_public_key,
    )


def changed(**changes: Any) -> bytes:
    """Return Alice's message with some of it changed by herself, signature and all."""
    return signed_by(CALLER, replace(mikey.parse(CALL.octets), **changes))


def with_payload(old: type[Payload], new: Payload | None, *, role: IDRole | None = None) -> bytes:
    payloads: list[Payload] = []
    for payload in mikey.parse(CALL.octets).payloads:
        hit = isinstance(payload, old) and (not isinstance(payload, Identity) or payload.role == role)
        payloads.extend([new] if hit and new is not None else [] if hit else [payload])
    return changed(payloads=tuple(payloads))


def test_the_callee_learns_who_calls_and_both_have_the_same_keys() -> None:
    accepted = answer(CALL.octets)
    assert (accepted.caller_tel, accepted.caller_kms_uri, accepted.when) == (ALICE, "sv.example", NOW)
    assert accepted.keys.receive == CALL.keys.send
    assert accepted.keys.send == CALL.keys.receive
    assert CALL.keys.send != CALL.keys.receive


def test_every_call_has_keys_of_its_own() -> None:
    other = call()
    assert other.octets != CALL.octets
    assert len({key.expose() for one in (CALL, other) for key in (one.keys.send, one.keys.receive)}) == 4


def test_a_call_from_a_partner_domain_is_accepted() -> None:
    assert answer(call(PARTNER.caller(ALICE)).octets).caller_kms_uri == "partner.example"


def test_the_payloads_are_those_of_the_profile_in_order() -> None:
    message = mikey.parse(CALL.octets)
    assert [payload.NUMBER for payload in message.payloads] == [5, 11, 14, 14, 14, 14, 10, 26]
    assert message.sessions == (SRTPSession(0, SSRC, 0), SRTPSession(0, 0, 0))
    identities = [payload for payload in message.payloads if isinstance(payload, Identity)]
    assert [(identity.role, identity.kind, identity.identity) for identity in identities] == [
        (1, IDType.URI, b"tel:+447700900123"),
        (2, IDType.URI, b"tel:+447700900124"),
        (6, IDType.URI, b"sv.example"),
        (7, IDType.URI, b"sv.example"),
    ]


def test_every_flipped_byte_is_refused() -> None:
    for at in range(len(CALL.octets)):
        octets = bytearray(CALL.octets)
        octets[at] ^= 0xFF
        refused(bytes(octets))


def test_every_flipped_bit_of_header_and_identities_is_refused() -> None:
    for at in range(150):
        for bit in range(8):
            octets = bytearray(CALL.octets)
            octets[at] ^= 1 << bit
            refused(bytes(octets))


def test_every_truncation_is_refused() -> None:
    for length in range(len(CALL.octets)):
        refused(CALL.octets[:length])


def test_a_replay_is_refused() -> None:
    replays = ReplayCache()
    answer(CALL.octets, replays=replays)
    refused(CALL.octets, replays=replays)
    refused(CALL.octets, replays=replays, now=NOW + timedelta(seconds=1))
    refused(CALL.octets, replays=replays, now=NOW + mikey.TIME_WINDOW)
    refused(CALL.octets, replays=replays, now=NOW + timedelta(minutes=10))


def test_a_replay_after_a_restart_is_refused() -> None:
    replays = ReplayCache()
    answer(CALL.octets, replays=replays)
    refused(CALL.octets, replays=ReplayCache.decode(replays.encode()))


def test_a_replay_under_another_signature_of_the_same_caller_is_refused() -> None:
    """ECCSI signatures are malleable (s and q − s both verify), so the signature is no replay key."""
    replays = ReplayCache()
    answer(CALL.octets, replays=replays)
    refused(changed(), replays=replays)
    refused(changed(sessions=(SRTPSession(0, 7, 0), SRTPSession(0, 0, 0))), replays=replays)


def test_a_message_that_was_not_signed_leaves_no_trace_in_the_replay_cache() -> None:
    replays = ReplayCache()
    damaged = bytearray(CALL.octets)
    damaged[-100] ^= 1
    refused(bytes(damaged), replays=replays)
    assert len(replays) == 0
    answer(CALL.octets, replays=replays)


@pytest.mark.parametrize("offset_s", [-301, 301, -86400, 86400, 40 * 86400, -40 * 86400])
def test_a_message_from_another_time_is_refused(offset_s: int) -> None:
    months = (NOW, NOW + timedelta(seconds=offset_s))
    when = NOW + timedelta(seconds=offset_s)
    octets = call(HOME.caller(ALICE, when), when=when).octets
    refused(octets, callee=HOME.callee(BOB, *months))
    answer(octets, callee=HOME.callee(BOB, *months), now=when)


@pytest.mark.parametrize("offset_s", [-299, 299])
def test_clocks_may_differ_by_less_than_five_minutes(offset_s: int) -> None:
    answer(CALL.octets, now=NOW + timedelta(seconds=offset_s))


def test_a_call_over_the_turn_of_the_month_uses_the_month_in_which_it_began() -> None:
    before, after = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), datetime(2026, 12, 1, 0, 1, tzinfo=UTC)
    octets = call(HOME.caller(ALICE, before), when=before).octets
    answer(octets, callee=HOME.callee(BOB, before, after), now=after)
    refused(octets, callee=HOME.callee(BOB, after), now=after)


def test_a_receiver_key_of_another_month_does_not_open_it() -> None:
    december = HOME.receiver_key(BOB, datetime(2026, 12, 1, tzinfo=UTC))
    refused(CALL.octets, callee=Callee(BOB, HOME.uri, {"2026-11": december}))


def test_a_signing_key_of_another_month_is_refused() -> None:
    refused(call(HOME.caller(ALICE, datetime(2026, 10, 1, tzinfo=UTC))).octets)


def test_a_message_for_somebody_else_is_refused() -> None:
    refused(call(callee_tel=CAROL).octets)
    refused(CALL.octets, callee=HOME.callee(CAROL))
    refused(CALL.octets, callee=Callee(CAROL, HOME.uri, CALLEE.receiver_keys))


def test_a_caller_cannot_claim_another_number() -> None:
    refused(call(replace(CALLER, tel=CAROL)).octets)
    carol = Identity(IDRole.INITIATOR, IDType.URI, f"tel:{CAROL}".encode())
    refused(with_payload(Identity, carol, role=IDRole.INITIATOR))


def test_a_caller_cannot_claim_another_kms() -> None:
    refused(call(replace(CALLER, kms=PARTNER.certificate)).octets)
    partner = Identity(IDRole.INITIATOR_KMS, IDType.URI, b"partner.example")
    refused(with_payload(Identity, partner, role=IDRole.INITIATOR_KMS))


def test_an_unknown_kms_is_refused() -> None:
    refused(call(STRANGER.caller(ALICE)).octets)
    refused(CALL.octets, kms=believing(PARTNER))
    refused(call(replace(STRANGER.caller(ALICE), kms=replace(STRANGER.certificate, kms_uri=HOME.uri))).octets)


def test_a_message_encapsulated_to_another_kms_is_refused() -> None:
    refused(CALL.octets, callee=PARTNER.callee(BOB))
    refused(CALL.octets, callee=Callee(BOB, HOME.uri, PARTNER.callee(BOB).receiver_keys))


def test_a_revoked_signer_is_refused_and_others_are_not() -> None:
    revoked = {HOME.uri: {hashlib.sha256(CALLER.pvt).digest()}}
    refused(CALL.octets, revoked=revoked)
    answer(call(HOME.caller(CAROL)).octets, revoked=revoked)


def test_no_domain_revokes_the_keys_of_another() -> None:
    answer(CALL.octets, revoked={PARTNER.uri: {hashlib.sha256(CALLER.pvt).digest()}})


UNPROFILED = {
    "the old PRF": changed(prf=0),
    "the hashed UID": with_payload(
        Encapsulation, replace(mikey.parse(CALL.octets).encapsulation, scheme=IDScheme.HASHED_UID)
    ),
    "no sessions": changed(map_type=MapType.EMPTY, sessions=()),
    "one session": changed(sessions=(SRTPSession(0, SSRC, 0),)),
    "three sessions": changed(sessions=(SRTPSession(0, SSRC, 0),) * 3),
    "sessions under another policy": changed(sessions=(SRTPSession(1, SSRC, 0), SRTPSession(0, 0, 0))),
    "AES-CM": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x01"),))),
    "a 32-octet key": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x06"), (1, b"\x20")))),
    "an 8-octet tag": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x06"), (20, b"\x08")))),
    "no encryption": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x06"), (7, b"\x00")))),
    "a parameter twice": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x06"), (0, b"\x06")))),
    "a parameter that we do not know": with_payload(
        SecurityPolicy, SecurityPolicy(0, 0, ((0, b"\x06"), (99, b"\x00")))
    ),
    "a policy without an algorithm": with_payload(SecurityPolicy, SecurityPolicy(0, 0, ())),
    "a policy that is not for SRTP": with_payload(SecurityPolicy, SecurityPolicy(0, 1, ((0, b"\x06"),))),
    "no initiator": with_payload(Identity, None, role=IDRole.INITIATOR),
    "no responder": with_payload(Identity, None, role=IDRole.RESPONDER),
    "no initiator's KMS": with_payload(Identity, None, role=IDRole.INITIATOR_KMS),
    "no responder's KMS": with_payload(Identity, None, role=IDRole.RESPONDER_KMS),
    "a SIP URI": with_payload(
        Identity, Identity(IDRole.INITIATOR, IDType.URI, b"sip:+447700900123"), role=IDRole.INITIATOR
    ),
    "a number with a parameter": with_payload(
        Identity, Identity(IDRole.INITIATOR, IDType.URI, b"tel:+447700900123;x=1"), role=IDRole.INITIATOR
    ),
    "a number as NAI": with_payload(
        Identity, Identity(IDRole.INITIATOR, IDType.NAI, b"tel:+447700900123"), role=IDRole.INITIATOR
    ),
    "a number that is not ASCII": with_payload(
        Identity, Identity(IDRole.INITIATOR, IDType.URI, "tel:+٤٤".encode()), role=IDRole.INITIATOR
    ),
}


@pytest.mark.parametrize("octets", UNPROFILED.values(), ids=UNPROFILED.keys())
def test_a_signed_message_outside_our_profile_is_refused(octets: bytes) -> None:
    refused(octets)


def test_what_the_profile_leaves_open_is_accepted() -> None:
    without_policy = tuple(
        payload for payload in mikey.parse(CALL.octets).payloads if not isinstance(payload, SecurityPolicy)
    )
    answer(changed(payloads=without_policy))
    answer(changed(payloads=(*without_policy, GeneralExtension(6, bytes(276)))))
    answer(changed(verification_wanted=True))


class Untouchable:
    """A receiver key for messages that must not get as far as the pairing."""

    def decapsulate(self, sed: bytes) -> bytes:
        raise AssertionError("the pairing was reached")


def test_the_signature_is_checked_before_the_pairing() -> None:
    guarded = Callee(BOB, HOME.uri, {"2026-11": cast(sakke.ReceiverKey, Untouchable())})
    damaged = bytearray(CALL.octets)
    damaged[-1] ^= 1
    refused(bytes(damaged), callee=guarded)
    refused(CALL.octets, callee=guarded, revoked={HOME.uri: {hashlib.sha256(CALLER.pvt).digest()}})
    with pytest.raises(AssertionError, match="reached"):
        answer(CALL.octets, callee=guarded)


def test_a_signed_message_that_does_not_open_costs_one_pairing_only() -> None:
    class Counting:
        pairings = 0

        def decapsulate(self, sed: bytes) -> bytes:
            self.pairings += 1
            return CALLEE.receiver_keys["2026-11"].decapsulate(sed)

    key, replays = Counting(), ReplayCache()
    callee = Callee(BOB, HOME.uri, {"2026-11": cast(sakke.ReceiverKey, key)})
    sed = bytearray(mikey.parse(CALL.octets).encapsulation.data)
    sed[-1] ^= 1
    octets = with_payload(Encapsulation, Encapsulation(IDScheme.MONTHLY_TEL, bytes(sed)))
    refused(octets, callee=callee, replays=replays)
    refused(octets, callee=callee, replays=replays)
    assert key.pairings == 1


def test_the_ssv_is_wiped_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Watched(Secret):
        def __init__(self, octets: bytes) -> None:
            super().__init__(octets)
            made.append(self)

    monkeypatch.setattr(mikey, "Secret", Watched)
    answer(call().octets)
    assert [len(ssv) for ssv in made] == [0, 0]


def test_numbers_and_times_that_are_none_are_refused_before_anything_is_made() -> None:
    with pytest.raises(ValueError, match="digits"):
        call(callee_tel="2002")
    with pytest.raises(ValueError, match="time zone"):
        call(when=datetime(2026, 11, 22))
    with pytest.raises(ValueError, match="32 bits"):
        mikey.initiate(caller=CALLER, callee_tel=BOB, callee_kms=HOME.called(), when=NOW, ssrc=1 << 32)


def test_the_keys_follow_from_what_the_message_carries() -> None:
    message = mikey.parse(CALL.octets)
    ssv = Secret(CALLEE.receiver_keys["2026-11"].decapsulate(message.encapsulation.data))
    master = srtp_master(ssv, cs_id=1, csb_id=message.csb_id, rand=message.rand)
    assert CALL.keys.send == master
    assert len(CALL.octets) < 800
