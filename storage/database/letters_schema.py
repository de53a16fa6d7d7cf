"""What letters came to keep: their layout, their order, the post's own numbers.

A batch is bound from its letters' own files whenever it is printed: its file was a
second copy of them all.
"""

CHANGES = """
CREATE TABLE letter_layouts (
    entity_id TEXT PRIMARY KEY REFERENCES entities,
    window TEXT NOT NULL,
    offset_x INTEGER NOT NULL, offset_y INTEGER NOT NULL,
    has_fold_marks FLAG,
    margin_left INTEGER NOT NULL, margin_right INTEGER NOT NULL,
    margin_top INTEGER NOT NULL, margin_bottom INTEGER NOT NULL,
    font TEXT NOT NULL, text_size INTEGER NOT NULL,
    colour TEXT NOT NULL,
    logo_height INTEGER NOT NULL,
    head TEXT NOT NULL, foot TEXT NOT NULL,
    signature TEXT REFERENCES documents,
    batch_order TEXT NOT NULL,
    is_archival FLAG
) STRICT;
ALTER TABLE batches DROP COLUMN document_id;
ALTER TABLE batches ADD COLUMN sorted_by TEXT NOT NULL DEFAULT 'postcode';
ALTER TABLE outbox ADD COLUMN is_registered FLAG DEFAULT 0;
ALTER TABLE outbox ADD COLUMN registered_number TEXT NOT NULL DEFAULT ''
"""
