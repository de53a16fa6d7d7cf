"""The sheet of movements: what a file would change, to accept or to give up."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from nicegui import ui

from domain.basics.money import Money
from domain.basics.tables import TableKind, TableValue
from domain.ledger.import_report import SWAPS
from domain.usecases.importing import ImportPreview
from domain.usecases.synchronising import Doubt, DoubtKind
from ui import design, formatting
from ui import doubts as words
from ui.components.buttons import primary_button, quiet_button
from ui.components.figure import figure
from ui.components.movement_tables import MovementTable, movement_tables
from ui.components.table_export import export_menu
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext

_SHOWN = 200


_ASKED = (DoubtKind.OLDER, DoubtKind.OTHER_FIRM)
"""Doubts that must be answered before the file can be accepted."""


def movements_sheet(
    session: Session,
    preview: ImportPreview,
    doubts: Sequence[Doubt],
    on_accept: Callable[[ImportPreview, bool], Awaitable[None]],
    on_cancel: Callable[[], Awaitable[None]],
    *,
    on_review: Callable[[], None] | None = None,
) -> None:
    """Draw what a file would change; nothing is written before « Accepter ».

    ``on_review`` leads back to the meaning of its columns, where it was told.
    """
    swaps = [f for f in preview.faults if f.kind in SWAPS]
    accept_swaps = True

    def correct(is_wanted: bool) -> None:
        nonlocal accept_swaps
        accept_swaps = is_wanted

    with ui.element("div").classes(design.ROW_SPREAD):
        with ui.element("div").classes(design.STACK):
            section_title(preview.source.name)
            secondary(_what_was_read(preview))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            if on_review:
                quiet_button(_("Review the columns"), on_review).mark("review")
            quiet_button(_("Cancel"), on_cancel)
            accept = primary_button(
                _("Accept"), lambda: on_accept(preview, accept_swaps), icon="check"
            ).mark("accept")
    _warnings(preview, doubts)
    _questions(preview, accept)
    if swaps:
        ui.checkbox(
            ngettext(
                "Correct {count} date whose day and month are swapped",
                "Correct {count} dates whose day and month are swapped",
                len(swaps),
            ),
            value=True,
            on_change=lambda event: correct(bool(event.value)),
        )
    if preview.source.brings_entries:
        _figures(preview)
    _tabs(session, preview)


def _what_was_read(preview: ImportPreview) -> str:
    lines = ngettext(
        "{count} line read", "{count} lines read", preview.source.lines_read
    )
    if not preview.source.brings_entries:
        people = ngettext(
            "{count} customer added or changed",
            "{count} customers added or changed",
            len(preview.customers),
        )
        return f"{lines} · {people}"
    entries = ngettext(
        "{count} customer entry", "{count} customer entries", len(preview.entries)
    )
    clients = ngettext("{count} customer", "{count} customers", preview.client_count)
    return f"{lines} · {entries} · {clients}"


def _warnings(preview: ImportPreview, doubts: Sequence[Doubt]) -> None:
    """Say what is odd about the file as a whole, before its lines."""
    if preview.movements.is_empty and preview.seen:
        sentences = [_("This file says what the books already say: no change.")]
    else:
        sentences = [words.doubt(d) for d in doubts if d.kind not in _ASKED]
    if preview.unread:
        sentences.append(words.unread(len(preview.unread)))
    for sentence in sentences:
        with _notice():
            ui.label(sentence)


def _questions(preview: ImportPreview, accept: ui.button) -> None:
    """Ask what must be ticked before such a file can be accepted."""
    questions = []
    if preview.other_entity:
        questions.append(
            (
                "other-firm",
                _(
                    "This file seems to come from another firm: {other}.",
                    other=preview.other_entity,
                ),
                _("It is the right firm: import it all the same"),
            )
        )
    if preview.older_than_known and not preview.movements.is_empty:
        questions.append(
            (
                "older",
                _(
                    "This file stops before the data already imported: an older export "
                    "would take back what was settled since. Import a newer one."
                ),
                _("I want this older export all the same"),
            )
        )
    boxes = []
    for name, sentence, answer in questions:
        with _notice(), ui.element("div").classes(design.STACK):
            ui.label(sentence)
            boxes.append(ui.checkbox(answer).mark(name))

    def decide() -> None:
        accept.set_enabled(all(box.value for box in boxes))

    for box in boxes:
        box.on_value_change(decide)
    decide()


@contextmanager
def _notice() -> Iterator[None]:
    with ui.element("div").classes(design.NOTICE_BOX):
        ui.icon("warning_amber").props("aria-hidden=true")
        yield


def _figures(preview: ImportPreview) -> None:
    for change in preview.movements.balances:
        with ui.element("div").classes(design.FIGURES):
            figure(_("Owed before"), formatting.money(change.before))
            figure(_("Owed after"), formatting.money(change.after))
            gap = formatting.money(change.after - change.before)
            figure(_("Gap"), gap, tone=Tone.NEUTRAL)


def _tabs(session: Session, preview: ImportPreview) -> None:
    tables = movement_tables(preview)
    opened = next((table for table in tables if table.count), tables[0])
    with ui.tabs().props("align=left dense no-caps") as bar:
        for table in tables:
            ui.tab(table.name, f"{table.label} {formatting.count(table.count)}")
    with ui.tab_panels(bar, value=opened.name).classes(design.CARD):
        for table in tables:
            with ui.tab_panel(table.name):
                _rows(session, table)


def _rows(session: Session, table: MovementTable) -> None:
    if not table.count:
        secondary(_("None."))
        return
    with ui.element("div").classes(design.ROW):
        export_menu(session, table.label, lambda: table.content(table.label))
        if table.count > _SHOWN:
            shown = formatting.count(_SHOWN)
            secondary(_("The first {shown} are shown.", shown=shown))
    is_words = table.columns[-1].kind is TableKind.TEXT
    look = design.TABLE_OF_WORDS if is_words else design.SIMPLE_TABLE
    with ui.element("table").classes(look):
        with ui.element("tr"):
            for column in table.columns:
                with ui.element("th"):
                    ui.label(column.label)
        for row in table.rows(_SHOWN):
            with ui.element("tr"):
                for value in row:
                    with ui.element("td"):
                        label = ui.label(_written(value))
                    if isinstance(value, date):
                        label.classes(design.AMOUNT)  # never cut


def _written(value: TableValue) -> str:
    if isinstance(value, Money):
        return formatting.money(value)
    return formatting.day(value) if isinstance(value, date) else str(value or "")
