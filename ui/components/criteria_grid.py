"""The instalments found by criteria: coloured by level, ticked, with reasons."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from domain.basics.identifiers import ItemId
from domain.dunning.scenario import DunningStep, StepKind
from domain.usecases.by_criteria import CriteriaLine, amounts
from ui import labels, reason_words
from ui.components.badge import Badge, level
from ui.components.customer_brief import customer_brief
from ui.components.data_table import DataTable, Empty, PageOf, PageRequest
from ui.components.invoice_button import INVOICE, InvoiceButtons
from ui.components.table_cells import Column, ColumnKind, Row
from ui.design import Tone
from ui.level_looks import look
from ui.session import Session
from ui.translation import _

_SORTS: Mapping[str, Callable[[CriteriaLine], Any]] = {
    "reference": lambda line: line.item.reference,
    "customer": lambda line: line.customer.name.casefold(),
    "due_on": lambda line: str(line.item.due_on or ""),
    "late": lambda line: line.days_overdue,
    "left": lambda line: line.item.left.cents,
    "level": lambda line: line.decision.level,
    "level_on": lambda line: str(line.reached_on or ""),
    "next": lambda line: line.decision.step.level if line.decision.can_go else 0,  # type: ignore[union-attr]
}


class CriteriaGrid:
    """The table; ``show`` gives it other lines, and keeps what can stay ticked."""

    def __init__(
        self,
        session: Session,
        invoices: InvoiceButtons,
        on_tick: Callable[[frozenset[ItemId]], Any],
    ) -> None:
        self._invoices = invoices
        self._on_tick = on_tick
        self._lines: list[CriteriaLine] = []
        self._free: frozenset[ItemId] = frozenset()
        """Those that can be ticked."""
        self._table = DataTable(
            session,
            "criteria",
            [*invoices.columns(), *_columns()],
            self._fetch,
            Empty(
                heading=_("No instalment meets these criteria"),
                why=_("Widen them, or press “Reset filter” for your usual ones."),
                icon="filter_alt_off",
            ),
        )
        self._table.on_select(self._select)
        self._table.on_gesture(self._open_invoice)
        self._table.on_open(self._open)

    async def show(
        self, lines: Sequence[CriteriaLine], ticked: Collection[ItemId]
    ) -> None:
        """Show lines, ticked where they may go."""
        self._lines = list(lines)
        self._free = frozenset(x.item.id for x in lines if x.decision.can_go)
        await self._table.refresh()
        self.tick(self._free.intersection(ticked))

    def use(self, invoices: InvoiceButtons) -> None:
        """Take other PDFs, seen when lines are shown again."""
        self._invoices = invoices

    def tick(self, ids: Collection[ItemId]) -> None:
        """Tick these instalments and no other, on all pages."""
        self._table.tick(sorted(ids))
        self._on_tick(frozenset(ids))

    def tick_all(self) -> None:
        """Tick all that can go, on all pages."""
        self.tick(self._free)

    def _select(self, ids: list[str]) -> None:
        """Take the user's ticks; the box above the table ticks blocked rows too."""
        wanted = frozenset(ItemId(one) for one in ids)
        if wanted <= self._free:
            self._on_tick(wanted)
        else:
            self.tick(wanted & self._free)

    async def _open_invoice(self, item_id: str) -> None:
        await self._invoices.open(item_id)

    def _open(self, item_id: str) -> None:
        line = next(x for x in self._lines if x.item.id == item_id)
        same = [x for x in self._lines if x.customer.id == line.customer.id]
        customer_brief(line.customer, same)

    async def _fetch(self, request: PageRequest) -> PageOf:
        lines = self._lines
        if request.sort_by in _SORTS:
            lines = sorted(
                lines, key=_SORTS[request.sort_by], reverse=request.is_descending
            )
        return PageOf(
            rows=[
                self._row(line)
                for line in lines[request.offset : request.offset + request.size]
            ],
            count=len(lines),
            totals={"left": amounts(line.item.left for line in lines)} if lines else {},
        )

    def _row(self, line: CriteriaLine) -> Row:
        item, decision = line.item, line.decision
        step = decision.step if decision.can_go else None
        return Row(
            id=item.id,
            cells={
                INVOICE: self._invoices.cell(item),
                "reference": item.reference or item.label,
                "customer": line.customer.name,
                "due_on": item.due_on,
                "late": line.days_overdue,
                "left": item.left,
                "level": level(decision.level) if decision.level else None,
                "level_on": line.reached_on,
                "next": _next(step) if step else None,
                "how": _how(line),
            },
            is_locked=not decision.can_go,
            ground=look(decision.level).ground,
            ink=look(decision.level).text,
            titles={
                "reference": item.label,
                "customer": line.customer.code,
                "how": " ; ".join(reason_words.reason(e) for e in decision.exclusions)
                or _how(line),
            },
        )


def _next(step: DunningStep) -> Badge:
    """Show the step that an instalment would receive: R2, or M for thanks."""
    if step.kind is StepKind.THANK_YOU:
        return Badge(text=step.code, tone=Tone.SETTLED)
    return level(step.level)


def _how(line: CriteriaLine) -> str:
    """Say by which means an instalment would be reminded, or why it cannot be."""
    if line.decision.exclusions:
        return reason_words.reason(line.decision.exclusions[0])
    return labels.channel(line.channel) if line.channel else ""


def _columns() -> list[Column]:
    day, badge = ColumnKind.DATE, ColumnKind.BADGE
    return [
        Column(name="reference", label=_("Document"), ticks=True),
        Column(name="customer", label=_("Customer")),
        Column(name="due_on", label=_("Due date"), kind=day),
        Column(name="late", label=_("Lateness"), kind=ColumnKind.DAYS),
        Column(name="left", label=_("Left to pay"), kind=ColumnKind.MONEY),
        Column(name="level", label=_("Level"), kind=badge),
        Column(name="level_on", label=_("Level on"), kind=day),
        Column(name="next", label=_("Would receive"), kind=badge),
        Column(name="how", label=_("By, or why not"), sortable=False),
    ]
