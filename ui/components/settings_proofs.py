"""Read again the proofs of what was sent, and say whether anything was altered."""

from dataclasses import dataclass

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.basics.progress import Tell
from domain.customers.customer import Customer
from domain.dunning.proof import Verification
from domain.ports import Books
from domain.usecases.verifying import customers_in, verify
from ui import design, formatting
from ui.components.buttons import secondary_button
from ui.components.import_progress import behind_bar
from ui.components.settings_card import SettingsCards
from ui.components.text import secondary
from ui.design import Tone
from ui.proof_words import fault_sentence, read_sentences, stray_sentences
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_SHOWN = 50
"""Faults told one by one; one cause, such as a lost disk, alters them by thousands."""


def proofs_card(session: Session, cards: SettingsCards) -> None:
    """Let the user have the journal and the kept files read again."""
    with cards.card(
        "proofs",
        _("Proofs of what was sent"),
        _(
            "Each message that left is kept word for word, and each departure is in a "
            "journal that can only grow. Relance reads everything again and tells "
            "whether anything was altered, removed or added."
        ),
    ):
        result = ui.element("div").classes(design.STACK).mark("proofs-result")
        result.props["role"] = "status"

        async def check() -> None:
            button.disable()
            try:
                with refusals_shown():
                    await _check(session, result)
            finally:
                button.enable()

        with ui.element("div").classes(design.CARD_ACTIONS):
            button = secondary_button(
                _("Check the proofs"), check, icon="verified_user"
            ).mark("check-proofs")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read again, and the customers whom something wrong is about."""

    proofs: Verification
    customers: dict[CustomerId | None, Customer]


def _read_again(books: Books, tell: Tell) -> _Found:
    proofs = verify(books, tell)
    return _Found(proofs=proofs, customers=customers_in(books, proofs))


async def _check(session: Session, result: ui.element) -> None:
    async def work(tell: Tell) -> _Found:
        return await session.run_aside(_read_again, tell)

    result.clear()
    found = await behind_bar(_("Checking the proofs…"), work)
    if found:
        with result:
            _draw(session, found)


def _draw(session: Session, found: _Found) -> None:
    """Say in one line whether all is well, then what is not, then what was read."""
    proofs = found.proofs
    count = len(proofs.faults)
    tone = Tone.STOPPED if count else Tone.SETTLED
    look = design.NOTICE_BOX if count else design.ROW
    with ui.element("div").classes(f"{look} {tone.css}"):
        icon = "error_outline" if count else "verified_user"
        ui.icon(icon).classes(design.ROW_ICON).props("aria-hidden=true")
        ui.label(_verdict(count))
    for fault in proofs.faults[:_SHOWN]:
        ui.label(fault_sentence(fault, found.customers.get(fault.customer_id)))
    if count > _SHOWN:
        secondary(_("and {count} more", count=formatting.count(count - _SHOWN)))
    moment = formatting.moment(session.now())
    said = [
        *read_sentences(proofs.end.count, proofs.documents),
        *stray_sentences(len(proofs.strays)),
        _("Checked on {moment}.", moment=moment),
    ]
    secondary(" ".join(said))
    if proofs.end.count:
        secondary(_("Hash of the last record: {hash}", hash=proofs.end.hash))


def _verdict(count: int) -> str:
    if not count:
        return _("The journal is whole, and every kept file is as it was sent.")
    return ngettext(
        "{count} proof is not as it was:", "{count} proofs are not as they were:", count
    )
