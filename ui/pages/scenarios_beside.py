"""Two scenarios side by side: what differs, step by step, on the same example."""

from datetime import timedelta

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.basics.identifiers import PairId
from domain.dunning.example import Example, ExampleInvoice, example
from domain.dunning.scenario import DunningStep, Scenario, StepKind
from domain.dunning.scenario_pair import in_line
from domain.dunning.texts import WRITTEN_CHANNELS
from domain.usecases.scenarios import ScenarioView, show_scenario
from ui import addresses, design, formatting, labels, scenario_words, text_words
from ui.components.badge import Badge, badge
from ui.components.page_head import page_head
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.session import Session
from ui.translation import _, ngettext

_AHEAD = timedelta(days=30)
_Both = tuple[ScenarioView, ScenarioView]


async def scenarios_beside_page(session: Session, pair_id: str, other_id: str) -> None:
    """Compare two scenarios, column by column."""
    entity_id = session.entity_id
    both = (
        await session.run(show_scenario, entity_id, PairId(pair_id)),
        await session.run(show_scenario, entity_id, PairId(other_id)),
    )
    due_on = session.today() + _AHEAD
    invoice = ExampleInvoice(invoiced_on=due_on - _AHEAD, due_on=due_on)
    names = [view.line.pair.name for view in both]
    with page_head(_("{first} and {second}", first=names[0], second=names[1])):
        ui.link(_("All scenarios"), addresses.SCENARIOS)
    secondary(
        _(
            "Example: an invoice made on {made}, due on {due} and never paid, each step"
            " done on its day.",
            made=formatting.day(invoice.invoiced_on),
            due=formatting.day(invoice.due_on),
        )
    )
    for with_email in (True, False):
        section_title(
            _("Customers with an e-mail address")
            if with_email
            else _("Customers without an e-mail address")
        )
        _table(both, invoice, with_email=with_email)


def _table(both: _Both, invoice: ExampleInvoice, *, with_email: bool) -> None:
    columns = [_column(view, with_email=with_email) for view in both]
    examples = [
        example(column, invoice, view.options, view.courtesy)
        for column, view in zip(columns, both, strict=True)
    ]
    name = "with" if with_email else "without"
    with ui.element("table").classes(design.TEXT_TABLE).mark(f"beside-{name}"):
        with ui.element("thead"), ui.element("tr"):
            TextElement(tag="th", text=_("Step")).props("scope=col")
            for column, view in zip(columns, both, strict=True):
                with ui.element("th").props("scope=col"):
                    pair = view.line.pair
                    ui.link(pair.name, addresses.scenario(pair.id))
                    if not column.is_active:
                        badge(Badge(text=_("switched off"), icon="pause"))
            TextElement(tag="th", text="")
        with ui.element("tbody"):
            for kind, level in _places(columns):
                _row(kind, level, columns, examples)
            if any(column.repeat_last_days for column in columns):
                _repeats(columns)


def _column(view: ScenarioView, *, with_email: bool) -> Scenario:
    pair = view.line.pair
    return pair.with_email if with_email else pair.without_email


def _places(columns: list[Scenario]) -> list[tuple[StepKind, int]]:
    """List the places where either has a step, in their order."""
    found = {(s.kind, s.level) for column in columns for s in column.steps}
    ranks = list(StepKind)
    return sorted(found, key=lambda place: (ranks.index(place[0]), place[1]))


def _row(
    kind: StepKind, level: int, columns: list[Scenario], examples: list[Example]
) -> None:
    told = []
    with ui.element("tr"):
        TextElement(tag="th", text=labels.step_kind(kind, level)).props("scope=row")
        for column, found in zip(columns, examples, strict=True):
            step = next(
                (s for s in in_line(column) if (s.kind, s.level) == (kind, level)), None
            )
            words = _told(step, column, found)
            told.append(words)
            with ui.element("td"):
                for line in words:
                    ui.label(line)
        with ui.element("td"):
            if told[0] != told[1]:
                _differs()


def _repeats(columns: list[Scenario]) -> None:
    with ui.element("tr"):
        heading = _("Repeat the last reminder every")
        TextElement(tag="th", text=heading).props("scope=row")
        for column in columns:
            days = column.repeat_last_days
            words = formatting.days(days) if days else _("none")
            TextElement(tag="td", text=words)
        with ui.element("td"):
            if columns[0].repeat_last_days != columns[1].repeat_last_days:
                _differs()


def _differs() -> None:
    badge(Badge(text=_("differs"), tone=Tone.WARNING, icon="compare_arrows"))


def _told(step: DunningStep | None, column: Scenario, found: Example) -> list[str]:
    """Say all of a step in lines; none where it is not in force."""
    if step is None or not step.is_active:
        return [_("none")]
    one = found.of(step)
    timing = labels.capitalised(scenario_words.timing(step, column))
    means = labels.channel(step.channel)
    if step.channel in WRITTEN_CHANNELS:
        template = _("template “{name}”", name=text_words.kind(step.text_key))
        means = f"{means} · {template}"
    if step.kind is StepKind.REMINDER:
        days = step.payment_days
        to_pay = ngettext("{count} day to pay", "{count} days to pay", days)
        means = f"{means} · {to_pay}"
    marks = [
        words
        for is_so, words in (
            (step.is_automatic, _("automatic")),
            (step.may_be_skipped, _("may be skipped")),
            (step.claims_penalties, _("with penalties")),
        )
        if is_so
    ]
    day = formatting.day(one.on) if one else formatting.NOTHING
    copies = ", ".join(step.copies.split())
    return [
        f"{day} – {timing}",
        means,
        *([", ".join(marks)] if marks else []),
        *([_("Copy: {addresses}", addresses=copies)] if copies else []),
    ]
