"""Records for tests: a test says only what matters to it, the rest is ordinary.

Any field of the record may be given by its own name; the named arguments are the
shortcuts (``days_late``, ``cents``) that tests speak of most.
"""

from tests.builders.agreements import a_dispute, a_hold, a_note, a_promise
from tests.builders.base import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    PAIR_ID,
    PROFILE_ID,
    SCENARIO_ID,
    TODAY,
    customer_id_of,
)
from tests.builders.books import books_of_one_firm
from tests.builders.dunning import (
    a_batch,
    a_level_change,
    a_message,
    a_profile,
    a_scenario,
    a_step,
    a_text,
    an_activity,
    an_activity_item,
    an_outbox_item,
    default_steps,
)
from tests.builders.ledger import (
    a_contact,
    a_customer,
    a_source_line,
    an_allocation,
    an_entity,
    an_entry,
    an_import,
    an_item,
)

__all__ = [
    "CUSTOMER_ID",
    "ENTITY_ID",
    "NOW",
    "PAIR_ID",
    "PROFILE_ID",
    "SCENARIO_ID",
    "TODAY",
    "a_batch",
    "a_contact",
    "a_customer",
    "a_dispute",
    "a_hold",
    "a_level_change",
    "a_message",
    "a_note",
    "a_profile",
    "a_promise",
    "a_scenario",
    "a_source_line",
    "a_step",
    "a_text",
    "an_activity",
    "an_activity_item",
    "an_allocation",
    "an_entity",
    "an_entry",
    "an_import",
    "an_item",
    "an_outbox_item",
    "books_of_one_firm",
    "customer_id_of",
    "default_steps",
]
