-- The log: one order of all events, without gaps. Instants are microseconds since 1970 (UTC).

CREATE TABLE log_head (
    only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
    position    INTEGER NOT NULL,
    chain       BLOB    NOT NULL,
    recorded_at INTEGER NOT NULL
);
INSERT INTO log_head VALUES (1, 0, zeroblob(32), 0);

CREATE TABLE events (
    position       INTEGER PRIMARY KEY,
    event_id       BLOB    NOT NULL UNIQUE,
    tenant         TEXT,
    aggregate_type TEXT    NOT NULL,
    aggregate_id   TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    event_type     TEXT    NOT NULL,
    event_version  TEXT    NOT NULL,
    payload        TEXT    NOT NULL,
    metadata       TEXT    NOT NULL,
    recorded_at    INTEGER NOT NULL,
    leaf           BLOB    NOT NULL,
    chain          BLOB    NOT NULL,
    UNIQUE (aggregate_type, aggregate_id, sequence)
);

CREATE TRIGGER events_are_never_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable: UPDATE refused'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable: DELETE refused'); END;

-- INSERT OR REPLACE deletes the row it replaces without firing the trigger above.
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id)
  OR EXISTS (SELECT 1 FROM events WHERE aggregate_type = NEW.aggregate_type
             AND aggregate_id = NEW.aggregate_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'events are immutable: REPLACE refused'); END;

-- What there can be one of in the whole log. A key about a person is a keyed hash.
CREATE TABLE claims (
    scope          TEXT NOT NULL,
    key            TEXT NOT NULL,
    person         BLOB,
    aggregate_type TEXT NOT NULL,
    aggregate_id   TEXT NOT NULL,
    PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX claims_of_person ON claims (person) WHERE person IS NOT NULL;

-- The commands that wrote events, and which.
CREATE TABLE command_dedup (
    command_id     BLOB    PRIMARY KEY,
    aggregate_type TEXT    NOT NULL,
    aggregate_id   TEXT    NOT NULL,
    first          INTEGER NOT NULL,
    last           INTEGER NOT NULL
) WITHOUT ROWID;

-- The persons about whom nothing more is appended.
CREATE TABLE erased_persons (
    person BLOB PRIMARY KEY
) WITHOUT ROWID;

-- What is not an event: sessions, credentials, checkpoints of reactors, rate limits.
CREATE TABLE rows (
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX rows_expiring ON rows (expires_at) WHERE expires_at IS NOT NULL;
