-- The first store. Records are kept whole as the contract's JSON; the other columns are for queries.

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    published TEXT,
    url TEXT,
    outlet TEXT,
    title TEXT,
    byline TEXT,
    language TEXT
) STRICT;

CREATE TABLE readings (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    producers TEXT NOT NULL CHECK (json_valid(producers)),
    json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    background INTEGER NOT NULL,
    earliest TEXT,
    latest TEXT,
    precision TEXT,
    place TEXT,
    country TEXT,
    admin1 TEXT,
    lat REAL,
    lon REAL,
    voices TEXT NOT NULL CHECK (json_valid(voices)),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    quote TEXT NOT NULL,
    UNIQUE (document, id)
) STRICT;
CREATE INDEX events_by_type ON events (type, earliest);
CREATE INDEX events_by_country ON events (country, earliest);

CREATE TABLE event_arguments (
    event INTEGER NOT NULL REFERENCES events (number),
    role TEXT NOT NULL,
    words TEXT NOT NULL,
    name TEXT,
    actor TEXT,
    country TEXT,
    sector TEXT
) STRICT;
CREATE INDEX event_arguments_by_event ON event_arguments (event);
CREATE INDEX event_arguments_by_actor ON event_arguments (actor) WHERE actor IS NOT NULL;

CREATE TABLE event_counts (
    event INTEGER NOT NULL REFERENCES events (number),
    what TEXT NOT NULL,
    low INTEGER NOT NULL,
    best INTEGER,
    high INTEGER,
    whom TEXT
) STRICT;
CREATE INDEX event_counts_by_event ON event_counts (event);

CREATE TABLE incidents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    mode TEXT,
    earliest TEXT,
    latest TEXT,
    place TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    origins INTEGER NOT NULL,
    json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

CREATE TABLE incident_members (
    incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (incident, document, event),
    FOREIGN KEY (document, event) REFERENCES events (document, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_members_by_document ON incident_members (document, event);

CREATE TABLE verdicts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    decision TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decided TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_by_subject ON verdicts (subject);
CREATE TRIGGER verdicts_never_change BEFORE UPDATE ON verdicts
BEGIN SELECT RAISE (ABORT, 'verdicts are appended, never changed'); END;
CREATE TRIGGER verdicts_never_go BEFORE DELETE ON verdicts
BEGIN SELECT RAISE (ABORT, 'verdicts are appended, never removed'); END;

CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    started TEXT NOT NULL,
    finished TEXT,
    inputs TEXT NOT NULL CHECK (json_valid(inputs)),
    version TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE failures (
    document TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    PRIMARY KEY (document, stage)
) STRICT;

CREATE VIRTUAL TABLE documents_words USING fts5 (
    title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_words_come AFTER INSERT ON documents
BEGIN
    INSERT INTO documents_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_words_go AFTER DELETE ON documents
BEGIN
    INSERT INTO documents_words (documents_words, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;

CREATE VIRTUAL TABLE events_words USING fts5 (
    quote, content='events', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER events_words_come AFTER INSERT ON events
BEGIN
    INSERT INTO events_words (rowid, quote) VALUES (new.number, new.quote);
END;
CREATE TRIGGER events_words_go AFTER DELETE ON events
BEGIN
    INSERT INTO events_words (events_words, rowid, quote) VALUES ('delete', old.number, old.quote);
END;
