"""What every builder stands on: the day, the firm, the ordinary record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Protocol, TypeVar

from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    PairId,
    ProfileId,
    ScenarioId,
    customer_key,
)

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
ENTITY_ID = EntityId("atelier")
CUSTOMER_ID = customer_key(ENTITY_ID, "C001")
PROFILE_ID = ProfileId("standard")
PAIR_ID = PairId("standard")
SCENARIO_ID = ScenarioId("standard-email")


def customer_id_of(code: str) -> CustomerId:
    """Name the customer of a code, in the usual entity."""
    return customer_key(ENTITY_ID, code)


class Record(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


R = TypeVar("R", bound=Record)


def with_others(record: R, others: dict[str, object]) -> R:
    return replace(record, **others)
