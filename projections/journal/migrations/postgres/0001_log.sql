-- The log: one order of all events, without gaps. Instants are microseconds since 1970 (UTC).

CREATE TABLE log_head (
    only_row    int    PRIMARY KEY CHECK (only_row = 1),
    position    bigint NOT NULL,
    chain       bytea  NOT NULL,
    recorded_at bigint NOT NULL
);
INSERT INTO log_head VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0);

-- Columns and types are those that postgres-es reads.
CREATE TABLE events (
    position       bigint PRIMARY KEY,
    event_id       uuid   NOT NULL UNIQUE,
    tenant         text,
    aggregate_type text   NOT NULL,
    aggregate_id   text   NOT NULL,
    sequence       bigint NOT NULL,
    event_type     text   NOT NULL,
    event_version  text   NOT NULL,
    payload        json   NOT NULL,
    metadata       json   NOT NULL,
    recorded_at    bigint NOT NULL,
    leaf           bytea  NOT NULL,
    chain          bytea  NOT NULL,
    UNIQUE (aggregate_type, aggregate_id, sequence)
);

CREATE FUNCTION events_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are immutable: % refused', TG_OP;
END
$$;

CREATE TRIGGER events_are_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_immutable();

-- What there can be one of in the whole log. A key about a person is a keyed hash.
CREATE TABLE claims (
    scope          text NOT NULL,
    key            text NOT NULL,
    person         uuid,
    aggregate_type text NOT NULL,
    aggregate_id   text NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX claims_of_person ON claims (person) WHERE person IS NOT NULL;

-- The commands that wrote events, and which.
CREATE TABLE command_dedup (
    command_id     uuid   PRIMARY KEY,
    aggregate_type text   NOT NULL,
    aggregate_id   text   NOT NULL,
    first          bigint NOT NULL,
    last           bigint NOT NULL
);

-- The persons about whom nothing more is appended.
CREATE TABLE erased_persons (
    person uuid PRIMARY KEY
);

-- What is not an event: sessions, credentials, checkpoints of reactors, rate limits.
CREATE TABLE rows (
    kind       text NOT NULL,
    key        text NOT NULL,
    value      text NOT NULL,
    expires_at bigint,
    PRIMARY KEY (kind, key)
);
CREATE INDEX rows_expiring ON rows (expires_at) WHERE expires_at IS NOT NULL;
