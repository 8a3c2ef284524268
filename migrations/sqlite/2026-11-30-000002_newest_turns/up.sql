-- Which forms were sent lately, and the newest turn of each: an earlier one that comes after it is late, also where the newest
-- changed nothing.
ALTER TABLE entries ADD COLUMN newest_turns TEXT NOT NULL DEFAULT '';
