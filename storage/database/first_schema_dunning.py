"""First tables, of what the user adds: agreements, scenarios, history, messages.

They name items without a foreign key: an item may leave the books and come back.
DAY, MOMENT, FLAG and CURRENCY are spelt out by storage.database.migrations.
"""

TABLES = """
CREATE TABLE excluded_items (
    item_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT,
    reason TEXT NOT NULL,
    starts_on DAY NOT NULL, ends_on DAY, lifted_on DAY
) STRICT;

CREATE TABLE disputes (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT,
    reason TEXT NOT NULL,
    opened_on DAY NOT NULL, closed_on DAY
) STRICT;

CREATE TABLE promises (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT,
    amount_cents INTEGER NOT NULL, currency CURRENCY,
    promised_for DAY NOT NULL, made_on DAY NOT NULL, cancelled_on DAY
) STRICT;

CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT,
    text TEXT NOT NULL,
    written_at MOMENT NOT NULL
) STRICT;

CREATE TABLE scenarios (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    profile_id TEXT NOT NULL REFERENCES profiles,
    with_email FLAG,
    reference TEXT NOT NULL,
    is_active FLAG,
    repeat_last_days INTEGER,
    UNIQUE (profile_id, with_email)
) STRICT;

CREATE TABLE steps (
    id TEXT NOT NULL,
    scenario_id TEXT NOT NULL REFERENCES scenarios,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
    channel TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    delay_days INTEGER NOT NULL,
    text_key TEXT NOT NULL,
    payment_days INTEGER NOT NULL,
    is_active FLAG,
    PRIMARY KEY (scenario_id, id)
) STRICT;

CREATE TABLE texts (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    "key" TEXT NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (entity_id, "key", channel, language)
) STRICT;

CREATE TABLE activities (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    kind TEXT NOT NULL,
    happened_on DAY NOT NULL, recorded_at MOMENT NOT NULL,
    level INTEGER NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, recipients TEXT NOT NULL,
    amount_cents INTEGER NOT NULL, currency CURRENCY,
    document_id TEXT REFERENCES documents
) STRICT;

CREATE TABLE activity_items (
    activity_id TEXT NOT NULL REFERENCES activities,
    item_id TEXT NOT NULL,
    left_cents INTEGER NOT NULL, currency CURRENCY,
    PRIMARY KEY (activity_id, item_id)
) STRICT;

CREATE TABLE level_changes (
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level >= 0),
    reached_on DAY NOT NULL, deadline_on DAY,
    cause TEXT NOT NULL, reason TEXT NOT NULL,
    activity_id TEXT REFERENCES activities,
    recorded_at MOMENT NOT NULL
) STRICT;

CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    state TEXT NOT NULL,
    created_at MOMENT NOT NULL,
    letter_count INTEGER NOT NULL, page_count INTEGER NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents,
    confirmed_on DAY
) STRICT;

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    state TEXT NOT NULL,
    channel TEXT NOT NULL, kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    scenario_id TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, recipient TEXT NOT NULL,
    message_header_id TEXT NOT NULL,
    total_cents INTEGER NOT NULL, currency CURRENCY,
    deadline_on DAY, prepared_on DAY NOT NULL,
    created_at MOMENT NOT NULL, changed_at MOMENT NOT NULL, not_before MOMENT,
    is_released FLAG,
    attempts INTEGER NOT NULL,
    answer TEXT NOT NULL,
    document_id TEXT REFERENCES documents,
    batch_id TEXT REFERENCES batches
) STRICT;

CREATE TABLE outbox_items (
    message_id TEXT NOT NULL REFERENCES outbox,
    item_id TEXT NOT NULL,
    left_cents INTEGER NOT NULL, currency CURRENCY,
    PRIMARY KEY (message_id, item_id)
) STRICT;

CREATE INDEX notes_of ON notes (customer_id);
CREATE INDEX activities_of ON activities (customer_id, happened_on);
CREATE INDEX contacts_made ON activities
    (entity_id, kind, customer_id, happened_on);
CREATE INDEX level_history ON level_changes (entity_id, item_id);
-- What was withdrawn may be prepared again.
CREATE UNIQUE INDEX one_message_each ON outbox (dedupe) WHERE state <> 'withdrawn';
CREATE INDEX messages_by_state ON outbox (state, entity_id);
CREATE INDEX messages_of_batch ON outbox (batch_id);
"""
