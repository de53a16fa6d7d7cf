"""How a family of customers is reminded."""

from dataclasses import dataclass
from enum import StrEnum

from domain.basics.identifiers import EntityId, PairId, ProfileId


class Grouping(StrEnum):
    """What one message holds."""

    PER_LEVEL = "per_level"
    WHOLE_ACCOUNT = "whole_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A dunning profile, such as Standard, Export or Grand compte."""

    id: ProfileId
    entity_id: EntityId
    name: str
    is_default: bool = False
    grouping: Grouping = Grouping.PER_LEVEL
    pair_id: PairId | None = None
    """The scenario that its customers follow, maybe shared; None for none."""
