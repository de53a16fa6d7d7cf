"""How punctually a customer pays, as a badge."""

from domain.dashboard.payers import Grade
from ui.components.badge import Badge
from ui.design import Tone

_TONES = {
    Grade.A: Tone.SETTLED,
    Grade.B: Tone.SETTLED,
    Grade.C: Tone.WARNING,
    Grade.D: Tone.OVERDUE,
    Grade.E: Tone.STOPPED,
}


def score_badge(grade: Grade, words: str = "") -> Badge:
    """Make the badge of a score; ``words`` replaces its letter."""
    return Badge(text=words or grade, tone=_TONES[grade])
