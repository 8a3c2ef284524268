-- What an entry said each time it was submitted, counted from 1: what a later submission is compared with.
CREATE TABLE submissions (
    entry_id uuid NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    number integer NOT NULL,
    answers json NOT NULL,
    account_id uuid REFERENCES accounts (id) ON DELETE SET NULL,
    submitted_at timestamptz NOT NULL,
    PRIMARY KEY (entry_id, number)
);
