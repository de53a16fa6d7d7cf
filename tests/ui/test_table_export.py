import csv
from io import BytesIO, StringIO

from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload
from openpyxl import load_workbook

from domain.basics.money import Money
from domain.basics.tables import TableKind
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel
from domain.ledger.import_report import SourceFile
from domain.ledger.proposing import propose_for
from domain.ports import Books
from domain.usecases.configuring import create_entity
from storage.files.reading import AccountingFiles
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_message,
    a_profile,
    an_entity,
    an_entry,
    an_item,
)
from tests.journeys.stories import OUTSIDE, bring_in
from tests.ui.test_data_table import ask, shown
from tests.ui.window import one_firm, open_window, until
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


def an_open_list(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    bring_in(books, ENTITY_ID, a_list("1200,00"), TODAY)


def a_list(amount: str) -> SourceFile:
    files = AccountingFiles()
    table = files.table("liste.csv", (HEADINGS + ROW + amount).encode())
    return files.read_mapped(table, propose_for(table).mapping, table.name)


HEADINGS = "Code client;N° facture;Date facture;Échéance;Reste dû\n"
ROW = "C1;F1;05/01/2026;04/02/2026;"


async def test_what_an_import_changes_is_shown_and_exported() -> None:
    async with open_window(an_open_list) as user:
        await user.open("/import")
        (place,) = user.find("import-drop").elements
        assert isinstance(place, ui.upload)
        content = (HEADINGS + ROW + "700,00").encode()
        await place.handle_uploads([SmallFileUpload("liste.csv", "text/csv", content)])
        await user.should_see("Ce qui sera lu")
        user.find("continue").click()
        told = "1\u202f200,00\u00a0€ → 700,00\u00a0€"
        await user.should_see(told)
        user.find(marker="export-csv").click()
        response = await user.download.next()

    header, row = csv.reader(
        StringIO(response.content.decode("utf-8-sig")), delimiter=";"
    )
    assert header == ["Client", "Facture", "Date", "Ce qui change", "Montant"]
    assert row == ["C1", "F1", "05/01/2026", told, "700,00"]


def some_messages(books: Books) -> None:
    one_firm(books)
    books.outbox.add(a_message(subject="Relance F1"), [])
    books.outbox.add(
        a_message(state=MessageState.WITHDRAWN, channel=Channel.LETTER), []
    )


async def test_the_messages_are_exported_whatever_became_of_them() -> None:
    async with open_window(some_messages) as user:
        await user.open("/outbox")
        user.find(marker="export-csv").click()
        response = await user.download.next()

    header, *rows = csv.reader(
        StringIO(response.content.decode("utf-8-sig")), delimiter=";"
    )
    assert len(rows) == 2
    states = {row[header.index("État")] for row in rows}
    assert states == {"prêt à partir", "retiré"}
