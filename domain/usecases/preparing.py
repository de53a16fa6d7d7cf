"""Make the files of composed reminders, and fill the outbox with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.identifiers import (
    BatchId,
    EntityId,
    MessageId,
    digest,
    new_id,
)
from domain.dunning.letter import LetterFile, pages_bound
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.scenario import Channel
from domain.dunning.styling import plain
from domain.files import Attachment
from domain.ports import Books, Documents, Outside, ProgressTold
from domain.usecases.composing import Composed
from domain.usecases.emails import (
    Envelope,
    MadeEmail,
    NoSenderError,
    attached,
    built_email,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files made of composed messages."""

    emails: tuple[MadeEmail, ...]
    letters: tuple[Composed, ...]
    files: tuple[LetterFile, ...]
    """Of each letter, in the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was put in the outbox."""

    email_count: int
    letter_count: int
    email_ids: tuple[MessageId, ...]
    """Those of the e-mails just added."""
    batch_ids: tuple[BatchId, ...]
    """Ordinary letters, then registered ones, which the post takes apart."""
    already_there: int
    """Messages prepared before, left as they were."""

    @property
    def batch_id(self) -> BatchId | None:
        """The first batch of letters."""
        return self.batch_ids[0] if self.batch_ids else None


def make_files(
    outside: Outside,
    composed: Sequence[Composed],
    envelope: Envelope | None,
    now: datetime,
    progress: ProgressTold | None = None,
) -> Made:
    """Turn composed messages into PDFs and e-mails; touches no books.

    Where ``progress`` stops it, those already made are kept: letters first.
    Registered letters come last, all in order of postal code, as the post sorts
    them. ``envelope`` may be None when there is no e-mail among them.
    """
    by_letter = [c for c in composed if c.message.channel is Channel.LETTER]
    by_letter.sort(
        key=lambda c: (
            _is_registered(c),
            c.customer.postal_code,
            c.customer.name.casefold(),
        )
    )
    by_email = [c for c in composed if c.message.channel is Channel.EMAIL]
    files: tuple[LetterFile, ...] = ()
    if by_letter:
        files = _files(outside.documents, by_letter, progress, 0, len(composed))
        if len(files) < len(by_letter):
            by_letter, by_email = by_letter[: len(files)], []
    emails: list[MadeEmail] = []
    if by_email:
        if envelope is None:
            raise NoSenderError(entity=by_email[0].content.sender.name)
        enclosed = _enclosures(
            outside, by_email, envelope, progress, len(by_letter), len(composed)
        )
        emails = [
            built_email(outside, one, enclosed[one.outbox_id], envelope, now)
            for one in by_email
            if one.outbox_id in enclosed
        ]
    return Made(emails=tuple(emails), letters=tuple(by_letter), files=files)


def _enclosures(
    outside: Outside,
    emails: Sequence[Composed],
    envelope: Envelope,
    progress: ProgressTold | None,
    before: int,
    of_all: int,
) -> dict[MessageId, list[Attachment]]:
    """Make what e-mails enclose; those that a stop left without it are not there.

    What a person wrote carries what that person attached, and the annex of the
    penalties that it claims.
    """
    invoices = outside.files.invoices(envelope.invoices_folder)
    proposed = [c for c in emails if c.by_hand is None or c.content.claim]
    made = (
        _files(outside.documents, proposed, progress, before, of_all)
        if proposed
        else ()
    )
    enclosed: dict[MessageId, list[Attachment]] = {
        one.outbox_id: attached(one, letter.pdf, envelope, invoices)
        for one, letter in zip(proposed, made, strict=False)
    }
    if len(made) == len(proposed):
        enclosed = {one.outbox_id: [] for one in emails} | enclosed
    return enclosed


def _files(
    documents: Documents,
    composed: Sequence[Composed],
    progress: ProgressTold | None,
    before: int,
    of_all: int,
) -> tuple[LetterFile, ...]:
    """Make PDFs, telling the progress over all the documents asked for."""

    def told(done: int, total: int) -> bool:  # noqa: ARG001 - total is of these only
        return progress is None or progress(before + done, of_all)

    return documents.letter_files([c.content for c in composed], told)


