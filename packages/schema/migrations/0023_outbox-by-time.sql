-- no transaction
-- A replay asks for a workspace's events since a time, in order.
create index concurrently outbox_by_time on outbox (workspace_id, created_at, id);
