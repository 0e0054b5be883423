-- no transaction
-- A list of scans between two times, of which there may be none.
create index concurrently scans_by_time on scans (workspace_id, created_at, id);
