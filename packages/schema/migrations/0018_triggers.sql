-- Inbound webhooks. What ends in _sealed is encrypted by SECRETS_KEY.
create table triggers (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  kind text not null check (kind in ('github', 'gitlab', 'standard', 'hmac')),
  events text[] not null,
  filters jsonb not null,
  scan_order jsonb not null,
  secret_sealed bytea not null,
  previous_secret_sealed bytea,
  previous_secret_until timestamptz,
  enabled boolean not null default true,
  refused_since timestamptz not null default now(),
  refused smallint not null default 0,
  version integer not null default 1,
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint triggers_name unique (workspace_id, name)
);
-- A delivery names the trigger and no workspace.
create index triggers_by_id on triggers (id);

-- Deliveries that ordered a scan. No foreign key to the scan: its deletion must not let a delivery be played again.
create table trigger_deliveries (
  workspace_id uuid not null,
  trigger_id uuid not null,
  delivery_id text not null check (length(delivery_id) between 1 and 255),
  scan_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, trigger_id, delivery_id),
  foreign key (workspace_id, trigger_id) references triggers on delete cascade
);
