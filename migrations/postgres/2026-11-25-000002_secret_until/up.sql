-- Until when the secret in a message is good for anything; no message leaves later. A sign-in link lived 20 minutes.
ALTER TABLE messages ADD COLUMN secret_until timestamptz;
UPDATE messages SET secret_until = created_at + interval '20 minutes' WHERE kind = 'sign_in';
