-- A deleted scan is marked and hidden at once; a duty removes its rows in slices.
alter table scans add column deleted_at timestamptz;
alter table scans add check (deleted_at is null or finished_at is not null);
create index scans_deleted on scans (deleted_at) where deleted_at is not null;

-- Scans by target, findings by severity: of one scan and of all.
create index scan_targets_of_host on scan_targets (workspace_id, host);
create index findings_by_severity on findings (workspace_id, scan_id, severity, sequence);
create index all_findings_by_severity on findings (workspace_id, severity, id);

alter table api_keys add column created_by jsonb;
