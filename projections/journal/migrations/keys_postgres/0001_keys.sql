-- The persons' keys, apart from the log: backed up apart, with a short retention. In a schema of their
-- own, so that they may also lie in the database of a small log.
CREATE SCHEMA IF NOT EXISTS escale_keys;

-- Proves that the master key is the one that wrapped these keys.
CREATE TABLE escale_keys.master_check (
    only_row integer PRIMARY KEY CHECK (only_row = 1),
    mac      bytea NOT NULL
);

-- One key a person, wrapped by the master key.
CREATE TABLE escale_keys.person_keys (
    person  uuid PRIMARY KEY,
    wrapped bytea NOT NULL
);

-- Whose key was destroyed, and when (microseconds since 1970, UTC).
CREATE TABLE escale_keys.tombstones (
    person    uuid PRIMARY KEY,
    erased_at bigint NOT NULL
);

-- Who is known by a value: only its keyed hash is here.
CREATE TABLE escale_keys.fingerprints (
    scope       text NOT NULL,
    fingerprint bytea NOT NULL,
    person      uuid NOT NULL,
    PRIMARY KEY (scope, fingerprint)
);
CREATE INDEX fingerprints_of_person ON escale_keys.fingerprints (person);

-- What signs the checkpoints of the log: the seed of an Ed25519 key, wrapped by the master key.
CREATE TABLE escale_keys.signing_key (
    only_row integer PRIMARY KEY CHECK (only_row = 1),
    wrapped  bytea NOT NULL
);
