"""The policy of a domain: what is left out is as new, what is unknown ignored, what is wrong refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import policy
from crypto.errors import PackageError
from crypto.policy import DomainPolicy, Mode, Rotation

ALL = [
    DomainPolicy(mode, rotate, call_log, months)
    for mode in Mode
    for rotate in Rotation
    for call_log in (False, True)
    for months in (0, 12)
]


@pytest.mark.parametrize("agreed", ALL)
def test_a_policy_reads_as_it_was_written(agreed):
    assert policy.read(agreed.values) == agreed


def test_a_bulletin_without_policy_promises_nothing():
    assert policy.read({}) == DomainPolicy(Mode.COMPATIBLE, Rotation.NEVER, call_log=True)


def test_a_policy_of_the_future_is_ignored():
    assert policy.read({"require_fs": True, "grace_h": 24, "mode": "escrow"}) == DomainPolicy(Mode.ESCROW)


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "ESCROW"},
        {"mode": "open"},
        {"mode": ""},
        {"mode": 1},
        {"mode": True},
        {"rotate": "daily"},
        {"rotate": 0},
        {"call_log": "off"},
        {"call_log": 0},
        {"call_log": 1},
        {"escrow_months": True},
        {"escrow_months": "12"},
        {"escrow_months": -1},
        {"escrow_months": 1201},
    ],
)
def test_a_value_that_is_not_known_is_refused_and_not_guessed(values):
    with pytest.raises(PackageError, match="does not know") as refused:
        policy.read(values)
    assert refused.value.code == "E02"


@given(
    st.dictionaries(
        st.sampled_from(["mode", "rotate", "call_log", "escrow_months", "x"]),
        st.one_of(st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from([*Mode, *Rotation])),
    )
)
def test_whatever_a_bulletin_carries_is_a_policy_or_refused(values):
    try:
        read = {"escrow_months": 0} | policy.read(values).values  # left out where there is no end
    except PackageError:
        return
    assert all(read[name] == value for name, value in values.items() if name != "x")
