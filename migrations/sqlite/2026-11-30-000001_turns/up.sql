-- From which form an answer, and what was said to its query, were saved, and which of the form's turns it was: a form never
-- stands in its own way.
ALTER TABLE answers ADD COLUMN turns TEXT;
