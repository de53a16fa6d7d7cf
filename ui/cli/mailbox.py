"""The command that reads the mailbox, for a scheduled task."""

from domain.usecases.copying_sent import copies_kept, copies_to_keep
from domain.usecases.mailbox import keep_look, look, what_to_look_for
from ui.cli.context import Answer, Context
from ui.mailbox import mailbox_words
from ui.translation import _, ngettext


def read_mailbox(context: Context) -> Answer:
    """Read what is new in the mailbox, and keep what is about our e-mails."""
    books, entity_id = context.books, context.entity.id
    wanted = what_to_look_for(books, entity_id)
    if wanted is None:
        return Answer(
            payload={"account": None, "problem": None},
            lines=[_("No mailbox is set: nothing to read.")],
        )
    looked = look(context.outside.mailbox, wanted, context.now())
    report = keep_look(
        books, entity_id, looked, mailbox_words(), context.today, context.now()
    )
    if not report.problem:
        _copy(context)
    lines = [
        ngettext("{count} reply to read", "{count} replies to read", report.replies),
        ngettext(
            "{count} e-mail not delivered",
            "{count} e-mails not delivered",
            report.bounces,
        ),
    ]
    problem = _(report.problem) if report.problem else None
    return Answer(
        payload={
            "account": wanted.account.user,
            "problem": problem,
            "replies": report.replies,
            "bounces": report.bounces,
            "receipts": report.receipts,
            "absences": report.absences,
            "settled_doubts": report.settled_doubts,
            "is_more": report.is_more,
        },
        lines=[problem] if problem else lines,
    )


def _copy(context: Context) -> None:
    """Put copies of what was sent in the Sent folder, where that is asked for."""
    books, entity_id = context.books, context.entity.id
    while wanted := copies_to_keep(books, entity_id):
        kept = context.outside.mailbox.keep_sent(*wanted)
        copies_kept(books, entity_id, kept.names, kept.problem)
        if kept.problem or not kept.names:
            return
