from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.money import CurrenciesMixedError, Money
from domain.customers.activity import Activity, ActivityItem
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer
from domain.dunning.outbox import Batch, OutboxItem, OutboxMessage
from domain.dunning.position import LevelChange
from domain.dunning.profile import Profile
from domain.dunning.scenario import DunningStep
from domain.dunning.texts import MessageText
from domain.ledger.allocation import Allocation
from domain.ledger.entity import DunningOptions, Entity
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import ImportRecord
from domain.ledger.open_item import OpenItem
from storage.database.books import open_books
from storage.database.codec import Codec, codec_of
from tests.builders import NOW, a_note, an_entity, an_entry

TABLES: dict[str, type] = {
    "activities": Activity,
    "activity_items": ActivityItem,
    "allocations": Allocation,
    "batches": Batch,
    "contacts": Contact,
    "customers": Customer,
    "disputes": Dispute,
    "entities": Entity,
    "entity_options": DunningOptions,
    "entries": LedgerEntry,
    "holds": Hold,
    "imports": ImportRecord,
    "items": OpenItem,
    "level_changes": LevelChange,
    "notes": Note,
    "outbox": OutboxMessage,
    "outbox_items": OutboxItem,
    "profiles": Profile,
    "promises": Promise,
    "steps": DunningStep,
    "texts": MessageText,
}
NOT_OF_THE_RECORD = {
    "customers": {"search_name", "search_code", "sort_key"},
    "entity_options": {"entity_id"},
}

ORDINARY: dict[type, st.SearchStrategy[Any]] = {
    datetime: st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001 - the bound of naive draws
        datetime(2090, 1, 1),  # noqa: DTZ001
        timezones=st.integers(-12, 14).map(lambda h: timezone(timedelta(hours=h))),
    ),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    int: st.integers(-(2**63), 2**63 - 1),
    Money: st.builds(Money, st.integers(-(2**63), 2**63 - 1)),
}


def any_record(record: type) -> st.SearchStrategy[Any]:
    chosen = {}
    for name, hint in get_type_hints(record).items():
        kinds = set(get_args(hint) or (hint,))
        (kind, *_) = kinds - {type(None)}
        if kind in ORDINARY:
            missing = st.none() if type(None) in kinds else st.nothing()
            chosen[name] = missing | ORDINARY[kind]
    return st.builds(record, **chosen)


@pytest.mark.parametrize("record", TABLES.values())
@settings(max_examples=30, deadline=None)
@given(drawn=st.data())
def test_a_record_comes_back_as_it_was(record: type, drawn: st.DataObject) -> None:
    original = drawn.draw(any_record(record))
    codec: Codec[Any] = codec_of(record)

    row = codec.row(original)

    assert codec.record_of(row) == original
    assert len(row) == len(codec.columns)
    assert {type(value) for value in row} <= {str, int, type(None)}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            replace,
            any_record(Promise),
            amount=st.builds(Money, st.integers(0, 3), st.sampled_from(["EUR", "CHF"])),
        )
    )
)
def test_records_read_together_are_those_read_one_by_one(made: list[Promise]) -> None:
    codec = codec_of(Promise)

    together = codec.records_of([codec.row(promise) for promise in made])

    assert together == made


def test_a_record_read_back_is_frozen_as_any_other() -> None:
    codec = codec_of(Note)
    note = codec.record_of(codec.row(a_note()))

    with pytest.raises(FrozenInstanceError):
        note.text = "autre"  # type: ignore[misc]


@pytest.mark.parametrize(("table", "record"), TABLES.items())
def test_a_table_has_the_columns_of_its_record(table: str, record: type) -> None:
    connection = open_books()._connection
    columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}

    kept = columns - NOT_OF_THE_RECORD.get(table, set())

    assert kept == set(codec_of(record).columns)


def test_an_amount_is_cents_and_a_currency() -> None:
    codec = codec_of(LedgerEntry)

    row = dict(zip(codec.columns, codec.row(an_entry(cents=-1_50)), strict=True))

    assert (row["debit_cents"], row["credit_cents"]) == (0, 150)
    assert row["currency"] == "EUR"


def test_amounts_of_two_currencies_do_not_fit_in_one_row() -> None:
    mixed = an_entry(debit=Money(1, "EUR"), credit=Money(0, "CHF"))

    with pytest.raises(CurrenciesMixedError):
        codec_of(LedgerEntry).row(mixed)


def test_a_moment_is_kept_in_universal_time() -> None:
    paris = timezone(timedelta(hours=2))
    note = a_note(written_at=datetime(2026, 7, 14, 1, 30, tzinfo=paris))

    row = codec_of(Note).row(note)

    assert "2026-07-13T23:30:00+00:00" in row


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        codec_of(Note).row(a_note(written_at=NOW.replace(tzinfo=None)))


def test_a_rate_keeps_its_digits() -> None:
    codec = codec_of(Entity)

    back = codec.record_of(codec.row(an_entity(penalty_rate=Decimal("12.150"))))

    assert str(back.penalty_rate) == "12.150"


def test_a_field_that_has_no_column_is_refused_when_the_store_is_made() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd:
        share: float

    with pytest.raises(TypeError, match="no column"):
        codec_of(Odd)
