"""The score of every customer, for lists to sort and narrow by."""

from domain.dashboard.payers import (
    EARLIEST_DAYS,
    FEWEST_PAYMENTS,
    GRADES,
    LATEST_DAYS,
    Grade,
)

_WHENS = " ".join(
    f"WHEN late <= {limit} * paid THEN '{grade}'" for limit, grade in GRADES
)

# NOTE: the rules of domain.dashboard.payers.payments and score. Credits of the year
# are found by their index, then what each paid; what left a list of what is open is
# looked for only where such a list was imported.
SCORES = f"""
    SELECT customer_id, CASE {_WHENS} ELSE '{Grade.E}' END AS grade
    FROM (
        SELECT customer_id, sum(cents) AS paid, sum(cents * max({EARLIEST_DAYS},
            min({LATEST_DAYS}, CAST(julianday(paid_on) - julianday(due_on) AS INTEGER))
        )) AS late
        FROM (
            SELECT items.customer_id, due_on, credit.entry_on AS paid_on,
                amount_cents AS cents
            FROM (SELECT id, entry_on, journal FROM entries
                WHERE entity_id = :entity AND entry_on BETWEEN :year_start AND :today
                    AND credit_cents > debit_cents AND gone_on IS NULL
                    AND opens_on IS NULL{{of_customers}}) AS credit
            CROSS JOIN allocations ON credit_id = credit.id
            CROSS JOIN items ON items.id = debit_id
            CROSS JOIN entries AS debit ON debit.id = debit_id
            WHERE items.due_on IS NOT NULL AND invoiced_cents >= 0
                AND (credit.journal = '' OR credit.journal <> debit.journal)
            UNION ALL
            SELECT items.customer_id, due_on, settled_on, invoiced_cents
            FROM (SELECT id FROM entries
                WHERE EXISTS (SELECT 1 FROM imports WHERE entity_id = :entity
                        AND format IN (SELECT value FROM json_each(:lists)))
                    AND entity_id = :entity AND gone_on IS NOT NULL{{of_customers}})
            CROSS JOIN items USING (id)
            WHERE due_on IS NOT NULL AND invoiced_cents >= 0
                AND state = 'settled' AND settled_on BETWEEN :year_start AND :today)
        GROUP BY customer_id HAVING count(*) >= {FEWEST_PAYMENTS})"""
