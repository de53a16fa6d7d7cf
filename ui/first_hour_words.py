"""Words for the steps of the first hour: what to do, and what it unlocks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from domain.basics.sentences import N_
from domain.usecases.first_hour import FirstStep
from ui.translation import _


class StepWords(NamedTuple):
    """How a step is told."""

    title: str
    unlocks: str
    icon: str


_WORDS: Mapping[FirstStep, StepWords] = MappingProxyType(
    {
        FirstStep.COMPANY: StepWords(
            N_("Present your company"),
            N_("Letters then say who writes, and where to pay."),
            "business",
        ),
        FirstStep.IMPORT: StepWords(
            N_("Import your accounting"),
            N_("You then see who owes you what, and since when."),
            "upload_file",
        ),
        FirstStep.RECIPIENTS: StepWords(
            N_("Say who receives the reminders"),
            N_("E-mails then leave to the right person; the others get a letter."),
            "contact_mail",
        ),
        FirstStep.MAIL: StepWords(
            N_("Set your e-mail account"),
            N_("Reminders then leave through your own mailbox."),
            "outgoing_mail",
        ),
        FirstStep.PREVIEW: StepWords(
            N_("Read your first message"),
            N_("You know what your customers will receive before anything leaves."),
            "visibility",
        ),
    }
)


def words_of(step: FirstStep) -> StepWords:
    """Tell a step in the user's words."""
    title, unlocks, icon = _WORDS[step]
    return StepWords(_(title), _(unlocks), icon)
