-- Targets that a workspace keeps. An order copies the addresses that it takes.
create table targets (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  address text not null check (length(address) <= 2048),
  labels jsonb not null default '{}',
  version integer not null default 1,
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index targets_labels on targets using gin (labels jsonb_path_ops);
