"""Asks whether letters came out of the printer: only then do they count."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise

from nicegui import events, ui

from domain.basics.identifiers import BatchId, MessageId
from domain.dunning.letter_layout import BatchOrder
from domain.dunning.posting import grouped_number
from domain.ports import Documents
from domain.usecases.posting import (
    BatchPaper,
    BatchView,
    batch_paper,
    bound,
    give_number,
    show_batch,
    slip,
    sort_batch,
)
from domain.usecases.printed_batches import confirm_printed
from ui import design, labels
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.date_input import DateInput
from ui.components.dialog import page_dialog
from ui.components.save_file import open_file, print_file, save_file
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_DOUBTS_SHOWN = 5
Use = Callable[[str, bytes], Awaitable[None]]


async def printed_dialogs(session: Session, batch_ids: Sequence[BatchId]) -> None:
    """Hand over batches one after the other, registered letters apart."""
    for rank, batch_id in enumerate(batch_ids, 1):
        await printed_dialog(session, batch_id, place=(rank, len(batch_ids)))


async def printed_dialog(
    session: Session, batch_id: BatchId, *, place: tuple[int, int] = (1, 1)
) -> bool:
    """Hand the PDF over, then let the user say « imprimé », or see to it later.

    ``place`` is its rank among batches handed over one after the other.

    Returns whether the letters now count as sent.
    """
    view = await session.run(show_batch, batch_id)
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        if place[1] > 1:
            _which(view, place)
        section_title(_heading(view))
        paragraph(
            _(
                "Print the PDF, check the paper, put the letters in the post. They "
                "count as sent once you confirm; until then nothing changes, and the "
                "batch waits in the outbox."
            )
        )
        _doubts(view)
        _paper_buttons(session, view)
        _order_choice(session, view)
        posted = None
        if view.is_registered:
            _numbers(session, view)
            posted = DateInput(_("Handed to the post on (may be noted later)"))
            posted.mark("posted-on")
        spoilt = _spoilt_choice(view)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Later"), lambda: dialog.submit(False))
            primary_button(
                _("Printed"), lambda: dialog.submit(True), icon="check"
            ).mark("printed")
    printed = await dialog
    dialog.delete()
    if not printed:
        return False
    return await _confirm(session, batch_id, spoilt.value or [], posted)


async def _confirm(
    session: Session,
    batch_id: BatchId,
    spoilt: Sequence[MessageId],
    posted: DateInput | None,
) -> bool:
    with refusals_shown():
        count = await session.run(
            confirm_printed,
            batch_id,
            session.today(),
            session.now(),
            spoilt=spoilt,
            posted_on=posted.day if posted else None,
        )
        ui.notify(
            ngettext(
                "{count} letter counted as sent",
                "{count} letters counted as sent",
                count,
            ),
            type="positive",
        )
        return True
    return False


def _heading(view: BatchView) -> str:
    count = len(view.letters)
    if view.is_registered:
        return ngettext(
            "{count} registered letter is ready",
            "{count} registered letters are ready",
            count,
        )
    return _("The letters are ready")


def _which(view: BatchView, place: tuple[int, int]) -> None:
    """Say which of several batches this is, and on which pile its paper goes."""
    rank, count = place
    with ui.element("div").classes(design.NOTICE_BOX).mark("which-batch"):
        ui.icon("mark_email_unread" if view.is_registered else "mail").props(
            "aria-hidden=true"
        )
        ui.label(
            _(
                "Batch {rank} of {count}: formal notices, to be posted as registered "
                "letters, apart from the others.",
                rank=rank,
                count=count,
            )
            if view.is_registered
            else _(
                "Batch {rank} of {count}: ordinary letters. The formal notices come "
                "next, in a batch of their own.",
                rank=rank,
                count=count,
            )
        )


def _doubts(view: BatchView) -> None:
    """Name the letters that the post may not find."""
    for letter, doubts in view.doubtful[:_DOUBTS_SHOWN]:
        secondary(
            _(
                "{customer}: {doubts}.",
                customer=letter.customer.name,
                doubts=", ".join(labels.address_doubt(doubt) for doubt in doubts),
            )
        )
    others = len(view.doubtful) - _DOUBTS_SHOWN
    if others > 0:
        secondary(
            ngettext(
                "and {count} other address to check",
                "and {count} other addresses to check",
                others,
            )
        )


def _paper_buttons(session: Session, view: BatchView) -> None:
    """Offer the PDF to be printed, opened or saved, and the posting slip."""
    day = f"{session.today():%Y-%m-%d}"
    kind = "recommandes" if view.is_registered else "courriers"

    def handing(
        make: Callable[[Documents, BatchPaper], bytes], name: str, use: Use
    ) -> Callable[[], Awaitable[None]]:
        return lambda: hand_paper(session, view.batch.id, make, name, use)

    with ui.element("div").classes(design.ROW):
        letters = f"{kind}-{day}.pdf"
        secondary_button(
            _("Print…"), handing(bound, letters, print_file), icon="print"
        ).mark("print-batch")
        secondary_button(
            _("Open the PDF"), handing(bound, letters, open_file), icon="picture_as_pdf"
        )
        secondary_button(
            _("Save the PDF"), handing(bound, letters, save_file), icon="save_alt"
        ).mark("save-pdf")
        secondary_button(
            _("Posting slip"),
            handing(slip, f"bordereau-{kind}-{day}.pdf", open_file),
            icon="receipt_long",
        ).mark("posting-slip")


async def hand_paper(
    session: Session,
    batch_id: BatchId,
    make: Callable[[Documents, BatchPaper], bytes],
    name: str,
    use: Use,
) -> None:
    """Make a batch's PDF or its slip from the letters' own files, and hand it over."""
    with refusals_shown():
        paper = await session.run(batch_paper, batch_id, session.today())
        content = await asyncio.to_thread(make, session.outside.documents, paper)
        await use(name, content)


def _order_choice(session: Session, view: BatchView) -> None:
    async def sort(event: events.ValueChangeEventArguments[str]) -> None:
        await session.run(sort_batch, view.batch.id, BatchOrder(event.value))

    ui.select(
        {order.value: labels.batch_order(order) for order in BatchOrder},
        label=_("Letters printed in order of"),
        value=view.batch.sorted_by.value,
        on_change=sort,
    ).props(design.INPUT).mark("batch-order")


def _numbers(session: Session, view: BatchView) -> None:
    """Take the post's numbers, typed or scanned: a scanner ends with Enter."""
    secondary(
        _(
            "Type or scan the number of each registered letter: it is printed on the "
            "posting slip, and kept in the history."
        )
    )
    fields: list[ui.input] = []
    form = ui.element("div").classes(design.FORM)
    for rank, letter in enumerate(view.letters):
        with form:
            field = ui.input(
                letter.customer.name,
                value=grouped_number(letter.message.registered_number),
            )
        fields.append(field.props(design.INPUT).mark(f"registered-{rank}"))

        async def keep(
            field: ui.input = field, message_id: MessageId = letter.message.id
        ) -> None:
            with refusals_shown():
                number = await session.run(give_number, message_id, field.value or "")
                field.value = grouped_number(number)

        field.on("blur", keep)
    for field, following in pairwise(fields):
        field.on("keydown.enter", lambda after=following: after.run_method("focus"))


def _spoilt_choice(view: BatchView) -> ui.select:
    """Let the user name the letters that jammed: they wait to be printed again."""
    choice = ui.select(
        {
            letter.message.id: _(
                "{rank}. {customer}", rank=rank, customer=letter.customer.name
            )
            for rank, letter in enumerate(view.letters, 1)
        },
        label=_("Spoilt letters, to be printed again"),
        multiple=True,
        with_input=True,
        clearable=True,
    )
    choice.props(design.INPUT).props("use-chips").mark("spoilt")
    return choice
