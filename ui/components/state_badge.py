"""Where a customer or an invoice stands, as a badge."""

from domain.customers.customer_line import CustomerState
from ui import design, labels
from ui.components.badge import Badge
from ui.design import Tone

_TONES = {
    CustomerState.STOPPED: Tone.STOPPED,
    CustomerState.DISPUTE: Tone.DISPUTE,
    CustomerState.PROMISE: Tone.NOT_DUE,
    CustomerState.LATE: Tone.OVERDUE,
    CustomerState.TO_COME: Tone.NOT_DUE,
    CustomerState.CREDIT: Tone.NEUTRAL,
    CustomerState.SETTLED: Tone.SETTLED,
}


def state_badge(state: CustomerState, words: str = "") -> Badge:
    """Make the badge of a state; ``words`` replaces its usual ones."""
    tone = _TONES[state]
    icon = "handshake" if state is CustomerState.PROMISE else design.TONE_ICONS[tone]
    return Badge(text=words or labels.customer_state(state), tone=tone, icon=icon)
