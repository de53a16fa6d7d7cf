import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from nicegui import ui
from nicegui.testing import User

from domain.basics.listing import Among, Cents, Days, ListQuery
from domain.basics.money import Money
from domain.ports import Books
from domain.usecases.list_choices import ListChoices, read_choices
from tests.builders import ENTITY_ID
from tests.ui.window import one_firm, open_window, until
from ui.components.bulk_bar import BulkGesture
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import (
    FilterField,
    FilterKind,
    Filters,
    filters_from,
    says,
    words_of,
)
from ui.components.list_look import ListLook
from ui.components.list_page import ListScreen, list_page
from ui.components.table_cells import Column, ColumnKind, Row
from ui.page import Page
from ui.session import Session

LEVEL = FilterField(name="level", label="Niveau", choices={"1": "R1", "2": "R2"})
DUE = FilterField(name="due", label="Échéance", kind=FilterKind.DAYS)
LEFT = FilterField(name="left", label="Reste dû", kind=FilterKind.AMOUNT)
CHASED = FilterField(
    name="chased",
    label="Relance",
    kind=FilterKind.CHOICE,
    choices={"yes": "À relancer", "no": "Pas à relancer"},
    in_sight=True,
)
FIELDS = [CHASED, LEVEL, DUE, LEFT]


@dataclass
class Sample:
    """A list of ten rows, what it was asked for, and what was done to them."""

    asked: list[ListQuery] = field(default_factory=list)
    changed: list[list[str]] = field(default_factory=list)
    screen: ListScreen | None = None

    @property
    def pages(self) -> list[Page]:
        return [Page(path="/", title="Home", builder=self.build, icon="home")]

    async def build(self, session: Session) -> None:
        look = ListLook(
            name="samples",
            title="Échantillons",
            columns=[
                Column(name="name", label="Nom"),
                Column(name="due", label="Dû", kind=ColumnKind.MONEY),
                Column(name="city", label="Ville"),
            ],
            fields=FIELDS,
            search_says="Nom",
            counted=lambda count: f"{count} échantillons",
            empty=Empty(heading="Rien"),
            sort="due",
            descending=True,
            hidden=frozenset({"city"}),
        )
        mark = BulkGesture(verb="Marquer", icon="flag", act=self.mark, mark="mark")
        self.screen = await list_page(
            session, look, self.fetch, on_open=lambda _id: None, gestures=[mark]
        )

    async def mark(self, ids: list[str]) -> None:
        self.changed.append(ids)

    async def fetch(self, query: ListQuery) -> PageOf:
        self.asked.append(query)
        rows = [Row(id=str(n), cells={"name": f"N{n}"}) for n in range(10)]
        totals = {"due": (Money(1_00), Money(2_00, "USD"))}
        return PageOf(rows=rows, count=10, totals=totals)


def shown(user: User) -> ui.table:
    return user.find(kind=ui.table).elements.pop()


def columns(user: User) -> list[str]:
    return [column["name"] for column in shown(user).columns]


def click(user: User, mark: str) -> None:
    user.find(marker=mark).click()


async def settled(is_so: Callable[[], bool]) -> None:
    await until(is_so)
    await asyncio.sleep(0)


def test_filters_survive_the_address() -> None:
    filters: Filters = {
        "level": Among(("2", "1")),
        "due": Days(first=date(2026, 1, 31)),
        "left": Cents(least=-100, most=50),
    }

    assert filters_from(words_of(filters), FIELDS) == filters


def test_what_no_longer_exists_is_ignored() -> None:
    words = {
        "level": ("9", "2"),
        "due": ("yesterday..", "x"),
        "left": ("..",),
        "chased": ("maybe",),
        "gone": ("1",),
    }

    assert filters_from(words, FIELDS) == {"level": Among(("2",))}


def test_filters_are_said_in_words() -> None:
    assert says(Among(("1", "2")), LEVEL) == "Niveau\u00a0: R1, R2"
    assert says(Days(last=date(2026, 1, 31)), DUE).endswith("jusqu’au 31/01/2026")
    assert "100,00" in says(Cents(least=100_00), LEFT)


async def test_a_list_begins_in_its_own_order_with_its_usual_columns() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/")

        assert sample.asked == [ListQuery(sort="due", descending=True)]
        assert columns(user) == ["name", "due"]
        await user.should_see("10 échantillons")


