-- no transaction
-- The audit trail by action, newest first.
create index concurrently audit_events_action on audit_events (workspace_id, action, id);
