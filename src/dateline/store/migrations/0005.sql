-- Watching feeds: what each feed said last, entries waiting or read, what was alerted and what is still to be told.

CREATE TABLE watch_feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    failures INTEGER NOT NULL,
    due REAL NOT NULL,
    trouble TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_entries (
    number INTEGER PRIMARY KEY,
    feed TEXT NOT NULL,
    key TEXT NOT NULL,
    twin TEXT NOT NULL,
    url TEXT,
    title TEXT,
    published TEXT,
    byline TEXT,
    outlet TEXT,
    html TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed', 'twin')),
    tries INTEGER NOT NULL,
    due REAL NOT NULL,
    document TEXT,
    UNIQUE (feed, key)
) STRICT;
CREATE INDEX watch_entries_waiting ON watch_entries (due) WHERE state = 'waiting';
CREATE INDEX watch_entries_by_twin ON watch_entries (twin);

CREATE TABLE watch_notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE watch_searches (search TEXT PRIMARY KEY, query TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE watch_alerted (
    search TEXT NOT NULL,
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (search, document, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_alerts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    made TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    json TEXT NOT NULL CHECK (json_valid(json)),
    webhook TEXT NOT NULL CHECK (webhook IN ('none', 'waiting', 'sent', 'given up')),
    tries INTEGER NOT NULL,
    due REAL NOT NULL
) STRICT;
CREATE INDEX watch_alerts_waiting ON watch_alerts (due) WHERE webhook = 'waiting';
