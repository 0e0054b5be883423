-- Outbound webhooks. What ends in _sealed is encrypted by SECRETS_KEY.
create table webhook_endpoints (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  kind text not null check (kind in ('standard')),
  url text not null check (length(url) <= 2000),
  subscriptions text[] not null,
  types text[] not null,
  severity_floor text not null check (severity_floor in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
  header_names text[] not null,
  headers_sealed bytea,
  secret_sealed bytea not null,
  previous_secret_sealed bytea,
  previous_secret_until timestamptz,
  enabled boolean not null default true,
  disabled_reason text check (disabled_reason in ('gone', 'failing')),
  failing_since timestamptz,
  sequence bigint not null default 0,
  version integer not null default 1,
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  check (disabled_reason is null or not enabled),
  primary key (workspace_id, id)
) with (fillfactor = 70);

-- told_at: deliveries were made of it. What was written before there were endpoints is nobody's.
alter table outbox alter column scan_id drop not null;
alter table outbox add column told_at timestamptz;
update outbox set told_at = created_at;
create index outbox_untold on outbox (created_at) where told_at is null;
create index outbox_age on outbox (created_at);

-- Shards that ended while somebody wanted to hear of findings: their confirmed ones are to be told.
create table confirmed_shards (
  workspace_id uuid not null references workspaces,
  scan_id uuid not null,
  shard_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, scan_id, shard_id)
);
create index confirmed_shards_age on confirmed_shards (created_at);

-- One event for one endpoint. attempt is the fencing token, tries counts what the schedule counts.
create table webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  type text not null,
  scan_id uuid,
  finding_id uuid,
  sequence bigint not null,
  event jsonb not null,
  event_at timestamptz not null,
  body text,
  state text not null default 'pending' check (state in ('pending', 'sending', 'delivered', 'dead')),
  attempt integer not null default 0,
  tries smallint not null default 0,
  due_at timestamptz not null default now(),
  worker_id uuid,
  lease_until timestamptz,
  log jsonb not null default '[]',
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'sending') = (lease_until is not null)),
  check ((state in ('delivered', 'dead')) = (ended_at is not null)),
  primary key (workspace_id, id),
  unique (workspace_id, endpoint_id, event_id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoints on delete cascade
) with (fillfactor = 70);
create index webhook_deliveries_due on webhook_deliveries (workspace_id, endpoint_id, due_at, sequence) where state = 'pending';
create index webhook_deliveries_sending on webhook_deliveries (workspace_id, endpoint_id) where state = 'sending';
create index webhook_deliveries_of_endpoint on webhook_deliveries (workspace_id, endpoint_id, id);
create index webhook_deliveries_of_scan on webhook_deliveries (workspace_id, scan_id) where scan_id is not null;
create index webhook_deliveries_age on webhook_deliveries (created_at);

-- A UUIDv7 (RFC 9562): the random one's first 48 bits become the time, its version 7.
create function time_ordered_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
    'hex')::uuid
$$;
