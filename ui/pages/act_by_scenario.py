"""The morning's work: who must be reminded today, and one gesture to do it."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from domain.dunning.courtesy import QuietDay
from domain.dunning.days_off import DaysOff
from domain.dunning.scenario import Channel
from domain.usecases.acting import TodayView, show_today
from ui import addresses, design, formatting
from ui.components.bucket_card import bucket_card
from ui.components.bucket_desk import BucketDesk
from ui.components.buttons import quiet_button, secondary_button
from ui.components.empty_state import empty_state
from ui.components.left_out_list import left_out_list
from ui.components.page_head import page_head
from ui.components.text import secondary, section_title
from ui.quiet_words import waiting_sentence
from ui.session import Session
from ui.translation import _, ngettext


async def act_by_scenario_page(session: Session) -> None:
    """Show today's buckets; opening one shows its customers and their messages."""
    with page_head(_("Act by scenario")):
        ui.label(_("Today, {day}", day=formatting.long_day(session.today())))
        secondary_button(
            _("Rehearse the next days"),
            lambda: ui.navigate.to(addresses.REHEARSAL),
            icon="calendar_month",
        ).mark("rehearse")

    even_today = False

    @ui.refreshable
    async def content() -> None:
        view = await session.run(
            show_today,
            session.entity_id,
            session.outside.mail.check_address,
            session.today(),
            even_today=even_today,
        )
        if view.days_off:
            _catching_up(view.days_off, session.today())
        if view.quiet:
            _quiet(view.quiet, view.kept_waiting, send_anyway)
        if not view.buckets:
            _nothing_due(view)
        else:
            _counters(view)
            desk = BucketDesk(session, view, refresh, even_today=even_today)
            _cards(view, desk)
            await desk.place()
            await desk.begin()
        left_out_list(view.left_out)

    async def refresh() -> None:
        await content.refresh()

    async def send_anyway() -> None:
        nonlocal even_today
        even_today = True
        await content.refresh()

    with ui.element("div").classes(design.STACK):
        await content()


def _quiet(
    quiet: QuietDay, customers: int, send_anyway: Callable[[], Awaitable[None]]
) -> None:
    """Say why nothing leaves by e-mail today, and let a person decide otherwise."""
    with ui.element("div").classes(design.NOTICE_BOX).mark("quiet-day"):
        ui.icon("event_busy").props("aria-hidden=true")
        ui.label(waiting_sentence(quiet, customers))
        quiet_button(_("Send all the same"), send_anyway).mark("send-anyway")


def _catching_up(off: DaysOff, today: date) -> None:
    """Say that days off are being caught up with, so that nobody fears a burst."""
    if off.until == today:
        words = ngettext(
            "{count} day without a reminder: here is what should have left, one "
            "message per customer.",
            "{count} days without a reminder: here is what should have left, one "
            "message per customer.",
            off.days,
        )
    else:
        words = _(
            "Catching up since {day}: one message per customer, then the days "
            "between two contacts.",
            day=formatting.day(off.until),
        )
    with ui.element("div").classes(design.NOTICE_BOX).mark("catching-up"):
        ui.icon("history").props("aria-hidden=true")
        ui.label(words)


def _nothing_due(view: TodayView) -> None:
    if view.last_import_on is None:
        with empty_state(
            _("No invoice yet"),
            _("Import a file of your accounting: what is due will be proposed here."),
            icon="upload_file",
        ):
            ui.link(_("Import a file"), addresses.IMPORT)
        return
    if view.quiet and view.kept_waiting:
        with empty_state(
            _("Nothing else to do today"),
            _("Nobody is to be reminded by letter or by phone."),
            icon="event_busy",
        ):
            pass
        return
    with empty_state(
        _("Nothing to remind today"),
        _("Every open invoice is listed below, with the reason why it can wait."),
        icon="task_alt",
    ):
        pass


def _counters(view: TodayView) -> None:
    with ui.element("div").classes(design.ROW):
        for channel, count in (
            (
                Channel.EMAIL,
                ngettext(
                    "{count} e-mail", "{count} e-mails", view.count(Channel.EMAIL)
                ),
            ),
            (
                Channel.LETTER,
                ngettext(
                    "{count} letter", "{count} letters", view.count(Channel.LETTER)
                ),
            ),
            (
                Channel.PHONE,
                ngettext("{count} call", "{count} calls", view.count(Channel.PHONE)),
            ),
            (
                Channel.OTHER,
                ngettext(
                    "{count} other action",
                    "{count} other actions",
                    view.count(Channel.OTHER),
                ),
            ),
        ):
            if view.count(channel):
                with ui.element("span").classes(design.COUNTER):
                    ui.icon(design.CHANNEL_ICONS[channel]).props("aria-hidden=true")
                    ui.label(count)
        secondary(
            _(
                "{amount} in all, for {customers}",
                amount=formatting.amounts(view.totals),
                customers=ngettext(
                    "{count} customer", "{count} customers", view.customer_count
                ),
            )
        )
        to_remind = addresses.narrowed(addresses.CUSTOMERS, {"chased": ["yes"]})
        ui.link(_("See all these customers in detail"), to_remind).mark("everyone")


def _cards(view: TodayView, desk: BucketDesk) -> None:
    """Draw the buckets in two columns, as source 004 does: with e-mail, without."""
    with ui.element("div").classes(design.GRID):
        for with_email, heading in (
            (True, _("Customers with an e-mail address")),
            (False, _("Customers without an e-mail address")),
        ):
            buckets = [b for b in view.buckets if b.with_email is with_email]
            if not buckets:
                continue
            with ui.element("section").classes(design.STACK):
                section_title(heading)
                with ui.element("div").classes(design.BUCKETS):
                    for bucket in buckets:
                        desk.add_card(bucket_card(bucket, desk.open), bucket)
