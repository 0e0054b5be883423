-- A scan is two rows: the order, which never changes, and the busy row with its state.
create table scans (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  state text not null default 'queued'
    check (state in ('queued', 'paused', 'running', 'completed', 'partial', 'failed', 'cancelled')),
  reason jsonb,
  labels jsonb not null default '{}',
  priority smallint not null check (priority between 1 and 9),
  version integer not null default 1,
  pause_requested_at timestamptz,
  cancel_requested_at timestamptz,
  paused_seconds double precision not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  check ((state in ('completed', 'partial', 'failed', 'cancelled')) = (finished_at is not null))
) with (fillfactor = 80);
create index scans_open on scans (created_at) where finished_at is null;

create table scan_orders (
  workspace_id uuid not null,
  scan_id uuid not null,
  profile text not null,
  templates jsonb not null,
  limits jsonb not null,
  evidence text not null check (evidence in ('none', 'redacted', 'full')),
  shard_size smallint not null check (shard_size between 1 and 500),
  target_count integer not null check (target_count between 1 and 10000),
  templates_selected integer not null check (templates_selected >= 1),
  bundle_digest text not null,
  nuclei_version text not null,
  created_by jsonb not null,
  rerun_of uuid,
  request_id text,
  traceparent text,
  primary key (workspace_id, scan_id),
  foreign key (workspace_id, scan_id) references scans on delete cascade
);

create table scan_targets (
  workspace_id uuid not null,
  scan_id uuid not null,
  ordinal integer not null,
  ordered text not null,
  canonical text not null,
  host text not null,
  port integer check (port between 1 and 65535),
  primary key (workspace_id, scan_id, ordinal),
  foreign key (workspace_id, scan_id) references scans on delete cascade
);

-- Template ids once a scan and slice, not once a shard.
create table template_sets (
  workspace_id uuid not null,
  scan_id uuid not null,
  ordinal smallint not null,
  origin text not null check (origin in ('signed', 'starter')),
  template_ids text[] not null,
  requests integer not null,
  primary key (workspace_id, scan_id, ordinal),
  foreign key (workspace_id, scan_id) references scans on delete cascade
);

-- Numbers claims in the order in which those that meet committed (claim-shard.ts), whatever the clock does.
create sequence claim_turns;

-- Renewed every ten seconds: narrow, no index on lease, progress or counters, so that renewals stay HOT.
create table shards (
  workspace_id uuid not null,
  scan_id uuid not null,
  id uuid not null,
  ordinal integer not null,
  priority smallint not null,
  state text not null default 'queued'
    check (state in ('queued', 'held', 'running', 'completed', 'partial', 'failed', 'cancelled', 'dead')),
  reason jsonb,
  attempt integer not null default 0,
  worker_id uuid,
  session_key bigint,
  lease_until timestamptz,
  soft_limit_at timestamptz,
  hard_limit_at timestamptz,
  due_at timestamptz not null default now(),
  losses smallint not null default 0,
  releases smallint not null default 0,
  stalls smallint not null default 0,
  memory_kills smallint not null default 0,
  avoid_worker_id uuid,
  claimed_at timestamptz,
  claim_turn bigint,
  ended_at timestamptz,
  percent real not null default 0 check (percent between 0 and 100),
  requests bigint not null default 0,
  errors bigint not null default 0,
  templates_loaded integer,
  critical integer not null default 0,
  high integer not null default 0,
  medium integer not null default 0,
  low integer not null default 0,
  info integer not null default 0,
  unknown integer not null default 0,
  unconfirmed integer not null default 0,
  primary key (workspace_id, scan_id, id),
  foreign key (workspace_id, scan_id) references scans on delete cascade,
  check ((state = 'running') = (lease_until is not null)),
  check ((state in ('completed', 'partial', 'failed', 'cancelled', 'dead')) = (ended_at is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index shards_due on shards (workspace_id, priority desc, due_at, id) where state = 'queued';
create index shards_running on shards (workspace_id) where state = 'running';

create table shard_orders (
  workspace_id uuid not null,
  scan_id uuid not null,
  shard_id uuid not null,
  hosts text[] not null,
  template_set smallint not null,
  primary key (workspace_id, scan_id, shard_id),
  foreign key (workspace_id, scan_id, shard_id) references shards on delete cascade
);

-- Coverage of one target by one shard; the scan's coverage of it is the worst over its shards.
create table shard_targets (
  workspace_id uuid not null,
  scan_id uuid not null,
  shard_id uuid not null,
  ordinal integer not null,
  coverage text not null default 'pending'
    check (coverage in ('pending', 'covered', 'partial', 'unreachable', 'skipped')),
  reason text,
  evidence jsonb,
  primary key (workspace_id, scan_id, shard_id, ordinal),
  foreign key (workspace_id, scan_id, shard_id) references shards on delete cascade
) with (fillfactor = 80);

create table attempts (
  workspace_id uuid not null,
  scan_id uuid not null,
  shard_id uuid not null,
  number integer not null,
  worker_id uuid not null,
  claimed_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text check (outcome in ('completed', 'partial', 'failed', 'cancelled', 'released', 'lost')),
  detail jsonb,
  primary key (workspace_id, scan_id, shard_id, number),
  foreign key (workspace_id, scan_id, shard_id) references shards on delete cascade
);
