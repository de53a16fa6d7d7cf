"""« Agir par client »: what the screen needs, and what it remembers (row S29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId
from domain.customers.call import wrong_numbers
from domain.customers.customer import Contact
from domain.dunning.engine import plan_customer
from domain.dunning.exclusions import standing_exclusions, too_many_contacts
from domain.dunning.planned import Exclusion, Plan, Reason
from domain.dunning.situation import CustomerSituation
from domain.dunning.texts import MessageText
from domain.ports import Books
from domain.usecases.configuring import smtp_account
from domain.usecases.situations import AddressCheck, gather_one

_COUNTS = "by_customer/counts"
_MODIFIES = "by_customer/modifies"
WARNED = (
    Reason.CUSTOMER_HOLD,
    Reason.ITEM_HOLD,
    Reason.EXCLUDED,
    Reason.AUTOMATIC_PAYMENT,
    Reason.DISPUTE,
    Reason.PROMISE_TO_COME,
    Reason.INSOLVENCY,
)
"""What a person should know before acting all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """The two switches of an action by hand (row S33), as last chosen."""

    counts: bool = True
    modifies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ByCustomerView:
    """A customer to act on."""

    situation: CustomerSituation
    plan: Plan
    """What the scenario proposes today."""
    contacts: tuple[Contact, ...]
    wrong_numbers: Mapping[str, date]
    """Found wrong in a call, by what is dialled."""
    texts: Mapping[str, MessageText]
    """The firm's wordings, by channel and key, in the customer's language."""
    sender_name: str
    sender_address: str
    """Those that its e-mails leave from."""
    switches: Switches
    warnings: tuple[Exclusion, ...]
    """Why the scenario leaves it alone, each reason once."""


def show_by_customer(
    books: Books, customer_id: CustomerId, check_address: AddressCheck, today: date
) -> ByCustomerView:
    """Gather what acting on one customer needs."""
    situation = gather_one(books, customer_id, check_address, today)
    entity_id = situation.customer.entity_id
    entity, account = books.entities.get(entity_id), smtp_account(books, entity_id)
    options = books.entities.options(entity_id)
    found: dict[Reason, Exclusion] = {}
    for item in situation.open_items:
        for exclusion in standing_exclusions(item, situation, options, today):
            if exclusion.reason in WARNED:
                found.setdefault(exclusion.reason, exclusion)
    if situation.customer.is_insolvent and Reason.INSOLVENCY not in found:
        found[Reason.INSOLVENCY_NOTICE] = Exclusion(reason=Reason.INSOLVENCY_NOTICE)
    gap = options.days_between_contacts
    for exclusion in too_many_contacts(situation, gap, today):
        found[exclusion.reason] = exclusion
    return ByCustomerView(
        situation=situation,
        plan=plan_customer(situation, options, today),
        contacts=tuple(books.customers.contacts_of(customer_id)),
        wrong_numbers=wrong_numbers(books.calls.of(customer_id)),
        texts=_texts(books, entity_id, situation.customer.language),
        sender_name=(account and account.sender_name) or entity.name,
        sender_address=account.sender_address if account else entity.email,
        switches=switches(books),
        warnings=tuple(found.values()),
    )


def text_name(channel: str, key: str) -> str:
    """Name a wording among those of every channel."""
    return f"{channel}/{key}"


def _texts(
    books: Books, entity_id: EntityId, language: str
) -> Mapping[str, MessageText]:
    """Read the wordings in a language, else in French."""
    texts = books.scenarios.texts(entity_id)
    chosen: dict[str, MessageText] = {}
    for wanted in ("fr", language):
        for text in texts:
            if text.language == wanted:
                chosen[text_name(text.channel, text.key)] = text
    return chosen


def switches(books: Books) -> Switches:
    """Read the switches as they were last left."""
    first = Switches()
    counts = books.settings.get(_COUNTS, str(first.counts))
    modifies = books.settings.get(_MODIFIES, str(first.modifies))
    return Switches(counts=counts == str(True), modifies=modifies == str(True))


def remember_switches(books: Books, chosen: Switches) -> None:
    """Keep the switches for the next action."""
    with books.atomic():
        books.settings.set(_COUNTS, str(chosen.counts))
        books.settings.set(_MODIFIES, str(chosen.modifies))
