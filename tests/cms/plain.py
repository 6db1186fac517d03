"""Domains as something that can be compared."""

import dataclasses


def plain(value):
    """Return a record as nested lists of its fields."""
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, one.name)) for one in dataclasses.fields(value)]
    return [plain(one) for one in value] if isinstance(value, tuple) else value
