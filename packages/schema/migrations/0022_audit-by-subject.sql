-- no transaction
-- The audit trail by subject, newest first.
create index concurrently audit_events_subject on audit_events (workspace_id, subject, id);
