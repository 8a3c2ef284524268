-- From which form an answer was saved, and which of its turns it was: a form never stands in its own way.
ALTER TABLE answers ADD COLUMN form TEXT;
ALTER TABLE answers ADD COLUMN turn INTEGER;
