from dataclasses import dataclass, field
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User

from domain.basics.money import Money
from domain.ports import Books
from tests.builders import TODAY
from tests.ui.sample_pages import COUNT, SAMPLE_PAGES, a_busy_firm
from tests.ui.window import one_firm, open_window, until
from ui.components.badge import Badge
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.table_cells import Cell, Column, ColumnKind, Row, written
from ui.design import Tone
from ui.page import Page
from ui.session import Session


@dataclass
class Table:
    """A page with one table, and what the table asked for."""

    name: str = "clients"
    count: int = COUNT
    totals: dict[str, Cell] = field(default_factory=dict)
    asked: list[PageRequest] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        return [Page(path="/", title="Home", builder=self.build, icon="home")]

    async def build(self, session: Session) -> None:
        columns = [
            Column(name="name", label="Client"),
            Column(name="due", label="Dû", kind=ColumnKind.MONEY),
        ]
        await data_table(
            session, self.name, columns, self.fetch, Empty(heading="Aucun client")
        )

    async def fetch(self, request: PageRequest) -> PageOf:
        self.asked.append(request)
        numbers = range(self.count)[request.offset : request.offset + request.size]
        rows = [
            Row(id=str(n), cells={"name": f"Client {n}", "due": Money(n * 100)})
            for n in numbers
        ]
        return PageOf(rows=rows, count=self.count, totals=self.totals)


def shown(user: User) -> ui.table:
    return user.find(kind=ui.table).elements.pop()


def ask(user: User, **pagination: Any) -> None:  # noqa: ANN401
    """Do as Quasar does when the user turns a page or sorts."""
    wanted = {**shown(user).pagination, **pagination}
    user.find(kind=ui.table).trigger("request", {"pagination": wanted})


async def test_only_the_rows_of_one_page_are_sent() -> None:
    async with open_window(pages=Table().pages) as user:
        await user.open("/")

        table = shown(user)
        assert len(table.rows) == 50
        assert table.pagination["rowsNumber"] == COUNT


async def test_turning_the_page_fetches_the_next_rows() -> None:
    async with open_window(pages=Table().pages) as user:
        await user.open("/")
        ask(user, page=3)

        await until(lambda: len(shown(user).rows) == COUNT - 100)
        assert shown(user).rows[0] == {
            "id": "100",
            "muted": False,
            "titles": {},
            "name": "Client 100",
            "due": "100,00",
        }


async def test_a_sort_is_asked_of_the_whole_list() -> None:
    page = Table()
    async with open_window(pages=page.pages) as user:
        await user.open("/")
        ask(user, sortBy="due", descending=True)

        await until(lambda: len(page.asked) == 2)
        assert page.asked[1] == PageRequest(
            offset=0, size=50, sort_by="due", is_descending=True
        )


def chose_for_all(books: Books) -> None:
    one_firm(books)
    with books.atomic():
        books.settings.set("page_size", "25")


async def test_each_list_remembers_its_own_page_size() -> None:
    page = Table()
    async with open_window(pages=page.pages) as user:
        await user.open("/")
        ask(user, rowsPerPage=100)
        await until(lambda: len(shown(user).rows) == 100)

        await user.open("/")
        assert len(shown(user).rows) == 100

        page.name = "factures"
        await user.open("/")
        assert len(shown(user).rows) == 50


async def test_the_page_size_once_chosen_for_all_lists_is_where_each_begins() -> None:
    page = Table()
    async with open_window(chose_for_all, pages=page.pages) as user:
        await user.open("/")

        assert len(shown(user).rows) == 25


async def test_the_total_says_that_it_is_over_all_rows() -> None:
    page = Table(count=12_605, totals={"due": Money(1_234_56)})
    async with open_window(pages=page.pages) as user:
        await user.open("/")

        totals = [column["total"] for column in shown(user).columns]
        assert totals == ["Total des 12\u202f605 lignes", "1\u202f234,56"]


async def test_without_rows_the_table_gives_way_to_a_sentence() -> None:
    async with open_window(pages=Table(count=0).pages) as user:
        await user.open("/")

        await user.should_see("Aucun client")
        await user.should_not_see(kind=ui.table)


async def test_a_row_opens() -> None:
    async with open_window(a_busy_firm, pages=SAMPLE_PAGES) as user:
        await user.open("/customers")
        user.find(kind=ui.table).trigger("open", "C007")

        await user.should_see("Client C007")


async def test_ticks_are_told() -> None:
    async with open_window(a_busy_firm, pages=SAMPLE_PAGES) as user:
        await user.open("/customers")
        row = shown(user).rows[1]
        user.find(kind=ui.table).trigger(
            "selection", {"added": True, "rows": [row], "keys": [row["id"]]}
        )

        await user.should_see(kind=ui.label, content="C002")


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (Money(-1_234_56), ColumnKind.MONEY, "−1\u202f234,56"),
        (Money(0), ColumnKind.MONEY, "–"),
        (TODAY, ColumnKind.DATE, "31/03/2026"),
        (25, ColumnKind.DAYS, "25\u00a0j"),
        (12_605, ColumnKind.NUMBER, "12\u202f605"),
        ("Grisée", ColumnKind.TEXT, "Grisée"),
        (0, ColumnKind.LEVEL, ""),
        (None, ColumnKind.MONEY, ""),
    ],
)
def test_values_are_written_as_people_read_them(
    value: Cell, kind: ColumnKind, words: str
) -> None:
    assert written(value, kind) == words


def test_a_state_is_a_word_and_not_a_colour_alone() -> None:
    cell = written(Badge(text="En litige", tone=Tone.DISPUTE), ColumnKind.BADGE)

    assert cell == {
        "text": "En litige",
        "tone": "tone-dispute",
        "icon": "",
        "style": "",
    }


def test_a_level_is_its_number_on_its_colour() -> None:
    cell = written(2, ColumnKind.LEVEL)

    assert isinstance(cell, dict)
    assert cell["text"] == "R2"
    assert cell["style"].startswith("background:#")


async def test_a_row_being_clicked_stays_when_the_browser_says_where_it_is() -> None:
    async with open_window(pages=Table().pages) as user:
        await user.open("/")
        table = shown(user)
        sent: list[bool] = []
        table.update = lambda: sent.append(True)  # type: ignore[method-assign]

        user.find(kind=ui.table).trigger("update:pagination", dict(table.pagination))
        assert not sent
        user.find(kind=ui.table).trigger(
            "update:pagination", {**table.pagination, "page": 2}
        )
        assert sent
