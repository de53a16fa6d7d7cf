"""« Données personnelles »: hand a customer's over, or erase what may be erased."""

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.usecases.personal_data import (
    ERASED,
    KEPT,
    PROOF_YEARS,
    ErasureSheet,
    erase_personal_data,
    personal_data,
    show_erasure,
)
from ui import addresses, design, formatting
from ui.components.buttons import danger_button, quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.save_file import save_file
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


async def show_personal_data(session: Session, customer_id: CustomerId) -> None:
    """Say what is known and what may be erased, then hand over or erase."""
    with refusals_shown():
        _dialog(session, await session.run(show_erasure, customer_id, session.today()))


def _dialog(session: Session, found: ErasureSheet) -> None:
    customer = found.customer
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(_("Personal data of {name}", name=customer.name))
        if found.erased_at:
            secondary(
                _("Already erased on {day}.", day=formatting.moment(found.erased_at))
            )
        paragraph(_("Erased for good:"))
        _list(_erased(found))
        paragraph(_("Kept, because the law asks for it or a claim may need it:"))
        _list(_kept(found))
        secondary(
            _(
                "Copies made before keep these data until they are replaced, within "
                "12 months; restored, they are erased in them too. Your mailbox and "
                "your accounting program keep their own."
            )
        )
        typed = ui.input(
            _("To erase, type the customer's code: {code}", code=customer.code)
        )
        typed.props(design.INPUT).mark("erase-code")

        async def hand_over() -> None:
            with refusals_shown():
                content = await session.run(personal_data, customer.id)
                stem = _("Personal data {code}", code=customer.code)
                await save_file(f"{stem} {session.today():%Y-%m-%d}.zip", content)

        async def erase() -> None:
            with refusals_shown():
                await session.run(
                    erase_personal_data,
                    customer.id,
                    typed.value or "",
                    session.today(),
                    session.now(),
                )
                dialog.close()
                ui.navigate.to(addresses.customer(customer.id))

        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
            secondary_button(_("Hand over (ZIP)"), hand_over, icon="folder_zip").mark(
                "hand-over"
            )
            danger_button(_("Erase for good"), erase).mark("erase")
    dialog.on("hide", dialog.delete)
    dialog.open()


def _list(sentences: list[str]) -> None:
    with ui.element("ul").classes(design.STEPS_LIST):
        for sentence in sentences:
            with ui.element("li"):
                ui.label(sentence)


def _erased(found: ErasureSheet) -> list[str]:
    """Name what there is to erase, and nothing else."""
    count = found.counts
    told = {
        "contacts": ngettext(
            "{count} contact: name, e-mail address, telephone numbers",
            "{count} contacts: names, e-mail addresses, telephone numbers",
            count["contacts"],
        ),
        "phones": _("the telephone numbers and free fields of the customer"),
        "notes": ngettext(
            "the text of {count} note", "the text of {count} notes", count["notes"]
        ),
        "received": ngettext(
            "{count} e-mail received", "{count} e-mails received", count["received"]
        ),
        "calls": ngettext(
            "the numbers of {count} call",
            "the numbers of {count} calls",
            count["calls"],
        ),
        "waiting": ngettext(
            "{count} message that waits: it is withdrawn",
            "{count} messages that wait: they are withdrawn",
            count["waiting"],
        ),
        "old_messages": ngettext(
            "the words and the file of {count} message older than {years} years",
            "the words and the files of {count} messages older than {years} years",
            count["old_messages"],
            years=PROOF_YEARS,
        ),
    }
    return [
        *(told[kind] for kind in ERASED if count[kind]),
        _("the words noted in the history, other than messages sent"),
    ]


def _kept(found: ErasureSheet) -> list[str]:
    count = found.counts
    told = {
        "entries": ngettext(
            "{count} accounting entry, with the name and postal address: ten years "
            "(article L123-22 of the Code de commerce)",
            "{count} accounting entries, with the name and postal address: ten years "
            "(article L123-22 of the Code de commerce)",
            count["entries"],
        ),
        "messages": ngettext(
            "{count} message sent since {day}, with its proof: what is owed may be "
            "claimed for five years (article L110-4)",
            "{count} messages sent since {day}, with their proofs: what is owed may "
            "be claimed for five years (article L110-4)",
            count["messages"],
            day=formatting.day(found.proofs_since),
        ),
        "agreements": ngettext(
            "{count} promise, dispute or stop: dates and amounts",
            "{count} promises, disputes and stops: dates and amounts",
            count["agreements"],
        ),
    }
    return [
        *(told[kind] for kind in KEPT if count[kind]),
        _("the levels reached and the dates of the history, without words"),
    ]
