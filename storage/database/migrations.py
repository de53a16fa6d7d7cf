"""The schema, step by step; a step that was released is never edited."""

import re

from sqlite_utils import Database, Migrations

from storage.database import (
    calls,
    customer_sheet_schema,
    first_schema_dunning,
    first_schema_ledger,
    incoming,
    invoice_files,
    journal,
    letters_schema,
    penalties_schema,
    scenarios_schema,
)

SCHEMA = Migrations("relance")

_SHORTHANDS = {
    # ISO only: a French date would be kept, and would sort wrongly.
    "DAY": r"TEXT CHECK (\1 GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')",
    "MOMENT": r"TEXT CHECK (\1 GLOB '[0-9]*-[01][0-9]-[0-3][0-9]T[0-2]*+00:00')",
    "FLAG": r"INTEGER NOT NULL CHECK (\1 IN (0, 1))",
    "CURRENCY": r"TEXT NOT NULL CHECK (length(\1) = 3)",
}


@SCHEMA(name="1_first_schema")
def _make_first_schema(db: Database) -> None:
    _run(db, first_schema_ledger.TABLES + first_schema_dunning.TABLES)


@SCHEMA(name="2_openings_and_estimated_due_dates")
def _add_openings_and_estimates(db: Database) -> None:
    """Entries know the year they open, items what an estimated due date rests on.

    Openings imported before are told by their journal and by the first of a month.
    """
    _run(
        db,
        """
        ALTER TABLE entries ADD COLUMN opens_on DAY;
        ALTER TABLE items ADD COLUMN due_rests_on INTEGER NOT NULL DEFAULT 0;
        UPDATE entries SET opens_on = entry_on
            WHERE upper(journal) IN ('AN', 'ANO', 'ANX', 'ANOUV', 'RAN', 'OUV')
                AND entry_on LIKE '%-01'
        """,
    )


@SCHEMA(name="3_invoice_files")
def _add_invoice_files(db: Database) -> None:
    """What the PDFs of invoices say is read once, and kept."""
    _run(db, invoice_files.TABLES)


@SCHEMA(name="4_terms_by_payment_mode")
def _add_terms_by_payment_mode(db: Database) -> None:
    _run(db, "ALTER TABLE payment_modes ADD COLUMN terms TEXT NOT NULL DEFAULT ''")


@SCHEMA(name="5_customer_imports")
def _add_customer_imports(db: Database) -> None:
    """Imports know what they changed of customers (« Customer ») and contacts."""
    _run(
        db,
        """
        CREATE TABLE import_people (
            import_id TEXT NOT NULL REFERENCES imports,
            kind TEXT NOT NULL CHECK (kind IN ('Customer', 'Contact')),
            person_id TEXT NOT NULL,
            before TEXT CHECK (before IS NULL OR json_valid(before)),
            after TEXT NOT NULL CHECK (json_valid(after)),
            PRIMARY KEY (import_id, kind, person_id)
        ) STRICT, WITHOUT ROWID
        """,
    )


@SCHEMA(name="6_customer_sheet")
def _add_what_the_customer_sheet_keeps(db: Database) -> None:
    """Free fields, roles of contacts, expected dates, and levels taken back."""
    _run(db, customer_sheet_schema.CHANGES)


@SCHEMA(name="7_lists")
def _add_indexes_of_lists(db: Database) -> None:
    """Lists of 200,000 open items are added up and sorted without reading them.

    What accounts need is kept by currency; levels are read in their order. The state
    stands in the indexes, or SQLite would look it up in the table all the same.
    """
    _run(
        db,
        """
        DROP INDEX open_items;
        CREATE INDEX open_accounts ON items
            (entity_id, state, customer_id, currency, due_on,
                invoiced_cents, settled_cents, id, payment_mode, reference)
            WHERE state = 'open';
        CREATE INDEX open_items_by_due_date ON items
            (entity_id, state, due_on IS NULL, due_on, id,
                currency, invoiced_cents, settled_cents)
            WHERE state = 'open';
        CREATE INDEX levels_reached ON level_changes
            (entity_id, kind, item_id, reached_on, recorded_at, level)
        """,
    )


