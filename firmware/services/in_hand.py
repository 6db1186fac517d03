"""What belongs to one call besides its state: handle, socket, peer, and the descriptor of its keys."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sip.events import CallHandle


@dataclass(eq=False)
class InHand:
    """What belongs to one call besides its state."""

    handle: CallHandle | None = None
    mikey: bytes = field(default=b"", repr=False)
    keys: int | None = None
    """Descriptor of the session keys; ours to close."""
    port: int = 0
    """Our media socket, 0 while there is none."""
    host: str = ""
    peer_port: int = 0
    payload_type: int = 96
    sound: bool = False
    """The media service was asked to open a socket for it."""

    def forget_keys(self) -> None:
        """Close the descriptor of the session keys."""
        if self.keys is not None:
            os.close(self.keys)
            self.keys = None
