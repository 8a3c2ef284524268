-- The tables of Almanac, for SQLite. The tree for PostgreSQL has the same tables and columns.
-- Moments are microseconds since 1970; booleans are 0 and 1; ids and documents are text.

-- One year of the guide.
CREATE TABLE editions (
    id TEXT NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    opens_at INTEGER NOT NULL,
    deadline_at INTEGER NOT NULL,
    publishes_at INTEGER NOT NULL,
    contact_name TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Vendors.
CREATE TABLE companies (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- People who sign in.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    folded_email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    editor INTEGER NOT NULL CHECK (editor IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- Who belongs to which company.
CREATE TABLE members (
    company_id TEXT NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    owner INTEGER NOT NULL CHECK (owner IN (0, 1)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, account_id)
) STRICT;

-- Links and codes sent by e-mail; only their hashes are kept.
CREATE TABLE sign_in_links (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    tries INTEGER NOT NULL
) STRICT;

-- What limits how often one may try.
CREATE TABLE sign_in_attempts (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    address_hash TEXT NOT NULL,
    sender_hash TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Who is signed in.
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- One program's submission to one edition.
CREATE TABLE entries (
    id TEXT NOT NULL PRIMARY KEY,
    edition_id TEXT NOT NULL REFERENCES editions (id) ON DELETE RESTRICT,
    company_id TEXT NOT NULL REFERENCES companies (id) ON DELETE RESTRICT,
    reference TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    company_name TEXT NOT NULL,
    program_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    status_since INTEGER NOT NULL,
    submitted_at INTEGER,
    UNIQUE (edition_id, slug),
    CONSTRAINT entries_status CHECK (status IN ('draft', 'submitted', 'changes_requested', 'approved', 'published', 'withdrawn'))
) STRICT;

-- What was answered to one question.
CREATE TABLE answers (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    confirmed TEXT,  -- the sentence of the query that the vendor confirmed
    reason TEXT,
    rival TEXT,  -- a second answer, typed meanwhile by somebody else
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (entry_id, question)
) STRICT;

-- What happened, line by line.
CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT REFERENCES entries (id) ON DELETE CASCADE,
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    act TEXT NOT NULL,
    details TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- What editors and vendors write to each other.
CREATE TABLE notes (
    id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    question TEXT,
    thread_id TEXT REFERENCES notes (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    body TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    resolved_at INTEGER,
    resolved_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- What readers see: one row a published version.
CREATE TABLE profiles (
    id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE RESTRICT,
    edition_id TEXT NOT NULL REFERENCES editions (id) ON DELETE RESTRICT,
    version INTEGER NOT NULL,
    slug TEXT NOT NULL,
    document TEXT NOT NULL,
    published_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    published_from INTEGER NOT NULL,
    published_until INTEGER,  -- null: readers see it now
    UNIQUE (entry_id, version)
) STRICT;

-- The outbox.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    dedupe_key TEXT NOT NULL UNIQUE,  -- the same message is never written twice
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    claimed_until INTEGER,
    last_error TEXT,
    sent_at INTEGER,
    failed_at INTEGER
) STRICT;

-- What was posted after a session had ended.
CREATE TABLE kept_forms (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX companies_by_name ON companies (folded_name);
CREATE INDEX members_by_account ON members (account_id);
CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address_hash, at);
CREATE INDEX sign_in_attempts_by_sender ON sign_in_attempts (sender_hash, at);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX entries_by_status ON entries (edition_id, status);
CREATE INDEX entries_by_company ON entries (company_id);
CREATE INDEX events_by_entry ON events (entry_id, at);
CREATE INDEX events_by_moment ON events (at);
CREATE INDEX notes_by_entry ON notes (entry_id, created_at);
CREATE UNIQUE INDEX profiles_current ON profiles (entry_id) WHERE published_until IS NULL;
CREATE INDEX profiles_by_edition ON profiles (edition_id);
CREATE INDEX messages_to_send ON messages (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX messages_by_moment ON messages (created_at);
