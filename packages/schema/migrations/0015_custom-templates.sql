-- Texts of users' templates, by their SHA-256: an order names the text it runs, whatever becomes of the template afterwards.
-- `touched_at`: when a template last took it or gave it up.
create table custom_template_sources (
  workspace_id uuid not null references workspaces,
  digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
  source text not null check (octet_length(source) <= 65536),
  touched_at timestamptz not null default now(),
  primary key (workspace_id, digest)
);

create table custom_templates (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  version integer not null default 1,
  digest text not null,
  template_id text not null check (length(template_id) <= 128),
  title text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
  protocol text not null check (protocol in ('http', 'dns', 'ssl', 'tcp')),
  tags text[] not null,
  requests integer not null check (requests >= 1),
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz,
  primary key (workspace_id, id),
  constraint custom_templates_name unique (workspace_id, name),
  constraint custom_templates_template_id unique (workspace_id, template_id),
  foreign key (workspace_id, digest) references custom_template_sources
);

-- A template on its way to a worker and back. Short-lived: whoever asked waits for ten seconds.
create table template_validations (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  source text not null check (octet_length(source) <= 65536),
  state text not null default 'queued' check (state in ('queued', 'running', 'ended')),
  attempt smallint not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  outcome jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((state = 'ended') = (outcome is not null))
);
create index template_validations_open on template_validations (created_at) where state <> 'ended';

alter table template_sets
  drop constraint template_sets_origin_check,
  add constraint template_sets_origin_check check (origin in ('signed', 'starter', 'custom')),
  add column source_digests text[],
  add constraint template_sets_sources_check check ((origin = 'custom') = (source_digests is not null));
create index template_sets_custom on template_sets using gin (source_digests) where origin = 'custom';
