-- no transaction
-- Retention looks for scans that ended long ago.
create index concurrently scans_ended on scans (finished_at) where finished_at is not null and deleted_at is null;
