-- What is asked again and again of profiles is answered without their documents, which are long.
CREATE INDEX profiles_by_moment ON profiles (published_from, published_until);
DROP INDEX profiles_by_edition;
CREATE INDEX profiles_by_edition ON profiles (edition_id, published_until, slug, id, entry_id, version, published_from);
