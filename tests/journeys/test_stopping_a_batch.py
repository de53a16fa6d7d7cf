"""A batch that is stopped keeps what was made, and proposes the rest again."""

from datetime import date

from domain.dunning.scenario import Channel
from domain.usecases.acting import all_choices, show_today
from domain.usecases.composing import compose_chosen
from domain.usecases.preparing import make_files, queue_messages
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    moment,
)

TODAY = date(2026, 3, 31)
JAN = date(2026, 1, 10)


def test_letters_made_before_a_stop_are_a_batch_and_the_others_are_proposed() -> None:
    books, entity_id = books_of()
    codes = ("C001", "C002", "C003")
    lines = [a_line(f"F-{code}", 120_00, JAN, code=code, name=code) for code in codes]
    bring_in(books, entity_id, a_file(*lines), TODAY)
    for code in codes:
        give_address(books, entity_id, code)
    check = OUTSIDE.mail.check_address
    choices = all_choices(show_today(books, entity_id, check, TODAY), [Channel.LETTER])
    composed = compose_chosen(books, entity_id, choices, check, TODAY)

    def until_two(done: int, total: int) -> bool:
        return done < min(2, total)

    made = make_files(OUTSIDE, composed, None, moment(TODAY), until_two)
    prepared = queue_messages(books, entity_id, made, TODAY, moment(TODAY))

    assert prepared.letter_count == 2
    (batch,) = books.outbox.batches(entity_id)
    assert batch.letter_count == 2
    left = show_today(books, entity_id, check, TODAY)
    assert sum(len(bucket.rows) for bucket in left.buckets) == 1
