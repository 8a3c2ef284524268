ALTER TABLE entries DROP COLUMN newest_turns;
