"""How long the longest table of the app takes to leave it, and how much memory."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.basics.money import Money
from domain.basics.tables import TableColumn, TableContent, TableFormat, TableKind
from domain.ledger.workbook import WorkbookContent, WorkbookTab
from storage.files.newton_writer import write_workbook
from storage.files.table_writer import write_table
from storage.files.workbook_refresh import refresh_workbook
from tests.benchmarks.told import tell

ROWS = 100_000
KINDS = (TableKind.TEXT, TableKind.TEXT, TableKind.DATE, TableKind.NUMBER)
LONGEST_SECONDS = {TableFormat.XLSX: 60, TableFormat.CSV: 3}
MOST_BYTES = 50_000_000
"""Beyond the rows themselves."""

DUES = 10_000
LONGEST_REFRESH = 30
START = date(2026, 1, 1)


def once(benchmark: BenchmarkFixture, work: Callable[[], object]) -> float:
    """Do long work a single time, and tell how many seconds it took."""
    start = perf_counter()
    benchmark.pedantic(work, rounds=1)  # type: ignore[no-untyped-call]
    return perf_counter() - start


def a_long_table() -> TableContent:
    columns = [
        TableColumn(name=f"c{n}", label=f"Colonne {n}", kind=kind)
        for n, kind in enumerate((*KINDS, TableKind.MONEY, TableKind.MONEY))
    ]
    rows = [
        (f"C{n}", f"Client {n}", START + timedelta(n % 300), n, Money(n), Money(-n))
        for n in range(ROWS)
    ]
    return TableContent(title="Clients", columns=columns, rows=rows)


@pytest.mark.parametrize("kind", TableFormat)
def test_a_hundred_thousand_rows_are_exported(
    benchmark: BenchmarkFixture, kind: TableFormat
) -> None:
    table = a_long_table()

    seconds = once(benchmark, lambda: write_table(table, kind))

    limit = LONGEST_SECONDS[kind]
    tell("export", f"100,000 rows as {kind.value}", seconds, limit, "s")
    assert seconds < limit


@pytest.mark.parametrize("kind", TableFormat)
def test_an_export_takes_little_memory(
    benchmark: BenchmarkFixture, kind: TableFormat
) -> None:
    whole = a_long_table()
    table = replace(whole, rows=whole.rows[: ROWS // 10])
    tracemalloc.start()

    once(benchmark, lambda: write_table(table, kind))

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    benchmark.extra_info["peak"] = peak
    assert peak < MOST_BYTES * len(table.rows) / ROWS


def test_a_workbook_of_ten_thousand_rows_is_refreshed(
    benchmark: BenchmarkFixture,
) -> None:
    amount, nothing = Decimal("10.00"), Decimal(0)
    dues = [
        (START, START, f"C{n % 900}", amount, nothing, "", f"F{n}", "VE")
        for n in range(DUES)
    ]
    content = WorkbookContent(reminders=[], due_invoices=[*dues], without_recipient=[])
    existing = write_workbook(content)
    tabs = list(WorkbookTab)

    seconds = once(
        benchmark, lambda: refresh_workbook("a.xlsx", existing, content, tabs)
    )

    assert seconds < LONGEST_REFRESH
