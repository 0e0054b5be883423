-- What people search installed templates by, and their text. A row is narrow but for the source, which is kept out of line.
alter table templates
  add column description text,
  add column authors text[] not null default '{}',
  add column reference_urls text[] not null default '{}',
  add column cve_ids text[] not null default '{}',
  add column source text,
  add column source_bytes integer,
  add column search tsvector not null default ''::tsvector;
alter table templates set (toast_tuple_target = 1024);
create index templates_search on templates using gin (search);
create index templates_cve_ids on templates using gin (cve_ids);
