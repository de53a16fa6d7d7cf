"""Commands that act: print today's letters, send today's e-mails."""

from typing import Any

from domain.basics.errors import DunningError
from domain.dunning.letter import BoundLetter, pages_bound
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel, StepKind
from domain.usecases.acting import all_choices, show_today
from domain.usecases.clock import check_clock
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.courtesy import quiet_today
from domain.usecases.delivering import check_can_send, emails_in
from domain.usecases.departing import Departure, departed, would_depart
from domain.usecases.emails import envelope_of
from domain.usecases.importing import data_is_old
from domain.usecases.invoice_files import read_invoice_folder
from domain.usecases.preparing import make_files, queue_messages
from domain.usecases.printed_batches import confirm_printed
from domain.usecases.sending import RoundReport, send_waiting
from ui import formatting
from ui.cli.context import Answer, Context
from ui.translation import _, ngettext


class OldDataError(DunningError):
    """Reminders on old figures annoy customers who have paid."""

    message = (
        "The last import is dated {day}: import newer figures, or add"
        " --accept-old-data to go on all the same."
    )


class QuietDayError(DunningError):
    """Customers are left in peace on Sundays, holidays and quiet periods."""

    message = (
        "No e-mail leaves today ({why}); they leave from {day} on. Add --even-today"
        " to send all the same."
    )


class OnlyPdfError(DunningError):
    """Letters are made as a PDF."""

    message = "The letters are made as a PDF: the file's name must end with .pdf."


class NothingLeftError(DunningError):
    """The mail server could not be reached, or would not let us in."""

    message = "No e-mail has left; {waiting} wait in “Envois”. {reason}"


def letters(context: Context) -> Answer:
    """Make today's letters into one PDF; they count once confirmed printed."""
    name = context.arguments.out
    if not name.lower().endswith(".pdf"):
        raise OnlyPdfError
    context.target(name)  # making many letters takes long
    _check_fresh(context)
    composed = _composed(context, Channel.LETTER)
    if not composed:
        return Answer(
            payload={"letters": [], "pages": 0, "file": None, "confirmed": False},
            lines=[_("No letter is due today.")],
        )
    outside, entity = context.outside, context.entity
    made = make_files(outside, composed, None, context.now())
    pages = pages_bound([file.page_count for file in made.files])
    bound = outside.documents.bound(
        [
            BoundLetter(title=one.customer.name, pdf=file.pdf)
            for one, file in zip(made.letters, made.files, strict=True)
        ]
    )
    context.write_file(name, bound)
    prepared = queue_messages(
        context.books, entity.id, made, context.today, context.now()
    )
    confirmed = bool(context.arguments.confirm_printed and prepared.batch_ids)
    if confirmed:
        for batch_id in prepared.batch_ids:
            confirm_printed(context.books, batch_id, context.today, context.now())
    return Answer(
        payload={
            "letters": [_described(c) for c in composed],
            "pages": pages,
            "file": name,
            "batch": prepared.batch_id,
            "confirmed": confirmed,
        },
        lines=[
            ngettext(
                "{count} letter in {file}", "{count} letters in {file}", len(composed)
            ).format(file=name),
            _("They are counted as posted.")
            if confirmed
            else _("Once printed, confirm it in « Envois »: they count from then on."),
        ],
    )


def send(context: Context) -> Answer:
    """Prepare today's e-mails and send all those that wait."""
    _check_fresh(context)
    outside, books, entity = context.outside, context.books, context.entity
    if not context.arguments.dry_run:
        check_can_send(books, entity.id)
        check_clock(books, entity.id, context.today)
    _check_day(context)
    composed = _composed(context, Channel.EMAIL)
    if context.arguments.dry_run:
        return _would_send(context, composed)
    if composed:
        read_invoice_folder(
            books, outside.files, entity.id, context.today, context.now()
        )
        envelope = envelope_of(books, entity.id)
        made = make_files(outside, composed, envelope, context.now())
        queue_messages(books, entity.id, made, context.today, context.now())
    report = send_waiting(
        books,
        outside.mail,
        entity.id,
        context.today,
        context.now,
        context.arguments.max,
        even_today=context.arguments.even_today,
    )
    if report.nothing_left:
        raise NothingLeftError(waiting=report.waiting, reason=report.stopped_because)
    return _sent(context, report)


def _would_send(context: Context, composed: list[Composed]) -> Answer:
    books, entity_id = context.books, context.entity.id
    departures = would_depart(
        books,
        entity_id,
        composed,
        context.today,
        context.now(),
        context.arguments.max,
    )
    return Answer(
        payload={
            "dry_run": True,
            "messages": [described_departure(one) for one in departures],
            "waiting": len(emails_in(books, entity_id, MessageState.QUEUED)),
        },
        lines=[
            ngettext(
                "{count} e-mail would leave",
                "{count} e-mails would leave",
                len(departures),
            )
        ],
    )


def _sent(context: Context, report: RoundReport) -> Answer:
    lines = [ngettext("{count} e-mail sent", "{count} e-mails sent", report.sent)]
    if report.failed or report.uncertain:
        lines.append(
            _("{failed} refused, {uncertain} uncertain: look at « Envois »").format(
                failed=report.failed, uncertain=report.uncertain
            )
        )
    if report.stopped_because:
        lines.append(_(report.stopped_because))
    return Answer(
        payload={
            "dry_run": False,
            "messages": [
                described_departure(one)
                for one in departed(context.books, report.sent_ids)
            ],
            "sent": report.sent,
            "failed": report.failed,
            "uncertain": report.uncertain,
            "waiting": report.waiting,
            "stopped_because": _(report.stopped_because)
            if report.stopped_because
            else None,
        },
        lines=lines,
    )


def described_departure(one: Departure) -> dict[str, Any]:
    """Describe an e-mail that leaves, for programs."""
    message = one.message
    step = {StepKind.ADVANCE_NOTICE: "P", StepKind.THANK_YOU: "M"}
    return {
        "client": one.customer_code,
        "step": step.get(message.kind, f"R{message.level}"),
        "recipient": message.recipient,
        "subject": message.subject,
        "items": [
            {"id": line.item_id, "left_cents": line.left.cents} for line in one.lines
        ],
        "total_cents": message.total.cents,
    }


def _composed(context: Context, channel: Channel) -> list[Composed]:
    check_address = context.outside.mail.check_address
    entity_id = context.entity.id
    even_today = channel is Channel.EMAIL and context.arguments.even_today
    view = show_today(
        context.books, entity_id, check_address, context.today, even_today=even_today
    )
    choices = all_choices(view, [channel])
    if not choices:
        return []
    return compose_chosen(
        context.books,
        entity_id,
        choices,
        check_address,
        context.today,
        even_today=even_today,
    )


def _described(composed: Composed) -> dict[str, Any]:
    message = composed.message
    return {
        "client": composed.customer.code,
        "step": message.step.code,
        "recipient": composed.recipient,
        "subject": composed.content.subject,
        "items": [{"id": i.id, "left_cents": i.left.cents} for i in message.items],
        "total_cents": message.total.cents,
    }


def _check_fresh(context: Context) -> None:
    if context.arguments.accept_old_data:
        return
    entity_id = context.entity.id
    if data_is_old(context.books, entity_id, context.today):
        last = context.books.imports.last(entity_id)
        day = last.imported_at.date() if last else context.today
        raise OldDataError(day=formatting.day(day))


def _check_day(context: Context) -> None:
    if context.arguments.even_today:
        return
    quiet = quiet_today(context.books, context.entity.id, context.today)
    if quiet:
        raise QuietDayError(why=_(quiet.why), day=formatting.day(quiet.until))
