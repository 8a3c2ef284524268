-- What limits how often one may try: to sign in, to report what is outdated.
ALTER TABLE sign_in_attempts RENAME TO attempts;
ALTER TABLE attempts RENAME COLUMN address_hash TO subject_hash;
DROP INDEX sign_in_attempts_by_address;
DROP INDEX sign_in_attempts_by_sender;
CREATE INDEX attempts_by_subject ON attempts (subject_hash, at);
CREATE INDEX attempts_by_sender ON attempts (sender_hash, at);
