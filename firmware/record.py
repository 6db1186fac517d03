"""Values: classes like frozen dataclasses that take a third of the time to make.

A frozen dataclass has six functions, each written as text and compiled when its module is imported. The
phone has some two hundred values, of which its machines and screens are made, and a person who waits for it
to start waited for that more than for anything else. Here `dataclasses` writes `__init__` alone; the rest is
shared. What `fields`, `replace` and `match` do with a dataclass they do with a record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


def _set(self: object, name: str, value: object) -> None:
    """Give a field its value, once. Raises FrozenInstanceError the second time."""
    try:
        object.__getattribute__(self, name)
    except AttributeError:
        object.__setattr__(self, name, value)
        return
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """Make a value of a class with annotations: frozen, with slots, equal to its like, hashed by its fields.

    `field(repr=False)` and `field(compare=False)` hold; what the class itself defines stays.
    """
    made = dataclass(repr=False, eq=False, slots=True)(kind)
    told: tuple[str, ...] = tuple(each.name for each in fields(made) if each.repr)  # type: ignore[arg-type]
    compared = tuple(each.name for each in fields(made) if each.compare)  # type: ignore[arg-type]

    def values(self: object) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in compared)

    def shown(self: object) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in told)
        return f"{type(self).__qualname__}({inside})"

    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or values(self) == values(other)

    def hashed(self: object) -> int:
        return hash(values(self))

    shared: dict[str, Callable[..., object]] = {"__repr__": shown, "__eq__": equal, "__hash__": hashed}
    shared |= {"__setattr__": _set, "__delattr__": _delete}
    own = kind.__dict__
    for name, function in shared.items():
        if name not in own or own[name] is None:  # a class that defines __eq__ is given None for __hash__
            setattr(made, name, function)
    return made
