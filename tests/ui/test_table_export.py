import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from domain.basics.money import Money
from domain.basics.tables import TableKind
from domain.ports import Books
from tests.builders import TODAY, a_customer, a_profile, an_entity, an_entry, an_item
from tests.ui.test_data_table import ask, shown
from tests.ui.window import open_window, until
from ui.components.badge import Badge
from ui.components.data_table import PageOf
from ui.components.table_cells import Cell, Column, ColumnKind, Row
from ui.components.table_export import table_content
from ui.design import Tone

COUNT = 1_200


def many_customers(books: Books) -> None:
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    customers = [a_customer(code=f"C{n}") for n in range(1, COUNT + 1)]
    books.customers.save_many(customers)
    books.ledger.save_entries(
        [an_entry(piece=f"F{n}", customer_id=c.id) for n, c in enumerate(customers)]
    )
    items = [
        an_item(reference=f"F{n}", customer_id=c.id, cents=100 + n)
        for n, c in enumerate(customers)
    ]
    books.ledger.replace_items(items[0].entity_id, items)


async def test_all_the_rows_are_exported_as_sorted_and_totalled_on_screen() -> None:
    async with open_window(many_customers) as user:
        await user.open("/customers")
        ask(user, sortBy="balance", descending=True)
        await until(lambda: shown(user).pagination.get("sortBy") == "balance")
        user.find(marker="export-csv").click()
        response = await user.download.next()

    text = response.content.decode("utf-8-sig")
    header, *rows, total = csv.reader(StringIO(text), delimiter=";")
    assert header[:2] == ["Client", "Code"]
    assert len(rows) == COUNT
    place = header.index("Somme due")
    assert rows[0][place] == "12,99"
    cents = [round(float(row[place].replace(",", ".")) * 100) for row in rows]
    assert cents == sorted(cents, reverse=True)
    assert total[0] == "Total des 1\u202f200 lignes"
    assert total[place] == f"{sum(cents) / 100:.2f}".replace(".", ",")


async def test_what_is_filtered_out_is_not_exported() -> None:
    async with open_window(many_customers) as user:
        await user.open("/customers")
        user.find(marker="search").type("C1123")
        await until(lambda: len(shown(user).rows) == 1)
        user.find(marker="export-xlsx").click()
        response = await user.download.next()

    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet["B"]] == ["Code", "C1123", None]


async def test_the_account_of_a_customer_is_exported() -> None:
    async with open_window(many_customers) as user:
        await user.open(f"/customers/{a_customer(code='C7').id}")
        user.find(marker="export-xlsx").click()
        response = await user.download.next()

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.title == "Situation de compte Client C7"
    assert sheet["A2"].value == "F6"


def test_a_state_is_exported_as_its_word_and_a_level_as_its_number() -> None:
    columns = [
        Column(name="state", label="État", kind=ColumnKind.BADGE),
        Column(name="level", label="Niveau", kind=ColumnKind.LEVEL),
        Column(name="late", label="Retard", kind=ColumnKind.DAYS),
        Column(name="due_on", label="Échéance", kind=ColumnKind.DATE),
        Column(name="left", label="Reste dû", kind=ColumnKind.MONEY),
    ]
    badge = Badge(text="En litige", tone=Tone.DISPUTE)
    full: dict[str, Cell] = {
        "state": badge,
        "level": 2,
        "late": 25,
        "due_on": TODAY,
        "left": Money(1),
    }
    rows = [Row(id="1", cells=full), Row(id="2", cells={"level": 0, "late": 0})]

    content = table_content("Suivi", columns, PageOf(rows=rows, count=2))

    assert list(content.rows) == [
        ["En litige", 2, 25, TODAY, Money(1)],
        [None, None, 0, None, None],
    ]
    assert [column.kind for column in content.columns] == [
        TableKind.TEXT,
        TableKind.NUMBER,
        TableKind.NUMBER,
        TableKind.DATE,
        TableKind.MONEY,
    ]
