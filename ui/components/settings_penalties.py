"""Rates of late-payment penalties by half-year, and the steps that claim them."""

from collections.abc import Mapping, Sequence
from datetime import date

from nicegui import ui

from domain.dunning.rates import (
    HalfYear,
    MissingRate,
    RateKind,
    RateTable,
    half_year_of,
)
from domain.ledger.entity import Entity
from domain.usecases.configuring import penalty_rate_from
from domain.usecases.penalties import (
    PenaltySettings,
    TypedRate,
    save_claiming_steps,
    save_rates,
    show_penalty_settings,
)
from ui import design, formatting, penalty_words
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import rate_says, text_field
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _

_SHOWN = 4
"""Half-years shown at once; the older ones are behind a click."""


async def penalties_card(
    session: Session, cards: SettingsCards, entity: Entity
) -> None:
    """Let the user type the rates published, and say who is asked for penalties."""
    found = await session.run(show_penalty_settings, entity.id, session.today())
    with cards.card(
        "penalties",
        _("Late-payment penalties"),
        _(
            "Rate of the ECB plus 10 points (8 for public buyers), or your own rate, "
            "never below three times the legal one. They are claimed beside the "
            "invoices, with their computation, where you say so below."
        ),
    ) as card:
        _Penalties(session, card, entity, found)


class _Penalties:
    """A field for each rate, a tick for each step."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity: Entity,
        found: PenaltySettings,
    ) -> None:
        self._session = session
        self._entity = entity
        self._fields: dict[tuple[HalfYear, RateKind], ui.input] = {}
        for one in found.missing:
            _ask(one)
        with card.fields():
            self._rates(found)
            self._steps(found)
            self._follows = ui.select(
                {
                    True: _("changes at each half-year"),
                    False: _("stays that of the half-year where it begins"),
                },
                value=entity.rate_follows_half_years,
                label=_("The rate of a running delay"),
            )
            self._follows.props(design.INPUT).mark("rate-follows")
        card.save_row(self._save, name="penalties")

    def _rates(self, found: PenaltySettings) -> None:
        known = RateTable(found.rates)
        first = min((one.half_year for one in found.rates), default=None)
        half_year = half_year_of(self._session.today())
        half_years = [half_year]
        while first and half_year > first:
            half_year = _before(half_year)
            half_years.append(half_year)
        typed = {(r.half_year, r.kind): r.typed_on for r in found.rates}
        with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
            self._rows(half_years[:_SHOWN], known, typed)
            with ui.expansion(_("Earlier half-years")).mark("earlier-rates"):
                self._rows(half_years[_SHOWN:], known, typed)

    def _rows(
        self,
        half_years: Sequence[HalfYear],
        known: RateTable,
        typed: Mapping[tuple[HalfYear, RateKind], date | None],
    ) -> None:
        for half_year in half_years:
            with ui.element("div").classes(design.RATE_ROW):
                ui.label(penalty_words.half_year(half_year)).classes(design.STRONG)
                for kind in RateKind:
                    value = (
                        formatting.rate(known.rate(half_year, kind))
                        if known.knows(half_year, kind)
                        else ""
                    )
                    name = f"{kind}-{half_year.year}-{half_year.half}"
                    field = text_field(
                        penalty_words.rate_name(kind), value, name=name, says=rate_says
                    )
                    if typed.get((half_year, kind)):
                        field.tooltip(_("Typed by you"))
                    self._fields[half_year, kind] = field

    def _steps(self, found: PenaltySettings) -> None:
        several = len({one.scenario_name for one in found.steps}) > 1
        with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
            secondary(_("Steps whose messages claim penalties:"))
        self._ticks = {}
        with ui.element("div").classes(f"{design.TWO_COLUMNS} {design.WIDE}"):
            for one in found.steps:
                words = penalty_words.step(one.step, with_email=one.with_email)
                if several:
                    words = f"{one.scenario_name} – {words}"
                box = ui.checkbox(words, value=one.step.claims_penalties)
                box.mark(f"claims-{one.step.code}-{one.step.channel}")
                self._ticks[one.step.scenario_id, one.step.id] = box

    async def _save(self) -> None:
        typed = [
            TypedRate(half_year, kind, penalty_rate_from(field.value or ""))
            for (half_year, kind), field in self._fields.items()
        ]
        await self._session.run(save_rates, typed, self._session.today())
        ticked = {key for key, tick in self._ticks.items() if tick.value}
        await self._session.run(
            save_claiming_steps,
            self._entity.id,
            ticked,
            follows_half_years=self._follows.value,
        )


def _before(half_year: HalfYear) -> HalfYear:
    year, half = half_year
    return HalfYear(year, 1) if half > 1 else HalfYear(year - 1, 2)


def _ask(missing: MissingRate) -> None:
    """Ask for a rate of the current half-year."""
    text = penalty_words.missing_rate(missing)
    with ui.element("div").classes(design.ANSWER_BOX).classes(design.Tone.WARNING.css):
        ui.icon(design.TONE_ICONS[design.Tone.WARNING]).props("aria-hidden=true")
        ui.label(text)
