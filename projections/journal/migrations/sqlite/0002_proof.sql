-- The tree over the leaves of the events, and the checkpoints signed over it. Both can be made
-- again from the events; what proves anything is the copy of a checkpoint that someone else keeps.

-- The root of each complete lot of 256 leaves, the first lot being 0.
CREATE TABLE log_tree (
    lot  INTEGER PRIMARY KEY,
    root BLOB    NOT NULL
);

-- One signed note for each size that was signed. Instants are microseconds since 1970 (UTC).
CREATE TABLE log_checkpoint (
    size      INTEGER PRIMARY KEY,
    note      TEXT    NOT NULL,
    signed_at INTEGER NOT NULL
);
