-- no transaction
-- The commit that a scan's result is told of.
create index concurrently trigger_deliveries_of_scan on trigger_deliveries (workspace_id, scan_id) where commit is not null;
