ALTER TABLE kept_forms DROP COLUMN refused;
