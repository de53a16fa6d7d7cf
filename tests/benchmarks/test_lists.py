"""How long lists take; run with ``--benchmark-only``.

Each reading is compared with bare SQL, written by hand, that gives the same figures
and the same page, in processor time and in turns: the machine may do something else
meanwhile. Cold, nothing is remembered, as at the first look; warm, totals are.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from domain.basics.listing import Among, Days, ListPage, ListQuery
from domain.usecases.follow_lists import disputes_page, promises_page, receipts_page
from domain.usecases.lists import customers_page, debtors_page, items_page
from storage.database.books import SqliteBooks
from tests.benchmarks.large_books import large_books
from tests.benchmarks.test_views import forget
from tests.benchmarks.told import tell
from tests.builders import ENTITY_ID, TODAY

TURNS = 7
TIMES_BARE_SQL = 1.5
ROWS_OF_A_PAGE = 0.006
"""Seconds for what only the rows drawn show: level, state, contact, note."""
ReadPage = Callable[..., ListPage[object]]

LATELY = ListQuery(
    filters={"on": Days(first=TODAY - timedelta(days=90))}, sort="on", descending=True
)
"""What « Encaissements » shows until something else is asked."""
_ACCOUNTS = """
    SELECT customer_id, currency, sum(left_cents) AS balance,
        -sum(min(left_cents, 0)) AS credit,
        sum(CASE WHEN left_cents > 0 AND due_on < :d0 THEN left_cents ELSE 0 END) d0,
        sum(CASE WHEN left_cents > 0 AND due_on < :d30 THEN left_cents ELSE 0 END) d30,
        sum(CASE WHEN left_cents > 0 AND due_on < :d60 THEN left_cents ELSE 0 END) d60
    FROM (SELECT customer_id, currency, due_on,
            invoiced_cents - settled_cents AS left_cents
        FROM items WHERE entity_id = :entity AND state = 'open')
    GROUP BY customer_id, currency"""
BARE_DEBTORS = f"""
    WITH accounts AS MATERIALIZED ({_ACCOUNTS})
    SELECT currency, count(*), sum(balance), sum(max(0, d0 - credit)),
        sum(balance - max(0, d0 - credit)),
        sum(max(0, d0 - credit) - max(0, d30 - credit)),
        sum(max(0, d30 - credit) - max(0, d60 - credit)), sum(max(0, d60 - credit))
    FROM accounts WHERE balance > 0 GROUP BY currency
    UNION ALL SELECT * FROM (
        SELECT name, balance, d0, d30, d60, credit, 0, 0
        FROM accounts JOIN customers ON customers.id = customer_id WHERE balance > 0
        ORDER BY max(0, d0 - credit) DESC LIMIT 50)"""
BARE_ITEMS = """
    SELECT currency, count(*), sum(invoiced_cents), sum(settled_cents), '', ''
    FROM items WHERE entity_id = :entity AND state = 'open' GROUP BY currency
    UNION ALL SELECT * FROM (
        SELECT reference, name, due_on, invoiced_cents, settled_cents, label
        FROM items JOIN customers ON customers.id = customer_id
        WHERE items.entity_id = :entity AND state = 'open'
        ORDER BY due_on IS NULL, due_on, items.id LIMIT 50)"""
DAYS = {
    "entity": ENTITY_ID,
    "d0": TODAY.isoformat(),
    "d30": "2026-03-01",
    "d60": "2026-01-30",
}
SIZES = {
    "small": ({"customers": 5_000, "entries": 200_000, "open_items": 20_000}, 0.1),
    "large": ({}, 0.6),
}


@pytest.fixture(scope="module", params=SIZES)
def sized(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SqliteBooks, float]]:
    """Books, and the seconds within which a list of them is read."""
    size, seconds = SIZES[request.param]
    folder: Path = tmp_path_factory.mktemp("large")
    books = large_books(folder / "relance.db", **size)
    yield books, seconds
    books.close()


def taken(what: Callable[[], object]) -> float:
    start = process_time()
    what()
    return process_time() - start


@pytest.mark.benchmark
@pytest.mark.usefixtures("benchmark")
@pytest.mark.parametrize(
    ("read", "sort", "bare"),
    [(debtors_page, "overdue", BARE_DEBTORS), (items_page, "due_on", BARE_ITEMS)],
)
@pytest.mark.parametrize("is_cold", [True, False], ids=["cold", "warm"])
def test_a_list_takes_little_more_than_its_sql(
    sized: tuple[SqliteBooks, float],
    read: ReadPage,
    sort: str,
    bare: str,
    *,
    is_cold: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    books, seconds = sized
    query = ListQuery(sort=sort, descending=sort == "overdue")
    connection = books._connection

    ours, theirs = [], []
    for _turn in range(TURNS):
        if is_cold:
            forget(books)
        ours.append(taken(lambda: read(books, ENTITY_ID, TODAY, query)))
        theirs.append(taken(lambda: connection.execute(bare, DAYS).fetchall()))

    kind = "cold" if is_cold else "warm"
    what = f"{read.__name__}, {kind}, beside bare SQL ({seconds:g} s allowed)"
    tell("lists", what, median(ours), median(theirs), "s")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{read.__name__:14} {kind}"
            f" {median(ours) * 1000:5.0f} ms, bare {median(theirs) * 1000:5.0f} ms"
        )
    assert median(ours) <= TIMES_BARE_SQL * median(theirs) + ROWS_OF_A_PAGE
    assert median(ours) <= seconds


@pytest.mark.benchmark
@pytest.mark.usefixtures("benchmark")
@pytest.mark.parametrize(
    ("read", "query"),
    [
        (debtors_page, ListQuery(search="boul 12", sort="overdue")),
        (debtors_page, ListQuery(filters={"chased": Among(("yes",))}, sort="level")),
        (customers_page, ListQuery(search="men 4", sort="name")),
        (customers_page, ListQuery(sort="code", offset=4_000)),
        (items_page, ListQuery(search="hotel 12", sort="due_on")),
        (items_page, ListQuery(sort="level", descending=True)),
        (items_page, ListQuery(filters={"state": Among(("dispute",))}, sort="left")),
        (receipts_page, LATELY),
        (promises_page, ListQuery(sort="promised_for")),
        (disputes_page, ListQuery(sort="code")),
    ],
)
def test_searches_filters_and_sorts_keep_up_with_the_user(
    sized: tuple[SqliteBooks, float], read: ReadPage, query: ListQuery
) -> None:
    books, seconds = sized

    times = []
    for _turn in range(TURNS):
        forget(books)
        times.append(taken(lambda: read(books, ENTITY_ID, TODAY, query)))

    what = f"{read.__name__}: {query.search or query.sort}"
    tell("search", what, median(times), seconds, "s")
    assert median(times) <= seconds
