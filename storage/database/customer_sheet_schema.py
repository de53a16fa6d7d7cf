"""Tables and columns of the customer's sheet.

What hangs on an item names it without a foreign key: items leave the books and come
back with the next file, decisions stay.
"""

CHANGES = """
ALTER TABLE customers ADD COLUMN free_1 TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN free_2 TEXT NOT NULL DEFAULT '';

ALTER TABLE contacts ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN is_manager FLAG DEFAULT 0;
ALTER TABLE contacts ADD COLUMN removed_on DAY;

ALTER TABLE notes ADD COLUMN removed_at MOMENT;

CREATE TABLE item_fields (
    item_id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    free_1 TEXT NOT NULL, free_2 TEXT NOT NULL, free_3 TEXT NOT NULL
) STRICT;

CREATE TABLE expected_dates (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    item_id TEXT NOT NULL,
    expected_on DAY NOT NULL,
    reason TEXT NOT NULL,
    set_on DAY NOT NULL,
    cancelled_on DAY
) STRICT;

CREATE TABLE undone_activities (
    activity_id TEXT PRIMARY KEY REFERENCES activities
) STRICT, WITHOUT ROWID;

CREATE INDEX item_fields_of ON item_fields (customer_id);
CREATE INDEX expected_dates_of ON expected_dates (entity_id, customer_id);
CREATE INDEX levels_of ON level_changes (entity_id, customer_id)
"""
