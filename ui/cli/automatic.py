"""The command that a scheduled task gives: let automatic steps leave."""

from domain.usecases.automatic import (
    AutomaticReport,
    automatic_choices,
    note_refusal,
    report_on,
    waiting_by_itself,
    why_not_now,
)
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.departing import Departure, departed, would_depart
from domain.usecases.emails import envelope_of
from domain.usecases.invoice_files import read_invoice_folder
from domain.usecases.preparing import make_files, queue_messages
from domain.usecases.releasing import release
from domain.usecases.sending import send_waiting
from ui.cli.acting import described_departure
from ui.cli.context import Answer, Context
from ui.translation import _, ngettext


def run_automatic(context: Context) -> Answer:
    """Send today's e-mails of the automatic steps, unless a person is needed."""
    books, entity_id = context.books, context.entity.id
    is_dry = context.arguments.dry_run
    check, today = context.outside.mail.check_address, context.today
    choices = automatic_choices(books, entity_id, check, today)
    why = why_not_now(books, entity_id, context.now(), today)
    if why:
        kept = len(choices) + len(waiting_by_itself(books, entity_id))
        report = AutomaticReport(at=context.now(), kept=kept, why=why)
        if not is_dry:
            note_refusal(books, entity_id, kept, why, context.now())
        return _told(report, [], is_dry=is_dry)
    composed = (
        compose_chosen(books, entity_id, choices, check, today) if choices else []
    )
    if is_dry:
        departures = [
            one
            for one in would_depart(books, entity_id, composed, today, context.now())
            if one.message.by_itself or one.message.id in _ids(composed)
        ]
        report = AutomaticReport(at=context.now(), sent=len(departures))
        return _told(report, departures, is_dry=True)
    return _send(context, composed)


def _ids(composed: list[Composed]) -> set[str]:
    return {one.outbox_id for one in composed}


def _send(context: Context, composed: list[Composed]) -> Answer:
    books, outside, entity_id = context.books, context.outside, context.entity.id
    if composed:
        today, now = context.today, context.now()
        read_invoice_folder(books, outside.files, entity_id, today, now)
        made = make_files(outside, composed, envelope_of(books, entity_id), now)
        prepared = queue_messages(books, entity_id, made, today, now)
        release(books, entity_id, prepared.email_ids, by_itself=True)
    ids = waiting_by_itself(books, entity_id)
    done = send_waiting(
        books, outside.mail, entity_id, context.today, context.now, by_itself=True
    )
    report = report_on(books, entity_id, ids, context.now())
    if done.stopped_because and report.kept:
        report = note_refusal(
            books, entity_id, report.kept, done.stopped_because, context.now()
        )
    return _told(report, departed(books, done.sent_ids), is_dry=False)


def _told(
    report: AutomaticReport, departures: list[Departure], *, is_dry: bool
) -> Answer:
    would = ngettext(
        "{count} e-mail would leave", "{count} e-mails would leave", report.sent
    )
    sent = ngettext("{count} e-mail sent", "{count} e-mails sent", report.sent)
    lines = [would if is_dry else sent]
    if report.why:
        lines.append(
            ngettext(
                "{count} e-mail kept back: {why}",
                "{count} e-mails kept back: {why}",
                report.kept,
                why=_(report.why),
            )
        )
    return Answer(
        payload={
            "dry_run": is_dry,
            "messages": [described_departure(one) for one in departures],
            "sent": 0 if is_dry else len(departures),
            "kept": report.kept,
            "why": _(report.why) if report.why else None,
        },
        lines=lines,
    )
