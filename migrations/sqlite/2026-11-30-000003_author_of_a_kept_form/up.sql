-- Whose session it was that had ended; none where that is not known.
ALTER TABLE kept_forms ADD COLUMN account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE;
