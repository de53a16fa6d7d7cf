"""Names for things: natural keys for what is imported, random ones for the rest."""

from hashlib import blake2b
from typing import NewType
from uuid import uuid4

EntityId = NewType("EntityId", str)
CustomerId = NewType("CustomerId", str)
ContactId = NewType("ContactId", str)
ItemId = NewType("ItemId", str)
"""Of a ledger entry, and of the open item it is: the same thing seen twice."""
ImportId = NewType("ImportId", str)
ProfileId = NewType("ProfileId", str)
PairId = NewType("PairId", str)
"""Of a scenario as users see it: its two columns, with and without e-mail."""
ScenarioId = NewType("ScenarioId", str)
"""Of one column of a scenario."""
StepId = NewType("StepId", str)
TextId = NewType("TextId", str)
MessageId = NewType("MessageId", str)
BatchId = NewType("BatchId", str)
ActivityId = NewType("ActivityId", str)
DocumentId = NewType("DocumentId", str)


def new_id() -> str:
    """Make an identifier for something we create."""
    return uuid4().hex


def digest(*parts: str) -> str:
    """Make a stable 64-bit identifier from what identifies a thing."""
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def customer_key(entity_id: EntityId, code: str) -> CustomerId:
    """Name a customer by its entity and its auxiliary account."""
    return CustomerId(digest(entity_id, code))
