"""Why a call is over."""

from __future__ import annotations

from enum import Enum


class Why(Enum):
    """Why a call, or the attempt at one, is over. The value is the key of its words in the catalogue."""

    ENDED = "ended"
    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    MISSED = "missed"
    UNAVAILABLE = "unavailable"
    UNKNOWN_NUMBER = "unknown_number"
    NOT_DIALLABLE = "not_diallable"
    OWN_NUMBER = "own_number"
    NOT_ENROLLED = "not_enrolled_yet"
    NOT_CONNECTED = "not_connected"
    NETWORK_GONE = "network_gone"
    PEER_GONE = "peer_gone"
    SERVER = "server"
    SOUND_RESTARTED = "sound_restarted"
    KEYS_RESTARTED = "keys_restarted"
    CAMERA_RESTARTED = "camera_restarted"
    PHONE_RESTARTED = "phone_restarted"
    NO_SOUND = "no_sound"
    NOT_READY = "not_ready"
    NO_KEYS = "no_keys"
    NO_KMS = "no_kms"
    NOT_PROTECTED = "not_protected"
    NOT_VERIFIED = "not_verified"
    REFUSED_BY_PEER = "refused_by_peer"
    NEVER_SECURED = "never_secured"
    TEST_FAILED = "test_failed"


REFUSALS = frozenset(
    {Why.NOT_PROTECTED, Why.NOT_VERIFIED, Why.REFUSED_BY_PEER, Why.NEVER_SECURED, Why.NO_KEYS, Why.NO_KMS}
)
"""Reasons that are about security: the screen shows the outlined bar and '!'."""
