"""What SAKKE precomputes: callees called again, a month's keys at once, and tables that do not last."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from crypto import sakke
from crypto._callees import CALLEES_KEPT
from crypto.errors import InvalidKey
from tests.oracle import sakke as oracle
from tests.oracle.rfc import SAKKE

MASTER_SECRET = SAKKE.octets("z", 128)
KMS_KEY = SAKKE.point("Z")
RSK = SAKKE.point("Kb")
IDENTIFIER = SAKKE.octets("b")
SSV = SAKKE.octets("SSV", 16)
SED = SAKKE.point("Rb") + SAKKE.octets("H", 16)


def wait_for_tables():
    for thread in threading.enumerate():
        if thread.name == "sakke-callee":
            thread.join(60)
            assert not thread.is_alive()


@pytest.fixture
def fresh_key():
    # A KMS that no other test has called through.
    return sakke.KMSPublicKey(sakke.kms_public_key(sakke.generate_master_secret()))


# Callees.


def test_a_callee_has_a_table_from_the_second_call_on(fresh_key):
    expected = oracle.encapsulate(SSV, IDENTIFIER, fresh_key.octets)
    assert fresh_key.encapsulate(SSV, IDENTIFIER) == expected
    wait_for_tables()
    assert fresh_key.prepared == frozenset()
    assert fresh_key.encapsulate(SSV, IDENTIFIER) == expected
    wait_for_tables()
    assert fresh_key.prepared == {IDENTIFIER}
    assert fresh_key.encapsulate(SSV, IDENTIFIER) == expected


def test_a_prepared_callee_gets_what_the_oracle_makes(fresh_key):
    for length in (1, 27, 128, 300):
        identifier = bytes(range(1, 256)).ljust(length, b"x")[:length]
        fresh_key.prepare(identifier)
        assert identifier in fresh_key.prepared
        for ssv in (bytes(16), SSV, b"\xff" * 16):
            assert fresh_key.encapsulate(ssv, identifier) == oracle.encapsulate(
                ssv, identifier, fresh_key.octets
            )


def test_the_table_of_one_callee_serves_nobody_else(fresh_key):
    fresh_key.prepare(IDENTIFIER)
    for other in (b"\0" + IDENTIFIER, IDENTIFIER + b"\0", IDENTIFIER[:-1], IDENTIFIER[:-1] + b"\1"):
        assert fresh_key.encapsulate(SSV, other) == oracle.encapsulate(SSV, other, fresh_key.octets)


def test_only_the_latest_callees_are_kept(fresh_key):
    numbers = [b"%d" % number for number in range(CALLEES_KEPT + 2)]
    for number in numbers:
        fresh_key.prepare(number)
    assert fresh_key.prepared == set(numbers[2:])
    # Whoever is called now stays longer than those who are not.
    fresh_key.encapsulate(SSV, numbers[2])
    fresh_key.prepare(b"one more")
    assert fresh_key.prepared == {*numbers[2:3], *numbers[4:], b"one more"}


def test_a_callee_who_can_have_no_key_is_refused_however_often_called():
    z = 0x1234567890ABCDEF
    identifier = (int(oracle.q) - z).to_bytes(128, "big")
    key = sakke.KMSPublicKey(sakke.kms_public_key(z.to_bytes(128, "big")))
    for _ in range(3):
        with pytest.raises(InvalidKey):
            key.encapsulate(SSV, identifier)
        wait_for_tables()
    with pytest.raises(InvalidKey):
        key.prepare(identifier)
    assert key.prepared == frozenset()


@pytest.mark.parametrize("identifier", [b"", b"x" * 1025, "tel:+1", None])
def test_nobody_is_prepared_without_an_identifier(fresh_key, identifier):
    with pytest.raises(ValueError, match="identifier"):
        fresh_key.prepare(identifier)


def test_many_threads_calling_the_same_callee_agree(fresh_key):
    expected = oracle.encapsulate(SSV, IDENTIFIER, fresh_key.octets)
    made = []

    def call():
        for _ in range(5):
            made.append(fresh_key.encapsulate(SSV, IDENTIFIER))

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    wait_for_tables()
    assert made == [expected] * 20
    assert fresh_key.prepared == {IDENTIFIER}


# A month's keys.


@pytest.mark.parametrize("workers", [None, 1, 3])
def test_a_months_keys_come_in_order_with_progress(workers):
    identifiers = [IDENTIFIER, *(b"2026-12\0tel:+4930%05d\0" % number for number in range(70))]
    reports = []
    rsks = sakke.extract_rsks(
        MASTER_SECRET,
        identifiers,
        workers=workers,
        progress=lambda done, whole: reports.append((done, whole)),
    )
    assert len(rsks) == len(identifiers)
    assert rsks[0] == RSK
    for number in (1, 35, 70):
        assert rsks[number] == oracle.extract_rsk(SAKKE.number("z"), identifiers[number])
    assert [done for done, _ in reports] == sorted({done for done, _ in reports})
    assert len(reports) > 1
    assert reports[-1] == (71, 71)


def test_no_users_make_no_keys():
    assert sakke.extract_rsks(MASTER_SECRET, []) == []


@pytest.mark.parametrize(
    ("master_secret", "identifiers", "workers", "error"),
    [
        (bytes(128), [IDENTIFIER], None, InvalidKey),
        (b"short", [IDENTIFIER], None, InvalidKey),
        (MASTER_SECRET, [IDENTIFIER, b""], None, ValueError),
        (MASTER_SECRET, [IDENTIFIER, "text"], None, ValueError),
        (MASTER_SECRET, [IDENTIFIER], 0, ValueError),
        ((5).to_bytes(128, "big"), [IDENTIFIER, (int(oracle.q) - 5).to_bytes(128, "big")], None, InvalidKey),
    ],
)
def test_one_bad_input_among_a_months_users_is_refused(master_secret, identifiers, workers, error):
    with pytest.raises(error):
        sakke.extract_rsks(master_secret, identifiers, workers=workers)


def test_what_progress_raises_ends_the_work():
    class Enough(Exception):
        pass

    reports = []

    def stop(done, whole):
        reports.append(done)
        raise Enough

    with pytest.raises(Enough):
        sakke.extract_rsks(MASTER_SECRET, [b"%d" % number for number in range(500)], progress=stop)
    assert len(reports) == 1


# The receiver's tables.


def test_a_key_that_does_not_fit_loads_and_opens_nothing():
    other = b"2026-11\0tel:+1\0"
    for rsk, identifier in [
        (sakke.extract_rsk(MASTER_SECRET, other), IDENTIFIER),
        (RSK, other),
        (b"\x04" + bytes(256), IDENTIFIER),
    ]:
        with sakke.ReceiverKey(rsk, identifier=identifier, kms_public_key=KMS_KEY) as key:
            with pytest.raises(sakke.EncapsulationRejected):
                key.decapsulate(SED)
            with pytest.raises(InvalidKey):
                sakke.validate_rsk(rsk, identifier=identifier, kms_public_key=KMS_KEY)


CHILD_WITHOUT_LOCKED_MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_MEMLOCK, (int(sys.argv[1]), int(sys.argv[1])))
from crypto import sakke
rsk, identifier, kms_key, sed = map(bytes.fromhex, sys.argv[2:])
with sakke.ReceiverKey(rsk, identifier=identifier, kms_public_key=kms_key) as key:
    print(key.is_locked, key.decapsulate(sed).hex())
"""


@pytest.mark.parametrize(("limit", "locked"), [(0, False), (65536, False), (4 << 20, True)])
def test_a_key_says_whether_the_limit_let_it_be_locked(limit, locked):
    parts = (RSK, IDENTIFIER, KMS_KEY, SED)
    answer = subprocess.run(
        [sys.executable, "-c", CHILD_WITHOUT_LOCKED_MEMORY, str(limit), *(part.hex() for part in parts)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() in ([str(locked), SSV.hex()], ["True", SSV.hex()] if may_lock_all() else [])


def may_lock_all() -> bool:
    """A process with CAP_IPC_LOCK (bit 14), as root has it, may lock beyond the limit."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    effective = next(line for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective.split()[1], 16) >> 14 & 1)
