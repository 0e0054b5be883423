-- The address that an act came from.
alter table audit_events add column client text check (length(client) <= 45);
