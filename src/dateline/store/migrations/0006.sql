-- What linking keeps, so that new documents are linked to those of earlier runs without comparing all of them again.

CREATE TABLE linked (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE REFERENCES documents (id),
    card BLOB NOT NULL,
    ties TEXT NOT NULL CHECK (json_valid(ties)),
    homes TEXT NOT NULL CHECK (json_valid(homes)),
    copies TEXT NOT NULL CHECK (json_valid(copies))
) STRICT;

-- form: what the ties were made by; rulings: people's decisions that they were made under.
CREATE TABLE linked_by (
    form TEXT NOT NULL,
    rulings TEXT NOT NULL CHECK (json_valid(rulings))
) STRICT;

-- The incidents in their order; basis: what a record was made of, NULL where that is not known.
CREATE TABLE incident_order (
    position INTEGER PRIMARY KEY,
    incident TEXT NOT NULL UNIQUE REFERENCES incidents (id) ON DELETE CASCADE,
    basis TEXT
) STRICT;
INSERT INTO incident_order (incident) SELECT id FROM incidents ORDER BY number;
