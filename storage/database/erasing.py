"""Erases what names people at a customer's, in one file of books.

Rows stay where others count on them, emptied of words and addresses; the bytes are
overwritten. What is erased says so: it is not missing, and comes back with no copy.
"""

import sqlite3
from datetime import date, datetime

from storage.database.codec import utc_text

CHANGES = """
CREATE TABLE erasures (
    customer_id TEXT NOT NULL REFERENCES customers,
    erased_at MOMENT NOT NULL,
    proofs_since DAY NOT NULL
) STRICT;

CREATE TABLE erased_documents (document_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID
"""
_MESSAGES = "('advance_notice', 'reminder', 'thank_you')"
_OLD = "(state IN ('sent', 'failed', 'withdrawn') AND changed_at < :since)"
_WAITING = "state IN ('queued', 'failed')"
# A draft that never left proves nothing, however young.
_GONE = f"({_OLD} OR state = 'withdrawn')"
COUNTED = {
    "contacts": "contacts WHERE customer_id = :customer AND (first_name <> ''"
    " OR last_name <> '' OR email <> '' OR phone <> '' OR mobile <> '')",
    "phones": "customers WHERE id = :customer AND (phone <> '' OR mobile <> ''"
    " OR free_1 <> '' OR free_2 <> '')",
    "notes": "notes WHERE customer_id = :customer AND text <> ''",
    "calls": "calls WHERE customer_id = :customer AND (number <> ''"
    " OR corrected <> '')",
    "received": "incoming WHERE customer_id = :customer AND sender <> ''",
    "waiting": f"outbox WHERE customer_id = :customer AND {_WAITING}",
    "old_messages": f"outbox WHERE customer_id = :customer AND {_OLD}"
    " AND recipient <> ''",
    "entries": "entries WHERE customer_id = :customer",
    "agreements": "(SELECT customer_id FROM promises UNION ALL"
    " SELECT customer_id FROM disputes UNION ALL SELECT customer_id FROM holds)"
    " WHERE customer_id = :customer",
    "messages": "outbox WHERE customer_id = :customer AND state IN"
    " ('sent', 'uncertain') AND changed_at >= :since",
}
_WITHDRAW = (
    "UPDATE outbox SET state = 'withdrawn', answer = 'Withdrawn by you'"
    f" WHERE customer_id = :customer"
    f" AND {_WAITING}"
)
_STEPS = (
    # What comes back by a customer import that is undone would be personal too.
    (
        "DELETE FROM import_people WHERE (kind = 'Customer' AND person_id = :customer)"
        " OR (kind = 'Contact' AND person_id IN"
        " (SELECT id FROM contacts WHERE customer_id = :customer))"
    ),
    (
        "UPDATE contacts SET first_name = '', last_name = '', email = '', phone = '',"
        " mobile = '', failed_email = NULL, is_dunning = 0, is_billing = 0,"
        " is_main = 0, is_manager = 0, email_accepted = 0,"
        " removed_on = coalesce(removed_on, substr(:now, 1, 10))"
        " WHERE customer_id = :customer"
    ),
    (
        "UPDATE customers SET phone = '', mobile = '', free_1 = '', free_2 = ''"
        " WHERE id = :customer"
    ),
    (
        "UPDATE notes SET text = '', removed_at = coalesce(removed_at, :now)"
        " WHERE customer_id = :customer"
    ),
    "UPDATE calls SET number = '', corrected = '' WHERE customer_id = :customer",
    (
        "UPDATE incoming SET sender = '', subject = '', body = '', failed_address = '',"
        " says = '' WHERE customer_id = :customer"
    ),
    (
        f"UPDATE outbox SET subject = '', body = '', recipient = '', copies = ''"
        f" WHERE customer_id = :customer AND {_GONE}"
    ),
    (
        f"UPDATE activities SET subject = '', body = '', recipients = '', copies = '',"
        " document_id = NULL"
        f" WHERE customer_id = :customer"
        f" AND (kind NOT IN {_MESSAGES} OR happened_on < :since)"
    ),
)
# Files of what was erased, unless something kept names them as well.
_DOCUMENTS = f"""
    SELECT document_id FROM outbox WHERE customer_id = :customer AND {_GONE}
    UNION SELECT document_id FROM activities WHERE customer_id = :customer
        AND (kind NOT IN {_MESSAGES} OR happened_on < :since)
    EXCEPT SELECT document_id FROM outbox
        WHERE NOT (customer_id = :customer AND {_GONE})
    EXCEPT SELECT document_id FROM activities WHERE customer_id <> :customer
    EXCEPT SELECT NULL
"""


def erase(
    books: sqlite3.Connection, customer_id: str, proofs_since: date, now: datetime
) -> None:
    """Erase, inside a transaction; the files go after it (``Shelf.forget``)."""
    values = {
        "customer": customer_id,
        "since": proofs_since.isoformat(),
        "now": utc_text(now),
    }
    books.execute("PRAGMA secure_delete = ON")
    books.execute(_WITHDRAW, values)
    documents = books.execute(_DOCUMENTS, values).fetchall()
    for statement in _STEPS:
        books.execute(statement, values)
    for (document_id,) in documents:
        books.execute(
            "INSERT OR IGNORE INTO erased_documents VALUES (?)", (document_id,)
        )
        books.execute(
            "UPDATE documents SET content = x'', is_compressed = 0, is_outside = 1,"
            " name = ''"
            " WHERE id = ?",
            (document_id,),
        )
    books.execute(
        "INSERT INTO erasures (customer_id, erased_at, proofs_since) VALUES (?, ?, ?)",
        (customer_id, values["now"], values["since"]),
    )


def erase_again(books: sqlite3.Connection) -> None:
    """Erase in restored books what was erased since in those they replace (« was »)."""
    found = books.execute(
        "SELECT customer_id, erased_at, proofs_since FROM was.erasures"
        " WHERE customer_id IN (SELECT id FROM main.customers)"
        " EXCEPT SELECT customer_id, erased_at, proofs_since FROM main.erasures"
        " ORDER BY erased_at"
    ).fetchall()
    for customer_id, erased_at, since in found:
        erase(
            books,
            customer_id,
            date.fromisoformat(since),
            datetime.fromisoformat(erased_at),
        )
