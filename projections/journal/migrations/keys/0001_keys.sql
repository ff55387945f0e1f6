-- The persons' keys, apart from the log: backed up apart, with a short retention.

-- Proves that the master key is the one that wrapped these keys.
CREATE TABLE master_check (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    mac      BLOB NOT NULL
);

-- One key a person, wrapped by the master key.
CREATE TABLE person_keys (
    person  BLOB PRIMARY KEY,
    wrapped BLOB NOT NULL
) WITHOUT ROWID;

-- Whose key was destroyed, and when (microseconds since 1970, UTC).
CREATE TABLE tombstones (
    person    BLOB PRIMARY KEY,
    erased_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Who is known by a value: only its keyed hash is here.
CREATE TABLE fingerprints (
    scope       TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    person      BLOB NOT NULL,
    PRIMARY KEY (scope, fingerprint)
) WITHOUT ROWID;
CREATE INDEX fingerprints_of_person ON fingerprints (person);