def queue_messages(
    books: Books,
    entity_id: EntityId,
    made: Made,
    today: date,
    now: datetime,
) -> Prepared:
    """Put prepared messages in the outbox, all or none."""
    batch_ids: list[BatchId] = []
    letters = 0
    email_ids: list[MessageId] = []
    with books.atomic():
        for made_email in made.emails:
            composed = made_email.composed
            document = books.outbox.save_document(
                f"{composed.content.message_reference}.eml",
                "message/rfc822",
                made_email.content,
            )
            message = replace(
                outbox_message(composed, today, now),
                document_id=document,
                sender=made_email.sender,
                message_header_id=made_email.header_id,
            )
            if books.outbox.add(message, outbox_lines(composed)):
                email_ids.append(message.id)
        pairs = list(zip(made.letters, made.files, strict=True))
        for registered in (False, True):
            apart = [p for p in pairs if _is_registered(p[0]) is registered]
            if apart:
                batch_id, count = _queue_letters(books, entity_id, apart, today, now)
                batch_ids.append(batch_id)
                letters += count
    return Prepared(
        email_count=len(email_ids),
        letter_count=letters,
        email_ids=tuple(email_ids),
        batch_ids=tuple(batch_ids),
        already_there=len(made.emails) + len(made.letters) - len(email_ids) - letters,
    )


def _is_registered(composed: Composed) -> bool:
    """Whether the post hands it over against a signature: a « mise en demeure »."""
    content = composed.content
    return content.is_formal_notice and composed.message.channel is Channel.LETTER


def _queue_letters(
    books: Books,
    entity_id: EntityId,
    letters: Sequence[tuple[Composed, LetterFile]],
    today: date,
    now: datetime,
) -> tuple[BatchId, int]:
    batch_id = BatchId(new_id())
    counts = [letter.page_count for _composed, letter in letters]
    books.outbox.save_batch(
        Batch(
            id=batch_id,
            entity_id=entity_id,
            state=BatchState.PREPARED,
            created_at=now,
            letter_count=len(letters),
            page_count=pages_bound(counts),
            sorted_by=books.entities.letter_layout(entity_id).batch_order,
        )
    )
    added = 0
    for composed, letter in letters:
        document = books.outbox.save_document(
            f"{composed.content.message_reference}.pdf", "application/pdf", letter.pdf
        )
        message = replace(
            outbox_message(composed, today, now),
            document_id=document,
            batch_id=batch_id,
            is_registered=_is_registered(composed),
        )
        added += books.outbox.add(message, outbox_lines(composed))
    return batch_id, added


def outbox_message(composed: Composed, today: date, now: datetime) -> OutboxMessage:
    """Make the message that waits in the outbox for a composed one."""
    planned, content, own = composed.message, composed.content, composed.by_hand
    return OutboxMessage(
        id=composed.outbox_id,
        entity_id=composed.customer.entity_id,
        customer_id=composed.customer.id,
        state=MessageState.QUEUED,
        channel=planned.channel,
        kind=planned.step.kind,
        level=planned.step.level,
        scenario_id=planned.scenario.id,
        dedupe=digest("by_hand", own.draft_id)
        if own
        else digest(
            composed.customer.id,
            planned.step.code,
            planned.total.currency,
            today.isoformat(),
        ),
        subject=content.email_subject
        if planned.channel is Channel.EMAIL
        else content.subject,
        body=plain("\n\n".join(content.paragraphs)),
        recipient=composed.recipient,
        copies="\n".join(composed.copies),
        counts=own.counts if own else True,
        level_after=own.level_after if own else None,
        despite=own.despite if own else "",
        written_by_hand=own is not None,
        total=planned.total,
        deadline_on=composed.deadline_on,
        prepared_on=today,
        created_at=now,
        changed_at=now,
    )


def outbox_lines(composed: Composed) -> list[OutboxItem]:
    """List the items of a composed message, with what it asks for each."""
    levels = composed.by_hand.levels if composed.by_hand else {}
    return [
        OutboxItem(
            message_id=composed.outbox_id,
            item_id=item.id,
            left=item.left,
            level=levels.get(item.id),
        )
        for item in composed.message.items
    ]
