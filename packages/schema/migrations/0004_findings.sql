-- One row a fingerprint and scan. confirmed: null while undecided, true once its shard's last attempt saw it.
create table findings (
  workspace_id uuid not null,
  scan_id uuid not null,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  id uuid not null,
  shard_id uuid not null,
  attempt integer not null,
  confirmed boolean,
  sequence bigint not null,
  template_id text not null,
  name text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
  type text not null,
  matcher_name text,
  extractor_name text,
  target text,
  host text,
  port integer,
  ip text,
  matched_at text,
  extracted_results jsonb not null default '[]',
  detail jsonb not null,
  at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, scan_id, fingerprint),
  unique (workspace_id, id),
  foreign key (workspace_id, scan_id) references scans on delete cascade
) with (fillfactor = 90);
create index findings_in_order on findings (workspace_id, scan_id, sequence);
create index findings_of_shard on findings (workspace_id, scan_id, shard_id);

create table finding_evidence (
  workspace_id uuid not null,
  finding_id uuid not null,
  request text,
  response text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, finding_id),
  foreign key (workspace_id, finding_id) references findings (workspace_id, id) on delete cascade
);

-- The row lock lasts until commit, so a scan's numbers follow its commits.
create table finding_sequences (
  workspace_id uuid not null,
  scan_id uuid not null,
  n bigint not null default 0,
  primary key (workspace_id, scan_id),
  foreign key (workspace_id, scan_id) references scans on delete cascade
);

create table outbox (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  scan_id uuid not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, scan_id, kind)
);

-- Decides a shard's findings: true for what its last attempt saw, false for the rest; without an attempt false for all.
-- For a statement that holds the shard's row lock. Being volatile it looks with a snapshot of its own, newer than the
-- caller's, and so sees also a batch that committed while the caller waited for that lock.
create function decide_findings(of_workspace uuid, of_scan uuid, of_shard uuid, of_attempt integer)
returns table (
  critical bigint, high bigint, medium bigint, low bigint, info bigint, unknown bigint, unconfirmed bigint
) language sql volatile as $$
  with decided as (
    update findings f set confirmed = coalesce(f.attempt = of_attempt, false)
    where f.workspace_id = of_workspace and f.scan_id = of_scan and f.shard_id = of_shard
    returning f.severity, f.confirmed
  )
  select count(*) filter (where d.confirmed and d.severity = 'critical'),
    count(*) filter (where d.confirmed and d.severity = 'high'),
    count(*) filter (where d.confirmed and d.severity = 'medium'),
    count(*) filter (where d.confirmed and d.severity = 'low'),
    count(*) filter (where d.confirmed and d.severity = 'info'),
    count(*) filter (where d.confirmed and d.severity = 'unknown'),
    count(*) filter (where not d.confirmed)
  from decided d
$$;
