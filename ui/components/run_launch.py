"""Launches a run: one confirmation of what leaves, then the usual way out."""

from collections.abc import Collection
from functools import partial

from nicegui import ui

from domain.basics.identifiers import ItemId
from domain.dunning.criteria import LevelRule, RunRules
from domain.dunning.scenario import Channel
from domain.usecases.by_criteria import Found, RunPlan, compose_run
from domain.usecases.delivering import check_can_send
from ui import formatting
from ui.components.confirm_dialog import confirm
from ui.components.preparing_dialog import watched
from ui.components.printed_dialog import printed_dialogs
from ui.preparing import prepare_composed
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext


def says(plan: RunPlan) -> str:
    """Name the gesture by what it does: « Envoyer 3 e-mails »."""
    emails, letters = plan.count(Channel.EMAIL), plan.count(Channel.LETTER)
    if not plan.messages:
        return _("Remind")
    if emails and letters:
        return _(
            "Send {emails}, print {letters}",
            emails=_emails(emails),
            letters=_letters(letters),
        )
    if letters:
        return ngettext("Print {count} letter", "Print {count} letters", letters)
    return ngettext("Send {count} e-mail", "Send {count} e-mails", emails)


def _emails(count: int) -> str:
    return ngettext("{count} e-mail", "{count} e-mails", count)


def _letters(count: int) -> str:
    return ngettext("{count} letter", "{count} letters", count)


async def launch(
    session: Session,
    ticked: Collection[ItemId],
    rules: RunRules,
    plan: RunPlan,
    found: Found,
) -> bool:
    """Confirm, prepare, send and print a run; tells whether it was prepared."""
    with refusals_shown():
        if plan.count(Channel.EMAIL):
            await session.run(check_can_send, session.entity_id)
        question = _question(rules, len(plan.customers))
        if not await confirm(question, _consequence(plan, found), says(plan)):
            return False
        composed = await session.run(
            compose_run,
            session.entity_id,
            ticked,
            rules,
            plan,
            session.outside.mail.check_address,
            session.today(),
        )
        preparing = partial(prepare_composed, session, composed)
        prepared = await watched(preparing, len(composed))
        if prepared is None:
            return False
        if prepared.email_ids:
            session.postman.send_soon(session.entity_id, prepared.email_ids)
            ui.notify(
                ngettext(
                    "{count} e-mail is leaving: the outbox follows it",
                    "{count} e-mails are leaving: the outbox follows them",
                    prepared.email_count,
                ),
                type="positive",
            )
        if prepared.letter_count:
            await printed_dialogs(session, prepared.batch_ids)
        return True
    return False


def _question(rules: RunRules, customers: int) -> str:
    if rules.rule is LevelRule.THANKS:
        return ngettext(
            "Thank {count} customer?", "Thank {count} customers?", customers
        )
    return ngettext("Remind {count} customer?", "Remind {count} customers?", customers)


def _consequence(plan: RunPlan, found: Found) -> str:
    """Say exactly what leaves, and what deserves a second look."""
    emails, letters = plan.count(Channel.EMAIL), plan.count(Channel.LETTER)
    amount = " · ".join(formatting.money(one) for one in plan.totals)
    what = _letters(letters) if letters else _emails(emails)
    if emails and letters:
        what = _(
            "{emails} and {letters}", emails=_emails(emails), letters=_letters(letters)
        )
    sentences = [
        _("{messages}, {amount} in all.", messages=what, amount=amount)
        if any(plan.totals)
        else _("{messages}.", messages=what)
    ]
    if emails:
        sentences.append(_("E-mails leave one by one and cannot be taken back."))
    if letters:
        sentences.append(
            _("Letters come as one PDF, and count once you say they are printed.")
        )
    for count, sentence in (
        (
            plan.lowered,
            ngettext(
                "{count} instalment goes down to a lower level.",
                "{count} instalments go down to a lower level.",
                plan.lowered,
            ),
        ),
        (
            plan.unaddressed,
            ngettext(
                "{count} letter has no postal address.",
                "{count} letters have no postal address.",
                plan.unaddressed,
            ),
        ),
        (
            plan.above_ceiling,
            ngettext(
                "{count} message is above your ceiling.",
                "{count} messages are above your ceiling.",
                plan.above_ceiling,
            ),
        ),
    ):
        if count:
            sentences.append(sentence)
    if found.data_is_old:
        sentences.append(
            _("Your data is old: import what was paid since, or chase it in vain.")
        )
    return " ".join(sentences)
