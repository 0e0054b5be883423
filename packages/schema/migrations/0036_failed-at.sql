-- When an endpoint last failed: days in which nothing was tried are not days of failing.
alter table webhook_endpoints add column failed_at timestamptz;
