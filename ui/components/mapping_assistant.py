"""The assistant that learns what the columns of a table hold."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from nicegui import ui

from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import (
    Cell,
    Field,
    Mapping,
    Sheet,
    TableFile,
    TableKind,
    problems,
)
from domain.ledger.proposing import date_order, propose_sheet
from domain.ports import LedgerFiles
from ui import design, formatting
from ui.components.buttons import primary_button, quiet_button
from ui.components.choice_chips import choice_chips
from ui.components.mapping_words import (
    advice,
    field_names,
    interpreted,
    kind_names,
    mode_names,
)
from ui.components.text import secondary, section_title
from ui.translation import _, ngettext, refusal

_SHOWN_ROWS = 10
_READ_ROWS = 5
_SAMPLE = 200
_LONGEST_CELL = 40

OnMapping = Callable[[Mapping], Awaitable[None]]


class MappingAssistant:
    """A table with a choice above each column, and what will be read of it."""

    def __init__(
        self,
        files: LedgerFiles,
        table: TableFile,
        mapping: Mapping,
        on_continue: OnMapping,
        on_cancel: Callable[[], Awaitable[None]],
    ) -> None:
        self._files = files
        self._table = table
        self._mapping = mapping
        self._on_continue = on_continue
        self._on_cancel = on_cancel
        self._draw()

    def _draw(self) -> None:
        with ui.element("div").classes(design.ROW_SPREAD):
            with ui.element("div").classes(design.STACK):
                section_title(self._table.name)
                secondary(
                    _(
                        "Check what each column holds. The next files with the same"
                        " headings will be read in the same way."
                    )
                )
            with ui.element("div").classes(design.PAGE_ACTIONS):
                quiet_button(_("Cancel"), self._on_cancel)
                self._continue = primary_button(
                    _("Continue"), self._finish, icon="arrow_forward"
                ).mark("continue")
        self._choices = ui.element("div").classes(design.MAPPING_CHOICES)
        self._columns = ui.element("div").classes(design.MAPPING_TABLE)
        self._outcome = ui.element("div").classes(design.CARD)
        self._redraw()

    def _redraw(self) -> None:
        for place, draw in (
            (self._choices, self._draw_choices),
            (self._columns, self._draw_columns),
            (self._outcome, self._draw_outcome),
        ):
            place.clear()
            with place:
                draw()

    @property
    def _sheet(self) -> Sheet:
        return self._table.sheet(self._mapping.sheet)

    def _draw_choices(self) -> None:
        mapping = self._mapping
        choice_chips(kind_names(), mapping.kind, self._choose_kind, says=_("Contents"))
        if len(self._table.sheets) > 1:
            names = [sheet.name for sheet in self._table.sheets]
            ui.select(
                names,
                value=mapping.sheet,
                label=_("Sheet"),
                on_change=lambda event: self._choose_sheet(str(event.value)),
            ).props(design.INPUT).mark("sheet")
        ui.number(
            _("Row of the headings (0 = none)"),
            value=mapping.header_row + 1,
            min=0,
            max=len(self._sheet.rows),
            precision=0,
            on_change=lambda event: self._choose_header(event.value),
        ).props(design.INPUT).props("debounce=400").mark("header-row")
        if mapping.kind is TableKind.ENTRIES:
            ui.select(
                mode_names(),
                value=mapping.complete_state,
                label=_("How this list is taken"),
                on_change=lambda event: self._choose_mode(bool(event.value)),
            ).props(design.INPUT).mark("mode").classes(design.WIDE_FIELD)

    async def _choose_kind(self, kind: str) -> None:
        proposal = propose_sheet(self._sheet, self._mapping.header_row).mapping
        columns = self._mapping.columns
        if proposal.kind is kind:
            columns = proposal.columns
        self._mapping = replace(self._mapping, kind=TableKind(kind), columns=columns)
        self._redraw()

    def _choose_sheet(self, name: str) -> None:
        self._mapping = propose_sheet(self._table.sheet(name)).mapping
        self._redraw()

    def _choose_header(self, number: float | None) -> None:
        if number is not None and 0 <= number <= len(self._sheet.rows):
            self._mapping = propose_sheet(self._sheet, int(number) - 1).mapping
            self._redraw()

    def _choose_mode(self, is_complete: bool) -> None:
        self._mapping = replace(self._mapping, complete_state=is_complete)

    def _draw_columns(self) -> None:
        rows = self._sheet.rows
        start = self._mapping.header_row + 1
        with ui.element("table"):
            with ui.element("thead"):
                with ui.element("tr"):
                    for place in range(len(self._mapping.columns)):
                        self._draw_choice(place)
                if start:
                    self._draw_row(rows[start - 1], "th")
            with ui.element("tbody"):
                for cells in rows[start:][:_SHOWN_ROWS]:
                    self._draw_row(cells, "td")

    def _draw_choice(self, place: int) -> None:
        names = field_names()
        chosen = self._mapping.columns[place]
        with ui.element("th"):
            choice = ui.select(
                names,
                value=chosen,
                on_change=lambda event: self._choose(place, Field(event.value)),
            )
            choice.props(design.INPUT).mark(f"column-{place + 1}")
            choice.props["aria-label"] = _("Column {number}", number=place + 1)
            if chosen is Field.IGNORED:
                choice.classes(design.MAPPING_IGNORED)

    def _draw_row(self, cells: list[Cell], tag: str) -> None:
        with ui.element("tr"):
            for place, field in enumerate(self._mapping.columns):
                cell = ui.element(tag)
                if field is Field.IGNORED:
                    cell.classes(design.MAPPING_IGNORED)
                with cell:
                    ui.label(_shown(cells[place] if place < len(cells) else ""))

    def _choose(self, place: int, field: Field) -> None:
        columns = list(self._mapping.columns)
        columns[place] = field
        mapping = replace(self._mapping, columns=tuple(columns))
        order = date_order(self._sheet.rows[:_SAMPLE], mapping.days)
        self._mapping = replace(mapping, date_order=order)
        self._redraw()

    def _draw_outcome(self) -> None:
        missing = problems(self._mapping)
        self._continue.set_enabled(not missing)
        section_title(_("What will be read"))
        for problem in missing:
            with ui.element("div").classes(design.NOTICE_BOX):
                ui.icon("warning_amber").props("aria-hidden=true")
                ui.label(refusal(problem))
        if not missing:
            self._draw_read()

    def _draw_read(self) -> None:
        source = self._read_start()
        headings, *rows = interpreted(source, self._mapping.kind, _READ_ROWS)
        if said := advice(self._mapping):
            secondary(said)
        if rows:
            with ui.element("table").classes(design.SIMPLE_TABLE):
                for tag, cells in (("th", headings), *(("td", row) for row in rows)):
                    with ui.element("tr"):
                        for cell in cells:
                            with ui.element(tag):
                                ui.label(cell)
        left_out = sum(fault.blocking for fault in source.faults)
        if left_out or not rows:
            secondary(
                ngettext(
                    "{count} of the first {rows} rows cannot be read so.",
                    "{count} of the first {rows} rows cannot be read so.",
                    left_out,
                    rows=formatting.count(source.lines_read),
                )
            )

    def _read_start(self) -> SourceFile:
        """Read the first rows only, at once."""
        sheet = self._sheet
        rows = sheet.rows[: self._mapping.header_row + 1 + _SAMPLE]
        start = TableFile(
            self._table.name, self._table.sha256, (Sheet(sheet.name, rows),)
        )
        return self._files.read_mapped(start, self._mapping, self._table.name)

    async def _finish(self) -> None:
        await self._on_continue(self._mapping)


def _shown(cell: Cell) -> str:
    if isinstance(cell, date):
        return formatting.day(cell)
    if isinstance(cell, float):
        text = f"{cell:.0f}" if cell.is_integer() else f"{cell:.2f}".replace(".", ",")
    else:
        text = str(cell).strip()
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
