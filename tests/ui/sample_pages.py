"""Pages that show every component, to look at and to test the frame with."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.ports import Books
from tests.builders import TODAY, a_customer, an_entity, an_import
from ui import addresses, design, design_charts
from ui.components.amount import amount
from ui.components.badge import Badge, badge, level
from ui.components.buttons import (
    danger_button,
    primary_button,
    quiet_button,
    secondary_button,
)
from ui.components.confirm_dialog import confirm
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.empty_state import empty_state
from ui.components.figure import figure
from ui.components.file_drop import file_drop
from ui.components.page_head import page_head
from ui.components.save_file import save_file
from ui.components.table_cells import Column, ColumnKind, Row
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.page import MenuGroup, Page
from ui.refusals import refusals_shown
from ui.session import Session

COUNT = 120
NAMES = (
    "Atelier Gris",
    "Scierie Bois",
    "Sœurs Émery",
    "Verrerie S.A.",
    "Le Gall Frères",
)


def customers() -> list[Customer]:
    return [
        a_customer(code=f"C{n:03}", name=f"{NAMES[n % len(NAMES)]} {n}")
        for n in range(1, COUNT + 1)
    ]


def cents(n: int) -> Money:
    return Money(0 if n % 7 == 0 else (n * 7919 % 900_000) - 20_000)


def a_busy_firm(books: Books) -> None:
    books.entities.save(replace(an_entity(), demo=True))
    books.customers.save_many(customers())
    books.imports.record(an_import(), [], {})


async def home_page(_session: Session) -> None:
    with page_head("Accueil"):
        secondary_button("Exporter", lambda: save_file("liste.csv", b"a;b"))
        primary_button("Je relance", lambda: ui.notify("Parti"), icon="send")
    with ui.element("div").classes(design.FIGURES):
        figure("Vos clients vous doivent", "981 201 €", href="/customers")
        figure("En retard", "538 594 €", "149 clients", tone=Tone.OVERDUE)
        figure("À venir", "442 607 €", "20 clients", tone=Tone.NOT_DUE)
        figure("Payé (90 jours)", "1 035 521 €", tone=Tone.SETTLED)
    with ui.element("div").classes(design.GRID):
        with ui.element("section").classes(design.CARD):
            section_title("États")
            with ui.element("div").classes(design.ROW):
                for tone in Tone:
                    badge(Badge(text=tone, tone=tone, icon=design.TONE_ICONS[tone]))
            with ui.element("div").classes(design.ROW):
                for number in range(1, 9):
                    badge(level(number))
            amount(Money(-1_234_56), Tone.OVERDUE)
            secondary("Un mot d'explication, plus discret que le reste.")
        with ui.element("section").classes(design.CARD):
            section_title("En retard par ancienneté")
            bars = {
                "type": "bar",
                "x": ["0–30", "30–60", "> 60"],
                "y": [300_000, 200_000, 40_000],
                "marker": {"color": design_charts.CHART_COLOURS[Tone.OVERDUE]},
            }
            ui.plotly(design_charts.chart([bars], height=200))
    with empty_state("Aucune promesse", "Une promesse se note sur la fiche du client."):
        quiet_button("Ouvrir les clients", lambda: ui.navigate.to("/customers"))


async def customers_page(session: Session) -> None:
    rows = [
        Row(
            id=customer.code,
            is_muted=n % 11 == 0,
            cells={
                "name": customer.name,
                "code": customer.code,
                "level": n % 9,
                "due_on": TODAY - timedelta(days=n),
                "late": n % 60,
                "state": Badge(text="En litige", tone=Tone.DISPUTE, icon="gavel")
                if n % 5 == 0
                else None,
                "overdue": cents(n),
                "total": cents(n + 3),
            },
        )
        for n, customer in enumerate(customers(), start=1)
    ]

    async def fetch(request: PageRequest) -> PageOf:
        if request.sort_by:
            rows.sort(
                key=lambda row: str(row.cells[request.sort_by]),
                reverse=request.is_descending,
            )
        shown = rows[request.offset : request.offset + request.size]
        total = Money.total(cents(n) for n in range(1, COUNT + 1))
        totals = {"overdue": total, "total": total}
        return PageOf(rows=shown, count=len(rows), totals=totals)

    async def confirm_removal() -> None:
        if await confirm(
            "Supprimer ces clients ?",
            "Les 2 clients cochés et leur historique disparaîtront.",
            "Supprimer 2 clients",
            dangerous=True,
        ):
            ui.notify("Supprimés")

    with page_head("Clients"):
        danger_button("Supprimer", confirm_removal)
        primary_button("Relancer", lambda: None)
    table = await data_table(
        session,
        "sample",
        [
            Column(name="name", label="Client"),
            Column(name="code", label="Code"),
            Column(name="level", label="Niveau", kind=ColumnKind.LEVEL),
            Column(name="state", label="État", kind=ColumnKind.BADGE, sortable=False),
            Column(name="due_on", label="Échéance", kind=ColumnKind.DATE),
            Column(name="late", label="Retard", kind=ColumnKind.DAYS),
            Column(name="overdue", label="En retard", kind=ColumnKind.MONEY),
            Column(name="total", label="Total dû", kind=ColumnKind.MONEY),
        ],
        fetch,
        Empty(heading="Aucun client"),
    )
    table.on_open(lambda code: ui.navigate.to(f"/customers/{code}"))
    ticked = ui.label().mark("ticked")
    table.on_select(lambda codes: ticked.set_text(", ".join(codes)))


async def customer_page(_session: Session, customer_id: str) -> None:
    page_head(f"Client {customer_id}")


async def import_page(_session: Session) -> None:
    async def received(name: str, content: bytes) -> None:
        ui.notify(f"{name} : {len(content)} octets")

    page_head("Importer")
    file_drop("Déposez un fichier ici", received, accept=".txt,.csv")


async def slow_page(_session: Session) -> None:
    await asyncio.sleep(1)
    page_head("Enfin là")


async def refused_page(session: Session) -> None:
    async def ask() -> None:
        with refusals_shown():
            await session.run(lambda books: books.entities.get(EntityId("absent")))
            ui.notify("jamais")

    with page_head("Refus"):
        primary_button("Demander", ask)
        secondary_button("Échouer", lambda: 1 / 0)


async def broken_page(_session: Session) -> None:
    raise ZeroDivisionError


SAMPLE_PAGES = (
    Page(
        path=addresses.HOME,
        title="Home",
        builder=home_page,
        group=MenuGroup.HOME,
        icon="home",
        needs_entity=False,
    ),
    Page(
        path=addresses.CUSTOMERS,
        title="Clients",
        builder=customers_page,
        group=MenuGroup.FOLLOW,
        icon="groups",
    ),
    Page(path=addresses.CUSTOMER, title="Client", builder=customer_page),
    Page(
        path=addresses.ACT_BY_SCENARIO,
        title="Par scénario",
        builder=refused_page,
        group=MenuGroup.ACT,
        icon="campaign",
    ),
    Page(
        path=addresses.OUTBOX,
        title="Envois",
        builder=slow_page,
        group=MenuGroup.OUTBOX,
        icon="outbox",
    ),
    Page(
        path=addresses.IMPORT,
        title="Import",
        builder=import_page,
        group=MenuGroup.IMPORT,
        icon="upload_file",
        needs_entity=False,
    ),
    Page(
        path=addresses.SETTINGS,
        title="Set up",
        builder=broken_page,
        group=MenuGroup.CONFIGURE,
        icon="settings",
    ),
)
