DROP INDEX profiles_by_moment;
DROP INDEX profiles_by_edition;
CREATE INDEX profiles_by_edition ON profiles (edition_id);
