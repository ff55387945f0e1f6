-- The tree over the leaves of the events, and the checkpoints signed over it. Both can be made
-- again from the events; what proves anything is the copy of a checkpoint that someone else keeps.

-- The root of each complete lot of 256 leaves, the first lot being 0.
CREATE TABLE log_tree (
    lot  bigint PRIMARY KEY,
    root bytea NOT NULL
);

-- One signed note for each size that was signed. Instants are microseconds since 1970 (UTC).
CREATE TABLE log_checkpoint (
    size      bigint PRIMARY KEY,
    note      text   NOT NULL,
    signed_at bigint NOT NULL
);
