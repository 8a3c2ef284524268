-- The tables of Almanac, for PostgreSQL. The tree for SQLite has the same tables and columns.

-- One year of the guide.
CREATE TABLE editions (
    id uuid NOT NULL PRIMARY KEY,
    year integer NOT NULL UNIQUE,
    name text NOT NULL,
    time_zone text NOT NULL,
    opens_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL,
    publishes_at timestamptz NOT NULL,
    contact_name text NOT NULL,
    contact_email text NOT NULL,
    questionnaire json NOT NULL,
    created_at timestamptz NOT NULL
);

-- Vendors.
CREATE TABLE companies (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    folded_name text NOT NULL,
    created_at timestamptz NOT NULL
);

-- People who sign in.
CREATE TABLE accounts (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL,
    folded_email text NOT NULL UNIQUE,
    name text NOT NULL,
    editor boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- Who belongs to which company.
CREATE TABLE members (
    company_id uuid NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    owner boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (company_id, account_id)
);

-- Links and codes sent by e-mail; only their hashes are kept.
CREATE TABLE sign_in_links (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    code_hash text NOT NULL,
    next text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    tries integer NOT NULL
);

-- What limits how often one may try.
CREATE TABLE sign_in_attempts (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    address_hash text NOT NULL,
    sender_hash text NOT NULL,
    at timestamptz NOT NULL
);

-- Who is signed in.
CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

-- One program's submission to one edition.
CREATE TABLE entries (
    id uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES editions (id) ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies (id) ON DELETE RESTRICT,
    reference text NOT NULL UNIQUE,
    slug text NOT NULL,
    status text NOT NULL,
    revision integer NOT NULL,
    company_name text NOT NULL,
    program_name text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    status_since timestamptz NOT NULL,
    submitted_at timestamptz,
    UNIQUE (edition_id, slug),
    CONSTRAINT entries_status CHECK (status IN ('draft', 'submitted', 'changes_requested', 'approved', 'published', 'withdrawn'))
);

-- What was answered to one question.
CREATE TABLE answers (
    entry_id uuid NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    question text NOT NULL,
    value json NOT NULL,
    confirmed text,  -- the sentence of the query that the vendor confirmed
    reason text,
    rival json,  -- a second answer, typed meanwhile by somebody else
    account_id uuid REFERENCES accounts (id) ON DELETE SET NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (entry_id, question)
);

-- What happened, line by line.
CREATE TABLE events (
    id uuid NOT NULL PRIMARY KEY,
    entry_id uuid REFERENCES entries (id) ON DELETE CASCADE,
    account_id uuid REFERENCES accounts (id) ON DELETE SET NULL,
    act text NOT NULL,
    details json NOT NULL,
    at timestamptz NOT NULL
);

-- What editors and vendors write to each other.
CREATE TABLE notes (
    id uuid NOT NULL PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    question text,
    thread_id uuid REFERENCES notes (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    body text NOT NULL,
    internal boolean NOT NULL,
    resolved_at timestamptz,
    resolved_by uuid REFERENCES accounts (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL
);

-- What readers see: one row a published version.
CREATE TABLE profiles (
    id uuid NOT NULL PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entries (id) ON DELETE RESTRICT,
    edition_id uuid NOT NULL REFERENCES editions (id) ON DELETE RESTRICT,
    version integer NOT NULL,
    slug text NOT NULL,
    document json NOT NULL,
    published_by uuid REFERENCES accounts (id) ON DELETE SET NULL,
    published_from timestamptz NOT NULL,
    published_until timestamptz,  -- null: readers see it now
    UNIQUE (entry_id, version)
);

-- The outbox.
CREATE TABLE messages (
    id uuid NOT NULL PRIMARY KEY,
    dedupe_key text NOT NULL UNIQUE,  -- the same message is never written twice
    kind text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    content json NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    claimed_until timestamptz,
    last_error text,
    sent_at timestamptz,
    failed_at timestamptz
);

-- What was posted after a session had ended.
CREATE TABLE kept_forms (
    id uuid NOT NULL PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    path text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL
);

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
