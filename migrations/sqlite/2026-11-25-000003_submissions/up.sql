-- What an entry said each time it was submitted, counted from 1: what a later submission is compared with.
CREATE TABLE submissions (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    answers TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    submitted_at INTEGER NOT NULL,
    PRIMARY KEY (entry_id, number)
) STRICT;