@SCHEMA(name="8_recipients")
def _add_recipients(db: Database) -> None:
    """Customers can be taken off the send list; messages know who they leave from."""
    _run(
        db,
        """
        CREATE TABLE set_aside (
            customer_id TEXT PRIMARY KEY REFERENCES customers,
            entity_id TEXT NOT NULL REFERENCES entities,
            since DAY NOT NULL
        ) STRICT;
        ALTER TABLE outbox ADD COLUMN sender TEXT NOT NULL DEFAULT '';
        ALTER TABLE activities ADD COLUMN sender TEXT NOT NULL DEFAULT '';
        CREATE INDEX messages_by_document ON outbox (document_id);
        CREATE INDEX receipts ON entries (entity_id, entry_on)
            WHERE credit_cents > debit_cents AND gone_on IS NULL AND opens_on IS NULL
        """,
    )


@SCHEMA(name="9_by_customer")
def _add_actions_by_hand(db: Database) -> None:
    """Messages written to one customer: copies, what they change, and despite what."""
    _run(
        db,
        """
        ALTER TABLE outbox ADD COLUMN copies TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN counts FLAG DEFAULT 1;
        ALTER TABLE outbox ADD COLUMN level_after INTEGER;
        ALTER TABLE outbox ADD COLUMN despite TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox_items ADD COLUMN level INTEGER;
        ALTER TABLE activities ADD COLUMN copies TEXT NOT NULL DEFAULT ''
        """,
    )


@SCHEMA(name="10_automatic_steps")
def _add_automatic_steps(db: Database) -> None:
    """Steps may leave by themselves; a message may leave on a quiet day if told."""
    _run(
        db,
        """
        ALTER TABLE steps ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0
            CHECK (is_automatic IN (0, 1));
        ALTER TABLE outbox ADD COLUMN by_itself INTEGER NOT NULL DEFAULT 0
            CHECK (by_itself IN (0, 1));
        ALTER TABLE outbox ADD COLUMN even_on DAY
        """,
    )


@SCHEMA(name="11_call_session")
def _add_calls(db: Database) -> None:
    """How each call ended, and when the customer is to be called again."""
    _run(db, calls.CHANGES)


@SCHEMA(name="13_speed")
def _add_indexes_of_large_books(db: Database) -> None:
    """What a look needs of two million entries is found without reading them all."""
    _run(
        db,
        """
        CREATE INDEX settled_lately ON items (entity_id, settled_on)
            WHERE state = 'settled';
        CREATE INDEX contacts_by_day ON activities
            (entity_id, happened_on, kind, id);
        CREATE INDEX followed_customers ON customers (entity_id, id)
            WHERE is_followed;
        CREATE INDEX opening_lines ON entries (entity_id, lettering, customer_id, id)
            WHERE opens_on IS NOT NULL;
        DROP INDEX receipts;
        CREATE INDEX receipts ON entries
            (entity_id, entry_on, currency, credit_cents, debit_cents)
            WHERE credit_cents > debit_cents AND gone_on IS NULL AND opens_on IS NULL
        """,
    )


@SCHEMA(name="17_outbox")
def _add_attempts_and_order(db: Database) -> None:
    """Attempts are kept one by one; waiting e-mails have an order and a time."""
    _run(
        db,
        """
        ALTER TABLE outbox ADD COLUMN leave_at MOMENT;
        ALTER TABLE outbox ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox ADD COLUMN written_by_hand INTEGER NOT NULL DEFAULT 0
            CHECK (written_by_hand IN (0, 1));
        ALTER TABLE outbox ADD COLUMN to_review TEXT NOT NULL DEFAULT '';
        CREATE TABLE attempts (
            message_id TEXT NOT NULL REFERENCES outbox,
            account TEXT NOT NULL,
            began_at MOMENT NOT NULL, ended_at MOMENT,
            outcome TEXT NOT NULL, about TEXT NOT NULL, answer TEXT NOT NULL
        ) STRICT;
        CREATE INDEX attempts_of ON attempts (message_id);
        CREATE INDEX attempts_by_account ON attempts (account, began_at)
        """,
    )


