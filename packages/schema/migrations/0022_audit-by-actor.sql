-- no transaction
-- The audit trail by actor, newest first.
create index concurrently audit_events_actor on audit_events (workspace_id, (actor ->> 'id'), id);
