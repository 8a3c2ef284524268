DROP INDEX attempts_by_sender;
DROP INDEX attempts_by_subject;
ALTER TABLE attempts RENAME COLUMN subject_hash TO address_hash;
ALTER TABLE attempts RENAME TO sign_in_attempts;
CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address_hash, at);
CREATE INDEX sign_in_attempts_by_sender ON sign_in_attempts (sender_hash, at);
