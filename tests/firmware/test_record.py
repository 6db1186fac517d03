"""Records: what one may do with a frozen dataclass, at a third of its price."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from firmware.record import record


@record
class Tone:
    """A tone."""

    name: str
    level: int = 3


@record
class Ring:
    """The same fields as a tone."""

    name: str
    level: int = 3


@record
class Card:
    """Something to hide, something that is made anew, something that does not count."""

    pin: str = field(repr=False)
    names: list[str] = field(default_factory=list)
    drawn: int = field(default=0, compare=False)


def test_two_with_the_same_values_are_equal_and_one() -> None:
    assert Tone("busy") == Tone("busy", 3)
    assert {Tone("busy"), Tone("busy", 3)} == {Tone("busy")}


def test_another_value_is_another() -> None:
    assert Tone("busy") != Tone("dial")


def test_another_kind_is_another_with_the_same_values() -> None:
    assert Tone("busy") != Ring("busy")


def test_what_does_not_count_is_not_compared() -> None:
    assert Card("1234", drawn=1) == Card("1234", drawn=2)


def test_nothing_is_changed() -> None:
    tone = Tone("busy")
    with pytest.raises(FrozenInstanceError, match="name"):
        tone.name = "dial"  # type: ignore[misc]
    assert tone.name == "busy"


def test_nothing_is_deleted() -> None:
    tone = Tone("busy")
    with pytest.raises(FrozenInstanceError, match="name"):
        del tone.name
    assert tone.name == "busy"


def test_nothing_is_added() -> None:
    with pytest.raises(AttributeError):
        Tone("busy").pitch = 3  # type: ignore[attr-defined]


def test_it_shows_its_fields() -> None:
    assert repr(Tone("busy")) == "Tone(name='busy', level=3)"


def test_it_hides_what_is_to_be_hidden() -> None:
    assert "1234" not in repr(Card("1234"))


def test_each_has_a_list_of_its_own() -> None:
    assert Card("1").names is not Card("2").names


@pytest.mark.parametrize("kind", [Tone, Ring])
def test_what_is_missing_or_too_much_is_refused_by_the_first_and_by_the_next(kind: type[Tone]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="name"):
            kind()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="pitch"):
            kind("busy", pitch=3)  # type: ignore[call-arg]


def test_it_looks_at_itself_when_it_is_made() -> None:
    @record
    class Few:
        """No more than three."""

        count: int
        seen: bool = field(default=True, kw_only=True)

        def __post_init__(self) -> None:
            if self.count > 3:
                raise ValueError("too many")

    for _ in range(2):
        with pytest.raises(ValueError, match="too many"):
            Few(4)
    assert Few(2, seen=False).seen is False


def test_it_is_matched_by_position() -> None:
    match Tone("busy", 5):
        case Tone(name, level):
            assert (name, level) == ("busy", 5)
        case _:
            pytest.fail("not matched")


def test_one_is_made_of_another() -> None:
    assert replace(Tone("busy"), level=5) == Tone("busy", 5)
    assert [each.name for each in fields(Tone)] == ["name", "level"]  # type: ignore[arg-type]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda tone: pickle.loads(pickle.dumps(tone))])
def test_a_copy_is_equal(copied: Callable[[Tone], Tone]) -> None:
    assert copied(Tone("busy", 5)) == Tone("busy", 5)


def test_what_a_class_defines_stays() -> None:
    @record
    class Loud:
        """One that speaks for itself."""

        name: str

        def __repr__(self) -> str:
            return self.name.upper()

    assert repr(Loud("busy")) == "BUSY"
