-- Named selections with limits. Null templates are the built-in selection; limits are only those that were set.
create table profiles (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  templates jsonb,
  limits jsonb not null default '{}',
  version integer not null default 1,
  created_by jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint profiles_name unique (workspace_id, name)
);
-- Each workspace has a default profile, whose id is the workspace's own.
insert into profiles (workspace_id, id, name) select id, id, 'default' from workspaces;
