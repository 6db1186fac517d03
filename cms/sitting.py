"""Many commands at one open store: each is allowed, entered in the log and signed as if it had been typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cms import network, slots, store
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.session import needs_two, refuse_links
from cms.store import Store


class Sitting:
    """An operator at an open store. Whoever shows what it holds may do so while a command runs."""

    def __init__(
        self, held: Store, *, accepts_network: bool = False, clock: Callable[[], int] = store.now
    ) -> None:
        self.held = held
        self.now = clock
        self.accepts_network = accepts_network
        self.busy = False

    @property
    def domain(self) -> Domain:
        """What the store holds."""
        return self.held.domain

    def seconds(self, action: str) -> list[str]:
        """Return the names of those of whom one must stand beside the operator; none if nobody must."""
        if not needs_two(self.held.policy, action) or self.held.second is not None:
            return []
        return [slot.name for slot in self.held.head.slots if slot.name != self.held.acting.name]

    @contextmanager
    def doing(self, action: str, second: tuple[str, str] | None = None) -> Iterator[Store]:
        """Do one command, named by its words. `second` is a second operator's name and passphrase.

        Raises OperatorMistake if a network link is up, if a second operator is needed and is not there or
        does not know their passphrase, or if the store is not sound any more.
        """
        if self.busy:
            raise OperatorMistake("another command is still running: wait until it has ended")
        self.busy = True
        try:
            if not self.held.sound:
                raise OperatorMistake("the store could not be written before: leave, and open it anew")
            refuse_links(action, accepted=self.accepts_network)
            beside = self.held.second
            if second is not None:
                beside = slots.log_in_second(self.held.head, self.held.acting.name, *second)
            if needs_two(self.held.policy, action) and beside is None:
                raise OperatorMistake(
                    f"{action} needs two people here: a second operator types their passphrase"
                )
            with self.held.doing(action, beside):
                yield self.held
        finally:
            self.busy = False

    def links(self) -> list[str]:
        """Return the network links that are up."""
        return network.links_up()
