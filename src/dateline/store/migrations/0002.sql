-- Review: verdicts whole, what is shown once they are laid over, saved searches, a counter of changes.

ALTER TABLE verdicts ADD COLUMN json TEXT CHECK (json IS NULL OR json_valid(json));
ALTER TABLE verdicts ADD COLUMN revokes TEXT;
CREATE INDEX verdicts_by_reviewer ON verdicts (reviewer, number);
CREATE INDEX verdicts_by_revoked ON verdicts (revokes) WHERE revokes IS NOT NULL;

CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE INDEX readings_by_producers ON readings (producers);
CREATE INDEX documents_by_outlet ON documents (outlet);
CREATE INDEX event_arguments_by_name ON event_arguments (name);
CREATE INDEX events_by_place ON events (place, country);

CREATE TABLE verdict_incidents (
    verdict TEXT NOT NULL,
    incident TEXT NOT NULL,
    PRIMARY KEY (verdict, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_incidents_by_incident ON verdict_incidents (incident);

CREATE TABLE verdict_texts (
    sha256 TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (sha256, verdict)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflicts (
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    incident TEXT,
    PRIMARY KEY (verdict, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE shown (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    mode TEXT,
    earliest TEXT,
    latest TEXT,
    place TEXT,
    country TEXT,
    admin1 TEXT,
    lat REAL,
    lon REAL,
    exactness TEXT,
    origins INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    tellings INTEGER NOT NULL,
    killed INTEGER,
    injured INTEGER,
    disputed TEXT NOT NULL,
    grade TEXT,
    state TEXT NOT NULL,
    assigned TEXT,
    edited INTEGER NOT NULL,
    summary TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE TABLE shown_records (
    number INTEGER PRIMARY KEY REFERENCES shown (number) ON DELETE CASCADE,
    json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

CREATE TABLE shown_members (
    number INTEGER NOT NULL REFERENCES shown (number) ON DELETE CASCADE,
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (number, document, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_members_by_document ON shown_members (document, event);

CREATE TABLE shown_parties (
    number INTEGER NOT NULL REFERENCES shown (number) ON DELETE CASCADE,
    role TEXT NOT NULL,
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (number, role, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_parties_by_entity ON shown_parties (entity, number);

CREATE VIRTUAL TABLE shown_words USING fts5 (
    summary, titles, quotes, names, tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER shown_words_go AFTER DELETE ON shown
BEGIN
    DELETE FROM shown_words WHERE rowid = old.number;
END;

CREATE TABLE searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL CHECK (json_valid(query)),
    owner TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('changes', 1), ('linked', 1), ('shown', 0), ('drawn', 0);
