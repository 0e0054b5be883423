-- Who may do what: workspaces, keys, scope, idempotency, audit. Primary keys start with the workspace.
create table workspaces (
  id uuid primary key,
  name text not null unique check (length(name) between 1 and 100),
  created_at timestamptz not null default now()
);

create table api_keys (
  workspace_id uuid not null references workspaces,
  id uuid not null unique,
  name text not null check (length(name) between 1 and 100),
  permissions text[] not null,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (workspace_id, id)
);

create table scope_rules (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  effect text not null check (effect in ('allow', 'deny')),
  pattern text not null check (length(pattern) <= 300),
  note text not null check (length(note) <= 500),
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (workspace_id, id)
);

-- The answer is kept 24 hours; a key is bound to route and parsed body by fingerprint.
create table idempotency_keys (
  workspace_id uuid not null references workspaces,
  key text not null check (length(key) between 1 and 255),
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  status smallint not null,
  location text,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Carries its own payload and no foreign key to what it tells of, so that it outlives a deleted scan.
create table audit_events (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  actor jsonb not null,
  action text not null,
  subject text,
  request_id text,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index audit_events_age on audit_events (created_at);
