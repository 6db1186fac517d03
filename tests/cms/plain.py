"""Domains as something that can be compared, and as the store gives them back."""

import dataclasses

from cms import audit, slots
from cms.audit import Act
from cms.database import Database, Policy
from crypto import signed
from crypto.secret import Secret

ANN = slots.actor("ann", Secret(b"\7" * 32))


def plain(value):
    """Return a record as nested lists of its fields."""
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, one.name)) for one in dataclasses.fields(value)]
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def kept(domain):
    """Return a domain as the database gives it back, from its image."""
    written = Database()
    act = Act("test", "", 1, "ann", signed.public_key(ANN.signing))
    written.write(domain, Policy(), audit.entered((), act, ANN, None), [])
    return Database(written.image()).content.domain
