-- no transaction
-- How the attempts of the last minutes ended.
create index concurrently attempts_by_end on attempts (ended_at) where ended_at is not null;