async def test_totals_of_two_currencies_are_never_added() -> None:
    async with open_window(pages=Sample().pages) as user:
        await user.open("/")

        (total,) = [c["total"] for c in shown(user).columns if c["name"] == "due"]
        assert total == "1,00\u00a0€\n2,00\u00a0$US"


async def test_the_address_narrows_the_list() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/?level=2&level=1&left=100..&q=dupont&chased=yes")

        (query,) = sample.asked
        assert query.search == "dupont"
        assert query.filters == {
            "chased": Among(("yes",)),
            "level": Among(("2", "1")),
            "left": Cents(least=100),
        }
        await user.should_see("Niveau\u00a0: R2, R1")


async def test_choosing_narrows_and_one_gesture_shows_everything() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/")
        (chips,) = user.find(marker="filter-chased").elements
        assert isinstance(chips, ui.toggle)

        chips.set_value("no")
        await settled(lambda: len(sample.asked) == 2)
        click(user, "show-everything")
        await settled(lambda: len(sample.asked) == 3)

        assert sample.asked[1].filters == {"chased": Among(("no",))}
        assert sample.asked[2].filters == {}
        assert chips.value == ""


async def test_the_panel_filters_by_values_days_and_amounts() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/")
        click(user, "filters")
        await user.should_see("Filtrer la liste")
        (level,) = user.find(marker="filter-level").elements
        assert isinstance(level, ui.select)
        level.set_value(["2"])
        user.find(marker="filter-due-first").type("01/02/2026")
        user.find(marker="filter-left-most").type("1 234,50")
        click(user, "save")
        await settled(lambda: len(sample.asked) == 2)

        assert sample.asked[1].filters == {
            "level": Among(("2",)),
            "due": Days(first=date(2026, 2, 1)),
            "left": Cents(most=1234_50),
        }


async def test_columns_are_chosen_and_remembered() -> None:
    async with open_window(pages=Sample().pages) as user:
        await user.open("/")
        click(user, "columns")
        await user.should_see("Afficher ces colonnes")
        for name in ("name", "city"):
            (box,) = user.find(marker=f"column-{name}").elements
            assert isinstance(box, ui.checkbox)
            box.set_value(name == "city")
        click(user, "save")
        await settled(lambda: columns(user) == ["due", "city"])

        await user.open("/")

        assert columns(user) == ["due", "city"]


async def test_the_order_is_remembered() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/")
        wanted = {**shown(user).pagination, "sortBy": "name", "descending": False}
        user.find(kind=ui.table).trigger("request", {"pagination": wanted})
        await settled(lambda: len(sample.asked) == 2)

        await user.open("/")

        assert (sample.asked[2].sort, sample.asked[2].descending) == ("name", False)


async def test_a_filter_is_saved_used_again_and_forgotten() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/?level=2")
        click(user, "save-filters")
        await user.should_see("Enregistrer ces filtres")
        user.find(marker="filter-name").type("Les R2")
        click(user, "save")
        await user.should_see("Les R2")

        await user.open("/")

        assert sample.asked[-1].filters == {"level": Among(("2",))}

        click(user, "forget-filter")
        await user.should_see("Supprimer le filtre")
        click(user, "confirm")
        await user.should_see("Mes filtres")
        await user.open("/")

        assert sample.asked[-1].filters == {}


async def test_a_gesture_receives_the_ticked_rows_of_every_page() -> None:
    sample = Sample()
    async with open_window(pages=sample.pages) as user:
        await user.open("/")
        user.find(kind=ui.table).trigger(
            "selection", {"added": True, "rows": [{"id": "3"}], "keys": ["3"]}
        )
        await user.should_see("1 ligne cochée")
        click(user, "tick-all")
        await user.should_see("10 lignes cochées")
        click(user, "mark")

        await settled(lambda: bool(sample.changed))
        assert sample.changed == [[str(n) for n in range(10)]]


def test_damaged_choices_count_for_nothing() -> None:
    books = _books()
    for kept in ("{", "[1]", '{"columns": 3, "saved": [{"name": 1}, "x"]}'):
        books.settings.set(f"list samples {ENTITY_ID}", kept)

        assert read_choices(books, ENTITY_ID, "samples") == ListChoices()


def _books() -> Books:
    from storage.database.books import open_books

    books = open_books()
    one_firm(books)
    return books
