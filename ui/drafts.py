"""What was typed and not done or saved yet: it survives a change of page."""

from dataclasses import dataclass, field
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId, MessageId, PairId, new_id
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.scenario_pair import ScenarioPair
from domain.files import Attachment
from domain.usecases.by_customer import Switches


@dataclass(slots=True, kw_only=True)
class Written:
    """An e-mail or a letter being written."""

    kind: StepKind = StepKind.REMINDER
    text_key: str = ""
    sender_name: str = ""
    subject: str = ""
    body: str = ""
    recipients: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    address: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    claims_penalties: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """An action on one customer, as far as it is filled in."""

    id: str = field(default_factory=new_id)
    """Names what comes of it: a second click makes no second message."""
    item_ids: frozenset[ItemId] | None = None
    """None until somebody ticked: what is overdue is then proposed."""
    channel: Channel = Channel.EMAIL
    switches: Switches | None = None
    level_after: int | None = None
    day: date | None = None
    comment: str = ""
    promised: str = ""
    promised_for: date | None = None
    written: dict[Channel, Written] = field(default_factory=dict)
    replaces: MessageId | None = None
    """The waiting e-mail that is being written again."""


class Drafts:
    """The drafts of this run of the app, one for each customer or scenario."""

    def __init__(self) -> None:
        self._drafts: dict[CustomerId, Draft] = {}
        self._scenarios: dict[PairId, tuple[ScenarioPair, ScenarioPair]] = {}

    def of_scenario(self, kept: ScenarioPair) -> ScenarioPair:
        """Find what was being made of a scenario, if it was not saved otherwise."""
        begun_from, draft = self._scenarios.get(kept.id, (kept, kept))
        return draft if begun_from == kept else kept

    def put_scenario(self, kept: ScenarioPair, draft: ScenarioPair) -> None:
        """Keep what is being made of a scenario."""
        self._scenarios[kept.id] = (kept, draft)

    def of(self, customer_id: CustomerId) -> Draft:
        """Find the draft about a customer; an empty one at first."""
        return self._drafts.setdefault(customer_id, Draft())

    def put(self, customer_id: CustomerId, draft: Draft) -> None:
        """Begin from what was written already."""
        self._drafts[customer_id] = draft

    def forget(self, customer_id: CustomerId) -> None:
        """Let go of a draft: what it said was done, or is given up."""
        self._drafts.pop(customer_id, None)