@SCHEMA(name="14_templates")
def _add_what_templates_keep(db: Database) -> None:
    """Wordings have a tone, and keep what they said before.

    Nobody could change them until now: all follow what ships.
    """
    _run(
        db,
        """
        ALTER TABLE texts ADD COLUMN tone TEXT NOT NULL DEFAULT 'courteous';
        ALTER TABLE texts ADD COLUMN saved_at MOMENT;
        UPDATE texts SET tone = 'firm' WHERE "key" IN ('reminder_3', 'formal_notice');
        CREATE TABLE text_versions (
            text_id TEXT NOT NULL REFERENCES texts,
            tone TEXT NOT NULL,
            subject TEXT NOT NULL, body TEXT NOT NULL,
            saved_at MOMENT, replaced_at MOMENT NOT NULL
        ) STRICT;
        CREATE INDEX versions_of_texts ON text_versions (text_id, replaced_at)
        """,
    )


@SCHEMA(name="15_letters")
def _add_letters(db: Database) -> None:
    """Letters look as the firm chose; registered ones bear the post's number."""
    _run(db, letters_schema.CHANGES)


@SCHEMA(name="16_penalties")
def _add_penalties(db: Database) -> None:
    """Rates by half-year, and who is asked for late-payment penalties."""
    _run(db, penalties_schema.CHANGES)


@SCHEMA(name="22_letters")
def _add_messages_of_customers(db: Database) -> None:
    """A reminder looks for the e-mails that its customer received before."""
    _run(db, "CREATE INDEX messages_to ON outbox (customer_id, state)")


@SCHEMA(name="21_proof")
def _begin_the_journal(db: Database) -> None:
    """What leaves is proved by a journal; files stand outside the books."""
    journal.begin(db.conn)


@SCHEMA(name="20_mailbox")
def _add_what_comes_back(db: Database) -> None:
    """Bounces, receipts and replies are kept; contacts know an address that failed."""
    _run(db, incoming.CHANGES)


@SCHEMA(name="23_registered_returns")
def _add_what_became_of_registered_letters(db: Database) -> None:
    """Registered letters are followed: posted, signed for, or sent back and why."""
    _run(
        db,
        """
        ALTER TABLE outbox ADD COLUMN posted_on DAY;
        ALTER TABLE outbox ADD COLUMN received_on DAY;
        ALTER TABLE outbox ADD COLUMN returned_on DAY;
        ALTER TABLE outbox ADD COLUMN return_reason TEXT;
        CREATE INDEX registered_letters ON outbox (entity_id, changed_at)
            WHERE is_registered
        """,
    )


@SCHEMA(name="23_follow")
def _add_what_lists_need(db: Database) -> None:
    """What came since a promise, and what each journal holds, without reading all."""
    _run(
        db,
        """
        DROP INDEX items_of;
        CREATE INDEX items_of ON items (entity_id, customer_id, settled_on);
        CREATE INDEX credits_of ON items (entity_id, customer_id, invoice_on)
            WHERE invoiced_cents < 0;
        CREATE INDEX journals ON entries
            (entity_id, journal, debit_cents, credit_cents) WHERE opens_on IS NULL
        """,
    )


@SCHEMA(name="24_scenarios")
def _name_scenarios(db: Database) -> None:
    """Scenarios have their own name, copies, and steps that may be skipped."""
    _run(db, scenarios_schema.CHANGES)


def _run(db: Database, text: str) -> None:
    for word, meaning in _SHORTHANDS.items():
        text = re.sub(rf"\b(\w+) {word}\b", rf"\1 {meaning}", text)
    for statement in text.split(";"):
        db.conn.execute(statement)
