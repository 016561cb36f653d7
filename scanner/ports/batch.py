"""What answers many requests later, for less: handed in together, fetched by the id of the batch, today or after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import ChatRequest, NoReply, Reply


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """How far a batch has come: `done` of `total` requests have an outcome; once `ended`, the outcomes can be fetched."""

    ended: bool
    done: int
    total: int


class BatchModel(Protocol):
    """Hands in batches. It never raises for what the endpoint or the network did."""

    def submit(self, requests: Mapping[str, ChatRequest]) -> str | NoReply:
        """The id of a new batch. The keys, 1 to 64 of A-Z a-z 0-9 _ -, come back with the outcomes.

        A NoReply that is `charged` may have left a batch behind that runs.
        """
        ...

    def poll(self, batch: str) -> BatchStatus | NoReply:
        """How far a batch has come."""
        ...

    def results(self, batch: str) -> Mapping[str, Reply | NoReply] | NoReply:
        """The outcomes of a batch that has ended, by the keys of `submit`, sorted; a key that is not there has none that can be read."""
        ...

    def cancel(self, batch: str) -> NoReply | None:
        """Stop a batch; what is done by then keeps its outcome. None when the endpoint agreed."""
        ...
