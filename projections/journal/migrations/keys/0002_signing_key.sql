-- What signs the checkpoints of the log: the seed of an Ed25519 key, wrapped by the master key.
CREATE TABLE signing_key (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    wrapped  BLOB NOT NULL
);
