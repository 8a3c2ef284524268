-- From which form an answer was saved, and which of its turns it was: a form never stands in its own way.
ALTER TABLE answers ADD COLUMN form text;
ALTER TABLE answers ADD COLUMN turn integer;
