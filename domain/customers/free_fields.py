"""Free fields: what a firm wants to remember that no accounting file says."""

from dataclasses import dataclass

from domain.basics.identifiers import CustomerId, EntityId, ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNames:
    """What a firm calls its free fields; one without a name is not shown."""

    customer: tuple[str, str] = ("", "")
    item: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFields:
    """The free fields of one item, kept apart from what files say of it."""

    item_id: ItemId
    entity_id: EntityId
    customer_id: CustomerId
    free_1: str = ""
    free_2: str = ""
    free_3: str = ""

    @property
    def values(self) -> tuple[str, str, str]:
        """All of them, in order."""
        return self.free_1, self.free_2, self.free_3
