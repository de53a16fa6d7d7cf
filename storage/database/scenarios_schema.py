"""Scenarios have a name of their own, that profiles may share, and up to 9 reminders.

Each scenario was that of one profile: it takes the profile's name, and keeps the
names by which messages know it. Both tables are made anew: SQLite changes neither
what must be unique nor what a level may be.
"""

CHANGES = """
ALTER TABLE profiles ADD COLUMN pair_id TEXT;
UPDATE profiles SET pair_id = id WHERE id IN (SELECT profile_id FROM scenarios);

CREATE TABLE named_scenarios (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    pair_id TEXT NOT NULL,
    name TEXT NOT NULL,
    with_email FLAG,
    reference TEXT NOT NULL,
    is_active FLAG,
    repeat_last_days INTEGER,
    UNIQUE (pair_id, with_email)
) STRICT;
INSERT INTO named_scenarios
    (id, entity_id, pair_id, name, with_email, reference, is_active, repeat_last_days)
SELECT scenarios.id, scenarios.entity_id, profile_id, profiles.name, with_email,
    reference, is_active, repeat_last_days
FROM scenarios JOIN profiles ON profiles.id = profile_id ORDER BY scenarios.rowid;

CREATE TABLE named_steps (
    id TEXT NOT NULL,
    scenario_id TEXT NOT NULL REFERENCES named_scenarios,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 9),
    channel TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    delay_days INTEGER NOT NULL,
    text_key TEXT NOT NULL,
    payment_days INTEGER NOT NULL,
    is_active FLAG,
    is_automatic FLAG,
    claims_penalties FLAG,
    copies TEXT NOT NULL DEFAULT '',
    may_be_skipped FLAG DEFAULT 0,
    PRIMARY KEY (scenario_id, id)
) STRICT;
INSERT INTO named_steps
    (id, scenario_id, kind, level, channel, "trigger", delay_days, text_key,
    payment_days, is_active, is_automatic, claims_penalties)
SELECT id, scenario_id, kind, level, channel, "trigger", delay_days, text_key,
    payment_days, is_active, is_automatic, claims_penalties
FROM steps ORDER BY rowid;

DROP TABLE steps;
DROP TABLE scenarios;
ALTER TABLE named_scenarios RENAME TO scenarios;
ALTER TABLE named_steps RENAME TO steps
"""
