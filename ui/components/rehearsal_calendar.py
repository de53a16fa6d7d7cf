"""The days to come as a calendar; a click on a day tells who, which step, what."""

from collections.abc import Callable
from datetime import date
from functools import partial

from babel.dates import get_day_names, get_month_names
from nicegui import ui

from domain.dunning.rehearsal import RehearsedDay
from domain.dunning.scenario import Channel
from domain.usecases.rehearsing import Rehearsal
from ui import design, formatting, labels, rehearsal_words
from ui.components.rehearsal_day import RehearsedDayDialog
from ui.translation import _

_WEEK = 7


def rehearsal_calendar(found: Rehearsal) -> None:
    """Draw whole weeks, from Monday to Sunday."""
    dialog = RehearsedDayDialog(found)
    names = get_day_names("abbreviated", context="stand-alone", locale="fr")
    first = found.days[0].day
    with ui.element("div").classes(design.CALENDAR).mark("rehearsal"):
        for rank in range(_WEEK):
            ui.label(names[rank].removesuffix("."))
        for _blank in range(first.weekday()):
            ui.element("div")
        for day in found.days:
            _cell(day, is_first=day.day == first, on_open=dialog.open)


def _cell(
    day: RehearsedDay, *, is_first: bool, on_open: Callable[[date], None]
) -> None:
    """Draw a day; one that sends something is a button."""
    cell = ui.element("button" if day.messages else "div")
    cell.classes(design.CALENDAR_DAY).mark(f"day-{day.day.isoformat()}")
    if day.quiet:
        cell.props["data-quiet"] = ""
    if day.messages:
        cell.on("click", partial(on_open, day.day))
        cell.props["aria-label"] = _told(day)
    with cell:
        with ui.element("span"):
            ui.label(_date(day.day, with_month=is_first or day.day.day == 1))
            if day.quiet:
                drawn = ui.label(labels.capitalised(_(day.quiet.why))).classes(
                    design.SECONDARY_TEXT
                )
                drawn.props["title"] = rehearsal_words.why_quiet(day)
        if day.messages:
            _counts(day)


def _counts(day: RehearsedDay) -> None:
    with ui.element("p"):
        for channel in Channel:
            count = day.count(channel)
            if count:
                with ui.element("span"):
                    ui.icon(design.CHANNEL_ICONS[channel]).props("aria-hidden=true")
                    ui.label(formatting.count(count))
    amounts = " · ".join(map(formatting.short_money, day.totals))
    ui.label(amounts).classes(design.STRONG)
    if day.formal_notices:
        with ui.element("span").classes(design.FORMAL_NOTICE):
            ui.icon("gavel").props("aria-hidden=true")
            ui.label(rehearsal_words.formal_notices(day.formal_notices))


def _told(day: RehearsedDay) -> str:
    """Say a day in one sentence, for those who do not see the calendar."""
    counts = [
        rehearsal_words.counted(channel, count)
        for channel in Channel
        if (count := day.count(channel))
    ]
    if day.formal_notices:
        counts.append(rehearsal_words.formal_notices(day.formal_notices))
    amounts = ", ".join(map(formatting.money, day.totals))
    return f"{formatting.long_day(day.day)} : {', '.join([*counts, amounts])}"


def _date(day: date, *, with_month: bool) -> str:
    if not with_month:
        return str(day.day)
    month = get_month_names("abbreviated", context="format", locale="fr")[day.month]
    return f"{day.day} {month}"
