"""Values: classes like frozen dataclasses that take a third of the time to make.

A frozen dataclass has six functions, each written as text and compiled when its module is imported. The
phone has some two hundred values, of which its machines and screens are made, and a person who waits for it
to start waited for that more than for anything else. Here `dataclasses` writes `__init__` alone, and not
before a first value is made; the rest is shared. What `fields`, `replace` and `match` do with a dataclass
they do with a record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_OPTIONS = ("default", "default_factory", "init", "kw_only")


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


def _init(made: Any) -> Callable[..., None]:
    """Have `dataclasses` write the `__init__` of a record."""
    again = []
    for each in fields(made):  # a field belongs to one class
        options: dict[str, Any] = {name: getattr(each, name) for name in _OPTIONS}
        again.append((each.name, object, field(**options)))
    after = {"__post_init__": None} if hasattr(made, "__post_init__") else {}
    written: Any = make_dataclass(made.__name__, again, namespace=after, repr=False, eq=False)
    init: Callable[..., None] = written.__init__
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """Make a value of a class with annotations: frozen, with slots, equal to its like, hashed by its fields.

    `field(repr=False)` and `field(compare=False)` hold; what the class itself defines stays.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    told: tuple[str, ...] = tuple(each.name for each in fields(made) if each.repr)
    compared = tuple(each.name for each in fields(made) if each.compare)

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

    def first(self: object, *values: object, **named: object) -> None:
        made.__init__ = init = _init(made)
        init(self, *values, **named)

    shared: dict[str, Callable[..., object]] = {"__repr__": shown, "__eq__": equal, "__hash__": hashed}
    shared |= {"__init__": first, "__setattr__": _set, "__delattr__": _delete}
    own = kind.__dict__
    for name, function in shared.items():
        if name not in own or own[name] is None:  # a class that defines __eq__ is given None for __hash__
            setattr(made, name, function)
    value: type[T] = made
    return value
