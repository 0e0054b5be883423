-- What a worker and all it started use, and what it may use; null where there is no limit.
alter table workers add column memory_bytes bigint;
alter table workers add column memory_limit_bytes bigint;
