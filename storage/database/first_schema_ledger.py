"""First tables, of what is imported: firms, customers, entries, open items.

DAY, MOMENT, FLAG and CURRENCY are spelt out by storage.database.migrations.
"""

TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL, mime TEXT NOT NULL,
    is_compressed FLAG,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE entities (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL, legal_form TEXT NOT NULL,
    address TEXT NOT NULL, postal_code TEXT NOT NULL, city TEXT NOT NULL,
    siret TEXT NOT NULL, vat_number TEXT NOT NULL, rcs TEXT NOT NULL,
    capital TEXT NOT NULL,
    phone TEXT NOT NULL, email TEXT NOT NULL,
    iban TEXT NOT NULL, bic TEXT NOT NULL,
    logo TEXT REFERENCES documents,
    signatory_name TEXT NOT NULL, signatory_role TEXT NOT NULL,
    invoices_folder TEXT NOT NULL,
    default_terms TEXT NOT NULL,
    penalty_rate TEXT,
    fiscal_year_start_month INTEGER NOT NULL
        CHECK (fiscal_year_start_month BETWEEN 1 AND 12),
    demo FLAG
) STRICT;

CREATE TABLE entity_options (
    entity_id TEXT PRIMARY KEY REFERENCES entities,
    item_threshold_cents INTEGER NOT NULL,
    message_minimum_cents INTEGER NOT NULL,
    message_ceiling_cents INTEGER,
    currency CURRENCY,
    days_between_contacts INTEGER NOT NULL,
    freshness_days INTEGER NOT NULL,
    dispute_stops FLAG, promise_stops FLAG,
    chase_insolvent FLAG, thank_everyone FLAG
) STRICT;

CREATE TABLE payment_modes (
    entity_id TEXT NOT NULL REFERENCES entities,
    code TEXT NOT NULL,
    is_automatic FLAG,
    PRIMARY KEY (entity_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    name TEXT NOT NULL,
    is_default FLAG,
    grouping TEXT NOT NULL
) STRICT;

CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    code TEXT NOT NULL, name TEXT NOT NULL,
    profile_id TEXT REFERENCES profiles,
    address TEXT NOT NULL, postal_code TEXT NOT NULL, city TEXT NOT NULL,
    country TEXT NOT NULL,
    phone TEXT NOT NULL, mobile TEXT NOT NULL,
    siren TEXT NOT NULL,
    salesperson TEXT NOT NULL, category TEXT NOT NULL,
    payment_terms TEXT NOT NULL, payment_mode TEXT NOT NULL,
    language TEXT NOT NULL,
    is_public FLAG, is_individual FLAG, is_insolvent FLAG,
    is_counter_sale FLAG, is_followed FLAG,
    search_name TEXT NOT NULL,
    search_code TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    UNIQUE (entity_id, code)
) STRICT;

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    email TEXT NOT NULL, phone TEXT NOT NULL,
    is_dunning FLAG, is_billing FLAG, is_main FLAG, email_accepted FLAG
) STRICT;

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    journal TEXT NOT NULL, entry_number TEXT NOT NULL,
    entry_on DAY NOT NULL,
    account TEXT NOT NULL,
    piece TEXT NOT NULL, piece_on DAY,
    label TEXT NOT NULL,
    debit_cents INTEGER NOT NULL, credit_cents INTEGER NOT NULL,
    currency CURRENCY,
    lettering TEXT NOT NULL, lettered_on DAY,
    file_due_on DAY,
    attachment TEXT NOT NULL, payment_mode TEXT NOT NULL,
    gone_on DAY
) STRICT;

CREATE TABLE items (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    customer_id TEXT NOT NULL REFERENCES customers,
    reference TEXT NOT NULL, label TEXT NOT NULL,
    invoice_on DAY NOT NULL,
    due_on DAY, due_origin TEXT NOT NULL,
    invoiced_cents INTEGER NOT NULL, settled_cents INTEGER NOT NULL,
    currency CURRENCY,
    state TEXT NOT NULL, settled_on DAY,
    payment_mode TEXT NOT NULL, attachment TEXT NOT NULL
) STRICT;

CREATE TABLE allocations (
    debit_id TEXT NOT NULL
        REFERENCES items ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    credit_id TEXT NOT NULL
        REFERENCES items ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    currency CURRENCY,
    how TEXT NOT NULL,
    PRIMARY KEY (debit_id, credit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES entities,
    file_name TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
    imported_at MOMENT NOT NULL,
    entries INTEGER NOT NULL, new INTEGER NOT NULL, settled INTEGER NOT NULL,
    changed INTEGER NOT NULL, vanished INTEGER NOT NULL,
    fault_count INTEGER NOT NULL,
    balance_before_cents INTEGER NOT NULL, balance_after_cents INTEGER NOT NULL,
    currency CURRENCY,
    undone_at MOMENT
) STRICT;

CREATE TABLE import_changes (
    import_id TEXT NOT NULL REFERENCES imports,
    item_id TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    PRIMARY KEY (import_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX customers_in_order ON customers (entity_id, sort_key);
CREATE INDEX contacts_of ON contacts (customer_id);
CREATE INDEX entries_of ON entries (entity_id, customer_id);
CREATE INDEX items_of ON items (entity_id, customer_id);
-- Holds every column that balances need, so that they never read the table.
CREATE INDEX open_items ON items
    (entity_id, customer_id, due_on, invoiced_cents, settled_cents, currency)
    WHERE state = 'open';
CREATE INDEX allocations_by_credit ON allocations (credit_id);
"""
