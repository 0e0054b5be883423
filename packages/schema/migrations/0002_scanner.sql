-- What workers have installed. Not a workspace's: every workspace is served by the same workers and templates.
create table bundles (
  digest text primary key,
  nuclei_version text not null,
  template_count integer not null,
  activated_at timestamptz not null default now()
);

create table templates (
  bundle_digest text not null references bundles on delete cascade,
  id text not null check (length(id) <= 200),
  name text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
  protocol text not null,
  tags text[] not null,
  requests integer not null check (requests >= 1),
  origin text not null check (origin in ('signed', 'starter')),
  primary key (bundle_digest, id)
);

create table workers (
  id uuid primary key,
  version text not null,
  nuclei_version text not null,
  bundle_digest text,
  slots smallint not null,
  session_key bigint,
  draining boolean not null default false,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
) with (fillfactor = 70);
