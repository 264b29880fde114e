-- What linking keeps, so that new documents are linked to those of earlier runs without comparing all of them again.

CREATE TABLE linked (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    card BLOB NOT NULL,
    ties TEXT NOT NULL CHECK (json_valid(ties)),
    homes TEXT NOT NULL CHECK (json_valid(homes))
) STRICT;

-- form: what the ties were made by; rulings: people's decisions that they were made under.
CREATE TABLE linked_by (
    form TEXT NOT NULL,
    rulings TEXT NOT NULL CHECK (json_valid(rulings))
) STRICT;

-- What an incident's record was made of: the same basis, the same record.
ALTER TABLE incidents ADD COLUMN basis TEXT;
