"""What is agreed with a customer: stop, dispute, promise, note; each leaves a trace.

What begins returns what it made, for the gesture that takes it back.
"""

from domain.usecases.agreeing.disputes import (
    change_dispute,
    close_dispute,
    open_dispute,
    reopen_dispute,
)
from domain.usecases.agreeing.holds import (
    HoldEndsInThePastError,
    change_hold,
    lift_hold,
    place_hold,
    restore_hold,
)
from domain.usecases.agreeing.notes import (
    EmptyNoteError,
    change_note,
    remove_note,
    restore_note,
    write_note,
)
from domain.usecases.agreeing.promises import (
    PromiseAmountError,
    PromiseInThePastError,
    cancel_promise,
    change_promise,
    record_promise,
    restore_promise,
)

__all__ = (
    "EmptyNoteError",
    "HoldEndsInThePastError",
    "PromiseAmountError",
    "PromiseInThePastError",
    "cancel_promise",
    "change_dispute",
    "change_hold",
    "change_note",
    "change_promise",
    "close_dispute",
    "lift_hold",
    "open_dispute",
    "place_hold",
    "record_promise",
    "remove_note",
    "reopen_dispute",
    "restore_hold",
    "restore_note",
    "restore_promise",
    "write_note",
)
