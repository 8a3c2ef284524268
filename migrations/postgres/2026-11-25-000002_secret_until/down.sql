ALTER TABLE messages DROP COLUMN secret_until;
