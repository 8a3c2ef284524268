-- Why a kept form was not taken when it was sent; none for one that was not sent yet.
ALTER TABLE kept_forms ADD COLUMN refused text;
